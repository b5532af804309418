"""Many cells reduced at once: moments, signs, supports, and the three directions."""

from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ucomp_verify.algebra import num_monomials
from ucomp_verify.caratheodory.batched import (
    Array,
    BatchedRules,
    Direction,
    cell_features,
    in_own_boxes,
    reduce_cells,
)
from ucomp_verify.caratheodory.batched_weights import refined_weights
from ucomp_verify.caratheodory.martingale import outcomes
from ucomp_verify.caratheodory.weights import ball_weights
from ucomp_verify.measures import AtomicMeasure, FloatMeasure, frame_of
from ucomp_verify.measures.exact_moments import exact_moments

ROUNDING = 1e-12  # of the mass of a cell, in the mean of an orthonormal polynomial


def _cloud(seed: int, *shape: int) -> Array:
    return 2 * np.random.default_rng(seed).random(shape) - 1


def _defect(points: Array, degree: int, rules: BatchedRules, weights: Array) -> float:
    """The largest change of a moment of a cell, over the mass of the cell."""
    features = cell_features(in_own_boxes(points), degree)
    change = rules.of_all(points.shape[1]) - weights
    return float(
        (np.abs(np.einsum("crn,cn->cr", features, change)).max(axis=1) / weights.sum(axis=1)).max()
    )


@given(
    count=st.integers(1, 6),
    size=st.integers(1, 40),
    dim=st.integers(1, 3),
    degree=st.integers(0, 4),
    direction=st.sampled_from(Direction),
    weighted=st.booleans(),
    seed=st.integers(0, 1 << 32),
)
def test_moments_of_each_cell_are_kept(
    count: int, size: int, dim: int, degree: int, direction: Direction, weighted: bool, seed: int
) -> None:
    points = _cloud(seed, count, size, dim)
    draw = np.random.default_rng(seed)
    weights = draw.exponential(size=(count, size)) if weighted else np.ones((count, size))
    if weighted:
        weights[:, ::5] = 0
        weights[:, 0] += 1e-6  # no cell is empty
    given_weights = weights if weighted else None
    rules = reduce_cells(points, degree, direction, draw, weights=given_weights)
    assert rules.places.shape == (count, min(size, num_monomials(dim, degree)))
    assert all(len(set(row)) == len(row) for row in rules.places.tolist())
    assert (rules.weights >= 0).all()
    assert _defect(points, degree, rules, weights) < ROUNDING


def test_a_weight_that_is_slightly_off_is_seen() -> None:
    points = _cloud(1, 5, 50, 2)
    rules = reduce_cells(points, 3, Direction.PLAIN, np.random.default_rng(0))
    rules.weights[3, 4] *= 1 + 1e-9
    assert _defect(points, 3, rules, np.ones((5, 50))) > ROUNDING


@pytest.mark.parametrize("direction", Direction)
def test_the_same_state_gives_the_same_bits(direction: Direction) -> None:
    points = _cloud(2, 30, 64, 2)
    one, other, third = (
        reduce_cells(points, 3, direction, np.random.default_rng(seed)) for seed in (7, 7, 8)
    )
    assert np.array_equal(one.places, other.places)
    assert np.array_equal(one.weights, other.weights)
    assert not np.array_equal(one.places, third.places)


@pytest.mark.parametrize("degree", [1, 2, 3])
def test_one_step_has_the_outcomes_and_probabilities_of_the_martingale(degree: int) -> None:
    """With one node more than monomials there are two ends, one for each direction."""
    nodes = np.sort(_cloud(degree, degree + 2, 1), axis=0)
    exact = outcomes(AtomicMeasure.unit([[Fraction(x)] for x in nodes[:, 0].tolist()]), degree)
    repeats = 40_000
    copies = np.repeat(nodes[None], repeats, axis=0)
    rules = reduce_cells(copies, degree, Direction.UNBIASED, np.random.default_rng(3))
    full = rules.of_all(degree + 2)
    assert len(exact) == 2
    for outcome in exact:
        ends = np.array([float(w) for w in outcome.weights])
        seen = float((np.abs(full - ends).max(axis=1) < 1e-9).mean())
        p = float(outcome.probability)
        assert abs(seen - p) < 5 * (p * (1 - p) / repeats) ** 0.5


def _largest_score(direction: Direction) -> float:
    """Of the mean weights of a cell whose groups are halved twice before."""
    copies = np.repeat(_cloud(5, 1, 13, 1), 6000, axis=0)
    full = reduce_cells(copies, 1, direction, np.random.default_rng(9)).of_all(13)
    error = np.maximum(full.std(axis=0), 1e-3) / len(full) ** 0.5
    return float((np.abs(full.mean(axis=0) - 1) / error).max())


