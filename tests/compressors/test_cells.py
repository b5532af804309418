"""One reduction a cell keeps the moments of each cell, in every arithmetic that certifies."""

from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ucomp_verify.algebra import num_monomials
from ucomp_verify.caratheodory.reduction import Arithmetic
from ucomp_verify.compressors import Cells, Partition, RandomSubset
from ucomp_verify.compressors.cellwise import joined
from ucomp_verify.kernel import RejectedCertificate, check
from ucomp_verify.measures import (
    AtomicMeasure,
    BallWeights,
    Compression,
    ExactWeights,
    FloatMeasure,
    FloatWeights,
    cubature_certificate,
)
from ucomp_verify.strategies import degrees, exact_measures

EXACT = Cells(arithmetic=Arithmetic.EXACT)


def cloud(count: int, dim: int, *, seed: int = 0, weights: bool = False) -> FloatMeasure:
    draw = np.random.default_rng(seed)
    nodes = draw.uniform(-1, 1, (count, dim))
    return FloatMeasure(nodes, draw.uniform(0, 3, count) if weights else None)


def on_nodes(measure: AtomicMeasure, nodes: list[int]) -> AtomicMeasure:
    return AtomicMeasure([measure.nodes[i] for i in nodes], [measure.weights[i] for i in nodes])


def check_each_cell(after: Compression, degree: int) -> None:
    """The kernel compares the moments of every cell, exactly; cells share no node."""
    source = after.source
    before = source.exact() if isinstance(source, FloatMeasure) else source
    compressed = after.to_atomic()
    groups = [cell.tolist() for cell in after.cells]
    assert sorted(i for group in groups for i in group) == list(before.support)
    for group in groups:
        cell = on_nodes(compressed, group)
        assert len(cell.support) <= num_monomials(before.dim, degree)
        check(cubature_certificate(on_nodes(before, group), cell, degree))


@given(
    measure=exact_measures(),
    degree=degrees(max_degree=3),
    size=st.integers(1, 30),
    kind=st.sampled_from(list(Partition)),
    seed=st.integers(0, 3),
)
def test_the_moments_of_each_cell_are_kept(
    measure: AtomicMeasure, degree: int, size: int, kind: Partition, seed: int
) -> None:
    compressor = Cells(partition=kind, arithmetic=Arithmetic.EXACT)
    if size < min(num_monomials(measure.dim, degree), len(measure.support)):
        needed = len(compressor.compress(measure, degree=degree, seed=seed))
        if size < needed:
            with pytest.raises(ValueError, match=f"found the size {size}; expected at least"):
                compressor.compress(measure, degree=degree, size=size, seed=seed)
            return
    after = compressor.compress(measure, degree=degree, size=size, seed=seed)
    assert len(after) <= min(size, len(measure.support))
    assert after.indices == tuple(sorted(set(after.indices) & set(measure.support)))
    assert isinstance(after.weights, ExactWeights) and min(after.weights.values) > 0
    assert sum(after.weights.values) == measure.total_mass
    check_each_cell(after, degree)
    again = compressor.compress(measure, degree=degree, size=size, seed=seed)
    assert (again.indices, again.weights) == (after.indices, after.weights)


@pytest.mark.parametrize("kind", list(Partition))
@pytest.mark.parametrize("weights", [False, True])
def test_float_data_are_reduced_exactly(kind: Partition, weights: bool) -> None:
    measure = cloud(300, 2, weights=weights)
    compressor = Cells(partition=kind, arithmetic=Arithmetic.EXACT)
    after = compressor.compress(measure, degree=3, size=60)
    assert isinstance(after.weights, ExactWeights)
    assert 40 <= len(after) <= 60 and len(after.cells) >= 4
    check_each_cell(after, 3)


def test_a_wrong_weight_is_noticed() -> None:
    """The check of the cells can fail: another node in one cell changes its moments."""
    after = EXACT.compress(cloud(100, 2), degree=2, size=30)
    first, *others = [Fraction(v) for v in after.weights.values]
    weights = ExactWeights((*others, first))
    wrong = Compression(after.source, 2, after.indices, weights, after.cells)
    with pytest.raises(RejectedCertificate, match="moment"):
        check_each_cell(wrong, 2)
    subset = RandomSubset().compress(cloud(100, 2), degree=2, size=30)
    wrong = Compression(subset.source, 2, subset.indices, subset.weights, after.cells)
    with pytest.raises(RejectedCertificate, match="moment"):
        check_each_cell(wrong, 2)


@pytest.mark.parametrize("kind", [Partition.KD, Partition.KMEANS])
def test_balls_hold_the_exact_weights(kind: Partition) -> None:
    measure = cloud(400, 2, weights=True)
    balls = Cells(partition=kind, digits=40).compress(measure, degree=4, size=90, seed=3)
    exact = Cells(partition=kind, arithmetic=Arithmetic.EXACT).compress(
        measure, degree=4, size=90, seed=3
    )
    assert isinstance(balls.weights, BallWeights) and balls.indices == exact.indices
    values, radii = balls.weights.values, balls.weights.radii
    for value, radius, true in zip(values, radii, exact.weights.values, strict=True):
        assert abs(value - Fraction(true)) <= radius <= value / 10**40


