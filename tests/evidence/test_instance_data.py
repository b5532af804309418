"""The data of instances: clouds, smallest balls, closest clusters, and their reductions."""

from fractions import Fraction
from itertools import combinations, pairwise, product
from math import prod

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import RecordEffective
from ucomp_verify.algebra import multi_indices, num_monomials
from ucomp_verify.evidence.instances.alternation import in_turns, tilted_chebyshev
from ucomp_verify.evidence.instances.data import Node, clouds, lattice
from ucomp_verify.evidence.instances.errors import SUM, Values
from ucomp_verify.evidence.instances.geometry import (
    closest_cluster,
    squared_diameter,
    squared_radius,
)
from ucomp_verify.evidence.instances.reductions import (
    Reduced,
    algorithm_1,
    reduced,
    reduced_in_cells,
)

DIMS = (1, 2, 3)
HALF = Fraction(1, 2)


@pytest.mark.parametrize("dim", DIMS)
def test_clouds_lie_in_the_cube_and_are_always_the_same(dim: int) -> None:
    found = clouds(dim, 20)
    assert found == clouds(dim, 20)
    assert len({cloud.name for cloud in found}) == len(found)
    assert all(abs(x) <= 1 for cloud in found for node in cloud.measure.nodes for x in node)
    weights = [cloud.measure.weights for cloud in found]
    assert any(0 in w for w in weights)
    assert any(max(w) > 10**6 * min(w) > 0 for w in weights)
    assert any(len(set(cloud.measure.nodes)) < len(cloud.measure.nodes) for cloud in found)


def test_a_cloud_is_moved_and_its_mass_is_changed() -> None:
    cloud = clouds(2, 9)[1]
    moved = cloud.moved(HALF, (1, -2)).measure
    assert moved.nodes[0] == (HALF, Fraction(-5, 2))  # the image of the corner (-1, -1)
    assert cloud.with_mass(Fraction(3)).measure.total_mass == 3


coordinates = st.fractions(min_value=-4, max_value=4, max_denominator=6)


def node_lists(dim: int, most: int) -> st.SearchStrategy[list[Node]]:
    return st.lists(st.tuples(*[coordinates] * dim), min_size=1, max_size=most)


@given(nodes=st.integers(1, 3).flatmap(lambda dim: node_lists(dim, 7)))
def test_the_smallest_ball_obeys_jung_and_is_attained(nodes: list[Node]) -> None:
    """Jung (1901), the half diameter below, and no part has a larger ball than the whole."""
    square, width, dim = squared_radius(nodes), squared_diameter(nodes), len(nodes[0])
    assert width / 4 <= square <= Fraction(dim, 2 * (dim + 1)) * width
    parts = combinations(nodes, min(dim + 1, len(nodes)))
    assert max(squared_radius(part) for part in parts) == square  # Helly (1923)


def test_the_smallest_ball_of_known_sets() -> None:
    corners = list(product((Fraction(0), Fraction(1)), repeat=3))
    assert squared_radius(corners) == Fraction(3, 4)
    obtuse = [(Fraction(-3), Fraction(0)), (Fraction(3), Fraction(0)), (Fraction(0), Fraction(1))]
    assert squared_radius(obtuse) == 9
    assert squared_radius(obtuse[:1] * 3) == 0


@given(nodes=st.integers(1, 3).flatmap(lambda dim: node_lists(dim, 8)), data=st.data())
def test_the_closest_cluster_is_the_closest(
    nodes: list[Node], data: st.DataObject, record_effective: RecordEffective
) -> None:
    if len(nodes) < 2:
        return
    size = data.draw(st.integers(2, len(nodes)))
    square, places = closest_cluster(nodes, size)
    assert len(set(places)) == size
    assert squared_diameter([nodes[i] for i in places]) == square
    assert square == min(squared_diameter(part) for part in combinations(nodes, size))
    record_effective(1)


@pytest.mark.parametrize("size", [0, 1, 4])
def test_a_cluster_of_no_size_is_refused(size: int) -> None:
    with pytest.raises(ValueError, match="expected 2 <= size <= nodes"):
        closest_cluster(lattice(1, 3), size)


def require_same_moments(case: Reduced) -> None:
    for alpha in multi_indices(case.before.dim, case.degree):
        values = [
            prod((x**a for x, a in zip(w, alpha, strict=True)), start=Fraction(1))
            for w in case.before.nodes
        ]
        before = sum(c * v for c, v in zip(case.before.weights, values, strict=True))
        assert sum(c * v for c, v in zip(case.weights, values, strict=True)) == before
    assert min(case.weights) >= 0


@pytest.mark.parametrize("dim", DIMS)
def test_reductions_keep_the_moments(dim: int) -> None:
    for cloud in clouds(dim, 14):
        case = reduced(cloud, 2)
        require_same_moments(case)
        assert case.kept + case.dropped == len(cloud.measure.support)


@pytest.mark.parametrize("dim", DIMS)
def test_reductions_in_cells_keep_the_moments_of_every_cell(dim: int) -> None:
    for cloud in clouds(dim, 30):
        case = reduced_in_cells(cloud, 1, 2, half_side=Fraction(1))
        require_same_moments(case)
        places = [tuple(x >= 0 for x in node) for node in cloud.measure.nodes]
        for cell in set(places):
            inside = [p == cell for p in places]
            before = sum(c for c, i in zip(case.before.weights, inside, strict=True) if i)
            assert sum(c for c, i in zip(case.weights, inside, strict=True) if i) == before


def test_a_node_outside_the_cube_is_refused() -> None:
    with pytest.raises(ValueError, match="expected one in the cube of half side 1/2"):
        reduced_in_cells(clouds(1, 5)[0], 0, 2, half_side=HALF)


@pytest.mark.parametrize(("dim", "degree"), [(1, 0), (1, 3), (2, 1)])
def test_algorithm_1_goes_down_to_the_number_of_monomials(dim: int, degree: int) -> None:
    steps = list(algorithm_1(clouds(dim, 16)[0], degree))
    assert all(a.kept > b.kept for a, b in pairwise(steps))
    for case in steps:
        require_same_moments(case)
    assert steps[-1].kept == num_monomials(dim, degree)


@pytest.mark.parametrize("degree", [1, 3, 5, 7])
def test_measures_in_turns_have_equal_moments_and_are_far_apart(degree: int) -> None:
    case = in_turns(degree)
    require_same_moments(case)
    assert case.dropped == 1
    assert case.before.total_mass == 1
    error = Values.of(tilted_chebyshev(degree + 1, Fraction(1), tilt=Fraction(0)), case).error(SUM)
    assert Fraction(19, 10) < error.size.lower == error.size.upper < Fraction(21, 10)
