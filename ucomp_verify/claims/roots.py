"""Roots of rationals between rationals, for comparisons that are decided exactly."""

from fractions import Fraction


def integer_root(value: int, order: int) -> int:
    """The largest integer whose power of this order is at most `value` >= 0.

    >>> integer_root(80, 2), integer_root(27, 3)
    (8, 3)
    """
    low, high = 0, 1 << (value.bit_length() // order + 1)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if middle**order <= value else (low, middle - 1)
    return low


def root_enclosure(value: Fraction, order: int, bits: int = 128) -> tuple[Fraction, Fraction]:
    """Rationals at most 2^-bits apart with the root of `value` >= 0 between them.

    The two are equal if the root is a multiple of 2^-bits.

    >>> root_enclosure(Fraction(1, 4), 2)
    (Fraction(1, 2), Fraction(1, 2))
    """
    scaled = value * 2 ** (bits * order)
    low = integer_root(scaled.numerator // scaled.denominator, order)
    exact = low**order == scaled
    return Fraction(low, 2**bits), Fraction(low if exact else low + 1, 2**bits)
