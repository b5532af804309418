"""Clusters of nodes that are near each other, the smallest first, while nodes disappear."""

import heapq
from collections.abc import Iterator
from importlib import import_module
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
Places = npt.NDArray[np.intp]

STALE = 0.3  # share of the nodes gone after which the tree is built anew
SLACK = 1.02  # a cluster this much larger than the smallest is taken all the same


def clusters(points: Array, alive: npt.NDArray[np.bool_], count: int) -> Iterator[Places]:
    """Places of a node alive and its nearest neighbours alive, `count` or all if fewer.

    The radius of each is nearly the smallest there is: for the smallest cluster of so many
    nodes that holds a given one, this is an approximation within a factor 2. The caller clears
    `alive` at places of a cluster before it asks for the next; when a whole round has left
    it as it was, that is the end.
    """
    before = -1
    while before != (before := int(alive.sum())) and before:
        ids = np.flatnonzero(alive)
        for inside in _round(points[ids], alive, ids, min(count, before)):
            yield ids[inside]


def _round(
    points: Array, alive: npt.NDArray[np.bool_], ids: Places, count: int
) -> Iterator[Places]:
    """Clusters while one tree serves. Radii only grow, so old ones are lower bounds."""
    tree: Any = import_module("scipy.spatial").cKDTree(points)
    here, left = np.ones(len(ids), dtype=np.bool_), len(ids)
    radii: Array = np.asarray(tree.query(points, k=[count])[0]).reshape(-1)
    heap = list[tuple[float, int]](zip(radii.tolist(), range(len(ids)), strict=True))
    heapq.heapify(heap)
    while heap and left > max(count - 1, (1 - STALE) * len(ids)):
        _, centre = heapq.heappop(heap)
        if not here[centre]:
            continue
        inside = _nearest(tree, points[centre], here, count, left)
        radius = float(np.linalg.norm(points[inside[-1]] - points[centre]))
        if heap and radius > SLACK * heap[0][0]:
            heapq.heappush(heap, (radius, centre))
            continue
        yield inside
        here[inside] = alive[ids[inside]]
        gone = count - int(here[inside].sum())
        left -= gone
        if gone and here[centre]:
            heapq.heappush(heap, (radius, centre))


def _nearest(
    tree: Any, centre: Array, here: npt.NDArray[np.bool_], count: int, left: int
) -> Places:
    """The `count` places alive that are nearest to the centre, of `left` >= count in all."""
    total = len(here)
    ask = min(count * total // left + 4, total)
    while True:
        found = np.atleast_1d(np.asarray(tree.query(centre, k=ask)[1], dtype=np.intp))
        found = found[here[found]]
        if len(found) >= count or ask == total:
            return found[:count]
        ask = min(2 * ask, total)
