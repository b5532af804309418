"""Training in balls: it is the training of an independent program, and its bounds hold."""

from dataclasses import replace
from fractions import Fraction
from functools import cache
from typing import Any

import numpy as np
import pytest
from flint import ctx
from hypothesis import given
from hypothesis import strategies as st

from ucomp_verify.caratheodory import caratheodory_reduce
from ucomp_verify.dynamics.certified import (
    CertifiedTraining,
    Constants,
    LogCosh,
    Logistic,
    Loss,
    Network,
    Squares,
    Tanh,
    TooWide,
    certified_training,
    certify,
)
from ucomp_verify.dynamics.certified.balls import ball, enclosed
from ucomp_verify.dynamics.certified.gronwall import (
    gronwall_bounds,
    posterior_bounds,
    uniform_bounds,
)
from ucomp_verify.dynamics.certified.networks import Smoothness
from ucomp_verify.dynamics.certified.training import train
from ucomp_verify.findings import Enclosure
from ucomp_verify.measures import AtomicMeasure

TARGETS = (Fraction(-1, 2), Fraction(1, 5), Fraction(2, 5))
PLACES = (Fraction(-1), Fraction(1, 4), Fraction(3, 4))
RATE = Fraction(1, 50)


def cloud(dim: int, count: int, *, seed: int = 0) -> AtomicMeasure:
    draw = np.random.default_rng(seed)
    rows = draw.integers(-128, 129, size=(count, dim)).tolist()
    nodes = [tuple(Fraction(c, 64) for c in row) for row in rows]
    return AtomicMeasure(nodes, [Fraction(1, count)] * count)


def network(*, dim: int, output_weights: bool = False, probes: int = 0) -> Network:
    places = (*PLACES, *(Fraction(j, 8) for j in range(1, probes + 1)))
    rows = [(x,) if dim - output_weights == 1 else (x * 7 / 10, Fraction(7, 10)) for x in places]
    return Network(Tanh(), tuple(rows), output_weights=output_weights)


def floats(net: Network, loss: Loss, measure: AtomicMeasure, steps: int) -> Any:
    """Outputs at every step, by another program in float64."""
    w = np.array([[float(c) for c in node] for node in measure.nodes])
    p = np.array([float(c) for c in measure.weights])
    x = np.array([[float(c) for c in row] for row in net.inputs])
    t = np.array([float(c) for c in loss.targets])
    rows = list[Any]()
    for _ in range(steps + 1):
        u, v = (w[:, 1:], w[:, :1]) if net.output_weights else (w, np.ones((len(w), 1)))
        phi = np.tanh(u @ x.T)
        rows.append(p @ (v * phi))
        error = rows[-1][: len(t)] - t
        slope = np.tanh(error) if isinstance(loss, LogCosh) else error
        force = float(RATE) / len(t) * slope
        drift = (v * (1 - phi**2))[:, : len(t)] * force @ x[: len(t)]
        if net.output_weights:
            drift = np.hstack([(phi[:, : len(t)] @ force)[:, None], drift])
        w = w - drift
    return np.array(rows)


@cache
def certified(
    *, dim: int = 2, output_weights: bool = False, soft: bool = False, steps: int = 6
) -> CertifiedTraining:
    before = cloud(dim, 24)
    after = caratheodory_reduce(before, 2, exact_steps=True)
    net = network(dim=dim, output_weights=output_weights, probes=2)
    loss = LogCosh(TARGETS) if soft else Squares(TARGETS)
    return certified_training(net, loss, before, after, rate=RATE, steps=steps)


