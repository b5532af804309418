"""Classes of analytic functions: exponential rates, with constants (T7a, T7b, T7c, T7d)."""

from fractions import Fraction

from .approximation import chebyshev_distance, power_series_distance
from .classes import PolydiscClass, PolyellipseClass
from .core import total_scale
from .grid import one_shot_size
from .powers import PREC, ball, upper_value
from .statement import Bound, require, require_kind, require_size, require_whole, shown


def polydisc_bound(functions: PolydiscClass, *, mass: Fraction, side: int, degree: int) -> Bound:
    """T7a: 2 Lam W G q^(k+1) / (1 - q), q = R / (n rho) < 1, for one reduction in each cell.

    >>> g = PolydiscClass(2, half_side=Fraction(1), radius=Fraction(1), bound=Fraction(1))
    >>> polydisc_bound(g, mass=Fraction(1), side=2, degree=4).value
    Fraction(1, 8)
    """
    require_kind("T7a", functions, PolydiscClass)
    ratio = functions.half_side / (require_whole("T7a", "n", side) * functions.radius)
    require(ratio < 1, "T7a", f"R / (n rho) = {shown(ratio)}", "less than 1: take more cells")
    distance = power_series_distance(functions.bound, ratio, degree)
    value = 2 * total_scale("T7a", mass, functions.lipschitz) * distance
    return Bound(
        value,
        "T7a",
        "polylog-repaired",
        (
            _cube(functions),
            f"R / (n rho) = {shown(ratio)} < 1",
            f"moments agree up to {degree} in cells",
        ),
    )


def polylog_degree(functions: PolydiscClass, *, mass: Fraction, error: Fraction) -> tuple[int, int]:
    """T7b: cells along an axis and degree: n = ceil(2R/rho), k = max(1, ceil(log2(4 Lam G W /
    eps))) - 1 give an error <= eps."""
    require_kind("T7b", functions, PolydiscClass)
    allowed = require_size("T7b", "eps", error)
    require(allowed > 0, "T7b", f"eps = {shown(allowed)}", "a number > 0")
    side = max(1, -(-2 * functions.half_side // functions.radius))
    scale = total_scale("T7b", mass, functions.lipschitz) * functions.bound
    return side, max(1, _log2_above(4 * scale / allowed)) - 1


def polylog_size(functions: PolydiscClass, *, mass: Fraction, error: Fraction) -> int:
    """T7b: ceil(2R/rho)^m max(1, ceil(log2(4 Lam G W / eps)))^m nodes are enough for eps.

    >>> g = PolydiscClass(2, half_side=Fraction(1), radius=Fraction(1), bound=Fraction(1))
    >>> polylog_size(g, mass=Fraction(10**6), error=Fraction(1, 10**8))  # 2^2 * 49^2
    9604
    """
    side, degree = polylog_degree(functions, mass=mass, error=error)
    return (side * (degree + 1)) ** functions.dim


def rate_bound(functions: PolydiscClass, *, mass: Fraction, size: int) -> Bound:
    """T7c: 2 e^((m+1)/2) / (1 - 1/e) Lam W G exp(-(m! d')^(1/m) / n), n = ceil(e R / rho)."""
    require_kind("T7c", functions, PolydiscClass)
    from flint import arb, ctx

    d, m = require_whole("T7c", "d'", size), functions.dim
    side = rate_side(functions)
    require(d >= side**m, "T7c", f"d' = {d}", f"at least n^m = {side**m}")
    with ctx.workprec(PREC + d.bit_length()):
        rate = (arb.fac_ui(m) * d).root(m) / side
        constant = 2 * (ball(Fraction(m + 1, 2)) - rate).exp() / (1 - arb(-1).exp())
        factor = upper_value(constant)
    value = factor * total_scale("T7c", mass, functions.lipschitz) * functions.bound
    return Bound(value, "T7c", "polylog-rate", (_cube(functions), f"d' = {d} >= n^m = {side**m}"))


def rate_side(functions: PolydiscClass) -> int:
    """T7c: ceil(e R / rho), and 1 for R = 0: the cells along an axis.

    >>> rate_side(PolydiscClass(1, Fraction(1), Fraction(1), Fraction(1)))
    3
    """
    require_kind("T7c", functions, PolydiscClass)
    from flint import arb, ctx

    ratio = functions.half_side / functions.radius
    if not ratio:
        return 1
    prec = PREC + ratio.numerator.bit_length()
    while True:  # ends, as e R / rho is irrational
        with ctx.workprec(prec):
            side = (arb(1).exp() * ball(ratio)).ceil().unique_fmpz()
        if side is not None:
            return int(side)
        prec *= 2


def universal_bound(functions: PolyellipseClass, *, mass: Fraction, degree: int) -> Bound:
    """T7d: 2 Lam W G sum over j > k of A_j rho^-j for one reduction of all nodes of the cube.

    >>> g = PolyellipseClass(1, rho=Fraction(2), bound=Fraction(1))
    >>> universal_bound(g, mass=Fraction(1), degree=3).value
    Fraction(1, 2)
    """
    require_kind("T7d", functions, PolyellipseClass)
    distance = chebyshev_distance(functions.bound, functions.rho, functions.dim, degree)
    value = 2 * total_scale("T7d", mass, functions.lipschitz) * distance
    found = (_cube(functions), f"moments agree up to {degree}, by one reduction")
    return Bound(value, "T7d", "polylog-universal", found)


def universal_cells_bound(
    functions: PolydiscClass, *, mass: Fraction, side: int, degree: int
) -> Bound:
    """T7d in each of n^m cells: rho = n r + sqrt(1 + (n r)^2) with r = radius / R, rounded down.

    Smaller than T7a by about the factor 2^k A_k, and for all n >= 1.
    """
    require_kind("T7d", functions, PolydiscClass)
    require_whole("T7d", "n", side)
    cell = functions.on_cells(side).on_polyellipses()
    inner = universal_bound(cell, mass=mass, degree=degree)
    found = (_cube(functions), f"one reduction of degree {degree} in each of {side}^m equal cells")
    return Bound(inner.value, "T7d", "polylog-universal", found)


def degree_within(dim: int, size: int, *, side: int = 1) -> int:
    """The largest degree k with side^dim * binom(dim + k, k) <= size.

    >>> degree_within(2, 10)
    3
    """
    least = require_whole("nodes", "n", side) ** require_whole("nodes", "the dimension", dim)
    require(require_whole("nodes", "d'", size) >= least, "nodes", f"d' = {size}", f">= {least}")
    low, high = 0, 1
    while one_shot_size(dim, high, side) <= size:
        low, high = high, 2 * high
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if one_shot_size(dim, middle, side) <= size else (low, middle)
    return low


def _cube(functions: PolydiscClass | PolyellipseClass) -> str:
    return f"the nodes lie in [-R, R]^m, R = {shown(functions.half_side)}"


def _log2_above(value: Fraction) -> int:
    """The least integer j >= 0 with 2^j >= value."""
    if value <= 1:
        return 0
    return (-(-value.numerator // value.denominator) - 1).bit_length()
