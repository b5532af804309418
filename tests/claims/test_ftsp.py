"""Boundary table of `ftsp`: where an identity is an instance of existence with order <= d."""

import pytest

from tests.claims.examples import bearing, identity
from ucomp_verify.claims import Bearing
from ucomp_verify.claims.identities import GENERATION, SHARP_ORDER
from ucomp_verify.claims.registry import find
from ucomp_verify.findings import SymbolicIdentity
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


@pytest.mark.parametrize("order", [1, 4])
def test_it_holds_where_no_order_exceeds_d(order: int) -> None:
    reading = find("ftsp").read(identity([(order,)], [[(order,)]]))
    assert dict(reading.parameters)["d"] == f"{order} or more"


def test_power_sums_that_span_are_a_family() -> None:
    found = SymbolicIdentity(GENERATION, (("d", "2"),), "d = 2, every m", "", 3)
    assert find("ftsp").read(found).family == "d = 2, every m"
    other = SymbolicIdentity(SHARP_ORDER, (("d", "2"),), "d = 2, every m", "", 3)
    assert bearing("ftsp", other) is SILENT
