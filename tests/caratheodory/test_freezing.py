"""Frozen weights stay as they are, a few others make every moment exact."""

from collections.abc import Callable
from fractions import Fraction
from typing import cast

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.compressors.promises import assert_exact_compression, cloud, exactly
from ucomp_verify.algebra import num_monomials
from ucomp_verify.caratheodory.freezing import Precision, difference, freeze, settle, with_weights
from ucomp_verify.caratheodory.reduction import Arithmetic
from ucomp_verify.measures import (
    AtomicMeasure,
    BallWeights,
    Compression,
    ExactWeights,
    FloatMeasure,
    FloatWeights,
    Measure,
    Moments,
    exact_moments,
    frame_of,
)
from ucomp_verify.strategies import float_measures

EXACT = Precision()
BALLS = Precision(Arithmetic.BALLS, 40)


def _near(measure: Measure, seed: int = 0) -> tuple[list[int], list[Fraction]]:
    """All nodes of the support, with weights off by a relative 1e-13 or so."""
    source = exactly(measure)
    draw = np.random.default_rng(seed)
    nodes = list(source.support)
    return nodes, [
        Fraction(float(source.weights[i]) * (1 + 1e-13 * draw.uniform(-1, 1))) for i in nodes
    ]


@pytest.mark.parametrize("precision", [EXACT, BALLS])
@pytest.mark.parametrize(("nodes", "dim", "degree"), [(30, 1, 5), (60, 2, 3), (80, 3, 3)])
def test_all_but_the_rank_are_frozen(
    nodes: int, dim: int, degree: int, precision: Precision
) -> None:
    measure = cloud(nodes, dim)
    indices, weights = _near(measure)
    after = freeze(measure, degree, indices, weights, precision)
    assert after.indices == tuple(indices)
    values = [Fraction(v) for v in after.weights.values]
    changed = [i for i in indices if values[i] != weights[i]]
    assert len(changed) == num_monomials(dim, degree)
    assert max(abs(values[i] - weights[i]) for i in changed) < 1e-11


def test_moments_are_exact() -> None:
    measure = FloatMeasure(cloud(60, 2).nodes, np.linspace(1, 3, 60))
    after = freeze(measure, 3, *_near(measure), EXACT)
    assert_exact_compression(after, size=60)


@given(measure=float_measures(), degree=st.integers(0, 3), seed=st.integers(0, 9))
def test_moments_are_exact_on_any_data(measure: FloatMeasure, degree: int, seed: int) -> None:
    after = freeze(measure, degree, *_near(measure, seed), EXACT)
    assert_exact_compression(after, size=len(measure))


def test_frozen_balls_have_radius_0_and_hold_the_exact_weights() -> None:
    measure = cloud(60, 2)
    exact = freeze(measure, 3, *_near(measure), EXACT)
    balls = freeze(measure, 3, *_near(measure), BALLS)
    assert isinstance(exact.weights, ExactWeights) and isinstance(balls.weights, BallWeights)
    assert balls.weights.radii.count(Fraction(0)) == 50
    for true, middle, radius in zip(
        exact.weights.values, balls.weights.values, balls.weights.radii, strict=True
    ):
        assert abs(true - middle) <= radius <= middle / 10**40


@pytest.mark.parametrize("precision", [EXACT, BALLS])
def test_hopeless_weights_are_repaired(precision: Precision) -> None:
    """All the mass at one end: no frozen weights can be right."""
    measure = cloud(40, 1)
    order = np.argsort(measure.nodes[:, 0])
    wrong = [Fraction(40)] * 20
    after = freeze(measure, 3, order[:20].tolist(), wrong, precision)
    if precision is EXACT:
        assert_exact_compression(after, size=40)
    assert len(after) <= 20


def test_dependent_moments() -> None:
    """On a lattice with 3 nodes a side x^3 is a combination of x and x^2."""
    axis = np.arange(3.0)
    grid = np.stack([a.ravel() for a in np.meshgrid(axis, axis)], axis=1)
    measure = FloatMeasure(np.vstack([grid] * 4))
    indices, weights = _near(measure)
    after = freeze(measure, 3, indices, weights, EXACT)
    assert_exact_compression(after, size=36)
    changed = [i for i in indices if after.weights.values[i] != weights[i]]
    assert len(after) == 36 and len(changed) <= 8  # x^a y^b with a, b <= 2 and a + b <= 3


