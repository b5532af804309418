"""Weighted sets on which a relation among power sums of unit points fails.

Compression replaces d unit points by fewer points with weights of total d; a relation
that is not zero there tells apart two representations of one function of d points.
"""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import combinations, islice

from ucomp_verify.kernel.certificates import Syzygy, WeightedSet
from ucomp_verify.writing import points, vector

from .multi_indices import MultiIndex, multi_indices
from .power_sum_polynomial import PowerSumPolynomial

MOST_TRIED = 20_000  # weighted sets; each takes less than a millisecond


class NoWeightedSet(ValueError):
    """The relation is zero on all weighted sets that were tried."""


def syzygy_certificate(
    polynomial: PowerSumPolynomial, *, witness: WeightedSet | None = None
) -> Syzygy:
    """The certificate that the polynomial is zero on d unit points, and not on `witness`.

    Raises ValueError if the polynomial does not say for how many points it holds.
    """
    if polynomial.num_points is None:
        raise ValueError("expected a polynomial with a number of points, got one for any number")
    zero = (0,) * polynomial.dim
    terms = tuple((c, zero, factors) for factors, c in sorted(polynomial.products.items()))
    return Syzygy(polynomial.dim, polynomial.num_points, terms, witness)


def value_on(polynomial: PowerSumPolynomial, at: WeightedSet) -> Fraction:
    """The value of the polynomial on a weighted set."""
    return polynomial.evaluate(at.nodes.fractions(), at.weights.fractions())


def find_weighted_set(polynomial: PowerSumPolynomial, *, sign: int = 0) -> WeightedSet:
    """Nodes with weights > 0 of total d on which the polynomial is not zero.

    Of the given sign, if that is 1 or -1. Few nodes are tried first, all of them multi-
    indices of order at most 2, with weights that are multiples of 1/2 or equal. Raises
    `NoWeightedSet` if there is none among the first of them.
    """
    if polynomial.num_points is None:
        raise ValueError("expected a polynomial with a number of points, got one for any number")
    tried = 0
    for nodes, weights in islice(_candidates(polynomial.dim, polynomial.num_points), MOST_TRIED):
        tried += 1
        value = polynomial.evaluate(nodes, weights)
        if value * sign > 0 or (value and not sign):
            return WeightedSet(points(nodes), vector(weights), 0)
    raise NoWeightedSet(
        f"the polynomial is zero, or not of sign {sign}, on {tried} weighted sets of total weight "
        f"{polynomial.num_points}: it may be zero as a polynomial, or keep one sign"
    )


def _candidates(
    dim: int, num_points: int
) -> Iterator[tuple[Sequence[MultiIndex], Sequence[Fraction]]]:
    lattice = list(multi_indices(dim, 2))
    for count in range(2, len(lattice) + 1):
        for weights in _weights(num_points, count):
            for nodes in combinations(lattice, count):
                yield nodes, weights


def _weights(total: int, count: int) -> Iterator[tuple[Fraction, ...]]:
    """Weights > 0 that add up, not all integers: those are unit points again."""
    if total % count:
        yield (Fraction(total, count),) * count
    for cuts in combinations(range(1, 2 * total), count - 1):
        ends = zip((0, *cuts), (*cuts, 2 * total), strict=True)
        weights = tuple(Fraction(b - a, 2) for a, b in ends)
        if any(w.denominator > 1 for w in weights):
            yield weights
