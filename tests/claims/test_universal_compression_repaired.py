"""`universal-compression-repaired` reads its decided instances; false versions are found out."""

from fractions import Fraction

import pytest

from tests.claims.inequalities import (
    families,
    require_decided,
    require_read_at_the_boundary,
    require_refuted,
    weaken,
)

SLUG = "universal-compression-repaired"


def test_enough_instances_hold() -> None:
    require_decided(SLUG)


def test_reading_at_the_boundary() -> None:
    require_read_at_the_boundary(SLUG, "universal-compression")


def test_algorithm_1_may_need_all_its_n_nodes() -> None:
    ratio = families(SLUG)[2].ratio
    assert ratio is not None
    assert ratio.lower == ratio.upper == 1


def test_a_twentieth_of_the_bound_is_refuted(monkeypatch: pytest.MonkeyPatch) -> None:
    """The factor d for the weight of a cluster, and 6 J R for its radius, are never both met."""
    weaken(monkeypatch, SLUG, "greedy_bound", Fraction(1, 20))
    require_refuted(SLUG, 0)
