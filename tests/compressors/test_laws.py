"""What every compressor promises, on measures in general and in degenerate position, exactly."""

from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.measures.exactly import moments, monomial_rank
from ucomp_verify.algebra import num_monomials
from ucomp_verify.caratheodory.reduction import Arithmetic
from ucomp_verify.compressors import (
    AbstractCompressor,
    BalancedCells,
    Cells,
    ExactReduction,
    Greedy,
    HpCells,
    Hybrid,
    MergeReduce,
    Partition,
    RandomSubset,
    UnbiasedReduction,
)
from ucomp_verify.measures import AtomicMeasure, FloatMeasure, exact_measure
from ucomp_verify.strategies import degrees, exact_measures, float_measures, unisolvent_nodes

EXACT = Arithmetic.EXACT
POINTS = np.random.default_rng(1).normal(size=(20, 2))
CLOUD = exact_measure(POINTS)


def analytic(degree: int, radius: Fraction) -> Fraction:
    return (Fraction(radius) / 10) ** (degree + 1)


TO_THE_RANK: dict[str, AbstractCompressor] = {
    "exact": ExactReduction(),
    "merge and reduce": MergeReduce(arithmetic=EXACT),
    "one cell": Cells(arithmetic=EXACT),
    "unbiased": UnbiasedReduction(arithmetic=EXACT),
}
TO_A_SIZE: dict[str, AbstractCompressor] = {
    "k-d cells": Cells(arithmetic=EXACT),
    "k-means cells": Cells(Partition.KMEANS, EXACT),
    "balanced cells": BalancedCells(arithmetic=EXACT),
    "greedy": Greedy(arithmetic=EXACT),
    "hybrid": Hybrid(arithmetic=EXACT),
    "hp": HpCells(analytic, arithmetic=EXACT),
    "unbiased": UnbiasedReduction(arithmetic=EXACT),
}
ALL = {**TO_THE_RANK, **TO_A_SIZE}
FEW = settings(
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    report_multiple_bugs=False,
)

to_the_rank = pytest.mark.parametrize("name", TO_THE_RANK)
to_a_size = pytest.mark.parametrize("name", TO_A_SIZE)
every = pytest.mark.parametrize("name", ALL)


def same_moments(before: AtomicMeasure, after: AtomicMeasure, degree: int) -> bool:
    return moments(before.nodes, before.weights, degree) == moments(
        after.nodes, after.weights, degree
    )


def compressed(
    name: str, measure: AtomicMeasure | FloatMeasure, degree: int, size: int | None = None
) -> tuple[AtomicMeasure, AtomicMeasure]:
    """The measure, and its compression, both in fractions; the size is one it can attain."""
    before = measure.exact() if isinstance(measure, FloatMeasure) else measure
    if size is None and name == "hp":
        size = num_monomials(measure.dim, degree)
    after = ALL[name].compress(measure, degree=degree, size=size)
    assert after.degree >= degree
    assert list(after.indices) == sorted(set(after.indices))
    return before, after.to_atomic()


class Reversed:
    """Draws the order from the last node to the first."""

    def draw(self, strategy: Any) -> list[int]:
        del strategy
        return list(range(len(CLOUD.nodes)))[::-1]


@to_the_rank
@given(
    measure=st.one_of(exact_measures(), float_measures(max_nodes=30)), degree=degrees(max_degree=3)
)
@FEW
def test_a_reduction_keeps_the_moments_on_rank_many_nodes(
    name: str, measure: AtomicMeasure | FloatMeasure, degree: int
) -> None:
    before, after = compressed(name, measure, degree)
    assert set(after.support) <= set(before.support)
    rank = monomial_rank({before.nodes[i] for i in before.support}, degree)
    assert len(after.support) <= rank <= num_monomials(before.dim, degree)
    assert same_moments(before, after, degree)
    assert after.total_mass == before.total_mass


@to_a_size
@given(
    measure=st.one_of(exact_measures(), float_measures(max_nodes=30)),
    degree=degrees(max_degree=2),
    spare=st.integers(0, 12),
)
@FEW
def test_a_compression_to_a_size_keeps_the_moments_on_that_many_nodes(
    name: str, measure: AtomicMeasure | FloatMeasure, degree: int, spare: int
) -> None:
    size = num_monomials(measure.dim, degree) + spare
    before, after = compressed(name, measure, degree, size)
    assert set(after.support) <= set(before.support)
    assert len(after.support) <= min(size, len(before.support))
    assert same_moments(before, after, degree)
    assert after.total_mass == before.total_mass


