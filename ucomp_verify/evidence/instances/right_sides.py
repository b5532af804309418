"""The right sides of the claims as they are printed, worked out without `ucomp_verify.bounds`.

An instance takes the smaller one of this and of what `bounds` says, so that neither a constant
missing there nor one missing here goes unseen. Rationals wherever the formula is rational.
"""

from fractions import Fraction
from math import factorial

from ucomp_verify.algebra import num_monomials
from ucomp_verify.bounds import Bound
from ucomp_verify.findings import Enclosure

from .numbers import Number, ball, enclosed, in_balls, least, power, rational


def at_most(bound: Bound, formula: Number) -> Enclosure:
    """The smaller one of a bound and of the formula of its claim."""
    return least([Enclosure.of(bound.value), enclosed(formula)])


def small_ball(
    functions: tuple[Fraction, Fraction], mass: Fraction, squared_radius: Fraction, degree: int
) -> Number:
    """2 Lam W B s^(k+1) / (k+1)! of T3; `functions` are Lam and B."""
    lipschitz, derivative = functions
    order = degree + 1
    constant = 2 * lipschitz * mass * derivative / factorial(order)
    with in_balls():
        return rational(constant) * power(squared_radius, Fraction(order, 2))


def for_nodes(
    functions: tuple[Fraction, Fraction],
    mass: Fraction,
    squared_radius: Fraction,
    degree: int,
    *,
    share: Fraction,
    dim: int,
) -> Number:
    """2 Lam W B / (k+1)! (2R sqrt m)^(k+1) (N/d')^((k+1)/m) of T4b; `share` is N/d'.

    `squared_radius` is R^2 m.
    """
    whole = small_ball(functions, mass, 4 * squared_radius, degree)
    with in_balls():
        return whole * power(share, Fraction(degree + 1, dim))


def packing(squared_radius: Fraction, share: Fraction, dim: int) -> Number:
    """6 R ((N-1)/d)^(1/m) of L1; `share` is (N-1)/d."""
    with in_balls():
        return 6 * power(squared_radius, Fraction(1, 2)) * power(share, Fraction(1, dim))


def greedy(
    functions: tuple[Fraction, Fraction],
    squared_radius: Fraction,
    degree: int,
    *,
    dim: int,
    count: int,
    size: int,
) -> Number:
    """2 Lam d B / (k+1)! (6JR)^(k+1) N^((k+1)/m) sum over d' < n <= d of n^(-(k+1)/m) of T4a."""
    reach = Fraction(dim, 2 * (dim + 1)) * 36 * squared_radius
    exponent = Fraction(degree + 1, dim)
    constant = small_ball(functions, Fraction(count), reach, degree)
    with in_balls():
        terms = [power(Fraction(1, n), exponent) for n in range(size + 1, count + 1)]
        return (
            constant
            * power(Fraction(num_monomials(dim, degree)), exponent)
            * sum(terms, rational(0))
        )


def in_polydiscs(size: Fraction, mass: Fraction, ratio: Fraction, degree: int) -> Number:
    """2 Lam W G q^(k+1) / (1 - q) of T7a; `size` is Lam G, `ratio` is q = R / (n rho)."""
    return rational(2 * size * mass * ratio ** (degree + 1) / (1 - ratio))


def rate(size: Fraction, mass: Fraction, *, nodes: int, side: int, dim: int) -> Number:
    """2 e^((m+1)/2) / (1 - 1/e) Lam W G exp(-(m! d')^(1/m) / n) of T7c; `size` is Lam G."""
    with in_balls():
        exponent = ball(Fraction(dim + 1, 2)) - power(
            Fraction(factorial(dim) * nodes), Fraction(1, dim)
        ) / rational(side)
        return 2 * rational(size * mass) * exponent.exp() / (1 - ball(-1).exp())


def universal(size: Fraction, mass: Fraction, rho: Fraction, degree: int, *, dim: int) -> Number:
    """2 Lam W G sum over j > k of A_j rho^-j of T7d; `size` is Lam G.

    A_j is found by multiplying out the series (1 + 2x + 2x^2 + ...)^m.
    """
    series = [1] + [0] * degree
    for _ in range(dim):
        series = [s + 2 * sum(series[:j]) for j, s in enumerate(series)]
    x = 1 / rho
    head = sum((a * x**j for j, a in enumerate(series)), Fraction(0))
    return rational(2 * size * mass * (((1 + x) / (1 - x)) ** dim - head))
