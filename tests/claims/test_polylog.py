"""Boundary table of `polylog`: only growth faster than d at a fixed d' bears on it."""

from fractions import Fraction
from pathlib import Path

import pytest

from tests.claims.examples import bearing, growth
from ucomp_verify.claims import Bearing
from ucomp_verify.claims.registry import find
from ucomp_verify.kernel import check, load
from ucomp_verify.kernel.facts import GrowthFact

CERTIFICATES = sorted((Path(__file__).parents[2] / "proofs" / "small-ball").glob("*.json"))


@pytest.mark.parametrize(
    ("fact", "expected"),
    [
        (growth(3, 2, power=2, error=1), Bearing.REFUTES),
        (growth(3, 2, power=2, error=0), Bearing.SILENT),
        (growth(3, 2, power=1, error=1), Bearing.SILENT),  # no faster than d
        (growth(3, 0, power=2, error=1), Bearing.SILENT),  # d' >= 1 is asked
    ],
)
def test_reading_at_the_boundary(fact: GrowthFact, expected: Bearing) -> None:
    assert bearing("polylog", fact) is expected


@pytest.mark.parametrize("path", CERTIFICATES, ids=lambda p: p.stem)
def test_the_certificates_need_nodes_of_the_source(path: Path) -> None:
    """Free nodes +-sqrt(2/3) r with weight 3/2 have the moments of order <= 3 of -r, 0, r."""
    fact = check(load(path))
    assert isinstance(fact, GrowthFact)
    assert bearing("polylog", fact) is Bearing.REFUTES
    free = Fraction(2, 3) * max(x for (x,) in fact.nodes) ** 2  # the square of a node
    assert [sum(x**k for (x,) in fact.nodes) for k in range(4)] == [3, 0, 3 * free, 0]
    assert max(alpha[0] for g in fact.functions for _, alpha in g) <= 3


def test_the_statement_asks_for_weights_on_points_of_the_source() -> None:
    claim = find("polylog")
    assert r"weights $c' \ge 0$ on these points, nonzero on at most $d'$ of the" in claim.statement
    assert "weighted points" not in claim.statement
