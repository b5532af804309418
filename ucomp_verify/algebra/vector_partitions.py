"""Multisets of nonzero multi-indices with a given sum: they name orbits and products.

An orbit of monomials of d points is a multiset of at most d nonzero multi-indices, a
product of power sums of order at most d one of multi-indices of order at most d.
"""

from collections import defaultdict
from collections.abc import Iterator
from itertools import product
from math import comb

from .multi_indices import MultiIndex, multi_indices
from .multisymmetric import Parts


def of_order(dim: int, order: int) -> Iterator[MultiIndex]:
    """All alpha in N^dim with |alpha| = order, in lexicographic order.

    >>> list(of_order(2, 1))
    [(0, 1), (1, 0)]
    """
    return (alpha for alpha in multi_indices(dim, order) if sum(alpha) == order)


def vector_partitions(
    dim: int, degree: int, *, max_parts: int | None = None, max_order: int | None = None
) -> Iterator[Parts]:
    """All multisets of nonzero multi-indices in N^dim with orders that add up to `degree`.

    Of at most `max_parts` multi-indices, none of an order above `max_order`, each sorted.

    >>> list(vector_partitions(1, 3, max_parts=2))
    [((1,), (2,)), ((3,),)]
    """
    for total in of_order(dim, degree):
        yield from vector_partitions_of(total, max_parts=max_parts, max_order=max_order)


def vector_partitions_of(
    total: MultiIndex, *, max_parts: int | None = None, max_order: int | None = None
) -> Iterator[Parts]:
    """All multisets of nonzero multi-indices with the sum `total`, each sorted.

    >>> list(vector_partitions_of((1, 1)))
    [((0, 1), (1, 0)), ((1, 1),)]
    """
    most, highest = _limits(sum(total), max_parts, max_order)
    yield from _from(total, (0,) * len(total), most, highest)


def _limits(degree: int, max_parts: int | None, max_order: int | None) -> tuple[int, int]:
    """Limits that are numbers: neither exceeds the degree."""
    limits = [degree if limit is None else min(limit, degree) for limit in (max_parts, max_order)]
    if degree < 0 or min(limits) < 0:
        raise ValueError(f"expected a degree and limits >= 0, got {degree}, {limits}")
    return limits[0], limits[1]


def _from(rest: MultiIndex, least: MultiIndex, most: int, highest: int) -> Iterator[Parts]:
    """The partitions of `rest` into at most `most` parts, none of them below `least`."""
    if not any(rest):
        yield ()
        return
    if sum(rest) > most * highest:
        return
    for part in product(*(range(n + 1) for n in rest)):
        left = tuple(a - b for a, b in zip(rest, part, strict=True))
        # Every later part is at least this one, and so is their sum, unless it is empty.
        fits = any(part) and part >= least and sum(part) <= highest
        if fits and (left >= part or not any(left)):
            for others in _from(left, part, most - 1, highest):
                yield (part, *others)


def count_vector_partitions(
    dim: int, degree: int, *, max_parts: int | None = None, max_order: int | None = None
) -> int:
    """How many `vector_partitions` there are, without listing them.

    The coefficient in the product over k >= 1 of (1 - y t^k)^(-binom(dim + k - 1, k)).

    >>> count_vector_partitions(1, 5), count_vector_partitions(2, 3)
    (7, 14)
    """
    most, highest = _limits(degree, max_parts, max_order)
    table = {(0, 0): 1}  # by number of parts and degree
    for order in range(1, highest + 1):
        kinds, longer = comb(dim + order - 1, order), defaultdict[tuple[int, int], int](int)
        for (parts, reached), ways in table.items():
            for more in range(min(most - parts, (degree - reached) // order) + 1):
                key = (parts + more, reached + more * order)
                longer[key] += ways * comb(kinds + more - 1, more)
        table = dict(longer)
    return sum(ways for (_, reached), ways in table.items() if reached == degree)


def count_vector_partitions_of(
    total: MultiIndex, *, max_parts: int | None = None, max_order: int | None = None
) -> int:
    """How many `vector_partitions_of` the multi-index there are, without listing them.

    >>> count_vector_partitions_of((1, 1, 1, 1))
    15
    """
    most, highest = _limits(sum(total), max_parts, max_order)
    below = list(product(*(range(n + 1) for n in total)))
    table = dict.fromkeys(product(range(most + 1), below), 0)
    table[0, (0,) * len(total)] = 1
    for part in below:
        if 1 <= sum(part) <= highest:
            for count, reached in product(range(1, most + 1), below):
                before = tuple(a - b for a, b in zip(reached, part, strict=True))
                table[count, reached] += table.get((count - 1, before), 0)
    return sum(table[count, total] for count in range(most + 1))
