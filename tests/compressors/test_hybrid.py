"""Signed cells, then the greedy algorithm, then polishing: exact moments, higher ones close."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.compressors.promises import (
    assert_exact_compression,
    assert_seed_decides,
    cloud,
    mean_gain,
    mismatch,
)
from ucomp_verify.algebra import num_monomials
from ucomp_verify.caratheodory.reduction import Arithmetic
from ucomp_verify.compressors.hybrid import Hybrid
from ucomp_verify.compressors.partitions import Partition
from ucomp_verify.measures import AtomicMeasure, BallWeights, FloatMeasure
from ucomp_verify.strategies import degrees, exact_measures, float_measures


@given(
    measure=float_measures(max_nodes=60),
    degree=degrees(max_degree=3),
    factor=st.integers(1, 3),
    polish=st.booleans(),
    partition=st.sampled_from(list(Partition)),
)
def test_moments_are_exact(
    measure: FloatMeasure, degree: int, factor: int, polish: bool, partition: Partition
) -> None:
    size = factor * num_monomials(measure.dim, degree)
    after = Hybrid(partition=partition, polish=polish).compress(measure, degree=degree, size=size)
    assert_exact_compression(after, size=size)


@given(measure=exact_measures(), degree=degrees(max_degree=2))
def test_moments_of_exact_measures_are_exact(measure: AtomicMeasure, degree: int) -> None:
    size = num_monomials(measure.dim, degree)
    assert_exact_compression(Hybrid().compress(measure, degree=degree, size=size), size=size)


@pytest.mark.parametrize("polish", [False, True])
@pytest.mark.parametrize("size", [10, 33, 60, 150, 299, 300])
def test_the_size_is_attained(size: int, polish: bool) -> None:
    after = Hybrid(polish=polish).compress(cloud(300, 2), degree=3, size=size)
    assert len(after) == size
    assert_exact_compression(after, size=size)


def test_the_size_is_attained_where_moments_depend_on_each_other() -> None:
    """Cells on a line keep 5 nodes each, not 15; more of them are taken."""
    line = FloatMeasure(np.outer(np.arange(500.0), [1.0, 2.0]))
    after = Hybrid().compress(line, degree=4, size=40)
    assert len(after) == 40
    assert_exact_compression(after, size=40)


def test_too_small_a_size_is_refused() -> None:
    with pytest.raises(ValueError, match="found the size 9; expected at least 10"):
        Hybrid().compress(cloud(50, 2), degree=3, size=9)


def test_polishing_restores_higher_moments() -> None:
    measure = cloud(1000, 2)
    plain, polished = (
        mismatch(Hybrid(polish=polish).compress(measure, degree=3, size=100), 3, 5)
        for polish in (False, True)
    )
    assert polished < 1e-14 < 1e-6 < plain


def test_balancing_keeps_higher_moments_closer() -> None:
    plain, balanced = Hybrid(polish=False, balance=0), Hybrid(polish=False, balance=2)
    assert mean_gain(plain, balanced, nodes=600, size=60, order=4) > 1.5


def test_the_seed_decides() -> None:
    measure = cloud(300, 2)
    assert_seed_decides(lambda seed: Hybrid().compress(measure, degree=3, size=40, seed=seed))


def test_balls_hold_the_exact_weights() -> None:
    measure = cloud(400, 3)
    exact, balls = (
        Hybrid(arithmetic=arithmetic).compress(measure, degree=3, size=80)
        for arithmetic in (Arithmetic.EXACT, Arithmetic.BALLS)
    )
    assert exact.indices == balls.indices
    assert isinstance(balls.weights, BallWeights)
    assert balls.weights.radii.count(0) == 60
    for true, middle, radius in zip(
        exact.weights.values, balls.weights.values, balls.weights.radii, strict=True
    ):
        assert abs(true - middle) <= radius <= middle / 10**30


def test_weights_of_any_size() -> None:
    """What float64 cannot weigh beside the rest still has its exact moments in the result."""
    weights = 10.0 ** np.random.default_rng(0).uniform(-200, 200, 80)
    after = Hybrid().compress(FloatMeasure(cloud(80, 2).nodes, weights), degree=2, size=12)
    assert_exact_compression(after, size=12)


def test_a_measure_of_no_mass() -> None:
    nothing = FloatMeasure(cloud(5, 2).nodes, np.zeros(5))
    assert Hybrid().compress(nothing, degree=2, size=3).indices == ()
