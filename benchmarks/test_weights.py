"""Weights on a chosen support: in balls, exactly, and by mpmath, and a whole reduction.

Rows of one group do the same work; every row checks its result.
"""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from ucomp_verify.caratheodory import reduce_measure
from ucomp_verify.caratheodory.reduction import Arithmetic
from ucomp_verify.caratheodory.support import select_support
from ucomp_verify.caratheodory.weights import ball_weights, exact_weights, reference_weights
from ucomp_verify.measures import (
    BallWeights,
    ExactWeights,
    FloatMeasure,
    Moments,
    exact_moments,
    frame_of,
)

SMALL = ((2000, 2, 4), (10_000, 3, 5))
LARGE = ((10_000, 5, 5), (1000, 1, 300), (4000, 2, 30), (4000, 3, 12), (10_000, 5, 8))
WHOLE = (*SMALL, (10_000, 5, 5), (100_000, 3, 5), (1_000_000, 2, 6))


@dataclass(frozen=True)
class Case:
    """A chosen support of uniform data, and the moments of the data."""

    support: FloatMeasure
    moments: Moments
    guesses: list[float]


def uniform(d: int, m: int) -> FloatMeasure:
    return FloatMeasure(np.random.default_rng(0).uniform(-1, 1, (d, m)))


def case(d: int, m: int, k: int) -> Case:
    source = uniform(d, m)
    frame = frame_of(source)
    chosen = select_support(source, k, frame=frame)
    known = exact_moments(source, k, frame=frame)
    return Case(source.part(chosen.indices), known, chosen.weights.tolist())


def once(benchmark: Any, work: Any, *arguments: Any, **options: Any) -> Any:
    return benchmark.pedantic(work, arguments, options, rounds=1, iterations=1)


def group(benchmark: Any, d: int, m: int, k: int, what: str) -> None:
    benchmark.group = f"{what}, d = {d}, m = {m}, k = {k}"


@pytest.mark.parametrize("digits", [30, 50, 200])
@pytest.mark.parametrize(("d", "m", "k"), [*SMALL, *LARGE])
def test_balls(benchmark: Any, d: int, m: int, k: int, digits: int) -> None:
    group(benchmark, d, m, k, "weights")
    given = case(d, m, k)
    found = once(
        benchmark, ball_weights, given.support, given.moments, given.guesses, digits=digits
    )
    assert found is not None
    pairs = zip(found.values, found.radii, strict=True)
    assert all(0 < r <= v / 10**digits for v, r in pairs)


@pytest.mark.parametrize(("d", "m", "k"), [*SMALL, LARGE[0]])
def test_exact(benchmark: Any, d: int, m: int, k: int) -> None:
    group(benchmark, d, m, k, "weights")
    given = case(d, m, k)
    _, found = once(benchmark, exact_weights, given.support, given.moments, given.guesses)
    benchmark.extra_info["bits"] = max(v.denominator.bit_length() for v in found.values)
    assert min(found.values) > 0
    assert sum(found.values) == d


@pytest.mark.parametrize(("d", "m", "k"), SMALL)
def test_mpmath(benchmark: Any, d: int, m: int, k: int) -> None:
    group(benchmark, d, m, k, "weights")
    given = case(d, m, k)
    found = once(benchmark, reference_weights, given.support, given.moments, digits=30)
    assert abs(sum(found) - d) < 1e-10 * d


@pytest.mark.parametrize("arithmetic", Arithmetic)
@pytest.mark.parametrize(("d", "m", "k"), WHOLE)
def test_whole_reduction(benchmark: Any, d: int, m: int, k: int, arithmetic: Arithmetic) -> None:
    group(benchmark, d, m, k, "reduction")
    source = uniform(d, m)
    found = once(benchmark, reduce_measure, source, k, arithmetic=arithmetic)
    kinds = {"exact": ExactWeights, "balls": BallWeights}
    if arithmetic in kinds:
        assert isinstance(found.weights, kinds[arithmetic])
    assert abs(sum(map(Fraction, found.weights.values)) - d) <= Fraction(d, 10**10)
