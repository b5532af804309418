"""Integrals over many nodes are enclosed."""

from fractions import Fraction

import numpy as np
import pytest
from flint import arb
from hypothesis import given
from hypothesis import strategies as st

from tests.functions.reference import fraction, points
from ucomp_verify.functions import (
    Function,
    NotAnalytic,
    constant,
    enclose_integral,
    exp,
    log,
    sigmoid,
    variables,
)
from ucomp_verify.functions.integrals import CHUNK
from ucomp_verify.strategies import functions, rational_functions

X, Y = variables(2)


@given(
    function=rational_functions(2),
    nodes=st.lists(points(2), min_size=1, max_size=5),
    seed=st.integers(0, 99),
)
def test_integrals_hold_the_exact_sum(
    function: Function, nodes: list[list[Fraction]], seed: int
) -> None:
    weights = [Fraction(seed * (i + 1) % 7, 3) for i in range(len(nodes))]
    exact = sum((c * function.at(w) for w, c in zip(nodes, weights, strict=True)), Fraction(0))
    for data in (nodes, np.array([[float(x) for x in row] for row in nodes])):
        ball = enclose_integral(function, data, weights)
        assert fraction(ball.lower()) <= exact <= fraction(ball.upper())
        assert ball.rad() <= 1e-25 * (1 + abs(float(ball.mid())))


@given(function=functions(2), nodes=st.lists(points(2), min_size=1, max_size=5))
def test_integrals_are_the_sums_of_values(function: Function, nodes: list[list[Fraction]]) -> None:
    total = sum((function.enclose(node) for node in nodes), arb(0))
    assert enclose_integral(function, nodes).overlaps(total)
    assert enclose_integral(function, nodes, prec=64).overlaps(total)


def test_many_nodes_in_several_chunks() -> None:
    nodes = np.random.default_rng(1).uniform(-1, 1, (2 * CHUNK + 3, 2))
    weights = np.random.default_rng(2).uniform(0, 1, len(nodes))
    function = sigmoid(X / 2 - Y)
    ball = enclose_integral(function, nodes, weights, prec=64)
    seen = float((function.observe(nodes) * weights).sum())
    assert float(ball.mid()) == pytest.approx(seen, rel=1e-12) and ball.rad() < 1e-12
    assert not ball.contains(ball + Fraction(1, 10**9).numerator / 10**9)
    exact = sum(
        Fraction(c) * Fraction(x)
        for (x, _), c in zip(nodes.tolist(), weights.tolist(), strict=True)
    )
    linear = enclose_integral(X, nodes, weights, prec=64)
    assert fraction(linear.lower()) <= exact <= fraction(linear.upper())


def test_weights_may_be_balls_and_constants_have_the_mass() -> None:
    assert enclose_integral(X, [[2]], [arb(1, 0.5)]).contains(3)
    assert enclose_integral(constant(3), [[1], [2]]).contains(6)
    assert enclose_integral(exp(constant(0)), [[1], [2]], [1, 2]).contains(3)
    assert enclose_integral(X, []).is_zero()


def test_poles_and_bad_data_are_refused() -> None:
    with pytest.raises(NotAnalytic, match="found no finite enclosure of the integral of 1/x1"):
        enclose_integral(1 / X, [[1], [0]])
    with pytest.raises(NotAnalytic, match="integral of log"):
        enclose_integral(log(X), np.array([[-1.0]]))
    with pytest.raises(ValueError, match="found 2 weights for 1 nodes"):
        enclose_integral(X, [[1]], [1, 2])
    with pytest.raises(ValueError, match="found nodes of 1 coordinates; expected at least 2"):
        enclose_integral(X + Y, [[1]])
