"""Bounds of activations: no value exceeds them, and they are nearly attained."""

from fractions import Fraction
from math import tanh
from typing import Any

import pytest
from flint import acb, arb, ctx
from hypothesis import given
from hypothesis import strategies as st

from ucomp_verify.dynamics.certified.activations import (
    QUARTER_TURN,
    Activation,
    Logistic,
    Sine,
    Tanh,
)
from ucomp_verify.dynamics.certified.balls import ball, enclosed, largest, size, upper
from ucomp_verify.dynamics.certified.losses import LogCosh, Squares
from ucomp_verify.dynamics.certified.networks import Network

ALL = (Tanh(), Sine(), Logistic())
each = pytest.mark.parametrize("phi", ALL, ids=lambda phi: phi.name)
NEARLY = 1.002


def second(phi: Activation, z: Any) -> Any:
    """phi'' at a complex number."""
    if isinstance(phi, Sine):
        return -z.sin()
    if isinstance(phi, Tanh):
        t = z.tanh()
        return -2 * t * (1 - t * t)
    s = 1 / (1 + (-z).exp())
    return s * (1 - s) * (1 - 2 * s)


def value(phi: Activation, z: Any) -> Any:
    if isinstance(phi, Sine):
        return z.sin()
    return z.tanh() if isinstance(phi, Tanh) else 1 / (1 + (-z).exp())


def most(numbers: Any) -> float:
    return max(float(abs(n).mid()) for n in numbers)


@each
@pytest.mark.parametrize("reach", [Fraction(1, 10), Fraction(1, 2), Fraction(2), None])
def test_on_intervals(phi: Activation, reach: Fraction | None) -> None:
    end = 6.0 if reach is None else float(reach)
    line = [arb(end * j / 400) for j in range(-400, 401)]
    pairs = [phi.at(z) for z in line]
    assert most(v for v, _ in pairs) <= phi.size(reach) * (1 + 1e-12)
    slope = most(d for _, d in pairs)
    assert slope <= phi.slope(reach) <= slope * NEARLY
    bent = most(second(phi, z) for z in line)
    assert bent <= phi.curvature(reach) <= bent * (1.01 if isinstance(phi, Logistic) else NEARLY)


@each
@pytest.mark.parametrize("width", [Fraction(1, 10), Fraction(1, 2), Fraction(11, 20), QUARTER_TURN])
def test_in_strips(phi: Activation, width: Fraction) -> None:
    edge = [acb(j / 100, float(width)) for j in range(-300, 301)]
    assert most(value(phi, z) for z in edge) <= phi.size_in_strip(width) * (1 + 1e-12)
    bent = most(second(phi, z) for z in edge)
    assert bent <= phi.curvature_in_strip(width) <= bent * NEARLY


@each
def test_wider_strips_have_larger_bounds(phi: Activation) -> None:
    bounds = [phi.curvature_in_strip(Fraction(j, 200)) for j in range(1, 158)]
    assert bounds == sorted(bounds)


def test_tanh_up_to_a_quarter_turn() -> None:
    assert float(Tanh().curvature_in_strip(QUARTER_TURN)) == pytest.approx(4, abs=0.02)


@pytest.mark.parametrize("width", [Fraction(0), Fraction(-1), Fraction(4, 5)])
def test_a_strip_with_a_pole_or_none_is_refused(width: Fraction) -> None:
    with pytest.raises(ValueError, match=r"found the half width .* of a strip; expected one"):
        Tanh().curvature_in_strip(width)
    with pytest.raises(ValueError, match="found the half width"):
        Logistic().size_in_strip(2 * width)


@each
def test_series_are_those_of_the_function(phi: Activation) -> None:
    from flint import arb_series

    value, slope = phi.of_series(arb_series([arb(1) / 3, arb(1)], 5))
    at, derivative = phi.at(arb(1) / 3)
    assert value[0].overlaps(at) and slope[0].overlaps(derivative)
    for k in range(4):
        assert ((k + 1) * value[k + 1]).overlaps(slope[k])
    assert (2 * value[2]).overlaps(second(phi, acb(1) / 3).real)


