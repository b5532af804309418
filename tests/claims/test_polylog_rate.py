"""`polylog-rate` reads its decided instances; a faster rate is found out."""

from fractions import Fraction
from typing import Any

import pytest

from tests.claims.inequalities import (
    require_decided,
    require_read_at_the_boundary,
    require_refuted,
    weaken,
)
from ucomp_verify.bounds import Bound
from ucomp_verify.evidence.instances import polylog_rate

SLUG = "polylog-rate"
ERRORS, CHEBYSHEV = 0, 1


def test_enough_instances_hold() -> None:
    require_decided(SLUG)


def test_reading_at_the_boundary() -> None:
    require_read_at_the_boundary(SLUG, "polylog")


def test_a_rate_four_times_as_fast_is_refuted(monkeypatch: pytest.MonkeyPatch) -> None:
    def fast(*arguments: Any, size: int, **options: Any) -> Bound:
        return honest(*arguments, size=4 * size, **options)

    honest = polylog_rate.rate_bound
    monkeypatch.setattr(polylog_rate, "rate_bound", fast)
    require_refuted(SLUG, CHEBYSHEV)


def test_a_small_part_of_the_bound_is_refuted(monkeypatch: pytest.MonkeyPatch) -> None:
    weaken(monkeypatch, SLUG, "rate_bound", Fraction(1, 300))
    require_refuted(SLUG, CHEBYSHEV)
