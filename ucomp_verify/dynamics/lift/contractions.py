"""Products of arrays: weights enter where the contracted axis runs over objects."""

from collections.abc import Sequence
from math import prod

from ucomp_verify.dynamics.extra import require

from . import spectral
from .equations import Equation
from .marks import Equal, Layout, Mark
from .plans import Array, Planner, Step, Weights
from .reductions import require_float

NAMES = frozenset({"dot_general"})


def rule(equation: Equation, layouts: Sequence[Layout], planner: Planner) -> Step:
    """The product over all originals; free axes keep their marks, so Gram matrices may arise."""
    del planner
    left, right = layouts
    contracting, batch = equation.params["dimension_numbers"]
    (left_sum, right_sum), (left_batch, right_batch) = (_integers(contracting), _integers(batch))
    summed = _met(equation, left, right, left_sum, right_sum)
    batched = _met(equation, left, right, left_batch, right_batch)
    left_in = _replaced(left, (*left_sum, *left_batch), (*summed, *batched))
    right_in = _replaced(right, (*right_sum, *right_batch), (*summed, *batched))
    marks = (
        *batched,
        *_free(left_in, (*left_sum, *left_batch)),
        *_free(right_in, (*right_sum, *right_batch)),
    )
    if left.is_spectral or right.is_spectral:
        out = spectral.contraction(equation, layouts, (left_sum, right_sum), marks)
    else:
        out = Layout(equation.shapes[0], marks)
    groups = tuple(g for mark in summed for g in spectral.weighted_groups(mark))
    if groups:
        require_float(equation, equation.dtypes[0])
    repeats = prod(
        left.shape[a] for a, m in zip(left_sum, summed, strict=True) if isinstance(m, Equal)
    )

    def run(weights: Weights, arrays: Sequence[Array]) -> Sequence[Array]:
        jax = require("jax")
        jnp = require("jax.numpy")
        x, y = (weights.spread(a, n) for a, n in zip(arrays, (left_in, right_in), strict=True))
        if groups:  # whole numbers, or fewer digits than the sum, would round the weights
            x, y = (a.astype(jnp.promote_types(a.dtype, equation.dtypes[0])) for a in (x, y))
        for a, b, mark in zip(left_sum, right_sum, summed, strict=True):
            if spectral.weighted_groups(mark):
                if x.size <= y.size:
                    x = weights.along(x, a, mark, left.shape[a])
                else:
                    y = weights.along(y, b, mark, left.shape[a])
        product = jax.lax.dot_general(
            x,
            y,
            ((left_sum, right_sum), (left_batch, right_batch)),
            precision=equation.params["precision"],
            preferred_element_type=equation.params["preferred_element_type"],
        )
        return [product if repeats == 1 else product * jnp.asarray(repeats, product.dtype)]

    return Step((out,), run, groups)


def _integers(pair: Sequence[Sequence[int]]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    first, second = pair
    return tuple(int(a) for a in first), tuple(int(a) for a in second)


def _met(
    equation: Equation, left: Layout, right: Layout, a: Sequence[int], b: Sequence[int]
) -> tuple[Mark, ...]:
    return tuple(
        equation.joined((left.marks[i], right.marks[j])) for i, j in zip(a, b, strict=True)
    )


def _replaced(layout: Layout, axes: Sequence[int], marks: Sequence[Mark]) -> Layout:
    chosen = dict(zip(axes, marks, strict=True))
    return layout.marked(chosen.get(a, mark) for a, mark in enumerate(layout.marks))


def _free(layout: Layout, axes: Sequence[int]) -> tuple[Mark, ...]:
    return tuple(mark for a, mark in enumerate(layout.marks) if a not in axes)
