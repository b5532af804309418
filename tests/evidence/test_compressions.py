"""The properties of reductions notice what is wrong with one."""

import re
from fractions import Fraction
from typing import Any

import pytest

from ucomp_verify import compressors
from ucomp_verify.evidence import compressions
from ucomp_verify.measures import AtomicMeasure, Compression, ExactWeights, Measure

LINE = {"nodes": [[x] for x in range(-6, 7)], "weights": [1] * 13, "degree": 2}
ONE_SHOT = LINE | {"cells": 2, "slope": [1], "gap": 2}
FLOATS = {
    "nodes": [[float(x).hex()] for x in range(13)],
    "weights": [(1.5).hex()] * 13,
    "degree": 2,
}


class Untouched(compressors.ExactReduction):
    """Keeps every node."""

    def compress(
        self, measure: Measure, *, degree: int, size: int | None = None, seed: int = 0
    ) -> Compression:
        assert isinstance(measure, AtomicMeasure)
        weights = ExactWeights(tuple(measure.weights[i] for i in measure.support))
        return Compression(measure, degree, measure.support, weights)


def test_healthy_cases_pass() -> None:
    assert compressions.reduction_failure(LINE) is None
    assert compressions.float_reduction_failure(FLOATS) is None
    assert compressions.one_shot_failure(ONE_SHOT) is None


@pytest.mark.parametrize(
    ("planted", "reason"),
    [
        (compressors.RandomSubset, r"the kernel rejects the reduction: moment .* is off"),
        (Untouched, "nodes kept, not 3"),
    ],
)
def test_a_faulty_reduction_is_noticed(
    monkeypatch: pytest.MonkeyPatch, planted: Any, reason: str
) -> None:
    monkeypatch.setattr(compressors, "ExactReduction", planted)
    for failure in (compressions.reduction_failure, compressions.one_shot_failure):
        text = failure(LINE if failure is compressions.reduction_failure else ONE_SHOT)
        assert text is not None
        assert re.search(reason, text)


def test_nothing_to_reduce_is_no_effective_case() -> None:
    nothing = compressions.NOT_APPLICABLE
    assert compressions.reduction_failure(LINE | {"weights": [0] * 13}) == nothing
    assert compressions.float_reduction_failure(FLOATS | {"weights": [(0.0).hex()] * 13}) == nothing
    few = {"nodes": [[-5], [5]], "weights": [1, 1], "degree": 2}
    assert compressions.one_shot_failure(ONE_SHOT | few) == nothing


@pytest.mark.parametrize(("dim", "slope"), [(1, [3]), (2, [3, 4])])
def test_the_error_is_compared_with_the_bound_exactly(dim: int, slope: list[int]) -> None:
    """m = 1, k = 1, n = 2, |u| = 3, gap 1: 2 W 3^2 (12/2)^2; m = 2, |u| = 5: twice 5^2."""
    before = AtomicMeasure.unit([(0,) * dim])
    exact = [Fraction(u) for u in slope]
    bound = 2 * 9 * 36 if dim == 1 else 2 * 2 * 25 * 36
    arguments = (before, 1, 2, exact, Fraction(1))
    beyond = compressions._beyond_bound  # pyright: ignore[reportPrivateUsage]
    assert beyond(Fraction(bound), *arguments) is None
    assert beyond(Fraction(-bound), *arguments) is None
    text = beyond(bound + Fraction(1, 10**9), *arguments)
    assert text is not None
    assert "exceeds the bound" in text
