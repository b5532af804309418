"""What the check of other people's rules must accept, and what it must refuse."""

from decimal import Decimal
from fractions import Fraction
from importlib import import_module
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ucomp_verify.cubature import (
    InvalidCubature,
    WrongCubatureRule,
    check_cubature_rule,
    cubature,
    rounded_down,
    rounded_up,
)

MPMATH: Any = import_module("mpmath")  # mpmath ships no types


def _square(size: int) -> tuple[Any, Any]:
    x, w = np.polynomial.legendre.leggauss(size)
    nodes = np.array([(a, b) for a in x for b in x])
    return nodes, np.outer(w, w).ravel()


@pytest.mark.parametrize("size", [1, 3, 8])
def test_products_of_gauss_rules_are_right(size: int) -> None:
    nodes, weights = _square(size)
    report = check_cubature_rule(nodes, weights, "cube", 2 * size - 1)
    report.raise_if_wrong()
    assert report.is_right
    assert report.found_degree == 2 * size - 1
    assert not report.boundary
    assert report.residual_bound < Fraction(1, 10**13)


@pytest.mark.parametrize(
    ("name", "rule", "factor"),
    [
        ("laguerre", np.polynomial.laguerre.laggauss, 1),
        ("gaussian", np.polynomial.hermite_e.hermegauss, 1 / np.sqrt(2 * np.pi)),
        ("chebyshev1", np.polynomial.chebyshev.chebgauss, 1),
    ],
)
def test_rules_for_other_weights(name: str, rule: Any, factor: float) -> None:
    nodes, weights = rule(5)
    report = check_cubature_rule(nodes, weights * factor, name, 9)
    assert report.is_right
    assert report.found_degree == 9


def test_a_wrong_weight_names_the_first_moment() -> None:
    nodes, weights = _square(3)
    weights[4] += 1e-6
    report = check_cubature_rule(nodes, weights, "cube", 5)
    failing = report.first_failing
    assert report.found_degree == -1
    assert failing is not None
    assert failing.alpha == (0, 0)
    assert Fraction(24, 10**8) < failing.low <= failing.high < Fraction(26, 10**8)
    with pytest.raises(WrongCubatureRule, match=r"moment \(0, 0\) is 4\.000001.*expected 4"):
        report.raise_if_wrong()


def test_a_moved_node_fails_at_the_first_order() -> None:
    nodes, weights = _square(3)
    nodes[0, 1] += 1e-3
    report = check_cubature_rule(nodes, weights, "cube", 5)
    assert report.found_degree == 0
    with pytest.raises(WrongCubatureRule, match=r"moment \(0, 1\)"):
        report.raise_if_wrong()


def test_an_overstated_degree_is_found() -> None:
    nodes, weights = _square(3)
    report = check_cubature_rule(nodes, weights, "cube", 6)
    assert report.found_degree == 5
    with pytest.raises(WrongCubatureRule, match=r"\(0, 6\).*has degree 5; correct it or claim"):
        report.raise_if_wrong()


def test_a_high_degree_overstated_is_found_though_monomials_do_not_show_it() -> None:
    nodes, weights = np.polynomial.legendre.leggauss(40)
    report = check_cubature_rule(nodes, weights, "cube", 80)
    assert report.found_degree == 79
    failing = report.first_failing
    assert failing is not None
    assert failing.orthogonal
    with pytest.raises(WrongCubatureRule, match=r"orthogonal polynomial's moment \(80,\)"):
        report.raise_if_wrong()


def test_nodes_outside_and_on_the_boundary() -> None:
    nodes, weights = _square(3)
    nodes[2, 0] = -1.5
    report = check_cubature_rule(nodes, weights, "cube", 0)
    assert report.outside == (2,)
    with pytest.raises(WrongCubatureRule, match="node 2 is outside the cube"):
        report.raise_if_wrong()
    lobatto = check_cubature_rule([-1.0, 0.0, 1.0], [1 / 3, 4 / 3, 1 / 3], "cube", 3)
    assert lobatto.is_right
    assert lobatto.boundary == (0, 2)


def test_negative_and_zero_weights() -> None:
    third = Fraction(1, 3)
    nodes = [-1, 0, 1, Fraction(1, 2)]
    report = check_cubature_rule(nodes, [third, 4 * third, third, 0], "cube", 3)
    assert report.nonpositive == (3,)
    with pytest.raises(WrongCubatureRule, match="weight of node 3 is not > 0"):
        report.raise_if_wrong()
    negative = check_cubature_rule([-1, 0, 1], [3, -4, 3], "cube", 0)
    assert negative.nonpositive == (1,)


