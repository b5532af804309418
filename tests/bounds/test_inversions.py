"""Plans: never optimistic, the best there is, monotone, and they round trip."""

from fractions import Fraction
from math import comb
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ucomp_verify.bounds import (
    Cosine,
    HypothesisNotMet,
    PolydiscClass,
    PolyellipseClass,
    RidgeClass,
    Sigmoid,
    SmoothClass,
    error_for_nodes,
    grid_bound,
    grid_size_bound,
    nodes_for_error,
    polydisc_bound,
    polylog_size,
    ridge_bound,
    sigmoid_class,
    universal_bound,
    universal_cells_bound,
)
from ucomp_verify.bounds.families import AnyClass

ONE = Fraction(1)
EPS = Fraction(1, 10**8)
SIZES = st.fractions(Fraction(1, 20), 5, max_denominator=20)
DIMS = st.integers(1, 3)
ERRORS = st.integers(-5, 60).map(lambda j: Fraction(2) ** -j) | SIZES
MASSES = st.integers(0, 10**6).map(Fraction) | SIZES
POLYDISCS = st.builds(PolydiscClass, DIMS, SIZES, SIZES, SIZES, SIZES)
POLYELLIPSES = st.builds(PolyellipseClass, DIMS, SIZES.map(lambda x: 1 + x), SIZES, SIZES, SIZES)
RIDGES = st.builds(RidgeClass, st.sampled_from([Sigmoid(), Cosine()]), DIMS, SIZES, SIZES, SIZES)
CLASSES = st.one_of(POLYDISCS, POLYELLIPSES, RIDGES)
SMOOTH = st.builds(SmoothClass, st.integers(1, 6), SIZES, SIZES)


def test_the_sigmoid_class_on_the_square() -> None:
    """All sigmoid(<x, w> + b) with |x|_1 <= 1 at once."""
    plan = nodes_for_error(sigmoid_class(2), mass=Fraction(10**6), error=EPS)
    assert plan.bound.value <= EPS
    assert 150 <= plan.nodes == comb(plan.degree + 2, 2) <= 210
    assert plan.side == 1
    one_less = ridge_bound(sigmoid_class(2), mass=Fraction(10**6), side=1, degree=plan.degree - 1)
    assert one_less.value > EPS


def test_the_polyellipse_of_the_sigmoid_needs_more() -> None:
    ridges = sigmoid_class(2)
    task: dict[str, Any] = {"mass": Fraction(10**6), "error": EPS}
    best = min(
        nodes_for_error(ridges.polyellipse(ridges.widest_rho(Fraction(b, 20))), **task).nodes
        for b in range(50, 63)
    )
    assert nodes_for_error(ridges, **task).nodes < best <= 300


@given(functions=CLASSES, mass=MASSES, error=ERRORS)
def test_plans_keep_their_promise_and_round_trip(
    functions: AnyClass, mass: Fraction, error: Fraction
) -> None:
    plan = nodes_for_error(functions, mass=mass, error=error)
    assert plan.bound.value <= error
    assert plan.nodes == plan.side**plan.dim * comb(plan.dim + plan.degree, plan.dim)
    again = error_for_nodes(functions, mass=mass, size=plan.nodes)
    assert again.nodes <= plan.nodes and again.bound.value <= error
    if plan.nodes > 1:
        fewer = error_for_nodes(functions, mass=mass, size=plan.nodes - 1)
        assert fewer.bound.value > error


@settings(max_examples=25)
@given(functions=POLYDISCS, mass=MASSES, error=ERRORS)
def test_no_pair_of_cells_and_degree_is_better(
    functions: PolydiscClass, mass: Fraction, error: Fraction
) -> None:
    plan = nodes_for_error(functions, mass=mass, error=error)
    if plan.nodes > 3000:
        return
    for side in range(1, plan.nodes + 1):
        if side**functions.dim >= plan.nodes:
            break
        degree = 0
        while side**functions.dim * comb(functions.dim + degree, degree) < plan.nodes:
            degree += 1
        if degree:
            at: dict[str, Any] = {"mass": mass, "side": side, "degree": degree - 1}
            assert universal_cells_bound(functions, **at).value > error
            if functions.half_side < side * functions.radius:
                assert polydisc_bound(functions, **at).value > error


