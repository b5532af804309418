"""The nodes and edges of the graph, as data, as JSON and as Graphviz text."""

import enum
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ucomp_verify.claims import Claim
from ucomp_verify.verdicts import Status, Verdict, closure

Verdicts = Mapping[str, Verdict]
_SHAPE = {
    Status.PROVED: "box",
    Status.PROVED_GRANTING: "box",
    Status.CHECKED: "ellipse",
    Status.OBSERVED: "ellipse",
    Status.OPEN: "plaintext",
    Status.VACUOUS: "hexagon",
    Status.REFUTED: "octagon",
}


class Relation(enum.Enum):
    """Why two claims are joined."""

    USES = "uses"
    REPAIRS = "repairs"


@dataclass(frozen=True)
class Edge:
    """`source` uses or repairs `target`."""

    source: str
    target: str
    relation: Relation


def select(claims: Sequence[Claim], focus: str | None) -> tuple[Claim, ...]:
    """The claims that the focus uses or that use it, directly or not; all without a focus.

    Raises ValueError if no claim has the slug `focus`.
    """
    if focus is None:
        return tuple(claims)
    uses = {c.slug: c.uses for c in claims}
    if focus not in uses:
        raise ValueError(f"expected the slug of one of these {len(uses)} claims, got {focus!r}")
    kept = {focus, *closure(focus, uses)}
    return tuple(c for c in claims if c.slug in kept or focus in closure(c.slug, uses))


def edges(claims: Sequence[Claim]) -> tuple[Edge, ...]:
    """All edges between different claims, in their order."""
    slugs = {c.slug for c in claims}
    found: list[Edge] = []
    for c in claims:
        known = slugs - {c.slug}
        found.extend(Edge(c.slug, used, Relation.USES) for used in c.uses if used in known)
        if c.repairs in known:
            found.append(Edge(c.slug, c.repairs, Relation.REPAIRS))
    return tuple(found)


def graph_json(claims: Sequence[Claim], verdicts: Verdicts | None, focus: str | None) -> str:
    """The graph as a JSON object of `nodes` and `edges`; the status is null if not known."""
    kept = select(claims, focus)
    nodes = [
        {
            "slug": c.slug,
            "title": c.title,
            "label": c.source.label,
            "variant": c.variant.value,
            "status": _status(c, verdicts),
        }
        for c in kept
    ]
    joined = [
        {"source": e.source, "target": e.target, "relation": e.relation.value} for e in edges(kept)
    ]
    return json.dumps({"focus": focus, "nodes": nodes, "edges": joined}, indent=2) + "\n"


def dot(claims: Sequence[Claim], verdicts: Verdicts | None, focus: str | None) -> str:
    """The graph for Graphviz: an arrow leads to what is used, a dashed one to what is repaired."""
    kept = select(claims, focus)
    lines = ["digraph claims {", "  rankdir=BT;", '  node [fontname="sans-serif", shape=box];']
    lines += [f"  {_quoted(c.slug)} [{_attributes(c, verdicts, focus)}];" for c in kept]
    style = {Relation.USES: "", Relation.REPAIRS: " [style=dashed]"}
    lines += [
        f"  {_quoted(e.source)} -> {_quoted(e.target)}{style[e.relation]};" for e in edges(kept)
    ]
    return "\n".join([*lines, "}"]) + "\n"


def _attributes(claim: Claim, verdicts: Verdicts | None, focus: str | None) -> str:
    status = _status(claim, verdicts)
    label = f"{claim.slug}\n{status}" if status else claim.slug
    shape = f", shape={_SHAPE[Status(status)]}" if status else ""
    bold = ", penwidth=3" if claim.slug == focus else ""
    return f"label={_quoted(label)}, tooltip={_quoted(claim.title)}{shape}{bold}"


def _status(claim: Claim, verdicts: Verdicts | None) -> str | None:
    verdict = (verdicts or {}).get(claim.slug)
    return verdict.status.value if verdict is not None else None


def _quoted(text: str) -> str:
    """A string of the dot language."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'
