"""The float64 choice of a support, nodes in to indices and weights out, against other programs.

Rows of one group do the same work; pytest-benchmark prints their ratios. Every row checks its
result: weights > 0 on at most as many nodes as monomials, and the moments in the bounding box.
"""

from typing import Any

import numpy as np
import pytest

from benchmarks.peers import NEEDS, PEERS, Array, ours, require_rule
from ucomp_verify.caratheodory.arnoldi import arnoldi

CASES = ((2000, 2, 4), (10000, 3, 5), (10000, 5, 3), (100000, 2, 5), (1000, 1, 20))
HEAVY = (10000, 5, 5)
LARGE = ((10**6, 2, 6), (10**7, 2, 6), (10000, 5, 8))
HIGH = ((1000, 1, 300), (4000, 2, 30), (4000, 3, 12))
CELLS = ((300, 3, 3), (100, 1, 5))


def cloud(case: tuple[int, int, int]) -> Array:
    count, dim, _ = case
    return np.random.default_rng(0).uniform(-1, 1, (count, dim))


def measured(benchmark: Any, name: str, case: tuple[int, int, int], rounds: int) -> None:
    if name in NEEDS:
        pytest.importorskip(NEEDS[name])
    count, dim, degree = case
    benchmark.group = f"{count} nodes, m = {dim}, k = {degree}"
    points = cloud(case)
    rule = benchmark.pedantic(PEERS[name], (points, degree), rounds=rounds, warmup_rounds=1)
    require_rule(points, degree, rule)


@pytest.mark.parametrize("case", [*CASES, *CELLS], ids=str)
@pytest.mark.parametrize("name", PEERS)
def test_small_problems(benchmark: Any, name: str, case: tuple[int, int, int]) -> None:
    measured(benchmark, name, case, 5)


@pytest.mark.parametrize("name", PEERS)
def test_many_monomials(benchmark: Any, name: str) -> None:
    measured(benchmark, name, HEAVY, 1)


@pytest.mark.parametrize("case", LARGE, ids=str)
def test_large_problems(benchmark: Any, case: tuple[int, int, int]) -> None:
    measured(benchmark, "ours", case, 1)


@pytest.mark.parametrize("case", HIGH, ids=str)
def test_high_degrees_choose_well_conditioned_columns(
    benchmark: Any, case: tuple[int, int, int]
) -> None:
    count, dim, degree = case
    benchmark.group = f"{count} nodes, m = {dim}, k = {degree}"
    points = cloud(case)
    places, weights = benchmark.pedantic(ours, (points, degree), rounds=1)
    _, features = arnoldi(points, degree)
    assert min(weights) > 0
    assert np.linalg.cond(features[:, places]) < 1e6
