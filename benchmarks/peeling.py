"""Naive high-precision reduction: one null vector by mpmath for every node that is removed."""

from collections.abc import Sequence
from importlib import import_module
from typing import Any

from ucomp_verify.algebra import multi_indices

mpmath: Any = import_module("mpmath")  # it has no types

Rule = tuple[list[int], list[Any]]


def peel(points: Sequence[Sequence[float]], degree: int, *, dps: int, removals: int = 0) -> Rule:
    """Indices and mpf weights with the moments of unit weights, up to 10^-dps or so.

    Each step takes the first N + 1 nodes alive, solves for the null vector of their
    monomials with its last entry 1, and goes along it until a weight is 0. It stops at N
    nodes, or after `removals` of them if that is not 0.
    """
    exponents = list(multi_indices(len(points[0]), degree))
    alive, weights = list(range(len(points))), {i: mpmath.mpf(1) for i in range(len(points))}
    with mpmath.workdps(dps + 10):
        columns = [[_monomial(x, alpha) for alpha in exponents] for x in points]
        steps = len(points) - len(exponents)
        for _ in range(min(steps, removals) if removals else steps):
            window = alive[: len(exponents) + 1]
            null = _null_vector([columns[i] for i in window])
            ratios = [(weights[i] / v, i) for i, v in zip(window, null, strict=True) if v > 0]
            step, leaving = min(ratios)
            for i, v in zip(window, null, strict=True):
                weights[i] -= step * v
            alive.remove(leaving)
    return alive, [weights[i] for i in alive]


def _monomial(point: Sequence[float], alpha: Sequence[int]) -> Any:
    return mpmath.fprod(mpmath.mpf(x) ** e for x, e in zip(point, alpha, strict=True))


def _null_vector(columns: list[list[Any]]) -> list[Any]:
    """The combination of the columns that is 0, its last entry 1; the constants force signs."""
    matrix = mpmath.matrix(columns[:-1]).T
    solved = mpmath.lu_solve(matrix, -mpmath.matrix(columns[-1]))
    return [*solved, mpmath.mpf(1)]
