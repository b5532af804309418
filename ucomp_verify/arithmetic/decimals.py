"""Rationals as decimals that are rounded in a known direction, however small they are."""

from decimal import MAX_EMAX, MIN_EMIN, ROUND_CEILING, ROUND_FLOOR, Context, Decimal
from fractions import Fraction

DIGITS = 12


def decimal_below(value: Fraction, digits: int = DIGITS) -> str:
    """The largest decimal of so many digits that is at most the value.

    >>> decimal_below(Fraction(2, 3), 3), decimal_below(Fraction(-2, 3), 3)
    ('6.66e-1', '-6.67e-1')
    """
    return _decimal(value, digits, ROUND_FLOOR)


def decimal_above(value: Fraction, digits: int = DIGITS) -> str:
    """The least decimal of so many digits that is at least the value.

    >>> decimal_above(Fraction(1, 3 * 10**5000), 3)
    '3.34e-5001'
    """
    return _decimal(value, digits, ROUND_CEILING)


def _decimal(value: Fraction, digits: int, rounding: str) -> str:
    context = Context(prec=digits, rounding=rounding, Emin=MIN_EMIN, Emax=MAX_EMAX, traps=[])
    return f"{context.divide(Decimal(value.numerator), Decimal(value.denominator)):e}"
