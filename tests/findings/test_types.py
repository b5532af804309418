"""Findings refuse what cannot have been found."""

from dataclasses import FrozenInstanceError
from fractions import Fraction
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ucomp_verify.findings import (
    Comparisons,
    Enclosure,
    Estimate,
    Finding,
    FormalProof,
    Sample,
    SymbolicIdentity,
)
from ucomp_verify.kernel import Fact


@given(st.fractions(), st.fractions(), st.integers(2, 1000))
def test_an_enclosure_has_its_ends_in_order(one: Fraction, other: Fraction, prec: int) -> None:
    lower, upper = sorted((one, other))
    found = Enclosure(lower, upper, prec)
    assert (found.lower, found.upper, found.prec) == (lower, upper, prec)
    if lower < upper:
        with pytest.raises(ValueError, match="expected lower <= upper, got"):
            Enclosure(upper, lower, prec)


def test_an_enclosure_may_be_a_point() -> None:
    third = Fraction(1, 3)
    assert Enclosure(third, third, 53).upper == third


def test_the_error_names_both_ends() -> None:
    with pytest.raises(ValueError, match="expected lower <= upper, got 1/2 > -1/2"):
        Enclosure(Fraction(1, 2), Fraction(-1, 2), 53)


@given(st.integers(-3, 6), st.integers(-3, 6))
def test_a_sample_has_no_more_effective_cases_than_cases(cases: int, effective: int) -> None:
    if 0 <= effective <= cases:
        found = Sample("property", cases, effective, None, 0)
        assert (found.cases, found.effective) == (cases, effective)
    else:
        with pytest.raises(ValueError, match=f"{effective} effective cases among {cases}"):
            Sample("property", cases, effective, None, 0)


def test_findings_are_values() -> None:
    """Equal findings count once, so they must be hashable and compare by content."""
    samples = {Sample("property", 9, 7, None, 0) for _ in range(2)}
    enclosures = {Enclosure(Fraction(0), Fraction(1), 53) for _ in range(2)}
    estimates = {Estimate(0.5, 0.1, 10, 16) for _ in range(2)}
    assert [len(found) for found in (samples, enclosures, estimates)] == [1, 1, 1]


def test_a_finding_cannot_be_changed() -> None:
    found = Sample("property", 9, 7, None, 0)
    with pytest.raises(FrozenInstanceError, match="cannot assign to field 'effective'"):
        setattr(found, "effective", 9)  # noqa: B010 - typed code could not even say it


def test_every_fact_of_the_kernel_is_a_finding() -> None:
    assert set(get_args(Finding)) == {
        *get_args(Fact),
        Comparisons,
        FormalProof,
        SymbolicIdentity,
        Enclosure,
        Sample,
        Estimate,
    }


@given(st.integers(-3, 6), st.integers(-3, 6))
def test_comparisons_have_a_ratio_exactly_if_some_are_effective(cases: int, effective: int) -> None:
    ratio = Enclosure.of(Fraction(1, 2)) if effective else None
    if 0 <= effective <= cases:
        found = Comparisons("claim", "poles", cases, effective, None, ratio, (), 0)
        assert found.ratio == ratio
        other = None if ratio else Enclosure.of(1)
        with pytest.raises(ValueError, match="expected a ratio exactly if some case is effective"):
            Comparisons("claim", "poles", cases, effective, None, other, (), 0)
    else:
        with pytest.raises(ValueError, match=f"{effective} effective cases among {cases}"):
            Comparisons("claim", "poles", cases, effective, None, ratio, (), 0)
