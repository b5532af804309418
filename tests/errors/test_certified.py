"""Certified bounds of errors: none is exceeded, and less would be wrong."""

from dataclasses import replace
from fractions import Fraction
from math import e
from typing import Any

import numpy as np
import pytest

from tests.errors.formulas import FORMULAS, measure_of, rules_of
from ucomp_verify.bounds import (
    Bound,
    Cosine,
    HypothesisNotMet,
    PolyellipseClass,
    RidgeClass,
    Sigmoid,
    Tanh,
    nodes_for_error,
    sigmoid_class,
)
from ucomp_verify.caratheodory import reduce_measure
from ucomp_verify.caratheodory.reduction import Arithmetic
from ucomp_verify.compressors.cells import Cells
from ucomp_verify.errors.boxes import Box
from ucomp_verify.errors.certified import (
    Posterior,
    expanded_bound,
    least_bound,
    line_bound,
    plain_bound,
    posterior_bound,
)
from ucomp_verify.errors.certified_result import CertifiedError, certified_error, compression_error
from ucomp_verify.errors.certified_values import enclosed_error
from ucomp_verify.errors.expansions import ExponentialClass, decay_on
from ucomp_verify.errors.known_classes import classes_that_hold
from ucomp_verify.errors.mismatch import chebyshev_mismatch
from ucomp_verify.findings import Enclosure
from ucomp_verify.functions import Function, parse_function
from ucomp_verify.measures import FloatMeasure
from ucomp_verify.measures.rules import Rule

EPS = Fraction(1, 10**6)


@pytest.mark.parametrize(("text", "functions"), FORMULAS)
def test_no_error_exceeds_the_bound(text: str, functions: Any) -> None:
    measure = measure_of(0, 40)
    g = parse_function(text, 2)
    for rule in rules_of(measure):
        error = enclosed_error(g, measure, rule)
        found = posterior_bound(measure, rule, functions, degree=4)
        assert 0 < error.lower <= error.upper <= found.bound.value
        low = posterior_bound(measure, rule, functions, degree=4, order=4).bound
        assert error.upper <= low.value
    rule = Rule((3, 5, 3), (Fraction(90), Fraction(-30), Fraction(1, 3)))
    error = enclosed_error(g, measure, rule)
    for data in (measure, measure.exact()):
        assert error.upper <= posterior_bound(data, rule, g, degree=4, order=8).bound.value


@pytest.mark.parametrize(("text", "functions"), FORMULAS)
def test_no_error_exceeds_the_bound_by_cells(text: str, functions: Any) -> None:
    measure = measure_of(4, 150)
    g = parse_function(text, 2)
    after = Cells(arithmetic=Arithmetic.EXACT).compress(measure, degree=2, size=60)
    assert len(after.cells) > 5
    error = enclosed_error(g, measure, after.rule)
    for known in (functions, g):
        certified = compression_error(after, known)
        assert 0 < error.upper <= certified.bound.value <= certified.prior.value
        total = sum(share.bound for share in certified.shares)
        assert total <= certified.bound.value <= total * Fraction(1001, 1000)
        assert len(certified.shares) == len(after.cells)


@pytest.mark.parametrize(("text", "functions"), FORMULAS)
def test_each_way_to_bound_holds(text: str, functions: Any) -> None:
    measure, g = measure_of(7, 40), parse_function(text, 2)
    for rule in rules_of(measure):
        error = enclosed_error(g, measure, rule).upper
        found = chebyshev_mismatch(measure, rule, 6, box=Box.cube(2, Fraction(1)))
        for decay in (decay_on(functions, found.box), decay_on(g, found.box)):
            ways = [expanded_bound(found, decay), plain_bound(found, decay)]
            ways += [line_bound(found, decay, k) for k in (1, 4) if decay.ridges]
            assert all(way >= error for way in ways)
            assert least_bound(found, decay, 4) == min(way for way in ways)


def test_nearly_equal_moments_cost_little_more_than_the_promise() -> None:
    """In dimension 4, where the sums over all multi-indices are far larger."""
    measure = FloatMeasure(np.random.default_rng(1).uniform(-1, 1, (200, 4)))
    rule = reduce_measure(measure, 3).rule
    rounded = Rule(rule.indices, tuple(Fraction(float(w)) for w in rule.weights))
    found = posterior_bound(measure, rounded, sigmoid_class(4), degree=3)
    assert found.defect > 0
    assert found.bound.value <= found.prior.value * (1 + Fraction(1, 10**9))
    wild = posterior_bound(measure, rounded, sigmoid_class(4, slope=Fraction(100)), degree=3)
    assert wild.bound.value < 400 < wild.prior.value


