"""Boundary table of `levelset-remez-repaired`: t T_k(2/share - 1) against 1.

A fact bounds the share from below: whatever it says, it never confirms the statement.
"""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.claims.examples import bearing, level_set
from tests.claims.inequalities import require_decided, require_refuted, weaken
from tests.conftest import RecordEffective
from ucomp_verify.claims import Bearing
from ucomp_verify.claims.registry import find
from ucomp_verify.evidence.instances import levelset_remez_repaired
from ucomp_verify.findings import Enclosure
from ucomp_verify.kernel.facts import LevelSetFact
from ucomp_verify.lower_bounds.level_sets import simple_share
from ucomp_verify.reports.maths import Formula, mathml, pieces

SLUG = "levelset-remez-repaired"
SILENT, REFUTES = Bearing.SILENT, Bearing.REFUTES
HALF, TINY = Fraction(1, 2), Fraction(1, 10**30)


@pytest.mark.parametrize(
    ("fact", "expected"),
    [
        # p = 1 - x on [0, 1] at t = 1/2 has share 1/2; on [-1, 1] p = x has it too. The most
        # for degree 1 is the interval where -t <= p <= t with p = 1 at an end: 2t / (1 + t).
        (level_set([0, 1], HALF, HALF), SILENT),
        (level_set([0, 1], HALF, Fraction(2, 3)), SILENT),  # equality
        (level_set([0, 1], HALF, Fraction(2, 3) + TINY), REFUTES),
        # T_2(7/5) = 73/25 is attained at t = 25/73 on a share of 2 / (1 + 7/5).
        (level_set([0, 0, 1], Fraction(25, 73), Fraction(5, 6)), SILENT),
        (level_set([0, 0, 1], Fraction(25, 73), Fraction(5, 6) + TINY), REFUTES),
        (level_set([0, 0, 1], Fraction(25, 73) - TINY, Fraction(5, 6)), REFUTES),
        (level_set([0, 1], Fraction(1), Fraction(1)), SILENT),  # t = 1: the bound is 1
        (level_set([0, 1], Fraction(1) - TINY, Fraction(1)), REFUTES),
        (level_set([0, 1], HALF, Fraction(0)), SILENT),  # nothing shown
        (level_set([0, 1], TINY, TINY), SILENT),  # share = t, below 2t / (1 + t)
        (level_set([1], HALF, Fraction(1)), SILENT),  # a constant: k >= 1 is asked
        (level_set([0, 1], Fraction(0), Fraction(1)), SILENT),  # t > 0 is asked
        (level_set([0, 1], Fraction(-1), Fraction(1)), SILENT),
        (level_set([0, 1], 1 + TINY, Fraction(1)), SILENT),  # t <= 1 is asked
    ],
)
def test_reading_at_the_boundary(fact: LevelSetFact, expected: Bearing) -> None:
    assert bearing(SLUG, fact) is expected


levels = st.fractions(min_value=TINY, max_value=1)
shares = st.fractions(min_value=0, max_value=1)


@given(degree=st.integers(1, 12), level=levels, share=shares)
def test_what_breaks_the_simple_bound_breaks_the_sharp_one(
    degree: int, level: Fraction, share: Fraction, record_effective: RecordEffective
) -> None:
    found = bearing(SLUG, level_set([0] * degree + [1], level, share))
    assert found in (SILENT, REFUTES)
    if share**degree > 4**degree * level:  # share > 4 t^(1/k)
        record_effective(1)
        assert found is REFUTES


@given(degree=st.integers(1, 12), y=st.fractions(1, 50, max_denominator=1000))
def test_shifted_chebyshev_polynomials_attain_the_bound(degree: int, y: Fraction) -> None:
    # T_k on [-1, y] is at most 1 on [-1, 1], a share of 2 / (1 + y), and T_k(y) at y.
    previous, value = Fraction(1), y
    for _ in range(degree - 1):
        previous, value = value, 2 * y * value - previous
    coefficients, share = [0] * degree + [1], 2 / (1 + y)
    assert bearing(SLUG, level_set(coefficients, 1 / value, share)) is SILENT
    if y > 1:
        assert bearing(SLUG, level_set(coefficients, 1 / value, share + TINY)) is REFUTES


def test_a_refutation_names_its_parameters() -> None:
    reading = find(SLUG).read(level_set([0, 0, 1], Fraction(1, 100), HALF))
    assert reading.parameters == (("m", "1"), ("k", "2"), ("t", "1/100"))
    assert all(mathml(p.latex) for p in pieces(reading.shows) if isinstance(p, Formula))


def test_the_statements_of_printed_and_repaired_differ_by_what_the_cubic_shows() -> None:
    # p = x^3 at t = 1/8: share 1/2 is above (1/16)^(1/3) and below 4 (1/8)^(1/3) = 2.
    fact = level_set([0, 0, 0, 1], Fraction(1, 8), HALF)
    assert bearing("levelset-remez", fact) is REFUTES
    assert bearing(SLUG, fact) is SILENT


def test_enough_instances_hold() -> None:
    require_decided(SLUG)


@pytest.mark.parametrize(
    ("number", "factor"),
    [(0, Fraction(98, 100)), (1, Fraction(999, 1000)), (2, Fraction(9, 10))],
)
def test_a_smaller_bound_is_refuted(
    monkeypatch: pytest.MonkeyPatch, number: int, factor: Fraction
) -> None:
    weaken(monkeypatch, SLUG, "level_set_bound", factor)
    require_refuted(SLUG, number)


def test_a_smaller_constant_than_four_is_refuted(monkeypatch: pytest.MonkeyPatch) -> None:
    def smaller(dim: int, degree: int, level: Fraction) -> Enclosure:
        bound = simple_share(dim, degree, level)
        return Enclosure(bound.lower * 9 / 10, bound.upper * 9 / 10, bound.prec)

    monkeypatch.setattr(levelset_remez_repaired, "simple_share", smaller)
    require_refuted(SLUG, 3)
