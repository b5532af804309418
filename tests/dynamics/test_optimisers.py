"""Optimisers with weights 1 are those of optax; with weights they know what they sum over."""

from typing import Any

import numpy as np
import pytest

from tests.optional import require_module
from ucomp_verify.dynamics.duplication_tasks import Task, two_layer_task
from ucomp_verify.dynamics.layouts import Layout, Leaves
from ucomp_verify.dynamics.networks import TwoLayer
from ucomp_verify.dynamics.optimisers import (
    LAMB,
    LARS,
    OPTIMISERS,
    SGD,
    AbstractOptimiser,
    Adafactor,
    Adagrad,
    Adam,
    Family,
    Lion,
    Muon,
    NormClipped,
    NovoGrad,
    Penalised,
    RMSprop,
    Shampoo,
    ValueClipped,
    find_optimiser,
)
from ucomp_verify.dynamics.training import moved

STEPS = 20


def pairs(optax: Any, contrib: Any) -> list[tuple[AbstractOptimiser, Any, float]]:
    """Ours, the same of optax, and how near they must be (optax keeps one decay in float32)."""
    return [
        (SGD(0.1), optax.sgd(0.1), 1e-12),
        (SGD(0.03, 0.9), optax.sgd(0.03, momentum=0.9), 1e-12),
        (SGD(0.03, 0.9, nesterov=True), optax.sgd(0.03, momentum=0.9, nesterov=True), 1e-12),
        (Adam(0.01), optax.adam(0.01), 1e-12),
        (Adam(0.01, decay=0.1), optax.adamw(0.01, weight_decay=0.1), 1e-12),
        (
            RMSprop(0.003),
            optax.rmsprop(0.003, decay=0.99, eps_in_sqrt=False),
            1e-12,
        ),
        (Adagrad(0.05, 0.1, 0.0), optax.adagrad(0.05, 0.1, eps=0.0), 1e-12),
        (Lion(0.003, decay=0.1), optax.lion(0.003, weight_decay=0.1, b2=0.99), 1e-12),
        (ValueClipped(SGD(0.1), 0.02), optax.chain(optax.clip(0.02), optax.sgd(0.1)), 1e-12),
        (
            Penalised(Adam(0.01), 0.05),
            optax.chain(optax.add_decayed_weights(0.05), optax.adam(0.01)),
            1e-12,
        ),
        (
            NormClipped(SGD(0.1), 0.3),
            optax.chain(optax.clip_by_global_norm(0.3), optax.sgd(0.1)),
            1e-12,
        ),
        (LARS(), optax.lars(0.05, momentum=0.9), 1e-12),
        (LAMB(), optax.lamb(0.01), 1e-12),
        (NovoGrad(), optax.novograd(0.01), 1e-12),
        (Adafactor(0.02), optax.adafactor(0.02, min_dim_size_to_factor=2), 1e-5),
        (Muon(), contrib.muon(0.02), 1e-12),
    ]


def changes(optimiser: AbstractOptimiser, start: TwoLayer, gradients: list[Leaves]) -> list[Leaves]:
    """The leaves after each step along given gradients."""
    leaves, layout = start.leaves, start.layout
    state, out = optimiser.start(leaves, layout), list[Leaves]()
    for gradient in gradients:
        moves, state = optimiser.updates(leaves, gradient, state, layout)
        leaves = moved(leaves, moves)
        out.append(leaves)
    return out


def random_gradients(start: TwoLayer) -> list[Leaves]:
    random = np.random.default_rng(3)
    return [
        tuple(random.normal(size=leaf.shape) * 0.3 + leaf * 0.1 for leaf in start.leaves)
        for _ in range(STEPS)
    ]


def optax_end(theirs: Any) -> tuple[np.ndarray, ...]:
    """The leaves after all steps of optax along the gradients of `random_gradients`."""
    jax: Any = require_module("jax")
    optax: Any = require_module("optax")
    start = original()
    with jax.enable_x64(True):
        arrays: Any = jax.numpy.asarray
        leaves = jax.tree.map(arrays, start.leaves)
        state: Any = theirs.init(leaves)
        update: Any = jax.jit(theirs.update)
        for gradient in random_gradients(start):
            moves, state = update(jax.tree.map(arrays, gradient), state, leaves)
            leaves = optax.apply_updates(leaves, moves)
        return tuple(np.asarray(leaf) for leaf in leaves)


