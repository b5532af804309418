"""Boundary table of `polylog-dropped-constants`: one identity refutes it, nothing near it does."""

from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction
from math import ceil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.claims.examples import bearing, counterexample
from ucomp_verify.claims import Bearing
from ucomp_verify.claims import identities as known
from ucomp_verify.claims.identities import UNBOUNDED_POWERS, UNBOUNDED_POWERS_FAMILY
from ucomp_verify.claims.polylog_radius_power import radius_power_statement
from ucomp_verify.claims.registry import find
from ucomp_verify.evidence.symbolic import run_check
from ucomp_verify.findings import SymbolicIdentity

SLUG = "polylog-dropped-constants"
RIGHT = SymbolicIdentity(UNBOUNDED_POWERS, (), UNBOUNDED_POWERS_FAMILY, "shown", 3)
OTHERS = sorted({v for k, v in vars(known).items() if k.isupper() and isinstance(v, str)})


def test_its_own_identity_refutes_and_the_family_is_said() -> None:
    reading = find(SLUG).read(RIGHT)
    assert reading.bearing is Bearing.REFUTES
    assert (reading.family, reading.parameters) == ("every m >= 1 and R > 1/6", ())


def test_the_check_of_every_run_establishes_it() -> None:
    finding, _ = run_check("unbounded-powers")
    assert bearing(SLUG, finding) is Bearing.REFUTES


@pytest.mark.parametrize("statement", [s for s in OTHERS if s != UNBOUNDED_POWERS])
def test_the_identity_of_another_claim_is_silent(statement: str) -> None:
    assert bearing(SLUG, replace(RIGHT, statement=statement)) is Bearing.SILENT


@pytest.mark.parametrize(
    ("right", "wrong"),
    [("+ k x^2", "- k x^2"), (">=", "<="), ("6R - 1", "6R + 1"), ("(6R)^k", "(6R)^-k")],
)
def test_an_identity_that_is_slightly_another_is_silent(right: str, wrong: str) -> None:
    statement = UNBOUNDED_POWERS.replace(right, wrong)
    assert statement != UNBOUNDED_POWERS
    assert bearing(SLUG, replace(RIGHT, statement=statement)) is Bearing.SILENT


@pytest.mark.parametrize(
    "family",
    ["every m >= 1 and R <= 1/6", "every m >= 1 and R = 1/6", "every m >= 1 and R > 0", ""],
)
def test_a_family_of_other_radii_is_silent(family: str) -> None:
    assert bearing(SLUG, replace(RIGHT, family=family)) is Bearing.SILENT


def test_a_single_order_is_silent() -> None:
    one = replace(RIGHT, parameters=(("k", "3"),))  # one power always has a bound
    assert bearing(SLUG, one) is Bearing.SILENT


def test_a_counterexample_to_another_step_is_silent() -> None:
    fact = counterexample(radius_power_statement(2, 1), [2, 1])
    assert bearing(SLUG, fact) is Bearing.SILENT


def powers(radius: Fraction, orders: Iterable[int]) -> list[Fraction]:
    return [(6 * radius) ** (k + 1) for k in orders]


@given(st.fractions(Fraction(1, 5), 4, max_denominator=30), st.fractions(Fraction(1, 9), 20))
def test_above_a_sixth_no_constant_bounds_the_factor(radius: Fraction, bound: Fraction) -> None:
    order = ceil(bound / (6 * radius - 1))
    assert powers(radius, [order])[0] > bound
    lines = [1 + (k + 1) * (6 * radius - 1) for k in range(12)]
    assert all(p >= line for p, line in zip(powers(radius, range(12)), lines, strict=True))


@given(st.fractions(Fraction(1, 1000), Fraction(1, 6)))
def test_up_to_a_sixth_the_factor_is_bounded(radius: Fraction) -> None:
    assert max(powers(radius, range(40))) <= 1
