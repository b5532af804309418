"""Exact geometry of few points: the smallest ball that holds them, the closest cluster."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations
from math import lcm

from .data import Node
from .numbers import rational


def squared_distance(first: Node, second: Node) -> Fraction:
    """The square of the Euclidean distance."""
    return sum(((a - b) ** 2 for a, b in zip(first, second, strict=True)), Fraction(0))


def squared_diameter(nodes: Sequence[Node]) -> Fraction:
    """The square of the largest distance; 0 for one node."""
    return max((squared_distance(a, b) for a, b in combinations(nodes, 2)), default=Fraction(0))


def squared_radius(nodes: Sequence[Node]) -> Fraction:
    """The square of the radius of the smallest ball that holds the nodes, exactly.

    The ball of a few nodes grows by the farthest of the others until it holds them all; it is
    the smallest of the balls with nodes of an affinely independent part on their sphere.

    >>> squared_radius([(Fraction(-3), Fraction(0)), (Fraction(3), Fraction(0)),
    ...                 (Fraction(0), Fraction(5))])
    Fraction(289, 25)
    """
    points = list(dict.fromkeys(nodes))
    basis = points[:1]
    while True:
        centre, square = _smallest_ball(basis)
        far = max(points, key=lambda node: squared_distance(node, centre))
        if squared_distance(far, centre) <= square:
            return square
        basis = _on_sphere([*basis, far])


def _on_sphere(nodes: Sequence[Node]) -> list[Node]:
    """The nodes of a smallest part that has the same smallest ball."""
    _, square = _smallest_ball(nodes)
    parts = (list(p) for size in range(1, len(nodes) + 1) for p in combinations(nodes, size))
    return next(part for part in parts if _smallest_ball(part)[1] == square)


def _smallest_ball(nodes: Sequence[Node]) -> tuple[Node, Fraction]:
    """Centre and squared radius for at most dim + 2 nodes: the best of the circumscribed balls."""
    balls = [
        found
        for size in range(1, len(nodes[0]) + 2)
        for part in combinations(nodes, size)
        if (found := _circumscribed(part)) is not None
    ]
    holding = [
        (centre, square)
        for centre, square in balls
        if all(squared_distance(node, centre) <= square for node in nodes)
    ]
    return min(holding, key=lambda found: found[1])


def _circumscribed(nodes: Sequence[Node]) -> tuple[Node, Fraction] | None:
    """Centre, in their affine hull, and squared radius of the sphere through the nodes."""
    from flint import fmpq_mat

    first, *others = nodes
    if not others:
        return first, Fraction(0)
    edges = [[x - a for x, a in zip(node, first, strict=True)] for node in others]
    gram = [
        [sum((a * b for a, b in zip(e, f, strict=True)), Fraction(0)) for f in edges] for e in edges
    ]
    matrix = fmpq_mat([[rational(2 * x) for x in row] for row in gram])
    if not matrix.det():
        return None
    solved = matrix.solve(fmpq_mat([[rational(gram[i][i])] for i in range(len(gram))]))
    shares = [Fraction(int(solved[i, 0].p), int(solved[i, 0].q)) for i in range(len(gram))]
    centre = tuple(
        a + sum((s * e[axis] for s, e in zip(shares, edges, strict=True)), Fraction(0))
        for axis, a in enumerate(first)
    )
    return centre, squared_distance(centre, first)


def closest_cluster(nodes: Sequence[Node], size: int) -> tuple[Fraction, list[int]]:
    """The least squared diameter of `size` >= 2 of the nodes, and places that attain it.

    On a line these are neighbours. Elsewhere pairs are joined from the closest on, until the
    joined pairs hold `size` nodes, all joined to each other.
    """
    if not 2 <= size <= len(nodes):
        raise ValueError(f"found size {size} of {len(nodes)} nodes; expected 2 <= size <= nodes")
    common = lcm(*(x.denominator for node in nodes for x in node))
    rows = [[int(x * common) for x in node] for node in nodes]
    square, places = (_window if len(rows[0]) == 1 else _joined)(rows, size)
    return Fraction(square, common**2), places


def _window(rows: Sequence[Sequence[int]], size: int) -> tuple[int, list[int]]:
    order = sorted(range(len(rows)), key=lambda i: rows[i][0])
    starts = range(len(order) - size + 1)
    width, start = min((rows[order[s + size - 1]][0] - rows[order[s]][0], s) for s in starts)
    return width**2, order[start : start + size]


def _joined(rows: Sequence[Sequence[int]], size: int) -> tuple[int, list[int]]:
    joined = [0] * len(rows)  # bit j of joined[i]: i and j are joined
    for square, i, j in sorted(
        (sum((a - b) ** 2 for a, b in zip(rows[i], rows[j], strict=True)), i, j)
        for i, j in combinations(range(len(rows)), 2)
    ):
        joined[i] |= 1 << j
        joined[j] |= 1 << i
        others = _clique(joined, joined[i] & joined[j], size - 2)
        if others is not None:
            return square, [i, j, *others]
    raise AssertionError("all pairs are joined at last")


def _clique(joined: Sequence[int], among: int, size: int) -> list[int] | None:
    """`size` of the places in the bits of `among` that are joined to each other, or None."""
    if size == 0:
        return []
    while among.bit_count() >= size:
        place = among.bit_length() - 1
        among ^= 1 << place
        rest = _clique(joined, among & joined[place], size - 1)
        if rest is not None:
            return [place, *rest]
    return None