@settings(max_examples=20)
@given(functions=CLASSES, mass=MASSES, size=st.integers(1, 300))
def test_no_degree_has_a_smaller_bound_for_the_size(
    functions: AnyClass, mass: Fraction, size: int
) -> None:
    plan = error_for_nodes(functions, mass=mass, size=size)
    assert plan.nodes <= size
    for degree in range(30):
        for side in range(1, 20):
            if side**plan.dim * comb(plan.dim + degree, degree) > size:
                break
            if isinstance(functions, PolydiscClass):
                at: dict[str, Any] = {"mass": mass, "side": side, "degree": degree}
                assert plan.bound.value <= universal_cells_bound(functions, **at).value
            elif isinstance(functions, RidgeClass):
                other = ridge_bound(functions, mass=mass, side=side, degree=degree)
                assert plan.bound.value <= other.value
            elif isinstance(functions, PolyellipseClass) and side == 1:
                other = universal_bound(functions, mass=mass, degree=degree)
                assert plan.bound.value <= other.value


@settings(max_examples=25)
@given(functions=CLASSES, mass=MASSES, error=ERRORS, more=SIZES, size=st.integers(1, 10**6))
def test_plans_are_monotone(
    functions: AnyClass, mass: Fraction, error: Fraction, more: Fraction, size: int
) -> None:
    nodes = nodes_for_error(functions, mass=mass, error=error).nodes
    assert nodes_for_error(functions, mass=mass, error=error + more).nodes <= nodes
    assert nodes_for_error(functions, mass=mass + more, error=error).nodes >= nodes
    value = error_for_nodes(functions, mass=mass, size=size).bound.value
    assert error_for_nodes(functions, mass=mass, size=size + 7).bound.value <= value
    assert error_for_nodes(functions, mass=mass + more, size=size).bound.value >= value


@settings(max_examples=25)
@given(functions=POLYDISCS, mass=MASSES, error=ERRORS)
def test_the_closed_form_never_needs_fewer(
    functions: PolydiscClass, mass: Fraction, error: Fraction
) -> None:
    plan = nodes_for_error(functions, mass=mass, error=error)
    assert plan.nodes <= polylog_size(functions, mass=mass, error=error)


@given(functions=SMOOTH, dim=DIMS, half_side=SIZES, mass=MASSES, error=ERRORS)
def test_plans_for_smooth_classes_take_the_fewest_cells(
    functions: SmoothClass, dim: int, half_side: Fraction, mass: Fraction, error: Fraction
) -> None:
    where: dict[str, Any] = {"dim": dim, "half_side": half_side, "mass": mass}
    plan = nodes_for_error(functions, error=error, **where)
    assert plan.theorem == "T4b" and plan.degree == functions.order - 1
    assert plan.bound == grid_bound(functions, side=plan.side, **where)
    assert plan.bound.value <= error
    if plan.side > 1:
        assert grid_bound(functions, side=plan.side - 1, **where).value > error
    again = error_for_nodes(functions, size=plan.nodes, **where)
    assert again.side == plan.side
    assert again.bound.value <= grid_size_bound(functions, size=plan.nodes, **where).value


@settings(max_examples=25)
@given(functions=POLYDISCS, factor=SIZES, mass=MASSES, error=ERRORS)
def test_a_change_of_unit_changes_no_plan(
    functions: PolydiscClass, factor: Fraction, mass: Fraction, error: Fraction
) -> None:
    before = nodes_for_error(functions, mass=mass, error=error)
    after = nodes_for_error(functions.scaled(factor), mass=mass, error=error)
    assert (before.side, before.degree, before.nodes) == (after.side, after.degree, after.nodes)


def test_of_several_classes_the_best_is_taken() -> None:
    disc = PolydiscClass(2, ONE, ONE, ONE)
    ellipse = PolyellipseClass(2, Fraction(4), Fraction(2))
    task: dict[str, Any] = {"mass": Fraction(100), "error": EPS}
    both = nodes_for_error([disc, ellipse], **task)
    assert both.nodes == min(nodes_for_error(c, **task).nodes for c in (disc, ellipse))


