"""The parts of a graph that no edge joins, laid out one by one and put on one sheet."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from .edges import Edge
from .layers import layers
from .places import places

Point = tuple[float, float]  # places along a layer in units of a node, and layers


@dataclass(frozen=True)
class Sheet:
    """Where the middle of each claim is, the points each edge passes, and the size of it all."""

    nodes: Mapping[str, Point]
    routes: Mapping[Edge, tuple[Point, ...]]
    width: float
    height: float


def sheet(slugs: Sequence[str], edges: Sequence[Edge], *, width: int = 6) -> Sheet:
    """All claims on one sheet: the connected parts, largest first, then the single claims.

    `width`, in nodes, is used unless a connected part is wider.
    """
    parts = sorted(_parts(slugs, edges), key=len, reverse=True)
    joined = [_part(p, [e for e in edges if e.source in p]) for p in parts if len(p) > 1]
    widest = max([width, *(p.width for p in joined)])
    return _stacked(
        _with_singles(_shelves(joined, widest), [p[0] for p in parts if len(p) == 1], widest)
    )


def _parts(slugs: Sequence[str], edges: Iterable[Edge]) -> list[list[str]]:
    """The connected parts, each in the order of the claims."""
    part = {s: s for s in slugs}
    for edge in edges:
        old, new = part[edge.source], part[edge.target]
        part.update({s: new for s, name in part.items() if name == old})
    names = dict.fromkeys(part[s] for s in slugs)
    return [[s for s in slugs if part[s] == name] for name in names]


def _part(slugs: Sequence[str], edges: Sequence[Edge]) -> Sheet:
    """A connected part, its upper left corner in the origin."""
    found = layers(slugs, edges)
    place = places(found)
    left = min(place.values()) - 0.5
    point = {v: (place[v] - left, n + 0.5) for n, row in enumerate(found.rows) for v in row}
    routes = {e: tuple(point[v] for v in chain) for e, chain in found.chains.items()}
    right = max(x for x, _ in point.values()) + 0.5
    return Sheet({s: point[s] for s in slugs}, routes, right, float(len(found.rows)))


def _shelves(parts: Iterable[Sheet], width: float) -> list[Sheet]:
    """The parts in rows, each row as full as the width allows."""
    rows: list[Sheet] = []
    for part in parts:
        if rows and rows[-1].width + part.width <= width:
            rows[-1] = _merged(rows[-1], _moved(part, rows[-1].width, 0.0))
        else:
            rows.append(part)
    return rows


def _with_singles(rows: list[Sheet], slugs: Sequence[str], width: float) -> list[Sheet]:
    """The rows and the single claims: beside the last row if there is room, or below."""
    beside = int(width - rows[-1].width) if rows else 0
    if beside < 3 or len(slugs) > beside * rows[-1].height:
        return [*rows, _grid(slugs, max(int(width), 1))]
    return [*rows[:-1], _merged(rows[-1], _moved(_grid(slugs, beside), rows[-1].width, 0.0))]


def _grid(slugs: Sequence[str], columns: int) -> Sheet:
    """Single claims in rows."""
    nodes = {s: (n % columns + 0.5, n // columns + 0.5) for n, s in enumerate(slugs)}
    width, height = min(len(slugs), columns), -(-len(slugs) // columns)
    return Sheet(nodes, {}, float(width), float(height))


def _stacked(rows: Iterable[Sheet]) -> Sheet:
    """The rows below each other."""
    whole = Sheet({}, {}, 0.0, 0.0)
    for row in rows:
        whole = _merged(whole, _moved(row, 0.0, whole.height))
    return whole


def _merged(one: Sheet, other: Sheet) -> Sheet:
    """Both on one sheet, where they are."""
    nodes, routes = {**one.nodes, **other.nodes}, {**one.routes, **other.routes}
    return Sheet(nodes, routes, max(one.width, other.width), max(one.height, other.height))


def _moved(part: Sheet, right: float, down: float) -> Sheet:
    nodes = {s: (x + right, y + down) for s, (x, y) in part.nodes.items()}
    routes = {e: tuple((x + right, y + down) for x, y in path) for e, path in part.routes.items()}
    return Sheet(nodes, routes, part.width + right, part.height + down)
