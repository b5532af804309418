"""The system of a support in products of Chebyshev polynomials, in fixed point, errors bounded.

Their values on the box are at most 1, and rounding hardly grows in their recurrence.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import comb
from operator import mul

from ucomp_verify.algebra.multi_indices import MultiIndex, multi_indices
from ucomp_verify.arithmetic.balls import FixedSystem
from ucomp_verify.measures.exact_moments import Moments
from ucomp_verify.measures.float_measure import Measure

GROWTH = 1.28
"""Bits that a degree can cost: the coefficients of T_j have the absolute sum (1 + sqrt 2)^j."""
SMALLER = 2  # a support whose extent is that much smaller than the frame gets a box of its own


@dataclass(frozen=True)
class Plan:
    """How each product of one-dimensional polynomials comes from a shorter one."""

    indices: tuple[MultiIndex, ...]
    steps: tuple[tuple[int, int, int], ...]  # the place of the shorter one, axis, exponent
    places: dict[MultiIndex, int]


@lru_cache(maxsize=64)
def plan(dim: int, degree: int) -> Plan:
    """The products of all multi-indices up to the degree, in their order."""
    indices = tuple(multi_indices(dim, degree))
    places = {alpha: i for i, alpha in enumerate(indices)}
    steps = [(0, 0, 0)]
    for alpha in indices[1:]:
        axis = max(a for a in range(dim) if alpha[a])
        rest = (*alpha[:axis], 0, *alpha[axis + 1 :])
        steps.append((places[rest], axis, alpha[axis]))
    return Plan(indices, tuple(steps), places)


def chebyshev_system(support: Measure, moments: Moments, prec: int) -> FixedSystem:
    """Equations for the shares of the support's nodes in the mass, one a polynomial.

    Entries are T_alpha(u) = prod_a T_alpha_a(u_a) and right sides the mean of T_alpha, times
    2^prec, for the coordinates u in [-1, 1]^dim of a box that holds the support. Let one
    ulp be 2^-prec. The coordinate is rounded by at most one, which moves T_j by at most j^2
    ulps (Markov's inequality). The recurrence T_(j+1) = 2 u T_j - T_(j-1), each step rounded
    by at most one ulp, adds at most sum_(i<j) i <= j^2 / 2, for an error at step i arrives
    multiplied by the Chebyshev polynomial of the second kind U_(j-1-i), |U_l| <= l + 1. The
    products add an ulp each and their factors' errors: less than 2 (k^2 + dim) in all, as
    sum_a alpha_a^2 <= k^2, with 2 instead of 1.5 for the terms of second order.
    The right sides come from exact integers, rounded once by 2^-(prec + GROWTH k), which
    the coefficients of T_alpha, of absolute sum (1 + sqrt 2)^|alpha|, turn into one ulp at
    most, and rounded once more.
    """
    dim, degree = len(moments.frame.units), moments.degree
    coordinates = moments.frame.integers(support)
    widths, values = list(moments.frame.widths), list(moments.values)
    shape = plan(dim, degree)
    for axis in range(dim):
        low, high = min(coordinates[axis]), max(coordinates[axis])
        centre = (low + high) // 2
        extent = max(high - centre, centre - low, 1)
        if SMALLER * extent <= widths[axis] or max(high, -low) > widths[axis]:
            coordinates[axis] = [x - centre for x in coordinates[axis]]
            widths[axis] = extent
            values = _shifted(values, shape, axis, centre)
    tables = [
        _one_axis([(x << prec) // width for x in axis], degree, prec)
        for axis, width in zip(coordinates, widths, strict=True)
    ]
    rows = _products(tables, shape, prec)
    right = _chebyshev_moments(values, widths, shape, prec)
    error = 2 * (degree * degree + dim)
    count = len(rows)
    return FixedSystem(rows, right, [error] * count, [2] * count)


def _one_axis(axis: list[int], degree: int, prec: int) -> list[list[int]]:
    """T_0 to T_degree at the points of an axis."""
    table = [[1 << prec] * len(axis), axis]
    for _ in range(2, degree + 1):
        pairs = zip(axis, table[-1], table[-2], strict=True)
        table.append([(x * a >> (prec - 1)) - b for x, a, b in pairs])
    return table


def _products(tables: Sequence[list[list[int]]], shape: Plan, prec: int) -> list[list[int]]:
    rows = [tables[0][0]]
    for rest, axis, exponent in shape.steps[1:]:
        one = tables[axis][exponent]
        rows.append([a * b >> prec for a, b in zip(rows[rest], one, strict=True)] if rest else one)
    return rows


def _chebyshev_moments(
    values: Sequence[int], widths: Sequence[int], shape: Plan, prec: int
) -> list[int]:
    """The means of the products T_alpha, times 2^prec, from the moments in integers."""
    degree = sum(shape.indices[-1])
    more = int(GROWTH * degree) + 1
    powers = [_powers(width, degree) for width in widths]
    current = list[int]()
    for alpha, value in zip(shape.indices, values, strict=True):
        scale = values[0]
        for axis, exponent in enumerate(alpha):
            scale *= powers[axis][exponent]
        current.append((value << (prec + more)) // scale)
    terms = _coefficients(degree)
    for axis in range(len(widths)):
        current = [
            sum(c * current[shape.places[(*alpha[:axis], i, *alpha[axis + 1 :])]] for i, c in part)
            if alpha[axis] > 1
            else current[place]
            for place, alpha in enumerate(shape.indices)
            for part in (terms[alpha[axis]],)
        ]
    return [value >> more for value in current]


def _powers(base: int, degree: int) -> list[int]:
    out = [1]
    for _ in range(degree):
        out.append(out[-1] * base)
    return out


@lru_cache(maxsize=16)
def _coefficients(degree: int) -> tuple[tuple[tuple[int, int], ...], ...]:
    """The exponents and coefficients of T_0 to T_degree that are not 0."""
    rows = [[1], [0, 1]]
    while len(rows) <= degree:
        older = [*rows[-2], 0, 0]
        rows.append([2 * a - b for a, b in zip([0, *rows[-1]], older, strict=True)])
    return tuple(tuple((i, c) for i, c in enumerate(row) if c) for row in rows[: degree + 1])


def _shifted(values: Sequence[int], shape: Plan, axis: int, centre: int) -> list[int]:
    """The moments in the coordinates of one axis less `centre`."""
    powers = _powers(-centre, max(alpha[axis] for alpha in shape.indices))
    out = list[int]()
    for alpha in shape.indices:
        j = alpha[axis]
        line = [values[shape.places[(*alpha[:axis], i, *alpha[axis + 1 :])]] for i in range(j + 1)]
        factors = [comb(j, i) * powers[j - i] for i in range(j + 1)]
        out.append(sum(map(mul, line, factors)))
    return out
