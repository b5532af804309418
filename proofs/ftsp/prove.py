"""Monomial multisymmetric functions in power sums, for many types of parts.

All multisets of at most three nonzero multi-indices of order <= 2 for m <= 2, a choice
for m = 3, and up to six parts; and polynomials of d points with every orbit, whose
powers above d are reduced to power sums of order at most d.
"""

import sys
from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations_with_replacement
from pathlib import Path

from ucomp_verify.algebra import (
    MultisymmetricPolynomial,
    closed_form,
    multi_indices,
    to_power_sums,
)
from ucomp_verify.algebra.multi_indices import MultiIndex
from ucomp_verify.algebra.vector_partitions import vector_partitions
from ucomp_verify.writing import save

LARGER: tuple[tuple[MultiIndex, ...], ...] = (
    ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    ((1, 1, 0), (0, 1, 1), (1, 0, 1)),
    ((2, 0, 1), (0, 1, 0), (0, 1, 0), (1, 0, 0)),
    ((1, 0), (1, 0), (0, 1), (2, 1)),
    ((1, 0), (0, 1), (1, 1), (2, 0), (0, 2)),
    ((1,), (1,), (1,), (1,), (1,), (1,)),
    ((1,), (2,), (3,), (4,), (5,), (6,)),
    ((1, 0), (1, 0), (1, 0), (0, 1), (0, 1), (0, 1)),
    ((1, 0, 0), (0, 1, 0), (0, 0, 1), (1, 1, 0), (0, 1, 1), (1, 0, 1)),
)


def types() -> Iterator[tuple[MultiIndex, ...]]:
    for dim in (1, 2):
        nonzero = [alpha for alpha in multi_indices(dim, 2) if any(alpha)]
        for count in (1, 2, 3):
            yield from combinations_with_replacement(nonzero, count)
    yield from LARGER
    for count in range(1, 8):  # different unit vectors: any parts, by substitution
        yield tuple(tuple(int(i == j) for i in range(count)) for j in range(count))


def every_orbit(dim: int, num_points: int, degree: int) -> MultisymmetricPolynomial:
    """A polynomial with a coefficient of its own, 1, 2, 3, ..., for every orbit."""
    orbits = sorted(
        parts
        for order in range(degree + 1)
        for parts in vector_partitions(dim, order, max_parts=num_points)
    )
    coefficients = {parts: Fraction(i) for i, parts in enumerate(orbits, 1)}
    return MultisymmetricPolynomial(dim, num_points, coefficients)


def main(folder: Path) -> None:
    for dim, num_points, degree in ((1, 4, 8), (2, 2, 6), (2, 3, 5), (3, 3, 4), (4, 2, 4)):
        polynomial = every_orbit(dim, num_points, degree)
        certificate = to_power_sums(polynomial, num_points, dim).certificate(polynomial)
        save(certificate, folder / f"all-m{dim}-d{num_points}-degree-{degree}.json")
    for parts in types():
        name = "-".join("".join(map(str, alpha)) for alpha in parts)
        save(closed_form(parts), folder / f"m-{name}.json")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
