"""Vector partitions: all of them, each once, and counted without a list."""

from itertools import combinations_with_replacement

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ucomp_verify.algebra.multi_indices import MultiIndex, multi_indices
from ucomp_verify.algebra.vector_partitions import (
    count_vector_partitions,
    count_vector_partitions_of,
    of_order,
    vector_partitions,
    vector_partitions_of,
)

LIMITS = st.none() | st.integers(0, 5)


def by_brute_force(
    dim: int, degree: int, most: int | None, highest: int | None
) -> set[tuple[MultiIndex, ...]]:
    nonzero = [alpha for alpha in multi_indices(dim, degree) if any(alpha)]
    return {
        tuple(sorted(parts))
        for count in range(degree + 1)
        for parts in combinations_with_replacement(nonzero, count)
        if sum(map(sum, parts)) == degree
        and (most is None or count <= most)
        and (highest is None or all(sum(alpha) <= highest for alpha in parts))
    }


@given(st.sampled_from([(1, 0), (1, 6), (2, 0), (2, 3), (2, 4), (3, 3)]), LIMITS, LIMITS)
def test_they_are_all_multisets_with_that_sum(
    case: tuple[int, int], most: int | None, highest: int | None
) -> None:
    found = list(vector_partitions(*case, max_parts=most, max_order=highest))
    assert len(set(found)) == len(found)
    assert set(found) == by_brute_force(*case, most, highest)


@given(st.integers(1, 4), st.integers(0, 6), LIMITS, LIMITS)
def test_they_are_counted_without_a_list(
    dim: int, degree: int, most: int | None, highest: int | None
) -> None:
    found = sum(1 for _ in vector_partitions(dim, degree, max_parts=most, max_order=highest))
    assert count_vector_partitions(dim, degree, max_parts=most, max_order=highest) == found


@given(st.lists(st.integers(0, 3), min_size=1, max_size=3).map(tuple), LIMITS, LIMITS)
def test_those_of_one_multi_index_add_up_to_it_and_are_counted(
    total: MultiIndex, most: int | None, highest: int | None
) -> None:
    found = list(vector_partitions_of(total, max_parts=most, max_order=highest))
    zero = (0,) * len(total)
    assert all(tuple(map(sum, zip(zero, *parts, strict=True))) == total for parts in found)
    assert all(list(parts) == sorted(parts) for parts in found)
    assert count_vector_partitions_of(total, max_parts=most, max_order=highest) == len(found)


@given(st.integers(1, 4), st.integers(0, 9), st.integers(1, 9))
def test_as_many_have_few_parts_as_low_orders_for_one_dimension(
    dim: int, degree: int, limit: int
) -> None:
    few = count_vector_partitions(dim, degree, max_parts=limit)
    low = count_vector_partitions(dim, degree, max_order=limit)
    assert few <= low
    assert few == low or (dim > 1 and degree > limit + 1 > 2)  # else conjugation, and d + 1


def test_partitions_of_numbers_and_of_sets_are_counted_as_is_well_known() -> None:
    assert [count_vector_partitions(1, n) for n in range(9)] == [1, 1, 2, 3, 5, 7, 11, 15, 22]
    sets = [count_vector_partitions_of((1,) * n) for n in range(8)]
    assert sets == [1, 1, 2, 5, 15, 52, 203, 877]
    assert count_vector_partitions(1, 100) == 190_569_292


@given(st.integers(1, 4), st.integers(0, 6))
def test_multi_indices_of_one_order(dim: int, order: int) -> None:
    found = list(of_order(dim, order))
    assert found == sorted(alpha for alpha in multi_indices(dim, order) if sum(alpha) == order)


@pytest.mark.parametrize("limits", [{"max_parts": -1}, {"max_order": -2}])
def test_limits_are_not_negative(limits: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="expected a degree and limits >= 0"):
        list(vector_partitions(2, 3, **limits))
    with pytest.raises(ValueError, match="expected a degree and limits >= 0"):
        count_vector_partitions(2, -1)
