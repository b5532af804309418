"""Boundary table of `small-ball-enclosing`: a lower bound of the radius can only refute."""

from fractions import Fraction

import pytest

from tests.claims.examples import bearing, covering
from ucomp_verify.claims import Bearing
from ucomp_verify.kernel.facts import CoveringFact


@pytest.mark.parametrize(
    ("fact", "expected"),
    [
        (covering(1, 0, 0), Bearing.SILENT),  # one point
        (covering(1, 4, 1), Bearing.SILENT),  # two points: 4 R^2 = r^2
        (covering(2, 4, 1 + Fraction(1, 10**20)), Bearing.REFUTES),
        (covering(2, 36, Fraction(289, 25)), Bearing.REFUTES),  # circumradius 17/5 for diameter 6
        (covering(2, 36, 8), Bearing.SILENT),
    ],
)
def test_reading_at_the_boundary(fact: CoveringFact, expected: Bearing) -> None:
    assert bearing("small-ball-enclosing", fact) is expected
