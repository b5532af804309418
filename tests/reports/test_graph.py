"""The dependency graph: nothing is lost, nothing overlaps, and it is read without colour."""

import json
import re
from collections import Counter
from itertools import combinations, pairwise
from xml.etree.ElementTree import Element, fromstring

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import RecordEffective
from tests.reports.examples import claim, full, hostile, report_on, small
from ucomp_verify.claims.registry import CLAIMS
from ucomp_verify.reports import Report
from ucomp_verify.reports.graph import Edge, Relation, dot, edges, graph_json, select, svg
from ucomp_verify.reports.graph.layers import layers
from ucomp_verify.reports.graph.outline import outline, wrapped
from ucomp_verify.reports.graph.packing import sheet
from ucomp_verify.reports.graph.places import places
from ucomp_verify.verdicts import Status, Verdict, closure

_SVG = "{http://www.w3.org/2000/svg}"
_NAMES = [f"c{n}" for n in range(12)]
_PAIRS = st.lists(st.tuples(st.sampled_from(_NAMES), st.sampled_from(_NAMES)), max_size=30)


def _verdicts(report: Report) -> dict[str, Verdict]:
    return {e.claim.slug: e.verdict for e in report.entries}


def _joined(pairs: list[tuple[str, str]]) -> list[Edge]:
    return [Edge(a, b, Relation.USES) for a, b in dict.fromkeys(pairs) if a != b]


def _acyclic(pairs: list[tuple[str, str]]) -> list[Edge]:
    """Edges from later names to earlier ones."""
    number = {name: n for n, name in enumerate(_NAMES)}
    return _joined([(a, b) if number[a] > number[b] else (b, a) for a, b in pairs])


@given(_PAIRS)
def test_a_claim_stands_below_all_that_it_uses(
    record_effective: RecordEffective, pairs: list[tuple[str, str]]
) -> None:
    joined = _acyclic(pairs)
    found = layers(_NAMES, joined)
    row = {v: n for n, vertices in enumerate(found.rows) for v in vertices}
    assert all(row[e.source] > row[e.target] for e in joined)
    for edge, chain in found.chains.items():
        assert (chain[0], chain[-1]) == (edge.source, edge.target)
        assert all(abs(row[a] - row[b]) == 1 for a, b in pairwise(chain))
    record_effective(bool(joined))


@given(_PAIRS)
def test_any_graph_is_laid_out_whole_even_with_circles(pairs: list[tuple[str, str]]) -> None:
    joined = _joined(pairs)
    plan = sheet(_NAMES, joined)
    assert set(plan.nodes) == set(_NAMES) and set(plan.routes) == set(joined)
    for (x, y), (other_x, other_y) in combinations(plan.nodes.values(), 2):
        assert abs(x - other_x) >= 1 - 1e-9 or abs(y - other_y) >= 1 - 1e-9
    for x, y in (*plan.nodes.values(), *(p for route in plan.routes.values() for p in route)):
        assert 0 <= x <= plan.width and 0.5 <= y <= plan.height - 0.5


@given(_PAIRS)
def test_the_order_of_a_layer_is_kept_when_places_are_found(pairs: list[tuple[str, str]]) -> None:
    found = layers(_NAMES, _acyclic(pairs))
    place = places(found)
    for row in found.rows:
        assert all(place[a] < place[b] for a, b in pairwise(row))


def test_a_small_graph_has_no_crossing() -> None:
    joined = _joined([("c4", "c0"), ("c5", "c1"), ("c6", "c2"), ("c7", "c3"), ("c4", "c1")])
    found = layers(["c7", "c5", "c6", "c4", "c0", "c1", "c2", "c3"], joined)
    place = {v: n for row in found.rows for n, v in enumerate(row)}
    ends = [(place[e.source], place[e.target]) for e in joined]
    assert not any((a - c) * (b - d) < 0 for (a, b), (c, d) in combinations(ends, 2))


def test_no_claim_and_no_edge_of_the_registry_is_lost() -> None:
    uses = [(c.slug, u, Relation.USES) for c in CLAIMS for u in c.uses]
    repairs = [(c.slug, c.repairs, Relation.REPAIRS) for c in CLAIMS if c.repairs]
    found = [(e.source, e.target, e.relation) for e in edges(CLAIMS)]
    assert Counter(found) == Counter([*uses, *repairs])
    for text in (dot(CLAIMS, None, None), graph_json(CLAIMS, None, None)):
        assert all(f'"{c.slug}"' in text for c in CLAIMS)


@pytest.mark.parametrize("focus", ["small-ball", "ftsp", "runtime-figure"])
def test_the_focus_keeps_what_it_uses_and_what_uses_it(focus: str) -> None:
    uses = {c.slug: c.uses for c in CLAIMS}
    kept = {c.slug for c in select(CLAIMS, focus)}
    assert kept == {
        slug
        for slug in uses
        if slug == focus or slug in closure(focus, uses) or focus in closure(slug, uses)
    }
    shown = json.loads(graph_json(CLAIMS, None, focus))
    assert {n["slug"] for n in shown["nodes"]} == kept
    assert {e[k] for e in shown["edges"] for k in ("source", "target")} <= kept