def test_half_the_bound_would_be_wrong() -> None:
    """g = c T_1 with |g| = 1 on the ellipse, on the masses 1 in 1 and in -1."""
    rho = Fraction(50)
    ends = FloatMeasure(np.array([[1.0], [-1.0]]), np.array([1.0, 0.0]))
    rule = Rule((1,), (Fraction(1),))
    bound = posterior_bound(ends, rule, PolyellipseClass(1, rho, Fraction(1)), degree=0).bound
    error = 2 * 2 / (rho + 1 / rho)
    assert error <= bound.value < error * Fraction(101, 100)


def test_a_bound_without_the_factor_two_for_each_axis_would_be_wrong() -> None:
    rho = Fraction(50)
    corners = FloatMeasure(np.array([[1.0, 1.0], [-1.0, 1.0], [-1.0, -1.0], [1.0, -1.0]]))
    data = FloatMeasure(corners.nodes, np.array([1.0, 0.0, 1.0, 0.0]))
    rule = Rule((1, 3), (Fraction(1), Fraction(1)))
    bound = posterior_bound(data, rule, PolyellipseClass(2, rho, Fraction(1)), degree=1).bound
    error = 4 * (2 / (rho + 1 / rho)) ** 2  # of T_1(x) T_1(y), which is 1 and -1 there
    assert error <= bound.value < error * Fraction(101, 100)


def test_constants_count_where_masses_differ() -> None:
    point, rule = FloatMeasure(np.array([[0.5]])), Rule((0,), (Fraction(3, 4),))
    for phi in (Sigmoid(), Tanh(), Cosine()):
        bound = posterior_bound(point, rule, RidgeClass(phi, 1), degree=2).bound
        assert Fraction(1, 4) <= bound.value < Fraction(26, 100)
    bound = posterior_bound(point, rule, PolyellipseClass(1, Fraction(2), Fraction(7)), degree=2)
    assert bound.bound.value >= Fraction(7, 4)
    grows = posterior_bound(point, rule, ExponentialClass(Fraction(2)), degree=2).bound
    assert float(grows.value) == pytest.approx(e / 4, rel=1e-9)


def test_a_little_wrong_is_seen() -> None:
    rng = np.random.default_rng(9)
    measure = FloatMeasure(rng.uniform(-1, 1, (300, 2)))
    rule = reduce_measure(measure, 12).rule
    good = posterior_bound(measure, rule, sigmoid_class(2), degree=12)
    place = max(range(len(rule.weights)), key=lambda i: rule.weights[i])
    heavy = list(rule.weights)
    heavy[place] *= 1 + Fraction(1, 10**9)
    worse = posterior_bound(measure, Rule(rule.indices, tuple(heavy)), sigmoid_class(2), degree=12)
    added = heavy[place] / (10**9 + 1)
    assert good.bound.value < EPS
    assert worse.bound.value > good.bound.value + added
    assert good.defect < Fraction(1, 10**20) < worse.defect
    others = [i for i in range(300) if i not in rule.indices]
    moved = Rule((others[0], *rule.indices[1:]), rule.weights)
    assert posterior_bound(measure, moved, sigmoid_class(2), degree=12).bound.value > 1000 * EPS


def test_it_is_sharper_than_the_promise() -> None:
    measure = FloatMeasure(np.random.default_rng(1).uniform(-1, 1, (500, 2)))
    after = reduce_measure(measure, 8)
    found = compression_error(after, sigmoid_class(2))
    promise = nodes_for_error(sigmoid_class(2), mass=Fraction(500), error=2 * found.prior.value)
    assert promise.degree == 8
    assert found.bound.value < found.prior.value
    assert found.prior.value < 2 * promise.bound.value


def test_weights_in_balls_are_taken_as_their_midpoints() -> None:
    measure = FloatMeasure(np.random.default_rng(1).uniform(-1, 1, (500, 2)))
    exact, balls = (
        compression_error(reduce_measure(measure, 6, arithmetic=kind), sigmoid_class(2))
        for kind in (Arithmetic.EXACT, Arithmetic.BALLS)
    )
    assert balls.bound.value == pytest.approx(exact.bound.value)
    floats = reduce_measure(measure, 6, arithmetic=Arithmetic.FLOAT)
    rounded = compression_error(floats, sigmoid_class(2))
    assert rounded.posterior.defect > balls.posterior.defect
    assert rounded.bound.value == pytest.approx(exact.bound.value, rel=1e-3)


