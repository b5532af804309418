"""`polylog-universal` reads its decided instances; false versions of it are found out."""

from fractions import Fraction

import pytest

from tests.claims.inequalities import (
    families,
    require_decided,
    require_read_at_the_boundary,
    require_refuted,
    weaken,
)
from ucomp_verify.evidence.instances import polylog_universal

SLUG = "polylog-universal"
CHEBYSHEV = 1


def test_enough_instances_hold() -> None:
    require_decided(SLUG)


def test_reading_at_the_boundary() -> None:
    require_read_at_the_boundary(SLUG, "polylog")


def test_chebyshev_polynomials_nearly_attain_it() -> None:
    ratio = families(SLUG)[CHEBYSHEV].ratio
    assert ratio is not None
    assert Fraction(85, 100) < ratio.lower == ratio.upper < 1


def test_five_sixths_of_the_bound_are_refuted(monkeypatch: pytest.MonkeyPatch) -> None:
    weaken(monkeypatch, SLUG, "universal_bound", Fraction(5, 6))
    require_refuted(SLUG, CHEBYSHEV)


def test_one_degree_more_is_refuted(monkeypatch: pytest.MonkeyPatch) -> None:
    """The sum from k + 2 on, instead of k + 1."""
    honest = polylog_universal.right_sides.universal

    def shorter(size: Fraction, mass: Fraction, rho: Fraction, degree: int, *, dim: int) -> object:
        return honest(size, mass, rho, degree + 1, dim=dim)

    monkeypatch.setattr(polylog_universal.right_sides, "universal", shorter)
    require_refuted(SLUG, CHEBYSHEV)