def test_an_unknown_focus_is_refused() -> None:
    text = f"slug of one of these {len(CLAIMS)} claims, got 'nothing'"
    with pytest.raises(ValueError, match=text):
        svg(CLAIMS, None, "nothing")


def test_dot_draws_repairs_dashed_and_quotes_names() -> None:
    report = small()
    text = dot([e.claim for e in report.entries], _verdicts(report), "small-ball")
    assert '  "small-ball" -> "tchakaloff";' in text
    assert "polylog-universal" not in text
    text = dot([e.claim for e in report.entries], None, None)
    assert '  "small-ball-repaired" -> "small-ball" [style=dashed];' in text
    hard = dot([e.claim for e in hostile().entries], None, None)
    assert r'tooltip="<script>alert(\"1\")</script>' in hard


def _nodes(root: Element) -> dict[str, Element]:
    return {a.get("href", ""): a for a in root.iter(f"{_SVG}a")}


@pytest.mark.parametrize("report", [small(), full()], ids=["small", "full"])
def test_every_claim_is_a_link_that_tells_its_status_in_words(report: Report) -> None:
    claims = [e.claim for e in report.entries]
    nodes = _nodes(fromstring(svg(claims, _verdicts(report), None)))
    assert list(nodes) == [f"#claim-{c.slug}" for c in claims]
    for entry in report.entries:
        node = nodes[f"#claim-{entry.claim.slug}"]
        *name, status = [text.text or "" for text in node.iter(f"{_SVG}text")]
        assert "".join(name) == entry.claim.slug
        assert status.split()[1:] == [entry.verdict.status.value]
        title = node.find(f"{_SVG}title")
        assert title is not None and (title.text or "").startswith(entry.claim.title)
        assert node.get("class") == entry.verdict.status.value


def test_the_boxes_of_the_drawing_do_not_overlap() -> None:
    boxes: list[tuple[float, float, float, float]] = []
    for node in _nodes(fromstring(svg(CLAIMS, None, None))).values():
        moved = re.fullmatch(r"translate\((.+),(.+)\)", node.get("transform", ""))
        shape = node.find(f"{_SVG}path")
        assert moved is not None and shape is not None
        x, y = map(float, moved.groups())
        right = max(float(n) for n in re.findall(r"[HL](-?\d+\.?\d*)", shape.get("d", "")))
        boxes.append((x - right, x + right, y - 28, y + 28))
    for one, other in combinations(boxes, 2):
        apart = one[1] < other[0] or other[1] < one[0] or one[3] < other[2] or other[3] < one[2]
        assert apart, (one, other)


def test_the_drawing_needs_nothing_else() -> None:
    text = svg(CLAIMS, _verdicts(full()), "small-ball")
    assert text.count("http") == text.count("http://www.w3.org/2000/svg") == 1
    assert "url(" not in text and "@import" not in text
    assert fromstring(text).find(f"{_SVG}style") is not None


def test_the_focus_is_marked() -> None:
    nodes = _nodes(fromstring(svg(CLAIMS, None, "small-ball")))
    assert nodes["#claim-small-ball"].get("class") == "none focus"


def test_a_claim_that_uses_a_circle_of_claims_is_drawn() -> None:
    circle = [claim("a", uses=("b",)), claim("b", uses=("a",)), claim("c", uses=("a", "c"))]
    assert len(_nodes(fromstring(svg(circle, None, None)))) == 3
    assert _nodes(fromstring(svg([claim("a", uses=("a",))], None, None)))


def test_a_graph_of_nothing_is_drawn() -> None:
    assert _nodes(fromstring(svg((), None, None))) == {}
    assert json.loads(graph_json((), None, None))["nodes"] == []


def test_hostile_titles_are_text() -> None:
    report = hostile()
    root = fromstring(svg([e.claim for e in report.entries], _verdicts(report), None))
    assert not list(root.iter(f"{_SVG}script"))
    assert any("<script>" in (t.text or "") for t in root.iter(f"{_SVG}title"))


def test_fallen_and_undecided_claims_have_outlines_of_their_own() -> None:
    shapes = {s: outline(s, 100, 40) for s in Status}
    seen = {s: shapes[s] for s in (Status.CHECKED, Status.PROVED, Status.OPEN)}
    assert len({shapes[Status.REFUTED], shapes[Status.VACUOUS], *seen.values()}) == 5
    assert report_on((), ()).entries == ()


@pytest.mark.parametrize("slug", [c.slug for c in CLAIMS])
def test_every_slug_fits_its_box(slug: str) -> None:
    lines = wrapped(slug)
    assert "".join(lines) == slug
    assert len(lines) <= 2 and max(map(len, lines)) <= 20
