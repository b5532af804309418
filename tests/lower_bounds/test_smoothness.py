"""T4c: bumps where no node is; and the worst case of a rule by its Peano kernel."""

from fractions import Fraction
from itertools import product
from math import factorial
from typing import Any

import pytest
from flint import fmpq, fmpq_poly
from hypothesis import given, target
from hypothesis import strategies as st

from tests.conftest import RecordEffective
from ucomp_verify.bounds import SmoothClass
from ucomp_verify.bounds.statement import HypothesisNotMet
from ucomp_verify.lower_bounds.bumps import (
    bump,
    bump_derivative,
    bump_mean,
    mean_polynomial,
    midpoint_mean,
)
from ucomp_verify.lower_bounds.peano import Functional, smooth_worst_case
from ucomp_verify.lower_bounds.smoothness import bump_adversary, cubes_per_axis, smooth_lower_bound

Node = tuple[Fraction, ...]

ONE = Fraction(1)
PYTHAGOREAN = [
    (Fraction(1), Fraction(0)),
    (Fraction(3, 5), Fraction(4, 5)),
    (Fraction(-5, 13), Fraction(12, 13)),
    (Fraction(20, 29), Fraction(-21, 29)),
    (Fraction(119, 169), Fraction(120, 169)),
]

coordinates = st.one_of(
    st.fractions(-1, 1, max_denominator=40), st.fractions(-3, 3, max_denominator=4)
)


@st.composite
def cases(draw: st.DrawFn) -> tuple[int, int, int, list[Node]]:
    """Dimension, s, l and nodes."""
    dim = draw(st.integers(1, 2))
    order = draw(st.integers(1, 5 if dim == 1 else 3))
    nodes = draw(st.lists(st.tuples(*[coordinates] * dim), min_size=1, max_size=5))
    return dim, order, draw(st.integers(1, 4)), nodes


def midpoints(dim: int, side: int) -> list[Node]:
    return list(product([Fraction(i, side) for i in range(1 - side, side, 2)], repeat=dim))


def derivative(order: int, point: Node, direction: Node) -> Fraction:
    """D^s b[u, ..., u] at a point of the cube, from the Taylor polynomial on the line."""
    out = fmpq_poly([1])
    for x, u in zip(point, direction, strict=True):
        line = fmpq_poly([fmpq(x.numerator, x.denominator), fmpq(u.numerator, u.denominator)])
        out = out * (1 - line * line) ** (order + 1)
    value = out[order]
    return Fraction(int(value.p), int(value.q)) * factorial(order)


@pytest.mark.parametrize("order", range(1, 13))
def test_c_is_the_infimum_of_the_means(order: int) -> None:
    c, p = bump_mean(order), mean_polynomial(order)
    means = [midpoint_mean(order, n) for n in range(1, 60)]
    values = [sum(a * Fraction(1, n * n) ** i for i, a in enumerate(p)) for n in range(1, 60)]
    assert means == values
    assert 0 < c <= min(means)
    assert min(means) < c * Fraction(1001, 1000)  # nothing larger is true
    assert c == (Fraction(8, 15) if order == 1 else Fraction(3, 4) ** (order + 1))


@pytest.mark.parametrize(
    ("dim", "order"), [*product((1,), range(1, 8)), *product((2,), (1, 2, 3, 4))]
)
def test_the_derivatives_of_the_bump_stay_below_the_bound_and_come_near(
    dim: int, order: int
) -> None:
    bound = bump_derivative(order, dim)
    axis = [Fraction(i, 24 if dim == 1 else 12) for i in range(24 if dim == 1 else 12)]
    directions = PYTHAGOREAN if dim == 2 else [(ONE,)]
    seen = max(
        abs(derivative(order, point, u)) for point in product(axis, repeat=dim) for u in directions
    )
    assert seen <= bound
    assert bound < seen * Fraction(105, 100)  # so one that is 5 % smaller is false


@pytest.mark.parametrize(("dim", "order"), [(3, 1), (3, 2), (4, 1), (2, 7)])
def test_the_crude_bound_of_the_derivatives_is_one(dim: int, order: int) -> None:
    bound = bump_derivative(order, dim)
    rest = (Fraction(0),) * (dim - 2)
    for x, y, u in product([Fraction(i, 4) for i in range(4)], [Fraction(1, 3)], PYTHAGOREAN):
        assert abs(derivative(order, (x, y, *rest), (*u, *rest))) <= bound


@given(size=st.integers(1, 3000), dim=st.integers(1, 4))
def test_half_of_the_cubes_are_as_many_as_the_nodes(size: int, dim: int) -> None:
    side = cubes_per_axis(size, dim)
    assert side**dim >= 2 * size > (side - 1) ** dim


