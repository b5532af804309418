"""JUnit XML that a CI system reads: every claim a test case, every problem an error."""

from xml.etree.ElementTree import Element, fromstring

import pytest

from tests.reports.examples import HOSTILE, full, hostile, report_on, small
from ucomp_verify.reports import Report
from ucomp_verify.reports.junit import junit
from ucomp_verify.verdicts import Standing

_OUTCOME = {
    Standing.STANDS: None,
    Standing.MATCHES: None,
    Standing.BETTER: None,
    Standing.UNDECIDED: "skipped",
    Standing.FALLS: "failure",
    Standing.DOUBTED: "failure",
    Standing.WEAKER: "failure",
    Standing.OTHER: "failure",
    Standing.BELOW: "failure",
}


def _suites(report: Report) -> tuple[Element, Element]:
    claims, problems = fromstring(junit(report))
    return claims, problems


def _outcome(case: Element) -> str | None:
    assert len(case) <= 1
    return case[0].tag if len(case) else None


@pytest.mark.parametrize("report", [small(), full()], ids=["small", "full"])
def test_every_claim_is_a_test_case_with_the_outcome_of_its_standing(report: Report) -> None:
    claims, _ = _suites(report)
    cases = {c.get("name"): c for c in claims.iter("testcase")}
    assert list(cases) == [e.claim.slug for e in report.entries]
    for entry in report.entries:
        assert _outcome(cases[entry.claim.slug]) == _OUTCOME[entry.standing]


def test_every_standing_has_an_outcome() -> None:
    assert set(_OUTCOME) == set(Standing) == {e.standing for e in small().entries}


@pytest.mark.parametrize("report", [small(), full(), report_on((), ())])
def test_the_counts_are_right(report: Report) -> None:
    root = fromstring(junit(report))
    for suite in (root, *root):
        for attribute, tag in (
            ("tests", "testcase"),
            ("failures", "failure"),
            ("errors", "error"),
            ("skipped", "skipped"),
        ):
            assert suite.get(attribute) == str(len(list(suite.iter(tag))))


def test_every_problem_is_an_error_with_the_way_to_see_it_again() -> None:
    _, problems = _suites(small())
    errors = list(problems.iter("error"))
    assert [e.get("type") for e in errors] == [p.trouble.value for p in small().problems]
    assert [e.text for e in errors] == [p.reproduce for p in small().problems]


def test_a_failure_tells_why_and_how_to_see_it_again() -> None:
    claims, _ = _suites(small())
    (failure,) = [c[0] for c in claims.iter("testcase") if c.get("name") == "packing"]
    assert failure.get("type") == "falls"
    assert failure.get("message") == "refuted, exact; refuted, and no baseline records that"
    assert "python -m ucomp_verify.kernel proofs/packing/" in (failure.text or "")


def test_hostile_text_is_well_formed_and_readable() -> None:
    claims, problems = _suites(hostile())
    shown = HOSTILE.replace("\x1b", r"\x1b").replace("\x00", r"\x00")
    (error,) = problems.iter("error")
    assert error.text == shown
    assert shown in (next(claims.iter("failure")).text or "")
    values = [p.get("value") for p in claims.iter("property")]
    assert shown in values
