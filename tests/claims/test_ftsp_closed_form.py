"""Boundary table of `ftsp-closed-form`: the right side must be the sum over partitions."""

from fractions import Fraction

import pytest

from tests.claims.examples import bearing, identity
from ucomp_verify.algebra import closed_form
from ucomp_verify.claims import Bearing
from ucomp_verify.claims.registry import find
from ucomp_verify.kernel.facts import IdentityFact


@pytest.mark.parametrize("parts", [[(1,)], [(1,), (1,)], [(1, 0), (0, 1), (1, 1)]])
def test_the_closed_form_is_an_instance(parts: list[tuple[int, ...]]) -> None:
    stated = closed_form(parts)
    fact = IdentityFact(len(parts[0]), None, stated.left, stated.right)
    assert bearing("ftsp-closed-form", fact) is Bearing.INSTANCE
    for_two = IdentityFact(len(parts[0]), 2, stated.left, stated.right)
    assert bearing("ftsp-closed-form", for_two) is Bearing.SILENT
    longer = IdentityFact(len(parts[0]), None, stated.left * 2, stated.right)
    assert bearing("ftsp-closed-form", longer) is Bearing.SILENT


def test_another_right_side_is_silent() -> None:
    assert bearing("ftsp-closed-form", identity([(1,), (1,)], [[(1,), (1,)]])) is Bearing.SILENT
    constant = IdentityFact(1, None, ((Fraction(1), ()),), ((Fraction(1), ()),))
    assert bearing("ftsp-closed-form", constant) is Bearing.SILENT


def test_different_unit_vectors_stand_for_any_parts() -> None:
    def family(parts: list[tuple[int, ...]]) -> str:
        stated = closed_form(parts)
        fact = IdentityFact(len(parts[0]), None, stated.left, stated.right)
        return find("ftsp-closed-form").read(fact).family

    assert family([(1, 0), (0, 1)]) == "2 parts, every m, alpha and d"
    assert family([(0, 1), (1, 0)]) == "2 parts, every m, alpha and d"
    assert family([(1, 0), (1, 0)]) == "every d >= 1"
    assert family([(1, 0, 0), (0, 1, 0)]) == "every d >= 1"  # no coordinate may be left out
