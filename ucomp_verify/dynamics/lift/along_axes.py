"""Primitives that depend on the order along some axes: these must not run over objects.

Sorting, running sums, positions of extremes, joining, reversing and slicing. Along all other
axes they act alike, so objects may be there.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from .equations import Equation
from .marks import Layout, Mark, Ordinary
from .plans import Array, Planner, Step, Weights, bound


@dataclass(frozen=True)
class Active:
    """The axes along which the order counts, for operands of one rank."""

    axes: frozenset[int]
    inputs: tuple[Layout, ...]
    marks: tuple[Mark, ...]


def active_along(equation: Equation, layouts: Sequence[Layout], axes: Iterable[int]) -> Active:
    """How operands meet if the order counts along these axes; no objects may be there."""
    chosen = frozenset(int(a) for a in axes)
    no_spectra(equation, layouts)
    for x in layouts:
        for a in chosen:
            equation.without_objects(x.marks[a], "it depends on the order along")
    told_apart = equation.told_apart([])
    marks = tuple(
        told_apart if a in chosen else equation.joined([x.marks[a] for x in layouts])
        for a in range(len(layouts[0].shape))
    )
    inputs = tuple(x.marked(marks) for x in layouts)
    return Active(chosen, inputs, marks)


def no_spectra(equation: Equation, layouts: Sequence[Layout]) -> None:
    """Raise NotEquivariant if an operand comes out of a decomposition."""
    if any(x.is_spectral for x in layouts):
        raise equation.refusal("no rule covers it for what comes out of a decomposition")


def _same_rank(axes_of: Callable[[Equation], Iterable[int]]) -> Any:
    """A rule for primitives whose results have the axes of the operands."""

    def rule(equation: Equation, layouts: Sequence[Layout], planner: Planner) -> Step:
        del planner
        active = active_along(equation, layouts, axes_of(equation))
        outs = tuple(Layout(shape, active.marks) for shape in equation.shapes)
        return Step(outs, lambda weights, arrays: bound(equation, _spread(weights, arrays, active)))

    return rule


def _spread(weights: Weights, arrays: Sequence[Array], active: Active) -> list[Array]:
    return [weights.spread(a, x) for a, x in zip(arrays, active.inputs, strict=True)]


def top_k(equation: Equation, layouts: Sequence[Layout], planner: Planner) -> Step:
    """The largest along an axis without objects."""
    axis = int(equation.params.get("axis", -1)) % len(layouts[0].shape)
    return _same_rank(lambda _: [axis])(equation, layouts, planner)


def position(equation: Equation, layouts: Sequence[Layout], planner: Planner) -> Step:
    """The position of an extreme: its axis is gone."""
    del planner
    active = active_along(equation, layouts, equation.params["axes"])
    kept = tuple(mark for a, mark in enumerate(active.marks) if a not in active.axes)
    out = Layout(equation.shapes[0], kept)
    return Step((out,), lambda weights, arrays: bound(equation, _spread(weights, arrays, active)))


def pad(equation: Equation, layouts: Sequence[Layout], planner: Planner) -> Step:
    """Entries are added along axes without objects."""
    del planner
    x, value = layouts
    widths = equation.params["padding_config"]
    active = active_along(equation, [x], [a for a, width in enumerate(widths) if any(width)])
    out = Layout(equation.shapes[0], active.marks)
    no_spectra(equation, [value])
    return Step(
        (out,),
        lambda weights, arrays: bound(equation, [*_spread(weights, arrays[:1], active), arrays[1]]),
    )


def slice_(equation: Equation, layouts: Sequence[Layout], planner: Planner) -> Step:
    """A part along some axes; equal entries stay equal, objects must be taken whole."""
    del planner
    (x,) = layouts
    starts, ends = equation.params["start_indices"], equation.params["limit_indices"]
    strides = equation.params["strides"] or (1,) * len(starts)
    whole = [
        (s, e, step) == (0, n, 1)
        for s, e, step, n in zip(starts, ends, strides, x.shape, strict=True)
    ]
    no_spectra(equation, layouts)
    for axis, mark in enumerate(x.marks):
        if not whole[axis]:
            equation.without_objects(mark, "it takes a part of")
    out = Layout(equation.shapes[0], x.marks)
    cut = [isinstance(mark, Ordinary) for mark in x.marks]

    def run(weights: Weights, arrays: Sequence[Array]) -> Sequence[Array]:
        del weights
        picks = tuple(
            slice(int(s), int(e), int(step)) if c else slice(None)
            for s, e, step, c in zip(starts, ends, strides, cut, strict=True)
        )
        return [arrays[0][picks]]

    return Step((out,), run)


def split(equation: Equation, layouts: Sequence[Layout], planner: Planner) -> Step:
    """Parts along an axis without objects."""
    return _same_rank(lambda e: [e.params["axis"]])(equation, layouts, planner)


RULES = {
    "sort": _same_rank(lambda e: [e.params["dimension"]]),
    "cumsum": _same_rank(lambda e: [e.params["axis"]]),
    "cumprod": _same_rank(lambda e: [e.params["axis"]]),
    "cummax": _same_rank(lambda e: [e.params["axis"]]),
    "cummin": _same_rank(lambda e: [e.params["axis"]]),
    "cumlogsumexp": _same_rank(lambda e: [e.params["axis"]]),
    "rev": _same_rank(lambda e: e.params["dimensions"]),
    "concatenate": _same_rank(lambda e: [e.params["dimension"]]),
    "reduce_prod": position,
    "reduce_xor": position,
    "argmax": position,
    "argmin": position,
    "top_k": top_k,
    "split": split,
    "pad": pad,
    "slice": slice_,
}
