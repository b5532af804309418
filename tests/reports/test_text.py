"""Reports for a terminal: nothing is lost, nothing is broken, at any width."""

import re
from itertools import pairwise

import pytest

from tests.reports.examples import ENVIRONMENT, claim, full, hostile, report_on, small
from ucomp_verify.claims.registry import CLAIMS
from ucomp_verify.reports import Report
from ucomp_verify.reports.text import explain, listing, plain, table
from ucomp_verify.verdicts import Status

_WIDTHS = [60, 72, 80, 81, 100, 120, 169, 170, 200, 300]
_COLOR = re.compile("\x1b\\[[0-9;]*m")


def _rows(report: Report, width: int, *, color: bool = False) -> list[str]:
    """The lines of the table itself."""
    return table(report, width=width, color=color).split("\n\n")[0].splitlines()


@pytest.mark.parametrize("width", _WIDTHS)
@pytest.mark.parametrize("report", [small(), full()], ids=["small", "full"])
def test_every_claim_has_its_row_at_every_width(report: Report, width: int) -> None:
    words = " ".join(_rows(report, width)).split()
    for entry in report.entries:
        assert entry.claim.slug in words
    for status in Status:
        found = sum(e.verdict.status is status for e in report.entries)
        assert sum(w.rstrip(",") == status.value for w in words) == found


@pytest.mark.parametrize("width", _WIDTHS)
@pytest.mark.parametrize("report", [small(), full()], ids=["small", "full"])
def test_no_line_of_the_table_is_too_long(report: Report, width: int) -> None:
    assert max(map(len, _rows(report, width))) <= width


def test_a_wide_table_has_one_line_a_claim() -> None:
    assert len(_rows(full(), 300)) == len(CLAIMS) + 2


def test_a_row_tells_all_that_is_asked() -> None:
    (row,) = [r for r in _rows(small(), 300) if " small-ball-repaired " in r]
    for word in ("thm:small", "repaired", "proved-granting", "exact", "stands", "all"):
        assert word in row.split()
    assert "grants Jung 1901 and 1 more" in row
    (row,) = [r for r in _rows(small(), 300) if " polylog " in r]
    assert "shaken by 3 claims" in row
    (row,) = [r for r in _rows(small(), 300) if " half-exponent " in r]
    assert "1 random test failed" in row and "doubted" in row


@pytest.mark.parametrize("width", [60, 80, 300])
def test_a_repair_follows_what_it_repairs(width: int) -> None:
    order = [r.split()[1] for r in _rows(full(), width) if re.match(r"[^\w\s] ", r)]
    assert sorted(order) == sorted(c.slug for c in CLAIMS)
    after = dict(pairwise(order))
    assert after["small-ball"] == "small-ball-repaired"
    assert after["levelset-remez"] == "levelset-remez-repaired"


def test_colour_only_when_asked() -> None:
    plainly, colored = (table(small(), width=80, color=c) for c in (False, True))
    assert not _COLOR.search(plainly)
    assert _COLOR.search(colored)
    bare = [line.rstrip() for line in _COLOR.sub("", colored).splitlines()]
    assert bare == plainly.splitlines()


def test_colour_does_not_depend_on_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    before = table(small(), width=80, color=True), table(small(), width=80, color=False)
    for name, value in (("TERM", "dumb"), ("NO_COLOR", "1"), ("FORCE_COLOR", "1")):
        monkeypatch.setenv(name, value)
        monkeypatch.setenv("COLUMNS", "33")
        after = table(small(), width=80, color=True), table(small(), width=80, color=False)
        assert after == before
        monkeypatch.delenv(name)


def test_the_counts_and_what_is_not_as_asked_stand_below() -> None:
    text = table(small(), width=200, color=False)
    assert "14 claims: 3 proved, 1 proved-granting, 2 checked, 2 observed, 3 open" in text
    assert "profile default, seed 0, 12.3 s" in text
    assert "Not as asked (6):" in text
    assert "  packing: refuted, exact; refuted, and no baseline records that\n" in text
    assert "  ftsp-degree: checked, exact; weaker than the baseline records; the baseline" in text
    assert "Not as asked" not in table(report_on((), ()), width=80, color=False)


