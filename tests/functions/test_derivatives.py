"""Bounds of derivatives are above every derivative, not far above the largest, and honest."""

from collections.abc import Sequence
from fractions import Fraction
from math import factorial
from typing import TypeAlias

import pytest
from flint import arb, arb_series, ctx
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import RecordEffective
from tests.functions.reference import fraction, points
from ucomp_verify.functions import (
    Function,
    NotAnalytic,
    constant,
    cos,
    derivative_bound,
    exp,
    log,
    parse_function,
    range_on,
    sigmoid,
    sin,
    tanh,
    total,
    variables,
)
from ucomp_verify.functions.box_objectives import derivative_objectives
from ucomp_verify.functions.maximising import Objective, greatest
from ucomp_verify.functions.ridges import affine_of, ridge_of
from ucomp_verify.functions.series import series_length
from ucomp_verify.strategies import RationalRidge, functions, rational_ridges, ridges

Box: TypeAlias = list[tuple[Fraction, Fraction]]
X, Y, Z = variables(3)
ONE = Fraction(1)
SIDE = (-ONE, ONE)
SQUARE: Box = [SIDE, SIDE]


def derivative(
    function: Function, point: list[Fraction], direction: list[Fraction], order: int
) -> Fraction:
    """A lower bound of |D^order g(point)[u, ..., u]|, u of length 1 along the direction."""
    with ctx.workprec(200), series_length(order + 1):
        length = sum((arb(float(v)) * arb(float(v)) for v in direction), arb(0)).sqrt()
        pairs = zip(point, direction, strict=True)
        lines = [arb_series([arb(float(x)), arb(float(v)) / length]) for x, v in pairs]
        series = function.of(lines)
        if not isinstance(series, arb_series):  # of a constant
            series = arb_series([series])
        coefficient: arb = series[order]
        return factorial(order) * fraction(abs(coefficient).lower())


def largest_seen(function: Function, box: Box, order: int, *, steps: int = 8) -> Fraction:
    """The largest derivative on a grid of points and directions of the plane."""
    grid = [[a + (b - a) * Fraction(i, steps) for i in range(steps + 1)] for a, b in box]
    turns = [Fraction(i, steps) for i in range(-steps, steps + 1)]
    directions = [[Fraction(1), t] for t in turns] + [[t, Fraction(1)] for t in turns]
    return max(
        derivative(function, [x, y], direction, order)
        for x in grid[0]
        for y in grid[1]
        for direction in directions
    )


@given(
    function=functions(2),
    order=st.integers(0, 4),
    point=points(2),
    direction=points(2).filter(any),
)
def test_no_derivative_exceeds_the_bound(
    function: Function, order: int, point: list[Fraction], direction: list[Fraction]
) -> None:
    bound = derivative_bound(function, SQUARE, order, work=300)
    assert derivative(function, point, direction, order) <= bound


@given(
    function=ridges(3), order=st.integers(0, 5), point=points(3), direction=points(3).filter(any)
)
def test_no_derivative_of_a_ridge_exceeds_the_bound(
    function: Function, order: int, point: list[Fraction], direction: list[Fraction]
) -> None:
    bound = derivative_bound(function, [SIDE] * 3, order)
    assert derivative(function, point, direction, order) <= bound


@given(ridge=rational_ridges(3), order=st.integers(0, 8))
def test_bounds_of_rational_ridges_are_the_exact_suprema(ridge: RationalRidge, order: int) -> None:
    exact = ridge.derivative(order, Fraction(1))  # rounded up by 2^-60
    bound = derivative_bound(ridge.function, [SIDE] * 3, order)
    assert exact * (1 - Fraction(1, 2**59)) <= bound <= exact * (1 + Fraction(1, 2**50))


@given(function=ridges(2), order=st.integers(0, 4))
def test_bounds_of_ridges_are_near_the_largest_derivative(function: Function, order: int) -> None:
    ridge = ridge_of(function)
    assert ridge is not None
    box = [SIDE] * len(ridge.slopes)
    end = [Fraction(1 if s > 0 else -1) for s in ridge.slopes]  # of the diagonal along the form
    steps = 64
    seen = max(
        derivative(function, [Fraction(i, steps) * x for x in end], list(ridge.slopes), order)
        for i in range(-steps, steps + 1)
    )
    bound = derivative_bound(function, box, order)
    # Between two points of the grid it changes by at most the next derivative of the profile.
    change = derivative_bound(function, box, order + 1) / Fraction(float(ridge.square) ** 0.5)
    assert seen <= bound <= (seen + change * ridge.sum_norm / (2 * steps)) * Fraction(1025, 1024)