@every
@given(measure=exact_measures(max_nodes=12), degree=degrees(max_degree=2), data=st.data())
@FEW
def test_any_order_of_the_nodes_gives_the_same_moments(
    name: str, measure: AtomicMeasure, degree: int, data: Any
) -> None:
    order: list[int] = data.draw(st.permutations(range(len(measure.nodes))))
    shuffled = AtomicMeasure([measure.nodes[i] for i in order], [measure.weights[i] for i in order])
    before, after = compressed(name, shuffled, degree)
    assert same_moments(measure, after, degree)
    assert set(after.support) <= set(before.support)


@every
@given(
    measure=exact_measures(max_nodes=12),
    degree=degrees(max_degree=2),
    scale=st.sampled_from([Fraction(1, 8), Fraction(-3), Fraction(10**6)]),
    shift=st.integers(-1000, 1000),
)
@FEW
def test_an_affine_map_may_come_before_or_after(
    name: str, measure: AtomicMeasure, degree: int, scale: Fraction, shift: int
) -> None:
    moved = AtomicMeasure(
        [tuple(scale * x + shift for x in node) for node in measure.nodes], measure.weights
    )
    _, after = compressed(name, moved, degree)
    assert same_moments(measure, AtomicMeasure(measure.nodes, after.weights), degree)


@to_the_rank
@given(measure=exact_measures(), degree=degrees(max_degree=3))
@FEW
def test_to_reduce_again_changes_nothing(name: str, measure: AtomicMeasure, degree: int) -> None:
    _, once = compressed(name, measure, degree)
    _, twice = compressed(name, once, degree)
    assert once == twice


@to_the_rank
@given(
    measure=float_measures(max_dim=2, max_nodes=40),
    degree=degrees(max_degree=3),
    cut=st.floats(0, 1),
)
@FEW
def test_parts_may_be_reduced_first(
    name: str, measure: FloatMeasure, degree: int, cut: float
) -> None:
    before = measure.exact()
    middle = round(cut * len(measure))
    halves = [slice(0, middle), slice(middle, None)]
    parts = [(before.nodes[half], before.weights[half]) for half in halves]
    reduced = [
        compressed(name, AtomicMeasure(nodes, weights), degree)[1]
        for nodes, weights in parts
        if any(weights)
    ]
    nodes = [x for part in reduced for x in part.nodes]
    merged = AtomicMeasure(nodes, [w for part in reduced for w in part.weights])
    _, after = compressed(name, merged, degree)
    assert same_moments(before, after, degree)


@pytest.mark.parametrize("shape", [(1, 5), (2, 3), (3, 2)])
@every
def test_nothing_can_be_dropped_from_unisolvent_nodes(name: str, shape: tuple[int, int]) -> None:
    @given(nodes=unisolvent_nodes(*shape), data=st.data())
    @settings(FEW, max_examples=15)
    def check(nodes: list[Any], data: Any) -> None:
        weights = data.draw(st.lists(st.integers(1, 9), min_size=len(nodes), max_size=len(nodes)))
        before, after = compressed(name, AtomicMeasure(nodes, weights), shape[1])
        assert after == before

    check()


@every
def test_the_same_seed_gives_the_same_compression(name: str) -> None:
    cloud = FloatMeasure(np.random.default_rng(0).uniform(-1, 1, (120, 2)))
    runs = [ALL[name].compress(cloud, degree=2, size=24, seed=seed) for seed in (5, 5)]
    assert runs[0].indices == runs[1].indices
    assert runs[0].weights == runs[1].weights


LAWS: dict[str, tuple[Any, dict[str, Any]]] = {
    "moments": (test_a_reduction_keeps_the_moments_on_rank_many_nodes, {"measure": CLOUD}),
    "size": (test_a_compression_to_a_size_keeps_the_moments_on_that_many_nodes, {"spare": 2}),
    "affine maps": (test_an_affine_map_may_come_before_or_after, {"scale": 2, "shift": 1}),
    "order": (test_any_order_of_the_nodes_gives_the_same_moments, {"data": Reversed()}),
    "parts": (test_parts_may_be_reduced_first, {"measure": FloatMeasure(POINTS), "cut": 0.5}),
}


@pytest.mark.parametrize("law", LAWS)
def test_the_control_breaks_every_law_of_moments(monkeypatch: pytest.MonkeyPatch, law: str) -> None:
    monkeypatch.setitem(ALL, "exact", RandomSubset())
    function, arguments = LAWS[law]
    with pytest.raises(AssertionError):
        function.hypothesis.inner_test("exact", **{"measure": CLOUD, "degree": 2, **arguments})
