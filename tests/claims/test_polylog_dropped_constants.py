"""Boundary table of `polylog-dropped-constants`, and that its formal statement is right."""

from fractions import Fraction

import pytest

from tests.claims.examples import bearing, counterexample
from ucomp_verify.claims import Bearing
from ucomp_verify.claims.polylog_dropped_constants import unit_free_statement
from ucomp_verify.claims.polylog_radius_power import radius_power_statement
from ucomp_verify.kernel import RejectedCertificate, check
from ucomp_verify.kernel.certificates import Counterexample
from ucomp_verify.writing import vector

SLUG = "polylog-dropped-constants"


def test_its_own_statement_refutes() -> None:
    assert bearing(SLUG, counterexample(unit_free_statement(), [2, 1, 1])) is Bearing.REFUTES


def test_another_statement_is_silent() -> None:
    fact = counterexample(radius_power_statement(2, 1), [2, 1])
    assert bearing(SLUG, fact) is Bearing.SILENT


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ([1, 2, 3], "the conclusion holds"),  # the same unit
        ([0, 1, 1], "hypothesis 0 does not hold"),
        ([2, 0, 1], "hypothesis 1 does not hold"),
        ([2, 1, Fraction(1, 2)], "hypothesis 2 does not hold"),
    ],
)
def test_the_formal_statement_asks_for_what_it_says(
    values: list[Fraction | int], reason: str
) -> None:
    with pytest.raises(RejectedCertificate, match=reason):
        check(Counterexample(unit_free_statement(), vector(values)))
