"""Entries picked or replaced by index, along axes without objects."""

from collections.abc import Sequence
from typing import Any

from .along_axes import no_spectra
from .equations import Equation
from .marks import Layout, Mark, groups_of
from .plans import Array, Planner, Step, Weights, bound, full


def gather(equation: Equation, layouts: Sequence[Layout], planner: Planner) -> Step:
    """Whole windows along objects; the index itself must not depend on objects."""
    del planner
    x, indices = layouts
    no_spectra(equation, layouts)
    numbers = equation.params["dimension_numbers"]
    sizes = [int(n) for n in equation.params["slice_sizes"]]
    picked = {int(a) for a in numbers.start_index_map} | _batching(numbers)
    _check(equation, x, indices, picked, sizes)
    inner, where = full(x, equation.place), full(indices, equation.place)
    dropped = {int(a) for a in numbers.collapsed_slice_dims} | _batching(numbers)
    windows = [mark for a, mark in enumerate(inner.marks) if a not in dropped]
    out = Layout(
        equation.shapes[0], _dealt(equation, windows, list(where.marks[:-1]), numbers.offset_dims)
    )

    def run(weights: Weights, arrays: Sequence[Array]) -> Sequence[Array]:
        stored = weights.shape(inner)
        params = {
            **equation.params,
            "slice_sizes": tuple(
                stored[a] if n == x.shape[a] and groups_of(inner.marks[a]) else n
                for a, n in enumerate(sizes)
            ),
        }
        operands = [weights.spread(a, n) for a, n in zip(arrays, (inner, where), strict=True)]
        return [equation.primitive.bind(*operands, **params)]

    return Step((out,), run)


def scatter(equation: Equation, layouts: Sequence[Layout], planner: Planner) -> Step:
    """Whole windows along objects are replaced or added to."""
    del planner
    x, indices, update = layouts
    no_spectra(equation, layouts)
    numbers = equation.params["dimension_numbers"]
    picked = {int(a) for a in numbers.scatter_dims_to_operand_dims} | _batching(numbers)
    dropped = {int(a) for a in numbers.inserted_window_dims} | _batching(numbers)
    window_axes = [a for a in range(len(x.shape)) if a not in dropped]
    sizes = [1] * len(x.shape)
    for axis, to in zip(window_axes, numbers.update_window_dims, strict=True):
        sizes[axis] = update.shape[int(to)]
    _check(equation, x, indices, picked, sizes)
    marks = list(full(x, equation.place).marks)
    placed = list(full(update, equation.place).marks)
    whole = {
        int(to): axis
        for axis, to in zip(window_axes, numbers.update_window_dims, strict=True)
        if sizes[axis] == x.shape[axis] and axis not in picked
    }
    for to, axis in whole.items():
        both = equation.joined([x.marks[axis], update.marks[to]])
        marks[axis] = placed[to] = full(Layout((0,), (both,)), equation.place).marks[0]
    for mark in (m for a, m in enumerate(placed) if a not in whole):
        equation.without_objects(mark, "it places at indices")
    inputs = (x.marked(marks), full(indices, equation.place), update.marked(placed))

    def run(weights: Weights, arrays: Sequence[Array]) -> Sequence[Array]:
        return bound(equation, [weights.spread(a, n) for a, n in zip(arrays, inputs, strict=True)])

    return Step((inputs[0],), run)


def _batching(numbers: Any) -> set[int]:
    return {int(a) for a in getattr(numbers, "operand_batching_dims", ())}


def _check(
    equation: Equation, x: Layout, indices: Layout, picked: set[int], sizes: Sequence[int]
) -> None:
    for mark in indices.marks:
        equation.without_objects(mark, "its indices depend on")
    for axis, mark in enumerate(x.marks):
        if axis in picked or sizes[axis] != x.shape[axis]:
            equation.without_objects(mark, "it picks by index from")


def _dealt(
    equation: Equation, windows: list[Mark], batch: list[Mark], offsets: Sequence[int]
) -> tuple[Mark, ...]:
    inside = {int(a) for a in offsets}
    rank = len(equation.shapes[0])
    return tuple((windows if a in inside else batch).pop(0) for a in range(rank))


RULES = {
    "gather": gather,
    "scatter": scatter,
    "scatter-add": scatter,
    "scatter_add": scatter,
    "scatter-sub": scatter,
    "scatter-mul": scatter,
    "scatter_mul": scatter,
    "scatter_min": scatter,
    "scatter_max": scatter,
    "scatter-min": scatter,
    "scatter-max": scatter,
}
