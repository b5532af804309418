"""Sums over objects take weights; largest, smallest, any and all do not."""

from collections.abc import Sequence
from math import prod
from typing import Any

from ucomp_verify.dynamics.extra import require

from .equations import Equation
from .marks import Equal, Layout, Spectrum, groups_of
from .plans import Array, Planner, Step, Weights, bound

NAMES = frozenset({"reduce_sum", "reduce_max", "reduce_min", "reduce_and", "reduce_or"})


def rule(equation: Equation, layouts: Sequence[Layout], planner: Planner) -> Step:
    """The reduction over all originals, computed from one entry for each weighted object."""
    del planner
    (layout,) = layouts
    axes = tuple(int(a) for a in equation.params["axes"])
    _check_spectra(equation, layout)
    kept = [a for a in range(len(layout.shape)) if a not in axes]
    out = Layout(
        equation.shapes[0],
        tuple(layout.marks[a] for a in kept),
        odd=layout.odd,
        loose=layout.loose,
    )
    if equation.name != "reduce_sum":
        return Step((out,), _extreme(equation, layout, axes))
    weighted = tuple(a for a in axes if _is_weighted(layout, a))
    groups = tuple(g for a in weighted for g in groups_of(layout.marks[a]))
    if groups:
        require_float(equation, equation.dtypes[0])
    repeats = prod(layout.shape[a] for a in axes if isinstance(layout.marks[a], Equal))

    def run(weights: Weights, arrays: Sequence[Array]) -> Sequence[Array]:
        jnp = require("jax.numpy")
        (x,) = arrays
        for a in weighted:
            x = weights.along(x, a, layout.marks[a], layout.shape[a])
        total = jnp.sum(x, axis=axes, dtype=x.dtype)
        return [total if repeats == 1 else total * jnp.asarray(repeats, x.dtype)]

    return Step((out,), run, groups)


def require_float(equation: Equation, dtype: Any) -> None:
    """Raise NotEquivariant if a weighted sum would have to be an integer."""
    jnp = require("jax.numpy")
    if not jnp.issubdtype(dtype, jnp.inexact):
        raise equation.refusal(
            f"it sums over weighted objects in {dtype}, and their weights are real numbers: "
            "convert to a float first"
        )


def _is_weighted(layout: Layout, axis: int) -> bool:
    mark = layout.marks[axis]
    return bool(groups_of(mark)) and not isinstance(mark, Spectrum)


def _check_spectra(equation: Equation, layout: Layout) -> None:
    """An even, known value may be summed over a spectrum: what is left out is 0."""
    if not layout.is_spectral:
        return
    if layout.odd or layout.loose or equation.name not in ("reduce_sum", "reduce_max"):
        raise equation.refusal(
            "it reduces a value that depends on signs of eigenvectors or singular vectors, or "
            "that is not known outside the span of equal copies"
        )


def _extreme(equation: Equation, layout: Layout, axes: Sequence[int]) -> Any:
    left_out = any(isinstance(layout.marks[a], Spectrum) and groups_of(layout.marks[a])
                   for a in axes)  # fmt: skip

    def run(weights: Weights, arrays: Sequence[Array]) -> Sequence[Array]:
        jnp = require("jax.numpy")
        (x,) = bound(equation, arrays)
        sizes = [(weights.length(layout.marks[a], layout.shape[a]), layout.shape[a]) for a in axes]
        zeros = left_out and any(stored < size for stored, size in sizes)
        return [jnp.maximum(x, jnp.zeros_like(x)) if zeros else x]

    return run
