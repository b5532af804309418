"""Boundary table of `mean-field-dynamics`: only duplication is an instance."""

import pytest

from tests.claims.examples import bearing
from ucomp_verify.claims import Bearing
from ucomp_verify.claims.identities import (
    DUPLICATION,
    EQUIVARIANT_FORM,
    INVARIANT_COMPOSITION,
    SHARP_ORDER,
)
from ucomp_verify.claims.registry import find
from ucomp_verify.findings import SymbolicIdentity


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        (DUPLICATION, Bearing.INSTANCE),
        (INVARIANT_COMPOSITION, Bearing.SILENT),
        (EQUIVARIANT_FORM, Bearing.SILENT),
        (SHARP_ORDER, Bearing.SILENT),
        ("", Bearing.SILENT),
    ],
)
def test_reading_at_the_boundary(statement: str, expected: Bearing) -> None:
    finding = SymbolicIdentity(statement, (("c", "(1, 1)"),), "every start", "shown", 1)
    assert bearing("mean-field-dynamics", finding) is expected


def test_the_instance_is_named() -> None:
    finding = SymbolicIdentity(DUPLICATION, (("c", "(1, 1)"),), "every start", "shown", 1)
    reading = find("mean-field-dynamics").read(finding)
    assert (reading.parameters, reading.family) == ((("c", "(1, 1)"),), "every start")
    assert reading.shows == "shown"


def test_no_comparison_is_no_finding() -> None:
    with pytest.raises(ValueError, match="no identity was compared"):
        SymbolicIdentity(DUPLICATION, (), "", "", 0)
