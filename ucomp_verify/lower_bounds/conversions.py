"""Rationals for FLINT and back, and the ends of balls; FLINT is loaded when first needed."""

from fractions import Fraction
from typing import TYPE_CHECKING

from ucomp_verify.findings import Enclosure

if TYPE_CHECKING:
    from flint import arb, fmpq


def to_rational(value: Fraction) -> "fmpq":
    """The same number for FLINT."""
    from flint import fmpq

    return fmpq(value.numerator, value.denominator)


def to_fraction(value: "fmpq") -> Fraction:
    """The same number for Python."""
    return Fraction(int(value.p), int(value.q))


def to_ball(value: Fraction) -> "arb":
    """A ball that holds the number, at the precision at hand."""
    from flint import arb

    return arb(to_rational(value))


def exact_end(end: "arb") -> Fraction:
    """A ball of radius 0, which is a dyadic number."""
    mantissa, exponent = end.man_exp()
    return Fraction(int(mantissa)) * Fraction(2) ** int(exponent)


def ball_ends(value: "arb") -> tuple[Fraction, Fraction]:
    """Both ends of a finite ball, rounded outward to the precision at hand."""
    return exact_end(value.lower()), exact_end(value.upper())


def enclosure(value: "arb", prec: int) -> Enclosure:
    """Both ends of a ball that was found at this precision."""
    return Enclosure(*ball_ends(value), prec)
