"""Boundary table of `levelset-remez`: share^k against t / 2."""

from fractions import Fraction

import pytest

from tests.claims.examples import bearing, level_set
from ucomp_verify.claims import Bearing
from ucomp_verify.kernel.facts import LevelSetFact

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
