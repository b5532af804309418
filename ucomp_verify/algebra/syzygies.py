"""All polynomial relations among the power sums of d points, and minimal generators.

Exact linear algebra, one multidegree at a time: relations are the combinations of
products of power sums of order at most d whose orbits cancel. Generators are those that
no relations of lower degree give; the ideal is graded, so their numbers are its own.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import permutations, product
from math import gcd
from typing import TYPE_CHECKING

from .bases import Family, members
from .multi_indices import MultiIndex
from .multisymmetric import Parts
from .power_sum_polynomial import PowerSumPolynomial
from .transitions import exact_rank, family_matrix, multidegrees

if TYPE_CHECKING:
    from flint import fmpz_mat

Relation = Mapping[Parts, int]  # coefficients of products of power sums, coprime
Row = list[int]


@dataclass(frozen=True)
class Syzygies:
    """The relations of d points of R^dim of degree at most `degree`.

    `dimensions` counts the independent relations of a multidegree; `generators` lists
    relations that, with those of lower degree, span them. Multidegrees without are absent.
    """

    dim: int
    num_points: int
    degree: int
    dimensions: Mapping[MultiIndex, int]
    generators: Mapping[MultiIndex, tuple[Relation, ...]]

    def dimensions_by_degree(self) -> tuple[int, ...]:
        """How many independent relations there are of degree 0, ..., `degree`."""
        return _by_degree(self.dimensions, self.degree)

    def generators_by_degree(self) -> tuple[int, ...]:
        """How many minimal generators there are of degree 0, ..., `degree`."""
        counts = {total: len(found) for total, found in self.generators.items()}
        return _by_degree(counts, self.degree)

    def polynomials(self) -> Iterator[PowerSumPolynomial]:
        """The generators as polynomials in power sums, those of low degree first."""
        for _, found in sorted(self.generators.items(), key=lambda item: (sum(item[0]), item[0])):
            for relation in found:
                exact = {factors: Fraction(c) for factors, c in sorted(relation.items())}
                yield PowerSumPolynomial(self.dim, self.num_points, exact)

    def highest_weights(self) -> dict[MultiIndex, int]:
        """The irreducible modules of GL_dim that the generators make up, by highest weight.

        A generator of this multidegree gives the others by polarisation, that is by linear
        changes of coordinates (Weyl's character formula counts them).
        """
        counts = {total: len(found) for total, found in self.generators.items()}
        found = {total: _multiplicity(counts, total) for total in counts if _descends(total)}
        return {total: n for total, n in sorted(found.items()) if n}


def _by_degree(counts: Mapping[MultiIndex, int], degree: int) -> tuple[int, ...]:
    return tuple(
        sum(count for total, count in counts.items() if sum(total) == n) for n in range(degree + 1)
    )


def _descends(total: MultiIndex) -> bool:
    return list(total) == sorted(total, reverse=True)


def _multiplicity(counts: Mapping[MultiIndex, int], weight: MultiIndex) -> int:
    """The coefficient of x^(weight + rho) in character times Vandermonde determinant."""
    dim, multiplicity = len(weight), 0
    for order in permutations(range(dim)):
        sign = (-1) ** sum(order[i] > order[j] for i in range(dim) for j in range(i + 1, dim))
        moved = tuple(n - i + j for n, i, j in zip(weight, range(dim), order, strict=True))
        multiplicity += sign * counts.get(moved, 0)
    return multiplicity


def is_consequence(relation: Relation, syzygies: Syzygies) -> bool:
    """Whether generators of lower degree, times power sums, add up to the relation.

    Raises ValueError if the relation is not of one multidegree, of a degree that the
    syzygies reach.
    """
    totals = {tuple(map(sum, zip(*factors, strict=True))) for factors in relation}
    if len(totals) != 1 or sum(total := min(totals)) > syzygies.degree:
        raise ValueError(
            f"expected one multidegree of degree <= {syzygies.degree}, got {sorted(totals)}"
        )
    names = members(Family.POWER_SUM, total, syzygies.num_points)
    lower = {t: found for t, found in syzygies.generators.items() if t != total}
    known = list(_consequences(total, syzygies.num_points, lower, names))
    row = [relation.get(name, 0) for name in names]
    return _rank([*known, row]) == _rank(known)


def relations(total: MultiIndex, num_points: int) -> tuple[Relation, ...]:
    """A basis, with small coefficients, of the relations of one multidegree.

    >>> [sorted(set(r.values())) for r in relations((2, 2), 2)]
    [[-2, -1, 2]]
    """
    names = members(Family.POWER_SUM, total, num_points)
    matrix = family_matrix(Family.POWER_SUM, total, num_points)
    return tuple(_relation(names, row) for row in _left_null_space(matrix))


def _relation(names: Sequence[Parts], row: Row) -> Relation:
    """The coefficients without common factor, the first one positive."""
    kept = {name: c for name, c in zip(names, row, strict=True) if c}
    common = gcd(*kept.values()) * (-1 if next(iter(kept.values())) < 0 else 1)
    return {name: c // common for name, c in kept.items()}


def _left_null_space(matrix: "fmpz_mat") -> list[Row]:
    """Short integer vectors, the shortest first, that span the rows with row * matrix = 0."""
    from flint import fmpz_mat

    basis, nullity = matrix.transpose().nullspace()
    if not nullity:
        return []
    columns = [[int(basis[i, j]) for i in range(matrix.nrows())] for j in range(int(nullity))]
    rows = [[x // gcd(*column) for x in column] for column in columns]
    reduced = [[int(x) for x in row] for row in fmpz_mat(rows).lll().tolist()]
    return sorted(reduced, key=lambda row: sum(x * x for x in row))


def find_syzygies(dim: int, num_points: int, degree: int) -> Syzygies:
    """All relations up to the degree among power sums of order <= d, and their generators.

    >>> find_syzygies(2, 2, 6).generators_by_degree()
    (0, 0, 0, 0, 1, 0, 0)
    """
    dimensions: dict[MultiIndex, int] = {}
    generators: dict[MultiIndex, tuple[Relation, ...]] = {}
    for n in range(degree + 1):
        for total in multidegrees(dim, n):
            count, new = _at(total, num_points, generators)
            for order in sorted(set(permutations(range(dim)))):
                moved = _permuted(total, order)
                if count:
                    dimensions[moved] = count
                if new and moved not in generators:
                    generators[moved] = tuple(_relabelled(r, order) for r in new)
    return Syzygies(dim, num_points, degree, dimensions, generators)


def _permuted(alpha: MultiIndex, order: Sequence[int]) -> MultiIndex:
    return tuple(alpha[axis] for axis in order)


def _relabelled(relation: Relation, order: Sequence[int]) -> Relation:
    """The relation with the coordinates permuted."""
    return {
        tuple(sorted(_permuted(a, order) for a in factors)): c for factors, c in relation.items()
    }


def _at(
    total: MultiIndex, num_points: int, generators: Mapping[MultiIndex, Sequence[Relation]]
) -> tuple[int, tuple[Relation, ...]]:
    """How many relations of a multidegree there are, and which of them are new."""
    names = members(Family.POWER_SUM, total, num_points)
    matrix = family_matrix(Family.POWER_SUM, total, num_points)
    dimension = len(names) - exact_rank(matrix)
    known = list(_consequences(total, num_points, generators, names))
    if not dimension or _rank(known) == dimension:
        return dimension, ()
    new: list[Row] = []
    for row in _left_null_space(matrix):
        if _rank([*known, *new, row]) > _rank([*known, *new]):
            new.append(row)
    return dimension, tuple(_relation(names, row) for row in new)


def _rank(rows: Sequence[Row]) -> int:
    from flint import fmpz_mat

    return exact_rank(fmpz_mat(rows)) if rows else 0


def _consequences(
    total: MultiIndex,
    num_points: int,
    generators: Mapping[MultiIndex, Sequence[Relation]],
    names: Sequence[Parts],
) -> Iterator[Row]:
    """The products of generators of lower degree with products of power sums."""
    columns = {name: j for j, name in enumerate(names)}
    for lower, found in generators.items():
        rest = tuple(a - b for a, b in zip(total, lower, strict=True))
        if min(rest) >= 0:
            factors = members(Family.POWER_SUM, rest, num_points)
            for relation, factor in product(found, factors):
                row = [0] * len(names)
                for name, c in relation.items():
                    row[columns[tuple(sorted((*name, *factor)))]] = c
                yield row
