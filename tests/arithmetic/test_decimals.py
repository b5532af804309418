"""Decimals are rounded outward, and no more than needed."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from ucomp_verify.arithmetic.decimals import decimal_above, decimal_below


@given(
    top=st.integers(-(10**30), 10**30),
    bottom=st.integers(1, 10**60),
    zeros=st.integers(-900, 900),
    digits=st.integers(1, 20),
)
def test_decimals_are_rounded_outward(top: int, bottom: int, zeros: int, digits: int) -> None:
    value = Fraction(top, bottom) * Fraction(10) ** zeros
    low, high = Fraction(decimal_below(value, digits)), Fraction(decimal_above(value, digits))
    assert low <= value <= high
    assert high - low <= abs(value) * Fraction(10) ** (1 - digits)
    assert (low == high) == (low == value)
