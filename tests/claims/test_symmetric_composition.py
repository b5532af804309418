"""Boundary table of `symmetric-composition`."""

import pytest

from tests.claims.examples import bearing
from ucomp_verify.claims import Bearing
from ucomp_verify.claims.identities import DUPLICATION, INVARIANT_COMPOSITION
from ucomp_verify.findings import SymbolicIdentity


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        (INVARIANT_COMPOSITION, Bearing.INSTANCE),
        (DUPLICATION, Bearing.SILENT),
        (INVARIANT_COMPOSITION.upper(), Bearing.SILENT),
    ],
)
def test_reading_at_the_boundary(statement: str, expected: Bearing) -> None:
    finding = SymbolicIdentity(statement, (("d", "2"),), "", "", 1)
    assert bearing("symmetric-composition", finding) is expected
