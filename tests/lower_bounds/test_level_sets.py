"""L2, and how much of a body a polynomial is small on."""

from fractions import Fraction
from itertools import pairwise
from math import log

import pytest
from hypothesis import given, target
from hypothesis import strategies as st

from tests.conftest import RecordEffective
from ucomp_verify.bounds.statement import HypothesisNotMet
from ucomp_verify.lower_bounds.bernstein import BoxPolynomial, largest_on_box, share_below_on_box
from ucomp_verify.lower_bounds.level_sets import (
    ball_volume,
    box_shares,
    cone_volume,
    extremal_polynomial,
    interval_shares,
    level_set_bound,
    sharp_share,
    simple_share,
)
from ucomp_verify.lower_bounds.univariate import integral_of_size, largest_size, share_below

ZERO, ONE, HALF = Fraction(0), Fraction(1), Fraction(1, 2)
DIGITS_40 = Fraction(1, 10**40)
LINE = [ZERO, ONE]

polynomials = st.lists(st.fractions(-5, 5, max_denominator=6), min_size=2, max_size=8).filter(
    lambda p: any(p[1:])
)
levels = st.fractions(Fraction(1, 1000), 1, max_denominator=1000)


def at(p: list[Fraction], x: Fraction) -> Fraction:
    return sum((c * x**i for i, c in enumerate(p)), ZERO)


@pytest.mark.parametrize("dim", [1, 2, 3, 4])
@pytest.mark.parametrize("degree", [1, 2, 3, 7, 12])
@pytest.mark.parametrize("slope", [Fraction(101, 100), Fraction(7, 5), Fraction(9)])
def test_chebyshev_polynomials_of_the_height_of_a_cone_attain_the_bound_to_40_digits(
    dim: int, degree: int, slope: Fraction
) -> None:
    p, size = extremal_polynomial(degree, slope)
    found = interval_shares(p, ONE, (ZERO, ONE), cumulative=cone_volume(dim))
    bound = found.bound(dim, degree)
    ends = (found.share.lower, found.share.upper, bound.lower, bound.upper)
    assert max(ends) - min(ends) < DIGITS_40
    assert found.level.lower <= 1 / size <= found.level.upper
    # So nothing smaller is true: neither a higher power of tanh nor twice the degree.
    assert sharp_share(dim, degree, 1 / size).lower < sharp_share(dim, degree + 1, 1 / size).lower
    if dim > 1:
        assert sharp_share(dim - 1, degree, 1 / size).upper < found.share.lower


@given(dim=st.integers(1, 6), degree=st.integers(1, 30), level=levels)
def test_the_first_bound_is_below_the_second(dim: int, degree: int, level: Fraction) -> None:
    first, second = sharp_share(dim, degree, level), simple_share(dim, degree, level)
    assert 0 < first.lower <= first.upper < second.lower
    assert first.upper - first.lower < DIGITS_40
    assert level_set_bound(dim, degree, level).value in (first.upper, 1)


@pytest.mark.parametrize("exponent", [5, 47, 48, 60, 300])
def test_levels_next_to_1_have_a_bound(exponent: int) -> None:
    found = sharp_share(2, 3, 1 - Fraction(1, 10**exponent))
    rounding = Fraction(1, 2**140)
    assert 1 - Fraction(1, 10 ** (exponent - 1)) - rounding < found.lower <= found.upper
    assert level_set_bound(2, 3, 1 - Fraction(1, 10**exponent)).value <= 1


@pytest.mark.parametrize("dim", [1, 2, 3])
def test_four_m_is_the_best_constant(dim: int) -> None:
    # tau = t^(1/k) = 1/1000 at k = 200: the sharp bound is near 4 m tau.
    level = Fraction(1, 1000**200)
    assert sharp_share(dim, 200, level, prec=3000).lower > Fraction(39, 10) * dim / 1000 * Fraction(
        98, 100
    )


