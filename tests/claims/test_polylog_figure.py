"""Fig. 8: which estimates count for the two claims, and what says nothing."""

import math

import pytest

from ucomp_verify.claims import Bearing
from ucomp_verify.claims.polylog_figure import LARGEST, RULE
from ucomp_verify.claims.polylog_figure_rounding import GAP
from ucomp_verify.claims.registry import find
from ucomp_verify.findings import Estimate
from ucomp_verify.studies.polylog.findings import BEST
from ucomp_verify.studies.polylog.findings import LARGEST as LARGEST_THERE

PRINTED, ROUNDING = find("polylog-figure"), find("polylog-figure-rounding")
NAMES = (("m", "1"), ("d", "1000"), ("d'", RULE))


@pytest.mark.parametrize(
    ("value", "expected"), [(0.0, Bearing.INSTANCE), (9e-11, Bearing.INSTANCE), (1e-10, "")]
)
def test_an_error_below_the_bound_is_an_instance(value: float, expected: Bearing | str) -> None:
    bearing = PRINTED.read(Estimate(value, 0.0, 10, 60, LARGEST, NAMES)).bearing
    assert bearing is (expected or Bearing.REFUTES)


def test_a_gap_of_ten_decades_is_an_instance() -> None:
    for value, expected in ((10.0, Bearing.INSTANCE), (9.9, Bearing.REFUTES)):
        assert ROUNDING.read(Estimate(value, 1.0, 10, 60, GAP, NAMES)).bearing is expected


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_what_is_no_number_says_nothing(value: float) -> None:
    assert PRINTED.read(Estimate(value, 0.0, 10, 60, LARGEST, NAMES)).bearing is Bearing.SILENT
    assert ROUNDING.read(Estimate(value, 0.0, 10, 60, GAP, NAMES)).bearing is Bearing.SILENT


def test_no_trials_and_other_rules_say_nothing() -> None:
    other = (*NAMES[:2], ("d'", "20 (ln d)^2"))
    for trials, names in ((0, NAMES), (10, other)):
        assert PRINTED.read(Estimate(1e-20, 0, trials, 60, LARGEST, names)).bearing is (
            Bearing.SILENT
        )
        assert ROUNDING.read(Estimate(30.0, 0, trials, 60, GAP, names)).bearing is Bearing.SILENT


def test_the_study_calls_its_estimates_as_the_claims_do() -> None:
    assert (LARGEST_THERE, BEST) == (LARGEST, GAP)
