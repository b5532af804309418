"""Algorithm 1: exact global moments on as many nodes as asked for, smallest clusters first."""

from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.compressors.promises import (
    assert_exact_compression,
    assert_seed_decides,
    cloud,
    mean_gain,
)
from ucomp_verify.algebra import num_monomials
from ucomp_verify.caratheodory.reduction import Arithmetic
from ucomp_verify.compressors import balanced
from ucomp_verify.compressors.balanced import BalancedCells
from ucomp_verify.compressors.base import AbstractCompressor
from ucomp_verify.compressors.greedy import Greedy
from ucomp_verify.compressors.hybrid import Hybrid
from ucomp_verify.compressors.neighbours import SLACK, clusters
from ucomp_verify.compressors.unbiased import UnbiasedReduction
from ucomp_verify.measures import AtomicMeasure, BallWeights, FloatMeasure, FloatWeights
from ucomp_verify.strategies import degrees, exact_measures, float_measures

WINDOWS = [None, 1, 5]


@given(
    measure=float_measures(),
    degree=degrees(max_degree=3),
    factor=st.integers(1, 3),
    window=st.sampled_from(WINDOWS),
    seed=st.integers(0, 3),
)
def test_moments_are_exact(
    measure: FloatMeasure, degree: int, factor: int, window: int | None, seed: int
) -> None:
    size = factor * num_monomials(measure.dim, degree)
    after = Greedy(window=window).compress(measure, degree=degree, size=size, seed=seed)
    assert_exact_compression(after, size=size)
    assert after.degree == degree


@given(measure=exact_measures(), degree=degrees(max_degree=3), factor=st.integers(1, 2))
def test_moments_of_exact_measures_are_exact(
    measure: AtomicMeasure, degree: int, factor: int
) -> None:
    size = factor * num_monomials(measure.dim, degree)
    assert_exact_compression(Greedy().compress(measure, degree=degree, size=size), size=size)


@pytest.mark.parametrize("window", WINDOWS)
@pytest.mark.parametrize("size", [10, 11, 17, 64, 99, 100, 1000])
def test_the_size_is_attained(size: int, window: int | None) -> None:
    after = Greedy(window=window).compress(cloud(100, 2), degree=3, size=size)
    assert len(after) == min(size, 100)
    assert_exact_compression(after, size=size)


def test_without_a_size_as_many_nodes_as_moments() -> None:
    assert len(Greedy().compress(cloud(100, 2), degree=3)) == 10


@pytest.mark.parametrize("size", [3, 5])
def test_too_small_a_size_is_refused(size: int) -> None:
    """With fewer nodes than moments Algorithm 1 would be stuck (it reaches no d' < N)."""
    measure = FloatMeasure(np.arange(10.0).reshape(10, 1))
    with pytest.raises(ValueError, match=f"found the size {size}; expected at least 6"):
        Greedy().compress(measure, degree=5, size=size)


def test_what_counts_are_the_independent_moments() -> None:
    """On a line in the plane there are 5 of degree 4, not 15."""
    line = FloatMeasure(np.outer(np.arange(40.0), [1.0, 3.0]))
    for size in (5, 7, 20):
        after = Greedy().compress(line, degree=4, size=size)
        assert len(after) == size
        assert_exact_compression(after, size=size)
    with pytest.raises(ValueError, match="found the size 4; expected at least 5, the number"):
        Greedy().compress(line, degree=4, size=4)


@pytest.mark.parametrize(
    "compressor", [Greedy(), Hybrid(), BalancedCells(), UnbiasedReduction()], ids=repr
)
def test_a_circle_up_to_rounding(compressor: AbstractCompressor) -> None:
    """Exactly it has 15 independent moments, in float64 9: no size between is attained by luck."""
    angles = np.linspace(0, 6, 100)
    circle = FloatMeasure(np.stack([np.cos(angles), np.sin(angles)], axis=1))
    with pytest.raises(ValueError, match="found the size 10; expected at least 15, the number of"):
        compressor.compress(circle, degree=4, size=10)
    assert_exact_compression(compressor.compress(circle, degree=4, size=20), size=20)


def test_the_printed_algorithm_removes_one_node_at_a_time() -> None:
    """So that each result starts from the one before."""
    supports = [
        set(Greedy(window=1).compress(cloud(40, 2), degree=2, size=size).indices)
        for size in range(6, 40)
    ]
    for small, large in pairwise(supports):
        assert small < large and len(large - small) == 1


