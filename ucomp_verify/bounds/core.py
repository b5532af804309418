"""The core inequality, and one reduction of nodes in a ball (CI, T3, T7a with one cell)."""

from fractions import Fraction

from .approximation import power_series_distance, taylor_distance
from .classes import ComplexBallClass, SmoothClass
from .statement import Bound, require, require_kind, require_size, shown


def core_bound(distance: Fraction, *, mass: Fraction, lipschitz: Fraction = Fraction(1)) -> Bound:
    """CI: 2 Lam W E bounds |h(int g dnu) - h(int g dmu)| for measures with equal moments <= k.

    `distance` bounds E_k(g; K) on a set K that holds the nodes of both measures, `mass` is
    the mass W of both. Sharp: k = 0, nodes -1 and 1, g(w) = w.

    >>> core_bound(Fraction(1), mass=Fraction(1)).value
    Fraction(2, 1)
    """
    size = require_size("CI", "the distance", distance)
    value = 2 * total_scale("CI", mass, lipschitz) * size
    return Bound(
        value,
        "CI",
        "small-ball-repaired",
        ("the moments agree up to the degree, 0 included", "no weight is negative"),
    )


def small_ball_bound(functions: SmoothClass, *, mass: Fraction, radius: Fraction) -> Bound:
    """T3: 2 Lam W B s^(k+1) / (k+1)! for one reduction of nodes in a ball of radius s.

    >>> small_ball_bound(SmoothClass(2, Fraction(1)), mass=Fraction(3), radius=Fraction(1)).value
    Fraction(3, 1)
    """
    require_kind("T3", functions, SmoothClass)
    require_size("T3", "the radius", radius)
    distance = taylor_distance(functions.derivative, radius, functions.order - 1)
    value = 2 * total_scale("T3", mass, functions.lipschitz) * distance
    return Bound(
        value,
        "T3",
        "small-ball-repaired",
        (
            "the nodes lie in a ball of the radius, its centre in the domain of g",
            f"moments agree up to the degree {functions.order - 1}",
        ),
    )


def complex_ball_bound(
    functions: ComplexBallClass, *, mass: Fraction, radius: Fraction, degree: int
) -> Bound:
    """T7a for one ball of radius s: 2 Lam W G q^(k+1) / (1 - q), q = s / rho < 1, both Euclidean.

    >>> g = ComplexBallClass(Fraction(2), Fraction(1))
    >>> complex_ball_bound(g, mass=Fraction(1), radius=Fraction(1), degree=1).value
    Fraction(1, 1)
    """
    require_kind("T7a", functions, ComplexBallClass)
    ratio = require_size("T7a", "the radius", radius) / functions.radius
    require(ratio < 1, "T7a", f"s / rho = {shown(ratio)}", "less than 1: take smaller balls")
    distance = power_series_distance(functions.bound, ratio, degree)
    value = 2 * total_scale("T7a", mass, functions.lipschitz) * distance
    return Bound(
        value,
        "T7a",
        "polylog-repaired",
        ("the nodes lie in a ball of the radius, its centre in D", f"s / rho = {shown(ratio)} < 1"),
    )


def total_scale(theorem: str, mass: Fraction, lipschitz: Fraction) -> Fraction:
    """Lam W, by which every bound is multiplied."""
    scale = require_size(theorem, "the mass", mass)
    return scale * require_size(theorem, "the Lipschitz constant", lipschitz)
