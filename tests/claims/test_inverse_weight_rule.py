"""Boundary table of `inverse-weight-rule`, and that clipping is stated as it is done."""

from fractions import Fraction

import pytest

from tests.claims.examples import bearing, counterexample
from ucomp_verify.claims import Bearing
from ucomp_verify.claims.ftsp_order_sharp import order_statement
from ucomp_verify.claims.inverse_weight_rule import clipping_statement
from ucomp_verify.kernel import RejectedCertificate, check
from ucomp_verify.kernel.certificates import Counterexample
from ucomp_verify.writing import vector

HALF = Fraction(1, 2)


def test_reading_at_the_boundary() -> None:
    fact = counterexample(clipping_statement(), [4, 1, 1, 2, 1, HALF, 1])
    assert bearing("inverse-weight-rule", fact) is Bearing.REFUTES
    other = counterexample(order_statement(1), [0, 1])
    assert bearing("inverse-weight-rule", other) is Bearing.SILENT


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ([1, 1, 1, 1, 1, 1, 1], "the conclusion holds"),  # weight 1: nothing to see
        ([4, 1, 2, 2, 1, 1, 1], "the conclusion holds"),  # neither is clipped
        ([4, 0, 1, 0, 0, 1, 1], "hypothesis 2 does not hold"),  # no gradient, no norm
        ([4, 1, 1, 2, 1, HALF, HALF], "hypothesis 11 does not hold"),  # t is not the minimum
        ([4, 1, 1, 2, 1, 1, 1], "hypothesis 7 does not hold"),  # not clipped although too long
        ([HALF, 2, 1, 1, 2, 1, HALF], "hypothesis 0 does not hold"),  # a weight below 1
        ([2, 1, 1, 1, 1, 1, 1], "hypothesis 4 does not hold"),  # a wrong norm
    ],
)
def test_the_formal_statement_is_clipping(values: list[Fraction | int], reason: str) -> None:
    with pytest.raises(RejectedCertificate, match=reason):
        check(Counterexample(clipping_statement(), vector(values)))
