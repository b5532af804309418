"""Powers, roots and sums of powers never lie below, and hardly above."""

from fractions import Fraction
from math import factorial

import pytest
from flint import arb, ctx
from hypothesis import given
from hypothesis import strategies as st

from ucomp_verify.bounds.powers import (
    LEAST,
    power_above,
    real_power_above,
    root_below,
    root_power_above,
    square_root_above,
    sum_of_powers_above,
    upper_value,
    whole_root,
)

POSITIVE = st.fractions(Fraction(1, 1000), 1000, max_denominator=1000)
CLOSE = 1 + Fraction(1, 10**15)


@given(base=POSITIVE, exponent=st.integers(0, 50), over=st.integers(0, 30))
def test_short_powers_are_exact(base: Fraction, exponent: int, over: int) -> None:
    assert power_above(base, exponent, over_factorial=over) == base**exponent / factorial(over)


@given(base=POSITIVE, exponent=st.integers(1000, 3000))
def test_long_powers_are_above_and_close(base: Fraction, exponent: int) -> None:
    found, exact = power_above(base, exponent), base**exponent
    assert exact <= found <= exact * (1 + Fraction(1, 2**100))


def test_powers_of_zero() -> None:
    assert power_above(Fraction(0), 0) == 1
    assert power_above(Fraction(0), 10**9) == power_above(Fraction(0), 5, over_factorial=10**9) == 0


@given(base=POSITIVE, exponent=st.fractions(0, 8, max_denominator=6))
def test_real_powers_are_above_and_close(base: Fraction, exponent: Fraction) -> None:
    found = real_power_above(base, exponent)
    power = base**exponent.numerator
    assert power <= found**exponent.denominator <= power * CLOSE


@given(root=POSITIVE, order=st.integers(1, 6))
def test_rational_roots_are_exact(root: Fraction, order: int) -> None:
    assert real_power_above(root**order, Fraction(1, order)) == root
    assert square_root_above(root**2) == root_below(root**2) == root


@given(value=POSITIVE, exponent=st.integers(0, 9))
def test_square_roots_are_close_on_their_side(value: Fraction, exponent: int) -> None:
    assert value <= square_root_above(value) ** 2 <= value * CLOSE
    assert value / CLOSE <= root_below(value) ** 2 <= value
    assert value**exponent <= root_power_above(value, exponent) ** 2 <= value**exponent * CLOSE


@given(value=st.integers(0, 10**40), order=st.integers(1, 9))
def test_whole_roots(value: int, order: int) -> None:
    root = whole_root(value, order)
    assert root**order <= value < (root + 1) ** order


@given(
    start=st.integers(1, 400),
    count=st.integers(0, 700),
    exponent=st.sampled_from(
        [Fraction(1, 3), Fraction(1), Fraction(3, 2), Fraction(7), Fraction(40)]
    ),
)
def test_sums_of_powers_are_above_and_close(start: int, count: int, exponent: Fraction) -> None:
    found = sum_of_powers_above(start, start + count, exponent)
    with ctx.workprec(300):
        p = arb(exponent.numerator) / exponent.denominator
        exact = sum((arb(n) ** -p for n in range(start + 1, start + count + 1)), arb(0))
        given_value = arb(found.numerator) / found.denominator
        assert exact <= given_value <= exact * (1 + arb(2) ** -90) or found == count == 0


def test_long_sums_agree_with_integrals() -> None:
    start, stop = 10**12, 10**15
    found = sum_of_powers_above(start, stop, Fraction(1, 2))
    low, high = 2 * (stop**0.5 - start**0.5), 2 * ((stop + 1) ** 0.5 - (start + 1) ** 0.5)
    assert high < float(found) < low


def test_tiny_balls_become_the_least_value_and_zero_stays_zero() -> None:
    assert upper_value(arb(2) ** -(10**9)) == LEAST
    assert upper_value(arb(0)) == 0
    with pytest.raises(ValueError, match="it says nothing"):
        upper_value(arb("nan"))
    with pytest.raises(ValueError, match="it says nothing"):
        upper_value(arb(2) ** (10**9))
