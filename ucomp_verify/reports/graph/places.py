"""Places along the layers: near the middle of the neighbours, and never overlapping."""

from collections.abc import Mapping, Sequence
from itertools import accumulate, pairwise

from .layers import Layers, Neighbours, Vertex, Waypoint

_ROUNDS = 40
_STIFF = 6  # how much harder a waypoint pulls a waypoint than a node
_NODE, _WAYPOINT = 1.0, 0.2  # room along a layer, in units of a node and its gap


def places(layers: Layers) -> dict[Vertex, float]:
    """The middle of each vertex along its layer; two nodes of a layer are 1 or more apart.

    Layer by layer, down and up in turn, each vertex moves as near to the mean of its
    neighbours as the order and the room of the others allow.
    """
    joined = layers.neighbours()
    place: dict[Vertex, float] = {}
    for row in layers.rows:
        place.update(_spread(row, dict.fromkeys(row, 0.0)))
    for turn in range(_ROUNDS):
        for row in layers.rows if turn % 2 else reversed(layers.rows):
            place.update(_spread(row, {v: _mean(v, joined, place) for v in row}))
    return place


def _mean(vertex: Vertex, joined: Neighbours, place: Mapping[Vertex, float]) -> float:
    """Where its neighbours pull a vertex; long edges are pulled straight."""
    stiff = isinstance(vertex, Waypoint)
    pulls = [(place[n], _STIFF if stiff and isinstance(n, Waypoint) else 1) for n in joined[vertex]]
    total = sum(weight for _, weight in pulls)
    return sum(x * weight for x, weight in pulls) / total if total else place[vertex]


def _spread(row: Sequence[Vertex], wanted: Mapping[Vertex, float]) -> dict[Vertex, float]:
    """The places nearest to the wanted ones, by least squares, that leave enough room.

    With the room taken off this is isotonic regression, done by pooling neighbours that
    are out of order (Ayer et al., 1955).
    """
    offsets = list(accumulate((_apart(a, b) for a, b in pairwise(row)), initial=0.0))
    pools: list[tuple[float, int]] = []  # mean and number of the members
    for vertex, offset in zip(row, offsets, strict=False):
        mean, size = wanted[vertex] - offset, 1
        while pools and pools[-1][0] > mean:
            earlier, members = pools.pop()
            mean = (mean * size + earlier * members) / (size + members)
            size += members
        pools.append((mean, size))
    means = [mean for mean, size in pools for _ in range(size)]
    return {v: m + o for v, m, o in zip(row, means, offsets, strict=False)}


def _apart(left: Vertex, right: Vertex) -> float:
    """The least distance of two neighbours in a layer."""
    return sum(_WAYPOINT if isinstance(v, Waypoint) else _NODE for v in (left, right)) / 2
