"""Growth certificates: found where they exist, accepted, and refused where they do not."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ucomp_verify.algebra.obstructions import NoObstruction, growth_certificate, monomials
from ucomp_verify.kernel import check
from ucomp_verify.kernel.facts import GrowthFact

ZERO = Fraction(0)


@given(st.lists(st.integers(-20, 20), min_size=3, max_size=6, unique=True))
def test_k_plus_one_nodes_on_a_line_need_all_their_nodes(nodes: list[int]) -> None:
    degree = len(nodes) - 1
    powers = monomials([(i,) for i in range(degree + 1)])
    certificate = growth_certificate(
        [(x,) for x in nodes], powers, size=degree, power=1, error=ZERO
    )
    fact = check(certificate)
    assert isinstance(fact, GrowthFact)
    assert (fact.size, fact.mass) == (degree, len(nodes))


def test_a_rule_that_exists_has_no_obstruction() -> None:
    # -1, 0, 1 with weights 1: the mean alone is matched by the middle node.
    with pytest.raises(NoObstruction, match=r"do not rule out the nodes \(1,\)"):
        growth_certificate(
            [(-1,), (0,), (1,)], monomials([(0,), (1,)]), size=1, power=1, error=ZERO
        )


def test_an_error_that_is_reached_cannot_be_exceeded() -> None:
    # Nothing kept of one unit object: the error is 1, and not more.
    constant = monomials([(0,)])
    check(growth_certificate([(0,)], constant, size=0, power=1, error=Fraction(99, 100)))
    with pytest.raises(NoObstruction, match=r"nodes \(\)"):
        growth_certificate([(0,)], constant, size=0, power=1, error=Fraction(1))
