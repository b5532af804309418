"""All relations up to a degree: true, complete, and their generators minimal."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ucomp_verify.algebra.bases import Family, members
from ucomp_verify.algebra.first_syzygies import first_syzygy, gram_determinant
from ucomp_verify.algebra.hilbert import hilbert_coefficient, num_relations
from ucomp_verify.algebra.multi_indices import MultiIndex
from ucomp_verify.algebra.power_sum_polynomial import PowerSumPolynomial
from ucomp_verify.algebra.syzygies import Relation, find_syzygies, is_consequence, relations
from ucomp_verify.algebra.vector_partitions import of_order
from ucomp_verify.algebra.weighted_sets import syzygy_certificate
from ucomp_verify.kernel import check

# dim, d, minimal generators by degree, and their highest weights
FOUND: list[tuple[int, int, list[int], dict[MultiIndex, int]]] = [
    (1, 3, [0] * 9, {}),
    (4, 1, [0] * 6, {}),
    (2, 2, [0, 0, 0, 0, 1, 0, 0, 0, 0], {(2, 2): 1}),
    (2, 3, [0, 0, 0, 0, 0, 2, 3, 0], {(3, 2): 1, (4, 2): 1}),
    (3, 2, [0, 0, 0, 0, 6, 0, 0], {(2, 2, 0): 1}),
    (4, 2, [0, 0, 0, 0, 20, 0, 0], {(2, 2, 0, 0): 1}),
    (3, 3, [0, 0, 0, 0, 0, 15, 28, 0], {(3, 2, 0): 1, (4, 2, 0): 1, (2, 2, 2): 1}),
    (
        2,
        4,
        [0, 0, 0, 0, 0, 0, 3, 6, 6, 0],
        {(4, 2): 1, (4, 3): 1, (5, 2): 1, (4, 4): 1, (6, 2): 1},
    ),
]


def integral(polynomial: PowerSumPolynomial, scale: int) -> Relation:
    return {factors: int(c * scale) for factors, c in polynomial.products.items()}


def exact(relation: Relation, dim: int, num_points: int) -> PowerSumPolynomial:
    return PowerSumPolynomial(dim, num_points, {f: Fraction(c) for f, c in relation.items()})


@pytest.mark.parametrize(("dim", "num_points", "by_degree", "weights"), FOUND)
def test_minimal_generators(
    dim: int, num_points: int, by_degree: list[int], weights: dict[MultiIndex, int]
) -> None:
    found = find_syzygies(dim, num_points, len(by_degree) - 1)
    assert list(found.generators_by_degree()) == by_degree
    assert found.highest_weights() == weights


@pytest.mark.parametrize(("dim", "num_points", "by_degree", "weights"), FOUND)
def test_relations_are_as_many_as_the_hilbert_series_says(
    dim: int, num_points: int, by_degree: list[int], weights: dict[MultiIndex, int]
) -> None:
    degrees = range(len(by_degree))
    found = find_syzygies(dim, num_points, len(by_degree) - 1).dimensions_by_degree()
    assert list(found) == [num_relations(dim, num_points, degree) for degree in degrees]
    assert all(sum(weight) in degrees for weight in weights)


@pytest.mark.parametrize(("dim", "num_points", "degree"), [(2, 2, 8), (2, 3, 7), (3, 2, 6)])
def test_a_basis_of_all_relations_of_a_multidegree(dim: int, num_points: int, degree: int) -> None:
    count = 0
    for total in of_order(dim, degree):
        found = relations(total, num_points)
        products = len(members(Family.POWER_SUM, total, num_points))
        assert len(found) == products - hilbert_coefficient(total, num_points)
        for relation in found:
            assert exact(relation, dim, num_points).expand().orbits == {}
        count += len(found)
    assert count == num_relations(dim, num_points, degree) > 0


@given(st.data())
def test_relations_vanish_on_points(data: st.DataObject) -> None:
    point = st.tuples(*[st.fractions(-3, 3, max_denominator=5)] * 2)
    points = data.draw(st.lists(point, min_size=3, max_size=3))
    relation = data.draw(st.sampled_from(relations((3, 3), 3)))
    assert exact(relation, 2, 3).evaluate(points) == 0


@pytest.mark.parametrize(("dim", "num_points", "degree"), [(2, 3, 6), (3, 2, 4), (2, 4, 7)])
def test_the_kernel_grants_every_generator(dim: int, num_points: int, degree: int) -> None:
    found = find_syzygies(dim, num_points, degree)
    polynomials = list(found.polynomials())
    assert len(polynomials) == sum(found.generators_by_degree()) > 0
    assert all(p.order <= num_points for p in polynomials)
    for polynomial in polynomials:
        check(syzygy_certificate(polynomial))


def test_no_generator_follows_from_those_of_lower_degree_but_their_multiples_do() -> None:
    found = find_syzygies(2, 3, 7)
    for generators in found.generators.values():
        for relation in generators:
            assert not is_consequence(relation, found)
            times = {tuple(sorted((*f, (1, 0)))): c for f, c in relation.items()}
            assert is_consequence(times, found)
    assert all(is_consequence(r, found) for total in of_order(2, 7) for r in relations(total, 3))


def test_what_is_no_relation_is_no_consequence() -> None:
    assert not is_consequence({((2, 0), (2, 0)): 1}, find_syzygies(2, 2, 4))
    assert not is_consequence({((1, 0),) * 4: 1, ((2, 0), (2, 0)): -1}, find_syzygies(2, 2, 4))


@pytest.mark.parametrize(("dim", "num_points"), [(2, 2), (2, 3), (3, 2), (3, 3), (2, 4)])
def test_the_first_syzygy_is_the_only_one_of_its_multidegree(dim: int, num_points: int) -> None:
    total = (num_points, 2, *[0] * (dim - 2))
    (relation,) = relations(total, num_points)
    products = first_syzygy(dim, num_points).products
    ratios = {Fraction(c) / relation[factors] for factors, c in products.items()}
    assert len(relation) == len(products)
    assert len(ratios) == 1


def test_the_gram_determinant_of_two_points_in_space_follows_from_its_minors() -> None:
    assert is_consequence(integral(gram_determinant(3, 2), 8), find_syzygies(3, 2, 6))


def test_the_gram_determinant_of_three_points_in_space_is_a_generator() -> None:
    found = find_syzygies(3, 3, 6)
    gram = integral(gram_determinant(3, 3), 27)
    assert not is_consequence(gram, found)
    assert found.highest_weights()[2, 2, 2] == 1


@pytest.mark.parametrize("relation", [{((1,),): 1, ((2,),): 1}, {((1,),) * 4: 1}])
def test_consequences_are_asked_for_one_multidegree_at_a_time(relation: Relation) -> None:
    with pytest.raises(ValueError, match="expected one multidegree of degree <= 3"):
        is_consequence(relation, find_syzygies(1, 2, 3))


@pytest.mark.slow
def test_generators_stop_where_they_were_seen_to_stop() -> None:
    assert sum(find_syzygies(2, 3, 11).generators_by_degree()) == 5
    assert sum(find_syzygies(2, 4, 11).generators_by_degree()) == 15
    assert sum(find_syzygies(3, 2, 9).generators_by_degree()) == 6
    assert sum(find_syzygies(3, 3, 9).generators_by_degree()) == 43
    by_degree = find_syzygies(2, 5, 12).generators_by_degree()
    assert by_degree[:11] == (0, 0, 0, 0, 0, 0, 0, 4, 9, 12, 10)
    assert by_degree[11:] == (0, 0)
