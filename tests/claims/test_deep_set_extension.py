"""Boundary table of `deep-set-extension`: total weight d, a value that is not zero."""

from fractions import Fraction

import pytest

from tests.claims.examples import bearing, syzygy
from ucomp_verify.claims import Bearing
from ucomp_verify.kernel.facts import SyzygyFact

TERMS = [((0,), [(3,)])]


@pytest.mark.parametrize(
    ("fact", "expected"),
    [
        (syzygy(1, 2, TERMS, mass=2, value=Fraction(3, 16)), Bearing.REFUTES),
        (syzygy(1, 2, TERMS, mass=3, value=1), Bearing.SILENT),  # the weights must add up to d
        (syzygy(1, 2, TERMS), Bearing.SILENT),  # without a weighted set nothing follows
        (syzygy(1, 2, [((1,), [(3,)])], mass=2, value=1), Bearing.SILENT),  # sees one object
        (syzygy(1, 1, [((0,), [(1,)])], mass=1, value=1), Bearing.REFUTES),
    ],
)
def test_reading_at_the_boundary(fact: SyzygyFact, expected: Bearing) -> None:
    assert bearing("deep-set-extension", fact) is expected
