"""Functions take the values that they stand for, in every kind of number."""

import math
import subprocess
import sys
from fractions import Fraction
from importlib import import_module
from typing import Any

import numpy as np
import pytest
from flint import acb, acb_series, arb, arb_series, ctx
from hypothesis import given
from hypothesis import strategies as st

from tests.functions.reference import fraction, holds, points, value
from ucomp_verify.functions import (
    Function,
    NotAnalytic,
    NotRational,
    constant,
    exp,
    log,
    polynomial,
    sigmoid,
    sin,
    tanh,
    taylor_coefficients,
    total,
    variables,
)
from ucomp_verify.functions.elementary import power
from ucomp_verify.functions.expressions import Power, Reciprocal
from ucomp_verify.functions.series import series_length
from ucomp_verify.functions.wide_sigmoid import coefficients
from ucomp_verify.strategies import functions, polynomials, rational_functions

mpmath: Any = import_module("mpmath")  # without types
X, Y = variables(2)


@given(function=functions(2), point=points(2))
def test_enclosures_hold_the_value_and_are_narrow(
    function: Function, point: list[Fraction]
) -> None:
    ball = function.enclose(point, prec=100)
    assert holds(ball, value(function, point))
    assert ball.rad() <= 2.0**-60 * (1 + abs(float(ball.mid())))


def test_a_value_that_is_off_by_little_is_not_held() -> None:
    ball = sigmoid(X).enclose([Fraction(1)], prec=100)
    exact = value(sigmoid(X), [Fraction(1)])
    with mpmath.workdps(60):
        assert holds(ball, exact) and not holds(ball, exact * (1 + mpmath.mpf(2) ** -90))


@given(function=functions(2), ends=st.tuples(points(2), points(2)), shares=points(2))
def test_wide_balls_hold_the_values_at_their_points(
    function: Function, ends: tuple[list[Fraction], list[Fraction]], shares: list[Fraction]
) -> None:
    boxes = [arb(a.numerator / a.denominator).union(float(b)) for a, b in zip(*ends, strict=True)]
    inside = [a + (b - a) * (1 + s) / 2 for a, b, s in zip(*ends, shares, strict=True)]
    try:
        ball = function.enclose(boxes)
    except NotAnalytic:
        return  # a wide enclosure of a denominator may hold 0
    assert holds(ball, value(function, inside))


@given(
    function=functions(2),
    ends=st.tuples(points(2), points(2)),
    direction=st.lists(st.sampled_from([0, 0.5, -1]), min_size=2, max_size=2),
    share=st.sampled_from([0.0, 0.5, 1.0]),
)
def test_series_about_wide_balls_hold_those_about_their_points(
    function: Function,
    ends: tuple[list[Fraction], list[Fraction]],
    direction: list[float],
    share: float,
) -> None:
    pairs = [(float(a), float(b)) for a, b in zip(*ends, strict=True)]
    with ctx.workprec(128), series_length(3):
        wide = [
            arb_series([arb(a).union(b), u]) for (a, b), u in zip(pairs, direction, strict=True)
        ]
        thin = [
            arb_series([a + (b - a) * share, u]) for (a, b), u in zip(pairs, direction, strict=True)
        ]
        try:
            held = function.of(wide)
        except NotAnalytic:
            return
        inside = function.of(thin)
        for n in range(3 if function.dim else 0):
            assert not held[n].is_finite() or held[n].overlaps(inside[n])


@given(function=rational_functions(3), point=points(3))
def test_exact_values_are_those_of_the_reference(function: Function, point: list[Fraction]) -> None:
    exact = function.at(point)
    assert isinstance(exact, Fraction)
    assert holds(function.enclose(point), value(function, point))
    assert abs(fraction(value(function, point)) - exact) <= (abs(exact) + 1) / 2**150


@given(function=functions(2), real=points(2), imaginary=points(2))
def test_complex_enclosures_hold_the_value(
    function: Function, real: list[Fraction], imaginary: list[Fraction]
) -> None:
    small = [y / 64 for y in imaginary]  # no pole of the functions is so near
    point = [mpmath.mpc(float(x), float(y)) for x, y in zip(real, small, strict=True)]
    with ctx.workprec(128):
        found = function.of([acb(float(x), float(y)) for x, y in zip(real, small, strict=True)])
    expected = value(function, point)
    assert holds(found.real, mpmath.re(expected)) and holds(found.imag, mpmath.im(expected))
    assert found.rad() < 1e-20 * (1 + abs(float(found.real.mid())) + abs(float(found.imag.mid())))


