"""Errors of reductions: the core inequality and what follows from it (CI, T3, T4a, T4b, T7)."""

from fractions import Fraction
from math import factorial
from typing import TYPE_CHECKING

from ucomp_verify.algebra import num_monomials

from .approximation import chebyshev_distance, power_series_distance, taylor_distance
from .classes import PolydiscClass, PolyellipseClass, SmoothClass
from .rounding import root_above, rounded_up, upper_end
from .statement import Bound, require

if TYPE_CHECKING:
    from flint import arb

PREC = 128  # bits for the irrational formulas
LONG_SUM = 4096  # terms of the greedy bound that are added; an integral bounds those after


def core_bound(distance: Fraction, *, mass: Fraction, lipschitz: Fraction = Fraction(1)) -> Bound:
    """CI: 2 Lam W E bounds |h(int g dnu) - h(int g dmu)| for measures with equal moments <= k.

    `distance` bounds E_k(g; K) on a set K that holds the nodes of both measures, `mass` is
    the mass W of both. Sharp: k = 0, nodes -1 and 1, g(w) = w.
    """
    require(mass >= 0, "CI", f"the mass {mass}", "a number >= 0")
    require(lipschitz >= 0, "CI", f"the Lipschitz constant {lipschitz}", "a number >= 0")
    value = 2 * lipschitz * mass * distance
    return Bound(
        value, "CI", "small-ball-repaired", ("moments agree up to the degree, 0 included",)
    )


def small_ball_bound(functions: SmoothClass, *, mass: Fraction, radius: Fraction) -> Bound:
    """T3: 2 Lam W B s^(k+1) / (k+1)! for one reduction of nodes in a ball of radius s."""
    require(radius >= 0, "T3", f"the radius {radius}", "a number >= 0")
    distance = taylor_distance(functions.derivative, radius, functions.order - 1)
    value = core_bound(distance, mass=mass, lipschitz=functions.lipschitz).value
    return Bound(
        value,
        "T3",
        "small-ball-repaired",
        ("the nodes lie in a ball of the radius, its centre in the domain of g",),
    )


