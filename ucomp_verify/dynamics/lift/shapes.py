"""Primitives that move, add or drop whole axes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ucomp_verify.dynamics.extra import require

from .equations import Equation
from .marks import Equal, Layout, Mark, Ordinary, groups_of, merged, neighbours_merged, parts_of
from .plans import Array, Planner, Step, Weights, bound, full


def transpose(equation: Equation, layouts: Sequence[Layout], planner: Planner) -> Step:
    """Marks move with their axes."""
    del planner
    (x,) = layouts
    order = [int(a) for a in equation.params["permutation"]]
    out = replace(x, shape=equation.shapes[0], marks=tuple(x.marks[a] for a in order))
    return Step((out,), lambda _, arrays: bound(equation, arrays))


def broadcast_in_dim(equation: Equation, layouts: Sequence[Layout], planner: Planner) -> Step:
    """New axes have equal entries, and one of them is stored."""
    del planner
    x, *sizes = layouts
    if sizes:
        raise equation.refusal("its shape is not known when the step is traced")
    shape = equation.shapes[0]
    marks: list[Mark] = [Equal()] * len(shape)
    for axis, to in enumerate(equation.params["broadcast_dimensions"]):
        if x.shape[axis] == shape[int(to)]:
            marks[int(to)] = x.marks[axis]
        else:
            equation.without_objects(x.marks[axis], "it repeats")
    out = replace(x, shape=shape, marks=tuple(marks))
    return Step((out,), lambda weights, arrays: [arrays[0].reshape(weights.shape(out))])


def squeeze(equation: Equation, layouts: Sequence[Layout], planner: Planner) -> Step:
    """Axes of one entry are dropped, unless the entry is an object."""
    del planner
    (x,) = layouts
    dropped = {int(a) for a in equation.params["dimensions"]}
    for axis in dropped:
        equation.without_objects(x.marks[axis], "it drops")
    marks = tuple(mark for a, mark in enumerate(x.marks) if a not in dropped)
    out = replace(x, shape=equation.shapes[0], marks=marks)
    return Step((out,), lambda weights, arrays: [arrays[0].reshape(weights.shape(out))])


def iota(equation: Equation, layouts: Sequence[Layout], planner: Planner) -> Step:
    """The index itself: entries along its axis are told apart by it."""
    del planner, layouts
    shape, axis = equation.shapes[0], int(equation.params["dimension"])
    origin = Ordinary(equation.place)
    out = Layout(shape, tuple(origin if a == axis else Equal() for a in range(len(shape))))
    dtype = equation.dtypes[0]

    def run(weights: Weights, arrays: Sequence[Array]) -> Sequence[Array]:
        jax = require("jax")
        del arrays
        return [jax.lax.iota(dtype, shape[axis]).reshape(weights.shape(out))]

    return Step((out,), run)


def reshape(equation: Equation, layouts: Sequence[Layout], planner: Planner) -> Step:
    """Axes are merged in order, and parted where they were merged; objects are never split."""
    del planner
    (x,) = layouts
    shape = equation.shapes[0]
    if equation.params.get("dimensions") is not None or 0 in x.shape:
        if x.has_objects:
            raise equation.refusal("it permutes or empties axes while it reshapes objects")
        spread = full(x)
        return Step(
            (full(Layout(shape, (Equal(),) * len(shape))),),
            lambda weights, arrays: bound(equation, [weights.spread(arrays[0], spread)]),
        )
    marks, spread = _regrouped(equation, x, shape)
    out = replace(x, shape=shape, marks=marks)
    return Step(
        (out,),
        lambda weights, arrays: [weights.spread(arrays[0], spread).reshape(weights.shape(out))],
    )


@dataclass(frozen=True)
class _Block:
    """Neighbouring axes whose entries are rearranged among themselves."""

    old: tuple[int, ...]
    new: tuple[int, ...]


def _blocks(old: Sequence[int], new: Sequence[int]) -> Iterator[_Block]:
    """The smallest blocks of axes of equal size, left to right; axes of size 1 are left out."""
    left = [a for a, n in enumerate(old) if n != 1]
    right = [a for a, n in enumerate(new) if n != 1]
    while left:
        first, second = [left.pop(0)], [right.pop(0)]
        sizes = [old[first[0]], new[second[0]]]
        while sizes[0] != sizes[1]:
            if sizes[0] < sizes[1]:
                first.append(left.pop(0))
                sizes[0] *= old[first[-1]]
            else:
                second.append(right.pop(0))
                sizes[1] *= new[second[-1]]
        yield _Block(tuple(first), tuple(second))


def _regrouped(
    equation: Equation, x: Layout, shape: tuple[int, ...]
) -> tuple[tuple[Mark, ...], Layout]:
    for axis, size in enumerate(x.shape):
        if size == 1:
            equation.without_objects(x.marks[axis], "it reshapes, with a single object,")
    before, after = list(x.marks), [Equal()] * len(shape)
    marks: list[Mark] = list(after)
    for block in _blocks(x.shape, shape):
        old = [before[a] for a in block.old]
        if len(block.old) == len(block.new) == 1:
            marks[block.new[0]] = old[0]
            continue
        if x.is_spectral:
            raise equation.refusal("it merges or splits axes of a decomposition")
        if all(isinstance(mark, Equal) for mark in old):
            continue
        for a in block.old:
            if isinstance(before[a], Equal):
                before[a] = Ordinary()
        parts = neighbours_merged(p for a in block.old for p in parts_of(before[a], x.shape[a]))
        for a, mark in zip(
            block.new, _dealt(equation, parts, [shape[b] for b in block.new]), strict=True
        ):
            marks[a] = mark
    return tuple(marks), x.marked(before)


def _dealt(
    equation: Equation, parts: Sequence[tuple[Mark, int]], sizes: Sequence[int]
) -> Iterator[Mark]:
    """Each new axis takes the next parts until it is full; only ordinary ones are cut."""
    rest = list(parts)
    for size in sizes:
        taken: list[tuple[Mark, int]] = []
        missing = size
        while missing > 1:
            mark, n = rest.pop(0)
            if missing % n == 0:
                taken.append((mark, n))
                missing //= n
            elif not groups_of(mark) and n % missing == 0:
                taken.append((mark, missing))
                rest.insert(0, (mark, n // missing))
                missing = 1
            else:
                raise equation.refusal("it mixes objects with other axes, or splits their axis")
        yield merged(taken)


RULES = {
    "transpose": transpose,
    "broadcast_in_dim": broadcast_in_dim,
    "squeeze": squeeze,
    "iota": iota,
    "reshape": reshape,
}
