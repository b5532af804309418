"""Boundary table of `small-ball-zeroth-moment`, and that its formal statement is right."""

from fractions import Fraction

import pytest

from tests.claims.examples import bearing, counterexample
from ucomp_verify.claims import Bearing
from ucomp_verify.claims.small_ball_zeroth_moment import zeroth_moment_statement
from ucomp_verify.kernel import RejectedCertificate, check
from ucomp_verify.kernel.certificates import Counterexample
from ucomp_verify.writing import vector

SLUG = "small-ball-zeroth-moment"


@pytest.mark.parametrize("order", [1, 2, 7])
def test_its_own_statement_refutes(order: int) -> None:
    fact = counterexample(zeroth_moment_statement(order), [0, 0, 1, 0, 1])
    assert bearing(SLUG, fact) is Bearing.REFUTES


def test_with_order_zero_the_statement_is_another_one() -> None:
    """Orders 0 to k are what the repaired theorem matches; then nothing refutes."""
    fact = counterexample(zeroth_moment_statement(0), [0, 0, 1, 0, 1])  # no moment at all
    assert bearing(SLUG, fact) is Bearing.SILENT


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ([0, 0, -1, 0, 1], "hypothesis 2 does not hold"),  # a negative weight
        ([0, 1, 1, 2, 1], "hypothesis 4 does not hold"),  # the first moment changes
        ([0, 1, 1, 2, Fraction(1, 2)], "hypothesis 4 does not hold"),
        ([1, 0, 0, 1, 0], "the conclusion holds"),  # both nodes at the centre
    ],
)
def test_the_formal_statement_asks_for_what_it_says(
    values: list[Fraction | int], reason: str
) -> None:
    with pytest.raises(RejectedCertificate, match=reason):
        check(Counterexample(zeroth_moment_statement(2), vector(values)))


def test_weight_at_the_centre_is_invisible() -> None:
    check(Counterexample(zeroth_moment_statement(5), vector([1, 1, 8, 1, 3])))