@pytest.mark.parametrize(
    ("dim", "output_weights", "soft"),
    [(1, False, False), (2, False, True), (2, True, False), (3, True, True)],
)
def test_gaps_are_those_of_another_program(dim: int, output_weights: bool, soft: bool) -> None:
    before = cloud(dim, 24)
    after = caratheodory_reduce(before, 2, exact_steps=True)
    net = network(dim=dim, output_weights=output_weights, probes=2)
    loss = LogCosh(TARGETS) if soft else Squares(TARGETS)
    found = certified(dim=dim, output_weights=output_weights, soft=soft)
    full, small = (floats(net, loss, m, 6) for m in (before, after))
    for step in found.steps:
        gaps = abs(full - small)[step.step]
        assert float(step.gap.lower) == pytest.approx(gaps[:3].max(), abs=1e-13)
        assert step.probe_gap is not None
        assert float(step.probe_gap.upper) == pytest.approx(gaps[3:].max(), abs=1e-13)
        changes = abs(full[step.step] - full[0])[:3]
        assert float(step.change.upper) == pytest.approx(changes.max(), abs=1e-13)


@pytest.mark.parametrize("dim", [1, 2])
@pytest.mark.parametrize("soft", [False, True])
def test_bounds_hold_within_a_factor_10_for_50_steps(dim: int, soft: bool) -> None:
    found = certified(dim=dim, soft=soft, steps=50)
    assert len(found.steps) == 51
    for step in found.steps[1:]:
        assert step.gap.upper < step.posterior.lower
        assert step.posterior.upper <= step.gronwall.lower
        assert step.gronwall.upper <= step.uniform.lower
        assert step.gronwall.upper <= 10 * step.gap.lower
        assert step.posterior.upper <= 4 * step.gap.lower
        assert step.probe_gap is not None and step.probe_posterior is not None
        assert step.probe_gap.upper <= step.probe_posterior.lower


def test_at_the_start_gap_and_bounds_are_the_defect() -> None:
    start = certified().steps[0]
    for number in (start.defect, start.gronwall, start.uniform, start.posterior):
        assert overlap(number, start.gap)


def test_balls_stay_far_below_the_gap_and_the_precision_is_put_back() -> None:
    before = ctx.prec
    found = certified()
    assert ctx.prec == before
    assert found.prec == 128
    for step in found.steps:
        assert (step.gap.upper - step.gap.lower) < Fraction(1, 10**25) * step.gap.lower