def test_the_coin_leaves_the_mean_weights_and_other_directions_do_not() -> None:
    assert _largest_score(Direction.UNBIASED) < 5
    assert _largest_score(Direction.PLAIN) > 10
    assert _largest_score(Direction.FORCED) > 100


@pytest.mark.parametrize(("dim", "degree"), [(1, 1), (1, 2), (2, 1), (2, 3), (3, 2)])
def test_a_forced_direction_lowers_the_same_moment_in_every_cell(dim: int, degree: int) -> None:
    points = _cloud(4, 40, 6 * num_monomials(dim, degree), dim)
    change = [
        _change_of_next_moment(points, degree, way)
        for way in (Direction.FORCED, Direction.UNBIASED)
    ]
    assert (change[0] < 0).all()
    assert (change[1] < 0).any() and (change[1] > 0).any()


def _change_of_next_moment(points: Array, degree: int, direction: Direction) -> Array:
    rules = reduce_cells(points, degree, direction, np.random.default_rng(1))
    high = in_own_boxes(points).sum(axis=2) ** (degree + 1)
    return ((rules.of_all(points.shape[1]) - 1) * high).sum(axis=1)


@pytest.mark.parametrize(("dim", "degree", "size"), [(1, 10, 90), (2, 4, 80), (3, 2, 41)])
def test_refined_weights_are_relatively_accurate(dim: int, degree: int, size: int) -> None:
    points = 0.3 + 1e-3 * _cloud(6, 4, size, dim)
    rules = reduce_cells(points, degree, Direction.PLAIN, np.random.default_rng(0))
    found = refined_weights(points, degree, rules)
    assert found.solved.all()
    for cell in range(4):
        part = FloatMeasure(np.ascontiguousarray(points[cell]))
        moments = exact_moments(part, degree, frame=frame_of(part))
        guesses = found.weights[cell].tolist()
        balls = ball_weights(part.part(rules.places[cell]), moments, guesses, digits=30)
        assert balls is not None
        exact = np.array([float(v) for v in balls.values])
        assert np.abs(found.weights[cell] / exact - 1).max() < 1e-11


def test_cells_that_cannot_be_solved_say_so() -> None:
    """Nodes on a line of the plane have dependent monomials."""
    points = _cloud(8, 3, 40, 2)
    points[1, :, 1] = points[1, :, 0]
    rules = reduce_cells(points, 2, Direction.PLAIN, np.random.default_rng(0))
    assert _defect(points, 2, rules, np.ones((3, 40))) < ROUNDING
    found = refined_weights(points, 2, rules)
    assert found.solved.tolist() == [True, False, True]
    assert np.array_equal(found.weights[1], rules.weights[1])


def test_coinciding_nodes_keep_their_moments() -> None:
    points = np.zeros((2, 20, 2))
    points[1] = 0.25
    rules = reduce_cells(points, 2, Direction.UNBIASED, np.random.default_rng(0))
    assert _defect(points, 2, rules, np.ones((2, 20))) < ROUNDING


def test_large_batches_are_reduced_in_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ucomp_verify.caratheodory.batched.BLOCK", 300)
    points = _cloud(3, 11, 20, 1)
    rules = reduce_cells(points, 2, Direction.PLAIN, np.random.default_rng(0))
    assert _defect(points, 2, rules, np.ones((11, 20))) < ROUNDING


@pytest.mark.parametrize(
    ("points", "degree", "weights", "text"),
    [
        (np.zeros((3, 4)), 1, None, r"found points of shape \(3, 4\)"),
        (np.zeros((3, 0, 1)), 1, None, "none of them 0"),
        (np.zeros((3, 4, 1)), -1, None, "a degree >= 0"),
        (np.zeros((3, 4, 1)), 1, np.ones((3, 5)), r"found weights of shape \(3, 5\)"),
        (np.zeros((3, 4, 1)), 1, -np.ones((3, 4)), "numbers >= 0"),
        (np.zeros((3, 4, 1)), 1, np.full((3, 4), np.nan), "numbers >= 0"),
    ],
)
def test_other_input_is_refused(points: Array, degree: int, weights: Any, text: str) -> None:
    with pytest.raises(ValueError, match=text):
        reduce_cells(points, degree, Direction.PLAIN, np.random.default_rng(0), weights=weights)
