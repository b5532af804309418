"""The bump b(u) = product over a of max(0, 1 - u_a^2)^(s+1): its derivatives and its means.

b has continuous derivatives up to the order s and vanishes outside the cube [-1, 1]^dim.
"""

from collections.abc import Sequence
from fractions import Fraction
from functools import cache
from itertools import product
from math import comb, prod

from ucomp_verify.bounds.rounding import root_above, rounded_up
from ucomp_verify.bounds.statement import require, require_whole

from .bernstein import BoxPolynomial
from .conversions import to_fraction, to_rational
from .univariate import largest_size

SLACK = Fraction(1, 64)  # by which a bound of the derivatives in the plane may be too large
MOST_ORDER = 64  # beyond, the means take too long
PLANE_ORDERS = range(1, 5)  # for which boxes show it in under a second


def bump(order: int, point: Sequence[Fraction]) -> Fraction:
    """b at a rational point, for the order s of smoothness."""
    return prod((max(Fraction(0), 1 - u * u) for u in point), start=Fraction(1)) ** (order + 1)


@cache
def bump_mean(order: int) -> Fraction:
    """c: the infimum over n >= 1 of the mean of (1 - u^2)^(s+1) at n midpoints of [-1, 1].

    The mean is a polynomial P in x = 1/n^2 of degree s + 1, since the sums of even powers of
    the odd numbers between -n and n are n times polynomials in n^2 (Faulhaber's formula). The
    least of P(0), the limit, and the first values is the infimum if P is nowhere less on the
    interval from 0 to the last x, as its Bernstein coefficients there show.

    >>> bump_mean(1), bump_mean(2)
    (Fraction(8, 15), Fraction(27, 64))
    """
    _require_order(order)
    coefficients = mean_polynomial(order)
    values = [coefficients[0]]
    for count in range(1, 1000):
        values.append(midpoint_mean(order, count))
        if _least_at_zero(coefficients, min(values), Fraction(1, count**2)):
            return min(values)
    raise AssertionError("near x = 0 either P > min or P grows")


def midpoint_mean(order: int, count: int) -> Fraction:
    """The mean of (1 - u^2)^(s+1) at the midpoints of `count` equal parts of [-1, 1]."""
    points = [Fraction(2 * i + 1 - count, count) for i in range(count)]
    return sum((bump(order, [u]) for u in points), Fraction(0)) / count


@cache
def mean_polynomial(order: int) -> tuple[Fraction, ...]:
    """The coefficients of P, P(1/n^2) = `midpoint_mean(order, n)`, by interpolation."""
    from flint import fmpq, fmpq_poly

    knots = [fmpq(1, n * n) for n in range(1, order + 3)]
    total = fmpq_poly([0])
    for i, x in enumerate(knots):
        value = midpoint_mean(order, i + 1)
        term = fmpq_poly([to_rational(value)])
        for j, y in enumerate(knots):
            if i != j:
                term = term * fmpq_poly([-y, 1]) / (x - y)
        total += term
    padded = [*total.coeffs(), *[fmpq(0)] * (order + 2)][: order + 2]
    return tuple(to_fraction(c) for c in padded)


def _least_at_zero(coefficients: Sequence[Fraction], least: Fraction, last: Fraction) -> bool:
    """Whether P >= least on [0, last] is seen from Bernstein coefficients.

    Where P(0) is the least value, x is divided out first.
    """
    rest = [coefficients[0] - least, *coefficients[1:]]
    if not rest[0]:
        rest = rest[1:]
    terms = {(i,): c for i, c in enumerate(rest)}
    return BoxPolynomial.of(terms, [(Fraction(0), last)]).lower >= 0


@cache
def bump_derivative(order: int, dim: int) -> Fraction:
    """At least B_s(b) = sup over x and |u| = 1 of |D^s b(x)[u, ..., u]|.

    For dim 1 it is the maximum of a polynomial, rounded up. For dim 2 and s <= 4 it exceeds B_s
    by at most some percent: that a multiple of the form is positive is shown on boxes. Else
    it is m^(s/2) times the largest product of maxima of derivatives of one variable, whose
    orders add up to s, which is crude.
    """
    _require_order(order)
    require_whole("bump", "the dimension", dim)
    if dim == 1:
        return _maxima(order)[order]
    if dim == 2 and order in PLANE_ORDERS:
        return _plane_derivative(order)
    return rounded_up(root_above(Fraction(dim) ** order) * _largest_product(order, dim))


def _plane_derivative(order: int) -> Fraction:
    value = _maxima(order)[order]  # u along an axis, on which the other coordinate is 0
    while True:
        value = rounded_up(value * (1 + SLACK))
        if all(_nonnegative(order, sign, value) for sign in (-1, 1)):
            return value


def _nonnegative(order: int, sign: int, value: Fraction) -> bool:
    """Whether value (1 + v^2)^s + sign D^s b(x, y)[(1 - v^2, 2v), ...] >= 0 on the cube.

    v runs over [-1, 1], so that the direction runs over a half circle; x, y >= 0 suffice, as
    b is even in each.
    """
    terms = {(0, 0, 2 * r): value * comb(order, r) for r in range(order + 1)}
    for alpha, c in _plane_form(order).items():
        terms[alpha] = terms.get(alpha, Fraction(0)) + sign * c
    unit = (Fraction(0), Fraction(1))
    stack = [(BoxPolynomial.of(terms, [unit, unit, (Fraction(-1), Fraction(1))]), 0)]
    while stack:
        part, axis = stack.pop()
        if part.lower >= 0:
            continue
        if part.least_corner < 0:
            return False
        stack.extend((half, (axis + 1) % 3) for half in part.halves(axis))
    return True


def _plane_form(order: int) -> dict[tuple[int, int, int], Fraction]:
    """The coefficients of D^s b(x, y)[(1 - v^2, 2v), ...] in x, y and v."""
    out: dict[tuple[int, int, int], Fraction] = {}
    for j in range(order + 1):
        first, second = _derivative(order, j), _derivative(order, order - j)
        for r, (a, p), (b, q) in product(range(j + 1), enumerate(first), enumerate(second)):
            factor = comb(order, j) * comb(j, r) * (-1) ** r * 2 ** (order - j)
            alpha = (a, b, 2 * r + order - j)
            out[alpha] = out.get(alpha, Fraction(0)) + factor * p * q
    return out


def _largest_product(order: int, dim: int) -> Fraction:
    """The largest product of `dim` maxima of derivatives whose orders add up to s."""
    maxima = _maxima(order)
    best = list(maxima)
    for _ in range(dim - 1):
        best = [max(best[i] * maxima[n - i] for i in range(n + 1)) for n in range(order + 1)]
    return best[order]


@cache
def _maxima(order: int) -> tuple[Fraction, ...]:
    """Bounds of the derivatives of (1 - u^2)^(s+1) on [-1, 1], of the orders 0 to s."""
    one = Fraction(1)
    sizes = [largest_size(_derivative(order, j), -one, one) for j in range(order + 1)]
    return tuple(rounded_up(size.upper) for size in sizes)


def _derivative(order: int, times: int) -> list[Fraction]:
    """The coefficients of a derivative of (1 - u^2)^(s+1)."""
    out = [Fraction(0)] * (2 * order + 3)
    for i in range(order + 2):
        out[2 * i] = Fraction((-1) ** i * comb(order + 1, i))
    for _ in range(times):
        out = [i * c for i, c in enumerate(out)][1:]
    return out


def _require_order(order: int) -> None:
    require_whole("bump", "the order", order)
    require(order <= MOST_ORDER, "bump", f"the order {order}", f"at most {MOST_ORDER}")
