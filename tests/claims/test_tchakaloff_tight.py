"""Boundary table of `tchakaloff-tight`: exactly N - 1 nodes, linear functions of weights."""

import pytest

from tests.claims.examples import bearing, growth
from ucomp_verify.claims import Bearing
from ucomp_verify.kernel.facts import GrowthFact


@pytest.mark.parametrize(
    ("fact", "expected"),
    [
        (growth(1, 0, power=1, error=0, degree=0), Bearing.INSTANCE),  # k = 0: N - 1 = 0 nodes
        (growth(3, 2, power=1, error=0, degree=2), Bearing.INSTANCE),
        (growth(3, 1, power=1, error=0, degree=2), Bearing.SILENT),  # fewer than N - 1
        (growth(6, 5, power=1, error=0, degree=2, dim=2), Bearing.INSTANCE),
        (growth(3, 2, power=2, error=1, degree=2), Bearing.SILENT),
    ],
)
def test_reading_at_the_boundary(fact: GrowthFact, expected: Bearing) -> None:
    assert bearing("tchakaloff-tight", fact) is expected
