"""Weights on a chosen support: exact over Q, in balls, or by mpmath as a reference."""

from collections.abc import Sequence
from fractions import Fraction

from ucomp_verify.measures.compression import BallWeights, ExactWeights
from ucomp_verify.measures.exact_moments import Moments
from ucomp_verify.measures.float_measure import Measure
from ucomp_verify.measures.monomials import monomial_rows


def exact_weights(
    support: Measure, moments: Moments, guesses: Sequence[float]
) -> tuple[tuple[int, ...], ExactWeights] | None:
    """Places in `support` and weights > 0 over Q there that have the moments.

    `support` may hold more nodes than the rank; `guesses` are its weights in float64. Where
    a weight comes out negative, exact pivots repair it. None if the support has no such
    weights near the guesses.
    """
    from flint import fmpq

    from .exact_elimination import vertex_near

    columns = list(
        zip(*monomial_rows(moments.frame.integers(support), moments.degree), strict=True)
    )
    exact = [Fraction(g) / moments.unit for g in guesses]
    vertex = vertex_near(columns, [fmpq(g.numerator, g.denominator) for g in exact], moments.values)
    if vertex is None:
        return None
    places = tuple(sorted(vertex))
    values = [Fraction(int(vertex[j].p), int(vertex[j].q)) * moments.unit for j in places]
    return places, ExactWeights(tuple(values))


def ball_weights(
    support: Measure, moments: Moments, guesses: Sequence[float], *, digits: int
) -> BallWeights | None:
    """Weights certified > 0, each with a relative radius below 10^-digits; None if undecided."""
    exact = exact_weights(support, moments, guesses)
    if exact is None or len(exact[0]) != len(guesses):
        return None
    return BallWeights(exact[1].values, (Fraction(0),) * len(guesses), 0)