def original() -> TwoLayer:
    network: Any = two_layer_task().network
    return network.original()


def largest_gap(ours: AbstractOptimiser, end: tuple[np.ndarray, ...]) -> float:
    """The largest difference of ours from it in any parameter."""
    found = changes(ours, original(), random_gradients(original()))[-1]
    return max(float(np.abs(one - other).max()) for one, other in zip(found, end, strict=True))


def test_weights_one_give_lamb_of_optax() -> None:
    optax: Any = require_module("optax")
    end = optax_end(optax.lamb(0.01))
    assert largest_gap(LAMB(), end) < 1e-12
    assert largest_gap(LAMB(eps=1e-3), end) > 1e-4  # another setting is seen


@pytest.mark.slow
def test_weights_one_give_the_optimisers_of_optax() -> None:
    optax, contrib = require_module("optax"), require_module("optax.contrib")
    rows = pairs(optax, contrib)
    assert len(rows) == 16
    for ours, theirs, near in rows:
        assert largest_gap(ours, optax_end(theirs)) < near, ours.name


@pytest.mark.parametrize("optimiser", OPTIMISERS, ids=lambda o: o.name)
def test_weights_of_one_are_no_weights(optimiser: AbstractOptimiser) -> None:
    network: Any = two_layer_task().network
    ones = network.with_weights((np.ones(network.width),))
    plain = network.with_weights((None,))
    gradients = random_gradients(plain)
    for one, other in zip(
        changes(optimiser, ones, gradients)[-1], changes(optimiser, plain, gradients)[-1],
        strict=True,
    ):  # fmt: skip
        np.testing.assert_allclose(one, other, rtol=1e-10, atol=1e-12)


@pytest.mark.parametrize("optimiser", OPTIMISERS, ids=lambda o: o.name)
def test_float32_networks_stay_in_float32(optimiser: AbstractOptimiser) -> None:
    network: Any = two_layer_task().network
    gradients = random_gradients(network)
    small = changes(
        optimiser,
        network.astype(np.float32),
        [tuple(g.astype(np.float32) for g in gradient) for gradient in gradients],
    )[-1]
    assert {leaf.dtype.name for leaf in small} == {"float32"}
    large = changes(optimiser, network, gradients)[-1]
    moved_by = max(float(np.abs(a - b).max()) for a, b in zip(large, network.leaves, strict=True))
    for one, other in zip(small, large, strict=True):
        assert np.abs(one - other).max() < 0.02 * moved_by


@pytest.mark.parametrize("optimiser", OPTIMISERS, ids=lambda o: o.name)
def test_steps_are_equivariant(optimiser: AbstractOptimiser) -> None:
    """Permuted objects with permuted weights move to the permuted places."""
    network: Any = two_layer_task().network
    order = np.random.default_rng(1).permutation(network.width)

    def permuted(leaves: Leaves) -> Leaves:
        axes = network.layout.axes
        return tuple(
            np.take(leaf, order, axis=a.index(0)) if 0 in a else leaf
            for a, leaf in zip(axes, leaves, strict=True)
        )

    other = network.with_weights((network.weights[order],)).with_leaves(permuted(network.leaves))
    gradients = random_gradients(network)
    one = changes(optimiser, network, gradients)[-1]
    two = changes(optimiser, other, [permuted(g) for g in gradients])[-1]
    for x, y in zip(permuted(one), two, strict=True):
        np.testing.assert_allclose(x, y, rtol=1e-9, atol=1e-10)


