"""The public strategies give what they say, and reach the degenerate cases."""

from collections.abc import Callable
from fractions import Fraction
from math import factorial
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from flint import arb, arb_series
from hypothesis import Phase, find, given, settings
from hypothesis import strategies as st

from tests.measures.exactly import monomial_rank
from ucomp_verify.algebra import num_monomials
from ucomp_verify.bounds.classes import PolydiscClass, PolyellipseClass, SmoothClass
from ucomp_verify.functions import Function, range_on
from ucomp_verify.functions.expressions import Elementary, Power, Product, Reciprocal, Sum
from ucomp_verify.functions.ridges import affine_of, ridge_of
from ucomp_verify.functions.series import series_length
from ucomp_verify.measures import AtomicMeasure, FloatMeasure, exact_measure
from ucomp_verify.strategies import (
    ClassMember,
    RationalRidge,
    degrees,
    exact_measures,
    float_measures,
    float_points,
    function_classes,
    functions,
    polynomials,
    rational_functions,
    rational_ridges,
    ridges,
    sizes,
    unisolvent_nodes,
)

SEARCH = settings(
    max_examples=3000, database=None, derandomize=True, phases=[Phase.generate]
)  # no shrinking


@given(measure=exact_measures(max_dim=2, max_nodes=5))
def test_measures_keep_to_their_bounds(measure: AtomicMeasure) -> None:
    assert 1 <= measure.dim <= 2 and 1 <= len(measure.nodes) <= 5
    assert measure.total_mass > 0


@given(measure=exact_measures(zero_weights=False))
def test_zero_weights_can_be_excluded(measure: AtomicMeasure) -> None:
    assert min(measure.weights) > 0


@given(points=float_points(max_dim=2, max_nodes=5, magnitude=10))
def test_points_keep_to_their_bounds(points: npt.NDArray[np.float64]) -> None:
    assert points.dtype == np.float64 and 1 <= len(points) <= 5 and points.shape[1] in (1, 2)
    assert np.abs(points).max() <= 10
    assert exact_measure(points).total_mass == len(points)


@given(degree=degrees(max_degree=2))
def test_degrees_keep_to_their_bounds(degree: int) -> None:
    assert 0 <= degree <= 2


def spans_a_line(measure: AtomicMeasure) -> bool:
    distinct = set(measure.nodes)
    return measure.dim == 3 and len(distinct) > 3 and monomial_rank(distinct, 1) == 2


KINDS: dict[str, Callable[[AtomicMeasure], bool]] = {
    "one node": lambda m: len(m.nodes) == 1,
    "repeated nodes": lambda m: len(m.nodes) > 5 > len(set(m.nodes)) > 1,
    "a node of weight 0": lambda m: 0 in m.weights,
    "on a line in space": spans_a_line,
    "on a parabola": lambda m: (
        m.dim == 2 and len(set(m.nodes)) > 6 and monomial_rank(set(m.nodes), 2) == 5
    ),
    "in general position": lambda m: m.dim == 2 and monomial_rank(set(m.nodes), 2) == 6,
    "more nodes than monomials": lambda m: len(m.support) > 10,
    "weights of very different sizes": lambda m: (
        max(m.weights) > 10**15 * min(w for w in m.weights if w)
    ),
}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_measure_is_found(kind: str) -> None:
    found = find(exact_measures(), KINDS[kind], settings=SEARCH)
    assert KINDS[kind](found)


def test_points_with_repeated_rows_are_found() -> None:
    def repeated(points: npt.NDArray[Any]) -> bool:
        return len(points) > 2 and len(np.unique(points, axis=0)) < len(points)

    assert repeated(find(float_points(), repeated, settings=SEARCH))


@given(measure=float_measures(max_dim=2, max_nodes=5))
def test_float_measures_keep_to_their_bounds(measure: FloatMeasure) -> None:
    assert 1 <= len(measure) <= 5 and measure.dim in (1, 2)
    assert measure.total_mass > 0


@given(measure=float_measures(zero_weights=False))
def test_zero_weights_of_float_measures_can_be_excluded(measure: FloatMeasure) -> None:
    assert measure.weights is None or measure.weights.min() > 0


def rank(measure: FloatMeasure, degree: int) -> int:
    return monomial_rank(set(measure.exact().nodes), degree)


FLOAT_KINDS: dict[str, Callable[[FloatMeasure], bool]] = {
    "weights of 1": lambda m: m.weights is None,
    "a node of weight 0": lambda m: m.weights is not None and not m.weights.all(),
    "exactly on a line": lambda m: m.dim == 3 and len(m) > 9 and rank(m, 1) == 2,
    "on a circle up to rounding": lambda m: (
        m.dim == 2 and len(m) > 9 and bool(np.allclose(np.hypot(*m.nodes.T), 1)) and rank(m, 2) == 6
    ),
    "far off and close together": lambda m: len(m) > 3 and m.nodes.min() > 9e5,
    "two clusters": lambda m: len(m) > 3 and float(np.ptp(m.nodes)) > 900,
    "repeated nodes": lambda m: len(m) > 9 and len(np.unique(m.nodes, axis=0)) < len(m) / 2,
}


@pytest.mark.parametrize("kind", FLOAT_KINDS)
def test_every_kind_of_float_measure_is_found(kind: str) -> None:
    found = find(float_measures(), FLOAT_KINDS[kind], settings=SEARCH)
    assert FLOAT_KINDS[kind](found)


@pytest.mark.parametrize(("dim", "degree"), [(1, 4), (2, 3), (3, 2)])
def test_unisolvent_nodes_have_full_rank(dim: int, degree: int) -> None:
    @given(nodes=unisolvent_nodes(dim, degree))
    def check(nodes: list[Any]) -> None:
        assert len(nodes) == num_monomials(dim, degree) == monomial_rank(nodes, degree)

    check()


