"""Boundary table of `polylog-radius-power`, and that its formal statement is right."""

from fractions import Fraction

import pytest

from tests.claims.examples import bearing, counterexample
from ucomp_verify.claims import Bearing
from ucomp_verify.claims.polylog_radius_power import radius_power_statement
from ucomp_verify.kernel import RejectedCertificate, check
from ucomp_verify.kernel.certificates import Counterexample
from ucomp_verify.writing import vector

SLUG = "polylog-radius-power"


@pytest.mark.parametrize(("dim", "multiple"), [(2, 1), (3, 2), (7, 3)])
def test_its_own_statement_refutes(dim: int, multiple: int) -> None:
    fact = counterexample(radius_power_statement(dim, multiple), [2, 1])
    assert bearing(SLUG, fact) is Bearing.REFUTES


@pytest.mark.parametrize(
    ("dim", "values"),
    [
        (1, [Fraction(2), 1]),  # on the line both are the same
        (2, [Fraction(1), 1]),  # and for rho = 1
    ],
)
def test_where_the_printed_power_is_right(dim: int, values: list[Fraction | int]) -> None:
    with pytest.raises(RejectedCertificate, match="the conclusion holds"):
        check(Counterexample(radius_power_statement(dim, 1), vector(values)))


@pytest.mark.parametrize(
    ("values", "reason"),
    [([0, 1], "hypothesis 0 does not hold"), ([2, Fraction(1, 2)], "hypothesis 1 does not hold")],
)
def test_the_formal_statement_asks_for_what_it_says(
    values: list[Fraction | int], reason: str
) -> None:
    with pytest.raises(RejectedCertificate, match=reason):
        check(Counterexample(radius_power_statement(2, 1), vector(values)))


def test_the_polynomials_are_those_of_the_formula() -> None:
    """Both sides of the printed equation, times rho^(k + k/m) (m! d' / k^m)^(k/m)."""
    m, j, rho = 3, 2, Fraction(5, 3)
    k = m * j
    assert rho ** (k + j) * rho**-k == rho**j  # the left side, with (k^m / (m! d'))^(k/m) gone
    assert rho ** (k + j) * rho**-j == rho**k  # the right one
