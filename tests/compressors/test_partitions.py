"""Every node with a weight stands in exactly one cell, whatever the cells are like."""

from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ucomp_verify.compressors import Partition
from ucomp_verify.compressors.partitions import (
    cells_within,
    centred_points,
    cubes_a_side,
    nodes_kept,
    partition,
    support_of,
)
from ucomp_verify.measures import AtomicMeasure, FloatMeasure, exact_measure
from ucomp_verify.strategies import exact_measures

KINDS = st.sampled_from(list(Partition))


def cloud(count: int, dim: int, *, seed: int = 0) -> Any:
    return np.random.default_rng(seed).uniform(-1, 1, (count, dim))


def sides(points: Any, cells: Any) -> list[float]:
    """The widest side of each cell."""
    return [float(np.ptp(points[cell], axis=0).max()) for cell in cells]


@given(measure=exact_measures(), count=st.integers(1, 30), kind=KINDS, seed=st.integers(0, 3))
def test_cells_are_a_partition(
    measure: AtomicMeasure, count: int, kind: Partition, seed: int
) -> None:
    support = support_of(measure)
    assert tuple(support.tolist()) == measure.support
    points = centred_points(measure, support)
    cells = partition(points, count, kind, seed=seed)
    assert 1 <= len(cells) <= count and all(len(cell) for cell in cells)
    assert sorted(np.concatenate(cells).tolist()) == list(range(len(points)))
    assert all((np.diff(cell) > 0).all() for cell in cells)
    again = partition(points, count, kind, seed=seed)
    assert all(np.array_equal(a, b) for a, b in zip(cells, again, strict=True))


@given(
    measure=exact_measures(),
    size=st.integers(1, 30),
    rank=st.integers(1, 5),
    kind=KINDS,
)
def test_cells_fit_the_size_unless_they_are_one(
    measure: AtomicMeasure, size: int, rank: int, kind: Partition
) -> None:
    points = centred_points(measure, support_of(measure))
    cells = cells_within(points, size, rank, kind)
    assert nodes_kept(cells, rank) <= max(size, rank)
    assert sorted(np.concatenate(cells).tolist()) == list(range(len(points)))


def test_the_support_leaves_out_nodes_of_weight_zero() -> None:
    nodes = cloud(4, 2)
    assert support_of(FloatMeasure(nodes)).tolist() == [0, 1, 2, 3]
    measure = FloatMeasure(nodes, np.array([0.0, 1.0, 0.0, 2.0]))
    assert support_of(measure).tolist() == [1, 3]
    assert support_of(measure.exact()).tolist() == [1, 3]


@pytest.mark.parametrize("scale", [1e-300, 1.0, 1e308])
@pytest.mark.parametrize("offset", [0.0, 0.5])
def test_centred_points_keep_their_shape(scale: float, offset: float) -> None:
    """All axes are scaled alike, for numbers near the ends of the range of float64, too."""
    nodes = (cloud(50, 2) * np.array([1.0, 0.1]) * 0.5 + offset) * scale
    measure = FloatMeasure(nodes)
    points = centred_points(measure, support_of(measure))
    assert np.abs(points).max() == 1
    spread = np.ptp(points, axis=0)
    assert spread[0] == pytest.approx(2) and 0.15 < spread[1] < 0.25
    exact = centred_points(exact_measure(nodes), support_of(measure))
    np.testing.assert_allclose(points, exact, atol=1e-14)


def test_nodes_far_away_are_centred() -> None:
    measure = FloatMeasure(1e6 + 1e-3 * cloud(100, 3))
    points = centred_points(measure, support_of(measure))
    np.testing.assert_allclose(points.max(axis=0), -points.min(axis=0), atol=1e-6)


def test_one_point_is_centred() -> None:
    same = AtomicMeasure.unit([(Fraction(1, 3), 2)] * 5)
    for measure in (same, FloatMeasure(np.full((5, 2), 7.0))):
        assert not centred_points(measure, support_of(measure)).any()


@pytest.mark.parametrize(("count", "dim"), [(7, 1), (64, 2), (50, 3), (100, 5)])
def test_kd_cells_have_nearly_equal_counts(count: int, dim: int) -> None:
    sizes = [len(cell) for cell in partition(cloud(2000, dim), count, Partition.KD)]
    assert len(sizes) == count
    assert max(sizes) - min(sizes) <= 2


def test_grid_cells_are_half_open_cubes() -> None:
    points = np.array([[-1.0, 0], [-1e-9, 0], [0.0, 0], [0.5, 0], [1.0, 0]])
    cells = partition(points, 8, Partition.GRID)
    assert [cell.tolist() for cell in cells] == [[0, 1], [2, 3, 4]]
    points = cloud(5000, 3)
    assert max(sides(points, partition(points, 5**3 + 1, Partition.GRID))) <= 2 / 5 + 1e-12


@pytest.mark.parametrize("kind", [Partition.KD, Partition.KMEANS, Partition.GRID])
def test_cells_of_neighbours_are_small_and_random_ones_are_not(kind: Partition) -> None:
    points = cloud(4000, 2)
    assert max(sides(points, partition(points, 64, kind))) < 0.6
    assert min(sides(points, partition(points, 64, Partition.RANDOM))) > 1.2


def test_kmeans_lowers_the_sum_of_squares() -> None:
    points = cloud(3000, 3)

    def squares(kind: Partition) -> float:
        cells = partition(points, 40, kind)
        return sum(float(((points[c] - points[c].mean(axis=0)) ** 2).sum()) for c in cells)

    assert squares(Partition.KMEANS) < 0.95 * squares(Partition.KD)


def test_kmeans_finds_clusters() -> None:
    points = np.repeat([[-1.0, 0.0], [1.0, 0.0], [0.0, 1.0]], [500, 20, 20], axis=0)
    points = points + 0.01 * cloud(540, 2)
    assert sorted(map(len, partition(points, 3, Partition.KMEANS))) == [20, 20, 500]


def test_room_is_used_for_more_cells() -> None:
    """Three of four cubes of a grid are nearly empty, so a finer grid fits the size."""
    points = np.concatenate([0.05 * cloud(400, 2) - 0.95, np.eye(2)])
    cells = cells_within(points, 45, 10, Partition.GRID)
    assert len(cells) > 4 and nodes_kept(cells, 10) <= 45


def test_the_seed_decides_drawn_cells_alone() -> None:
    points = cloud(100, 2)
    for kind in Partition:
        first, second = (partition(points, 5, kind, seed=seed) for seed in (0, 1))
        same = all(np.array_equal(a, b) for a, b in zip(first, second, strict=True))
        assert same == (kind in {Partition.KD, Partition.GRID})


def test_cubes_a_side_is_the_integer_root() -> None:
    for dim in range(1, 5):
        for count in range(1, 200):
            side = cubes_a_side(count, dim)
            assert side**dim <= count < (side + 1) ** dim
