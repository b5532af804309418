"""The HTML report: one offline file with every claim, and no text of a report is markup."""

import re
from collections import Counter
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest

from tests.reports.examples import claim, full, hostile, problem, report_on, small
from ucomp_verify.claims.registry import CLAIMS
from ucomp_verify.reports import html as html_module
from ucomp_verify.reports.html import html, maths
from ucomp_verify.verdicts import Status

_TEMPLATES = Path(html_module.__file__).with_name("templates")
_VOID = {"meta", "link", "input", "wbr", "br"}


class _Page(HTMLParser):
    """The tags, attributes and text of a page; fails if the tags do not match."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.text: list[str] = []
        self.open: list[str] = []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {k: v or "" for k, v in attrs}))
        if tag not in _VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text.append(data)

    def all(self, tag: str, **having: str) -> list[dict[str, str]]:
        """The attributes of the tags of this kind with these attributes."""
        found = [a for t, a in self.tags if t == tag]
        return [a for a in found if all(a.get(k) == v for k, v in having.items())]


_REPORTS = {"small": small(), "full": full(), "hostile": hostile(), "empty": report_on((), ())}


@pytest.fixture(scope="module", params=list(_REPORTS))
def name(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture(scope="module")
def page(name: str) -> _Page:
    return _Page(html(_REPORTS[name]))


def test_every_claim_has_its_cell_its_section_and_its_node(name: str, page: _Page) -> None:
    slugs = [e.claim.slug for e in _REPORTS[name].entries]
    cells = [a["data-claim"] for a in page.all("div") if "data-claim" in a]
    sections = [a["id"] for a in page.all("article")]
    nodes = [a["href"] for a in page.all("a") if "transform" in a]
    assert Counter(cells) == Counter(slugs)
    assert Counter(sections) == Counter(f"claim-{s}" for s in slugs)
    assert Counter(nodes) == Counter(f"#claim-{s}" for s in slugs)


def test_every_link_stays_in_the_page_and_leads_somewhere(page: _Page) -> None:
    ids = [a["id"] for _, a in page.tags if "id" in a]
    assert len(ids) == len(set(ids))
    links = [a["href"] for a in page.all("a")]
    assert links and all(link[1:] in ids for link in links)
    named = [a[k] for _, a in page.tags for k in ("aria-labelledby", "for") if k in a]
    assert set(named) <= set(ids)


def test_the_page_names_no_address_to_load_from(page: _Page) -> None:
    loading = ("src", "srcset", "data", "action", "formaction", "poster", "background", "ping")
    assert not [a for _, a in page.tags if set(a) & set(loading)]
    assert [a["href"] for a in page.all("link")] == ["data:,"]
    assert (
        "default-src 'none'"
        in page.all("meta", **{"http-equiv": "Content-Security-Policy"})[0]["content"]
    )
    for file in _TEMPLATES.glob("*.css"):
        assert not re.search(r"url\(|@import|https?:", file.read_text(encoding="utf-8"))


def test_status_and_standing_of_every_claim_can_be_read(name: str) -> None:
    text = html(_REPORTS[name])
    for entry in _REPORTS[name].entries:
        start = text.index(f'<article class="claim {entry.verdict.status.value}" id="claim-')
        assert start > 0
        section = text[text.index(f'id="claim-{entry.claim.slug}"') :].split("</article>")[0]
        assert f'<span class="badge {entry.verdict.status.value}">' in section
        assert ("unasked" in section) is not entry.standing.fulfilled
        for evidence in (*entry.verdict.basis, *entry.verdict.doubts):
            assert evidence.provenance.sha256[:12] in maths_free(section)


def maths_free(section: str) -> str:
    """The section with the entities of quotes and signs as they are written in reports."""
    for entity, sign in (("&lt;", "<"), ("&gt;", ">"), ("&#34;", '"'), ("&amp;", "&")):
        section = section.replace(entity, sign)
    return section


def test_printed_and_repaired_share_a_row() -> None:
    rows = html(small()).split("<tr>")
    (row,) = [r for r in rows if 'data-claim="small-ball"' in r]
    printed, beside = row.split("<td>")[1:3]
    assert 'data-claim="small-ball"' in printed and "data-claim" in beside
    assert 'data-claim="small-ball-repaired"' in beside
    (row,) = [r for r in rows if 'data-claim="polylog"' in r]
    assert row.count("data-claim=") == 3


def test_no_text_of_a_report_becomes_markup() -> None:
    text = html(hostile())
    parsed = _Page(text)
    assert len(parsed.all("script")) == 1
    assert "\x1b" not in text and "\x00" not in text
    assert "{{ 7*7 }}" in "".join(parsed.text) and "49" not in re.findall(r"\b49\b", text)
    assert all(not k.startswith("on") for _, a in parsed.tags for k in a)
    assert "".join(parsed.text).count('<script>alert("1")</script>') > 10


def test_the_hostile_example_reaches_every_field_of_the_page() -> None:
    safe = html(hostile()).replace("alert(&#34;1&#34;)", "")
    assert safe.count("&lt;script&gt;&lt;/script&gt;") > 15


def test_no_formula_falls_back_to_its_source() -> None:
    assert 'class="unreadable"' not in html(full())


def test_a_formula_that_cannot_be_shown_is_shown_as_source_and_marked() -> None:
    shown = maths(r"so $\foo <b>$ holds")
    assert '<code class="unreadable" title="expected a known command' in shown
    assert r"$\foo &lt;b&gt;$</code> holds" in shown


def test_statements_are_formulas() -> None:
    parsed = _Page(html(full()))
    assert len(parsed.all("math")) > 10 * len(CLAIMS)


def test_the_counts_are_those_of_the_report() -> None:
    text = re.sub(r"\s+", " ", html(small()))
    for status in Status:
        number = sum(e.verdict.status is status for e in small().entries)
        assert re.search(rf"</span> {status.value}</span> <b>{number}</b>", text), status


def test_problems_are_shown_with_the_way_to_see_them_again() -> None:
    text = "".join(_Page(html(small())).text)
    for p in small().problems:
        assert p.trouble.value in text and p.message in text and p.reproduce in text
    assert 'id="problems"' not in html(full())


def test_a_claim_outside_the_report_is_named_and_not_linked() -> None:
    alone = report_on((claim("packing", uses=("elsewhere",)),), (), problems=(problem("absent"),))
    text = html(alone)
    assert "<code>elsewhere</code>" in text and "<code>absent</code>" in text
    assert "#claim-elsewhere" not in text


def test_many_pieces_of_evidence_are_folded_and_none_is_lost() -> None:
    report = full()
    folded = next(e for e in report.entries if len(e.verdict.basis) == 5)
    section = html(report).split(f'id="claim-{folded.claim.slug}"')[1].split("</article>")[0]
    assert section.count('<li class="piece') == 5
    assert "<summary>2 more</summary>" in section and 'start="4"' in section


def test_headings_are_in_order(page: _Page) -> None:
    levels = [int(t[1]) for t, _ in page.tags if re.fullmatch(r"h[1-6]", t)]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(b - a <= 1 for a, b in pairwise(levels))


def test_the_page_is_the_same_every_time() -> None:
    assert html(small()) == html(small())


def _palettes() -> list[dict[str, str]]:
    css = (_TEMPLATES / "palette.css").read_text(encoding="utf-8")
    light, dark = css.split("@media")
    return [dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", part)) for part in (light, dark)]


def _contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG 2.2."""
    parts = [[int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)] for color in (one, other)]
    linear = [
        [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in p] for p in parts
    ]
    low, high = sorted(0.2126 * r + 0.7152 * g + 0.0722 * b for r, g, b in linear)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("palette", _palettes(), ids=["light", "dark"])
def test_all_text_has_enough_contrast(palette: dict[str, str]) -> None:
    grounds = ("paper", "sheet")
    pairs = [(ink, ground) for ink in ("ink", "faint", "link") for ground in grounds]
    for status in [s.value for s in Status] + ["none"]:
        pairs += [(status, f"{status}-tint"), (status, "paper"), ("ink", f"{status}-tint")]
    for text, ground in pairs:
        assert _contrast(palette[text], palette[ground]) >= 4.5, (text, ground)