def test_rational_rules_are_judged_without_tolerance() -> None:
    third = Fraction(1, 3)
    exact = check_cubature_rule([-1, 0, 1], [third, 4 * third, third], "cube", 3)
    assert (exact.tolerance, exact.residual_bound, exact.found_degree) == (0, 0, 3)
    off = [third, 4 * third, third + Fraction(1, 10**60)]
    assert check_cubature_rule([-1, 0, 1], off, "cube", 3).found_degree == -1


def test_mpmath_rules_are_judged_at_their_precision() -> None:
    with MPMATH.workdps(60):
        x = 1 / MPMATH.sqrt(3)
        good = check_cubature_rule([-x, x], [MPMATH.mpf(1), MPMATH.mpf(1)], "cube", 3)
        wrong = check_cubature_rule([-x, x + MPMATH.mpf(10) ** -40], [MPMATH.mpf(1)] * 2, "cube", 3)
    assert good.tolerance < Fraction(1, 10**50)
    assert good.is_right
    assert wrong.found_degree == 0


def test_points_off_the_sphere_are_outside() -> None:
    angles = 2 * np.pi * np.arange(5) / 5
    circle = np.column_stack([np.cos(angles), np.sin(angles)])
    weights = np.full(5, 2 * np.pi / 5)
    assert check_cubature_rule(circle, weights, "sphere", 4).is_right
    circle[1] *= 1 + 1e-9
    assert check_cubature_rule(circle, weights, "sphere", 0).outside == (1,)


def test_our_own_rule_with_one_digit_changed_is_wrong() -> None:
    rule = cubature("simplex", 2, 3, 30)
    nodes, weights = rule.rounded_nodes(), list(rule.rounded_weights())
    assert check_cubature_rule(nodes, weights, "simplex", 3).is_right
    weights[0] += MPMATH.mpf(10) ** -20
    assert not check_cubature_rule(nodes, weights, "simplex", 3).is_right


def test_input_is_not_changed() -> None:
    nodes, weights = _square(2)
    before = nodes.copy(), weights.copy()
    check_cubature_rule(nodes, weights, "cube", 3)
    assert (before[0] == nodes).all()
    assert (before[1] == weights).all()


NO_RULES: list[tuple[Any, Any, Any, str]] = [
    ([], [], 1, "0 weights for 0 nodes"),
    ([0.0, 1.0], [1.0], 1, "1 weights for 2 nodes"),
    ([float("nan")], [1.0], 1, "coordinate nan; expected a finite"),
    ([0.0], [float("inf")], 1, "weight inf; expected a finite"),
    ([MPMATH.inf], [1.0], 1, "expected a finite"),
    ([0.0], [1j], 1, "expected a finite"),
    (["0.5"], [1.0], 1, "nodes of type str"),
    ([["0.5"]], [1.0], 1, "not text"),
    ([[0.0, 1.0], [0.0]], [1.0, 1.0], 1, "several lengths"),
    (0.0, [1.0], 1, "nodes of type float"),
    ([0.0], [1.0], -1, "degree -1"),
    ([0.0], [1.0], 1.5, "degree 1.5"),
    ([0.0], [1.0], 10**9, "lower the degree"),
    ([0.0], [1.0], 401, "expected at most 400"),
    ([[0.0] * 400], [1.0], 10**18, "expected at most 400"),
    ([True], [2.0], 0, "not a truth value"),
    ([0.0], np.array([True]), 0, "not a truth value"),
    ([0.0, 1.0], np.ones((2, 1)), 0, "weight that is an array"),
    (np.zeros((2, 1, 1)), [1.0, 1.0], 0, "coordinate that is an array"),
    ({0.0: 1}, [2.0], 0, "nodes of type dict"),
    ([0.0], {2.0}, 0, "weights of type set"),
    (np.array(0.0), [2.0], 0, "nodes of type ndarray"),
    ([Decimal("1e99999999")], [2.0], 0, "bits; expected a shorter"),
    ([MPMATH.ldexp(1, 10**11)], [2.0], 0, "bits; expected a shorter"),
    ([MPMATH.ldexp(1, -(10**11))], [2.0], 0, "bits; expected a shorter"),
    (np.zeros(1, np.float16), [2.0], 0, "numbers of 11 bits.*give a tolerance"),
    (np.zeros((20_000, 3)), np.ones(20_000), 40, "nodes of degree 40"),
]


