"""`small-ball-repaired` reads its decided instances; a bound of half the size is found out."""

from fractions import Fraction

import pytest

from tests.claims.inequalities import (
    families,
    require_decided,
    require_read_at_the_boundary,
    require_refuted,
    weaken,
)

SLUG = "small-ball-repaired"


def test_enough_instances_hold() -> None:
    require_decided(SLUG)


def test_reading_at_the_boundary() -> None:
    require_read_at_the_boundary(SLUG, "small-ball")


def test_it_is_sharp_for_degree_0() -> None:
    ratios = [c.ratio for c in families(SLUG) if c.ratio]
    assert Fraction(999_998, 10**6) < max(r.lower for r in ratios) < 1
    assert all(r.upper - r.lower < Fraction(1, 10**30) for r in ratios)


@pytest.mark.parametrize("number", [0, 2, 3])
def test_half_the_bound_is_refuted(monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    weaken(monkeypatch, SLUG, "small_ball_bound", Fraction(1, 2))
    require_refuted(SLUG, number)


def test_a_radius_that_is_too_small_is_refuted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Half the diameter, as printed, is not enough; here a little less than the radius."""
    module = "ucomp_verify.evidence.instances.small_ball_repaired.squared_radius"
    monkeypatch.setattr(module, lambda _: Fraction(99, 100))  # pyright: ignore[reportUnknownLambdaType, reportUnknownArgumentType]
    require_refuted(SLUG, 3)