@given(case=cases())
def test_the_adversary_is_zero_at_the_nodes_and_as_bad_as_the_bound_says(
    case: tuple[int, int, int, list[Node]], record_effective: RecordEffective
) -> None:
    dim, order, parts, nodes = case
    functions = SmoothClass(order, Fraction(3), lipschitz=Fraction(2))
    g = bump_adversary(functions, nodes, dim=dim)
    assert all(g.at(node) == 0 for node in nodes)
    assert 2 * len(g.cubes) >= g.side**dim
    error = sum((g.at(node) for node in midpoints(dim, g.side * parts)), Fraction(0))
    assert error == g.grid_sum(parts)
    bound = smooth_lower_bound(functions, dim=dim, size=len(nodes), parts=parts).value
    assert 0 < bound <= functions.lipschitz * error
    target(float(bound / error))
    record_effective(1)


@given(
    case=cases(),
    place=st.tuples(coordinates, coordinates),
    direction=st.sampled_from(PYTHAGOREAN),
)
def test_the_adversary_is_in_the_class(
    case: tuple[int, int, int, list[Node]],
    place: Node,
    direction: Node,
    record_effective: RecordEffective,
) -> None:
    dim, order, _, nodes = case
    if dim == 1:
        direction = (ONE,)
    g = bump_adversary(SmoothClass(order, ONE), nodes, dim=dim)
    # The derivative at a point of a cube: s! times the coefficient of t^s of g(x + t u).
    local = [(x + 1) / 2 % 1 * 2 - 1 for x in place[:dim]]
    found = abs(derivative(order, tuple(local), direction)) * g.height * g.side**order
    assert found <= 1
    cube = next(iter(sorted(g.cubes)))
    point = [(2 * c + 1 + u) / Fraction(g.side) - 1 for c, u in zip(cube, local, strict=True)]
    assert g.at(point) == g.height * bump(order, local)
    target(float(found))
    record_effective(1)


@pytest.mark.parametrize(("dim", "order", "size"), [(1, 2, 1), (1, 5, 4), (2, 2, 2), (2, 3, 8)])
def test_one_node_in_each_of_half_of_the_cubes_attains_the_bound(
    dim: int, order: int, size: int
) -> None:
    side = cubes_per_axis(size, dim)
    assert side**dim == 2 * size
    nodes = midpoints(dim, side)[:size]
    g = bump_adversary(SmoothClass(order, ONE), nodes, dim=dim)
    bound = smooth_lower_bound(SmoothClass(order, ONE), dim=dim, size=size, parts=2)
    assert bound.value == g.grid_sum(2)  # so no larger constant is true for these cubes


def test_the_bound_is_the_formula_of_the_claim() -> None:
    # s = 2: c = 27/64 and B_2(b) = 6; d' = 3, so p = 6, and d = 6 l.
    functions = SmoothClass(2, Fraction(5), lipschitz=Fraction(2))
    bound = smooth_lower_bound(functions, dim=1, size=3, parts=4, half_side=Fraction(3))
    assert bound.value == 10 * 9 * Fraction(27, 64) * 24 / (2 * 6 * 6**2)
    # s = 1: c = 8/15 and B_1(b) = 8 / (3 sqrt 3), rounded up in the bound.
    value = smooth_lower_bound(SmoothClass(1, ONE), dim=1, size=1, parts=1).value
    squared = (Fraction(8, 15) * 2 / (2 * 2)) ** 2 * Fraction(27, 64)
    assert squared * (1 - Fraction(1, 2**50)) < value**2 <= squared


@given(case=cases(), factor=st.fractions(Fraction(1, 7), 7))
def test_a_change_of_unit_changes_nothing(
    case: tuple[int, int, int, list[Node]], factor: Fraction
) -> None:
    dim, order, parts, nodes = case
    functions = SmoothClass(order, ONE)
    before = smooth_lower_bound(functions, dim=dim, size=len(nodes), parts=parts)
    after = smooth_lower_bound(
        functions.scaled(factor), dim=dim, size=len(nodes), parts=parts, half_side=factor
    )
    assert before.value == after.value
    moved = [tuple(factor * x for x in node) for node in nodes]
    g = bump_adversary(functions, nodes, dim=dim)
    h = bump_adversary(functions.scaled(factor), moved, dim=dim, half_side=factor)
    assert (g.cubes, g.height) == (h.cubes, h.height)
    assert all(g.at(x) == h.at(y) for x, y in zip(nodes, moved, strict=True))


