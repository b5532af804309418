"""The property of the unbiased reduction notices bias, lost moments and too much spread."""

from fractions import Fraction
from importlib import import_module
from typing import Any

import numpy as np
import pytest

from ucomp_verify.caratheodory import martingale
from ucomp_verify.caratheodory.martingale import Outcome
from ucomp_verify.evidence import unbiased
from ucomp_verify.evidence.unbiased import distance, unbiased_failure
from ucomp_verify.measures import AtomicMeasure

CASE: dict[str, Any] = {
    "nodes": [-3, -1, 0, 2, 5],
    "weights": [1, 2, 3, 4, 5],
    "values": [2, -3, 4, -1, 0],
    "degree": 1,
    "cut": 0,
}


def always(value: Any) -> Any:
    def answer(*arguments: Any) -> Any:
        del arguments
        return value

    return answer


def test_a_healthy_case_passes_in_one_cell_and_in_two() -> None:
    assert unbiased_failure(CASE) is None
    assert unbiased_failure(CASE | {"cut": 2}) is None


def test_a_fair_coin_is_biased(monkeypatch: pytest.MonkeyPatch) -> None:
    def fair_coin(cell: AtomicMeasure, degree: int) -> tuple[Outcome, ...]:
        return martingale.outcomes(cell, degree, probability=always(Fraction(1, 2)))

    monkeypatch.setattr(unbiased, "_outcomes", fair_coin)
    assert "the mean weight of node" in str(unbiased_failure(CASE))


@pytest.mark.parametrize(
    ("ends", "reason"),
    [
        ([Outcome(Fraction(1, 2), (Fraction(1),) * 5)], "add up to 1/2"),
        ([Outcome(Fraction(1), tuple(map(Fraction, CASE["weights"])))], "has the weights"),
    ],
)
def test_wrong_outcomes_are_noticed(
    monkeypatch: pytest.MonkeyPatch, ends: list[Outcome], reason: str
) -> None:
    monkeypatch.setattr(unbiased, "_outcomes", always(ends))
    assert reason in str(unbiased_failure(CASE))


def test_another_moment_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Half of the mass on either of two nodes: the mean is right, the mean position is not."""
    both = {"nodes": [0, 1], "weights": [1, 1], "values": [0, 0], "degree": 1, "cut": 0}
    ends = [Outcome(Fraction(1, 2), (Fraction(2), Fraction(0)))]
    ends.append(Outcome(Fraction(1, 2), (Fraction(0), Fraction(2))))
    monkeypatch.setattr(unbiased, "_outcomes", always(ends))
    assert unbiased_failure(both) == "an outcome has another moment"


def test_too_much_spread_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unbiased, "distance", always(Fraction(1, 100)))
    assert "exceeds" in str(unbiased_failure(CASE))


def test_nothing_random_is_no_effective_case() -> None:
    assert unbiased_failure(CASE | {"degree": 2, "cut": 2}) == unbiased.NOT_APPLICABLE


@pytest.mark.parametrize("degree", [0, 1, 2])
def test_the_distance_is_that_of_the_best_polynomial(degree: int) -> None:
    """Compared with a linear program in float64."""
    optimize: Any = import_module("scipy.optimize")
    nodes, values = [-3.0, -1, 0, 2, 5, 7], [2.0, -3, 4, -1, 0, 6]
    powers: Any = np.vander(nodes, degree + 1)
    ones: Any = np.ones((len(nodes), 1))
    rows: Any = np.block([[powers, -ones], [-powers, -ones]])
    right: Any = np.concatenate([values, [-v for v in values]])
    found = optimize.linprog([0] * (degree + 1) + [1], rows, right, bounds=(None, None)).fun
    exact = distance([Fraction(x) for x in nodes], [Fraction(v) for v in values], degree)
    assert float(exact) == pytest.approx(found)