@given(function=functions(2), point=points(2), direction=points(2))
def test_series_hold_the_taylor_coefficients(
    function: Function, point: list[Fraction], direction: list[Fraction]
) -> None:
    def along(t: Any) -> Any:
        return value(function, [x + t * u for x, u in zip(base, step, strict=True)])

    with mpmath.workdps(60):
        base = [mpmath.mpf(float(x)) for x in point]
        step = [mpmath.mpf(float(u)) for u in direction]
        expected = mpmath.taylor(along, 0, 3)
    found = taylor_coefficients(function, point, direction, 4)
    with ctx.workprec(128), series_length(4):
        pairs = zip(point, direction, strict=True)
        complex_found = function.of([acb_series([float(x), float(u)]) for x, u in pairs])
    for order, (coefficient, ball) in enumerate(zip(expected, found, strict=True)):
        assert math.isclose(ball.mid(), coefficient, rel_tol=1e-9, abs_tol=1e-9)
        assert ball.rad() < 1e-20 * (1 + abs(float(ball.mid())))
        assert not function.dim or complex_found[order].real.overlaps(ball)


@pytest.mark.parametrize("radius", [0.03, 0.25, 1, 1.4, 1.6, 20])
@pytest.mark.parametrize("middle", [0, 0.5, -3, 40, -1000])
def test_coefficients_of_a_sigmoid_about_all_points_of_a_wide_ball(
    middle: float, radius: float
) -> None:
    with ctx.workprec(128):
        ball = arb(middle, radius)
        wide = coefficients(ball, sigmoid(X).enclose([ball]), 6)
    for share in range(-8, 9):
        point = Fraction(middle) + Fraction(radius) * Fraction(share, 8)
        thin = taylor_coefficients(sigmoid(X), [point], [Fraction(1)], 6, prec=200)
        for n in range(6):
            assert wide[n].overlaps(thin[n]), (share, n)
    scale = [1, 0.25, 0.0963, 0.0417, 0.0171, 0.0084]  # the largest of each, in size
    for n in range(1, 6):
        assert float(wide[n].abs_upper()) < 40 * scale[n]
        if radius < 0.3 and middle in (0, 0.5):
            assert float(wide[n].abs_upper()) < 1.2 * scale[n]


def test_taylor_coefficients_need_a_node_and_a_direction() -> None:
    assert [int(float(c)) for c in taylor_coefficients(constant(3), [], [], 2)] == [3, 0]
    with pytest.raises(NotAnalytic):
        taylor_coefficients(1 / X, [Fraction(0)], [Fraction(1)], 2)
    with pytest.raises(ValueError, match="found 1 and 2 coordinates and the length 3 for x1"):
        taylor_coefficients(X, [Fraction(0)], [Fraction(1)] * 2, 3)


@given(
    outer=rational_functions(2), inner=st.tuples(polynomials(2), polynomials(2)), point=points(2)
)
def test_compositions_take_the_values_of_both(
    outer: Function, inner: tuple[Function, Function], point: list[Fraction]
) -> None:
    latent = [g.at(point) for g in inner]
    try:
        expected = outer.at(latent)
    except ZeroDivisionError:
        return
    assert outer.after(*inner).at(point) == expected


@given(function=functions(2), point=points(2))
def test_observed_values_are_near(function: Function, point: list[Fraction]) -> None:
    seen = function.observe(np.array([[float(x) for x in point]] * 2))
    exact = function.enclose(point)
    assert seen.shape == (2,)
    assert seen[0] == pytest.approx(float(exact.mid()), rel=1e-9, abs=1e-9)


@pytest.mark.parametrize("size", ["1e3", "1e9", "1e30", "1e3000"])
def test_large_arguments_of_bounded_functions(size: str) -> None:
    for sign in (-1, 1):
        high = sigmoid(X).enclose([sign * arb(size)])
        assert abs(float(high.mid()) - (sign > 0)) < 1e-30 and high.rad() < 1e-30
        assert abs(float(tanh(X).enclose([sign * arb(size)]).mid()) - sign) < 1e-30
    wide = arb(0, arb(size))
    assert sigmoid(X).enclose([wide]).contains(arb(0.25)) and sigmoid(X).enclose([wide]).rad() < 0.6
    assert tanh(X).enclose([wide]).rad() < 1.1
    assert sigmoid(X).observe(np.array([[-float("1e308")], [1e308]])).tolist() == [0, 1]


