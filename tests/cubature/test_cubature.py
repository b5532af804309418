"""Rules are positive, inside, exact, and small; on every domain."""

from dataclasses import replace
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from flint import arb, ctx, fmpq
from hypothesis import given, settings
from hypothesis import strategies as st

from ucomp_verify.algebra import multi_indices
from ucomp_verify.cubature import (
    Ball,
    CubatureRefused,
    CubatureRule,
    Position,
    UnknownDomain,
    cubature,
    named_domain,
)
from ucomp_verify.cubature.basis import ProductBasis
from ucomp_verify.cubature.elimination import State
from ucomp_verify.cubature.enclosure import enclose
from ucomp_verify.cubature.files import NotRepresentable, content

NAMES = (
    "cube",
    "simplex",
    "ball",
    "sphere",
    "gaussian",
    "chebyshev1",
    "chebyshev2",
    "laguerre",
    "gegenbauer:2",
    "jacobi:1/3,-1/2",
)


def _assert_proved(rule: CubatureRule) -> None:
    """Balls hold the moments and are small, nodes are inside, the size is within bounds."""
    domain, prec = rule.domain, rule.bits + 200
    assert rule.lower_bound <= len(rule) <= rule.size_bound
    assert all(w.center > w.radius for w in rule.weights)
    assert all(w.radius * 10**rule.dps < w.center for w in rule.weights)
    assert all(x.radius * 10**rule.dps < 1 for node in rule.nodes for x in node)
    with ctx.workprec(prec):
        nodes = [[x.to_arb(prec) for x in node] for node in rule.nodes]
        weights = [w.to_arb(prec) for w in rule.weights]
        constant = domain.constant.ball(prec)
        for alpha in multi_indices(rule.dim, rule.degree):
            total = arb(0)
            for node, weight in zip(nodes, weights, strict=True):
                for x, exponent in zip(node, alpha, strict=True):
                    weight = weight * x**exponent
                total += weight
            moment = domain.moment(alpha)
            assert (total - constant * arb(fmpq(moment.numerator, moment.denominator))).contains(0)
    for node in rule.nodes:
        if rule.exact_nodes:
            assert domain.position([x.center for x in node]) is Position.INTERIOR
        elif not domain.is_sphere:
            assert domain.position([x.to_arb(prec) for x in node]) is Position.INTERIOR


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("dim", [1, 2, 3])
def test_rules_on_rational_nodes(name: str, dim: int) -> None:
    for degree in range(5):
        rule = cubature(name, dim, degree, 20)
        assert rule.exact_nodes
        assert len(rule) == rule.size_bound
        _assert_proved(rule)
        assert rule.check().is_right


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_rules_of_higher_degree(name: str) -> None:
    for dim in (1, 2, 3):
        for degree in range(5, 9):
            _assert_proved(cubature(name, dim, degree, 20))


@settings(deadline=None, max_examples=20)
@given(st.sampled_from(NAMES), st.integers(1, 2), st.integers(0, 5), st.integers(0, 50))
def test_every_seed_gives_a_rule(name: str, dim: int, degree: int, seed: int) -> None:
    rule = cubature(name, dim, degree, 15, seed=seed)
    assert rule == cubature(name, dim, degree, 15, seed=seed)
    _assert_proved(rule)


@pytest.mark.parametrize(
    ("name", "dim", "degree", "most"),
    [
        ("cube", 1, 9, 5),
        ("laguerre", 1, 6, 4),
        ("cube", 2, 3, 5),
        ("cube", 2, 5, 9),
        ("simplex", 2, 4, 7),
        ("ball", 2, 5, 9),
        ("gaussian", 2, 5, 9),
        ("laguerre", 2, 5, 9),
        ("sphere", 3, 5, 16),
        ("cube", 3, 3, 8),
        ("sphere", 1, 4, 2),
        ("cube", 2, 0, 1),
        ("chebyshev1", 1, 1, 1),
        ("laguerre:1/3", 1, 1, 1),
    ],
)
def test_elimination_leaves_few_nodes(name: str, dim: int, degree: int, most: int) -> None:
    rule = cubature(name, dim, degree, 30, eliminate=True)
    assert len(rule) <= most
    _assert_proved(rule)
    assert rule.check().is_right