@pytest.mark.parametrize(
    "functions",
    [
        PolydiscClass(2, ONE, ONE, Fraction(0)),
        PolydiscClass(2, ONE, ONE, ONE, Fraction(0)),
        PolydiscClass(2, Fraction(0), ONE, ONE),
        PolyellipseClass(2, Fraction(2), ONE, half_side=Fraction(0)),
        PolyellipseClass(2, Fraction(2), Fraction(0)),
        RidgeClass(Sigmoid(), 2, Fraction(0)),
    ],
)
def test_nothing_to_err_in_takes_one_node(functions: AnyClass) -> None:
    plan = nodes_for_error(functions, mass=Fraction(10**9), error=EPS)
    assert (plan.nodes, plan.bound.value) == (1, 0)
    assert error_for_nodes(functions, mass=ONE, size=10**9).bound.value == 0


def test_no_mass_takes_one_node() -> None:
    plan = nodes_for_error(PolydiscClass(2, ONE, EPS, ONE), mass=Fraction(0), error=EPS)
    assert (plan.nodes, plan.bound.value) == (1, 0)


@pytest.mark.parametrize("power", [300, 3000, 150_000])
def test_tiny_errors_are_quick(power: int) -> None:
    error = Fraction(1, 10**power)
    functions = PolydiscClass(2, ONE, ONE / 3, ONE)
    plan = nodes_for_error(functions, mass=Fraction(10**6), error=error)
    assert plan.bound.value <= error


def test_small_radii_are_quick() -> None:
    functions = PolydiscClass(1, Fraction(10**6), ONE, ONE)
    plan = nodes_for_error(functions, mass=Fraction(10**6), error=EPS)
    assert plan.bound.value <= EPS and plan.side > 10**5
    again = error_for_nodes(functions, mass=Fraction(10**6), size=plan.nodes)
    assert again.bound.value <= EPS
    thin = PolyellipseClass(2, Fraction(1 + 2.0**-30), ONE)
    assert nodes_for_error(thin, mass=ONE, error=EPS).bound.value <= EPS


def test_huge_sizes_are_quick() -> None:
    functions = PolydiscClass(1, ONE, ONE, ONE)
    assert 0 < error_for_nodes(functions, mass=ONE, size=10**18).bound.value < EPS


@pytest.mark.parametrize(
    ("change", "text"),
    [
        ({"error": Fraction(0)}, "plan: found eps = 0; expected at least 2"),
        ({"error": Fraction(-1)}, "plan: found the error = -1; expected a number >= 0"),
        ({"error": 1e-8}, "1e-08 of type float; expected a Fraction or an int"),
        ({"mass": Fraction(-1)}, "found the mass = -1; expected a number >= 0"),
        ({"mass": 10.0}, "found the mass = 10.0 of type float"),
        ({"dim": 3}, "plan: found dim = 3; expected that of the class, 2"),
        ({"half_side": Fraction(2)}, "plan: found half_side = 2; expected that of the class, 1"),
        ({"functions": []}, "plan: found no class; expected at least one class"),
        ({"functions": SmoothClass(2, ONE)}, "T4b: found dim = None and half_side = None"),
    ],
)
def test_bad_input_is_refused(change: dict[str, Any], text: str) -> None:
    task: dict[str, Any] = {"functions": PolydiscClass(2, ONE, ONE, ONE), "mass": ONE}
    every: dict[str, Any] = {**task, "error": EPS, **change}
    with pytest.raises(HypothesisNotMet, match=text):
        nodes_for_error(**every)


def test_too_few_nodes_are_refused() -> None:
    with pytest.raises(HypothesisNotMet, match="plan: found d' = 5; expected at least 6"):
        error_for_nodes(SmoothClass(3, ONE), mass=ONE, size=5, dim=2, half_side=ONE)
    with pytest.raises(HypothesisNotMet, match="plan: found d' = 0; expected an integer >= 1"):
        error_for_nodes(PolydiscClass(2, ONE, ONE, ONE), mass=ONE, size=0)
