"""Signed one-shot cells: each keeps its moments exactly, the whole its higher ones closely."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.compressors.promises import (
    assert_exact_compression,
    assert_seed_decides,
    cloud,
    exactly,
    mean_gain,
)
from ucomp_verify.algebra import num_monomials
from ucomp_verify.caratheodory.reduction import Arithmetic
from ucomp_verify.compressors.balanced import BalancedCells
from ucomp_verify.compressors.partitions import Partition
from ucomp_verify.kernel import check
from ucomp_verify.measures import (
    AtomicMeasure,
    BallWeights,
    Compression,
    ExactWeights,
    FloatMeasure,
    cubature_certificate,
)
from ucomp_verify.strategies import degrees, exact_measures, float_measures


@given(
    measure=float_measures(max_nodes=60),
    degree=degrees(max_degree=3),
    factor=st.integers(1, 3),
    partition=st.sampled_from(list(Partition)),
)
def test_moments_of_every_cell_are_exact(
    measure: FloatMeasure, degree: int, factor: int, partition: Partition
) -> None:
    size = factor * num_monomials(measure.dim, degree)
    after = BalancedCells(partition=partition).compress(measure, degree=degree, size=size)
    assert_exact_compression(after, size=size)
    _assert_cells(after)


def _assert_cells(after: Compression) -> None:
    """The cells are a partition of the support, and each keeps its own moments."""
    source, result = exactly(after.source), after.to_atomic()
    cells = [[int(i) for i in cell] for cell in after.cells]
    assert sorted(i for cell in cells for i in cell) == list(source.support)
    for cell in cells:
        nodes = [source.nodes[i] for i in cell]
        before = AtomicMeasure(nodes, [source.weights[i] for i in cell])
        kept = AtomicMeasure(nodes, [result.weights[i] for i in cell])
        check(cubature_certificate(before, kept, after.degree))


@given(measure=exact_measures(), degree=degrees(max_degree=2), factor=st.integers(1, 3))
def test_moments_of_exact_measures_are_exact(
    measure: AtomicMeasure, degree: int, factor: int
) -> None:
    size = factor * num_monomials(measure.dim, degree)
    after = BalancedCells().compress(measure, degree=degree, size=size)
    assert_exact_compression(after, size=size)
    _assert_cells(after)


def test_as_many_nodes_as_full_cells_have() -> None:
    after = BalancedCells().compress(cloud(400, 2), degree=3, size=55)
    assert len(after.cells) == 5 and len(after) == 50
    assert len(BalancedCells().compress(cloud(400, 2), degree=3)) == 10


def test_balancing_keeps_the_next_moments_closer() -> None:
    plain, balanced = BalancedCells(balance=0), BalancedCells(balance=2)
    assert mean_gain(plain, balanced, nodes=600, size=60, order=3) > 2


def test_too_small_a_size_is_refused() -> None:
    with pytest.raises(ValueError, match="found the size 9; expected at least 10"):
        BalancedCells().compress(cloud(50, 2), degree=3, size=9)


def test_the_seed_decides() -> None:
    measure = cloud(300, 2)
    assert_seed_decides(
        lambda seed: BalancedCells().compress(measure, degree=2, size=30, seed=seed)
    )


def test_balls_hold_the_exact_weights() -> None:
    exact, balls = (
        BalancedCells(arithmetic=arithmetic).compress(cloud(200, 2), degree=3, size=40)
        for arithmetic in (Arithmetic.EXACT, Arithmetic.BALLS)
    )
    assert exact.indices == balls.indices
    assert isinstance(exact.weights, ExactWeights) and isinstance(balls.weights, BallWeights)
    for true, middle, radius in zip(
        exact.weights.values, balls.weights.values, balls.weights.radii, strict=True
    ):
        assert abs(true - middle) <= radius <= middle / 10**30


def test_a_measure_of_no_mass() -> None:
    nothing = FloatMeasure(cloud(5, 2).nodes, np.zeros(5))
    assert BalancedCells().compress(nothing, degree=2, size=6).indices == ()