@pytest.mark.parametrize("dps", [200, 500])
@pytest.mark.parametrize("eliminate", [False, True])
def test_many_digits(dps: int, eliminate: bool) -> None:
    rule = cubature("ball", 2, 4, dps, eliminate=eliminate)
    _assert_proved(rule)
    report = rule.check()
    assert report.is_right
    assert report.residual_bound < Fraction(1, 10 ** (dps + 2))
    assert rule.bits > 3.32 * dps


def test_digits_agree_between_precisions() -> None:
    low, high = (cubature("simplex", 2, 3, dps) for dps in (20, 60))
    assert low.nodes == high.nodes
    for coarse, fine in zip(low.weights, high.weights, strict=True):
        assert abs(coarse.center - fine.center) <= coarse.radius + fine.radius


@pytest.mark.parametrize("dps", range(15, 45, 3))
def test_a_weight_far_below_its_float64_value_is_known_to_all_digits(dps: int) -> None:
    basis = ProductBasis(named_domain("cube", 1), 1)
    start = State(np.array([[-(2.0**-30)], [0.5]]), np.ones(2), np.full(2, 0.5))
    zero = enclose(basis, start, [2, 3], dps=dps)
    with ctx.workprec(400):
        least = zero.weights[1]
        assert (least * (1 + arb(2) ** 29)).contains(1)
        assert least.rad() * arb(10) ** dps < least


@pytest.mark.parametrize("size", [Fraction(1, 10**400), Fraction(10**400)])
def test_weights_beyond_float64_are_not_written_as_such(size: Fraction) -> None:
    rule = cubature("cube", 1, 1, 15)
    other = replace(rule, weights=(Ball(size), *rule.weights[1:]))
    with pytest.raises(NotRepresentable, match=r"1\.0e-?400; .*write \.json or \.txt"):
        content(other, ".npz")
    assert "e-400" in content(other, ".txt").decode() or size > 1


@pytest.mark.parametrize("name", ["gaussian", "cube"])
def test_many_dimensions(name: str) -> None:
    rule = cubature(name, 15, 2, 15)
    assert len(rule) == 136
    assert rule.check().is_right


def test_where_float64_fails_a_gauss_rule_serves() -> None:
    rule = cubature("laguerre", 1, 40, 15)
    assert len(rule) == rule.lower_bound
    _assert_proved(rule)


def test_mpmath_numbers_and_balls_are_the_rule() -> None:
    rule = cubature("cube", 2, 2, 30)
    for number, ball in zip(rule.rounded_weights(), rule.ball_weights(), strict=True):
        assert abs(float(ball) - float(number)) < 1e-12
        assert ball > 0
    assert len(rule.rounded_nodes()) == len(rule.ball_nodes()) == len(rule)


@pytest.mark.parametrize(
    ("arguments", "match"),
    [
        (("cube", 2, 3, 14), "found 14 digits; expected 15 to 500"),
        (("cube", 2, 3, 501), "found 501 digits"),
        (("cube", 0, 3, 20), "found dimension 0"),
        (("cube", 2, -1, 20), "found degree -1"),
        (("cube", 2, True, 20), "found degree = True"),
        (("cube", 2.0, 3, 20), "found dim = 2.0"),
        (("cube", 2, 400, 20), "found 80601 moments; expected at most 1100"),
        (("cube", 35, 2, 20), "minutes of work"),
        ((None, 2, 3, 20), "expected a Domain or its name"),
        ((named_domain("cube", 3), 2, 3, 20), "found dim 2 for cube in 3 dimensions"),
    ],
)
def test_refusals(arguments: Any, match: str) -> None:
    with pytest.raises(CubatureRefused, match=match):
        cubature(*arguments)


def test_large_eliminations_and_bad_names_are_refused() -> None:
    with pytest.raises(CubatureRefused, match="do not eliminate nodes"):
        cubature("cube", 3, 14, 20, eliminate=True)
    with pytest.raises(CubatureRefused, match="found seed = -1"):
        cubature("cube", 1, 1, 20, seed=-1)
    with pytest.raises(UnknownDomain, match="expected one of"):
        cubature("torus", 2, 2, 20)
