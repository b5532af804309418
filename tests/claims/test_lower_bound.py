"""Boundary table of `lower-bound`: an identity empties it, instances say nothing."""

import pytest

from tests.claims.examples import bearing
from ucomp_verify.claims import Bearing
from ucomp_verify.claims.identities import SHARP_ORDER, UNNORMALISED_GAP
from ucomp_verify.findings import SymbolicIdentity


@pytest.mark.parametrize(
    ("statement", "expected"),
    [(UNNORMALISED_GAP, Bearing.EMPTIES), (SHARP_ORDER, Bearing.SILENT)],
)
def test_reading_at_the_boundary(statement: str, expected: Bearing) -> None:
    finding = SymbolicIdentity(statement, (), "every m", "", checks=1)
    assert bearing("lower-bound", finding) is expected