def test_a_low_precision_is_raised(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(certify, "PRECISIONS", (8, 16, 90))
    before = cloud(1, 24)
    after = caratheodory_reduce(before, 2, exact_steps=True)
    net = network(dim=1)
    found = certified_training(net, Squares(TARGETS), before, after, rate=RATE, steps=6)
    assert found.prec == 90
    for low, high in zip(certified(dim=1).steps, found.steps, strict=True):
        assert overlap(low.gap, high.gap)


def test_a_gap_of_zero_is_not_certified() -> None:
    """tanh is odd, so this measure and its half have the same outputs, 0, before training."""
    nodes = [(Fraction(x),) for x in (-2, -1, 1, 2)]
    before = AtomicMeasure(nodes, [Fraction(1, 4)] * 4)
    after = AtomicMeasure(nodes, [Fraction(0), Fraction(1, 2), Fraction(1, 2), Fraction(0)])
    with pytest.raises(TooWide, match=r"the gap at step 0 is between 0 and .* at 2048 bits"):
        certified_training(network(dim=1), Squares(TARGETS), before, after, rate=RATE, steps=1)


GOOD = cloud(1, 6)


@pytest.mark.parametrize(
    ("changed", "text"),
    [
        ({"loss": Squares(TARGETS * 2)}, "found 6 targets for 3 inputs"),
        ({"loss": Squares(())}, "found 0 targets for 3 inputs"),
        ({"after": cloud(1, 6, seed=1)}, "expected two measures on the same nodes"),
        ({"before": cloud(2, 6), "after": cloud(2, 6)}, "found nodes of dimension 2 and 2 for"),
        ({"before": AtomicMeasure.unit(GOOD.nodes)}, "found masses 6 and 1; expected probability"),
        ({"after": GOOD}, "found the same weights twice"),
        ({"rate": Fraction(0)}, "found rate 0 and steps 3"),
        ({"steps": -1}, "found rate 1/50 and steps -1"),
        ({"steps": 10**7}, "certify a smaller network or fewer steps"),
    ],
)
def test_bad_input_is_refused(changed: dict[str, Any], text: str) -> None:
    after = AtomicMeasure(GOOD.nodes, [Fraction(1), *[Fraction(0)] * 5])
    options: dict[str, Any] = {
        "network": network(dim=1),
        "loss": Squares(TARGETS),
        "before": GOOD,
        "after": after,
        "rate": RATE,
        "steps": 3,
    }
    with pytest.raises(ValueError, match=text):
        certified_training(**{**options, **changed})


@pytest.mark.parametrize("name", ["rate", "steps"])
@pytest.mark.parametrize("wrong", [0.5, True, "1"])
def test_what_is_not_rational_is_refused(name: str, wrong: Any) -> None:
    after = AtomicMeasure(GOOD.nodes, [Fraction(1), *[Fraction(0)] * 5])
    options: dict[str, Any] = {"rate": RATE, "steps": 3, name: wrong}
    with pytest.raises(TypeError, match=r"found .* of type .*; expected a Fraction or an int"):
        certified_training(network(dim=1), Squares(TARGETS), GOOD, after, **options)


def test_inputs_in_float64_are_refused() -> None:
    wrong: Any = ((0.5,),)
    with pytest.raises(TypeError, match=r"found 0.5 of type float; expected a Fraction"):
        Network(Tanh(), wrong)


def test_balls_that_are_not_finite_are_no_result(monkeypatch: pytest.MonkeyPatch) -> None:
    """So large a rate drives 1 / (1 + e^-z) to where 40 bits say nothing."""
    monkeypatch.setattr(certify, "PRECISIONS", (40,))
    after = caratheodory_reduce(GOOD, 1, exact_steps=True)
    rows = tuple((1000 * x,) for x in PLACES)
    wild = Network(Logistic(), rows)
    with pytest.raises(TooWide, match=r"some ball is not finite at 40 bits"):
        certified_training(wild, Squares(TARGETS), GOOD, after, rate=Fraction(10**9), steps=30)


def test_a_node_that_only_the_compressed_measure_has_is_refused() -> None:
    nodes = [(Fraction(x),) for x in (0, 1, 2)]
    before = AtomicMeasure(nodes, [Fraction(1, 2), Fraction(1, 2), Fraction(0)])
    after = AtomicMeasure(nodes, [Fraction(0), Fraction(1, 2), Fraction(1, 2)])
    with pytest.raises(ValueError, match="a node that only the compressed measure has"):
        certified_training(network(dim=1), Squares(TARGETS), before, after, rate=RATE, steps=1)


@pytest.mark.parametrize("rows", [(), ((Fraction(1),), (Fraction(1), Fraction(2))), ((), ())])
def test_inputs_of_no_common_length_are_refused(rows: Any) -> None:
    with pytest.raises(ValueError, match=r"found inputs of lengths .*; expected inputs of one"):
        Network(Tanh(), rows)


def test_the_visited_region_holds_outputs_and_constants() -> None:
    found = certified(dim=2, output_weights=True)
    low, high = found.outputs
    assert low < high
    farthest = max(max(abs(low - t), abs(high - t)) for t in TARGETS)
    assert found.constants.loss_slope == farthest
    assert found.constants.slope > 1  # |v| > 1 somewhere


def test_the_visited_region_is_that_of_both_flows_at_all_steps() -> None:
    """Arguments and output weights are small, so that the constants depend on them.

    The inputs are 1 and 1/2, and all is driven up, so the last step has the largest numbers. The
    compressed measure has inner nodes only: the region is that of the full one.
    """
    small = [Fraction(j, 64) for j in range(1, 6)]
    before = AtomicMeasure([(c, c / 2) for c in small], [Fraction(1, 5)] * 5)
    after = AtomicMeasure(before.nodes, [0, Fraction(1, 2), 0, Fraction(1, 2), 0])
    net = Network(Tanh(), ((Fraction(1),), (Fraction(1, 2),)), output_weights=True)
    loss = Squares((Fraction(2), Fraction(1)))
    with ctx.workprec(128):
        flows = [train(net, loss, before, rate=Fraction(1, 4), steps=s) for s in (0, 3)]
        inner = train(net, loss, after, rate=Fraction(1, 4), steps=3)
        assert (flows[0].reach, flows[0].top) == (small[-1] / 2, small[-1])
        assert flows[1].reach > flows[0].reach and flows[1].top > flows[0].top
        assert flows[1].reach > inner.reach and flows[1].top > inner.top
        near = net.smoothness(0, reach=flows[1].reach, top=flows[1].top)
        ends = [enclosed(y) for flow in (flows[1], inner) for row in flow.outputs for y in row]
        found = certified_training(net, loss, before, after, rate=Fraction(1, 4), steps=3)
    assert (found.constants.slope, found.constants.curvature) == near
    assert found.outputs == (min(e.lower for e in ends), max(e.upper for e in ends))


def overlap(one: Enclosure, other: Enclosure) -> bool:
    return one.lower <= other.upper and other.lower <= one.upper


sizes = st.fractions(0, 3, max_denominator=20)


@given(
    st.lists(st.fractions(Fraction(1, 9), 2, max_denominator=9), min_size=1, max_size=6),
    st.builds(Constants, sizes, sizes, sizes, sizes),
    st.fractions(Fraction(1, 20), 1),
)
def test_the_first_bound_is_the_worst_that_the_two_inequalities_allow(
    defects: list[Fraction], constants: Constants, rate: Fraction
) -> None:
    """(A1) and (A2) of the argument with equality; a part left out gives less."""
    distance, worst = Fraction(0), list[Fraction]()
    for defect in defects:
        worst.append(defect + constants.slope * distance)
        stretch = rate * constants.loss_slope * constants.curvature
        pull = rate * constants.loss_curvature * constants.slope
        distance += stretch * distance + pull * worst[-1]
    balls = [ball(d) for d in defects]
    found = [enclosed(b) for b in gronwall_bounds(balls, constants, rate=rate)]
    for expected, bound in zip(worst, found, strict=True):
        assert bound.lower <= expected <= bound.upper
    upper = [enclosed(b) for b in uniform_bounds(balls, constants, rate=rate)]
    assert all(b.upper >= w for b, w in zip(upper, worst, strict=True))
    for step, bound in enumerate(upper):
        largest = (1 + rate * constants.kappa) ** step * max(defects[: step + 1])
        assert bound.lower <= largest <= bound.upper
    if len(defects) > 2 and constants.coupling and constants.loss_slope * constants.curvature:
        flat = replace(constants, curvature=Fraction(0))
        less = [enclosed(b) for b in gronwall_bounds(balls, flat, rate=rate)]
        assert less[-1].upper < worst[-1]


def test_the_later_bound_is_the_worst_that_the_inequalities_allow_at_each_input() -> None:
    """Equality in e_a = delta_a + G1_a D; D grows by eta mean_a (|l_a'| G2_a D + C2 G1_a e_a).

    The third input is a probe, which pulls nothing.
    """
    rate, bend = Fraction(1, 3), Fraction(3, 2)
    near = [Smoothness(Fraction(j, 5), Fraction(7, j)) for j in (2, 3, 4)]
    defects = [[Fraction(1, 2 + r + s) for r in range(3)] for s in range(4)]
    pulls = [(Fraction(-2, 3 + s), Fraction(s, 7)) for s in range(4)]
    found = posterior_bounds(
        [[ball(d) for d in row] for row in defects],
        [[ball(p) for p in row] for row in pulls],
        near,
        loss_curvature=bend,
        rate=rate,
    )
    distance = Fraction(0)
    for row, slopes, bounds in zip(defects, pulls, found, strict=True):
        gaps = [d + n.slope * distance for d, n in zip(row, near, strict=True)]
        for gap, bound in zip(gaps, map(enclosed, bounds), strict=True):
            assert bound.lower <= gap <= bound.upper
        trained = zip(slopes, near[:2], gaps[:2], strict=True)
        drifts = [abs(p) * n.curvature * distance + bend * n.slope * e for p, n, e in trained]
        distance += rate * sum(drifts, Fraction(0)) / 2
