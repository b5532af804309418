"""`fixed-smoothness-rate` reads its decided instances; any larger constant is found out."""

from fractions import Fraction

import pytest

from tests.claims.inequalities import (
    require_decided,
    require_read_at_the_boundary,
    require_refuted,
    weaken,
)
from ucomp_verify.evidence.instances.fixed_smoothness_rate import CHECKS

SLUG = "fixed-smoothness-rate"
LINE, PLANE, KERNELS = range(3)


def test_enough_instances_hold() -> None:
    require_decided(SLUG)


def test_reading_at_the_boundary() -> None:
    require_read_at_the_boundary(SLUG, "one-shot-compression")


def test_the_smallest_values_are_among_the_instances() -> None:
    for number, dim in ((LINE, "1"), (PLANE, "2")):
        seen = {case.parameters[:4] for case in CHECKS[number].instances()}
        assert (("m", dim), ("s", "1"), ("d'", "1"), ("l", "1")) in seen
    orders = {dict(case.parameters)["s"] for case in CHECKS[LINE].instances()}
    assert orders == set("123456")


@pytest.mark.parametrize(
    ("number", "factor"),
    [(LINE, Fraction(1001, 1000)), (PLANE, Fraction(1001, 1000)), (KERNELS, Fraction(6))],
)
def test_a_larger_constant_is_refuted(
    monkeypatch: pytest.MonkeyPatch, number: int, factor: Fraction
) -> None:
    weaken(monkeypatch, SLUG, "smooth_lower_bound", factor)
    require_refuted(SLUG, number)
