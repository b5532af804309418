"""Boundary table of `support-reduction`: a result of the algorithm, exact and small."""

from fractions import Fraction

import pytest

from tests.claims.examples import bearing, cubature, growth
from ucomp_verify.claims import Bearing
from ucomp_verify.findings import Finding


@pytest.mark.parametrize(
    ("fact", "expected"),
    [
        (cubature(1, 0, 1, 1), Bearing.INSTANCE),
        (cubature(3, 2, 8, 8), Bearing.INSTANCE),  # d < N: nothing to remove
        (cubature(1, 2, 9, 3), Bearing.INSTANCE),
        (cubature(1, 2, 9, 4), Bearing.SILENT),  # N = 3: the algorithm would not have stopped
        (cubature(1, 2, 9, 3, defect=Fraction(1, 2**60)), Bearing.SILENT),
        (growth(3, 2, power=1, error=0, degree=2), Bearing.SILENT),
    ],
)
def test_reading_at_the_boundary(fact: Finding, expected: Bearing) -> None:
    assert bearing("support-reduction", fact) is expected