@pytest.mark.parametrize(
    "text",
    [
        "sigmoid(x1 + x2/2) + sin(x1*x2)",
        "1/(4 - x1*x2 - x1)",
        "exp(x1*x2)*cos(x2 - x1)",
        "tanh(x1**2 - x2)",
        "log(4 + x1 - x1*x2)/3",
        "x1**3 - 2*x1*x2**2",
    ],
)
@pytest.mark.parametrize("order", [0, 1, 3])
def test_bounds_in_the_plane_are_near_what_is_seen(text: str, order: int) -> None:
    function = parse_function(text, 2)
    bound = derivative_bound(function, SQUARE, order)
    seen = largest_seen(function, SQUARE, order, steps=4)
    assert seen <= bound <= seen * Fraction(3, 2)  # so half of it would be no bound
    assert derivative_bound(function, SQUARE, order, work=50) >= seen


def test_more_work_and_a_smaller_tolerance_sharpen_the_bound() -> None:
    function = sigmoid(X + Y / 2) + sin(X * Y)
    loose = derivative_bound(function, SQUARE, 2, work=30)
    tight = derivative_bound(function, SQUARE, 2, tightness=Fraction(1, 100), work=8000)
    assert tight < loose
    assert derivative_bound(tanh(X), [SIDE], 1, tightness=Fraction(1, 10**6)) < 1 + Fraction(
        1, 10**5
    )


@given(
    function=ridges(2),
    order=st.integers(0, 3),
    factor=st.sampled_from([Fraction(1, 3), Fraction(2), Fraction(100)]),
)
def test_a_change_of_unit_changes_the_bound_by_its_power(
    function: Function, order: int, factor: Fraction
) -> None:
    def scaled(inner: Function) -> Function:
        if inner in (X, Y):
            return inner / factor
        return inner.made_of([scaled(part) for part in inner.parts])

    wide = [(a * factor, b * factor) for a, b in SQUARE]
    before = derivative_bound(function, SQUARE, order)
    after = derivative_bound(scaled(function), wide, order) * factor**order
    assert after <= before * Fraction(21, 20) and before <= after * Fraction(21, 20)


def test_a_sum_of_ridges_is_at_most_the_sum_of_their_bounds() -> None:
    forms = [sigmoid(X * Fraction(i, 5) + Y * Fraction(5 - i, 7)) for i in range(6)]
    together = derivative_bound(total(forms), SQUARE, 6, work=200)
    assert together <= sum(derivative_bound(f, SQUARE, 6) for f in forms) * Fraction(1001, 1000)
    assert together >= derivative(total(forms), [ONE / 2, ONE / 2], [ONE, ONE], 6)


def test_derivatives_of_polynomials_end() -> None:
    assert derivative_bound(X**3 * Y, SQUARE, 5) < Fraction(1, 10**20)
    assert derivative_bound(constant(3), SQUARE, 0) == 3
    assert derivative_bound(constant(3), SQUARE, 2) == 0
    assert derivative_bound(exp(constant(1)), [], 0) > Fraction(271828, 10**5)


def test_boxes_may_be_points_and_have_more_axes_than_variables() -> None:
    point = (Fraction(1, 2), Fraction(1, 2))
    assert derivative_bound(1 / X, [point], 1) == pytest.approx(4)
    assert derivative_bound(X * X, [point, SIDE], 1) == pytest.approx(1)
    # Along a box without width in y, derivatives in the direction of y count all the same.
    assert derivative_bound(X * Y, [SIDE, point], 1) == pytest.approx((5 / 4) ** 0.5, rel=0.02)


@pytest.mark.parametrize(
    "function",
    [
        1 / X,
        log(X),
        1 / (X - Y),
        1 / (X * Y - Fraction(1, 3)),
        log(X + 1),
        1 / (1 - X),
        1 / (X - X),
    ],
)
@pytest.mark.parametrize("order", [0, 1, 3])
def test_poles_in_the_box_are_refused(function: Function, order: int) -> None:
    with pytest.raises(NotAnalytic, match=r"found no finite bound .* on the box \[-1, 1\] x "):
        derivative_bound(function, SQUARE, order)


