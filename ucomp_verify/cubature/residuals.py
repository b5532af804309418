"""How far sums over a rule are from the integrals: exact sums, enclosed differences."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor, lcm, log10, prod
from operator import mul
from sys import float_info
from typing import TYPE_CHECKING

from ucomp_verify.algebra.multi_indices import MultiIndex, multi_indices
from ucomp_verify.measures.monomials import monomial_sums

from .domains import Domain

if TYPE_CHECKING:
    from flint import arb

    from .basis import ProductBasis

SIGNIFICANT = 30  # bits of a residual that are computed, at least
MOST_BITS = 1 << 16
AT_ONCE = 1 << 19  # values of polynomials in memory, some 50 MB
MIN_FLOAT = float_info.min


@dataclass(frozen=True)
class MomentResidual:
    """The error in the moment `alpha` lies in [low, high], relatively.

    The error counts relative to the total mass or to the sum of |weight * x**alpha|,
    whichever is larger. With `orthogonal`, x**alpha is replaced by the product of
    polynomials of these degrees, orthogonal for a weight on each axis and of about unit
    norm, and `found` and `expected` are means: at high degrees, monomials are so alike that
    a rule of too low a degree sums them well.
    """

    alpha: MultiIndex
    low: Fraction
    high: Fraction
    found: Fraction
    expected: Fraction
    orthogonal: bool = False

    @property
    def bound(self) -> Fraction:
        """The largest absolute value in the enclosure."""
        return max(abs(self.low), abs(self.high))

    @property
    def text(self) -> str:
        """The moment, what it is and what it should be."""
        kind = "orthogonal polynomial's moment" if self.orthogonal else "moment"
        return (
            f"the {kind} {self.alpha} is {_decimal(self.found)}, "
            f"expected {_decimal(self.expected)} (relative error {_decimal(self.low, 3)})"
        )


def monomial_residuals(
    points: Sequence[Sequence[Fraction]], weights: Sequence[Fraction], domain: Domain, degree: int
) -> Iterator[MomentResidual]:
    """The residual of every monomial up to the degree, by exact sums in integers."""
    from .rule import dyadic

    unit, masses = _integers(weights)
    axes = [_integers(axis) for axis in zip(*points, strict=True)]
    columns = [column for _, column in axes]
    sums = monomial_sums(columns, masses, degree)
    sizes = monomial_sums(
        [list(map(abs, column)) for column in columns], list(map(abs, masses)), degree
    )
    rounded = dyadic(domain.constant.ball(64).mid())
    for alpha, total, size in zip(multi_indices(domain.dim, degree), sums, sizes, strict=True):
        below = unit * prod(d**i for (d, _), i in zip(axes, alpha, strict=True))
        found, expected = Fraction(total, below), domain.moment(alpha)
        low, high = _relative_error(domain, found, expected, Fraction(size, below))
        yield MomentResidual(alpha, low, high, found, expected * rounded)


def ball_residuals(
    points: Sequence[Sequence[Fraction]],
    weights: Sequence[Fraction],
    basis: "ProductBasis",
    *,
    prec: int,
) -> Iterator[MomentResidual]:
    """The residuals of a basis, in balls of about `prec` bits."""
    from flint import arb, ctx

    from .basis import MonomialBasis
    from .rule import dyadic

    domain, orthogonal = basis.domain, not isinstance(basis, MonomialBasis)
    with ctx.workprec(prec + 3 * basis.degree):
        total = _arb(domain.mass) * domain.constant.ball(ctx.prec)
        unit = arb(1) if orthogonal else total
        sums = _ball_sums(points, [_arb(w) / total for w in weights], basis)
        for alpha, (found, size), mean in zip(basis.indices, sums, basis.moments, strict=True):
            error = (found - _arb(mean)) / size.max(arb(1))
            low, high = dyadic(error.lower()), dyadic(error.upper())
            value, expected = dyadic((found * unit).mid()), dyadic((_arb(mean) * unit).mid())
            yield MomentResidual(alpha, low, high, value, expected, orthogonal=orthogonal)


def _ball_sums(
    points: Sequence[Sequence[Fraction]], weights: "Sequence[arb]", basis: "ProductBasis"
) -> "list[tuple[arb, arb]]":
    """For every element its sum, and the sum of absolute values; so many nodes at a time."""
    from flint import arb

    count = max(AT_ONCE // len(basis.indices), 1)
    sums = [(arb(0), arb(0))] * len(basis.indices)
    for first in range(0, len(points), count):
        part = weights[first : first + count]
        nodes = [[_arb(x) for x in node] for node in points[first : first + count]]
        for i, row in enumerate(basis.ball_values(nodes)):
            terms = list(map(mul, part, row))
            sums[i] = (sum(terms, sums[i][0]), sum(map(abs, terms), sums[i][1]))
    return sums


def _relative_error(
    domain: Domain, found: Fraction, expected: Fraction, size: Fraction
) -> tuple[Fraction, Fraction]:
    """An enclosure of (found - expected * constant) / max(size, mass * constant)."""
    from flint import ctx

    from .rule import dyadic

    if domain.constant.is_one or not expected:
        found, expected = found - expected, Fraction(0)
    if not found and not expected:
        return Fraction(0), Fraction(0)
    prec = 128
    while True:
        with ctx.workprec(prec):
            constant = domain.constant.ball(prec)
            error = _arb(found) - _arb(expected) * constant
            error /= _arb(size).max(_arb(domain.mass) * constant)
            if error.rel_accuracy_bits() >= SIGNIFICANT or prec >= MOST_BITS:
                return dyadic(error.lower()), dyadic(error.upper())
        prec *= 2


def _arb(value: Fraction) -> "arb":
    from flint import arb, fmpq

    return arb(fmpq(value.numerator, value.denominator))


def _integers(values: Sequence[Fraction]) -> tuple[int, list[int]]:
    """A common denominator, and the numerators on it."""
    common = lcm(*{v.denominator for v in values})
    return common, [v.numerator * (common // v.denominator) for v in values]


def rounded_up(value: Fraction) -> str:
    """A short decimal that is not below the value, which is >= 0.

    >>> rounded_up(Fraction(1, 3)), rounded_up(Fraction(1, 10**600)), rounded_up(Fraction(0))
    ('3.4e-1', '1.0e-600', '0')
    """
    return _two_digits(value, 1)


def rounded_down(value: Fraction) -> str:
    """A short decimal that is not above the value, which is >= 0.

    >>> rounded_down(Fraction(1, 3)), rounded_down(Fraction(2)), rounded_down(Fraction(0))
    ('3.3e-1', '2.0e0', '0')
    """
    return _two_digits(value, -1)


def _two_digits(value: Fraction, direction: int) -> str:
    """The value rounded up (1) or down (-1)."""
    if not value:
        return "0"
    exponent = floor(_log2(value) * log10(2)) - 1
    tenths = direction * ceil(direction * value / Fraction(10) ** (exponent - 1))
    while tenths >= 100:
        exponent, tenths = exponent + 1, direction * -(-direction * tenths // 10)
    return f"{tenths // 10}.{tenths % 10}e{exponent}"


def common_bits(points: Sequence[Sequence[Fraction]]) -> int:
    """The size of the numbers that exact sums of coordinates need."""
    return max(_integers(axis)[0].bit_length() for axis in zip(*points, strict=True))


def _log2(value: Fraction) -> int:
    """A logarithm to base 2 of |value| > 0, rounded down, or one less."""
    return abs(value.numerator).bit_length() - value.denominator.bit_length() - 1


def _decimal(value: Fraction, digits: int = 17) -> str:
    try:
        shown = float(value)
    except OverflowError:
        shown = 0.0
    if value and abs(shown) < MIN_FLOAT:
        return f"about {'-' if value < 0 else ''}2^{_log2(value) + 1}"
    return f"{shown:.{digits}g}"
