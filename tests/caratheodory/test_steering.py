"""Eliminations keep the sums of the features, whichever way they go; the choice is as promised."""

import random
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ucomp_verify.algebra import num_monomials
from ucomp_verify.caratheodory.features import orthonormal_features
from ucomp_verify.caratheodory.legendre import Array, in_own_box, legendre
from ucomp_verify.caratheodory.martingale import fair_share
from ucomp_verify.caratheodory.steering import (
    Balance,
    Choose,
    Coin,
    Forward,
    Steering,
    eliminate,
    null_space,
    steer,
)


def _points(nodes: int, dim: int, seed: int = 0) -> Array:
    return np.random.default_rng(seed).uniform(-1, 1, (nodes, dim))


def _steerings(rows: int) -> list[Steering]:
    return [Forward(), Coin(random.Random(0)), Balance(np.zeros(rows))]


@given(
    nodes=st.integers(1, 120),
    dim=st.integers(1, 3),
    degree=st.integers(0, 3),
    which=st.integers(0, 2),
    seed=st.integers(0, 2**32),
)
def test_the_sums_of_the_features_stay(
    nodes: int, dim: int, degree: int, which: int, seed: int
) -> None:
    points = _points(nodes, dim, seed)
    weights = np.random.default_rng(seed).uniform(0, 1, nodes) ** 3
    features = orthonormal_features(in_own_box(points), degree)
    high = legendre(points, degree + 2, above=degree)
    after = steer(features, high, weights, _steerings(len(high))[which])
    assert after.min() >= 0
    assert np.count_nonzero(after) <= len(features)
    np.testing.assert_allclose(features @ after, features @ weights, atol=1e-11 * nodes)


@pytest.mark.parametrize("removals", [1, 4, 9])
@pytest.mark.parametrize("which", [0, 1, 2])
def test_so_many_nodes_are_removed(removals: int, which: int) -> None:
    points = _points(15, 2)
    features, high = legendre(points, 2), legendre(points, 4, above=2)
    null = null_space(features)
    choose = _steerings(len(high))[which].over(null, high)
    after = eliminate(null, np.ones(15), removals, choose)
    assert np.count_nonzero(after) == 15 - removals
    assert after.min() == 0
    np.testing.assert_allclose(features @ after, features.sum(axis=1), atol=1e-12)


@pytest.mark.parametrize("copies", [1, 3])
def test_null_vectors_are_all_there_are(copies: int) -> None:
    """Copies of nodes, and more features than the nodes can tell apart."""
    points = np.repeat(_points(4, 2), copies, axis=0)
    features = legendre(points, 3)
    null = null_space(features)
    assert null.shape == (4 * copies, 4 * copies - 4)
    np.testing.assert_allclose(features @ null, 0, atol=1e-12)
    np.testing.assert_allclose(null.T @ null, np.eye(null.shape[1]), atol=1e-12)


def test_the_mismatch_is_the_difference_of_the_moments() -> None:
    """Over halvings and windows, and over one call after another."""
    points = _points(200, 2)
    features, high = legendre(points, 2), legendre(points, 4, above=2)
    balance = Balance(np.zeros(len(high)))
    change = np.zeros(200)
    for part in np.split(np.arange(200), 2):
        after = steer(features[:, part], high[:, part], np.ones(100), balance)
        change[part] = 1 - after
    np.testing.assert_allclose(balance.mismatch, high @ change, atol=1e-11)
    assert np.linalg.norm(balance.mismatch) > 1e-6


def test_balancing_takes_the_better_direction() -> None:
    """Each choice gives the smaller mismatch of the two that there are."""
    points = _points(12, 2)
    high, null = legendre(points, 3, above=2), null_space(legendre(points, 2))
    balance, seen = Balance(np.array([0.3, -0.2, 0.1, 0.4])), list[bool]()
    choose = balance.over(null, high)

    def checked(combination: Array, forward: float, backward: float) -> bool:
        before, effect = balance.mismatch.copy(), high @ (null @ combination)
        ends = [np.linalg.norm(before + s * effect) for s in (forward, -backward)]
        ahead = choose(combination, forward, backward)
        assert np.linalg.norm(balance.mismatch) == pytest.approx(min(ends))
        assert ahead == (ends[0] < ends[1])
        seen.append(ahead)
        return ahead

    eliminate(null, np.ones(12), 6, checked)
    assert len(seen) == 6


