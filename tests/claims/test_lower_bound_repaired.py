"""`lower-bound-repaired` reads its decided instances; a larger lower bound is found out."""

from fractions import Fraction

import pytest

from tests.claims.inequalities import (
    require_decided,
    require_read_at_the_boundary,
    require_refuted,
    weaken,
)
from ucomp_verify.evidence.instances.lower_bound_repaired import CHECKS

SLUG = "lower-bound-repaired"
MAXIMUM_1, CLASS, WORST_CASES = range(3)


def test_enough_instances_hold() -> None:
    require_decided(SLUG)


def test_reading_at_the_boundary() -> None:
    require_read_at_the_boundary(SLUG, "lower-bound")


def test_the_smallest_values_and_all_dimensions_are_among_the_instances() -> None:
    seen = {case.parameters[:3] for case in CHECKS[MAXIMUM_1].instances()}
    for dim in (1, 2, 3):  # d' = 1, so k = 1, on the coarsest grid that is allowed
        assert (("m", str(dim)), ("n", str(4 * dim)), ("d'", "1")) in seen
    assert (("m", "1"), ("n", "256"), ("d'", "8")) in seen
    assert (("m", "2"), ("n", "8"), ("d'", "2")) in seen  # 3 > 2: k is still 1
    assert (("m", "2"), ("n", "32"), ("d'", "3")) in seen  # 3 > 3 fails: k = 2
    assert (("m", "3"), ("n", "12"), ("d'", "3")) in seen


@pytest.mark.parametrize(
    ("name", "number", "factor"),
    [
        ("sup_normalised_lower_bound", MAXIMUM_1, 8),
        ("class_lower_bound", CLASS, 10),
        ("class_lower_bound", WORST_CASES, 60),
    ],
)
def test_a_lower_bound_some_times_as_large_is_refuted(
    monkeypatch: pytest.MonkeyPatch, name: str, number: int, factor: int
) -> None:
    weaken(monkeypatch, SLUG, name, Fraction(factor))
    require_refuted(SLUG, number)