def test_the_worst_cell_is_named() -> None:
    measure = measure_of(2, 400)
    after = Cells(arithmetic=Arithmetic.EXACT).compress(measure, degree=2, size=120)
    weights = list(after.rule.weights)
    weights[40] += Fraction(1)
    rule, cells = Rule(after.indices, tuple(weights)), after.cells
    found = certified_error(measure, rule, sigmoid_class(2), degree=2, cells=cells)
    assert after.indices[40] in cells[found.shares[0].place]
    assert found.shares[0].bound > 10 * found.shares[1].bound
    assert found.bound.value > 1


def certain(bound: Fraction, lower: Fraction | None = None, upper: Fraction | None = None) -> Any:
    posterior = Posterior(Bound(bound, "E3", "x", ()), Bound(bound, "T7d", "x", ()), 1, bound)
    if lower is None or upper is None:
        return CertifiedError(posterior)
    return CertifiedError(posterior, Enclosure(lower, upper, 9))


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (certain(Fraction(1)), True),
        (certain(Fraction(2)), None),
        (certain(Fraction(2), Fraction(0), Fraction(1)), True),
        (certain(Fraction(2), Fraction(1), Fraction(2)), None),
        (certain(Fraction(4), Fraction(3), Fraction(4)), False),
    ],
)
def test_the_verdict(found: CertifiedError, expected: bool | None) -> None:
    assert found.within(Fraction(1)) is expected


def test_floats_are_no_limits() -> None:
    wrong: Any = 0.5
    with pytest.raises(HypothesisNotMet, match="of type float; expected a Fraction"):
        certain(Fraction(1)).within(wrong)


@pytest.mark.parametrize("text", ["2", "x1", "x1**2 + x1 - 1", "sigmoid(x1)"])
def test_polynomials_and_constants_need_no_special_case(text: str) -> None:
    measure = measure_of(1)
    matched, *_, unmatched = rules_of(measure)
    g: Function = parse_function(text, 2)
    for rule in (matched, unmatched):
        error = enclosed_error(g, measure, rule)
        found = posterior_bound(measure.exact(), rule, g, degree=4)
        assert error.upper <= found.bound.value
    if text != "sigmoid(x1)":
        assert enclosed_error(g, measure, matched).upper == 0


def test_one_node_and_cells_of_one_node() -> None:
    measure = FloatMeasure(np.array([[1.0, 2.0], [3.0, 4.0]]))
    rule = Rule((0, 1), (Fraction(1), Fraction(1)))
    cells = (np.array([0]), np.array([1]))
    for known in (sigmoid_class(2), ExponentialClass(), parse_function("x1*x2", 2)):
        found = posterior_bound(measure.exact(), rule, known, degree=0, cells=cells)
        assert found.bound.value == 0


def test_expanded_bound_grows_with_what_it_is_made_of() -> None:
    measure = measure_of(0)
    found = chebyshev_mismatch(measure, rules_of(measure)[1], 5)
    small, large = (decay_on(sigmoid_class(2, slope=Fraction(s)), found.box) for s in (1, 2))
    assert expanded_bound(found, small) < expanded_bound(found, large)
    wide = replace(found, radius=found.radius + Fraction(1, 10))
    assert expanded_bound(wide, small) > expanded_bound(found, small) + Fraction(1, 10)


def test_classes_that_hold_a_function_promise_no_less_than_it_needs() -> None:
    for functions in (parse_function("1/(8 - x1 - x2)", 2), ExponentialClass(), sigmoid_class(2)):
        classes = classes_that_hold(functions, 2, Fraction(1))
        plan = nodes_for_error(classes, mass=Fraction(100), error=Fraction(1, 10))
        measure = FloatMeasure(np.random.default_rng(3).uniform(-1, 1, (100, 2)))
        found = certified_error(
            measure, reduce_measure(measure, plan.degree).rule, functions, degree=plan.degree
        )
        assert plan.side == 1
        assert plan.nodes < 100 and found.upper <= Fraction(1, 10)


def test_a_lipschitz_constant_counts_in_every_class_that_holds() -> None:
    for functions in (ExponentialClass(), sigmoid_class(1)):
        steep = replace(functions, lipschitz=Fraction(1000))
        known = classes_that_hold(steep, 1, Fraction(1))
        assert known and {c.lipschitz for c in known} == {Fraction(1000)}


def test_what_is_beyond_the_order_counts_for_both_measures() -> None:
    measure = measure_of(0)
    found = chebyshev_mismatch(measure, rules_of(measure)[1], 3)
    decay = decay_on(sigmoid_class(2), found.box)
    before = expanded_bound(found, decay)
    for larger in (
        replace(found, mass=found.mass + 9),
        replace(found, kept_mass=found.kept_mass + 9),
    ):
        assert expanded_bound(larger, decay) >= before + 8 * decay.tail(3) > before