def test_balancing_lowers_the_next_moments() -> None:
    plain = [_left_over(seed, Forward()) for seed in range(10)]
    balanced = [_left_over(seed, Balance(np.zeros(4))) for seed in range(10)]
    assert np.mean(np.log(plain)) - np.mean(np.log(balanced)) > np.log(2)


def _left_over(seed: int, steering: Steering) -> float:
    """The mismatch of degree 3 after the reduction of 8 clouds of 60 nodes, one after another."""
    points, total = _points(480, 2, seed), 0.0
    high = legendre(points, 3, above=2)
    for part in np.split(np.arange(480), 8):
        weights = steer(legendre(points[part], 2), high[:, part], np.ones(60), steering)
        total = total + high[:, part] @ (1 - weights)
    return float(np.linalg.norm(total))


class _Scripted(Steering):
    """Goes as a list says and then forward; notes how probable its choices were."""

    def __init__(self, script: list[bool], share: Callable[[float, float], float]) -> None:
        self.script, self.share = script, share
        self.taken = list[bool]()
        self.probability = 1.0

    def over(self, null: Array, high: Array) -> Choose:
        def choose(combination: Array, forward: float, backward: float) -> bool:
            del combination
            step = len(self.taken)
            ahead = self.script[step] if step < len(self.script) else True
            p = self.share(forward, backward)
            self.probability *= p if ahead else 1 - p
            self.taken.append(ahead)
            return ahead

        return choose


def _mean_of_all_outcomes(
    features: Array, weights: Array, share: Callable[[float, float], float]
) -> tuple[Array, float, int]:
    mean, total, number, waiting = np.zeros_like(weights), 0.0, 0, [list[bool]()]
    while waiting:
        script = waiting.pop()
        steering = _Scripted(script, share)
        mean += steer(features, np.empty((0, len(weights))), weights, steering) * (
            probability := steering.probability
        )
        total, number = total + probability, number + 1
        waiting += [[*steering.taken[:i], False] for i in range(len(script), len(steering.taken))]
    return mean, total, number


@pytest.mark.parametrize(("nodes", "degree"), [(5, 1), (7, 2), (9, 1), (11, 2)])
def test_the_coin_leaves_the_mean_weights(nodes: int, degree: int) -> None:
    """Every path of the reduction, halvings among them, with its probability."""
    points = _points(nodes, 1)
    weights = np.random.default_rng(1).uniform(0.5, 2, nodes)
    mean, total, number = _mean_of_all_outcomes(legendre(points, degree), weights, fair_share)
    assert number >= 2 ** (nodes // 2 - degree)
    assert total == pytest.approx(1)
    np.testing.assert_allclose(mean, weights, rtol=1e-9)


def test_a_fair_coin_would_not() -> None:
    weights = np.random.default_rng(1).uniform(0.5, 2, 7)
    mean, total, _ = _mean_of_all_outcomes(legendre(_points(7, 1), 2), weights, lambda f, b: 0.5)
    assert total == pytest.approx(1)
    assert np.abs(mean - weights).max() > 0.01


def test_the_coin_is_drawn_with_its_probability() -> None:
    choose = Coin(random.Random(0)).over(np.empty((0, 0)), np.empty((0, 0)))
    heads = sum(choose(np.empty(0), 1.0, 3.0) for _ in range(4000))
    assert heads / 4000 == pytest.approx(3 / 4, abs=0.03)  # over 4 standard deviations


def test_legendre_products_are_orthonormal() -> None:
    nodes, weights = np.polynomial.legendre.leggauss(6)
    grid = np.stack([axis.ravel() for axis in np.meshgrid(nodes, nodes)], axis=1)
    masses = np.outer(weights, weights).ravel() / 4
    values = legendre(grid, 5)
    assert len(values) == num_monomials(2, 5)
    np.testing.assert_allclose(values * masses @ values.T, np.eye(len(values)), atol=1e-13)
    np.testing.assert_array_equal(legendre(grid, 5, above=3), values[num_monomials(2, 3) :])
