"""Boundary table of `ftsp-uniqueness`: which relations are among its generators."""

import pytest

from tests.claims.examples import bearing, syzygy
from ucomp_verify.claims import Bearing
from ucomp_verify.kernel.facts import SyzygyFact

ZERO = (0, 0)


@pytest.mark.parametrize(
    ("fact", "expected"),
    [
        (syzygy(2, 2, [(ZERO, [(2, 0), (0, 2)])]), Bearing.REFUTES),
        (syzygy(2, 1, [(ZERO, [(1, 0)])]), Bearing.REFUTES),  # the kernel never grants this one
        (syzygy(2, 1, [(ZERO, [(2, 0)])]), Bearing.SILENT),  # q_20 is no generator for d = 1
        (syzygy(1, 2, [((0,), [(3,)])]), Bearing.SILENT),  # Newton's identity: order d + 1
        (syzygy(2, 2, [((1, 0), [(1, 0)])]), Bearing.SILENT),  # involves a single point
        (syzygy(2, 2, [(ZERO, [(1, 1)])], mass=2, value=0), Bearing.REFUTES),
    ],
)
def test_reading_at_the_boundary(fact: SyzygyFact, expected: Bearing) -> None:
    assert bearing("ftsp-uniqueness", fact) is expected
