"""Boundary table of `levelset-chebyshev-bound`, and that its formal statement is right."""

from fractions import Fraction

import pytest

from tests.claims.examples import bearing, counterexample
from ucomp_verify.claims import Bearing
from ucomp_verify.claims.levelset_chebyshev_bound import chebyshev_bound_statement
from ucomp_verify.kernel import RejectedCertificate, check
from ucomp_verify.kernel.certificates import Counterexample
from ucomp_verify.writing import vector

SLUG = "levelset-chebyshev-bound"


def chebyshev(degree: int, x: Fraction) -> Fraction:
    previous, value = Fraction(1), x
    for _ in range(degree - 1):
        previous, value = value, 2 * x * value - previous
    return value


@pytest.mark.parametrize("degree", [1, 2, 11])
def test_its_own_statement_refutes(degree: int) -> None:
    fact = counterexample(chebyshev_bound_statement(degree), [2])
    assert bearing(SLUG, fact) is Bearing.REFUTES


@pytest.mark.parametrize("degree", [1, 2, 3, 6])
@pytest.mark.parametrize("share", [Fraction(1), Fraction(1, 2), Fraction(1, 50)])
def test_the_bound_fails_at_every_share(degree: int, share: Fraction) -> None:
    """It fails even where t would make it harmless: T_k(2y - 1) >= y^k for y >= 1."""
    check(Counterexample(chebyshev_bound_statement(degree), vector([1 / share])))
    assert chebyshev(degree, 2 / share - 1) > share**-degree / 2


def test_a_share_above_one_is_no_counterexample() -> None:
    with pytest.raises(RejectedCertificate, match="hypothesis 0 does not hold"):
        check(Counterexample(chebyshev_bound_statement(1), vector([Fraction(1, 2)])))


@pytest.mark.parametrize("degree", [1, 4, 9])
def test_the_upper_bound_that_the_claim_names_holds(degree: int) -> None:
    for numerator in range(1, 30):
        share = Fraction(numerator, 30)
        assert chebyshev(degree, 2 / share - 1) <= (4 / share) ** degree / 2
