"""What float64 makes of the same supports: weights by matching moments, and the function."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

from .errors import Certified, Interval, size_of_mean
from .function import Reciprocals
from .rules import Cell

if TYPE_CHECKING:
    from ucomp_verify.studies.data import Array


@dataclass(frozen=True, eq=False)
class FloatRule:
    """Float64 weights on the supports of all cells; `error` is certified for just these."""

    nodes: "Array"
    weights: "Array"
    error: Interval


def monomial_weights(nodes: "Array", support: "Array", degree: int) -> "Array":
    """Least squares solution for the raw power sums, neither centred nor scaled.

    `nodes` has shape (n,), `support` holds some of them. So published code matches moments.
    """
    import numpy as np

    exponents = np.arange(degree + 1)
    sums = np.array([(nodes**j).sum() for j in exponents])
    return np.asarray(
        np.linalg.lstsq(support ** exponents[:, None], sums, rcond=None)[0], dtype=np.float64
    )


def nonnegative_weights(nodes: "Array", support: "Array", degree: int) -> "Array":
    """The same with weights >= 0, by SciPy's `nnls`."""
    import numpy as np

    optimize: Any = import_module("scipy.optimize")
    exponents = np.arange(degree + 1)
    sums = np.array([(nodes**j).sum() for j in exponents])
    return optimize.nnls(support ** exponents[:, None], sums)[0]


def legendre_weights(nodes: "Array", support: "Array", degree: int) -> "Array":
    """The solution for Legendre polynomials on the box of the nodes: as good as float64 gets."""
    import numpy as np

    from ucomp_verify.caratheodory.legendre import legendre

    low, high = nodes.min(), nodes.max()
    half = (high - low) / 2
    sums: Array = legendre(((nodes - (low + half)) / half)[:, None], degree).sum(axis=1)
    rows = legendre(((support - (low + half)) / half)[:, None], degree)
    return np.asarray(np.linalg.lstsq(rows, sums, rcond=None)[0], dtype=np.float64)


Weigher = Callable[["Array", "Array", int], "Array"]
WEIGHERS: dict[str, Weigher] = {
    "monomial": monomial_weights,
    "nnls": nonnegative_weights,
    "legendre": legendre_weights,
}


def float_rule(
    weigher: Weigher, cells: Sequence[Cell], found: Certified, g: Reciprocals, count: int
) -> FloatRule | None:
    """Weights in float64 on the supports of certified rules of `count` points in all.

    None if the solver gives up, as it does with some ill-conditioned systems.
    """
    import numpy as np
    from flint import ctx

    pairs = zip(cells, found.rules, strict=True)
    supports = [cell.part.nodes[list(rule.indices)] for cell, rule in pairs]
    try:
        weights = np.concatenate(
            [
                weigher(cell.part.nodes[:, 0], support[:, 0], cell.degree)
                for cell, support in zip(cells, supports, strict=True)
            ]
        )
    except (RuntimeError, np.linalg.LinAlgError):
        return None
    nodes = np.concatenate(supports)
    with ctx.workprec(found.prec):
        gap = found.before - g.integral(nodes, weights.tolist(), prec=found.prec)
        return FloatRule(nodes, weights, size_of_mean(gap, count))


def seen_error(rule: FloatRule, points: "Array", g: Reciprocals) -> float:
    """|f - f'| as a program in float64 sees it, for the means f and f'."""
    before = g.in_float64(points, None) / len(points)
    return abs(before - g.in_float64(rule.nodes, rule.weights) / len(points))


def rounding_of_value(found: Certified, points: "Array", g: Reciprocals) -> Interval:
    """|f in float64 - f|: what float64 loses on the value alone, before any compression."""
    from flint import arb, ctx

    with ctx.workprec(found.prec):
        gap = found.before - arb(g.in_float64(points, None))
        return size_of_mean(gap, len(points))