@pytest.mark.parametrize("optimiser", OPTIMISERS, ids=lambda o: o.name)
def test_splitting_an_object_in_two_changes_nothing(optimiser: AbstractOptimiser) -> None:
    """Half the weight twice: real weights, where no copies exist."""
    task = two_layer_task(steps=8)
    whole: Any = task.network.with_weights((np.linspace(0.3, 2.1, 10),))
    parts = [0, 0, *range(1, 10)]
    leaves = tuple(
        np.take(leaf, parts, axis=a.index(0)) if 0 in a else leaf
        for a, leaf in zip(whole.layout.axes, whole.leaves, strict=True)
    )
    weights = whole.weights[parts].copy()
    weights[:2] = 0.1, 0.2
    split = whole.with_weights((None,)).with_leaves(leaves).with_weights((weights,))
    np.testing.assert_allclose(end(optimiser, split, task), end(optimiser, whole, task), atol=1e-9)


def end(optimiser: AbstractOptimiser, network: Any, task: Task) -> np.ndarray:
    state = optimiser.start(network.leaves, network.layout)
    for batch in task.batches:
        _, gradients = network.loss_and_gradient(batch)
        moves, state = optimiser.updates(network.leaves, gradients, state, network.layout)
        network = network.with_leaves(moved(network.leaves, moves))
    return network.outputs(task.probes)


def test_clipping_acts_on_the_norm_of_the_original_network() -> None:
    layout = Layout(((0,),), (np.array([4.0]),))
    gradient = (np.array([1.0]),)
    clipped = NormClipped(SGD(1.0), 1.0)
    moves, _ = clipped.updates(gradient, gradient, clipped.start(gradient, layout), layout)
    assert moves[0].tolist() == [-0.5]  # the norm of 4 copies is 2
    moves, _ = clipped.updates(gradient, gradient, clipped.start(gradient, layout), layout.unit())
    assert moves[0].tolist() == [-1.0]  # not of the one object


def test_the_sums_of_a_layout_are_those_of_copies() -> None:
    weights = np.array([1.0, 3.0, 2.0]), np.array([2.0, 5.0])
    layout = Layout(((0, 1),), weights)
    values = np.random.default_rng(0).normal(size=(3, 2))
    (copies,) = layout.repeated((values,))
    assert copies.shape == (6, 7)
    assert layout.count(0, values) == 42
    assert layout.norm(0, values) == pytest.approx(np.linalg.norm(copies), rel=1e-14)
    for axis in (0, 1):
        means = copies.mean(axis=axis, keepdims=True)
        (spread,) = Layout(((0, 1),), (None, weights[1]) if axis == 0 else (weights[0], None)
        ).repeated((layout.mean(0, values, axis),))  # fmt: skip
        np.testing.assert_allclose(spread, means, rtol=1e-13)
    (rooted,) = layout.rooted((values,), inverse=False)
    assert np.linalg.norm(rooted) == pytest.approx(np.linalg.norm(copies), rel=1e-14)


def test_families_and_names() -> None:
    names = [optimiser.name for optimiser in OPTIMISERS]
    assert len(set(names)) == len(names) == 18
    assert find_optimiser("Muon") is OPTIMISERS[names.index("Muon")]
    assert {o.family for o in OPTIMISERS} == set(Family)
    with pytest.raises(LookupError, match=r"'sgd'; expected one of \['Adafactor'"):
        find_optimiser("sgd")


def test_shampoo_refuses_wide_layers() -> None:
    network = TwoLayer(np.ones((1, 5)), None, np.ones((5, 1)))
    with pytest.raises(ValueError, match="a side of 5; expected at most 4"):
        Shampoo(largest=4).start(network.leaves, network.layout)


def test_gradients_of_zero_move_nothing_by_norms() -> None:
    network = TwoLayer(np.ones((1, 2)), None, np.zeros((2, 1)))
    still = tuple(np.zeros_like(leaf) for leaf in network.leaves)
    for optimiser in (LARS(), LAMB(), NovoGrad(), Adafactor(), Muon(), NormClipped(SGD(), 0.1)):
        state = optimiser.start(network.leaves, network.layout)
        moves, _ = optimiser.updates(network.leaves, still, state, network.layout)
        assert all(np.isfinite(u).all() and not u.any() for u in moves), optimiser.name
