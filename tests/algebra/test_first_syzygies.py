"""Relations in closed form: zero on unit points, of known value on weighted ones."""

from fractions import Fraction
from itertools import combinations
from math import factorial, prod

import pytest
from flint import fmpq, fmpq_mat
from hypothesis import given
from hypothesis import strategies as st

from ucomp_verify.algebra.first_syzygies import (
    first_syzygy,
    first_witness,
    gram_determinant,
    gram_witness,
)
from ucomp_verify.algebra.weighted_sets import syzygy_certificate, value_on
from ucomp_verify.kernel import RejectedCertificate, check
from ucomp_verify.kernel.facts import SyzygyFact

ALL = [(dim, num_points) for dim in (2, 3, 4) for num_points in range(2, 8)]
WEIGHTS = st.fractions(Fraction(1, 8), 4, max_denominator=8)


@pytest.mark.parametrize(("dim", "num_points"), ALL)
def test_the_first_syzygy_is_one_of_generators_and_of_degree_d_plus_2(
    dim: int, num_points: int
) -> None:
    syzygy = first_syzygy(dim, num_points)
    assert syzygy.order <= num_points
    assert {sum(map(sum, factors)) for factors in syzygy.products} == {num_points + 2}
    assert syzygy.expand().orbits == {}


@pytest.mark.parametrize(("dim", "num_points"), ALL)
def test_the_kernel_grants_it_with_its_weighted_set(dim: int, num_points: int) -> None:
    witness = first_witness(dim, num_points)
    fact = check(syzygy_certificate(first_syzygy(dim, num_points), witness=witness))
    assert isinstance(fact, SyzygyFact)
    assert (fact.mass, fact.value) == (num_points, Fraction(-factorial(num_points - 1), 4))


def test_it_fails_on_more_points() -> None:
    syzygy = first_syzygy(2, 3)
    assert syzygy.expand(4).orbits != {}
    assert syzygy.expand(2).orbits == {}  # a third point may lie at 0


@given(st.integers(2, 6), WEIGHTS, WEIGHTS)
def test_its_value_on_three_weighted_points(num_points: int, a: Fraction, b: Fraction) -> None:
    c = num_points - a - b
    value = first_syzygy(2, num_points).evaluate([(1, 0), (0, 1), (0, 0)], [a, b, c])
    assert value == -prod((a - i for i in range(num_points - 1)), start=b * c)


@pytest.mark.parametrize(("num_points", "below", "above"), [(3, "1/2", "3/2"), (4, "3/2", "5/2")])
def test_from_three_points_on_it_takes_both_signs(num_points: int, below: str, above: str) -> None:
    values: list[Fraction] = []
    for a in map(Fraction, (below, above)):
        rest = (num_points - a) / 2
        nodes = [(1, 0), (0, 1), (0, 0)]
        values.append(first_syzygy(2, num_points).evaluate(nodes, [a, rest, rest]))
    assert min(values) < 0 < max(values)


@pytest.mark.parametrize("case", [(1, 2), (2, 1), (1, 1), (0, 3)])
def test_numbers_and_single_points_have_none(case: tuple[int, int]) -> None:
    for build in (first_syzygy, first_witness):
        with pytest.raises(ValueError, match="expected dim and num_points >= 2"):
            build(*case)


def test_for_two_points_in_the_plane_it_is_the_gram_determinant() -> None:
    gram = gram_determinant(2, 2).products
    assert first_syzygy(2, 2).products == {factors: -2 * c for factors, c in gram.items()}


@pytest.mark.parametrize(("dim", "num_points"), [(1, 1), (2, 1), (2, 2), (3, 1), (3, 2), (3, 3)])
def test_gram_determinants_vanish_on_no_more_points_than_coordinates(
    dim: int, num_points: int
) -> None:
    witness = gram_witness(dim, num_points)
    fact = check(syzygy_certificate(gram_determinant(dim, num_points), witness=witness))
    assert isinstance(fact, SyzygyFact)
    assert fact.mass == num_points
    assert fact.value == Fraction(num_points, dim + 1) ** (dim + 1) / num_points


@pytest.mark.parametrize(("dim", "num_points"), [(1, 2), (2, 3), (2, 4), (3, 4)])
def test_gram_determinants_of_more_points_are_no_relations(dim: int, num_points: int) -> None:
    with pytest.raises(RejectedCertificate, match="coefficients do not vanish"):
        check(syzygy_certificate(gram_determinant(dim, num_points)))


def squared_volume(simplex: tuple[tuple[int, ...], ...]) -> Fraction:
    """(m! times the volume)^2."""
    rows = [[fmpq(1), *map(fmpq, x)] for x in simplex]
    determinant = fmpq_mat(rows).det()
    return Fraction(int(determinant.p), int(determinant.q)) ** 2


@given(st.data(), st.integers(1, 3), st.integers(1, 4))
def test_on_weighted_sets_they_are_sums_of_squared_volumes(
    data: st.DataObject, dim: int, num_points: int
) -> None:
    point = st.tuples(*[st.integers(-3, 3)] * dim)
    nodes = data.draw(st.lists(point, min_size=1, max_size=6))
    shares = data.draw(st.lists(WEIGHTS, min_size=len(nodes), max_size=len(nodes)))
    weights = [num_points * share / sum(shares) for share in shares]
    expected = sum(
        (
            prod((weights[i] for i in chosen), start=Fraction(1))
            * squared_volume(tuple(nodes[i] for i in chosen))
            for chosen in combinations(range(len(nodes)), dim + 1)
        ),
        start=Fraction(0),
    )
    value = gram_determinant(dim, num_points).evaluate(nodes, weights)
    assert value == expected / num_points >= 0


def test_the_value_of_a_weighted_set_is_that_of_its_nodes_and_weights() -> None:
    assert value_on(first_syzygy(2, 4), first_witness(2, 4)) == Fraction(-3, 2)
