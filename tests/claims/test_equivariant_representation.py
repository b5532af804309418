"""Boundary table of `equivariant-representation`: one marked factor, orders below d."""

import pytest

from tests.claims.examples import bearing, identity
from ucomp_verify.claims import Bearing
from ucomp_verify.claims.identities import DUPLICATION, EQUIVARIANT_FORM
from ucomp_verify.claims.registry import find
from ucomp_verify.findings import Finding, SymbolicIdentity

INSTANCE, SILENT = Bearing.INSTANCE, Bearing.SILENT
OWN, OTHER = (0, 1), (1, 0)  # u, and w: T_i is the sum of the other points
PAIR = [[OWN, OTHER], [(1, 1)]]


@pytest.mark.parametrize(
    ("fact", "expected"),
    [
        (identity([OWN, OTHER], PAIR), INSTANCE),
        (identity([OWN, OTHER], PAIR, num_points=2), INSTANCE),  # order 1 = d - 1
        (identity([OWN, OTHER], PAIR, num_points=1), SILENT),  # order 1 > d - 1
        (identity([OWN], [[OWN]], num_points=1), INSTANCE),  # a constant map of one point
        (identity([(5, 1)], [[(5, 1)]], num_points=1), INSTANCE),  # any power of the own point
        (identity([OWN, OTHER], [[(0, 1), (2, 0)]], num_points=3), INSTANCE),  # order 2 = d - 1
        (identity([OWN, OTHER], [[(0, 1), (2, 0)]], num_points=2), SILENT),
        (identity([OTHER], [[OTHER]]), SILENT),  # no own point
        (identity([OWN, OWN], [[OWN, OWN], [(0, 2)]]), SILENT),  # two own points
        (identity([(0, 2)], [[(0, 2)]]), SILENT),  # not linear in u
        (identity([OWN], [[OTHER]]), SILENT),  # own point on one side only
        (identity([(0, 0, 1)], [[(0, 0, 1)]]), SILENT),  # not in R^(2m)
        (identity([(0, 0, 1, 1)], [[(0, 0, 1, 1)]]), SILENT),  # two coordinates of u at once
        (identity([(1, 2, 1, 0)], [[(1, 2, 1, 0)]], num_points=1), INSTANCE),
        (SymbolicIdentity(EQUIVARIANT_FORM, (("d", "2"),), "", "", 1), INSTANCE),
        (SymbolicIdentity(DUPLICATION, (("d", "2"),), "", "", 1), SILENT),
    ],
)
def test_reading_at_the_boundary(fact: Finding, expected: Bearing) -> None:
    assert bearing("equivariant-representation", fact) is expected


def test_what_is_shown() -> None:
    reading = find("equivariant-representation").read(identity([OWN, OTHER], PAIR))
    assert reading.parameters == (("m", "1"), ("degree", "1"))
    assert reading.family == "single maps, every d >= 2"
    assert "$S = q_{1} + w_{1}$" in reading.shows
    fixed = find("equivariant-representation").read(identity([OWN, OTHER], PAIR, num_points=2))
    assert (fixed.parameters[1], fixed.family) == (("d", "2"), "")
