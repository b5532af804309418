"""Algorithm 1, which reduces the closest nodes again and again (L1, T4a)."""

from fractions import Fraction

from ucomp_verify.algebra import num_monomials

from .classes import SmoothClass
from .powers import power_above, real_power_above, root_power_above, sum_of_powers_above
from .statement import Bound, require, require_kind, require_size, require_whole


def packing_bound(count: int, subset_size: int, *, radius: Fraction, dim: int) -> Bound:
    """L1: among `count` points of a ball of `radius`, `subset_size` have a diameter <= this.

    The least of 6 R ((N-1)/d)^(1/m), 4 R / (x - 1) for x = (d/(N-1))^(1/m) > 1, 2 R, and for
    dim 1 also 2 R / floor((d-1)/(N-1)).

    >>> packing_bound(9, 3, radius=Fraction(1), dim=1).value
    Fraction(1, 2)
    """
    d, size = require_whole("L1", "d", count), require_whole("L1", "N", subset_size)
    require(2 <= size <= d, "L1", f"N = {size}, d = {d}", "2 <= N <= d")
    m, reach = require_whole("L1", "the dimension", dim), require_size("L1", "the radius", radius)
    inverse = real_power_above(Fraction(size - 1, d), Fraction(1, m))  # at least 1/x
    factors = [Fraction(2), 6 * inverse]
    if inverse < 1:
        factors.append(4 * inverse / (1 - inverse))
    if m == 1:
        factors.append(Fraction(2, (d - 1) // (size - 1)))
    return Bound(
        min(factors) * reach,
        "L1",
        "sphere-packing-repaired",
        (f"2 <= N = {size} <= d = {d}", "the points lie in a ball of the radius"),
    )


def greedy_bound(
    functions: SmoothClass, *, dim: int, radius: Fraction, count: int, size: int
) -> Bound:
    """T4a: 2 Lam d B / (k+1)! (6 J R)^(k+1) N^((k+1)/m) sum over d' < n <= d of n^(-(k+1)/m).

    J = sqrt(m / (2 (m + 1))), of Jung's theorem. For k+1 <= m it exceeds trivial bounds.
    """
    require_kind("T4a", functions, SmoothClass)
    order, m = functions.order, require_whole("T4a", "the dimension", dim)
    reach = require_size("T4a", "the radius", radius)
    d, least = require_whole("T4a", "d", count), num_monomials(m, order - 1)
    kept = require_whole("T4a", "d'", size)
    require(least <= kept < d, "T4a", f"d' = {kept}, d = {d}", f"{least} <= d' < d")
    power = Fraction(order, m)
    jung = root_power_above(Fraction(m, 2 * (m + 1)), order)
    sums = real_power_above(Fraction(least), power) * sum_of_powers_above(kept, d, power)
    constant = 2 * functions.lipschitz * d * functions.derivative
    value = constant * power_above(6 * reach, order, over_factorial=order) * jung * sums
    return Bound(
        value,
        "T4a",
        "universal-compression-repaired",
        (
            "all weights are 1, the nodes lie in a ball of the radius and in a convex domain of g",
            f"N = {least} <= d' = {kept} < d = {d}",
            "each step reduces N + 1 of the remaining nodes of least diameter",
        ),
    )