def test_float_weights_are_only_rounded() -> None:
    measure = cloud(10, 1)
    after = freeze(measure, 2, [7, 2], [Fraction(3), Fraction(1, 2)], Precision(Arithmetic.FLOAT))
    assert after.indices == (2, 7)
    assert after.weights == FloatWeights((0.5, 3.0))


def test_settling_solves_for_all() -> None:
    measure = cloud(50, 1)
    reduced = freeze(measure, 4, [0, 10, 20, 30, 40], [Fraction(10)] * 5, EXACT)
    again = settle(measure, 4, reduced.indices, cast("ExactWeights", reduced.weights).values, EXACT)
    assert again.weights == reduced.weights


@given(
    total=st.fractions(Fraction(1, 60), 60, max_denominator=60),
    part=st.fractions(Fraction(1, 60), 60, max_denominator=60),
    values=st.tuples(st.integers(-99, 99), st.integers(-99, 99)),
)
def test_differences_are_exact(total: Fraction, part: Fraction, values: tuple[int, int]) -> None:
    frame = frame_of(cloud(3, 1))
    left = difference(Moments(frame, 0, total, values[:1]), Moments(frame, 0, part, values[1:]))
    assert left.unit * left.values[0] == total * values[0] - part * values[1]


def test_weights_that_no_float_holds() -> None:
    measure, weight = cloud(4, 2), Fraction(1, 3)
    part = with_weights(measure, [1, 3], [weight, weight])
    assert isinstance(part, AtomicMeasure)
    moments = exact_moments(part, 0)
    assert moments.unit * moments.values[0] == Fraction(2, 3)


@pytest.mark.parametrize("precision", [EXACT, BALLS])
@pytest.mark.parametrize("weights", [(100, 90), (4, 3), (3, 3)])
def test_weights_that_leave_no_mass_are_repaired(
    weights: tuple[int, int], precision: Precision
) -> None:
    """What is not frozen would have to be negative, or 0."""
    measure = FloatMeasure(np.array([[0.0], [1.0], [2.0]]))
    after = freeze(measure, 0, [0, 1], list(map(Fraction, weights)), precision)
    assert sum(after.rule.weights) == 3
    assert min(after.rule.weights) > 0


@pytest.mark.parametrize("precision", [EXACT, BALLS])
@pytest.mark.parametrize("way", [freeze, settle])
@pytest.mark.parametrize(
    ("indices", "weights", "reason"),
    [
        (
            [0, 0, 1],
            [1, 1, 1],
            r"found the indices \(0, 0, 1\) for 3 nodes; expected distinct ones",
        ),
        ([0, -1], [2, 1], r"found the indices \(-1, 0\) for 3 nodes; .* from 0 to 2"),
        ([0, 3], [2, 1], r"found the indices \(0, 3\) for 3 nodes"),
        ([0, 1, 2], [2, 0, 1], "found 3 weights for 3 nodes, the least 0; expected one > 0"),
        ([0, 1, 2], [2, -1, 2], "the least -1; expected one > 0"),
        ([0, 1], [2, 1, 1], "found 3 weights for 2 nodes"),
    ],
)
def test_what_is_no_rule_is_refused(
    way: Callable[..., Compression],
    indices: list[int],
    weights: list[int],
    reason: str,
    precision: Precision,
) -> None:
    measure = FloatMeasure(np.array([[0.0], [1.0], [2.0]]))
    with pytest.raises(ValueError, match=reason):
        way(measure, 0, indices, list(map(Fraction, weights)), precision)


def test_no_nodes_are_repaired() -> None:
    after = freeze(FloatMeasure(np.array([[0.0], [1.0], [2.0]])), 1, [], [], EXACT)
    assert_exact_compression(after, size=3)


@pytest.mark.parametrize("precision", [EXACT, BALLS])
def test_nodes_that_occur_twice(precision: Precision) -> None:
    """Equal nodes may both be frozen, both be solved for, or one of them; mass as it was."""
    measure = FloatMeasure(np.repeat(cloud(15, 2).nodes, 3, axis=0))
    after = freeze(measure, 3, *_near(measure), precision)
    assert min(after.rule.weights) > 0
    if precision is EXACT:
        assert_exact_compression(after, size=45)
        return
    assert isinstance(after.weights, BallWeights)
    middle = sum(after.weights.values)
    assert 0 < abs(middle - 45) <= sum(after.weights.radii) < Fraction(1, 10**39)
