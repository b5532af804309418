"""Instances: how they are counted, and that their data, functions and errors are what they say."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations, pairwise, product
from math import factorial, prod
from typing import Any

import pytest
from flint import acb, arb, arb_series, ctx
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import RecordEffective
from ucomp_verify.algebra import multi_indices, num_monomials
from ucomp_verify.bounds import (
    PolydiscClass,
    PolyellipseClass,
    SmoothClass,
    greedy_bound,
    grid_bound,
    grid_size_bound,
    packing_bound,
    polydisc_bound,
    rate_bound,
    small_ball_bound,
    universal_bound,
)
from ucomp_verify.bounds.approximation import chebyshev_distance
from ucomp_verify.bounds.rounding import root_above
from ucomp_verify.evidence.instances import right_sides
from ucomp_verify.evidence.instances.alternation import (
    chebyshev_value,
    in_turns,
    tilted_chebyshev,
)
from ucomp_verify.evidence.instances.base import Instance, Parameters, compare, exactly
from ucomp_verify.evidence.instances.choices import (
    analytic_functions,
    rational_functions,
    slopes,
    transcendental_functions,
)
from ucomp_verify.evidence.instances.data import Node, clouds, lattice, scattered
from ucomp_verify.evidence.instances.errors import CONTRACTIONS, OUTERS, SUM, Outer, Values
from ucomp_verify.evidence.instances.functions import Inner, length_above, ridge
from ucomp_verify.evidence.instances.geometry import (
    closest_cluster,
    squared_diameter,
    squared_distance,
    squared_radius,
)
from ucomp_verify.evidence.instances.numbers import ball, enclosed, in_balls
from ucomp_verify.evidence.instances.profiles import (
    Exponential,
    Monomial,
    Pole,
    Profile,
    Sigmoid,
    Tanh,
    Wave,
)
from ucomp_verify.evidence.instances.reductions import (
    Reduced,
    algorithm_1,
    reduced,
    reduced_in_cells,
)
from ucomp_verify.evidence.instances.table import SLUGS, instance_checks, run_instances
from ucomp_verify.findings import Enclosure

DIMS = (1, 2, 3)
HALF = Fraction(1, 2)


def instance(
    name: str, left: Enclosure | int, right: Enclosure | int, *, effective: bool = True
) -> Instance:
    first, second = (s if isinstance(s, Enclosure) else exactly(s) for s in (left, right))
    parameters: Parameters = (("case", name),)
    return Instance(parameters, first, second, effective)


def test_instances_are_counted_as_they_are_decided() -> None:
    overlap = Enclosure(Fraction(1), Fraction(3), 64)
    found = compare(
        "some",
        "a family",
        [
            instance("a", 1, 2),
            instance("b", 3, 4),
            instance("c", 1, 2, effective=False),
            instance("undecided", overlap, 2),
            instance("touching", overlap, 3),
        ],
    )
    assert (found.cases, found.effective, found.failing) == (5, 3, None)
    assert found.ratio == Enclosure(Fraction(3, 4), Fraction(3, 4), 0)
    assert found.at == (("case", "b"),)
    assert found.prec == 64


@pytest.mark.parametrize("effective", [True, False])
def test_a_failing_instance_is_named(effective: bool) -> None:
    bad = instance("bad", Enclosure(Fraction(5, 2), Fraction(3), 64), 2, effective=effective)
    found = compare("some", "a family", [instance("a", 1, 2), bad])
    assert found.failing == "case = bad"


def test_an_instance_that_occurs_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="some: the instance case = a occurs twice"):
        compare("some", "a family", [instance("a", 1, 2), instance("a", 1, 3)])


@pytest.mark.parametrize(("left", "right"), [(-1, 2), (0, 0)])
def test_sides_that_have_no_ratio_are_refused(left: int, right: int) -> None:
    with pytest.raises(ValueError, match="case = a: expected sides >= 0, the right one > 0"):
        compare("some", "a family", [instance("a", left, right)])


def test_another_slug_is_refused() -> None:
    with pytest.raises(KeyError, match="no instances of 'tchakaloff'; known: small-ball"):
        instance_checks("tchakaloff")


def test_every_slug_has_families_with_names_of_their_own() -> None:
    names = [subject.family for slug in SLUGS for subject in instance_checks(slug)]
    assert len(names) == len(set(names))


def test_a_run_says_by_which_programs() -> None:
    found, digest = run_instances("small-ball-repaired", 3)
    assert found == run_instances("small-ball-repaired", 3)[0]
    assert len(digest) == 64


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


PROFILES: tuple[Profile, ...] = (
    Pole(Fraction(3)),
    Monomial(5),
    Exponential(),
    Wave(),
    Wave(cosine=True),
    Tanh(),
    Sigmoid(),
)
each_profile = pytest.mark.parametrize("phi", PROFILES, ids=lambda phi: phi.name)


def evaluate(phi: Profile, z: Any) -> Any:
    """phi by its name, at a complex ball or a power series: a second formula."""
    return {
        "1/(3 - t)": lambda: 1 / (3 - z),
        "t^5": lambda: z**5,
        "e^t": lambda: z.exp(),
        "sin t": lambda: z.sin(),
        "cos t": lambda: z.cos(),
        "tanh t": lambda: 1 - 2 / ((2 * z).exp() + 1),
        "1/(1 + e^-t)": lambda: z.exp() / (1 + z.exp()),
    }[phi.name]()


@each_profile
def test_derivatives_are_within_their_bounds(phi: Profile) -> None:
    low, high = Fraction(-3, 2), Fraction(3, 2)
    with ctx.workprec(128):
        for i in range(13):
            point = low + (high - low) * i / 12
            series = evaluate(phi, arb_series([ball(point), 1], 8))
            for order in range(1, 8):
                seen = enclosed(abs(series[order]) * factorial(order))
                assert seen.lower <= phi.derivative(order, low, high)
                assert seen.upper - seen.lower < Fraction(1, 10**20)


@each_profile
@pytest.mark.parametrize("order", [1, 2, 3])
def test_bounds_of_derivatives_are_not_idle(phi: Profile, order: int) -> None:
    """Somewhere more than a quarter of the bound is there (a twelfth, where Cauchy gave it)."""
    low, high = Fraction(-3, 2), Fraction(3, 2)
    share = 12 if isinstance(phi, Tanh | Sigmoid) else 4
    with ctx.workprec(128):
        seen = [
            abs(evaluate(phi, arb_series([ball(low + (high - low) * i / 60), 1], 8))[order])
            for i in range(61)
        ]
        most = max(float(value) for value in seen) * factorial(order)
    assert most > float(phi.derivative(order, low, high)) / share


@each_profile
def test_sizes_at_complex_arguments_are_bounds(phi: Profile) -> None:
    low, high, height = Fraction(-3, 2), Fraction(3, 2), Fraction(1)
    bound = phi.size(low, high, height)
    seen = Fraction(0)
    with ctx.workprec(128):
        for i, j in product(range(-12, 13), range(-8, 9)):
            x, y = Fraction(i, 8), Fraction(j, 8)
            if x * x + y * y <= high**2:
                value = enclosed(abs(evaluate(phi, acb(ball(x), ball(y)))))
                assert value.lower <= bound
                seen = max(seen, value.lower)
    assert seen > bound / 3


@pytest.mark.parametrize("phi", [Tanh(), Sigmoid()])
def test_heights_near_a_pole_are_refused(phi: Profile) -> None:
    with pytest.raises(ValueError, match="expected one below pi/2"):
        phi.size(Fraction(-1), Fraction(1), Fraction(32, 10))


def test_a_pole_among_the_nodes_is_refused() -> None:
    with pytest.raises(ValueError, match="found the pole 1; expected it above 1"):
        ridge(Pole(Fraction(1)), 1).derivative(1, [(Fraction(0),), (Fraction(1),)])


def test_lengths_are_exact_where_they_are_rational() -> None:
    for dim in DIMS:
        unit, odd = slopes(dim)
        assert length_above(unit) == 1
        assert length_above(odd) ** 2 >= sum(x * x for x in odd) > (length_above(odd) * HALF) ** 2


@pytest.mark.parametrize("dim", DIMS)
@pytest.mark.parametrize("degree", [0, 2])
def test_directional_derivatives_are_within_their_bounds(dim: int, degree: int) -> None:
    """Differences along segments, by the mean value theorem for them."""
    nodes = scattered(dim, 6)
    order = degree + 1
    for inner in (*rational_functions(dim, degree), *transcendental_functions(dim)):
        bound = inner.derivative(order, nodes)
        for first, last in combinations(nodes, 2):
            length = squared_distance(first, last)
            steps = [
                tuple(a + (b - a) * i / order for a, b in zip(first, last, strict=True))
                for i in range(order + 1)
            ]
            with in_balls():
                signs = [(-1) ** i * factorial(order) // factorial(i) for i in range(order + 1)]
                terms = [
                    s // factorial(order - i) * inner.at(w)
                    for i, (s, w) in enumerate(zip(signs, steps, strict=True))
                ]
                difference = enclosed(abs(sum(terms[1:], terms[0])))
            assert difference.lower**2 <= bound**2 * (length / order**2) ** order


@pytest.mark.parametrize("dim", DIMS)
@pytest.mark.parametrize("radius", [Fraction(1, 2), Fraction(3)])
def test_analytic_functions_are_at_most_1_on_their_polydiscs(dim: int, radius: Fraction) -> None:
    for inner in analytic_functions(dim, Fraction(1), radius):
        most = inner.on_polydiscs(Fraction(1), radius)
        assert Fraction(1, 2) < most <= 1


@pytest.mark.parametrize("rho", [Fraction(3, 2), Fraction(4)])
def test_tilted_chebyshev_polynomials_are_at_most_1_on_their_ellipse(rho: Fraction) -> None:
    reach = (rho + 1 / rho) / 2
    assert chebyshev_value(4, reach) == (rho**4 + rho**-4) / 2
    inner = tilted_chebyshev(4, reach)
    assert enclosed(inner.at((reach,))) == exactly(1)
    for side in (Fraction(-1), Fraction(1)):
        assert abs(enclosed(inner.at((side * reach,))).upper) <= 1


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


def values(*numbers: int | str) -> list[Fraction]:
    return [Fraction(x) for x in numbers]


@pytest.mark.parametrize("outer", [*OUTERS, *CONTRACTIONS], ids=lambda outer: outer.name)
def test_lipschitz_constants_hold_between_any_two_values(outer: Outer) -> None:
    mass, size = Fraction(3), Fraction(1, 2)
    arguments = [mass * size * i / 6 for i in range(-6, 7)]
    steepest = Fraction(0)
    with in_balls():
        images = [enclosed(abs(outer.at(ball(y), ball(mass)))) for y in arguments]
        signed = [outer.at(ball(y), ball(mass)) for y in arguments]
        for i, j in combinations(range(len(arguments)), 2):
            change = enclosed(abs(signed[i] - signed[j])) if i != j else images[i]
            rise = change.lower / (arguments[j] - arguments[i])
            steepest = max(steepest, rise)
    assert outer.lipschitz(mass, size) * HALF < steepest <= outer.lipschitz(mass, size)


@pytest.mark.parametrize(
    "inner", [*rational_functions(2, 2), *transcendental_functions(2)], ids=lambda g: g.name
)
def test_errors_are_enclosed_well(inner: Inner) -> None:
    case = reduced(clouds(2, 14)[1], 2)
    for outer in OUTERS:
        size = Values.of(inner, case).error(outer).size
        assert 0 < size.lower <= size.upper < size.lower * (1 + Fraction(1, 10**40))


def test_the_error_of_a_known_reduction() -> None:
    """1/(3 - t) at -1 and 1 instead of twice at 0: 1/4 + 1/2 - 2/3."""
    cloud = clouds(1, 3)[2]  # -1, 0, 1
    case = Reduced(cloud, 1, (Fraction(3, 2), Fraction(0), Fraction(3, 2)))
    error = Values.of(ridge(Pole(Fraction(3)), 1), case).error(SUM)
    assert error.size == exactly(Fraction(1, 8) + Fraction(1, 4) - Fraction(1, 3))
    assert error.spread == 3 * (Fraction(1, 2) - Fraction(1, 4))


SMOOTH = SmoothClass(3, Fraction(5, 7), Fraction(2))
PAIR = (Fraction(2), Fraction(5, 7))
DISC = PolydiscClass(2, Fraction(1), Fraction(1, 2), Fraction(3), Fraction(2))
ELLIPSE = PolyellipseClass(2, Fraction(3), Fraction(5), Fraction(2))
MASS = Fraction(11)
TWO = Fraction(2)

AGREEMENT: Sequence[tuple[str, Any, Any]] = (
    (
        "T3",
        small_ball_bound(SMOOTH, mass=MASS, radius=root_above(TWO)),
        right_sides.small_ball(PAIR, MASS, TWO, 2),
    ),
    (
        "T4b",
        grid_bound(SMOOTH, dim=2, half_side=Fraction(3), mass=MASS, side=4),
        right_sides.small_ball(PAIR, MASS, Fraction(18, 16), 2),
    ),
    (
        "T4b by nodes",
        grid_size_bound(SMOOTH, dim=2, half_side=Fraction(3), mass=MASS, size=70),
        right_sides.for_nodes(PAIR, MASS, Fraction(18), 2, share=Fraction(6, 70), dim=2),
    ),
    (
        "L1",
        packing_bound(40, 2, radius=root_above(TWO), dim=2),
        None,
    ),
    (
        "T4a",
        greedy_bound(SMOOTH, dim=2, radius=root_above(TWO), count=30, size=9),
        right_sides.greedy(PAIR, TWO, 2, dim=2, count=30, size=9),
    ),
    (
        "T7a",
        polydisc_bound(DISC, mass=MASS, side=3, degree=4),
        right_sides.in_polydiscs(Fraction(6), MASS, Fraction(2, 3), 4),
    ),
    (
        "T7c",
        rate_bound(DISC, mass=MASS, size=80),
        right_sides.rate(Fraction(6), MASS, nodes=80, side=6, dim=2),
    ),
    (
        "T7d",
        universal_bound(ELLIPSE, mass=MASS, degree=5),
        right_sides.universal(Fraction(10), MASS, Fraction(3), 5, dim=2),
    ),
)


@pytest.mark.parametrize(("name", "bound", "formula"), AGREEMENT, ids=[a[0] for a in AGREEMENT])
def test_bounds_and_claims_say_the_same(name: str, bound: Any, formula: Any) -> None:
    """No constant differs: the bound is the formula of the claim, rounded up a little at most."""
    if formula is None:
        formula = right_sides.packing(TWO, Fraction(1, 40), 2)
        assert bound.value <= enclosed(formula).upper  # the least of several bounds
        return
    exact = enclosed(formula)
    assert exact.lower <= bound.value <= exact.upper * (1 + Fraction(1, 2**50)), name


def test_the_second_form_of_the_grid_is_twice_the_first_at_its_worst() -> None:
    """For d' = n^m N the ratio is 2^(k+1)."""
    first = enclosed(right_sides.small_ball(PAIR, MASS, Fraction(18, 16), 2))
    share = Fraction(1, 16)
    second = enclosed(right_sides.for_nodes(PAIR, MASS, Fraction(18), 2, share=share, dim=2))
    assert abs(second.lower / first.lower - 8) < Fraction(1, 10**30)


@given(
    rho=st.fractions(min_value=Fraction(10, 9), max_value=20, max_denominator=9),
    dim=st.integers(1, 3),
    degree=st.integers(0, 9),
)
def test_two_ways_to_the_chebyshev_tail(rho: Fraction, dim: int, degree: int) -> None:
    ours = right_sides.universal(Fraction(1), Fraction(1), rho, degree, dim=dim)
    assert enclosed(ours) == exactly(2 * chebyshev_distance(Fraction(1), rho, dim, degree))


def test_a_ball_that_is_not_finite_is_refused() -> None:
    with pytest.raises(ValueError, match="found a ball that is not finite"):
        enclosed(arb("nan"))
