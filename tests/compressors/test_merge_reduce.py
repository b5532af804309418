"""Reduction chunk by chunk: exact whatever the chunks, and the same wherever they are worked on."""

import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any, cast

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.optional import require_module
from ucomp_verify.caratheodory import merging
from ucomp_verify.caratheodory.merging import reduce_stream
from ucomp_verify.caratheodory.reduction import Arithmetic
from ucomp_verify.caratheodory.summaries import Summary, merged_tree
from ucomp_verify.compressors.merge_reduce import MergeReduce
from ucomp_verify.kernel import check
from ucomp_verify.measures import (
    AtomicMeasure,
    BallWeights,
    Compression,
    ExactWeights,
    FloatMeasure,
    FloatWeights,
)
from ucomp_verify.measures.certificates import certificate_of
from ucomp_verify.measures.pools import process_pool
from ucomp_verify.measures.streams import Chunk, MeasureSource
from ucomp_verify.strategies import degrees, float_points

Array = npt.NDArray[np.float64]
RNG = np.random.default_rng(11)
CLOUD = RNG.uniform(-1, 1, (3000, 2))


@pytest.fixture(autouse=True)
def _small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Chunks of 4 N nodes at most, so that a few thousand nodes make many."""
    monkeypatch.setattr(merging, "VALUES", 1)


def defect(compression: Compression) -> Fraction:
    return cast("Any", check(certificate_of(compression))).defect


ANGLES = RNG.uniform(0, 7, 600)
CASES: dict[str, tuple[Any, Any, int]] = {  # nodes, weights, the rank for degree 4
    "uniform": (CLOUD, None, 15),
    "sorted": (np.sort(CLOUD, axis=0), None, 15),
    "on a circle but for rounding": (np.c_[np.cos(ANGLES), np.sin(ANGLES)], None, 15),
    "lattice": (RNG.integers(-2, 3, (3000, 2)) * 1.0, None, 15),
    "lattice finer than the degree": (RNG.integers(0, 3, (3000, 2)) * 0.5, None, 9),
    "on a line": (np.c_[CLOUD[:, 0], 2 * CLOUD[:, 0]], None, 5),
    "one point": (np.full((900, 2), 0.1), None, 1),
    "copies": (np.repeat(CLOUD[:40], 50, axis=0), None, 15),
    "two clusters": (CLOUD + 1000 * (CLOUD[:, :1] > 0), None, 15),
    "a line, and then a cloud": (np.r_[CLOUD * [1, 0], CLOUD[:500]], None, 15),
    "far from 0": (1e6 + 1e-3 * CLOUD, None, 15),
    "large": (1e150 * CLOUD, None, 15),
    "small": (1e-150 * CLOUD, None, 15),
    "different scales": (CLOUD * [1e-8, 1e8], None, 15),
    "weights 1e-13": (CLOUD, np.full(3000, 1e-13), 15),
    "weights 1e308": (CLOUD, np.full(3000, 1e308), 15),
    "denormal weights": (CLOUD, np.full(3000, 5e-324), 15),
    "very different weights": (CLOUD, 10 ** RNG.uniform(-200, 200, 3000), 15),
    "chunks without mass": (CLOUD, np.r_[np.ones(500), np.zeros(2500)], 15),
    "far nodes without mass": (
        np.r_[CLOUD[:999], 1e300 * CLOUD[:999]],
        np.r_[np.ones(999), np.zeros(999)],
        15,
    ),
    "fewer nodes than N": (CLOUD[:7], None, 7),
}


@pytest.mark.parametrize("name", CASES)
def test_every_case_is_exact_on_at_most_rank_nodes(name: str) -> None:
    nodes, weights, rank = CASES[name]
    before = nodes.copy()
    after = MergeReduce().compress(FloatMeasure(nodes, weights), degree=4)
    assert isinstance(after.weights, ExactWeights)
    assert list(after.indices) == sorted(set(after.indices))
    assert 1 <= len(after) <= rank
    assert min(after.weights.values) > 0
    assert weights is None or weights[list(after.indices)].all()
    assert defect(after) == 0
    assert np.array_equal(nodes, before)


@given(
    points=float_points(max_nodes=40),
    degree=degrees(max_degree=3),
    chunk=st.integers(1, 9),
    data=st.data(),
)
@settings(max_examples=60)
def test_any_cutting_into_chunks_is_exact(
    points: Array, degree: int, chunk: int, data: st.DataObject
) -> None:
    entries = st.lists(st.floats(0, 100), min_size=len(points), max_size=len(points))
    weights = np.array(data.draw(entries.filter(any)))
    measure = FloatMeasure(points, weights)
    after = reduce_stream(Uneven(measure, chunk), degree)
    exact = Compression(measure, degree, after.indices, after.weights)
    assert defect(exact) == 0
    assert np.array_equal(after.nodes, points[list(after.indices)])
    assert after.count == len(points)


@dataclass(frozen=True)
class Uneven:
    """A source of somebody else: chunks of 1, 2, ..., `most` nodes, whatever is asked for."""

    measure: FloatMeasure
    most: int

    @property
    def dim(self) -> int:
        return self.measure.dim

    @property
    def count(self) -> None:
        return None

    def chunks(self, size: int) -> Iterator[Chunk]:
        del size
        start, step = 0, 0
        while start < len(self.measure):
            step = step % self.most + 1
            yield Chunk(start, self.measure.part(slice(start, start + step)))
            start += step


def test_balls_hold_the_exact_weights_of_their_nodes() -> None:
    measure = FloatMeasure(CLOUD)
    exact = MergeReduce().compress(measure, degree=4)
    balls = MergeReduce(Arithmetic.BALLS, digits=40).compress(measure, degree=4)
    assert isinstance(balls.weights, BallWeights)
    assert balls.indices == exact.indices
    rows = zip(exact.weights.values, balls.weights.values, balls.weights.radii, strict=True)
    for weight, middle, radius in rows:
        assert abs(weight - middle) <= radius <= Fraction(1, 10**39) * middle


@pytest.mark.parametrize("weight", [1e308, 1e-310])
def test_balls_of_extreme_weights(weight: float) -> None:
    measure = FloatMeasure(CLOUD[:300], np.full(300, weight))
    balls = MergeReduce(Arithmetic.BALLS).compress(measure, degree=2)
    exact = MergeReduce().compress(measure, degree=2)
    assert isinstance(balls.weights, BallWeights)
    rows = zip(exact.weights.values, balls.weights.values, balls.weights.radii, strict=True)
    assert all(abs(weight - middle) <= radius for weight, middle, radius in rows)


def test_float_weights_are_near_and_called_so() -> None:
    after = MergeReduce(Arithmetic.FLOAT).compress(FloatMeasure(CLOUD), degree=4)
    assert isinstance(after.weights, FloatWeights)
    assert 0 < defect(after) < Fraction(1, 10**12)


def test_float_weights_that_are_too_large_are_refused() -> None:
    measure = FloatMeasure(CLOUD, np.full(3000, 1e308))
    with pytest.raises(ValueError, match=r"too large for float64; .*ask for exact weights"):
        MergeReduce(Arithmetic.FLOAT).compress(measure, degree=4)


def test_the_rank_is_told() -> None:
    assert reduce_stream(MeasureSource(FloatMeasure(CLOUD)), 4).rank == 15
    line = FloatMeasure(CASES["on a line"][0])
    assert reduce_stream(MeasureSource(line), 4).rank == 5


def test_a_choice_that_fails_is_made_again_in_exact_arithmetic(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    calls = list[int]()

    def no_weights(*_: object, **__: object) -> None:
        calls.append(1)

    monkeypatch.setattr(merging, "_weighed", no_weights)
    after = MergeReduce().compress(FloatMeasure(CLOUD[:900], np.arange(900.0)), degree=3)
    assert calls and len(after) <= 10
    assert defect(after) == 0


def test_wrong_weights_do_not_get_out(monkeypatch: pytest.MonkeyPatch) -> None:
    good = merging._weighed  # pyright: ignore[reportPrivateUsage]

    def wrong(*arguments: Any) -> Any:
        chosen, weights = cast("Any", good(*arguments))
        return chosen, ExactWeights((weights.values[0] + 1, *weights.values[1:]))

    monkeypatch.setattr(merging, "_weighed", wrong)
    with pytest.raises(ArithmeticError, match="changed a moment; expected the same moments"):
        MergeReduce().compress(FloatMeasure(CLOUD), degree=2)


def test_no_mass_at_all() -> None:
    after = MergeReduce().compress(FloatMeasure(CLOUD, np.zeros(3000)), degree=2)
    assert (after.indices, after.weights.values) == ((), ())


@pytest.mark.parametrize("degree", [-1, 1.5, True, "2", None])
def test_what_is_no_degree_is_refused(degree: Any) -> None:
    with pytest.raises(ValueError, match="expected an integer >= 0"):
        MergeReduce().compress(FloatMeasure(CLOUD), degree=degree)


@pytest.mark.parametrize("degree", [1000, 10**6, 10**9])
def test_a_huge_degree_is_refused_at_once(degree: int) -> None:
    with pytest.raises(ValueError, match=r"monomials on chunks of 3000 nodes; .*lower the degree"):
        MergeReduce().compress(FloatMeasure(CLOUD), degree=degree)


def test_a_size_that_cannot_be_is_refused() -> None:
    measure = FloatMeasure(CLOUD[:200])
    assert len(MergeReduce().compress(measure, degree=1, size=3)) == 3
    with pytest.raises(ValueError, match="found the size 2; expected at least 3"):
        MergeReduce().compress(measure, degree=1, size=2)


def test_fractions_are_reduced_as_a_whole() -> None:
    measure = AtomicMeasure.unit([(Fraction(i, 3),) for i in range(9)])
    assert len(MergeReduce().compress(measure, degree=2)) == 3


# Executors


def outcome(executor: Executor | None, measure: FloatMeasure, degree: int = 3) -> Any:
    after = reduce_stream(MeasureSource(measure), degree, executor=executor)
    return after.indices, after.weights, after.rank


def test_threads_and_processes_give_the_same_as_none() -> None:
    measure = FloatMeasure(CLOUD, np.arange(3000.0))
    expected = outcome(None, measure)
    with ThreadPoolExecutor(3) as threads:
        assert outcome(threads, measure) == expected
    with process_pool(2) as processes:
        assert processes is not None
        assert outcome(processes, measure) == expected
    with process_pool(1) as none:
        assert none is None


@pytest.mark.slow
def test_a_dask_cluster_gives_the_same_as_none() -> None:
    distributed: Any = require_module("distributed")
    measure = FloatMeasure(CLOUD)
    with (
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None
        ) as cluster,
        distributed.Client(cluster) as client,
    ):
        found = outcome(client.get_executor(), measure)
    assert found == outcome(None, measure)


# Order of merging


def numbered(i: int) -> Summary:
    return Summary(np.array([i]), np.zeros((1, 1)), [1.0], 1)


@given(count=st.integers(1, 70), fan=st.integers(2, 9))
def test_the_tree_merges_each_part_once_and_few_at_a_time(count: int, fan: int) -> None:
    sizes = list[int]()

    def merge(parts: Any) -> Summary:
        sizes.append(len(parts))
        indices = np.concatenate([part.indices for part in parts])
        return Summary(indices, np.zeros((len(indices), 1)), [1.0] * len(indices), 1)

    merged = merged_tree(map(numbered, range(count)), merge, fan)
    assert sorted(merged.indices.tolist()) == list(range(count))
    assert sum(size - 1 for size in sizes) == count - 1
    assert all(size == fan for size in sizes[:-1])


# Memory

MEASURED = """
import resource, sys
from pathlib import Path
import numpy, flint
from ucomp_verify.caratheodory.merging import reduce_stream
from ucomp_verify.measures.streams import MeasureSource, open_source
from ucomp_verify.measures import FloatMeasure
warm = MeasureSource(FloatMeasure(numpy.random.default_rng(0).uniform(-1, 1, (70_000, 3))))
reduce_stream(warm, 4)
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
after = reduce_stream(open_source(Path(sys.argv[1])), 4)
print(len(after), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


def test_memory_does_not_grow_with_the_data(tmp_path: Path) -> None:
    path = tmp_path / "p.npy"
    np.save(path, np.random.default_rng(0).uniform(-1, 1, (1_000_000, 3)))
    command = [sys.executable, "-c", MEASURED, str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    kept, kilobytes = map(int, done.stdout.split())
    assert kept == 35
    assert kilobytes < 12_000  # the file has 24 MB
