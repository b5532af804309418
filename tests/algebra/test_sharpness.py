"""Sets that need the order d: the listed integers, and the shifted products."""

from fractions import Fraction
from itertools import pairwise
from math import prod

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ucomp_verify.algebra import multi_indices
from ucomp_verify.algebra.sharpness import (
    KNOWN_SIZES,
    NoPairKnown,
    NotSharp,
    check_pair,
    ideal_pair,
    on_a_line,
    shifted_product,
)


@pytest.mark.parametrize("d", range(1, 11))
def test_a_pair_is_known_up_to_ten(d: int) -> None:
    assert d in KNOWN_SIZES
    x, y = ideal_pair(d)
    assert len(set(x)) == len(set(y)) == d
    assert check_pair(x, y) != 0


@pytest.mark.parametrize("d", [0, 11, 13])
def test_an_unknown_size_is_answered_with_the_known_ones(d: int) -> None:
    with pytest.raises(NoPairKnown, match=rf"no integers on the list for d = {d}, only for \(1, 2"):
        ideal_pair(d)


@pytest.mark.parametrize("d", KNOWN_SIZES)
def test_one_changed_number_is_seen(d: int) -> None:
    x, y = ideal_pair(d)
    if d == 1:
        with pytest.raises(NotSharp, match="order 1 agree too"):
            check_pair(x, x)
        return
    with pytest.raises(NotSharp, match=f"order 1 < {d} differ by 1$"):
        check_pair((x[0] + 1, *x[1:]), y)


def test_sets_of_other_sizes_are_refused() -> None:
    with pytest.raises(NotSharp, match="one size, got 2 and 1 numbers"):
        check_pair([0, 1], [1])
    with pytest.raises(NotSharp, match="one size, got 0 and 0"):
        check_pair([], [])


@given(st.sampled_from(KNOWN_SIZES), st.integers(-5, 5), st.integers(1, 5))
def test_affine_maps_keep_a_pair(d: int, shift: int, scale: int) -> None:
    x, y = ideal_pair(d)
    gap = check_pair([scale * v + shift for v in x], [scale * v + shift for v in y])
    assert gap == scale**d * check_pair(x, y)


@pytest.mark.parametrize("d", [1, 2, 3, 6])
@pytest.mark.parametrize("direction", [(1, 0), (2, -3), (1, 1, 1)])
def test_on_a_line_all_power_sums_agree_below_d(d: int, direction: tuple[int, ...]) -> None:
    sets = [on_a_line(values, direction) for values in ideal_pair(d)]
    for alpha in multi_indices(len(direction), d):
        x, y = (sum(prod(v**e for v, e in zip(p, alpha, strict=True)) for p in s) for s in sets)
        agree = sum(alpha) < d or any(e and not v for e, v in zip(alpha, direction, strict=True))
        assert (x == y) is agree


def test_no_direction_is_refused() -> None:
    with pytest.raises(ValueError, match="direction other than 0"):
        on_a_line([1], (0, 0))


@pytest.mark.parametrize("d", range(1, 13))
def test_shifted_products_differ_by_minus_d_epsilon(d: int) -> None:
    found = shifted_product(d)
    assert found.slope == -d
    # Q + epsilon changes sign in every interval, also for epsilon just below the bound.
    for epsilon in (found.bound * Fraction(99, 100), -found.bound * Fraction(99, 100)):
        at = [Fraction(2 * i + 1, 2) for i in range(d + 1)]
        values = [prod((x - i for i in range(1, d + 1)), start=Fraction(1)) + epsilon for x in at]
        assert all(a * b < 0 for a, b in pairwise(values))


def test_the_bound_cannot_be_reached() -> None:
    # (x - 1)(x - 2) is -1/4 at 3/2: with epsilon = 1/4 the two roots meet.
    assert shifted_product(2).bound == Fraction(1, 4)
