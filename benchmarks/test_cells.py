"""One reduction a cell: the paper's hardest case, partitions, growth, and degrees chosen.

Every row checks its result: balls certified, masses kept, sizes and bounds respected.
"""

import time
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from benchmarks.figure_two import PUBLISHED, VECTORS, errors
from ucomp_verify.bounds import RidgeMixture, Sigmoid
from ucomp_verify.caratheodory.reduction import Arithmetic
from ucomp_verify.compressors import Cells, HpCells, Partition
from ucomp_verify.compressors.partitions import nodes_kept, partition
from ucomp_verify.measures import BallWeights, Compression, FloatMeasure

pytestmark = pytest.mark.benchmark(timer=time.process_time)  # CPU seconds of one thread

HARDEST = (5, 5, 128_000)  # of the paper's Figure 6: 11,428 s of its authors on an Apple M4 Pro
FIGURE_6 = [(m, 5, d) for m in (1, 2, 3) for d in (16_000, 128_000)]


def cloud(dim: int, count: int, *, seed: int = 0) -> FloatMeasure:
    return FloatMeasure(np.random.default_rng(seed).uniform(-1, 1, (count, dim)))


def check_result(after: Compression, size: int) -> None:
    """At most `size` nodes; for balls, their sum encloses the mass."""
    assert 0 < len(after) <= size
    if isinstance(after.weights, BallWeights):
        off = abs(sum(after.weights.values, Fraction(0)) - after.source.total_mass)
        assert off <= sum(after.weights.radii, Fraction(0))


@pytest.mark.parametrize("arithmetic", [Arithmetic.FLOAT, Arithmetic.BALLS])
def test_the_hardest_case(benchmark: Any, arithmetic: Arithmetic) -> None:
    dim, degree, count = HARDEST
    benchmark.group = "dim 5, degree 5: 128,000 to 12,800 nodes"
    measure, compressor = cloud(dim, count), Cells(arithmetic=arithmetic)
    start = time.process_time()
    after = benchmark.pedantic(
        lambda: compressor.compress(measure, degree=degree, size=count // 10), rounds=1
    )
    spent = time.process_time() - start
    benchmark.extra_info["cpu seconds"] = spent
    check_result(after, count // 10)
    assert (arithmetic is Arithmetic.BALLS) == isinstance(after.weights, BallWeights)
    assert spent < 60


@pytest.mark.parametrize("case", FIGURE_6, ids=str)
@pytest.mark.parametrize("arithmetic", [Arithmetic.FLOAT, Arithmetic.BALLS])
def test_figure_6(benchmark: Any, case: tuple[int, int, int], arithmetic: Arithmetic) -> None:
    dim, degree, count = case
    benchmark.group = f"dim {dim}, degree {degree}: {count} to {count // 10} nodes"
    measure, compressor = cloud(dim, count), Cells(arithmetic=arithmetic)
    after = benchmark.pedantic(
        lambda: compressor.compress(measure, degree=degree, size=count // 10), rounds=1
    )
    check_result(after, count // 10)


@pytest.mark.parametrize("kind", Partition)
@pytest.mark.parametrize(("dim", "cells"), [(2, 600), (5, 50)])
def test_partitions(benchmark: Any, kind: Partition, dim: int, cells: int) -> None:
    benchmark.group = f"at most {cells} cells of 128,000 nodes in dimension {dim}"
    points = cloud(dim, 128_000).nodes
    parts = benchmark.pedantic(partition, (points, cells, kind), rounds=1)
    assert len(parts) <= cells and nodes_kept(parts, len(points)) == len(points)


@pytest.mark.parametrize(("dim", "most"), [(2, 600), (3, 600), (3, 1400)])
def test_degrees_chosen_for_the_bound(benchmark: Any, dim: int, most: int) -> None:
    """The error at the paper's size, in balls, beside the one that its authors published."""
    benchmark.group = f"dim {dim}: 16,000 to 1600 nodes, the degree chosen"
    measure = cloud(dim, 16_000)
    vectors = np.random.default_rng(1).uniform(-1, 1, (VECTORS, dim))
    compressor = HpCells(RidgeMixture.over(Sigmoid(), vectors.tolist()), max_monomials=most)
    bound = compressor.plan(measure, degree=5, size=1600).bound
    after = benchmark.pedantic(lambda: compressor.compress(measure, degree=5, size=1600), rounds=1)
    check_result(after, 1600)
    error = abs(float(np.mean(errors(after, vectors))))
    benchmark.extra_info["degree"] = after.degree
    benchmark.extra_info["cells"] = len(after.cells)
    benchmark.extra_info["bound / error"] = float(bound / len(measure)) / error
    benchmark.extra_info["published / error"] = PUBLISHED[dim, 5, 16_000] / error
    assert isinstance(after.weights, BallWeights)
    assert error <= bound / len(measure) and error < PUBLISHED[dim, 5, 16_000]
