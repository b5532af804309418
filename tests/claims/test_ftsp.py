"""Boundary table of `ftsp`: where an identity is an instance of existence with order <= d."""

import pytest

from tests.claims.examples import bearing, identity
from ucomp_verify.claims import Bearing
from ucomp_verify.claims.registry import find
from ucomp_verify.kernel.facts import IdentityFact

INSTANCE, SILENT = Bearing.INSTANCE, Bearing.SILENT


@pytest.mark.parametrize(
    ("fact", "expected"),
    [
        (identity([(1,)], [[(1,)]]), INSTANCE),  # m = 1, one part
        (identity([(1, 0), (0, 1)], [[(1, 0), (0, 1)], [(1, 1)]]), INSTANCE),
        (identity([(1,)], [[(1,)]], num_points=1), INSTANCE),  # d = 1: order 1 is allowed
        (identity([(1,), (1,)], [[(1,), (1,)], [(2,)]], num_points=2), INSTANCE),
        (identity([(2,)], [[(2,)]], num_points=1), SILENT),  # order 2 is too much for d = 1
        (identity([(1,)], []), INSTANCE),  # a right side of constants has order 0
    ],
)
def test_reading_at_the_boundary(fact: IdentityFact, expected: Bearing) -> None:
    assert bearing("ftsp", fact) is expected


@pytest.mark.parametrize(("order", "family"), [(1, "every d >= 1"), (4, "every d >= 4")])
def test_the_family_starts_where_no_order_exceeds_d(order: int, family: str) -> None:
    assert find("ftsp").read(identity([(order,)], [[(order,)]])).family == family
