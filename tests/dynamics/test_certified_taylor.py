"""Power series of the flow: they are where training takes nearby objects; radii shrink."""

from dataclasses import replace
from fractions import Fraction
from functools import cache
from math import hypot, inf

import pytest
from flint import ctx

from tests.dynamics.test_certified_training import TARGETS, cloud, network
from ucomp_verify.dynamics.certified import FlowSeries, LogCosh, Squares, Tanh, flow_series
from ucomp_verify.dynamics.certified.balls import enclosed
from ucomp_verify.dynamics.certified.taylor import WIDTHS
from ucomp_verify.dynamics.certified.training import train
from ucomp_verify.findings import Enclosure
from ucomp_verify.measures import AtomicMeasure

RATE = Fraction(3, 10)
START, DIRECTION = (Fraction(-1, 3), Fraction(2, 3)), (Fraction(3, 5), Fraction(4, 5))
STEPS = (0, 1, 3, 10)


@cache
def series(*, output_weights: bool, order: int = 40) -> tuple[FlowSeries, ...]:
    net = network(dim=2, output_weights=output_weights)
    return flow_series(
        net,
        LogCosh(TARGETS) if output_weights else Squares(TARGETS),
        cloud(2, 16),
        rate=RATE,
        steps=STEPS,
        start=START,
        direction=DIRECTION,
        order=order,
    )


@pytest.mark.parametrize("output_weights", [False, True])
def test_the_series_adds_up_to_a_node_that_is_trained(output_weights: bool) -> None:
    """A node of weight 0 but for 10^-30 is moved as the network moves it, to some 30 digits."""
    net = network(dim=2, output_weights=output_weights)
    shift, tiny = Fraction(1, 8), Fraction(1, 10**30)
    nearby = tuple(w + shift * u for w, u in zip(START, DIRECTION, strict=True))
    base = cloud(2, 16)
    weights = [c * (1 - tiny) for c in base.weights]
    traced = AtomicMeasure([*base.nodes, nearby], [*weights, tiny])
    loss = LogCosh(TARGETS) if output_weights else Squares(TARGETS)
    with ctx.workprec(300):
        flow = train(net, loss, traced, rate=RATE, steps=10)
        for found in series(output_weights=output_weights):
            at = [_sum(row, shift) for row in found.coefficients]
            seen = [float(enclosed(v).lower) for v in flow.values[found.step][-1]]
            assert _values(at, output_weights) == pytest.approx(seen, abs=1e-14)


def _sum(row: tuple[Enclosure, ...], shift: Fraction) -> Fraction:
    return sum(((c.lower + c.upper) / 2 * shift**k for k, c in enumerate(row)), Fraction(0))


def _values(at: list[Fraction], output_weights: bool) -> list[float]:
    from math import tanh

    inputs = network(dim=2, output_weights=output_weights).inputs
    v, u = (float(at[0]), at[1:]) if output_weights else (1.0, at)
    dots = [sum(float(a * b) for a, b in zip(u, x, strict=True)) for x in inputs]
    return [v * tanh(d) for d in dots]


def test_before_training_the_series_is_the_line() -> None:
    start = series(output_weights=True)[0]
    for row, w, u in zip(start.coefficients, START, DIRECTION, strict=True):
        middles = [(c.lower + c.upper) / 2 for c in row]
        assert middles[:2] == pytest.approx([float(w), float(u)])
        assert not any(middles[2:])
    assert start.observed_radius == inf


def test_radii_shrink_and_stay_above_what_is_proved() -> None:
    found = series(output_weights=False)
    radii = [s.observed_radius for s in found]
    assert radii[1] < 3 and radii == sorted(radii, reverse=True)
    for one in found:
        assert one.proved_radius is not None
        assert 0 < one.proved_radius <= one.observed_radius
    proved = [s.proved_radius or 0 for s in found]
    assert proved == sorted(proved, reverse=True) and proved[0] > 2 * proved[-1]


def test_proved_radii_are_those_of_the_formula() -> None:
    """The largest rho / (|u| prod_r (1 + eta mean_a |l_a'| H(rho))) of the strips."""
    net, loss = network(dim=2), Squares(TARGETS)
    with ctx.workprec(100):
        flow = train(net, loss, cloud(2, 16), rate=RATE, steps=STEPS[-1])
        slopes = [[abs(float(s.mid())) for s in row] for row in flow.slopes]
    longest = max(hypot(*map(float, x)) for x in net.inputs)
    for found in series(output_weights=False):
        radii = list[float]()
        for width in WIDTHS:
            radius = float(width) / longest / hypot(*map(float, DIRECTION))
            bend = float(Tanh().curvature_in_strip(width)) * longest**2
            for row in slopes[: found.step]:
                radius /= 1 + float(RATE) * sum(row) / len(row) * bend
            radii.append(radius)
        assert found.proved_radius is not None
        assert float(found.proved_radius) == pytest.approx(max(radii), rel=1e-6)


def test_radii_are_in_units_of_the_direction() -> None:
    one, two = (
        flow_series(
            network(dim=2),
            Squares(TARGETS),
            cloud(2, 4),
            rate=RATE,
            steps=(2,),
            start=START,
            direction=direction,
            order=8,
        )[0]
        for direction in (DIRECTION, (Fraction(0), Fraction(2)))
    )
    assert one.proved_radius is not None and two.proved_radius is not None
    assert float(one.proved_radius / two.proved_radius) == pytest.approx(2)


def test_networks_with_output_weights_have_no_proved_radius() -> None:
    assert {s.proved_radius for s in series(output_weights=True)} == {None}


def test_coefficients_are_known_well_and_settings_are_put_back() -> None:
    before = ctx.prec, ctx.cap
    found = series(output_weights=False, order=20)
    assert (ctx.prec, ctx.cap) == before
    assert all(s.width < Fraction(1, 10**80) for s in found)
    assert all(len(row) == 20 for s in found for row in s.coefficients)


def test_the_root_test_on_a_geometric_series() -> None:
    row = tuple(Enclosure.of(Fraction(1, 2**k)) for k in range(40))
    found = FlowSeries(1, (row,), None)
    assert found.observed_radius == pytest.approx(2)
    wider = replace(found, coefficients=(row, tuple(Enclosure.of(1) for _ in range(40))))
    assert wider.observed_radius == pytest.approx(1)  # the least of all coordinates


@pytest.mark.parametrize(("steps", "start"), [((), START), ((-1,), START), ((1,), (Fraction(1),))])
def test_bad_input_is_refused(steps: tuple[int, ...], start: tuple[Fraction, ...]) -> None:
    with pytest.raises(ValueError, match="expected steps >= 0 and vectors of length 2"):
        flow_series(
            network(dim=2),
            Squares(TARGETS),
            cloud(2, 16),
            rate=RATE,
            steps=steps,
            start=start,
            direction=DIRECTION,
        )
