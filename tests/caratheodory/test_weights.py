"""Weights on a support: exact, in balls and by mpmath agree, and nothing undecided is claimed."""

import math
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.measures.exactly import moments, monomial, multi_indices
from ucomp_verify.algebra import num_monomials
from ucomp_verify.caratheodory.chebyshev import chebyshev_system
from ucomp_verify.caratheodory.weights import (
    ball_weights,
    enclosed_shares,
    exact_weights,
    reference_weights,
    require_exact_work,
)
from ucomp_verify.measures import FloatMeasure, Moments, exact_moments, frame_of

Solved = tuple[FloatMeasure, Moments, list[float]]


def solved(points: Any, weights: Any, degree: int) -> Solved:
    """A measure on nodes with independent monomials, its moments, and its weights."""
    measure = FloatMeasure(np.asarray(points, float), np.asarray(weights, float))
    return measure, exact_moments(measure, degree, frame=frame_of(measure)), list(weights)


def generic(seed: int, dim: int, degree: int) -> Solved:
    draw = np.random.default_rng(seed)
    count = num_monomials(dim, degree)
    return solved(draw.uniform(-1, 1, (count, dim)), draw.uniform(0.5, 2, count), degree)


def require_true(found: Any, weights: Sequence[float], digits: int) -> None:
    """Balls that hold the weights, are narrow and positive, with dyadic midpoints."""
    assert found is not None
    for value, radius, weight in zip(found.values, found.radii, weights, strict=True):
        assert abs(value - Fraction(weight)) <= radius < value
        assert radius <= value / 10**digits
        assert value.denominator & (value.denominator - 1) == 0


@given(
    seed=st.integers(0, 10**6),
    shape=st.sampled_from([(1, 0), (1, 1), (1, 7), (2, 1), (2, 3), (3, 2), (4, 1)]),
    digits=st.integers(1, 60),
)
def test_balls_hold_the_weights(seed: int, shape: tuple[int, int], digits: int) -> None:
    support, known, weights = generic(seed, *shape)
    require_true(ball_weights(support, known, weights, digits=digits), weights, digits)


PLACES: dict[str, tuple[Any, int]] = {
    "far from the origin": (1e9 + np.random.default_rng(1).uniform(-1, 1, (10, 2)), 3),
    "tiny": (1e-300 * np.random.default_rng(2).uniform(-1, 1, (10, 2)), 3),
    "subnormal": (5e-324 * np.random.default_rng(3).permutation(10).reshape(-1, 1), 9),
    "sizes from 1e-100 to 1e100": (10.0 ** np.arange(-100, 101, 50).reshape(-1, 1), 4),
    "two clusters": (np.r_[1e-7 * np.arange(6), 1 + 1e-7 * np.arange(6)].reshape(-1, 1), 11),
    "neighbouring numbers": (np.nextafter(1.0, [2, 0]).reshape(-1, 1), 1),
    "on a circle up to rounding": (np.c_[np.cos(np.arange(15.0)), np.sin(np.arange(15.0))], 4),
    "a lattice": (np.array([(i, j) for i in range(5) for j in range(5 - i)], float), 4),
    "high degree": (np.cos(np.pi * (np.arange(121) + 0.5) / 121).reshape(-1, 1), 120),
    "equally spaced": (np.linspace(-1, 1, 61).reshape(-1, 1), 60),
}


@pytest.mark.parametrize("name", PLACES)
@pytest.mark.parametrize("digits", [5, 100])
def test_balls_hold_the_weights_wherever_the_nodes_are(name: str, digits: int) -> None:
    points, degree = PLACES[name]
    weights = np.random.default_rng(4).uniform(0.1, 3, len(points)).tolist()
    support, known, _ = solved(points, weights, degree)
    require_true(ball_weights(support, known, weights, digits=digits), weights, digits)


@pytest.mark.parametrize("guess", [1e-5, 1.0, 1e200])
def test_guesses_only_help(guess: float) -> None:
    support, known, weights = generic(5, 2, 3)
    found = ball_weights(support, known, [guess] * len(weights), digits=20)
    require_true(found, weights, 20)


@pytest.mark.parametrize("size", [1e-300, 1e-13, 1e8, 1e300])
def test_weights_of_any_size(size: float) -> None:
    points = np.random.default_rng(6).uniform(-1, 1, (10, 2))
    weights = [size * (1 + 1e-3 * i) for i in range(10)]
    support, known, _ = solved(points, weights, 3)
    require_true(ball_weights(support, known, weights, digits=30), weights, 30)


def test_weights_of_very_different_sizes() -> None:
    points = np.random.default_rng(7).uniform(-1, 1, (10, 2))
    weights = (10.0 ** np.linspace(-250, 5, 10)).tolist()
    support, known, _ = solved(points, weights, 3)
    require_true(ball_weights(support, known, weights, digits=30), weights, 30)