@pytest.mark.parametrize(("nodes", "weights", "degree", "match"), NO_RULES)
def test_no_rules(nodes: Any, weights: Any, degree: Any, match: str) -> None:
    with pytest.raises(InvalidCubature, match=match):
        check_cubature_rule(nodes, weights, "cube", degree)


@pytest.mark.parametrize(
    ("tolerance", "match"),
    [
        (-1e-9, "expected 0 <= tolerance < 1"),
        (1.0, "expected 0 <= tolerance < 1"),
        (float("nan"), "tolerance nan; expected a finite"),
        (float("inf"), "tolerance inf; expected a finite"),
        (False, "not a truth value"),
        ("1e-9", "not text"),
    ],
)
def test_tolerances(tolerance: Any, match: str) -> None:
    with pytest.raises(InvalidCubature, match=match):
        check_cubature_rule([0.0], [2.0], "cube", 1, tolerance=tolerance)


@pytest.mark.parametrize("domain", [None, 3])
def test_what_is_no_domain(domain: Any) -> None:
    with pytest.raises(InvalidCubature, match="expected a Domain or its name"):
        check_cubature_rule([0.0], [2.0], domain, 1)


@pytest.mark.parametrize("kind", [np.int8, np.int32, np.uint64, object])
def test_integers_of_any_width_are_exact(kind: Any) -> None:
    weights = [Fraction(20001, 10000)]
    report = check_cubature_rule(np.array([0], kind), weights, "cube", 1)
    assert report.tolerance == 0
    assert report.found_degree == -1


@pytest.mark.parametrize("number", [Decimal, np.longdouble, MPMATH.mpf])
def test_numbers_of_other_kinds(number: Any) -> None:
    assert check_cubature_rule([number(0)], [number(2)], "cube", 1).is_right


def test_moments_beyond_float64() -> None:
    report = check_cubature_rule([0.0], [1.0], "laguerre", 200)
    with pytest.raises(WrongCubatureRule, match=r"moment \(1,\) is 0, expected 1 "):
        report.raise_if_wrong()
    assert "expected about 2^" in report.residuals[200].text
    assert "relative error about -2^" in report.residuals[200].text


def test_a_normalised_rule_is_told_to_have_the_wrong_mass() -> None:
    report = check_cubature_rule([0.0], [1.0], "cube", 1)
    with pytest.raises(WrongCubatureRule, match="do not add up to the mass"):
        report.raise_if_wrong()


def test_residuals_that_are_tiny_are_printed_from_above_and_below() -> None:
    rule = [Fraction(0), Fraction(1, 2)], [Fraction(2), Fraction(1, 10**5000)]
    bound = check_cubature_rule(*rule, "cube", 0).residual_bound
    assert rounded_up(bound) == "5.1e-5001"
    with pytest.raises(WrongCubatureRule, match=r"relative error about 2\^-16"):
        check_cubature_rule(*rule, "cube", 0).raise_if_wrong()


@given(st.fractions(min_value=Fraction(1, 10**40)), st.integers(-40, 40))
def test_short_decimals_are_bounds(value: Fraction, exponent: int) -> None:
    value *= Fraction(10) ** exponent
    low, high = Fraction(rounded_down(value)), Fraction(rounded_up(value))
    assert low <= value <= high
    assert high - low <= value / 5


def test_long_rational_nodes_are_checked_in_balls_in_little_time() -> None:
    rule = cubature("sphere", 3, 8, 30)
    nodes = [[x.center for x in node] for node in rule.nodes]
    weights = [w.center for w in rule.weights]
    report = check_cubature_rule(nodes, weights, "sphere", 8, tolerance=Fraction(1, 10**25))
    assert report.is_right
    assert 0 < report.residual_bound < Fraction(1, 10**25)
    weights[3] += Fraction(1, 10**20)
    wrong = check_cubature_rule(nodes, weights, "sphere", 8, tolerance=Fraction(1, 10**25))
    assert wrong.found_degree == -1
    assert wrong.first_failing is not None
    assert not wrong.first_failing.orthogonal


def test_long_rational_nodes_are_not_judged_without_tolerance() -> None:
    nodes = [Fraction(i, 10**40 + 2 * i + 1) for i in range(60)]
    with pytest.raises(InvalidCubature, match="a tolerance > 0"):
        check_cubature_rule(nodes, [Fraction(1, 30)] * 60, "cube", 1)