@given(size=sizes(2, 2, max_factor=2))
def test_sizes_can_be_attained(size: int) -> None:
    assert 6 <= size <= 12


SIDE = Fraction(3, 2)


@given(function=functions(2, half_side=SIDE))
def test_functions_are_analytic_on_the_cube(function: Function) -> None:
    low, high = range_on(function, [(-SIDE, SIDE)] * 2, work=300)
    assert low <= high and function.dim <= 2


@given(function=ridges(3, half_side=SIDE))
def test_ridges_are_functions_of_one_form(function: Function) -> None:
    assert ridge_of(function) is not None
    corner = [SIDE, -SIDE, SIDE]
    assert function.enclose(corner).is_finite()


@given(function=rational_functions(2) | polynomials(2))
def test_rational_functions_have_exact_values(function: Function) -> None:
    assert isinstance(function.at([Fraction(1), Fraction(-1, 3)]), Fraction)


def kinds_within(function: Function) -> set[type[Function]]:
    return {type(function)}.union(*(kinds_within(part) for part in function.parts))


FUNCTION_KINDS: dict[str, Callable[[Function], bool]] = {
    "rational with a pole": lambda f: Reciprocal in kinds_within(f),
    "a polynomial": lambda f: (
        kinds_within(f) > {Sum, Product, Power} and not kinds_within(f) & {Reciprocal, Elementary}
    ),
    "elementary, of a ridge": lambda f: (
        isinstance(f, Elementary) and affine_of(f.inner) is not None
    ),
    "elementary, of no ridge": lambda f: (
        isinstance(f, Elementary) and f.dim == 2 and ridge_of(f) is None
    ),
    "log": lambda f: isinstance(f, Elementary) and f.name == "log",
    "a sum of two kinds": lambda f: (
        isinstance(f, Sum) and kinds_within(f) > {Reciprocal, Elementary}
    ),
    "a product of two kinds": lambda f: (
        isinstance(f, Product)
        and kinds_within(f.parts[0]) != kinds_within(f.parts[1])
        and Elementary in kinds_within(f)
    ),
}


@pytest.mark.parametrize("kind", FUNCTION_KINDS)
def test_every_kind_of_function_is_found(kind: str) -> None:
    found = find(functions(2), FUNCTION_KINDS[kind], settings=SEARCH)
    assert FUNCTION_KINDS[kind](found)


def test_functions_shrink_to_simple_ones() -> None:
    def elementary(function: Function) -> bool:
        return isinstance(function, Elementary) and function.dim > 0

    whole = settings(database=None, derandomize=True)
    assert str(find(functions(2), lambda _: True, settings=whole)) == "1/(2 - x1)"
    assert str(find(functions(2), elementary, settings=whole)) in (
        "exp(x1)",
        "exp(x1 + 0)",
        "log(2 - x1)",
    )


@given(ridge=rational_ridges(2, half_side=SIDE), order=st.integers(0, 6))
def test_constants_of_rational_ridges_are_attained(ridge: RationalRidge, order: int) -> None:
    corner = [SIDE if s > 0 else -SIDE for s in ridge.slopes]
    assert abs(ridge.function.at(corner)) == ridge.size(SIDE) > 0
    seen = along(ridge.function, corner, list(ridge.slopes), order)
    exact = ridge.derivative(order, SIDE)
    assert abs(seen / float(exact) - 1) < 1e-12


def along(
    function: Function, point: list[Fraction], direction: list[Fraction], order: int
) -> float:
    """|D^order g(point)[u, ..., u]| for u of length 1 along the direction."""
    length = float(sum(v**2 for v in direction)) ** 0.5
    with series_length(order + 1):
        pairs = zip(point, direction, strict=True)
        lines = [arb_series([arb(float(x)), arb(float(v) / length)]) for x, v in pairs]
        coefficient: arb = function.of(lines)[order]
        return factorial(order) * abs(float(coefficient.mid()))


@given(
    member=function_classes(),
    shares=st.lists(st.integers(-8, 8).map(lambda n: Fraction(n, 8)), min_size=6, max_size=6),
)
def test_members_belong_to_their_classes(member: ClassMember, shares: list[Fraction]) -> None:
    functions, side, dim = member.functions, member.half_side, member.dim
    place, direction = shares[:dim], shares[3 : 3 + dim]
    if isinstance(functions, SmoothClass):
        if any(direction):
            point = [side * s for s in place]
            seen = along(member.function, point, direction, functions.order)
            assert seen <= float(functions.derivative) * (1 + 1e-9)
        return
    assert functions.dim == dim and functions.half_side == side
    reach = (
        side + functions.radius
        if isinstance(functions, PolydiscClass)
        else side * (functions.rho + 1 / functions.rho) / 2
    )
    for factor in (1, -1):
        assert abs(member.function.at([factor * reach * s for s in place])) <= functions.bound
    corners = [[reach * (-1) ** (n >> i) for i in range(dim)] for n in range(2**dim)]
    largest = max(abs(member.function.at(corner)) for corner in corners)
    assert largest <= functions.bound
    if isinstance(member.function, Reciprocal):  # one rational ridge attains its constant
        assert largest == functions.bound


@pytest.mark.parametrize("kind", [SmoothClass, PolydiscClass, PolyellipseClass])
@pytest.mark.parametrize("dim", [1, 2, 3])
def test_every_kind_of_class_is_found(kind: type, dim: int) -> None:
    def wanted(member: ClassMember) -> bool:
        return isinstance(member.functions, kind) and member.dim == dim

    assert wanted(find(function_classes(), wanted, settings=SEARCH))