def test_a_wrong_guess_of_a_tiny_weight_raises_the_precision() -> None:
    points = np.random.default_rng(8).uniform(-1, 1, (6, 2))
    weights = [1.0, 1.0, 1e-90, 2.0, 1e-40, 1.0]
    support, known, _ = solved(points, weights, 2)
    found = ball_weights(support, known, [1.0] * 6, digits=40)
    require_true(found, weights, 40)


def shifted_moments(known: Moments, support: FloatMeasure, place: int, change: Fraction) -> Moments:
    """The moments after `change` is added to one weight of the support."""
    integers = known.frame.integers(support)
    dim = support.dim
    order = sorted(multi_indices(dim, known.degree), key=lambda a: (sum(a), a))
    node = tuple(Fraction(axis[place]) for axis in integers)
    unit = known.unit * Fraction(1, 1 << 2000)
    values = [
        int((v * known.unit + change * monomial(node, alpha)) / unit)
        for v, alpha in zip(known.values, order, strict=True)
    ]
    return replace(known, unit=unit, values=tuple(values))


@pytest.mark.parametrize("bits", [0, 10, 100, 300])
def test_a_negative_weight_is_never_certified(bits: int) -> None:
    support, known, weights = generic(9, 2, 2)
    negative = -Fraction(weights[3]) - Fraction(1, 1 << bits)
    wrong = shifted_moments(known, support, 3, negative)
    shares = enclosed_shares(support, wrong, weights, digits=10)
    assert shares is not None
    assert shares.negative == [3]
    assert ball_weights(support, wrong, weights, digits=10) is None


def test_a_tiny_positive_weight_is_certified() -> None:
    support, known, weights = generic(9, 2, 2)
    wrong = shifted_moments(known, support, 3, -Fraction(weights[3]) + Fraction(1, 1 << 150))
    found = ball_weights(support, wrong, weights, digits=10)
    assert found is not None
    assert abs(found.values[3] * (1 << 150) - 1) < Fraction(1, 10**10)


def test_a_weight_that_is_0_is_not_decided() -> None:
    support, known, weights = generic(9, 2, 2)
    zero = shifted_moments(known, support, 3, -Fraction(weights[3]))
    assert ball_weights(support, zero, weights, digits=10) is None
    exact = exact_weights(support, zero, weights)
    assert exact is not None
    assert exact[0] == (0, 1, 2, 4, 5)
    assert exact[1].values == tuple(Fraction(weights[i]) for i in exact[0])


def test_fewer_nodes_than_monomials_are_left_to_exact_arithmetic() -> None:
    support, known, weights = solved([(0.0, 1.0), (1.0, 2.0), (2.0, 3.0)], [1.0, 2.0, 3.0], 2)
    assert ball_weights(support, known, weights, digits=10) is None
    exact = exact_weights(support, known, weights)
    assert exact is not None
    assert exact[1].values == (1, 2, 3)


def test_dependent_nodes_are_never_certified() -> None:
    points = np.random.default_rng(0).integers(-9, 9, (6, 1)) * np.array([[1.0, 2.0]])
    support, known, weights = solved(points, [1.0] * 6, 2)
    assert ball_weights(support, known, weights, digits=5) is None


def test_another_frame_gives_the_same_weights() -> None:
    support, _, weights = generic(10, 2, 4)
    corners = FloatMeasure(np.array([[-50.0, -3.0], [70.0, 4.0]]))
    frame = frame_of(FloatMeasure(np.r_[support.nodes, corners.nodes]))
    known = exact_moments(support, 4, frame=frame)
    require_true(ball_weights(support, known, weights, digits=40), weights, 40)


def test_what_is_wrong_by_rounding_is_found_exactly() -> None:
    """Weights that match in float64 but not over Q are moved, and the balls follow."""
    support, known, weights = generic(11, 2, 3)
    moved = shifted_moments(known, support, 2, Fraction(1, 10**25))
    true = [Fraction(w) + Fraction(1, 10**25) * (i == 2) for i, w in enumerate(weights)]
    found = ball_weights(support, moved, weights, digits=40)
    assert found is not None
    for value, radius, weight in zip(found.values, found.radii, true, strict=True):
        assert abs(value - weight) <= radius + Fraction(1, 1 << 1900)


