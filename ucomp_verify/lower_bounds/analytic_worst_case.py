"""The worst case of a rule over functions analytic in polyellipses, enclosed from both sides.

g = sum a_alpha T_alpha on [-1, 1]^m, so the error is sum a_alpha delta_alpha with the
mismatches delta_alpha = sum of the weights times T_alpha at the nodes.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import prod
from typing import TYPE_CHECKING

from ucomp_verify.algebra import MultiIndex, multi_indices
from ucomp_verify.bounds.approximation import chebyshev_distance
from ucomp_verify.bounds.classes import PolyellipseClass
from ucomp_verify.bounds.statement import require
from ucomp_verify.findings import Enclosure

from .conversions import exact_end, to_ball, to_fraction, to_rational
from .ellipses import half_axis, largest_on_ellipse

if TYPE_CHECKING:
    from flint import arb

PREC = 256  # bits
MEMBER_TERMS = 8  # of the polynomial that is tried beside the T_alpha, for one variable
MEMBER_BITS = 40  # of its coefficients


@dataclass(frozen=True)
class Mismatches:
    """delta_alpha for |alpha| <= degree, in balls; |delta_alpha| <= variation for all alpha."""

    dim: int
    degree: int
    values: "Mapping[MultiIndex, arb]"
    variation: Fraction


def grid_sums(dim: int, side: int, degree: int) -> "dict[MultiIndex, arb]":
    """The sums of T_alpha over the midpoints of side^dim equal cubes that fill [-1, 1]^dim."""
    from flint import arb, ctx, fmpq

    with ctx.workprec(PREC):
        line = _sums([(arb(fmpq(i, side)), arb(1)) for i in range(1 - side, side, 2)], degree)
        return {
            alpha: prod((line[a] for a in alpha), start=arb(1))
            for alpha in multi_indices(dim, degree)
        }


def mismatches(
    grid: "Mapping[MultiIndex, arb]",
    mass: Fraction,
    nodes: "Sequence[Sequence[arb]]",
    weights: "Sequence[arb]",
    *,
    prec: int = PREC,
) -> Mismatches:
    """Those of a measure, given by its sums of T_alpha and its mass, minus those of a rule.

    The nodes of both lie in [-1, 1]^dim, and all weights are >= 0. Raises `HypothesisNotMet`
    for a rule of which this is not certain.
    """
    from flint import arb, ctx

    alphas = list(grid)
    degree, dim = max(map(sum, alphas)), len(alphas[0])
    with ctx.workprec(prec):
        inside = all(abs(x) <= 1 for node in nodes for x in node)
        require(inside, "worst case", "a node that may be outside", "nodes in [-1, 1]^m")
        require(all(w >= 0 for w in weights), "worst case", "a weight that may be < 0", ">= 0")
        tables = [[_chebyshev(x, degree) for x in node] for node in nodes]
        out: dict[MultiIndex, arb] = {}
        for alpha in alphas:
            terms = (
                w * prod((row[a] for row, a in zip(table, alpha, strict=True)), start=arb(1))
                for table, w in zip(tables, weights, strict=True)
            )
            out[alpha] = grid[alpha] - sum(terms, arb(0))
        variation = mass + exact_end(sum(weights, arb(0)).upper())
    return Mismatches(dim, degree, out, variation)


def analytic_worst_case(found: Mismatches, functions: PolyellipseClass) -> Enclosure:
    """sup of |h(int g dmu) - h(int g dnu)| over the class, for nodes in [-1, 1]^dim.

    At least what some of its members show: multiples of the T_alpha, and for one variable
    of the polynomials nearest to the worst case in the mean. At most the smaller of the bounds by
    |a_alpha| <= 2^(number of alpha_i != 0) G rho^-|alpha| (Bernstein, 1912), and by the mean of
    |g|^2 on the boundary, sum |a_alpha|^2 c_alpha <= G^2 with c_j = (rho^2j + rho^-2j) / 4 and
    c_0 = 1, after Cauchy and Schwarz; both with the rest of the series added.
    """
    from flint import ctx

    require(functions.half_side == 1, "worst case", f"R = {functions.half_side}", "R = 1")
    require(functions.dim == found.dim, "worst case", f"{found.dim}", f"dim {functions.dim}")
    with ctx.workprec(PREC):
        factor = functions.lipschitz * functions.bound
        lower = max(_members(found, functions.rho))
        tail = chebyshev_distance(found.variation, functions.rho, found.dim, found.degree)
        upper = min(_sum_of_sizes(found, functions.rho), _mean_square(found, functions.rho))
        return Enclosure(factor * lower, factor * (upper + tail), PREC)


def _members(found: Mismatches, rho: Fraction) -> Iterator[Fraction]:
    """Errors of polynomials with |g| <= 1 on the polyellipse, rounded down."""
    yield Fraction(0)
    for alpha, delta in found.values.items():
        yield exact_end(abs(delta).lower()) / prod(half_axis(rho, a) for a in alpha)
    if found.dim == 1:
        yield from _combined(found, rho)


def _combined(found: Mismatches, rho: Fraction) -> Iterator[Fraction]:
    """The error of sum a_j T_j, a_j near delta_j / c_j, for some of the largest terms."""
    from flint import arb, fmpq_poly, fmpz_poly

    weighted = [
        (abs(_middle(d)) / half_axis(rho, alpha[0]), alpha[0], d)
        for alpha, d in found.values.items()
        if d != 0
    ]
    chosen = sorted(weighted, key=lambda row: row[0], reverse=True)[:MEMBER_TERMS]
    if not chosen or not chosen[0][0]:
        return
    largest = max(abs(_middle(d)) / _mean_factor(rho, j) for _, j, d in chosen)
    member, error = fmpq_poly([0]), arb(0)
    for _, j, d in chosen:
        a = Fraction(round(_middle(d) / _mean_factor(rho, j) / largest * 2**MEMBER_BITS))
        error += to_rational(a) * d
        member += fmpq_poly(fmpz_poly.chebyshev_t(j)) * to_rational(a)
    size = largest_on_ellipse([to_fraction(c) for c in member.coeffs()], rho).upper
    yield exact_end((abs(error) / to_ball(size).sqrt()).lower())


def _sum_of_sizes(found: Mismatches, rho: Fraction) -> Fraction:
    return sum(
        (
            exact_end(abs(delta).upper()) * 2 ** sum(a > 0 for a in alpha) / rho ** sum(alpha)
            for alpha, delta in found.values.items()
        ),
        Fraction(0),
    )


def _mean_square(found: Mismatches, rho: Fraction) -> Fraction:
    from flint import arb

    total = sum(
        (
            delta
            * delta
            / to_rational(prod((_mean_factor(rho, a) for a in alpha), start=Fraction(1)))
            for alpha, delta in found.values.items()
        ),
        arb(0),
    )
    return exact_end(arb(total.upper()).sqrt().upper())


def _mean_factor(rho: Fraction, degree: int) -> Fraction:
    """c_j: the mean of |T_j|^2 on the boundary of the ellipse."""
    return (rho ** (2 * degree) + rho ** (-2 * degree)) / 4 if degree else Fraction(1)


def _sums(points: "Sequence[tuple[arb, arb]]", degree: int) -> "list[arb]":
    from flint import arb

    tables = [(_chebyshev(x, degree), w) for x, w in points]
    return [sum((t[j] * w for t, w in tables), arb(0)) for j in range(degree + 1)]


def _chebyshev(x: "arb", degree: int) -> "list[arb]":
    """T_0(x), ..., T_degree(x), each from its own formula so that balls stay narrow."""
    return [x.chebyshev_t(j) for j in range(degree + 1)]


def _middle(value: "arb") -> Fraction:
    return exact_end(value.mid())