@pytest.mark.parametrize(
    ("numbers", "message"),
    [
        ({"size": 0}, "the number of nodes = 0"),
        ({"parts": 0}, "l = 0"),
        ({"dim": 0}, "the dimension = 0"),
        ({"half_side": Fraction(0)}, "R = 0"),
        ({"half_side": 0.5}, "type float"),
    ],
)
def test_bad_input_is_refused(numbers: dict[str, Any], message: str) -> None:
    given_numbers: dict[str, Any] = {"dim": 1, "size": 1, "parts": 1} | numbers
    with pytest.raises(HypothesisNotMet, match=message):
        smooth_lower_bound(SmoothClass(1, ONE), **given_numbers)


def functional(nodes: list[Fraction], weights: list[Fraction]) -> Functional:
    return Functional(tuple(nodes), tuple(weights))


def test_peano_constants_of_the_second_difference() -> None:
    # g(-1) - 2 g(0) + g(1): the kernel is a hat of area 1; the steps of g' add up to 2.
    difference = functional([Fraction(-1), Fraction(0), ONE], [ONE, Fraction(-2), ONE])
    assert smooth_worst_case(difference, 1).upper == 2
    assert smooth_worst_case(difference, 2).lower == smooth_worst_case(difference, 2).upper == 1
    with pytest.raises(HypothesisNotMet, match=r"L\(x\^2\) = 2; expected 0 for all degrees < 3"):
        smooth_worst_case(difference, 3)


@given(
    nodes=st.lists(st.fractions(-1, 1, max_denominator=12), min_size=5, max_size=8, unique=True),
    order=st.integers(1, 4),
    degree=st.integers(0, 6),
    data=st.data(),
)
def test_no_function_of_the_class_is_worse_than_the_kernel_says(
    nodes: list[Fraction],
    order: int,
    degree: int,
    data: st.DataObject,
    record_effective: RecordEffective,
) -> None:
    nodes = sorted(nodes)
    free = data.draw(
        st.lists(st.integers(-3, 3), min_size=len(nodes) - order, max_size=len(nodes) - order)
    )
    rule = functional(nodes, exact_up_to(nodes, [Fraction(w) for w in free], order))
    worst = smooth_worst_case(rule, order)
    assert worst.upper - worst.lower <= worst.upper / 10**20
    # (x - a)^(s + degree) divided by the maximum of its derivative of order s on [-1, 1].
    start = data.draw(st.fractions(-1, 1, max_denominator=3))
    power = order + degree
    steepest = factorial(power) // factorial(degree) * max(1 - start, 1 + start) ** degree
    pairs = zip(rule.nodes, rule.weights, strict=True)
    value = abs(sum((w * (x - start) ** power for x, w in pairs), Fraction(0))) / steepest
    assert value <= worst.upper
    if degree == 0 and is_one_signed(rule, order):
        assert value >= worst.lower  # then x^s is the worst
    if value:
        record_effective(1)
        target(float(value / worst.upper))


def exact_up_to(nodes: list[Fraction], free: list[Fraction], order: int) -> list[Fraction]:
    """Weights that are 0 on polynomials of degree < order: divided differences, combined."""
    out = [Fraction(0)] * len(nodes)
    for i, factor in enumerate(free):
        part = nodes[i : i + order + 1]
        for j, x in enumerate(part):
            product_of_gaps = Fraction(1)
            for y in part:
                product_of_gaps *= (x - y) if x != y else 1
            out[i + j] += factor / product_of_gaps
    return out


def is_one_signed(rule: Functional, order: int) -> bool:
    """One divided difference: a B-spline is its kernel, which has one sign."""
    return sum(w != 0 for w in rule.weights) == order + 1


def test_the_worst_case_is_that_of_a_spline_with_the_signs_of_the_kernel() -> None:
    # s = 1: g' = sign K, so the worst case is the sum of |steps| times lengths.
    rule = functional(
        [Fraction(0), Fraction(1), Fraction(3), Fraction(4)],
        [Fraction(1), Fraction(-2), Fraction(2), Fraction(-1)],
    )
    assert smooth_worst_case(rule, 1).upper == 1 * 1 + 1 * 2 + 1 * 1


def test_a_kernel_may_change_its_sign_between_nodes() -> None:
    # The difference of two third differences: K(t) = B(t + 1) - B(t - 1), B the quadratic
    # B-spline, is odd; its size has the integral 2 (integral of B over [-1, 1]) = 23/12.
    nodes = [Fraction(i, 2) for i in (-5, -3, -1, 1, 3, 5)]
    rule = functional(nodes, [Fraction(w) for w in (-1, 3, -2, -2, 3, -1)])
    found = smooth_worst_case(rule, 3)
    assert found.lower <= Fraction(23, 12) <= found.upper <= found.lower + Fraction(1, 10**30)
