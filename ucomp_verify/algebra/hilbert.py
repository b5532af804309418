"""How many symmetric polynomials of each degree there are, found in two ways.

Molien (1897): the average of 1 / det(1 - t g) over the group; here the permutations of d
points in R^m, where a permutation with cycles of lengths l has det = prod (1 - t^l)^m.
The other way counts orbits of monomials: vector partitions with at most d parts.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from math import factorial, prod

from .multi_indices import MultiIndex
from .vector_partitions import (
    count_vector_partitions,
    count_vector_partitions_of,
    vector_partitions,
)

Cycles = tuple[int, ...]


class SeriesDisagree(ArithmeticError):
    """Molien's formula and the count of orbits give different dimensions."""


def cycle_types(num_points: int) -> Iterator[tuple[Cycles, int]]:
    """The lengths of the cycles of permutations, and how many permutations have them.

    >>> list(cycle_types(3))
    [((1, 1, 1), 1), ((1, 2), 3), ((3,), 2)]
    """
    for parts in vector_partitions(1, num_points):
        cycles = tuple(length for (length,) in parts)
        fixed_by = prod(n**r * factorial(r) for n, r in Counter(cycles).items())
        yield cycles, factorial(num_points) // fixed_by


def _inverse(cycles: Sequence[int], degree: int) -> list[int]:
    """The coefficients of 1 / prod (1 - t^l) up to the degree."""
    series = [1, *[0] * degree]
    for length in cycles:
        for n in range(length, degree + 1):
            series[n] += series[n - length]
    return series


def molien_series(dim: int, num_points: int, degree: int) -> tuple[int, ...]:
    """The dimensions of the spaces of symmetric polynomials of degree 0, ..., `degree`.

    >>> molien_series(1, 2, 5)
    (1, 1, 2, 2, 3, 3)
    """
    total = [0] * (degree + 1)
    for cycles, permutations in cycle_types(num_points):
        for n, coefficient in enumerate(_inverse(cycles * dim, degree)):
            total[n] += permutations * coefficient
    return tuple(_average(x, num_points) for x in total)


def molien_coefficient(total: MultiIndex, num_points: int) -> int:
    """The dimension of the space of symmetric polynomials of one multidegree.

    The series in t_1, ..., t_m is an average of products of series in one t_a each.

    >>> molien_coefficient((1, 1), 2)
    2
    """
    ways = 0
    for cycles, permutations in cycle_types(num_points):
        series = _inverse(cycles, max(total, default=0))
        ways += permutations * prod(series[n] for n in total)
    return _average(ways, num_points)


def _average(total: int, num_points: int) -> int:
    average, rest = divmod(total, factorial(num_points))
    assert not rest
    return average


def orbit_series(dim: int, num_points: int, degree: int) -> tuple[int, ...]:
    """The numbers of orbits of monomials of degree 0, ..., `degree`."""
    return tuple(count_vector_partitions(dim, n, max_parts=num_points) for n in range(degree + 1))


def hilbert_series(dim: int, num_points: int, degree: int) -> tuple[int, ...]:
    """The dimensions of degree 0, ..., `degree`, on which both ways agree.

    Raises `SeriesDisagree` naming the first degree where they do not.

    >>> hilbert_series(2, 2, 4)
    (1, 2, 6, 10, 19)
    """
    average, counted = (
        molien_series(dim, num_points, degree),
        orbit_series(dim, num_points, degree),
    )
    for n, (a, b) in enumerate(zip(average, counted, strict=True)):
        _agree(a, b, f"degree {n}", dim, num_points)
    return average


def hilbert_coefficient(total: MultiIndex, num_points: int) -> int:
    """The dimension of one multidegree, on which both ways agree.

    Raises `SeriesDisagree` if they do not.
    """
    average = molien_coefficient(total, num_points)
    counted = count_vector_partitions_of(total, max_parts=num_points)
    _agree(average, counted, f"multidegree {total}", len(total), num_points)
    return average


def _agree(average: int, counted: int, where: str, dim: int, num_points: int) -> None:
    if average != counted:
        raise SeriesDisagree(
            f"{num_points} points of dimension {dim}, {where}: Molien's formula gives {average}, "
            f"the count of orbits {counted}"
        )


def num_relations(dim: int, num_points: int, degree: int) -> int:
    """The number of independent relations of a degree among power sums of order <= d.

    The products of that degree less the orbits, since the products span (thm:
    fundamental_multisym; `transitions.spans` checks it). Of degree d + 2 there are
    m (m - 1) (d - 1) / (2 (d + 1)) * binom(m + d - 1, d), of a lower degree none.

    >>> [num_relations(2, 3, degree) for degree in range(8)]
    [0, 0, 0, 0, 0, 2, 7, 18]
    """
    products = count_vector_partitions(dim, degree, max_order=num_points)
    return products - hilbert_series(dim, num_points, degree)[degree]
