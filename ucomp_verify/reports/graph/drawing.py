"""The graph as an SVG drawing: one self-contained picture, each claim a link."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from xml.etree.ElementTree import Element, SubElement, tostring

from ucomp_verify.claims import Claim
from ucomp_verify.reports.escaping import xml_text
from ucomp_verify.reports.words import STATUS_MARK
from ucomp_verify.verdicts import Status

from .edges import Edge, Relation, Verdicts, edges, select
from .outline import outline, wrapped
from .packing import Point, Sheet, sheet

_STYLES = ("palette.css", "graph.css")
_WIDTH, _HEIGHT = 148.0, 56.0  # of a node, in pixels
_PITCH_X, _PITCH_Y = 162.0, 104.0  # from node to node
_MARGIN = 8.0
_LEGIBLE = 1240.0  # pixels; the whole graph is not drawn smaller than this, but scrolls
_LINE = 14.0


def svg(claims: Sequence[Claim], verdicts: Verdicts | None, focus: str | None) -> str:
    """The graph as one SVG file that needs nothing else.

    What a claim uses stands above it; a dashed line leads to what a claim repairs. Each
    claim is a link to `#claim-SLUG`; colour, outline, a sign and a word tell its status.
    """
    picture = drawing(claims, verdicts, focus)
    style = Element("style")
    folder = Path(__file__).parents[1] / "templates"
    style.text = "\n".join((folder / name).read_text(encoding="utf-8") for name in _STYLES)
    picture.insert(0, style)
    return tostring(picture, encoding="unicode") + "\n"


def drawing(claims: Sequence[Claim], verdicts: Verdicts | None, focus: str | None) -> Element:
    """The graph as an SVG element that is styled by `graph.css`."""
    kept = select(claims, focus)
    joined = edges(kept)
    plan = sheet([c.slug for c in kept], joined)
    root = _root(plan, len(kept))
    ports = _ports(plan)
    for edge in joined:
        _draw_edge(root, edge, plan.routes[edge], ports)
    for claim in kept:
        verdict = (verdicts or {}).get(claim.slug)
        status = verdict.status if verdict is not None else None
        _draw_node(root, claim, status, plan.nodes[claim.slug], focused=claim.slug == focus)
    return root


_Ports = Mapping[tuple[Edge, bool], float]  # where an edge meets its target, or its source


def _root(plan: Sheet, count: int) -> Element:
    width, height = plan.width * _PITCH_X, plan.height * _PITCH_Y - (_PITCH_Y - _HEIGHT)
    box = f"{-_MARGIN:g} {-_MARGIN:g} {width + 2 * _MARGIN:.0f} {max(height, 0) + 2 * _MARGIN:.0f}"
    root = Element("svg", {"xmlns": "http://www.w3.org/2000/svg", "viewBox": box})
    root.attrib |= {"class": "claims-graph", "role": "group"}
    natural = width + 2 * _MARGIN
    least = min(natural, _LEGIBLE)
    root.set("style", f"max-width:{natural:.0f}px;min-width:{least:.0f}px")
    root.set("aria-label", f"Dependency graph of {count} claims")
    return root


def _pixels(point: Point) -> Point:
    """The middle of a node at a point of the sheet, in pixels."""
    x, y = point
    return x * _PITCH_X, (y - 0.5) * _PITCH_Y + _HEIGHT / 2


def _ports(plan: Sheet) -> _Ports:
    """The edges that meet one side of a node, side by side in the order they come from."""
    sides: dict[tuple[str, bool], list[tuple[float, Edge, bool]]] = {}
    for edge, route in plan.routes.items():
        for at_target, path in ((False, route), (True, route[::-1])):
            (x, y), (next_x, next_y) = path[:2]
            del x
            end = edge.target if at_target else edge.source
            sides.setdefault((end, next_y < y), []).append((next_x, edge, at_target))
    return {
        (edge, at_target): _pixels(plan.nodes[end])[0] + shift
        for (end, _), meeting in sides.items()
        for shift, (_, edge, at_target) in _shifts(meeting)
    }


def _shifts(
    meeting: Sequence[tuple[float, Edge, bool]],
) -> list[tuple[float, tuple[float, Edge, bool]]]:
    """Evenly spaced shifts about 0 for the edges, from left to right."""
    step = min(18.0, (_WIDTH - 40) / max(len(meeting) - 1, 1))
    order = sorted(meeting, key=lambda item: item[0])
    return [((n - (len(order) - 1) / 2) * step, item) for n, item in enumerate(order)]


def _draw_edge(root: Element, edge: Edge, route: Sequence[Point], ports: _Ports) -> None:
    """A curve that crosses the layers between its ends upright, and an arrow head."""
    middle = [_pixels(point) for point in route]
    up = -1.0 if middle[-1][1] < middle[0][1] else 1.0
    half = up * _HEIGHT / 2
    start, end = (
        (ports[edge, False], middle[0][1] + half),
        (ports[edge, True], middle[-1][1] - half),
    )
    path = f"M{start[0]:.1f},{start[1]:.1f}"
    stops = [start]
    for x, y in middle[1:-1]:
        stops += [(x, y - half), (x, y + half)]
    stops.append((end[0], end[1] - 7 * up))
    for number, ((x0, y0), (x1, y1)) in enumerate(pairwise(stops)):
        bend = (y0 + y1) / 2
        curve = f"C{x0:.1f},{bend:.1f} {x1:.1f},{bend:.1f} {x1:.1f},{y1:.1f}"
        path += f"V{y1:.1f}" if number % 2 else curve
    repairs = edge.relation is Relation.REPAIRS
    line = SubElement(root, "path", {"class": "edge repairs" if repairs else "edge", "d": path})
    SubElement(line, "title").text = f"{edge.source} {edge.relation.value} {edge.target}"
    tip = f"M{end[0]:.1f},{end[1]:.1f}l-4,{-8 * up:g}h8Z"
    SubElement(root, "path", {"class": "repairs-head" if repairs else "head", "d": tip})


def _draw_node(
    root: Element, claim: Claim, status: Status | None, place: Point, *, focused: bool
) -> None:
    """The claim's slug and status in an outline, in a link to its section."""
    word = status.value if status else "none"
    x, y = _pixels(place)
    link = SubElement(root, "a", {"href": f"#claim-{claim.slug}"})
    link.set("class", f"{word} focus" if focused else word)
    link.set("transform", f"translate({x:.1f},{y:.1f})")
    told = [
        claim.title,
        f"{claim.source.label}, {claim.variant.value}",
        *([word] if status else []),
    ]
    SubElement(link, "title").text = xml_text("\n".join(told))
    SubElement(link, "path", {"class": "shape", "d": outline(status, _WIDTH, _HEIGHT)})
    if status is Status.PROVED:
        inner = outline(status, _WIDTH - 7, _HEIGHT - 7)
        SubElement(link, "path", {"class": "inner", "d": inner})
    lines = [(line, "slug") for line in wrapped(claim.slug)]
    lines += [(f"{STATUS_MARK[status]} {word}", "status")] if status else []
    top = -_LINE * (len(lines) - 1) / 2 + 4
    for number, (text, sort) in enumerate(lines):
        SubElement(link, "text", {"class": sort, "y": f"{top + number * _LINE:g}"}).text = text
