"""Monomial multisymmetric functions written in power sums.

`parts` are nonzero multi-indices (alpha_1, ..., alpha_N); m_parts is the sum of
w_i1^alpha_1 ... w_iN^alpha_N over pairwise distinct points, and q_alpha the power sum
over all points (paper, proof of thm:fundamental_multisym).
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from fractions import Fraction
from math import factorial, prod
from typing import TypeVar

from ucomp_verify.kernel.certificates import PowerSumIdentity

from .multi_indices import MultiIndex

T = TypeVar("T")


def set_partitions(items: Sequence[T]) -> Iterator[list[list[T]]]:
    """All partitions of `items` into blocks.

    >>> [len(p) for p in set_partitions("abc")]
    [3, 2, 2, 2, 1]
    """
    if not items:
        yield []
        return
    first, rest = items[0], items[1:]
    for partition in set_partitions(rest):
        yield [[first], *partition]
        for i, block in enumerate(partition):
            yield [*partition[:i], [first, *block], *partition[i + 1 :]]


def closed_form(parts: Sequence[MultiIndex]) -> PowerSumIdentity:
    """m_parts as a polynomial in power sums, by Moebius inversion over set partitions.

    The coefficient of a partition is the product of (-1)^(b-1) (b-1)! over its block
    sizes b; a block becomes the power sum of the sum of its multi-indices. True for
    every number of points (Doubilet, "On the foundations of combinatorial theory VII",
    1972, Theorem 2, for one variable a point). Raises ValueError for parts that are
    zero or of different lengths.

    >>> closed_form([(1,), (1,)]).right
    ((Fraction(1, 1), ((1,), (1,))), (Fraction(-1, 1), ((2,),)))
    """
    if len({len(part) for part in parts}) != 1 or not all(any(part) for part in parts):
        raise ValueError(f"expected nonzero multi-indices of one length, got {list(parts)}")
    terms: Counter[tuple[MultiIndex, ...]] = Counter()
    for partition in set_partitions(list(parts)):
        sign = prod((-1) ** (len(b) - 1) * factorial(len(b) - 1) for b in partition)
        factors = sorted(tuple(map(sum, zip(*b, strict=True))) for b in partition)
        terms[tuple(factors)] += sign
    ordered = sorted(terms.items(), key=lambda term: (-len(term[0]), term[0]))
    return PowerSumIdentity(
        dim=len(parts[0]),
        num_points=None,
        left=((Fraction(1), tuple(sorted(parts))),),
        right=tuple((Fraction(c), factors) for factors, c in ordered if c),
    )
