"""Multi-indices in graded order, and how many there are."""

from collections.abc import Iterator
from math import comb
from typing import TypeAlias

MultiIndex: TypeAlias = tuple[int, ...]


def multi_indices(dim: int, degree: int) -> Iterator[MultiIndex]:
    """All alpha in N^dim with |alpha| <= degree, in graded order, then lexicographic.

    >>> list(multi_indices(2, 1))
    [(0, 0), (0, 1), (1, 0)]
    """
    for order in range(degree + 1):
        yield from _of_order(dim, order)


def _of_order(dim: int, order: int) -> Iterator[MultiIndex]:
    if dim == 1:
        yield (order,)
        return
    for first in range(order + 1):
        for rest in _of_order(dim - 1, order - first):
            yield (first, *rest)


def num_monomials(dim: int, degree: int) -> int:
    """The number N = binom(dim + degree, degree) of multi-indices up to the degree.

    >>> num_monomials(2, 3)
    10
    """
    return comb(dim + degree, degree)