def test_far_nodes_are_left_alone() -> None:
    """Smallest clusters first: the dense part is thinned, the sparse one is not."""
    dense = np.random.default_rng(0).uniform(-1, 1, (200, 1))
    sparse = np.linspace(50, 100, 20)[:, None]
    after = Greedy(balance=0).compress(FloatMeasure(np.vstack([dense, sparse])), degree=3, size=60)
    assert set(range(200, 220)) <= set(after.indices)


def test_balancing_keeps_higher_moments_closer() -> None:
    plain, balanced = Greedy(balance=0), Greedy(balance=2)
    assert mean_gain(plain, balanced, nodes=150, size=40, order=4) > 1.5


def test_the_seed_decides() -> None:
    measure = cloud(200, 2)
    assert_seed_decides(
        lambda seed: Greedy(window=5).compress(measure, degree=3, size=50, seed=seed)
    )


def test_arithmetics_agree() -> None:
    measure = cloud(120, 2)
    exact, balls, floats = (
        Greedy(arithmetic=arithmetic).compress(measure, degree=3, size=30)
        for arithmetic in (Arithmetic.EXACT, Arithmetic.BALLS, Arithmetic.FLOAT)
    )
    assert exact.indices == balls.indices == floats.indices
    assert isinstance(balls.weights, BallWeights) and isinstance(floats.weights, FloatWeights)
    radii = balls.weights.radii
    for true, middle, radius in zip(exact.weights.values, balls.weights.values, radii, strict=True):
        assert abs(true - middle) <= radius <= middle / 10**30
    assert radii.count(0) == 20  # frozen
    np.testing.assert_allclose(floats.rounded(), exact.rounded(), rtol=1e-10)


def test_the_input_is_left_as_it_is() -> None:
    nodes, weights = cloud(60, 2).nodes, np.linspace(0, 1, 60)
    nodes.flags.writeable = weights.flags.writeable = False
    after = Greedy().compress(FloatMeasure(nodes, weights), degree=2, size=12)
    assert_exact_compression(after, size=12)


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        ({"degree": -1}, "found the degree -1; expected an integer >= 0"),
        ({"degree": 1, "size": 0}, "found the size 0; expected an integer >= 1"),
    ],
)
def test_bad_arguments_are_refused(arguments: dict[str, Any], reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        Greedy().compress(cloud(9, 1), **arguments)


@pytest.mark.parametrize(
    ("compressor", "reason"),
    [
        (Greedy(window=0), "found the window 0; expected an integer >= 1, or None"),
        (Hybrid(window=-1), "found the window -1; expected an integer >= 1"),
        (Greedy(balance=-1), "found -1 degrees to balance; expected an integer >= 0"),
        (BalancedCells(balance=-1), "found -1 degrees to balance"),
    ],
    ids=repr,
)
def test_bad_settings_are_refused(compressor: AbstractCompressor, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        compressor.compress(cloud(40, 1), degree=1, size=4)


def test_the_first_cluster_is_nearly_the_smallest() -> None:
    points, alive = cloud(80, 2).nodes, np.ones(80, dtype=np.bool_)
    first = next(clusters(points, alive, 9))
    distances = np.sort(np.linalg.norm(points[:, None] - points, axis=2), axis=1)
    radius = np.linalg.norm(points[first] - points[first[0]], axis=1).max()
    assert len(first) == 9
    assert radius <= SLACK * distances[:, 8].min()


def test_clusters_hold_nodes_alive_and_end() -> None:
    points, alive = cloud(50, 2).nodes, np.ones(50, dtype=np.bool_)
    for cluster in clusters(points, alive, 6):
        assert alive[cluster].all() and len(set(cluster.tolist())) == len(cluster)
        assert len(cluster) == min(6, alive.sum())
        alive[cluster[-1]] = False
    assert not alive.any()


def test_clusters_end_when_nothing_is_removed() -> None:
    alive = np.ones(30, dtype=np.bool_)
    assert len(list(clusters(cloud(30, 2).nodes, alive, 5))) == 30


@pytest.mark.parametrize("window", [None, 8])
def test_many_more_nodes_than_asked_for(
    monkeypatch: pytest.MonkeyPatch, window: int | None
) -> None:
    """Small cells come first, unless a window asks for the printed order of steps."""
    left: list[int] = []
    original = balanced.steer_cells

    def watched(*arguments: Any, **options: Any) -> Any:
        weights = original(*arguments, **options)
        left.append(int((weights > 0).sum()))
        return weights

    monkeypatch.setattr(balanced, "steer_cells", watched)
    measure = FloatMeasure(np.random.default_rng(4).uniform(-1, 1, (1500, 2)))
    after = Greedy(window=window).compress(measure, degree=1, size=10)
    assert len(after) == 10
    assert [count <= 640 for count in left] == ([True] if window is None else [])
    assert_exact_compression(after, size=10)
