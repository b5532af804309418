"""Moments and ranks computed from their definitions, with nothing of the package."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import product
from math import prod

Node = tuple[Fraction, ...]
Alpha = tuple[int, ...]


def multi_indices(dim: int, degree: int) -> list[Alpha]:
    return [a for a in product(range(degree + 1), repeat=dim) if sum(a) <= degree]


def monomial(node: Node, alpha: Alpha) -> Fraction:
    return prod((x**e for x, e in zip(node, alpha, strict=True)), start=Fraction(1))


def moments(
    nodes: Sequence[Node], weights: Sequence[Fraction], degree: int
) -> dict[Alpha, Fraction]:
    pairs = list(zip(nodes, weights, strict=True))
    return {
        alpha: sum((w * monomial(x, alpha) for x, w in pairs), Fraction(0))
        for alpha in multi_indices(len(nodes[0]), degree)
    }


def monomial_rank(nodes: Iterable[Node], degree: int) -> int:
    """The rank of the monomials on the nodes, by elimination in fractions."""
    rows = [[monomial(x, a) for a in multi_indices(len(x), degree)] for x in nodes]
    rank = 0
    for column in range(len(rows[0]) if rows else 0):
        pivot = next((r for r in rows[rank:] if r[column]), None)
        if pivot is None:
            continue
        rows.remove(pivot)
        rows.insert(rank, pivot)
        rank += 1
        for i in range(rank, len(rows)):
            factor = rows[i][column] / pivot[column]
            rows[i] = [a - factor * b for a, b in zip(rows[i], pivot, strict=True)]
    return rank
