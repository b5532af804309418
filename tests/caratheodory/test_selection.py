"""Elimination along null vectors, and the choice from stored features."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ucomp_verify.caratheodory.arnoldi import Array
from ucomp_verify.caratheodory.elimination import eliminate, null_vectors, walk
from ucomp_verify.caratheodory.refinement import refined
from ucomp_verify.caratheodory.selection import select
from ucomp_verify.caratheodory.tree import Columns, num_groups


def features(rank: int, count: int, *, seed: int) -> Array:
    """The constant 1, and random rows."""
    rows = np.random.default_rng(seed).normal(size=(rank, count))
    rows[0] = 1
    return rows


SIZES = st.tuples(st.integers(1, 12), st.integers(1, 300), st.integers(0, 999))


@given(size=SIZES)
def test_the_sums_are_kept_on_as_many_nodes_as_features(size: tuple[int, int, int]) -> None:
    rank, count, seed = size
    rows = features(rank, count, seed=seed)
    weights = np.random.default_rng(seed).uniform(0, 1, count)
    weights[::3] = 0
    weights[-1] = 1
    for candidates, most in zip(select(rows, weights), (rank, rank + 4), strict=True):
        places = list(candidates.places)
        assert len(places) == min(most, np.count_nonzero(weights))
        assert min(candidates.weights) > 0 and (weights[places] > 0).all()
        after = rows[:, places] @ np.array(candidates.weights)
        assert np.allclose(after, rows @ weights, rtol=0, atol=1e-12 * weights.sum())


def test_dependent_features_do_no_harm() -> None:
    rows = features(5, 400, seed=0)
    rows[3] = rows[1] + rows[2]
    narrow, _ = select(rows, np.ones(400))
    after = rows[:, list(narrow.places)] @ np.array(narrow.weights)
    assert len(narrow.places) <= 5
    assert np.allclose(after, rows.sum(axis=1), rtol=0, atol=1e-10)


@given(rank=st.integers(1, 20), more=st.integers(1, 20), seed=st.integers(0, 99))
def test_null_vectors_are_independent_and_null(rank: int, more: int, seed: int) -> None:
    rows = features(rank, rank + more, seed=seed)
    null = null_vectors(rows)
    assert null.shape == (more, rank + more)
    assert np.linalg.matrix_rank(null) == more
    assert np.abs(rows @ null.T).max() < 1e-11


def test_null_vectors_of_features_that_are_all_alike() -> None:
    null = null_vectors(np.ones((3, 7)))
    assert np.abs(null.sum(axis=1)).max() == 0 and np.linalg.matrix_rank(null) == 4


def test_a_walk_ends_with_as_many_nodes_fewer_as_null_vectors() -> None:
    rows = features(6, 16, seed=1)
    weights = np.random.default_rng(2).uniform(1, 2, 16)
    after = walk(null_vectors(rows), weights)
    assert np.count_nonzero(after) == 6 and after.min() == 0
    assert np.allclose(rows @ after, rows @ weights, atol=1e-12)


def test_features_that_are_not_numbers_end_in_an_error_and_not_in_a_loop() -> None:
    rows = np.full((2, 40), np.nan)
    with (
        np.errstate(invalid="ignore"),
        pytest.raises(FloatingPointError, match="found features or weights that are not finite"),
    ):
        eliminate(rows, np.ones(40), 2)


def test_refinement_gains_digits_and_never_a_weight_below_0() -> None:
    rows = features(6, 6, seed=3)
    right = np.random.default_rng(4).uniform(1, 2, 6)
    rough = Columns(np.arange(6), right * (1 + 1e-6), rows)
    assert np.allclose(refined(rough, rows @ right).weights, right, rtol=1e-12)
    far = refined(rough, rows @ np.array([1.0, 1, 1, 1, 1, -1]))
    assert (far.weights == rough.weights).all()


def test_refinement_bears_dependent_columns() -> None:
    columns = Columns(np.arange(3), np.ones(3), np.ones((3, 3)))
    assert refined(columns, np.full(3, 3.3)).weights.sum() == pytest.approx(3.3)


@pytest.mark.parametrize("count", [9, 100, 10**7])
def test_groups_are_enough_to_halve_them(count: int) -> None:
    assert 2 * 4 <= num_groups(4, count) <= max(8, count)
