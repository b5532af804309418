"""How far functions of a class are from polynomials (E1, E2, E3 of the ledger).

All are bounds of E_k(g; K), the infimum over polynomials q of degree <= k of sup over K of
|g - q|. They are exact rationals for rational arguments, unless these have so many digits
(thousands) that they are rounded up, by a relative 2^-100 at most.
"""

from fractions import Fraction
from math import comb

from .powers import EXACT_BITS, KEPT_BITS, power_above, square_root_above
from .statement import require, require_rational, require_size, require_whole, shown


def taylor_distance(derivative: Fraction, radius: Fraction, degree: int) -> Fraction:
    """E1: B s^(k+1) / (k+1)! on nodes in a ball of radius s whose centre lies in the domain.

    B bounds the directional derivatives of order k+1 on the segments from the centre
    (Taylor's theorem with Lagrange's remainder on each of them).

    >>> taylor_distance(Fraction(6), Fraction(1, 2), 2)
    Fraction(1, 8)
    """
    order = require_whole("E1", "the degree", degree, least=0) + 1
    size = require_size("E1", "the bound of the derivative", derivative)
    reach = require_size("E1", "the radius", radius)
    return size * power_above(reach, order, over_factorial=order)


def interval_distance(derivative: Fraction, half_length: Fraction, degree: int) -> Fraction:
    """E1 for dim 1: the nodes of Chebyshev gain the factor 2^-k over Taylor's polynomial.

    (The interpolant at the k+1 zeros of the Chebyshev polynomial of the interval errs by
    g^(k+1)(xi) / (k+1)! times their monic polynomial, of size 2 (s / 2)^(k+1).)

    >>> interval_distance(Fraction(2), Fraction(1), 1)  # of x^2 on [-1, 1]
    Fraction(1, 2)
    """
    order = require_whole("E1", "the degree", degree, least=0) + 1
    size = require_size("E1", "the bound of the derivative", derivative)
    reach = require_size("E1", "half the length", half_length)
    return 2 * size * power_above(reach / 2, order, over_factorial=order)


def power_series_distance(bound: Fraction, ratio: Fraction, degree: int) -> Fraction:
    """E2: G q^(k+1) / (1 - q), if |g| <= G on a ball q = s / rho < 1 times as large.

    Both balls have the same centre and belong to one complex-homogeneous norm of C^m, such as
    the Euclidean or the maximum norm (Cauchy's estimate on the complex line through the centre
    and the node).

    >>> power_series_distance(Fraction(1), Fraction(1, 2), 3)
    Fraction(1, 8)
    """
    require_whole("E2", "the degree", degree, least=0)
    size = require_size("E2", "the bound", bound)
    q = require_rational("E2", "q", ratio)
    require(0 <= q < 1, "E2", f"q = {shown(q)}", "0 <= q < 1")
    return size / (1 - q) * power_above(q, degree + 1)


def chebyshev_distance(bound: Fraction, rho: Fraction, dim: int, degree: int) -> Fraction:
    """E3: G * sum over j > k of A_j rho^-j on [-1, 1]^dim, if |g| <= G on the polyellipse.

    A_j is the coefficient of x^j in ((1 + x) / (1 - x))^dim; for dim 1 the sum is
    2 rho^-k / (rho - 1). (Bernstein's bound of Chebyshev coefficients in each variable:
    |a_alpha| <= 2^(number of alpha_i != 0) G rho^-|alpha|.) With y = 1 / (rho - 1) it is
    rho^-k * sum over 0 <= l < i <= dim of binom(dim, i) 2^i binom(k, l) y^(i - l).

    >>> chebyshev_distance(Fraction(1), Fraction(2), 1, 3)
    Fraction(1, 4)
    """
    require_whole("E3", "the degree", degree, least=0)
    require_whole("E3", "the dimension", dim)
    size = require_size("E3", "the bound", bound)
    sum_of_axes = require_rational("E3", "rho", rho)
    require(sum_of_axes > 1, "E3", f"rho = {shown(sum_of_axes)}", "a number > 1")
    y = 1 / (sum_of_axes - 1)
    # Of (2x/(1-x))^i the part above x^k is 2^i P(at most i-1 successes in k) (x/(1-x))^i.
    # All over the denominator of y^dim: without it, greatest common divisors take all the time.
    over, under, power = y.numerator, y.denominator, 1
    inner, total = 0, 0
    for i in range(1, dim + 1):
        inner = (inner + comb(degree, i - 1) * power) * over
        power *= under
        total = total * under + (comb(dim, i) << i) * inner
    return size * _quotient_above(total, power) * power_above(1 / sum_of_axes, degree)


def _quotient_above(over: int, under: int) -> Fraction:
    """The quotient of positive integers, rounded up if they are long."""
    if under.bit_length() <= EXACT_BITS:
        return Fraction(over, under)
    shift = max(0, KEPT_BITS + under.bit_length() - over.bit_length())
    return Fraction(-(-(over << shift) // under), 1 << shift)


def chebyshev_numbers(dim: int, degree: int) -> list[int]:
    """A_0, ..., A_degree: the coefficients of ((1 + x) / (1 - x))^dim.

    A_j counts the points of Z^dim with sum of absolute values j.

    >>> chebyshev_numbers(2, 3)
    [1, 4, 8, 12]
    """
    require_whole("E3", "the dimension", dim)
    require_whole("E3", "the degree", degree, least=0)
    return [
        sum(comb(dim, i) * comb(dim + j - i - 1, j - i) for i in range(min(dim, j) + 1))
        for j in range(degree + 1)
    ]


def jung_radius(diameter: Fraction, dim: int) -> Fraction:
    """Just above sqrt(m / (2 (m + 1))) * diameter, at least the radius of the smallest
    ball that holds a set of this diameter in R^m (Jung, 1901).

    >>> jung_radius(Fraction(2), 1)
    Fraction(1, 1)
    """
    require_whole("Jung", "the dimension", dim)
    return require_size("Jung", "the diameter", diameter) * square_root_above(
        Fraction(dim, 2 * dim + 2)
    )