@given(dim=st.integers(1, 5), degree=st.integers(1, 12), low=levels, high=levels)
def test_the_bound_grows_with_every_parameter(
    dim: int, degree: int, low: Fraction, high: Fraction
) -> None:
    low, high = min(low, high), max(low, high)
    value = level_set_bound(dim, degree, low).value
    assert value <= level_set_bound(dim, degree, high).value
    assert value <= level_set_bound(dim + 1, degree, low).value
    assert value <= level_set_bound(dim, degree + 1, low).value
    assert level_set_bound(dim, degree, ONE).value == 1


@given(p=polynomials, level=levels, dim=st.integers(1, 3), turned=st.booleans())
def test_no_polynomial_of_the_height_is_small_on_more_of_a_cone(
    p: list[Fraction], level: Fraction, dim: int, turned: bool, record_effective: RecordEffective
) -> None:
    degree = max(i for i, c in enumerate(p) if c)
    size = largest_size(p, ZERO, ONE)
    volume = cone_volume(dim, from_apex=not turned)
    found = interval_shares(p, level * size.lower, (ZERO, ONE), cumulative=volume)
    bound = found.bound(dim, degree)
    assert found.share.lower <= bound.upper
    if degree > 1:  # the bound for a lower degree is not one for this polynomial
        target(float(found.share.upper / bound.lower))
    record_effective(1)


def test_the_bound_of_a_lower_degree_is_false() -> None:
    p = [ZERO, ZERO, ZERO, ONE]  # x^3 at 1/8 on [-1, 1]: a share of 1/2
    found = interval_shares(p, Fraction(1, 8), (-ONE, ONE))
    assert found.share.lower <= HALF <= found.share.upper
    assert found.bound(1, 3).lower >= HALF > found.bound(1, 1).upper


@given(p=polynomials, level=st.fractions(0, 6, max_denominator=50))
def test_the_share_on_an_interval_is_that_of_its_parts(
    p: list[Fraction], level: Fraction, record_effective: RecordEffective
) -> None:
    found = share_below(p, level, -ONE, ONE)
    assert 0 <= found.lower <= found.upper <= min(1, found.lower + Fraction(1, 10**20))
    # On a fine grid: boxes that are certainly inside or outside.
    terms = {(i,): c for i, c in enumerate(p)}
    boxes = share_below_on_box(terms, level, [(-ONE, ONE)], depth=7)
    assert boxes.lower <= found.upper and found.lower <= boxes.upper
    if 0 < found.lower < 1:
        record_effective(1)


@pytest.mark.parametrize(
    ("p", "level", "share"),
    [
        ([ZERO, ONE], HALF, HALF),
        ([ZERO, ONE], ZERO, ZERO),
        ([ZERO, ONE], ONE, ONE),  # equality at both ends
        ([ONE], ONE, ONE),
        ([ONE], HALF, ZERO),
        ([ZERO, ZERO, ONE], Fraction(1, 4), HALF),  # a double root inside
        ([ONE, Fraction(-2), ONE], ONE, HALF),  # (x - 1)^2, double at the end, is 1 at 0
        ([ZERO, ZERO, ZERO, ZERO, ONE], Fraction(1, 16), HALF),
        ([Fraction(-1), ZERO, Fraction(2)], ONE, ONE),  # touches the level at three places
    ],
)
def test_shares_with_multiple_roots_and_roots_at_the_ends(
    p: list[Fraction], level: Fraction, share: Fraction
) -> None:
    found = share_below(p, level, -ONE, ONE)
    assert found.lower <= share <= found.upper <= found.lower + DIGITS_40 * 10**3


@given(p=polynomials)
def test_maximum_and_integral_of_the_size(p: list[Fraction]) -> None:
    size, integral = largest_size(p, -ONE, ONE), integral_of_size(p, -ONE, ONE)
    points = [Fraction(i, 64) for i in range(-64, 65)]
    values = [abs(at(p, x)) for x in points]
    assert max(values) <= size.upper and size.upper - size.lower <= Fraction(1, 10**20)
    steepest = sum((i * abs(c) for i, c in enumerate(p)), ZERO)
    assert size.lower <= max(values) + steepest / 128
    trapezoids = sum(((a + b) / 128 for a, b in pairwise(values)), ZERO)
    assert abs(integral.lower - trapezoids) <= steepest / 32
    assert integral.lower <= 2 * size.upper
    boxes = largest_on_box({(i,): c for i, c in enumerate(p)}, [(-ONE, ONE)])
    assert boxes.lower <= size.upper and size.lower <= boxes.upper


