"""Boundary table of `compressed-dynamics-uniqueness`: orders up to d - 1, total weight d."""

from fractions import Fraction

import pytest

from tests.claims.examples import bearing, syzygy
from ucomp_verify.claims import Bearing
from ucomp_verify.kernel.facts import SyzygyFact

ORDER_2 = [((0, 0), [(2, 0), (0, 2)]), ((2, 0), [(0, 2)])]


@pytest.mark.parametrize(
    ("fact", "expected"),
    [
        (syzygy(2, 3, ORDER_2, mass=3, value=Fraction(9, 64)), Bearing.REFUTES),
        (syzygy(2, 2, ORDER_2, mass=2, value=1), Bearing.SILENT),  # order 2 > d - 1
        (syzygy(2, 3, ORDER_2, mass=2, value=1), Bearing.SILENT),
        (syzygy(2, 3, ORDER_2), Bearing.SILENT),
        (syzygy(1, 1, [((1,), [])], mass=1, value=1), Bearing.REFUTES),  # w = 0 cannot pass
    ],
)
def test_reading_at_the_boundary(fact: SyzygyFact, expected: Bearing) -> None:
    assert bearing("compressed-dynamics-uniqueness", fact) is expected
