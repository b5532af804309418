"""The unbiased reduction: exact moments in every cell, and the weights of the source on average."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.compressors.promises import assert_exact_compression, assert_seed_decides, cloud
from ucomp_verify.algebra import num_monomials
from ucomp_verify.caratheodory import steering
from ucomp_verify.caratheodory.reduction import Arithmetic
from ucomp_verify.compressors.unbiased import UnbiasedReduction
from ucomp_verify.measures import AtomicMeasure, FloatMeasure
from ucomp_verify.strategies import degrees, exact_measures, float_measures

SEEDS = 400
DEVIATIONS = 5.0  # of the mean; chance exceeds them once in a million times


@given(
    measure=float_measures(),
    degree=degrees(max_degree=3),
    factor=st.integers(1, 3),
    seed=st.integers(0, 5),
)
def test_moments_are_exact(measure: FloatMeasure, degree: int, factor: int, seed: int) -> None:
    size = factor * num_monomials(measure.dim, degree)
    after = UnbiasedReduction().compress(measure, degree=degree, size=size, seed=seed)
    assert_exact_compression(after, size=size)


@given(measure=exact_measures(), degree=degrees(max_degree=2), seed=st.integers(0, 5))
def test_moments_of_exact_measures_are_exact(
    measure: AtomicMeasure, degree: int, seed: int
) -> None:
    size = num_monomials(measure.dim, degree)
    after = UnbiasedReduction().compress(measure, degree=degree, size=size, seed=seed)
    assert_exact_compression(after, size=size)


def _largest_deviation(weights: np.ndarray[Any, Any]) -> float:
    """Of the mean weights from the source's, in standard deviations of the mean."""
    measure = FloatMeasure(cloud(len(weights), 1).nodes, weights)
    draws = np.zeros((SEEDS, len(weights)))
    compressor = UnbiasedReduction(arithmetic=Arithmetic.FLOAT)
    for seed in range(SEEDS):
        after = compressor.compress(measure, degree=1, size=4, seed=seed)
        draws[seed, list(after.indices)] = after.rounded()
    spread = draws.std(axis=0) / np.sqrt(SEEDS)
    return float((np.abs(draws.mean(axis=0) - weights) / spread).max())


WEIGHTS = np.array([1.0, 2.0, 0.5, 3.0, 1.0, 0.25, 1.0, 4.0, 1.0, 2.0])


def test_the_mean_over_seeds_is_the_source() -> None:
    assert _largest_deviation(WEIGHTS) < DEVIATIONS


def test_a_fair_coin_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    def fair_coin(_forward: float, _backward: float) -> float:
        return 0.5

    monkeypatch.setattr(steering, "fair_share", fair_coin)
    assert _largest_deviation(WEIGHTS) > 1.5 * DEVIATIONS


def test_the_seed_decides() -> None:
    measure = cloud(60, 2)
    assert_seed_decides(
        lambda seed: UnbiasedReduction().compress(measure, degree=2, seed=seed), seeds=4
    )


def test_errors_of_cells_average_out() -> None:
    """Twice the cells: a k-matched error of one sign halves 4 times, an unbiased one more."""
    errors = [_rms_error(size) for size in (20, 80)]
    assert np.log(errors[0] / errors[1]) / np.log(4) > 2.25  # (k + 1) / m + 1/2 = 5/2, not 2


def _rms_error(size: int) -> float:
    compressor = UnbiasedReduction(arithmetic=Arithmetic.FLOAT)
    errors: list[float] = []
    for seed in range(25):
        measure = FloatMeasure(np.linspace(-1, 1, 400)[:, None])
        after = compressor.compress(measure, degree=1, size=size, seed=seed)
        values = np.exp(measure.nodes[:, 0])
        errors.append(values.sum() - after.rounded() @ values[list(after.indices)])
    return float(np.sqrt(np.mean(np.square(errors))))


def test_too_small_a_size_is_refused() -> None:
    with pytest.raises(ValueError, match="found the size 9; expected at least 10"):
        UnbiasedReduction().compress(cloud(50, 2), degree=3, size=9)
