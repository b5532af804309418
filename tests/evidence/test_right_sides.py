"""The right sides of instances are the bounds, and agree with second formulas."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ucomp_verify.bounds import (
    PolydiscClass,
    PolyellipseClass,
    SmoothClass,
    greedy_bound,
    grid_bound,
    grid_size_bound,
    packing_bound,
    polydisc_bound,
    rate_bound,
    small_ball_bound,
    universal_bound,
)
from ucomp_verify.bounds.approximation import chebyshev_distance
from ucomp_verify.bounds.rounding import root_above
from ucomp_verify.evidence.instances import right_sides
from ucomp_verify.evidence.instances.base import exactly
from ucomp_verify.evidence.instances.numbers import enclosed

SMOOTH = SmoothClass(3, Fraction(5, 7), Fraction(2))
PAIR = (Fraction(2), Fraction(5, 7))
DISC = PolydiscClass(2, Fraction(1), Fraction(1, 2), Fraction(3), Fraction(2))
ELLIPSE = PolyellipseClass(2, Fraction(3), Fraction(5), Fraction(2))
MASS = Fraction(11)
TWO = Fraction(2)

AGREEMENT: Sequence[tuple[str, Any, Any]] = (
    (
        "T3",
        small_ball_bound(SMOOTH, mass=MASS, radius=root_above(TWO)),
        right_sides.small_ball(PAIR, MASS, TWO, 2),
    ),
    (
        "T4b",
        grid_bound(SMOOTH, dim=2, half_side=Fraction(3), mass=MASS, side=4),
        right_sides.small_ball(PAIR, MASS, Fraction(18, 16), 2),
    ),
    (
        "T4b by nodes",
        grid_size_bound(SMOOTH, dim=2, half_side=Fraction(3), mass=MASS, size=70),
        right_sides.for_nodes(PAIR, MASS, Fraction(18), 2, share=Fraction(6, 70), dim=2),
    ),
    (
        "L1",
        packing_bound(40, 2, radius=root_above(TWO), dim=2),
        None,
    ),
    (
        "T4a",
        greedy_bound(SMOOTH, dim=2, radius=root_above(TWO), count=30, size=9),
        right_sides.greedy(PAIR, TWO, 2, dim=2, count=30, size=9),
    ),
    (
        "T7a",
        polydisc_bound(DISC, mass=MASS, side=3, degree=4),
        right_sides.in_polydiscs(Fraction(6), MASS, Fraction(2, 3), 4),
    ),
    (
        "T7c",
        rate_bound(DISC, mass=MASS, size=80),
        right_sides.rate(Fraction(6), MASS, nodes=80, side=6, dim=2),
    ),
    (
        "T7d",
        universal_bound(ELLIPSE, mass=MASS, degree=5),
        right_sides.universal(Fraction(10), MASS, Fraction(3), 5, dim=2),
    ),
)


@pytest.mark.parametrize(("name", "bound", "formula"), AGREEMENT, ids=[a[0] for a in AGREEMENT])
def test_bounds_and_claims_say_the_same(name: str, bound: Any, formula: Any) -> None:
    """No constant differs: the bound is the formula of the claim, rounded up a little at most."""
    if formula is None:
        formula = right_sides.packing(TWO, Fraction(1, 40), 2)
        assert bound.value <= enclosed(formula).upper  # the least of several bounds
        return
    exact = enclosed(formula)
    assert exact.lower <= bound.value <= exact.upper * (1 + Fraction(1, 2**50)), name


def test_the_second_form_of_the_grid_is_twice_the_first_at_its_worst() -> None:
    """For d' = n^m N the ratio is 2^(k+1)."""
    first = enclosed(right_sides.small_ball(PAIR, MASS, Fraction(18, 16), 2))
    share = Fraction(1, 16)
    second = enclosed(right_sides.for_nodes(PAIR, MASS, Fraction(18), 2, share=share, dim=2))
    assert abs(second.lower / first.lower - 8) < Fraction(1, 10**30)


@given(
    rho=st.fractions(min_value=Fraction(10, 9), max_value=20, max_denominator=9),
    dim=st.integers(1, 3),
    degree=st.integers(0, 9),
)
def test_two_ways_to_the_chebyshev_tail(rho: Fraction, dim: int, degree: int) -> None:
    ours = right_sides.universal(Fraction(1), Fraction(1), rho, degree, dim=dim)
    assert enclosed(ours) == exactly(2 * chebyshev_distance(Fraction(1), rho, dim, degree))
