"""`polylog-repaired` reads its decided instances; false versions of it are found out."""

from fractions import Fraction
from typing import Any

import pytest

from tests.claims.inequalities import (
    families,
    require_decided,
    require_read_at_the_boundary,
    require_refuted,
    weaken,
)
from ucomp_verify.evidence.instances import polylog_repaired

SLUG = "polylog-repaired"
ERRORS, CHEBYSHEV, IN_CELLS, SIZES = range(4)


def test_enough_instances_hold() -> None:
    require_decided(SLUG)


def test_reading_at_the_boundary() -> None:
    require_read_at_the_boundary(SLUG, "polylog")


def test_the_number_of_nodes_is_attained() -> None:
    ratio = families(SLUG)[SIZES].ratio
    assert ratio is not None
    assert ratio.lower == ratio.upper == 1


def test_a_sixth_of_the_degree_is_refuted(monkeypatch: pytest.MonkeyPatch) -> None:
    def low(*arguments: Any, **options: Any) -> tuple[int, int]:
        side, degree = honest(*arguments, **options)
        return side, degree // 6

    honest = polylog_repaired.polylog_degree
    monkeypatch.setattr(polylog_repaired, "polylog_degree", low)
    require_refuted(SLUG, ERRORS)


def test_half_the_nodes_are_refuted(monkeypatch: pytest.MonkeyPatch) -> None:
    def few(*arguments: Any, **options: Any) -> int:
        return honest(*arguments, **options) // 2

    honest = polylog_repaired.polylog_size
    monkeypatch.setattr(polylog_repaired, "polylog_size", few)
    require_refuted(SLUG, SIZES)


def test_a_hundredth_of_the_bound_for_cells_is_refuted(monkeypatch: pytest.MonkeyPatch) -> None:
    weaken(monkeypatch, SLUG, "polydisc_bound", Fraction(1, 200))
    require_refuted(SLUG, IN_CELLS)


def test_a_function_above_the_bound_of_its_class_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def outside(dim: int, half_side: Fraction, radius: Fraction) -> Any:
        return honest(dim, half_side, radius * Fraction(4, 5))

    honest = polylog_repaired.analytic_functions
    monkeypatch.setattr(polylog_repaired, "analytic_functions", outside)
    with pytest.raises(ValueError, match=r"expected a function up to 1"):
        list(polylog_repaired.CHECKS[ERRORS].instances())