def test_the_share_of_a_product_on_the_square_is_enclosed() -> None:
    # |xy| <= t on a share of t (1 + log 1/t) of the square, by integration.
    for t in (Fraction(1, 10), Fraction(1, 2)):
        found = box_shares({(1, 1): ONE}, t, [(-ONE, ONE)] * 2, depth=14)
        exact = float(t) * (1 + log(1 / t))
        assert float(found.share.lower) < exact < float(found.share.upper)
        assert found.share.upper - found.share.lower < Fraction(1, 20)
        assert found.share.upper < found.bound(2, 2).lower


@given(
    coefficients=st.lists(st.integers(-6, 6), min_size=6, max_size=6),
    level=st.fractions(Fraction(1, 20), Fraction(19, 20), max_denominator=20),
)
def test_no_polynomial_of_two_variables_is_small_on_more_of_a_square(
    coefficients: list[int], level: Fraction, record_effective: RecordEffective
) -> None:
    alphas = [(0, 0), (0, 1), (1, 0), (0, 2), (1, 1), (2, 0)]
    terms = {a: Fraction(c) for a, c in zip(alphas, coefficients, strict=True)}
    if not any(coefficients[1:]):
        return
    box = [(-ONE, ONE), (ZERO, ONE)]
    size = largest_on_box(terms, box)
    found = box_shares(terms, level * size.lower, box, depth=10)
    assert found.share.lower <= found.bound(2, 2).upper
    corners = BoxPolynomial.of(terms, box)
    assert corners.lower <= corners.least_corner <= corners.corner_size <= corners.size
    record_effective(1)


def test_boxes_are_exact_where_they_can_be() -> None:
    square = [(-ONE, ONE)] * 2
    everywhere = share_below_on_box({(0, 0): ONE}, ONE, square, depth=3)
    assert everywhere.lower == everywhere.upper == 1  # |p| <= level holds with equality
    # 1 - x^2 - y^2/2 is 1 inside and -1/2 at the corners: no Bernstein coefficient is needed
    # that is larger, but on the whole square one of them is.
    bowl = {(0, 0): ONE, (2, 0): -ONE, (0, 2): -HALF}
    assert BoxPolynomial.of(bowl, square).size > ONE
    found = largest_on_box(bowl, square)
    assert found.lower <= 1 <= found.upper <= Fraction(1002, 1000)


def test_volumes_of_bodies_below_a_height() -> None:
    base = cone_volume(3, from_apex=False)
    assert at(base, HALF) == Fraction(7, 8) and at(cone_volume(3), HALF) == Fraction(1, 8)
    ball = ball_volume()
    assert (at(ball, -ONE), at(ball, ZERO), at(ball, ONE)) == (0, 2, 4)
    cap = share_below(LINE, HALF, -ONE, ONE, cumulative=ball)
    assert cap.lower <= Fraction(11, 16) <= cap.upper


@pytest.mark.parametrize(
    ("dim", "degree", "level", "message"),
    [
        (0, 1, HALF, "the dimension = 0"),
        (1, 0, HALF, "the degree = 0"),
        (1, 1, ZERO, "expected 0 < t <= 1"),
        (1, 1, Fraction(3, 2), "found t = 3/2"),
    ],
)
def test_bad_input_is_refused(dim: int, degree: int, level: Fraction, message: str) -> None:
    with pytest.raises(HypothesisNotMet, match=message):
        level_set_bound(dim, degree, level)


def test_bad_bodies_are_refused() -> None:
    with pytest.raises(HypothesisNotMet, match="expected lower < upper"):
        interval_shares(LINE, HALF, (ONE, ONE))
    with pytest.raises(HypothesisNotMet, match="expected one with a maximum > 0"):
        interval_shares([ZERO], HALF, (ZERO, ONE))
    with pytest.raises(HypothesisNotMet, match="the level 0"):
        interval_shares(LINE, ZERO, (ZERO, ONE))
    with pytest.raises(HypothesisNotMet, match="c = 1; expected a number > 1"):
        extremal_polynomial(2, ONE)
