"""Whether the moments on given nodes determine their weights, found modulo primes."""

from collections.abc import Sequence

import numpy as np
from flint import nmod_mat

from ucomp_verify.algebra.multi_indices import num_monomials

from .chebyshev import plan

PRIMES = (2**31 - 1, 2**31 - 19, 2**31 - 61)  # below 2^31.5: products fit into 63 bits


def monomials_independent(coordinates: Sequence[Sequence[int]], degree: int) -> bool:
    """True only if no two measures on the nodes have the same moments up to the degree.

    `coordinates` has a list of integers for each axis. What is independent modulo a prime is
    so over Q; dependence modulo all of `PRIMES` is taken for dependence over Q, which fails
    only for nodes made for it. At most degree + 1 distinct nodes are always independent: a
    product of as many linear functions less one is 0 on all of them but one.

    >>> monomials_independent([[0, 1, 2]], 1), monomials_independent([[0, 1, 2]], 2)
    (False, True)
    """
    nodes = list(zip(*coordinates, strict=True))
    distinct = len(set(nodes)) == len(nodes)
    if not distinct or len(nodes) > num_monomials(len(coordinates), degree):
        return False
    return len(nodes) <= degree + 1 or any(
        _rank(coordinates, degree, prime) == len(nodes) for prime in PRIMES
    )


def _rank(coordinates: Sequence[Sequence[int]], degree: int, prime: int) -> int:
    """The rank of the monomials on the nodes modulo the prime."""
    powers = list[list[np.ndarray[tuple[int], np.dtype[np.int64]]]]()
    for axis in coordinates:
        base = np.array([x % prime for x in axis], np.int64)
        column = [np.ones_like(base)]
        for _ in range(degree):
            column.append(column[-1] * base % prime)
        powers.append(column)
    rows = [powers[0][0]]
    for rest, axis, exponent in plan(len(coordinates), degree).steps[1:]:
        rows.append(rows[rest] * powers[axis][exponent] % prime)
    flat = np.concatenate(rows).tolist()
    return nmod_mat(len(rows), len(coordinates[0]), flat, prime).rank()
