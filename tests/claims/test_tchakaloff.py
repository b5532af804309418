"""Boundary table of `tchakaloff`: N = binom(m+k, k), exactness, and the impossible."""

from fractions import Fraction

import pytest

from tests.claims.examples import bearing, cubature, growth
from ucomp_verify.claims import Bearing
from ucomp_verify.findings import Finding

INSTANCE, SILENT, REFUTES = Bearing.INSTANCE, Bearing.SILENT, Bearing.REFUTES


@pytest.mark.parametrize(
    ("fact", "expected"),
    [
        (cubature(1, 0, 1, 1), INSTANCE),  # one node, degree 0
        (cubature(1, 0, 5, 1), INSTANCE),
        (cubature(1, 0, 5, 2), SILENT),  # N = 1
        (cubature(2, 2, 25, 6), INSTANCE),
        (cubature(2, 2, 25, 7), SILENT),
        (cubature(2, 2, 25, 6, defect=Fraction(1, 10**30)), SILENT),  # nearly is not exactly
        (growth(3, 2, power=1, error=0, degree=2), SILENT),  # 2 < N = 3 shows nothing
        (growth(4, 3, power=1, error=0, degree=2), REFUTES),  # N nodes that do not suffice
        (growth(4, 3, power=2, error=1, degree=2), SILENT),  # squares of sums are no moments
    ],
)
def test_reading_at_the_boundary(fact: Finding, expected: Bearing) -> None:
    assert bearing("tchakaloff", fact) is expected
