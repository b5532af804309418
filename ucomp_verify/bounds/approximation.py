"""How far functions of a class are from polynomials (E1, E2, E3 of the ledger).

All are bounds of E_k(g; K), the infimum over polynomials q of degree <= k of sup over K of
|g - q|. They are exact rationals for rational arguments.
"""

from fractions import Fraction
from math import comb, factorial

from .rounding import root_above
from .statement import require


def taylor_distance(derivative: Fraction, radius: Fraction, degree: int) -> Fraction:
    """E1: B s^(k+1) / (k+1)! on nodes in a ball of radius s whose centre lies in the domain.

    B bounds the directional derivatives of order k+1 on the segments from the centre
    (Taylor's theorem with Lagrange's remainder on each of them).
    """
    _require_degree("E1", degree)
    order = degree + 1
    return derivative * radius**order / factorial(order)


def interval_distance(derivative: Fraction, half_length: Fraction, degree: int) -> Fraction:
    """E1 for dim 1: the nodes of Chebyshev gain the factor 2^-k over Taylor's polynomial."""
    return taylor_distance(derivative, half_length, degree) / 2**degree


def power_series_distance(bound: Fraction, ratio: Fraction, degree: int) -> Fraction:
    """E2: G q^(k+1) / (1 - q), if |g| <= G on a ball q = s / rho < 1 times as large.

    Both balls have the same centre and belong to one complex-homogeneous norm of C^m
    (Cauchy's estimate on the complex line through the centre and the node).
    """
    _require_degree("E2", degree)
    require(0 <= ratio < 1, "E2", f"q = {ratio}", "0 <= q < 1")
    return bound * ratio ** (degree + 1) / (1 - ratio)


def chebyshev_distance(bound: Fraction, rho: Fraction, dim: int, degree: int) -> Fraction:
    """E3: G * sum over j > k of A_j rho^-j on [-1, 1]^dim, if |g| <= G on the polyellipse.

    A_j is the coefficient of x^j in ((1 + x) / (1 - x))^dim; for dim 1 the sum is
    2 rho^-k / (rho - 1). (Bernstein's bound of Chebyshev coefficients in each variable:
    |a_alpha| <= 2^(number of alpha_i != 0) G rho^-|alpha|.)

    >>> chebyshev_distance(Fraction(1), Fraction(2), 1, 3)
    Fraction(1, 4)
    """
    _require_degree("E3", degree)
    require(rho > 1, "E3", f"rho = {rho}", "a number > 1")
    x = 1 / Fraction(rho)
    head = sum(a * x**j for j, a in enumerate(chebyshev_numbers(dim, degree)))
    return bound * (((1 + x) / (1 - x)) ** dim - head)


def chebyshev_numbers(dim: int, degree: int) -> list[int]:
    """A_0, ..., A_degree: the coefficients of ((1 + x) / (1 - x))^dim.

    A_j counts the points of Z^dim with sum of absolute values j.

    >>> chebyshev_numbers(2, 3)
    [1, 4, 8, 12]
    """
    return [
        sum(comb(dim, i) * comb(dim + j - i - 1, j - i) for i in range(min(dim, j) + 1))
        for j in range(degree + 1)
    ]


def jung_radius(diameter: Fraction, dim: int) -> Fraction:
    """A dyadic just above sqrt(m / (2 (m + 1))) * diameter, at least the radius of the smallest
    ball that holds a set of this diameter in R^m (Jung, 1901)."""
    require(dim >= 1 and diameter >= 0, "Jung", f"dim {dim}, {diameter}", "dim >= 1, length >= 0")
    return root_above(Fraction(dim, 2 * (dim + 1)) * diameter**2)


def _require_degree(theorem: str, degree: int) -> None:
    require(degree >= 0, theorem, f"the degree {degree}", "an integer >= 0")
