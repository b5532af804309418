"""The closed form for monomial multisymmetric functions, against plain summation."""

from fractions import Fraction
from itertools import permutations
from math import comb, prod

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ucomp_verify.algebra import closed_form, multi_indices, num_monomials, set_partitions
from ucomp_verify.kernel import check

Point = tuple[int, ...]


def monomial(x: Point, alpha: tuple[int, ...]) -> int:
    return prod(v**e for v, e in zip(x, alpha, strict=True))


def summed(parts: list[tuple[int, ...]], points: list[Point]) -> int:
    """The sum over pairwise distinct points, as it is defined."""
    return sum(
        prod(monomial(x, alpha) for x, alpha in zip(chosen, parts, strict=True))
        for chosen in permutations(points, len(parts))
    )


def by_power_sums(parts: list[tuple[int, ...]], points: list[Point]) -> Fraction:
    return sum(
        (
            c * prod(sum(monomial(x, alpha) for x in points) for alpha in factors)
            for c, factors in closed_form(parts).right
        ),
        start=Fraction(0),
    )


def part_lists(dim: int) -> st.SearchStrategy[list[tuple[int, ...]]]:
    part = st.tuples(*[st.integers(0, 3)] * dim).filter(any)
    return st.lists(part, min_size=1, max_size=4)


@given(st.data(), st.integers(1, 3))
def test_it_is_the_sum_over_distinct_points(data: st.DataObject, dim: int) -> None:
    parts = data.draw(part_lists(dim))
    points = data.draw(st.lists(st.tuples(*[st.integers(-4, 4)] * dim), max_size=5))
    assert by_power_sums(parts, points) == summed(parts, points)


@given(st.integers(1, 3).flatmap(part_lists))
def test_the_kernel_accepts_it_and_no_order_exceeds_the_degree(
    parts: list[tuple[int, ...]],
) -> None:
    identity = closed_form(parts)
    check(identity)
    orders = [sum(alpha) for _, factors in identity.right for alpha in factors]
    assert max(orders) == sum(map(sum, parts))


@pytest.mark.parametrize("parts", [[], [(0, 0)], [(1,), (1, 0)]])
def test_parts_must_be_nonzero_and_of_one_length(parts: list[tuple[int, ...]]) -> None:
    with pytest.raises(ValueError, match="expected nonzero multi-indices of one length"):
        closed_form(parts)


@pytest.mark.parametrize(("items", "bell"), [(0, 1), (1, 1), (4, 15), (7, 877)])
def test_set_partitions_are_counted_by_bell_numbers(items: int, bell: int) -> None:
    partitions = list(set_partitions(range(items)))
    assert len(partitions) == bell
    assert all(sorted(x for block in p for x in block) == list(range(items)) for p in partitions)


@pytest.mark.parametrize(("dim", "degree"), [(1, 0), (1, 5), (2, 3), (4, 4)])
def test_multi_indices_are_graded_and_complete(dim: int, degree: int) -> None:
    found = list(multi_indices(dim, degree))
    assert len(set(found)) == len(found) == num_monomials(dim, degree) == comb(dim + degree, dim)
    assert [sum(alpha) for alpha in found] == sorted(sum(alpha) for alpha in found)