def test_series_of_a_sigmoid_on_a_wide_ball_are_finite() -> None:
    with series_length(4):
        wide = sigmoid(X).of([arb_series([arb(0, 100), 1])])
        thin = sigmoid(X).of([arb_series([arb(3), 1])])
    assert all(wide[n].is_finite() for n in range(4))
    assert all(wide[n].contains(thin[n]) for n in range(4))
    with series_length(3):  # a direction in which the argument does not change
        still = sigmoid(X).of([arb_series([arb(0, 1)])])
    assert still[0].is_finite() and still[1].is_zero()


@pytest.mark.parametrize("exponent", range(6))
@pytest.mark.parametrize("ball", [(0, 1), (-3, 1), (3, 1), (0.5, 0.6), (0, 0), (-2, 0), (1e-9, 0)])
def test_powers_of_balls_hold_the_powers_of_their_points(
    ball: tuple[float, float], exponent: int
) -> None:
    middle, radius = ball
    found = power(arb(middle, radius), exponent)
    for share in (-1, -0.5, 0, 0.25, 1):
        point = Fraction(middle) + Fraction(radius) * Fraction(share)
        exact = point**exponent
        assert fraction(found.lower()) <= exact <= fraction(found.upper())
    greatest = (abs(middle) + radius) ** exponent
    assert float(found.abs_upper()) <= greatest * 1.001 + 1e-12
    if exponent % 2 == 0 and middle - radius > 0:
        assert found > 0


def test_dim_counts_to_the_last_variable() -> None:
    assert (Y + 1).dim == 2 and constant(3).dim == 0 and total([X, Y]).dim == 2
    assert total([]) == constant(0) and polynomial({(0,): 3}) == constant(3)


def test_constants_are_folded_but_poles_are_kept() -> None:
    assert constant(2) * 3 + 1 == constant(7) and constant(2) ** 3 == constant(8)
    with pytest.raises(ZeroDivisionError):
        (0 * (1 / X)).at([0])


def test_irrational_values_are_refused() -> None:
    with pytest.raises(NotRational, match=r"found exp of the rational 1/2.*use `enclose`"):
        (exp(X) + 1).at([Fraction(1, 2)])


@pytest.mark.parametrize("function", [1 / X, log(X), log(X - 1), 0 * (1 / X), tanh(1 / X)])
def test_poles_have_no_enclosure(function: Function) -> None:
    for node in (arb(0), arb(0, 0.25), Fraction(0)):
        with pytest.raises(NotAnalytic, match=r"found no finite enclosure of .*with 128 bits"):
            function.enclose([node])


def test_series_at_a_pole_are_refused() -> None:
    with pytest.raises(NotAnalytic, match="denominator that may be 0"), series_length(3):
        (1 / X).of([arb_series([arb(0, 1), 1])])
    with pytest.raises(NotAnalytic, match="log at its cut"), series_length(3):
        log(X).of([acb_series([acb(-1), acb(1)])])


def test_floats_do_not_become_constants_unseen() -> None:
    wrong: Any = 0.1
    with pytest.raises(TypeError, match=r"found 0\.1 of type float.*Fraction\('0\.1'\) is 1/10"):
        _ = X + wrong


def test_short_points_and_odd_exponents_are_refused() -> None:
    odd: Any = 0.5
    with pytest.raises(ValueError, match=r"found a point of 1 coordinates.*expected at least 2"):
        (X + Y).at([1])
    with pytest.raises(ValueError, match="found the exponent -1"):
        Power(X, -1)
    with pytest.raises(ValueError, match=r"found the exponent 0\.5; expected an integer >= 0"):
        _ = X**odd
    with pytest.raises(ZeroDivisionError, match="found x1 divided by 0"):
        _ = X / 0
    with pytest.raises(ValueError, match=r"found nodes of shape \(2, 1\)"):
        (X + Y).observe(np.zeros((2, 1)))
    with pytest.raises(ValueError, match=r"found 1 functions to put into x1 \+ x2"):
        (X + Y).after(X)
    with pytest.raises(ValueError, match="found 0 functions for x1"):
        X.after()
    assert Reciprocal(X) == 1 / X and sin(X).parts == (X,)


def test_heavy_libraries_are_loaded_only_when_needed() -> None:
    program = "import sys, ucomp_verify.functions; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert not {b"flint", b"numpy", b"scipy", b"mpmath"} & set(loaded.stdout.split())
