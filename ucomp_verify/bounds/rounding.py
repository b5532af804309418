"""Rationals rounded outward, so that bounds stay bounds and their numbers short."""

from fractions import Fraction
from math import isqrt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flint import arb

BITS = 64  # of a bound: far more than its meaning, few enough to add thousands of them


def rounded_up(value: Fraction, *, bits: int = BITS) -> Fraction:
    """A dyadic >= value >= 0 of at most `bits` + 1 significant bits; 0 for 0.

    >>> rounded_up(Fraction(1, 3), bits=2)
    Fraction(3, 8)
    """
    if not value:
        return value
    unit = Fraction(2) ** (value.numerator.bit_length() - value.denominator.bit_length() - bits)
    return -(-value // unit) * unit


def root_above(value: Fraction) -> Fraction:
    """A dyadic >= the square root of a value >= 0, by a relative 2^-60 at most too large.

    >>> root_above(Fraction(4)), float(root_above(Fraction(2)))
    (Fraction(2, 1), 1.4142135623730951)
    """
    if not value:
        return value
    shift = max(0, 2 * BITS - value.numerator.bit_length() + value.denominator.bit_length())
    shift += shift % 2
    whole = -(-(value.numerator << shift) // value.denominator)
    return Fraction(isqrt(whole - 1) + 1, 1 << (shift // 2))


def upper_end(ball: "arb") -> Fraction:
    """The upper end of a finite ball as the dyadic that it is."""
    mantissa, exponent = ball.upper().man_exp()
    return Fraction(int(mantissa)) * Fraction(2) ** int(exponent)
