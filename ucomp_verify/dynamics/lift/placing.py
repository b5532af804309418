"""Parts of arrays whose place is computed, and arrays put beside each other on a new axis."""

from collections.abc import Sequence

from ucomp_verify.dynamics.extra import require

from .along_axes import active_along, no_spectra
from .equations import Equation
from .marks import Equal, Layout, Ordinary, groups_of
from .plans import Array, Planner, Step, Weights, bound, full


def dynamic_slice(equation: Equation, layouts: Sequence[Layout], planner: Planner) -> Step:
    """A part whose start is computed; along objects it must be the whole axis."""
    jax = require("jax")
    del planner
    x, *starts = layouts
    sizes = [int(n) for n in equation.params["slice_sizes"]]
    no_spectra(equation, layouts)
    for axis, mark in enumerate(x.marks):
        if sizes[axis] != x.shape[axis]:
            equation.without_objects(mark, "it takes a part of")
    _scalar_starts(equation, starts)
    out = Layout(equation.shapes[0], x.marks)

    def run(weights: Weights, arrays: Sequence[Array]) -> Sequence[Array]:
        stored = weights.shape(out)
        begin = [
            0 * s if isinstance(m, Equal) else s for s, m in zip(arrays[1:], x.marks, strict=True)
        ]
        return [jax.lax.dynamic_slice(arrays[0], begin, stored)]

    return Step((out,), run)


def dynamic_update_slice(equation: Equation, layouts: Sequence[Layout], planner: Planner) -> Step:
    """A part is replaced; along objects it must be the whole axis."""
    jax = require("jax")
    del planner
    x, update, *starts = layouts
    no_spectra(equation, layouts)
    partial = [a for a, (n, k) in enumerate(zip(x.shape, update.shape, strict=True)) if n != k]
    _scalar_starts(equation, starts)
    active = active_along(equation, [x, update], partial)

    def run(weights: Weights, arrays: Sequence[Array]) -> Sequence[Array]:
        whole, part = (weights.spread(a, n) for a, n in zip(arrays[:2], active.inputs, strict=True))
        return [jax.lax.dynamic_update_slice(whole, part, list(arrays[2:]))]

    return Step((Layout(x.shape, active.marks),), run)


def _scalar_starts(equation: Equation, starts: Sequence[Layout]) -> None:
    if any(start.shape for start in starts):
        raise equation.refusal("its start is not a number")


def stack(equation: Equation, layouts: Sequence[Layout], planner: Planner) -> Step:
    """The operands on a new axis without objects."""
    del planner
    axis = int(equation.params["axis"]) % len(equation.shapes[0])
    shared = active_along(equation, layouts, ())
    marks = [*shared.marks[:axis], Ordinary(equation.place), *shared.marks[axis:]]
    out = Layout(equation.shapes[0], tuple(marks))

    def run(weights: Weights, arrays: Sequence[Array]) -> Sequence[Array]:
        return bound(
            equation, [weights.spread(a, x) for a, x in zip(arrays, shared.inputs, strict=True)]
        )

    return Step((out,), run)


def unstack(equation: Equation, layouts: Sequence[Layout], planner: Planner) -> Step:
    """The entries along an axis without objects."""
    del planner
    (x,) = layouts
    axis = int(equation.params["axis"]) % len(x.shape)
    active = active_along(equation, layouts, [axis])
    kept = tuple(mark for a, mark in enumerate(active.marks) if a != axis)
    outs = tuple(Layout(shape, kept) for shape in equation.shapes)
    return Step(
        outs,
        lambda weights, arrays: bound(equation, [weights.spread(arrays[0], active.inputs[0])]),
    )


def tile(equation: Equation, layouts: Sequence[Layout], planner: Planner) -> Step:
    """Repeated along axes without objects."""
    del planner
    repeated = [a for a, n in enumerate(equation.params["reps"]) if n != 1]
    active = active_along(equation, layouts, repeated)
    out = Layout(equation.shapes[0], active.marks)
    return Step(
        (out,),
        lambda weights, arrays: bound(equation, [weights.spread(arrays[0], active.inputs[0])]),
    )


def triangular_solve(equation: Equation, layouts: Sequence[Layout], planner: Planner) -> Step:
    """Objects may be on the axis of right-hand sides: each is solved for by itself."""
    del planner
    matrix, sides = layouts
    no_spectra(equation, layouts)
    rank = len(sides.shape)
    free = rank - 1 if equation.params["left_side"] else rank - 2
    for x, allowed in ((matrix, -1), (sides, free)):
        for axis, mark in enumerate(x.marks):
            if axis != allowed and groups_of(mark):
                equation.without_objects(
                    mark, "it solves along, or has a matrix for each entry of,"
                )
    inputs = (full(matrix), full(sides))

    def run(weights: Weights, arrays: Sequence[Array]) -> Sequence[Array]:
        return bound(equation, [weights.spread(a, x) for a, x in zip(arrays, inputs, strict=True)])

    return Step((inputs[1],), run)


RULES = {
    "dynamic_slice": dynamic_slice,
    "dynamic_update_slice": dynamic_update_slice,
    "stack": stack,
    "unstack": unstack,
    "tile": tile,
    "triangular_solve": triangular_solve,
}
