"""Boundary table of `levelset-remez`: share^k against t / 2."""

import runpy
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.claims.examples import bearing, level_set
from tests.conftest import RecordEffective
from ucomp_verify.claims import Bearing
from ucomp_verify.evidence.search import find_refutation
from ucomp_verify.kernel import check
from ucomp_verify.kernel.certificates import LevelSet
from ucomp_verify.kernel.facts import LevelSetFact

PROVER = Path(__file__).parents[2] / "proofs" / "levelset-remez" / "prove.py"
CASES = 200  # of the search, of which more than one in four refutes

HALF, QUARTER = Fraction(1, 2), Fraction(1, 4)


@pytest.mark.parametrize(
    ("fact", "expected"),
    [
        (level_set([0, 1], HALF, HALF), Bearing.REFUTES),
        (level_set([0, 1], HALF, QUARTER), Bearing.SILENT),  # equality is allowed
        (level_set([0, 1], HALF, QUARTER + Fraction(1, 10**30)), Bearing.REFUTES),
        (level_set([1], Fraction(1), Fraction(1)), Bearing.SILENT),  # a constant: k = 0
        (level_set([0, 0, 1], Fraction(1, 8), QUARTER), Bearing.SILENT),  # (1/4)^2 = (1/8)/2
        (level_set([0, 0, 1], Fraction(1, 9), QUARTER), Bearing.REFUTES),
        (level_set([0, 1], Fraction(0), HALF), Bearing.SILENT),  # t > 0 is asked
        (level_set([0, 1], Fraction(3, 2), Fraction(1)), Bearing.REFUTES),  # t > 1: S_t empty
    ],
)
def test_reading_at_the_boundary(fact: LevelSetFact, expected: Bearing) -> None:
    assert bearing("levelset-remez", fact) is expected


@pytest.fixture(scope="module")
def prover() -> dict[str, Any]:
    return runpy.run_path(str(PROVER))


@pytest.mark.parametrize("seed", [0, pytest.param(1, marks=pytest.mark.slow)])
def test_the_search_ends_with_a_line(prover: dict[str, Any], seed: int) -> None:
    found = find_refutation("levelset-remez", prover["CANDIDATES"], cases=CASES, seed=seed)
    assert isinstance(found, LevelSet)
    assert len(found.coefficients.numerators) == 2  # degree 1
    fact = check(found)
    assert isinstance(fact, LevelSetFact) and fact.share > fact.level / 2


def test_the_search_is_not_told_where_to_look(prover: dict[str, Any]) -> None:
    # p = 2x^2 - 1 on [-1, 1] has its maximum inside and at both ends, and falls and grows.
    made = prover["normalised"]([-1, 0, 2], Fraction(-1), Fraction(2), HALF)
    fact = check(made)
    assert isinstance(fact, LevelSetFact)
    # |2x^2 - 1| <= 1/2 for 1/2 <= |x| <= sqrt(3)/2: a share of 0.366, found to 1/64.
    assert Fraction(35, 100) < fact.share < Fraction(3661, 10_000)
    assert bearing("levelset-remez", fact) is Bearing.SILENT  # (1/4)^(1/2) is more


@given(data=st.data())
def test_the_kernel_accepts_every_candidate(
    prover: dict[str, Any], data: st.DataObject, record_effective: RecordEffective
) -> None:
    candidate = data.draw(prover["CANDIDATES"])
    fact = check(candidate)
    assert isinstance(fact, LevelSetFact) and fact.level == candidate.level
    record_effective(1)
