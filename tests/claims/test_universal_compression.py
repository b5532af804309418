"""Boundary table of `universal-compression`: growth faster than d, and stuck supports."""

import pytest

from tests.claims.examples import bearing, growth
from ucomp_verify.claims import Bearing
from ucomp_verify.kernel.facts import GrowthFact


@pytest.mark.parametrize(
    ("fact", "expected"),
    [
        (growth(3, 2, power=2, error=1), Bearing.REFUTES),
        (growth(3, 2, power=2, error=0), Bearing.SILENT),
        (growth(10, 5, power=1, error=0, degree=5), Bearing.REFUTES),  # stuck at six
        (growth(5, 5, power=1, error=0, degree=5), Bearing.SILENT),  # d' = d is no compression
        (growth(3, 0, power=2, error=1), Bearing.SILENT),  # d' >= 1 is asked
        (growth(3, 0, power=1, error=1), Bearing.SILENT),
    ],
)
def test_reading_at_the_boundary(fact: GrowthFact, expected: Bearing) -> None:
    assert bearing("universal-compression", fact) is expected
