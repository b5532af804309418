"""The Hilbert series: two ways to it, and how many relations it leaves."""

from collections import Counter
from itertools import permutations
from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ucomp_verify.algebra import hilbert
from ucomp_verify.algebra.hilbert import (
    SeriesDisagree,
    cycle_types,
    hilbert_coefficient,
    hilbert_series,
    molien_coefficient,
    molien_series,
    num_relations,
    orbit_series,
)
from ucomp_verify.algebra.vector_partitions import of_order


def cycles_of(permutation: tuple[int, ...]) -> tuple[int, ...]:
    lengths: list[int] = []
    left = set(range(len(permutation)))
    while left:
        start = i = min(left)
        length = 0
        while not length or i != start:
            left.discard(i)
            i, length = permutation[i], length + 1
        lengths.append(length)
    return tuple(sorted(lengths))


@pytest.mark.parametrize("num_points", [1, 2, 3, 4, 5, 6])
def test_cycle_types_count_all_permutations(num_points: int) -> None:
    counted = Counter(map(cycles_of, permutations(range(num_points))))
    assert dict(cycle_types(num_points)) == counted


@pytest.mark.parametrize("dim", [1, 2, 3, 4])
@pytest.mark.parametrize("num_points", [1, 2, 3, 4, 5, 6, 9])
def test_both_ways_agree_up_to_degree_30(dim: int, num_points: int) -> None:
    series = hilbert_series(dim, num_points, 30)
    assert len(series) == 31
    assert series == molien_series(dim, num_points, 30) == orbit_series(dim, num_points, 30)


@pytest.mark.parametrize("num_points", [1, 2, 5, 8])
def test_for_numbers_it_is_the_product_over_the_degrees_of_generators(num_points: int) -> None:
    series = [1, *[0] * 25]
    for degree in range(1, num_points + 1):
        for n in range(degree, 26):
            series[n] += series[n - degree]
    assert list(hilbert_series(1, num_points, 25)) == series


@given(st.integers(1, 3), st.integers(1, 5), st.integers(0, 6))
def test_multidegrees_add_up_to_the_degree(dim: int, num_points: int, degree: int) -> None:
    parts = [hilbert_coefficient(total, num_points) for total in of_order(dim, degree)]
    assert sum(parts) == hilbert_series(dim, num_points, degree)[degree]


def test_one_point_has_one_monomial_a_multidegree() -> None:
    assert hilbert_series(3, 1, 6) == tuple(comb(n + 2, 2) for n in range(7))
    assert molien_coefficient((4, 0, 7), 1) == 1


def test_a_wrong_count_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    def one_more(*_: object, **__: object) -> int:
        return 2

    monkeypatch.setattr(hilbert, "count_vector_partitions", one_more)
    monkeypatch.setattr(hilbert, "count_vector_partitions_of", one_more)
    with pytest.raises(SeriesDisagree, match="degree 0: Molien's formula gives 1, the count of"):
        hilbert_series(2, 2, 3)
    with pytest.raises(SeriesDisagree, match=r"multidegree \(1, 0\)"):
        hilbert_coefficient((1, 0), 2)


@pytest.mark.parametrize("dim", [1, 2, 3, 4, 5])
@pytest.mark.parametrize("num_points", [1, 2, 3, 4, 5, 6, 7])
def test_relations_begin_at_degree_d_plus_2(dim: int, num_points: int) -> None:
    m, d = dim, num_points
    lower = [num_relations(m, d, degree) for degree in range(d + 2)]
    first = num_relations(m, d, d + 2)
    assert lower == [0] * (d + 2)
    assert 2 * (d + 1) * first == m * (m - 1) * (d - 1) * comb(m + d - 1, d)
    assert (first > 0) == (m > 1 and d > 1)


@pytest.mark.parametrize(("dim", "num_points"), [(1, 1), (1, 4), (1, 9), (2, 1), (5, 1)])
def test_numbers_and_single_points_have_no_relations(dim: int, num_points: int) -> None:
    assert [num_relations(dim, num_points, degree) for degree in range(15)] == [0] * 15
