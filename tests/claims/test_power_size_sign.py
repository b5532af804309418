"""Boundary table of `power-size-sign`: only a family without any object bears on it."""

from fractions import Fraction

import pytest

from tests.claims.examples import bearing, growth
from ucomp_verify.claims import Bearing
from ucomp_verify.kernel.facts import GrowthFact


@pytest.mark.parametrize(
    ("fact", "expected"),
    [
        (growth(1, 0, power=1, error=Fraction(1, 2)), Bearing.REFUTES),
        (growth(1, 0, power=1, error=0), Bearing.SILENT),
        (growth(3, 1, power=1, error=1), Bearing.SILENT),
    ],
)
def test_reading_at_the_boundary(fact: GrowthFact, expected: Bearing) -> None:
    assert bearing("power-size-sign", fact) is expected
