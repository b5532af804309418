"""How far sums over a rule are from the integrals: exact sums, enclosed differences."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, lcm
from typing import TYPE_CHECKING

from ucomp_verify.algebra.multi_indices import MultiIndex, multi_indices
from ucomp_verify.measures.monomials import monomial_rows

from .domains import Domain

if TYPE_CHECKING:
    from flint import arb

SIGNIFICANT = 30  # bits of a residual that are computed, at least
MOST_BITS = 1 << 16


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
    expected: float
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
            f"the {kind} {self.alpha} is {_decimal(self.found)}, expected {self.expected:.17g} "
            f"(relative error {float(self.low):.3g})"
        )


def monomial_residuals(
    points: Sequence[Sequence[Fraction]], weights: Sequence[Fraction], domain: Domain, degree: int
) -> Iterator[MomentResidual]:
    """The residual of every monomial up to the degree, by exact sums in integers."""
    unit, masses = _integers(weights)
    axes = [_integers(axis) for axis in zip(*points, strict=True)]
    rows = monomial_rows([axis for _, axis in axes], degree)
    constant = _Constant(domain)
    for alpha, row in zip(multi_indices(domain.dim, degree), rows, strict=True):
        terms = [w * v for w, v in zip(masses, row, strict=True)]
        below = unit
        for exponent, (denominator, _) in zip(alpha, axes, strict=True):
            below *= denominator**exponent
        found, size = Fraction(sum(terms), below), Fraction(sum(map(abs, terms)), below)
        expected = domain.moment(alpha)
        low, high = constant.relative_error(found, expected, size)
        yield MomentResidual(alpha, low, high, found, float(constant.ball(64)) * float(expected))


def orthogonal_residuals(
    points: Sequence[Sequence[Fraction]],
    weights: Sequence[Fraction],
    domain: Domain,
    degree: int,
    *,
    prec: int,
) -> Iterator[MomentResidual]:
    """The residuals of products of orthogonal polynomials, in balls of about `prec` bits."""
    from flint import arb, ctx

    from .basis import ProductBasis
    from .rule import dyadic

    basis = ProductBasis(domain, degree)
    with ctx.workprec(prec + 3 * degree):
        total = _arb(domain.mass) * domain.constant.ball(prec + 3 * degree)
        parts = [_arb(w) / total for w in weights]
        rows = basis.ball_values([[_arb(x) for x in node] for node in points])
        for alpha, row, mean in zip(basis.indices, rows, basis.moments, strict=True):
            terms = [w * v for w, v in zip(parts, row, strict=True)]
            found = sum(terms, arb(0))
            scale = max(arb(1), sum(map(abs, terms), arb(0)).lower())
            error = (found - _arb(mean)) / scale
            low, high = dyadic(error.lower()), dyadic(error.upper())
            yield MomentResidual(
                alpha, low, high, dyadic(found.mid()), float(mean), orthogonal=True
            )


@dataclass(frozen=True)
class _Constant:
    domain: Domain

    def ball(self, prec: int) -> "arb":
        return self.domain.constant.ball(prec)

    def relative_error(
        self, found: Fraction, expected: Fraction, size: Fraction
    ) -> tuple[Fraction, Fraction]:
        """An enclosure of (found - expected * constant) / max(size, mass * constant)."""
        from flint import ctx

        from .rule import dyadic

        if self.domain.constant.is_one or not expected:
            found, expected = found - expected * self.domain.constant.is_one, Fraction(0)
        if not found and not expected:
            return Fraction(0), Fraction(0)
        prec = 128
        while True:
            with ctx.workprec(prec):
                constant = self.ball(prec)
                error = _arb(found) - _arb(expected) * constant
                scale = max(_arb(size).lower(), (_arb(self.domain.mass) * constant).lower())
                error /= scale
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
    if not value:
        return "0"
    exponent = len(str(value.numerator)) - len(str(value.denominator)) - 1
    tenths = ceil(value / Fraction(10) ** (exponent - 1))
    while tenths >= 100:
        exponent, tenths = exponent + 1, -(-tenths // 10)
    return f"{tenths // 10}.{tenths % 10}e{exponent}"


def _decimal(value: Fraction) -> str:
    try:
        return f"{float(value):.17g}"
    except OverflowError:
        exponent = abs(value.numerator).bit_length() - value.denominator.bit_length()
        return f"about {'-' if value < 0 else ''}2^{exponent}"
