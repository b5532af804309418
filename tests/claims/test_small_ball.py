"""Boundary table of `small-ball`: when errors outgrow a constant times d r^(k+1)."""

from fractions import Fraction

import pytest

from tests.claims.examples import bearing, growth
from ucomp_verify.claims import Bearing
from ucomp_verify.claims.registry import find
from ucomp_verify.kernel.facts import GrowthFact

TINY = Fraction(1, 10**9)


@pytest.mark.parametrize(
    ("fact", "expected"),
    [
        (growth(3, 2, power=2, error=1), Bearing.REFUTES),
        (growth(3, 1, power=2, error=1), Bearing.REFUTES),  # k = 0, N = 1
        (growth(3, 2, power=2, error=TINY), Bearing.REFUTES),  # any positive error grows
        (growth(3, 2, power=2, error=0), Bearing.SILENT),
        (growth(3, 2, power=1, error=1), Bearing.SILENT),  # grows like d, as printed
        (growth(3, 0, power=2, error=1), Bearing.SILENT),  # N is at least 1
        (growth(1, 1, power=2, error=1, squared_diameter=0), Bearing.SILENT),  # r > 0 is asked
    ],
)
def test_reading_at_the_boundary(fact: GrowthFact, expected: Bearing) -> None:
    assert bearing("small-ball", fact) is expected


def test_the_largest_order_that_the_nodes_allow_is_named() -> None:
    parameters = dict(find("small-ball").read(growth(6, 5, power=2, error=1, dim=2)).parameters)
    assert parameters == {"m": "2", "k": "1", "N": "3"}  # N = 6 would need six nodes
