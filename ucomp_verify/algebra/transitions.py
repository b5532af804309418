"""Matrices, exact ranks and changes of basis of families of symmetric polynomials.

All of it one multidegree at a time: a family of one total degree is the union of its
multidegrees, and those that differ by a permutation of the coordinates are alike.
"""

from collections import Counter
from collections.abc import Iterator
from math import factorial, prod
from typing import TYPE_CHECKING

from .bases import Family, expansions, members
from .multi_indices import MultiIndex
from .vector_partitions import vector_partitions

if TYPE_CHECKING:
    from flint import fmpq_mat, fmpz_mat

PRIME = (1 << 61) - 1  # a rank modulo any prime is at most the rank


class NotABasis(ValueError):
    """The members of a family are dependent, or do not span."""


def family_matrix(family: Family, total: MultiIndex, num_points: int) -> "fmpz_mat":
    """One row a member of multidegree `total`, one column an orbit, as `members` lists them."""
    from flint import fmpz_mat

    names = members(family, total, num_points)
    columns = {parts: j for j, parts in enumerate(members(Family.MONOMIAL, total, num_points))}
    matrix = fmpz_mat(len(names), len(columns))
    for i, row in enumerate(expansions(family, names, num_points)):
        for parts, coefficient in row.items():
            matrix[i, columns[parts]] = coefficient
    return matrix


def exact_rank(matrix: "fmpz_mat") -> int:
    """The rank, which is settled modulo a prime if that one is as large as it can be."""
    from flint import nmod_mat

    modular = int(nmod_mat(matrix, PRIME).rank())
    return modular if modular == min(matrix.nrows(), matrix.ncols()) else int(matrix.rank())


def rank(family: Family, total: MultiIndex, num_points: int) -> int:
    """The dimension of the span of the members of one multidegree.

    >>> rank(Family.POWER_SUM, (2, 2), 2), len(members(Family.POWER_SUM, (2, 2), 2))
    (5, 6)
    """
    return exact_rank(family_matrix(family, total, num_points))


def multidegrees(dim: int, degree: int) -> Iterator[MultiIndex]:
    """The multidegrees of a degree, one for all that differ by a permutation.

    >>> list(multidegrees(2, 3))
    [(2, 1), (3, 0)]
    """
    for parts in vector_partitions(1, degree, max_parts=dim):
        exponents = sorted((n for (n,) in parts), reverse=True)
        yield (*exponents, *[0] * (dim - len(exponents)))


def rank_of_degree(family: Family, dim: int, num_points: int, degree: int) -> int:
    """The dimension of the span of the members of one degree.

    >>> rank_of_degree(Family.POWER_SUM, 2, 2, 4)
    19
    """
    return sum(
        rank(family, total, num_points) * _num_permutations(total)
        for total in multidegrees(dim, degree)
    )


def _num_permutations(total: MultiIndex) -> int:
    return factorial(len(total)) // prod(factorial(n) for n in Counter(total).values())


def spans(dim: int, num_points: int, degree: int, *, family: Family = Family.POWER_SUM) -> bool:
    """Whether the family spans all symmetric polynomials of the degree.

    The rank is the number of orbits in every multidegree. If this is so for dim = degree,
    where the one multidegree (1, ..., 1) decides, it is so for every dimension: every
    symmetric polynomial comes from one that is linear in each coordinate of the points, by
    setting coordinates equal, and so do products of power sums of the same orders.
    """
    kinds = [(1,) * dim] if dim == degree else list(multidegrees(dim, degree))
    return all(
        rank(family, total, num_points) == len(members(Family.MONOMIAL, total, num_points))
        for total in kinds
    )


def is_independent(dim: int, num_points: int, degree: int, *, family: Family) -> bool:
    """Whether the members of the degree are linearly independent."""
    return all(
        rank(family, total, num_points) == len(members(family, total, num_points))
        for total in multidegrees(dim, degree)
    )


def is_basis(dim: int, num_points: int, degree: int, *, family: Family = Family.POWER_SUM) -> bool:
    """Whether the members of the degree are a basis of the symmetric polynomials of it.

    Power sums of order <= d are for degree <= d + 1 (and always for m = 1 or d = 1), those
    of any order for degree <= d.

    >>> [is_basis(2, 2, degree) for degree in range(5)]
    [True, True, True, True, False]
    """
    return is_independent(dim, num_points, degree, family=family) and spans(
        dim, num_points, degree, family=family
    )


def first_relation_degree(
    dim: int, num_points: int, *, up_to: int, family: Family = Family.POWER_SUM
) -> int | None:
    """The lowest degree with dependent members; None if there is none up to `up_to`.

    >>> first_relation_degree(2, 3, up_to=6)
    5
    """
    for degree in range(up_to + 1):
        if not is_independent(dim, num_points, degree, family=family):
            return degree
    return None


def transition_matrix(
    source: Family, target: Family, total: MultiIndex, num_points: int
) -> "fmpq_mat":
    """The matrix X with source members = X times target members, rows and columns in order.

    Raises `NotABasis` if the target members of that multidegree are not a basis.

    >>> transition_matrix(Family.ELEMENTARY, Family.POWER_SUM, (2,), 2).tolist()
    [[-1/2, 1/2], [0, 1]]
    """
    from flint import fmpq_mat

    matrix = family_matrix(target, total, num_points)
    count, orbits = int(matrix.nrows()), int(matrix.ncols())
    found = exact_rank(matrix)
    if not count == orbits == found:
        raise NotABasis(
            f"{count} products ({target.value}) of multidegree {total} on {num_points} points "
            f"have rank {found} among {orbits} orbits: expected a basis, take a lower degree"
        )
    rows = fmpq_mat(family_matrix(source, total, num_points))
    return fmpq_mat(matrix).transpose().solve(rows.transpose()).transpose()
