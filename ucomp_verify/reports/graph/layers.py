"""The layers of the graph: what a claim uses stands above it, with few crossings.

After Sugiyama, Tagawa and Toda (1981): layers by longest paths, each layer ordered by
barycenters. An edge over several layers has a waypoint in each layer between.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

from .edges import Edge

_SWEEPS = 24


@dataclass(frozen=True)
class Waypoint:
    """Where a long edge crosses a layer."""

    edge: Edge
    layer: int


Vertex: TypeAlias = str | Waypoint
Neighbours: TypeAlias = Mapping[Vertex, Sequence[Vertex]]


@dataclass(frozen=True)
class Layers:
    """The vertices of each layer, top first, in order, and the vertices each edge passes."""

    rows: tuple[tuple[Vertex, ...], ...]
    chains: Mapping[Edge, tuple[Vertex, ...]]

    def neighbours(self) -> dict[Vertex, list[Vertex]]:
        """The vertices that an edge joins to each vertex, within one layer of it."""
        joined: dict[Vertex, list[Vertex]] = {v: [] for row in self.rows for v in row}
        for chain in self.chains.values():
            for one, other in pairwise(chain):
                joined[one].append(other)
                joined[other].append(one)
        return joined


def layers(slugs: Sequence[str], edges: Sequence[Edge]) -> Layers:
    """Layers with few crossings; an edge that closes a circle may lead downwards."""
    depth = _depths(slugs, edges)
    chains = {e: _chain(e, depth) for e in edges}
    rows: list[list[Vertex]] = [[] for _ in range(max(depth.values(), default=-1) + 1)]
    for slug in slugs:
        rows[depth[slug]].append(slug)
    for point in (v for chain in chains.values() for v in chain if isinstance(v, Waypoint)):
        rows[point.layer].append(point)
    return _ordered(Layers(tuple(map(tuple, rows)), chains))


def _depths(slugs: Sequence[str], edges: Sequence[Edge]) -> dict[str, int]:
    """The longest path from each claim upwards; what is used by one only stands close to it."""
    above: dict[str, list[str]] = {s: [] for s in slugs}
    below: dict[str, list[str]] = {s: [] for s in slugs}
    depth: dict[str, int] = {}

    def visit(slug: str, path: frozenset[str]) -> int:
        if slug not in depth:
            for target in (e.target for e in edges if e.source == slug and e.target not in path):
                above[slug].append(target)
                below[target].append(slug)
            depth[slug] = max((visit(t, path | {t}) + 1 for t in above[slug]), default=0)
        return depth[slug]

    for slug in slugs:
        visit(slug, frozenset({slug}))
    for slug in sorted(slugs, key=lambda s: -depth[s]):
        if below[slug] and len(above[slug]) < len(below[slug]):
            depth[slug] = min(depth[user] for user in below[slug]) - 1
    first = min(depth.values(), default=0)
    return {slug: n - first for slug, n in depth.items()}


def _chain(edge: Edge, depth: Mapping[str, int]) -> tuple[Vertex, ...]:
    """The edge's source, its waypoints, and its target."""
    start, end = depth[edge.source], depth[edge.target]
    step = 1 if end > start else -1
    points = (Waypoint(edge, n) for n in range(start + step, end, step))
    return (edge.source, *points, edge.target)


def _ordered(graph: Layers) -> Layers:
    """The rows in the order with the fewest crossings that sweeps up and down come across."""
    joined = graph.neighbours()
    rows, best = graph.rows, graph.rows
    for sweep in range(_SWEEPS):
        rows = _swept(rows, joined, down=sweep % 2 == 0)
        if _crossings(rows, joined) < _crossings(best, joined):
            best = rows
    return Layers(best, graph.chains)


_Rows: TypeAlias = tuple[tuple[Vertex, ...], ...]


def _swept(rows: _Rows, joined: Neighbours, *, down: bool) -> _Rows:
    """Each row sorted by the mean position of the neighbours in the row before it."""
    swept: list[tuple[Vertex, ...]] = []
    for row in rows if down else reversed(rows):
        before = _positions(swept[-1]) if swept else {}
        swept.append(tuple(sorted(row, key=_barycenter(row, before, joined).__getitem__)))
    return tuple(swept if down else reversed(swept))


def _positions(row: Iterable[Vertex]) -> dict[Vertex, int]:
    return {v: n for n, v in enumerate(row)}


def _barycenter(
    row: Sequence[Vertex], before: Mapping[Vertex, int], joined: Neighbours
) -> dict[Vertex, float]:
    """The mean position of the neighbours; without any, the vertex's own position."""
    means: dict[Vertex, float] = {}
    for own, vertex in enumerate(row):
        near = [before[n] for n in joined[vertex] if n in before]
        means[vertex] = sum(near) / len(near) if near else float(own)
    return means


def _crossings(rows: _Rows, joined: Neighbours) -> int:
    """How many pairs of edges between neighbouring rows cross."""
    total = 0
    for upper, lower in pairwise(rows):
        position = _positions(lower)
        ends = [sorted(position[n] for n in joined[v] if n in position) for v in upper]
        flat = [end for group in ends for end in group]
        total += sum(b < a for i, a in enumerate(flat) for b in flat[i + 1 :])
    return total