def packing_bound(count: int, subset_size: int, *, radius: Fraction, dim: int) -> Bound:
    """L1: among `count` points of a ball of `radius`, `subset_size` have a diameter <= this.

    The least of 6 R ((N-1)/d)^(1/m), 4 R / (x - 1) for x = (d/(N-1))^(1/m) > 1, 2 R, and for
    dim 1 also 2 R / floor((d-1)/(N-1)).
    """
    require(2 <= subset_size <= count, "L1", f"N = {subset_size}, d = {count}", "2 <= N <= d")
    require(dim >= 1 and radius >= 0, "L1", f"m = {dim}, R = {radius}", "m >= 1, R >= 0")
    share = Fraction(subset_size - 1, count)
    bounds = [2 * radius, 6 * radius * root_above_of(share, dim)]
    smaller = 1 / root_above_of(share, dim)  # at most x
    if smaller > 1:
        bounds.append(4 * radius / (smaller - 1))
    if dim == 1 and count > subset_size - 1:
        bounds.append(2 * radius / max(1, (count - 1) // (subset_size - 1)))
    return Bound(min(bounds), "L1", "sphere-packing-repaired", ("the points lie in the ball",))


def greedy_bound(
    functions: SmoothClass, *, dim: int, radius: Fraction, count: int, size: int
) -> Bound:
    """T4a: 2 Lam d B / (k+1)! (6 J R)^(k+1) N^((k+1)/m) sum over d' < n <= d of n^(-(k+1)/m)."""
    order = functions.order
    least = num_monomials(dim, order - 1)
    require(least <= size < count, "T4a", f"d' = {size}, d = {count}", f"{least} <= d' < d")
    reach = root_above(Fraction(dim, 2 * (dim + 1)) * (6 * radius) ** 2)  # 6 J R
    constant = 2 * functions.lipschitz * count * functions.derivative / factorial(order)
    power = _power_above(least, Fraction(order, dim))
    value = constant * reach**order * power * _sum_of_powers(size, count, Fraction(order, dim))
    return Bound(
        rounded_up(value),
        "T4a",
        "universal-compression-repaired",
        ("weights 1", f"N = {least} <= d' < d", "each step reduces N + 1 nodes of least diameter"),
    )


def one_shot_size(dim: int, degree: int, side: int) -> int:
    """side^dim * binom(dim + degree, degree): the most nodes that one reduction a cell keeps."""
    return side**dim * num_monomials(dim, degree)


def grid_bound(
    functions: SmoothClass, *, dim: int, half_side: Fraction, mass: Fraction, side: int
) -> Bound:
    """T4b: 2 Lam W B / (k+1)! (R sqrt(m) / n)^(k+1), one reduction in each of n^m equal cells."""
    require(side >= 1, "T4b", f"n = {side}", "an integer >= 1")
    radius = root_above(half_side**2 * dim) / side
    inner = small_ball_bound(functions, mass=mass, radius=radius)
    return Bound(
        inner.value,
        "T4b",
        "one-shot-compression",
        (f"the nodes lie in [-R, R]^m, R = {half_side}", "g is given on a convex set around them"),
    )


def polydisc_bound(functions: PolydiscClass, *, mass: Fraction, side: int, degree: int) -> Bound:
    """T7a: 2 Lam W G q^(k+1) / (1 - q), q = R / (n rho) < 1, for one reduction in each cell."""
    ratio = functions.half_side / (side * functions.radius)
    require(ratio < 1, "T7a", f"R / (n rho) = {ratio}", "less than 1: take more cells")
    distance = power_series_distance(functions.bound, ratio, degree)
    value = core_bound(distance, mass=mass, lipschitz=functions.lipschitz).value
    return Bound(value, "T7a", "polylog-repaired", (f"n = {side} > R / rho",))


def polylog_degree(functions: PolydiscClass, *, mass: Fraction, error: Fraction) -> tuple[int, int]:
    """T7b: cells along an axis and degree: n = ceil(2R/rho), k = max(1, ceil(log2(4 Lam G W /
    eps))) - 1 give an error <= eps."""
    require(error > 0, "T7b", f"eps = {error}", "a number > 0")
    side = max(1, -(-2 * functions.half_side // functions.radius))
    target = 4 * functions.lipschitz * functions.bound * mass / error
    doublings = max(1, _log2_above(target))
    return int(side), doublings - 1


def polylog_size(functions: PolydiscClass, *, mass: Fraction, error: Fraction) -> int:
    """T7b: ceil(2R/rho)^m max(1, ceil(log2(4 Lam G W / eps)))^m nodes are enough for eps."""
    side, degree = polylog_degree(functions, mass=mass, error=error)
    return (side * (degree + 1)) ** functions.dim


def rate_bound(functions: PolydiscClass, *, mass: Fraction, size: int) -> Bound:
    """T7c: 2 e^((m+1)/2) / (1 - 1/e) Lam W G exp(-(m! d')^(1/m) / n), n = ceil(e R / rho)."""
    from flint import arb, ctx

    with ctx.workprec(PREC):
        m = functions.dim
        exact = arb(1).exp() * _arb(functions.half_side / functions.radius)
        side = max(1, int(exact.ceil().unique_fmpz() or 0)) if functions.half_side else 1
        require(size >= side**m, "T7c", f"d' = {size}", f"at least n^m = {side**m}")
        rate = (arb(factorial(m) * size)).root(m) / side
        constant = 2 * (arb(m + 1) / 2).exp() / (1 - 1 / arb(1).exp())
        factor = upper_end(constant * (-rate).exp())
    value = factor * functions.lipschitz * mass * functions.bound
    return Bound(rounded_up(value), "T7c", "polylog-rate", (f"d' >= n^m = {side**m}",))


def universal_bound(functions: PolyellipseClass, *, mass: Fraction, degree: int) -> Bound:
    """T7d: 2 Lam W G sum over j > k of A_j rho^-j for one reduction of all nodes of the cube."""
    distance = chebyshev_distance(functions.bound, functions.rho, functions.dim, degree)
    value = core_bound(distance, mass=mass, lipschitz=functions.lipschitz).value
    return Bound(
        value,
        "T7d",
        "polylog-universal",
        (f"the nodes lie in [-R, R]^m, R = {functions.half_side}",),
    )


def root_above_of(value: Fraction, order: int) -> Fraction:
    """A dyadic >= the root of this order of value >= 0, by a relative 2^-60 at most too large."""
    if order == 1 or not value:
        return value
    if order == 2:
        return root_above(value)
    return _power_above(value, Fraction(1, order))


def _power_above(value: Fraction | int, exponent: Fraction) -> Fraction:
    from flint import ctx

    with ctx.workprec(PREC):
        return upper_end(_arb(Fraction(value)) ** _arb(exponent))


def _arb(value: Fraction) -> "arb":
    from flint import arb, fmpq

    return arb(fmpq(value.numerator, value.denominator))


def _log2_above(value: Fraction) -> int:
    """The least integer j with 2^j >= value > 0; 0 for values <= 1."""
    if value <= 1:
        return 0
    return (-(-value.numerator // value.denominator) - 1).bit_length()


def _sum_of_powers(start: int, stop: int, exponent: Fraction) -> Fraction:
    """An upper bound of sum over start < n <= stop of n^-exponent."""
    from flint import arb, ctx

    with ctx.workprec(PREC):
        p = _arb(exponent)
        last = min(stop, start + LONG_SUM)
        total = sum((arb(n) ** -p for n in range(start + 1, last + 1)), arb(0))
        if last < stop:  # n^-p <= the integral from n - 1 to n
            total += (
                (arb(stop) / last).log()
                if exponent == 1
                else (arb(last) ** (1 - p) - arb(stop) ** (1 - p)) / (p - 1)
            )
        return upper_end(total)