def test_wide_boxes_and_large_arguments() -> None:
    wide = [(Fraction(-(10**6)), Fraction(10**6))]
    assert derivative_bound(sigmoid(1000 * X), wide, 1) == pytest.approx(250, rel=0.02)
    assert derivative_bound(sigmoid(X) * sigmoid(-Y * Y), wide * 2, 1, work=3000) < 10


def test_bad_boxes_are_refused() -> None:
    with pytest.raises(ValueError, match=r"found a box of 1 intervals for x1 \+ x2"):
        derivative_bound(X + Y, [SIDE], 1)
    with pytest.raises(ValueError, match=r"found the interval \[1, -1\] of x2"):
        derivative_bound(X + Y, [SIDE, (Fraction(1), Fraction(-1))], 1)
    with pytest.raises(ValueError, match="found the derivative of order -1"):
        derivative_bound(X, [SIDE], -1)


@given(function=functions(2), point=points(2))
def test_ranges_hold_all_values(function: Function, point: list[Fraction]) -> None:
    low, high = range_on(function, SQUARE, work=300)
    ball = function.enclose(point, prec=200)
    assert low <= fraction(ball.upper()) and fraction(ball.lower()) <= high


def test_ranges_are_near() -> None:
    low, high = range_on(X * Y + cos(X), SQUARE)
    assert -0.5 < low <= Fraction(54030231, 10**8) - 1 and 1.54 <= high < 1.6
    with pytest.raises(NotAnalytic, match="found no finite range"):
        range_on(1 / X, [SIDE])


@given(function=ridges(3), point=points(3))
def test_a_ridge_is_its_profile_along_its_form(
    function: Function, point: list[Fraction], record_effective: RecordEffective
) -> None:
    ridge = ridge_of(function)
    assert ridge is not None and ridge.profile.dim <= 1
    along = sum((s * x for s, x in zip(ridge.slopes, point, strict=False)), Fraction(0))
    assert function.enclose(point).overlaps(ridge.profile.enclose([along]))
    record_effective(1)


def test_what_is_no_ridge() -> None:
    for function in (X * Y, sin(X) + Y, X + Y**2, 1 / (X + Y) + X, constant(2)):
        assert ridge_of(function) is None
    assert affine_of(X * Y) is None and affine_of(sin(X)) is None
    doubled = ridge_of(sigmoid(X + 2 * Y) * (2 * X + 4 * Y - 1) ** 2)
    assert doubled is not None and doubled.slopes == (1, 2)


@pytest.mark.parametrize("text", ["exp(x1*x2 - x1)", "sigmoid(x1**2 - x2)", "1/(4 - x1 - x2**2)"])
@pytest.mark.parametrize("order", [0, 1, 2, 3])
def test_slopes_of_derivatives_are_those_of_the_values(text: str, order: int) -> None:
    step = arb(2) ** -30
    box = [(Fraction(-1, 2), ONE), (Fraction(0), Fraction(3, 4))]
    with ctx.workprec(128), series_length(order + 1):
        for objective in derivative_objectives(parse_function(text, 2), box, order):
            place = [arb(0.3), arb(0.8), arb(0.4)][: objective.dim]
            value, slopes = objective.slopes(place)
            assert value.overlaps(objective.value(place))
            for i in range(objective.dim):
                ends = [
                    [s + sign * step * (i == j) for j, s in enumerate(place)] for sign in (-1, 1)
                ]
                change = (objective.value(ends[1]) - objective.value(ends[0])) / (2 * step)
                assert float(slopes[i]) == pytest.approx(float(change), rel=1e-9, abs=1e-9)


def test_the_search_finds_maxima_inside_and_on_faces() -> None:
    def value(point: Sequence[arb]) -> arb:
        s, t = point
        return t - (s - arb(0.3)) * (s - arb(0.3))

    def slopes(point: Sequence[arb]) -> tuple[arb, list[arb]]:
        s, _ = point
        return value(point), [-2 * (s - arb(0.3)), arb(1)]

    found = greatest([Objective(2, value, slopes)], tightness=Fraction(1, 10**4), work=1000)
    assert found is not None and 1 <= found <= Fraction(10002, 10000)
    little = greatest([Objective(2, value, slopes)], tightness=Fraction(1, 10**4), work=1)
    assert little is not None and little > found
