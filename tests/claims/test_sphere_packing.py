"""Boundary table of `sphere-packing`: the bound 4 R / ((d/(N-1) - 1)^(1/m) - 1)."""

import pytest

from tests.claims.examples import bearing, packing
from ucomp_verify.claims import Bearing
from ucomp_verify.kernel.facts import PackingFact

INSTANCE, SILENT, REFUTES = Bearing.INSTANCE, Bearing.SILENT, Bearing.REFUTES


@pytest.mark.parametrize(
    ("fact", "expected"),
    [
        (packing(1, 3, 3, radius=1, diameter=4), REFUTES),  # d = N = 3: the bound is -8
        (packing(1, 4, 3, radius=1, diameter=1), SILENT),  # d = 2 (N - 1): division by zero
        (packing(1, 2, 2, radius=1, diameter=4), SILENT),  # again d / (N - 1) - 1 = 1
        (packing(1, 3, 2, radius=1, diameter=4), INSTANCE),  # x = 2: 2 <= 4
        (packing(1, 3, 2, radius=1, diameter=16), INSTANCE),  # with equality: 4 = 4
        (packing(1, 3, 2, radius=1, diameter=17), REFUTES),
        (packing(2, 10, 2, radius=1, diameter=4), INSTANCE),  # x = 9: 2 <= 4 / 2, equality
        (packing(2, 10, 2, radius=1, diameter=5), REFUTES),
        (packing(1, 3, 3, radius=0, diameter=0), INSTANCE),  # R = 0: 0 <= 0
    ],
)
def test_reading_at_the_boundary(fact: PackingFact, expected: Bearing) -> None:
    assert bearing("sphere-packing", fact) is expected


def test_a_bound_that_no_enclosure_decides_is_silent() -> None:
    # x = 8, m = 3 would be exact; x = 2, m = 2 has an irrational bound 4 / (sqrt 2 - 1):
    # a diameter of exactly that size is no rational, so a rational one is always decided.
    assert bearing("sphere-packing", packing(2, 3, 2, radius=1, diameter=93)) is INSTANCE
    assert bearing("sphere-packing", packing(2, 3, 2, radius=1, diameter=94)) is REFUTES
