"""Boundary table of `ftsp-degree`: no power sum of higher order than the degree."""

import pytest

from tests.claims.examples import bearing, identity
from ucomp_verify.claims import Bearing
from ucomp_verify.claims.registry import find
from ucomp_verify.kernel.facts import IdentityFact


@pytest.mark.parametrize(
    ("fact", "expected"),
    [
        (identity([(1,)], [[(1,)]]), Bearing.INSTANCE),
        (identity([(1,), (1,)], [[(1,), (1,)], [(2,)]]), Bearing.INSTANCE),
        (identity([(1, 1)], [[(1, 1)]], num_points=1), Bearing.INSTANCE),  # order 2 > d = 1
        (identity([(1,)], [[(2,)]]), Bearing.SILENT),  # order above the degree shows nothing
    ],
)
def test_reading_at_the_boundary(fact: IdentityFact, expected: Bearing) -> None:
    assert bearing("ftsp-degree", fact) is expected


def test_an_identity_for_all_d_settles_every_d() -> None:
    read = find("ftsp-degree").read
    assert read(identity([(3,)], [[(3,)]])).family == "every d >= 1"
    assert read(identity([(1,)], [[(1,)]], num_points=2)).family == ""
