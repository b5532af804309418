"""Weights on a chosen support: exact over Q, or in balls with their signs certified."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from importlib import import_module
from math import ceil, comb, frexp, log2
from typing import TYPE_CHECKING, Any

from ucomp_verify.algebra.multi_indices import num_monomials
from ucomp_verify.measures.compression import BallWeights, ExactWeights
from ucomp_verify.measures.exact_moments import Moments
from ucomp_verify.measures.float_measure import Measure
from ucomp_verify.measures.monomials import monomial_rows

if TYPE_CHECKING:  # these take a while to import
    from ucomp_verify.arithmetic.balls import Enclosure

SLACK = 96  # bits beyond those asked for, which an ill-conditioned support may use up
LEAST_SHARE = 2.0**-1000  # of a node in the mass: smaller guesses are taken for this
GUARD_DIGITS = 5  # of the reference
RAISES = 2  # of the precision, each to twice as much, before a sign counts as undecided
MAX_PREC = 1 << 13  # bits up to which it is raised further, if the system is small:
MAX_BITS = 1 << 29  # in all of its matrix
MAX_EXACT_WORK = 4 * 10**10
"""Operations on words that an exact solution may take; some ten minutes on one core."""


def exact_weights(
    support: Measure, moments: Moments, guesses: Sequence[float]
) -> tuple[tuple[int, ...], ExactWeights] | None:
    """Places in `support` and weights > 0 over Q there that have the moments, all of them.

    `support` may hold more nodes than the rank; `guesses` are its weights in float64. Where
    a weight comes out negative, exact pivots repair it. None if the support has no such
    weights near the guesses. Raises ValueError if it would take more than `MAX_EXACT_WORK`.
    """
    from ucomp_verify.arithmetic.exact import to_fraction, to_rational

    from .exact_elimination import vertex_near

    require_exact_work(len(guesses), moments)
    rows = monomial_rows(moments.frame.integers(support), moments.degree)
    unit = to_rational(moments.unit)
    exact = [to_rational(Fraction(g)) / unit for g in guesses]
    vertex = vertex_near(list(zip(*rows, strict=True)), exact, moments.values)
    if vertex is None:
        return None
    places = tuple(sorted(vertex))
    return places, ExactWeights(tuple(to_fraction(vertex[j] * unit) for j in places))


def reference_weights(support: Measure, moments: Moments, *, digits: int) -> list[Any]:
    """The weights as mpf, of either sign, to about so many digits: slow, for comparison.

    The monomials have to be independent on the support; as many of them are solved for.
    """
    from ucomp_verify.arithmetic.exact import independent
    from ucomp_verify.arithmetic.reference import solve

    rows = monomial_rows(moments.frame.integers(support), moments.degree)
    chosen = independent(rows)
    solution = solve([rows[i] for i in chosen], [moments.values[i] for i in chosen], digits)
    mp: Any = import_module("mpmath").mp
    with mp.workdps(digits + GUARD_DIGITS):
        unit = mp.mpf(moments.unit.numerator) / moments.unit.denominator
        return [x * unit for x in solution]


def require_exact_work(count: int, moments: Moments) -> None:
    """Refuse a system over Q that would take too long: p-adic steps times the words in it."""
    dim, degree = len(moments.frame.units), moments.degree
    bits = sum(width.bit_length() for width in moments.frame.widths) / dim + 1
    # sum_alpha |alpha| = dim binom(dim + degree, dim + 1), of which a part if the rank is low.
    total = dim * comb(dim + degree, dim + 1) * count / num_monomials(dim, degree)
    work = 2 * bits * total / 62 * count**2 * (bits * degree / 128 + 1)
    if work > MAX_EXACT_WORK:
        raise ValueError(
            f"found {count} nodes and degree {degree} in dimension {dim}, for which exact weights "
            f"have some {int(bits * total)} bits; expected a smaller system: ask for balls, lower "
            "the degree, or reduce the nodes in cells"
        )


@dataclass(frozen=True)
class Shares:
    """What balls say of the weights on a support, as shares of the mass; `prec` bits."""

    enclosure: "Enclosure"
    prec: int

    @property
    def negative(self) -> list[int]:
        """The places of the weights that are certainly negative."""
        limit = -self.enclosure.radius
        return [j for j, value in enumerate(self.enclosure.values) if value < limit]

    @property
    def least(self) -> Fraction:
        """The least that a weight can be."""
        return min(self.enclosure.values) - self.enclosure.radius


def ball_weights(
    support: Measure, moments: Moments, guesses: Sequence[float], *, digits: int
) -> BallWeights | None:
    """Weights certified > 0, each with a relative radius below 10^-digits; None if undecided.

    They have all moments exactly, being the solution of an invertible system of one
    equation for each monomial: so there have to be as many nodes as monomials. The
    precision is raised until every sign is decided. None, too, if a weight is negative.
    """
    shares = enclosed_shares(support, moments, guesses, digits=digits)
    if shares is None or shares.least <= 0:
        return None
    return scaled(shares, moments)


def enclosed_shares(
    support: Measure, moments: Moments, guesses: Sequence[float], *, digits: int
) -> Shares | None:
    """The weights of either sign in balls, once they are decided; None if that fails."""
    from ucomp_verify.arithmetic.balls import enclose

    from .chebyshev import chebyshev_system

    dim = len(moments.frame.units)
    if len(guesses) != num_monomials(dim, moments.degree) or moments.values[0] <= 0:
        return None  # without mass there are no shares, and no weights > 0 either
    for prec in _precisions(guesses, moments.degree, digits):
        enclosure = enclose(chebyshev_system(support, moments, prec), digits)
        if enclosure is not None:
            shares = Shares(enclosure, prec)
            goal = min(map(abs, enclosure.values)) / 10**digits
            if shares.negative or enclosure.radius <= goal:
                return shares
    return None


def _precisions(guesses: Sequence[float], degree: int, digits: int) -> Iterator[int]:
    """The first precision, and those to try if it does not do."""
    prec = first = _first_prec(guesses, degree, digits)
    while prec <= first << RAISES or prec <= min(MAX_PREC, MAX_BITS // len(guesses) ** 2):
        yield prec
        prec *= 2


def _first_prec(guesses: Sequence[float], degree: int, digits: int) -> int:
    """Bits that will do if the guesses are right and the system well conditioned."""
    total = sum(guesses)
    share = max(min(guesses) / total, LEAST_SHARE) if total > 0 else LEAST_SHARE
    size = 2 * (degree + 1).bit_length() + len(guesses).bit_length()
    return ceil(digits * log2(10)) - frexp(share)[1] + size + SLACK


def scaled(shares: Shares, moments: Moments) -> BallWeights:
    """The weights from their shares in the mass, which have to be positive."""
    mass = moments.values[0] * moments.unit
    radius = shares.enclosure.radius * mass
    values = tuple(value * mass for value in shares.enclosure.values)
    return BallWeights(values, (radius,) * len(values), shares.prec)
