"""`dynamical-lth-repaired` reads its decided instances; false versions of it are found out."""

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from tests.claims.inequalities import (
    families,
    require_decided,
    require_read_at_the_boundary,
    require_refuted,
)
from ucomp_verify.dynamics.certified import comparison
from ucomp_verify.dynamics.certified.apriori import Plan
from ucomp_verify.dynamics.certified.balls import ball
from ucomp_verify.dynamics.certified.gronwall import Constants
from ucomp_verify.evidence.instances import dynamical_lth_repaired

SLUG = "dynamical-lth-repaired"
GAPS, DRIVEN_APART, STRETCHED, ERRORS, SIZES = range(5)


def test_enough_instances_hold() -> None:
    require_decided(SLUG)
    assert [found.effective for found in families(SLUG)] == [700, 360, 150, 16, 16]


def test_reading_at_the_boundary() -> None:
    require_read_at_the_boundary(SLUG, "dynamical-lth")


def test_the_bounds_are_nearly_attained() -> None:
    gaps, sizes = families(SLUG)[DRIVEN_APART].ratio, families(SLUG)[SIZES].ratio
    assert gaps is not None and gaps.lower > Fraction(99999, 100000)
    assert sizes is not None and sizes.lower == sizes.upper == 1


Change = Callable[[Constants], Constants]


def _nine_tenths_of_c2(c: Constants) -> Constants:
    return replace(c, loss_curvature=c.loss_curvature * 9 / 10)


def _no_c2(c: Constants) -> Constants:
    return replace(c, loss_curvature=Fraction(0))


def _nine_tenths_of_g1(c: Constants) -> Constants:
    return replace(c, slope=c.slope * 9 / 10)


def _g1_of_shorter_inputs(c: Constants) -> Constants:
    return replace(c, slope=min(c.slope, Fraction(1)))


def _no_g2(c: Constants) -> Constants:
    return replace(c, curvature=Fraction(0))


@pytest.mark.parametrize(
    ("changed", "number"),
    [
        (_nine_tenths_of_c2, DRIVEN_APART),
        (_no_c2, DRIVEN_APART),
        (_nine_tenths_of_g1, DRIVEN_APART),
        (_g1_of_shorter_inputs, DRIVEN_APART),
        (_no_g2, STRETCHED),
    ],
)
def test_smaller_constants_are_refuted(
    changed: Change, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def small(defects: Any, constants: Constants, *, rate: Fraction) -> Any:
        return honest(defects, changed(constants), rate=rate)

    honest = comparison.gronwall_bounds
    monkeypatch.setattr(comparison, "gronwall_bounds", small)
    require_refuted(SLUG, number)


def test_half_of_kappa_is_refuted(monkeypatch: pytest.MonkeyPatch) -> None:
    def slow(defects: Any, constants: Constants, *, rate: Fraction) -> Any:
        total, bounds = ball(0), list[Any]()
        for defect in defects:
            bounds.append(defect + ball(rate * constants.coupling) * total)
            total = (1 + ball(rate * constants.kappa / 2)) * total + defect
        return bounds

    monkeypatch.setattr(comparison, "gronwall_bounds", slow)
    require_refuted(SLUG, DRIVEN_APART)


@pytest.mark.parametrize("number", [GAPS, DRIVEN_APART])
def test_the_defect_without_the_sum_is_refuted(
    number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def static(defects: Any, constants: Constants, *, rate: Fraction) -> Any:
        del constants, rate
        return list(defects)

    monkeypatch.setattr(comparison, "gronwall_bounds", static)
    monkeypatch.setattr(dynamical_lth_repaired, "CASES", dynamical_lth_repaired.CASES[9:])
    require_refuted(SLUG, number)


def test_a_bound_from_the_defect_at_the_start_is_refuted(monkeypatch: pytest.MonkeyPatch) -> None:
    def first(defects: Any, constants: Constants, *, rate: Fraction) -> Any:
        return honest([defects[0]] * len(defects), constants, rate=rate)

    honest = comparison.gronwall_bounds
    monkeypatch.setattr(comparison, "gronwall_bounds", first)
    monkeypatch.setattr(dynamical_lth_repaired, "CASES", dynamical_lth_repaired.CASES[:2])
    require_refuted(SLUG, GAPS)


def _planned(monkeypatch: pytest.MonkeyPatch, changed: Callable[[Plan], Plan]) -> None:
    def other(*arguments: Any, **options: Any) -> Plan:
        return changed(honest(*arguments, **options))

    honest = dynamical_lth_repaired.plan
    monkeypatch.setattr(dynamical_lth_repaired, "plan", other)


def test_half_the_nodes_are_refuted(monkeypatch: pytest.MonkeyPatch) -> None:
    def few(found: Plan) -> Plan:
        return replace(found, size=found.size // 2)

    _planned(monkeypatch, few)
    monkeypatch.setattr(dynamical_lth_repaired, "PROMISES", dynamical_lth_repaired.PROMISES[:3])
    require_refuted(SLUG, SIZES)


def test_a_single_cell_of_low_degree_is_refuted(monkeypatch: pytest.MonkeyPatch) -> None:
    def coarse(found: Plan) -> Plan:
        return replace(found, side=1, degree=1)

    _planned(monkeypatch, coarse)
    require_refuted(SLUG, ERRORS)
