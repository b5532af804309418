"""Boundary table of `polylog`: only growth faster than d at a fixed d' bears on it."""

import pytest

from tests.claims.examples import bearing, growth
from ucomp_verify.claims import Bearing
from ucomp_verify.kernel.facts import GrowthFact


@pytest.mark.parametrize(
    ("fact", "expected"),
    [
        (growth(3, 2, power=2, error=1), Bearing.REFUTES),
        (growth(3, 2, power=2, error=0), Bearing.SILENT),
        (growth(3, 2, power=1, error=1), Bearing.SILENT),  # no faster than d
        (growth(3, 0, power=2, error=1), Bearing.SILENT),  # d' >= 1 is asked
    ],
)
def test_reading_at_the_boundary(fact: GrowthFact, expected: Bearing) -> None:
    assert bearing("polylog", fact) is expected
