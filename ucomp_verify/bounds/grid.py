"""One reduction in each cell of a grid, for functions of fixed smoothness (T4b)."""

from fractions import Fraction

from ucomp_verify.algebra import num_monomials

from .classes import SmoothClass
from .core import total_scale
from .powers import power_above, real_power_above, root_power_above
from .statement import Bound, require, require_kind, require_size, require_whole, shown

CLAIM = "one-shot-compression"


def one_shot_size(dim: int, degree: int, side: int) -> int:
    """side^dim * binom(dim + degree, degree): the most nodes that one reduction a cell keeps.

    >>> one_shot_size(2, 3, 4)
    160
    """
    m = require_whole("one shot", "the dimension", dim)
    k = require_whole("one shot", "the degree", degree, least=0)
    return require_whole("one shot", "n", side) ** m * num_monomials(m, k)


def grid_bound(
    functions: SmoothClass, *, dim: int, half_side: Fraction, mass: Fraction, side: int
) -> Bound:
    """T4b: 2 Lam W B / (k+1)! (R sqrt(m) / n)^(k+1), one reduction in each of n^m equal cells.

    >>> g = SmoothClass(2, Fraction(1))
    >>> grid_bound(g, dim=2, half_side=Fraction(1), mass=Fraction(8), side=4).value
    Fraction(1, 1)
    """
    require_whole("T4b", "n", side)
    value = _taylor(functions, dim, half_side, mass, Fraction(1, side))
    return Bound(value, "T4b", CLAIM, (*_domain(half_side), f"n = {side} cells along an axis"))


def grid_size_bound(
    functions: SmoothClass, *, dim: int, half_side: Fraction, mass: Fraction, size: int
) -> Bound:
    """T4b by nodes: 2 Lam W B / (k+1)! (2 R sqrt(m))^(k+1) (N/d')^((k+1)/m) for d' >= N.

    n = floor((d'/N)^(1/m)) cells along an axis are at least half as many as without floor;
    `grid_bound` of this n is smaller, by up to the factor 2^(k+1).
    """
    share = Fraction(_least(functions, dim, size), size)
    factor = real_power_above(share, Fraction(functions.order, dim))
    value = _taylor(functions, dim, half_side, mass, Fraction(2)) * factor
    return Bound(value, "T4b", CLAIM, (*_domain(half_side), f"d' = {size} >= N"))


def rounds_bound(
    functions: SmoothClass, *, dim: int, half_side: Fraction, mass: Fraction, size: int
) -> Bound:
    """T4b in rounds: `grid_size_bound` times 2^p / (1 - 2^-p), p = (k+1)/m, for d' >= 2N.

    A round with n_t > d' nodes left cuts the cube into floor((n_t/2N)^(1/m))^m cells, which at
    least halves them. The errors add up to (2N)^p (n_T^-p + (2 n_T)^-p + ...) with n_T > d'.
    """
    least = _least(functions, dim, size)
    require(size >= 2 * least, "T4b in rounds", f"d' = {size}", f"at least 2N = {2 * least}")
    power = Fraction(functions.order, dim)
    half = real_power_above(Fraction(1, 2), power)
    factor = real_power_above(Fraction(2 * least, size), power) / (1 - half)
    value = _taylor(functions, dim, half_side, mass, Fraction(2)) * factor
    return Bound(
        value,
        "T4b",
        CLAIM,
        (
            *_domain(half_side),
            f"d' = {size} >= 2N = {2 * least}",
            "each round at least halves the nodes, until at most d' are left",
        ),
    )


def _taylor(
    functions: SmoothClass, dim: int, half_side: Fraction, mass: Fraction, factor: Fraction
) -> Fraction:
    """2 Lam W B / (k+1)! (R sqrt(m) * factor)^(k+1), rational for even k+1."""
    require_kind("T4b", functions, SmoothClass)
    m = require_whole("T4b", "the dimension", dim)
    reach = require_size("T4b", "half the side", half_side) * factor
    order = functions.order
    powers = power_above(reach, order, over_factorial=order) * root_power_above(Fraction(m), order)
    return 2 * total_scale("T4b", mass, functions.lipschitz) * functions.derivative * powers


def _least(functions: SmoothClass, dim: int, size: int) -> int:
    """N, which d' = size must reach."""
    least = num_monomials(require_whole("T4b", "the dimension", dim), functions.order - 1)
    require(require_whole("T4b", "d'", size) >= least, "T4b", f"d' = {size}", f"at least {least}")
    return least


def _domain(half_side: Fraction) -> tuple[str, ...]:
    return (
        f"the nodes lie in [-R, R]^m, R = {shown(Fraction(half_side))}",
        "and in a convex domain of g",
    )