def test_floats_agree_with_the_exact_weights() -> None:
    measure = cloud(400, 2)
    floats = Cells(arithmetic=Arithmetic.FLOAT).compress(measure, degree=3, size=100)
    assert isinstance(floats.weights, FloatWeights)
    exact = EXACT.compress(measure, degree=3, size=100)
    assert floats.indices == exact.indices
    np.testing.assert_allclose(floats.rounded(), exact.rounded(), rtol=1e-8)


def test_without_a_size_there_is_one_cell() -> None:
    after = EXACT.compress(cloud(200, 2), degree=3)
    assert len(after) == num_monomials(2, 3) and len(after.cells) == 1


def test_a_size_that_holds_all_nodes_keeps_them() -> None:
    measure = cloud(60, 2, weights=True)
    for compressor in (EXACT, Cells(), Cells(arithmetic=Arithmetic.FLOAT)):
        after = compressor.compress(measure, degree=3, size=60)
        assert after.to_atomic() == measure.exact()


def test_a_line_needs_fewer_nodes_than_monomials() -> None:
    """Nodes on a line have rank 4 for degree 3, so that one cell fits the size 5."""
    nodes = np.linspace(0, 1, 64)[:, None] * np.array([1.0, 2.0])
    after = EXACT.compress(FloatMeasure(nodes), degree=3, size=5)
    assert len(after) == 4
    with pytest.raises(ValueError, match="found the size 3; expected at least 4, the number"):
        EXACT.compress(FloatMeasure(nodes), degree=3, size=3)


def test_nothing_is_reduced_to_nothing() -> None:
    for nothing in (AtomicMeasure([(0,)], [0]), FloatMeasure(np.ones((2, 1)), np.zeros(2))):
        after = Cells().compress(nothing, degree=2, size=3)
        assert (after.indices, after.cells, after.weights) == ((), (), ExactWeights(()))


def test_more_nodes_make_a_smaller_error() -> None:
    """The error of exp falls about like size^-(degree + 1 + 1/2) on a line."""
    measure = cloud(4000, 1)
    values = np.exp(measure.nodes[:, 0])

    def error(size: int) -> float:
        floats = Cells(arithmetic=Arithmetic.FLOAT)
        trials = [floats.compress(measure, degree=1, size=size, seed=seed) for seed in range(5)]
        sums = [after.rounded() @ values[list(after.indices)] for after in trials]
        return float(np.abs(np.array(sums) - values.sum()).mean())

    assert error(240) < error(60) / 8


@pytest.mark.slow
def test_processes_change_nothing() -> None:
    measure = cloud(400, 2)
    alone = Cells().compress(measure, degree=3, size=100, seed=1)
    shared = Cells(jobs=2).compress(measure, degree=3, size=100, seed=1)
    assert (alone.indices, alone.weights) == (shared.indices, shared.weights)


def test_joined_weights_are_as_rigorous_as_the_least() -> None:
    third, half = ExactWeights((Fraction(1, 3),)), ExactWeights((Fraction(1, 2),))
    balls = BallWeights((Fraction(1),), (Fraction(1, 2**50),), 60)
    assert joined([third, half]) == ExactWeights((Fraction(1, 3), Fraction(1, 2)))
    assert joined([third, FloatWeights((2.0,)), balls]) == FloatWeights((1 / 3, 2.0, 1.0))
    mixed = joined([third, balls, half])
    assert isinstance(mixed, BallWeights) and mixed.prec == 60
    value, one, dyadic = mixed.values
    assert 0 < Fraction(1, 3) - value <= mixed.radii[0] <= Fraction(1, 2**60)
    assert (one, dyadic) == (1, Fraction(1, 2))
    assert mixed.radii[1:] == (Fraction(1, 2**50), 0)


@pytest.mark.parametrize(
    ("settings", "reason"),
    [
        ({"partition": "kd"}, "'kd' is not a valid Partition"),
        ({"arithmetic": "double"}, "'double' is not a valid Arithmetic"),
        ({"digits": 0}, "found digits 0 and jobs 1; expected integers >= 1"),
        ({"jobs": 0}, "found digits 30 and jobs 0"),
    ],
)
def test_bad_settings_are_refused(settings: dict[str, Any], reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        Cells(**settings).compress(cloud(60, 1), degree=1, size=10)


def test_the_text_of_a_setting_will_do() -> None:
    arguments: dict[str, Any] = {"partition": "grid", "arithmetic": "exact"}
    named = Cells(Partition.GRID, Arithmetic.EXACT).compress(cloud(60, 1), degree=1, size=10)
    text = Cells(**arguments).compress(cloud(60, 1), degree=1, size=10)
    assert text.to_atomic() == named.to_atomic() and isinstance(text.weights, ExactWeights)
