"""Deep sets take their values, and errors are claimed only with a Lipschitz constant."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.functions.reference import fraction, points
from ucomp_verify.functions import (
    DeepSet,
    Function,
    NoLipschitzConstant,
    NotRational,
    exp,
    lipschitz_bound,
    log,
    sigmoid,
    variables,
)
from ucomp_verify.strategies import polynomials, rational_functions

X, Y = variables(2)
SIDE = (Fraction(-1), Fraction(1))
WEIGHTS = st.lists(st.integers(0, 6).map(lambda n: Fraction(n, 2)), min_size=3, max_size=3)
NODES = st.lists(points(1), min_size=3, max_size=3)


@given(
    outer=polynomials(2),
    inner=st.tuples(rational_functions(1), rational_functions(1)),
    nodes=NODES,
    weights=WEIGHTS,
)
def test_values_are_exact_or_enclosed(
    outer: Function,
    inner: tuple[Function, Function],
    nodes: list[list[Fraction]],
    weights: list[Fraction],
) -> None:
    deep_set = DeepSet(outer, inner)
    pairs = list(zip(nodes, weights, strict=True))
    latent = [sum((c * g.at(w) for w, c in pairs), Fraction(0)) for g in inner]
    exact = deep_set.at(nodes, weights)
    ball = deep_set.enclose(nodes, weights)
    assert exact == outer.at(latent)
    assert fraction(ball.lower()) <= exact <= fraction(ball.upper())
    assert ball.rad() <= 1e-20 * (1 + abs(float(ball.mid())))


@given(
    outer=polynomials(2, max_degree=2) | st.sampled_from([exp(X / 8), sigmoid(X - Y)]),
    inner=st.tuples(polynomials(1), polynomials(1)),
    first=st.tuples(NODES, WEIGHTS),
    second=st.tuples(NODES, WEIGHTS),
)
def test_errors_are_at_most_the_lipschitz_constant_times_those_of_the_integrals(
    outer: Function,
    inner: tuple[Function, Function],
    first: tuple[list[list[Fraction]], list[Fraction]],
    second: tuple[list[list[Fraction]], list[Fraction]],
) -> None:
    deep_set = DeepSet(outer, inner)
    mass = max(sum(first[1], Fraction(1)), sum(second[1], Fraction(1)))
    weights = [[c * mass / (sum(w) or 1) for c in w] for _, w in (first, second)]
    if not all(any(w) for w in weights):
        return
    latent = [
        [sum((c * g.at(w) for w, c in zip(nodes, cs, strict=True)), Fraction(0)) for g in inner]
        for (nodes, _), cs in zip((first, second), weights, strict=True)
    ]
    box = deep_set.latent_box([SIDE], mass)
    for y in latent:
        assert all(low <= entry <= high for entry, (low, high) in zip(y, box, strict=True))
    constant = deep_set.lipschitz([SIDE], mass)
    squared = sum(((a - b) ** 2 for a, b in zip(*latent, strict=True)), Fraction(0))
    error = outer.enclose(latent[0]) - outer.enclose(latent[1])
    assert fraction(error.abs_lower()) ** 2 <= constant**2 * squared


def test_lipschitz_constants_are_near_the_best() -> None:
    square = lipschitz_bound(X**2, [(Fraction(0), Fraction(10))])
    assert 20 <= square < Fraction(2001, 100)
    both = lipschitz_bound(3 * X + 4 * Y, [SIDE, SIDE])
    assert 5 <= both < Fraction(5001, 1000)
    assert DeepSet(exp(X), 1 + X**2).lipschitz([SIDE], Fraction(3)) > 403  # e^6


@pytest.mark.parametrize("outer", [log(X), 1 / X, 1 / (X - 2), log(X - 2)])
def test_no_error_is_claimed_without_a_lipschitz_constant(outer: Function) -> None:
    deep_set = DeepSet(outer, 1 + X)  # its integrals run through [0, 4] for the mass 2
    message = (
        r"found no Lipschitz constant of the outer function .* expected .* no error is claimed"
    )
    with pytest.raises(NoLipschitzConstant, match=message):
        deep_set.lipschitz([SIDE], Fraction(2))
    assert lipschitz_bound(outer, [(Fraction(3), Fraction(4))]) > 0


def test_bad_deep_sets_are_refused() -> None:
    with pytest.raises(ValueError, match="found an outer function of 2 variables and 1 inner"):
        DeepSet(X * Y, X)
    with pytest.raises(ValueError, match="found the mass -1"):
        DeepSet(X, X).latent_box([SIDE], Fraction(-1))
    with pytest.raises(NotRational):
        DeepSet(exp(X), X).at([[0]], [1])
    with pytest.raises(ValueError, match="found a box of 0 intervals"):
        lipschitz_bound(X, [])