@given(seed=st.integers(0, 10**6), shape=st.sampled_from([(1, 3), (1, 9), (2, 2), (2, 3), (3, 2)]))
def test_the_three_ways_agree(seed: int, shape: tuple[int, int]) -> None:
    dim, degree = shape
    draw = np.random.default_rng(seed)
    data = FloatMeasure(draw.uniform(-1, 1, (30, dim)))
    known = exact_moments(data, degree)
    support = data.part(draw.permutation(30)[: num_monomials(dim, degree)])
    guesses = [1.0] * len(support)
    shares = enclosed_shares(support, known, guesses, digits=25)
    assume(shares is not None)
    assert shares is not None
    mass = data.total_mass
    slow = reference_weights(support, known, digits=40)
    columns = [
        [monomial(node, a) for a in multi_indices(dim, degree)] for node in exact_nodes(support)
    ]
    target = moments(exact_nodes(data), [Fraction(1)] * 30, degree)
    values = [exact_value(x) for x in slow]
    for place, value in enumerate(shares.enclosure.values):
        slack = abs(values[place]) / 10**39  # of mpmath, which was asked for 40 digits
        assert abs(value * mass - values[place]) <= shares.enclosure.radius * mass + slack
    for i, alpha in enumerate(multi_indices(dim, degree)):
        defect = target[alpha] - sum(
            c[i] * v * mass for c, v in zip(columns, shares.enclosure.values, strict=True)
        )
        assert abs(defect) <= mass * shares.enclosure.radius * len(columns)


def exact_value(number: Any) -> Fraction:
    """The dyadic number that an mpf is."""
    mantissa, exponent = number.man_exp
    return abs(int(mantissa)) * Fraction(2) ** int(exponent) * (-1 if number < 0 else 1)


def exact_nodes(measure: FloatMeasure) -> list[tuple[Fraction, ...]]:
    return [tuple(Fraction(x) for x in row) for row in measure.nodes.tolist()]


@pytest.mark.parametrize("prec", [40, 100])
@pytest.mark.parametrize("shape", [(1, 9), (2, 4), (3, 3)])
def test_the_fixed_point_system_is_as_near_as_it_says(prec: int, shape: tuple[int, int]) -> None:
    support, known, weights = generic(12, *shape)
    dim, degree = shape
    system = chebyshev_system(support, known, prec)
    order = sorted(multi_indices(dim, degree), key=lambda a: (sum(a), a))
    mass = sum(map(Fraction, weights))
    widths = known.frame.widths
    axes = [
        [Fraction(x, w) for x in axis]
        for axis, w in zip(known.frame.integers(support), widths, strict=True)
    ]
    tables = [[[chebyshev(j, x) for x in axis] for j in range(degree + 1)] for axis in axes]
    for row, alpha in enumerate(order):
        true = [
            math.prod((tables[a][e][i] for a, e in enumerate(alpha)), start=Fraction(1))
            for i in range(len(support))
        ]
        pairs = zip(true, system.rows[row], strict=True)
        assert max(abs(t * 2**prec - v) for t, v in pairs) <= system.row_errors[row]
        mean = (
            sum((Fraction(w) * t for w, t in zip(weights, true, strict=True)), Fraction(0)) / mass
        )
        assert abs(mean * 2**prec - system.right[row]) <= system.right_errors[row]


def chebyshev(degree: int, x: Fraction) -> Fraction:
    before, value = Fraction(1), x
    for _ in range(degree - 1):
        before, value = value, 2 * x * value - before
    return value if degree else Fraction(1)


def test_an_exact_system_that_would_take_hours_is_refused() -> None:
    support, known, _ = generic(13, 1, 2)
    ten = frame_of(FloatMeasure(np.random.default_rng(0).uniform(-1, 1, (9, 10))))
    with pytest.raises(ValueError, match=r"found 3003 nodes and degree 5 .*: ask for balls"):
        require_exact_work(3003, replace(known, degree=5, frame=ten))
    require_exact_work(len(support), known)


def test_nodes_beyond_the_box_get_a_box_of_their_own() -> None:
    """The errors of the system are bounded only where the polynomials are at most 1."""
    points = np.array([[-9.0], [-2.0], [0.0], [1.0], [40.0]])
    narrow = frame_of(FloatMeasure(np.array([[-1.0], [0.0]])))
    measure = FloatMeasure(points, np.array([1.0, 2.0, 0.5, 3.0, 1.0]))
    known = exact_moments(measure, 4, frame=narrow)
    system = chebyshev_system(measure, known, 100)
    assert max(abs(v) for row in system.rows for v in row) <= 1 << 100
    require_true(ball_weights(measure, known, [1.0] * 5, digits=30), [1.0, 2.0, 0.5, 3.0, 1.0], 30)


@pytest.mark.parametrize("mass", [0, -7])
def test_moments_without_mass_have_no_weights(mass: int) -> None:
    support, known, weights = generic(9, 1, 0)
    empty = replace(known, values=(mass,))
    assert enclosed_shares(support, empty, weights, digits=9) is None
    assert ball_weights(support, empty, weights, digits=9) is None
