"""Rounding outward never goes inward, and not far outward."""

from fractions import Fraction

from flint import arb
from hypothesis import given
from hypothesis import strategies as st

from ucomp_verify.bounds.rounding import root_above, rounded_up, upper_end

POSITIVE = st.one_of(
    st.fractions(Fraction(1, 10**6), 10**6),
    st.integers(-1000, 1000).map(lambda power: Fraction(3) ** power),
)


@given(value=POSITIVE, bits=st.integers(1, 80))
def test_rounding_up_is_close_and_short(value: Fraction, bits: int) -> None:
    rounded = rounded_up(value, bits=bits)
    assert value <= rounded <= value * (1 + Fraction(2) ** (1 - bits))
    assert rounded.denominator & (rounded.denominator - 1) == 0
    odd = rounded.numerator // (rounded.numerator & -rounded.numerator)
    assert odd.bit_length() <= bits + 1
    assert rounded_up(rounded, bits=bits) == rounded


@given(value=POSITIVE)
def test_roots_are_above_and_close(value: Fraction) -> None:
    root = root_above(value)
    assert value <= root**2 <= value * (1 + Fraction(1, 2**60))
    assert root_above(value**2) >= value


def test_zero_stays_zero() -> None:
    assert rounded_up(Fraction(0)) == root_above(Fraction(0)) == 0


@given(value=st.floats(-1e300, 1e300), radius=st.floats(0, 1e300))
def test_the_upper_end_is_exact(value: float, radius: float) -> None:
    assert upper_end(arb(value)) == Fraction(value)
    assert upper_end(arb(value, radius)) >= Fraction(value) + Fraction(radius)