def test_all_problems_stand_below() -> None:
    text = table(small(), width=80, color=False)
    assert "Problems (7)" in text
    for problem in small().problems:
        assert f"tchakaloff: {problem.trouble.value}: {problem.origin}" in text
        assert f"    $ {problem.reproduce}\n" in text
    assert text.count("    second line\n") == len(small().problems)


def test_a_report_on_nothing_is_a_report() -> None:
    assert "0 claims" in table(report_on((), ()), width=80, color=False)
    assert report_on((), ()).environment == ENVIRONMENT


@pytest.mark.parametrize("width", [60, 80, 300])
def test_no_control_character_reaches_the_terminal(width: int) -> None:
    report = hostile()
    shown = [
        table(report, width=width, color=False),
        explain(report.entries[0], report.entries, width=width),
        listing([e.claim for e in report.entries], width=width),
    ]
    for text in shown:
        assert all(c == "\n" or c.isprintable() for c in text)
        assert r"\x1b[31m" in text


@pytest.mark.parametrize("width", [60, 80, 120])
def test_an_explanation_has_all_of_the_claim(width: int) -> None:
    report = small()
    for entry in report.entries:
        text = explain(entry, report.entries, width=width)
        words = " ".join(text.split())
        assert entry.claim.title in words
        assert " ".join(plain(entry.claim.statement).split()) in words
        assert f"status {entry.verdict.status.value};" in words
        assert entry.verdict.scope.text.replace(">=", "≥") in words
        for evidence in (*entry.verdict.basis, *entry.verdict.doubts):
            assert f"$ {evidence.provenance.reproduce}\n" in text
            assert evidence.provenance.sha256[:12] in words
            assert " ".join(plain(evidence.reading.shows).split()) in words
        lines = [n for n in text.splitlines() if not n.lstrip().startswith("$ ")]
        long = [n for n in lines if len(n) > width]
        assert all(re.fullmatch(r" +(from +)?\S+", n) for n in long), "only a file name is longer"


def test_an_explanation_names_the_neighbours_with_their_status() -> None:
    report = small()
    found = {e.claim.slug: e for e in report.entries}
    text = explain(found["small-ball"], report.entries, width=100)
    assert "repaired by small-ball-repaired (proved-granting)" in text
    assert "uses        tchakaloff (proved)" in text
    assert "used by     packing (refuted)" in text
    text = explain(found["small-ball-repaired"], report.entries, width=100)
    assert "repairs     small-ball (refuted)" in text
    assert "grants      Jung 1901; Taylor" in text
    text = explain(found["polylog"], report.entries, width=100)
    assert "shaken by   lower-bound, packing, small-ball" in text
    text = explain(found["ftsp"], report.entries, width=100)
    assert "Reading taken\n  Existence only." in text
    assert "d: number of nodes; integers ≥ 1" in text


def test_an_explanation_tells_what_a_failing_test_found() -> None:
    report = small()
    (entry,) = [e for e in report.entries if e.verdict.doubts]
    text = explain(entry, report.entries, width=100)
    assert "Doubts: a random case fails, which refutes nothing (1)" in text
    assert '93 met the hypotheses, seed 0; fails for {"m": 2}' in " ".join(text.split())
    assert "refutes;" not in text


def test_the_listing_names_every_claim_in_order() -> None:
    text = listing(CLAIMS, width=80)
    starts = [n.split()[0] for n in text.splitlines() if not n.startswith(" ")]
    assert starts == [c.slug for c in CLAIMS]
    words = " ".join(text.split())
    for c in CLAIMS:
        assert " ".join(plain(f"{c.title} ({c.source.label})").split()) in words
    assert max(map(len, text.splitlines())) <= 80


def test_a_listing_of_nothing_says_so() -> None:
    assert listing((), width=80) == "no claims\n"
    assert listing((claim("ftsp"),), width=80).startswith("ftsp  printed  ")