@given(st.fractions(-3, 3), st.fractions(-3, 3), st.fractions(-3, 3))
def test_loss_bounds_hold_on_the_interval(low: Fraction, share: Fraction, high: Fraction) -> None:
    low, middle, high = sorted((low, share, high))
    for loss in (Squares((Fraction(1, 3),), Fraction(-2)), LogCosh((Fraction(1, 3),))):
        assert size(loss.slope(0, ball(middle))).lower <= loss.slope_bound(low, high)
        assert loss.curvature_bound(low, high) == (2 if isinstance(loss, Squares) else 1)


def test_an_empty_interval_is_refused() -> None:
    with pytest.raises(ValueError, match=r"found the interval \[1, 0\]"):
        Squares((Fraction(0),)).slope_bound(Fraction(1), Fraction(0))


@given(st.floats(-1, 1), st.floats(-1, 1), st.fractions(Fraction(1, 9), 2), st.fractions(0, 2))
def test_derivatives_in_the_objects_are_bounded(
    share: float, direction: float, reach: Fraction, top: Fraction
) -> None:
    """v tanh(u x), x = 3/2: gradient and Hessian, where |u x| <= reach and |v| <= top."""
    length = Fraction(3, 2)
    near = Network(Tanh(), ((length,),), output_weights=True).smoothness(0, reach=reach, top=top)
    z, v, x = share * float(reach), direction * float(top), float(length)
    t, d = (float(n.mid()) for n in Tanh().at(arb(z)))
    assert (t**2 + (v * d * x) ** 2) ** 0.5 <= near.slope * (1 + 1e-9)
    b, c = d * x, -2 * v * t * d * x * x
    norm = (abs(c) + (c * c + 4 * b * b) ** 0.5) / 2
    assert norm <= near.curvature * (1 + 1e-9)


def test_the_logistic_function_is_at_most_1_in_strips_twice_as_wide() -> None:
    """It tends to 1 on the right in every strip."""
    assert Logistic().size(None) == Logistic().size(Fraction(1)) == 1
    assert Logistic().size_in_strip(2 * QUARTER_TURN) == 1
    with pytest.raises(ValueError, match="half width"):
        Logistic().size_in_strip(2 * QUARTER_TURN + Fraction(1, 100))


def test_bounds_of_derivatives_are_attained() -> None:
    """tanh at x = 3/2: the formulas for |u x| <= 1/4, where phi'' grows, and |v| <= 2."""
    length, reach, top = Fraction(3, 2), Fraction(1, 4), Fraction(2)
    t = tanh(0.25)
    bent = 2 * t * (1 - t * t) * 2.25
    near = Network(Tanh(), ((length,),)).smoothness(0, reach=reach, top=top)
    assert (float(near.slope), float(near.curvature)) == pytest.approx((1.5, bent), rel=1e-9)
    near = Network(Tanh(), ((length,),), output_weights=True).smoothness(0, reach=reach, top=top)
    steep, norm = (t * t + 9) ** 0.5, (2 * bent + (4 * bent * bent + 9) ** 0.5) / 2
    assert (float(near.slope), float(near.curvature)) == pytest.approx((steep, norm), rel=1e-9)


def test_enclosures_are_outward() -> None:
    with ctx.workprec(30):
        third = enclosed(ball(Fraction(1, 3)))
        minus = size(ball(Fraction(-1, 3)))
    assert third.lower < Fraction(1, 3) < third.upper
    assert third.prec == 30
    assert minus.lower > 0
    assert upper(ball(Fraction(-1, 2))) == Fraction(1, 2)
    assert largest([third, minus]).upper == max(third.upper, minus.upper)
    with pytest.raises(ValueError, match="found a ball that is not finite"):
        enclosed(arb("nan"))
