"""Boundary table of `dynamical-lth-hypothesis`: one identity refutes it, nothing near it does."""

from dataclasses import replace
from fractions import Fraction
from math import log
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.claims.examples import bearing
from ucomp_verify.algebra import latent_forms
from ucomp_verify.algebra.latent_forms import (
    check_no_latent_form,
    determinant,
    differences,
)
from ucomp_verify.claims import Bearing
from ucomp_verify.claims import identities as known
from ucomp_verify.claims.identities import NO_LATENT_FORM, NO_LATENT_FORM_FAMILY
from ucomp_verify.claims.registry import find
from ucomp_verify.evidence.symbolic import run_check
from ucomp_verify.findings import SymbolicIdentity

SLUG = "dynamical-lth-hypothesis"
RIGHT = SymbolicIdentity(NO_LATENT_FORM, (), NO_LATENT_FORM_FAMILY, "shown", 12)
OTHERS = sorted({v for k, v in vars(known).items() if k.isupper() and isinstance(v, str)})


def test_the_check_of_every_run_refutes_it_for_all_dimensions() -> None:
    finding, _ = run_check("no-latent-form")
    reading = find(SLUG).read(finding)
    assert reading.bearing is Bearing.REFUTES
    assert reading.family.endswith("every eta > 0, L >= 1 and d >= L + 3")
    assert "invertible: 12 identities" in reading.shows


@pytest.mark.parametrize("statement", [s for s in OTHERS if s != NO_LATENT_FORM])
def test_the_identity_of_another_claim_is_silent(statement: str) -> None:
    assert bearing(SLUG, replace(RIGHT, statement=statement)) is Bearing.SILENT


@pytest.mark.parametrize("family", ["", NO_LATENT_FORM_FAMILY.replace("L + 3", "1"), "L = 1"])
def test_a_smaller_or_larger_family_is_silent(family: str) -> None:
    assert bearing(SLUG, replace(RIGHT, family=family)) is Bearing.SILENT


def test_a_single_dimension_is_silent() -> None:
    assert bearing(SLUG, replace(RIGHT, parameters=(("L", "3"),))) is Bearing.SILENT


nodes = st.lists(st.fractions(1, 3, max_denominator=20), min_size=2, max_size=6, unique=True)


@given(nodes, st.data())
def test_determinants_of_distinct_numbers_are_not_zero(
    objects: list[Fraction], data: st.DataObject
) -> None:
    count = len(objects) - 1
    negative = st.fractions(-9, Fraction(-1, 9), max_denominator=9)
    slopes = data.draw(st.lists(negative, min_size=count, max_size=count, unique=True))
    assert determinant([x * x for x in objects], slopes) != 0
    twice = [*objects[:-1], objects[0]]
    assert determinant([x * x for x in twice], slopes) == 0


def test_the_entries_are_derivatives_of_the_trained_network() -> None:
    """psi(w_i) - psi(w_0), from difference quotients of f(T) in float64."""

    def trained(places: list[float], rate: float) -> float:
        pull = rate * sum(log(x / 4) for x in places)
        return sum(log((x - pull / x) / 4) for x in places)

    def slope(places: list[float], i: int, rate: float) -> float:
        low, high = ([*places[:i], places[i] + h, *places[i + 1 :]] for h in (-1e-5, 1e-5))
        return (trained(high, rate) - trained(low, rate)) / 2e-5 * places[i]  # over g' = 1 / x

    places, rate = [1.0, 1.5, 2.25, 2.5], 0.3
    pull = Fraction(rate * sum(log(x / 4) for x in places))
    rows = differences([Fraction(x) ** 2 for x in places[:3]], [pull])
    for i, row in enumerate(rows, 1):
        assert float(row[0]) == pytest.approx(slope(places, i, rate) - slope(places, 0, rate))


def _away(x: Any, c: Any) -> Any:
    return x * x + c


def _cubed(x: Any, c: Any) -> Any:
    return x * x * x - c


def _other_psi(u: Any, c: Any) -> Any:
    return u + 2 * c, u - c


def _zero(squares: list[Fraction], slopes: list[Fraction]) -> Fraction:
    del squares, slopes
    return Fraction(0)


def _one(squares: list[Fraction], slopes: list[Fraction]) -> Fraction:
    del squares, slopes
    return Fraction(1)


@pytest.mark.parametrize(
    ("name", "planted", "wrong"),
    [
        ("moved_node", _away, r"d/dx log\(x - c/x\) is x\*\*2 - c, and not"),
        ("moved_node", _cubed, r"d/dx log\(x - c/x\) is 2\*x\*\*3"),
        ("psi", _other_psi, "d/dx log"),
        ("determinant", _zero, r"the determinant of size 1 is .*, and not 0"),
        ("determinant", _one, r"the determinant of size 1 is .*, and not 1"),
    ],
)
def test_a_slightly_false_version_is_found_out(
    name: str, planted: Any, wrong: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(latent_forms, name, planted)
    with pytest.raises(ValueError, match=wrong):
        check_no_latent_form()


def test_a_singular_matrix_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    def equal_columns(squares: list[Fraction], slopes: list[Fraction]) -> Fraction:
        return honest(squares, [slopes[0]] * len(slopes))

    honest = latent_forms.determinant
    monkeypatch.setattr(latent_forms, "determinant", equal_columns)
    with pytest.raises(ValueError, match=r"the determinant of size 2 is .*, and not 0"):
        check_no_latent_form()
