"""Plans before any run: they are the least ones, and what they promise comes true."""

from fractions import Fraction
from math import ceil, log2, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.dynamics.test_certified_training import RATE, TARGETS, cloud, network
from ucomp_verify.caratheodory import caratheodory_reduce
from ucomp_verify.dynamics.certified import (
    AnalyticNetwork,
    Constants,
    LogCosh,
    Network,
    Squares,
    Tanh,
    analytic_network,
    certified_training,
    defect_bound,
    plan,
)

REAL = Constants(Fraction(1), Fraction(1), Fraction(1), Fraction(3, 4))
EASY = AnalyticNetwork(2, Fraction(1), Fraction(1), Fraction(4), REAL)
OTHER = AnalyticNetwork(
    3,
    Fraction(2, 3),
    Fraction(3, 2),
    Fraction(5, 2),
    Constants(Fraction(4, 3), Fraction(1, 2), Fraction(3, 4), Fraction(7, 5)),
)
"""No number is 1, so that none can be left out."""


def test_a_plan_by_hand() -> None:
    found = plan(EASY, half_side=Fraction(1), rate=Fraction(1, 4), steps=1, error=Fraction(1, 16))
    # n = ceil(2 sqrt 2 * 2) = 6; log2(64 * (1 + 7/16)) = 6.52
    assert (found.side, found.degree, found.size) == (6, 6, 42**2)


@given(
    st.sampled_from([EASY, OTHER]),
    st.fractions(Fraction(1, 5), 3, max_denominator=9),
    st.fractions(Fraction(1, 50), Fraction(1, 5), max_denominator=50),
    st.integers(0, 12),
    st.fractions(Fraction(1, 1000), 2, max_denominator=1000),
)
def test_plans_are_those_of_the_formula(
    net: AnalyticNetwork, half_side: Fraction, rate: Fraction, steps: int, error: Fraction
) -> None:
    found = plan(net, half_side=half_side, rate=rate, steps=steps, error=error)
    stretch = (1 + rate * net.real.loss_slope * net.curvature) ** steps
    side = 2 * half_side * sqrt(net.dim) * stretch / net.radius
    assert found.side in {ceil(side * (1 - 1e-12)), ceil(side * (1 + 1e-12))}
    doublings = log2(4 * net.size * (1 + rate * net.real.kappa) ** steps / error)
    assert found.degree + 1 in {max(1, ceil(doublings + e)) for e in (-1e-9, 1e-9)}
    assert found.size == (found.side * (found.degree + 1)) ** net.dim


def test_a_bound_of_the_defect_by_hand() -> None:
    """(1 + 1/10 4/3 5/2)^2 = 16/9; q = (1/8) (16/9) / (2/3) = 1/3; 2 (3/2) q^4 / (1 - q) = 1/18."""
    found = defect_bound(OTHER, cell_radius=Fraction(1, 8), degree=3, rate=Fraction(1, 10), step=2)
    assert found == Fraction(1, 18)


def test_the_constants_of_a_network_by_hand() -> None:
    """tanh(<w, x>) for |x| = 3/2 and 1/2: the longest input counts; outputs are in [-1, 1]."""
    net = Network(Tanh(), ((Fraction(3, 2), Fraction(0)), (Fraction(0), Fraction(1, 2))))
    loss, length = Squares((Fraction(1, 2), Fraction(1, 4)), Fraction(3)), Fraction(3, 2)
    found = analytic_network(net, loss, radius=Fraction(1, 4))
    curved, strip = Fraction(77, 100), Tanh().curvature_in_strip(Fraction(3, 8))
    assert found == AnalyticNetwork(
        2,
        Fraction(1, 4),
        Fraction(1),
        strip * length**2,
        Constants(Fraction(9, 2), Fraction(3), length, curved * length**2),
    )


def test_cells_shrink_as_training_goes_on() -> None:
    sides = [
        plan(EASY, half_side=Fraction(1), rate=RATE, steps=steps, error=Fraction(1)).side
        for steps in range(0, 60, 10)
    ]
    assert sides == sorted(sides) and sides[-1] > 30 * sides[0]


@pytest.mark.parametrize("soft", [False, True])
def test_defects_stay_below_their_bound_before_the_run(soft: bool) -> None:
    loss = LogCosh(TARGETS) if soft else Squares(TARGETS)
    net = network(dim=1)
    before = cloud(1, 40)
    before = type(before)([(w / 8,) for (w,) in before.nodes], before.weights)  # in [-1/4, 1/4]
    after = caratheodory_reduce(before, 4, exact_steps=True)
    analytic = analytic_network(net, loss, radius=Fraction(1, 2))
    found = certified_training(net, loss, before, after, rate=RATE, steps=8)
    for step in found.steps:
        radius = Fraction(1, 4)
        assert step.defect.upper <= defect_bound(
            analytic, cell_radius=radius, degree=4, rate=RATE, step=step.step
        )
        assert step.defect.lower > defect_bound(  # as if more moments agreed, in smaller cells
            analytic, cell_radius=radius / 4, degree=12, rate=RATE, step=step.step
        )


def test_cells_that_are_too_large_are_refused() -> None:
    with pytest.raises(ValueError, match="found q = 1; expected less than 1: take smaller cells"):
        defect_bound(EASY, cell_radius=Fraction(1), degree=3, rate=RATE, step=0)


def test_output_weights_have_no_plan() -> None:
    with pytest.raises(ValueError, match=r"found output weights; expected g = phi"):
        analytic_network(
            network(dim=2, output_weights=True), Squares(TARGETS), radius=Fraction(1, 2)
        )


def test_a_neighbourhood_with_a_pole_is_refused() -> None:
    with pytest.raises(ValueError, match="found the half width"):
        analytic_network(network(dim=1), Squares(TARGETS), radius=Fraction(9, 10))


@pytest.mark.parametrize(
    ("name", "wrong"), [("half_side", 0), ("rate", -1), ("error", 0), ("steps", -1)]
)
def test_bad_input_is_refused(name: str, wrong: int) -> None:
    options = {"half_side": Fraction(1), "rate": RATE, "error": Fraction(1), "steps": 1}
    with pytest.raises(ValueError, match=r"found half side .*; expected numbers > 0"):
        plan(EASY, **{**options, name: wrong})  # pyright: ignore[reportArgumentType]  on purpose
