"""Sets of d numbers with equal power sums below order d and different ones of order d.

Ideal solutions of the Prouhet-Tarry-Escott problem are integers; Q and Q + epsilon with
Q = (x - 1) ... (x - d) have such roots for every d.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Any

from .rational_rings import fraction_terms, rational_ring

Node = tuple[Fraction, ...]
Pair = tuple[tuple[int, ...], tuple[int, ...]]

_HALVES = (
    (10, (12, 11881, 20231, 20885, 23738), (436, 11857, 20449, 20667, 23750)),
    (12, (22, 61, 86, 127, 140, 151), (35, 47, 94, 121, 146, 148)),
)

# Classical: Borwein, "Computational Excursions in Analysis and Number Theory", 2002, chapter
# 11 (d = 9 and 10 are Letac's, d = 12 that of Kuosa, Myrignac and Shuwen, 1999). No integers
# are known for d = 11.
_PAIRS: tuple[Pair, ...] = (
    ((0,), (1,)),
    ((0, 3), (1, 2)),
    ((1, 5, 6), (2, 3, 7)),
    ((0, 4, 7, 11), (1, 2, 9, 10)),
    ((1, 2, 10, 14, 18), (0, 4, 8, 16, 17)),
    ((0, 4, 9, 17, 22, 26), (1, 2, 12, 14, 24, 25)),
    ((0, 18, 27, 58, 64, 89, 101), (1, 13, 38, 44, 75, 84, 102)),
    ((0, 4, 9, 23, 27, 41, 46, 50), (1, 2, 11, 20, 30, 39, 48, 49)),
    ((0, 24, 30, 83, 86, 133, 157, 181, 197), (1, 17, 41, 65, 112, 115, 168, 174, 198)),
    *(
        (tuple(s * v for v in x for s in (1, -1)), tuple(s * v for v in y for s in (1, -1)))
        for _, x, y in _HALVES
    ),
)

KNOWN_SIZES: tuple[int, ...] = tuple(len(x) for x, _ in _PAIRS)
"""The numbers d for which `ideal_pair` holds integers."""


class NoPairKnown(LookupError):
    """No two sets of this many integers are on the list."""


class NotSharp(ValueError):
    """Two sets of numbers do not show that the highest order is needed."""


def ideal_pair(num_points: int) -> Pair:
    """Two sets of d integers with equal power sums of order < d and different ones of order d.

    Raises `NoPairKnown` for a d that is not in `KNOWN_SIZES`.

    >>> ideal_pair(3)
    ((1, 5, 6), (2, 3, 7))
    """
    for x, y in _PAIRS:
        if len(x) == num_points:
            return x, y
    raise NoPairKnown(
        f"no integers on the list for d = {num_points}, only for {KNOWN_SIZES}; "
        "shifted_product(d) gives real numbers for every d"
    )


def check_pair(x: Sequence[Fraction | int], y: Sequence[Fraction | int]) -> Fraction:
    """By how much the power sums of order d of x and y differ, if all lower ones agree.

    Raises `NotSharp`, naming the order, if they do not, or if those of order d agree.
    """
    d = len(x)
    if len(y) != d or d == 0:
        raise NotSharp(f"expected two sets of one size, got {d} and {len(y)} numbers")
    for order in range(1, d):
        if gap := _gap(x, y, order):
            raise NotSharp(f"the power sums of order {order} < {d} differ by {gap}")
    if not _gap(x, y, d):
        raise NotSharp(f"the power sums of order {d} agree too")
    return _gap(x, y, d)


def on_a_line(
    values: Sequence[Fraction | int], direction: Sequence[Fraction | int]
) -> tuple[Node, ...]:
    """The points t * direction; their power sums are q_alpha = direction^alpha * p_|alpha|.

    Raises ValueError for the direction 0, on which all points coincide.
    """
    if not any(direction):
        raise ValueError("expected a direction other than 0")
    return tuple(tuple(Fraction(t) * Fraction(v) for v in direction) for t in values)


@dataclass(frozen=True)
class ShiftedProduct:
    """Q = (x - 1) ... (x - d) and Q + epsilon have roots as wanted for 0 < |epsilon| < bound.

    Both have d simple real roots, one in each (i - 1/2, i + 1/2). Their power sums agree
    below order d and those of order d differ by `slope` * epsilon.
    """

    num_points: int
    bound: Fraction
    slope: int
    checks: int


def shifted_product(num_points: int) -> ShiftedProduct:
    """The pair Q, Q + epsilon for d points, its properties checked.

    Real roots: by the signs of Q at 1/2, 3/2, ..., d + 1/2. Power sums: from the
    coefficients, in which epsilon is a symbol, by Newton's identities.
    """
    bound = _smallest_alternating_value(num_points)
    differences = _power_sum_differences(num_points)
    below, last = differences[:-1], differences[-1]
    if any(below) or not last.get(1) or last.keys() != {1}:
        raise NotSharp(f"power sums of Q + epsilon less those of Q: {differences}")
    return ShiftedProduct(num_points, bound, int(last[1]), 2 * num_points + 1)


def _gap(x: Sequence[Fraction | int], y: Sequence[Fraction | int], order: int) -> Fraction:
    return sum((Fraction(v) ** order for v in x), Fraction(0)) - sum(
        Fraction(v) ** order for v in y
    )


def _smallest_alternating_value(num_points: int) -> Fraction:
    """The least |Q(i + 1/2)|, if the signs of these values alternate."""
    values: list[Fraction] = []
    for i in range(num_points + 1):
        value = Fraction(1)
        for root in range(1, num_points + 1):
            value *= Fraction(2 * i + 1, 2) - root
        values.append(value)
    if any(a * b >= 0 for a, b in pairwise(values)):
        raise NotSharp(f"the values of Q between its roots do not alternate: {values}")
    return min(map(abs, values))


def _power_sum_differences(num_points: int) -> list[dict[int, Fraction]]:
    """p_k of the roots of Q + epsilon less those of Q, in powers of epsilon, k = 1, ..., d."""
    polynomials, (x, epsilon) = rational_ring(["x", "epsilon"])
    product = polynomials.one
    for root in range(1, num_points + 1):
        product *= x - root
    shifted = _newton(product + epsilon, num_points, polynomials)
    plain = _newton(product, num_points, polynomials)
    return [
        {exponents[1]: c for exponents, c in fraction_terms(a - b).items()}
        for a, b in zip(shifted, plain, strict=True)
    ]


def _newton(polynomial: Any, degree: int, polynomials: Any) -> list[Any]:
    """The power sums of the roots of a monic polynomial in x, by Newton's identities."""
    epsilon = polynomials.gens[1]
    by_power: list[Any] = [polynomials.zero] * (degree + 1)
    for (i, j), c in polynomial.terms():
        by_power[i] += c * epsilon**j
    elementary = [(-1) ** k * by_power[degree - k] for k in range(degree + 1)]
    sums: list[Any] = []
    for k in range(1, degree + 1):
        total = (-1) ** (k - 1) * k * elementary[k]
        for i in range(1, k):
            total += (-1) ** (i - 1) * elementary[i] * sums[k - i - 1]
        sums.append(total)
    return sums
