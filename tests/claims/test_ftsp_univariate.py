"""Boundary table of `ftsp-univariate`: existence in one variable, uniqueness by a Jacobian."""

import pytest

from tests.claims.examples import bearing, growth, identity
from ucomp_verify.claims import Bearing
from ucomp_verify.findings import Finding

INSTANCE, SILENT = Bearing.INSTANCE, Bearing.SILENT


@pytest.mark.parametrize(
    ("fact", "expected"),
    [
        (identity([(1,)], [[(1,)]]), INSTANCE),
        (identity([(2,)], [[(2,)]], num_points=1), SILENT),  # order 2 for one variable
        (identity([(1, 0)], [[(1, 0)]]), SILENT),  # two coordinates a point
        (growth(1, 0, power=1, error=0, degree=0), INSTANCE),  # d = 1
        (growth(4, 3, power=1, error=0, degree=3), INSTANCE),
        (growth(4, 3, power=1, error=0, degree=4), SILENT),  # order 4 shows nothing for d = 4
        (growth(4, 2, power=1, error=0, degree=3), SILENT),
        (growth(4, 3, power=2, error=1, degree=3), SILENT),
        (growth(3, 2, power=1, error=0, degree=1, dim=2), SILENT),
    ],
)
def test_reading_at_the_boundary(fact: Finding, expected: Bearing) -> None:
    assert bearing("ftsp-univariate", fact) is expected
