"""The engine in blocks against the plain formulas, and runs that see the same batches."""

from itertools import islice

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ucomp_verify.dynamics.activations import Activation
from ucomp_verify.dynamics.batches import Batch, mini_batches
from ucomp_verify.dynamics.initialisation import mean_field_two_layer, pytorch_two_layer
from ucomp_verify.dynamics.networks import TwoLayer
from ucomp_verify.dynamics.optimisers import SGD, Adam
from ucomp_verify.dynamics.training import (
    cosine,
    outputs_of,
    prediction_gap,
    start,
    stepped,
    train,
    whole,
)
from ucomp_verify.dynamics.training_blocks import BlockedGradient

KINDS = st.sampled_from([Activation.TANH, Activation.RELU])


def problem(
    seed: int, activation: Activation, outputs: int, *, bare: bool, weighted: bool
) -> tuple[TwoLayer, Batch]:
    random = np.random.default_rng(seed)
    width, inputs, count = (int(random.integers(1, n)) for n in (40, 5, 30))
    network = TwoLayer(
        random.normal(size=(inputs, width)),
        None if bare else random.normal(size=width),
        random.normal(size=(width, outputs)),
        None if bare else random.normal(size=outputs),
        random.uniform(0.1, 5, width) if weighted else None,
        activation,
        0.3,
    )
    weights = random.uniform(0.1, 2, count) if weighted else None
    batch = Batch(
        random.normal(size=(count, inputs)), random.normal(size=(count, outputs)), weights
    )
    return network, batch


@given(st.integers(0, 10**6), KINDS, st.integers(1, 3), st.booleans(), st.booleans())
def test_blocks_give_what_the_formulas_give(
    seed: int, activation: Activation, outputs: int, bare: bool, weighted: bool
) -> None:
    network, batch = problem(seed, activation, outputs, bare=bare, weighted=weighted)
    loss, gradients = network.loss_and_gradient(batch)
    for size in (1, 1000, 1 << 20):  # one example a block, a few, all
        found, blocked = BlockedGradient.of(network, block_bytes=size)(network, batch)
        assert found == pytest.approx(loss, rel=1e-12)
        for one, other in zip(blocked, gradients, strict=True):
            np.testing.assert_allclose(one, other, rtol=1e-9, atol=1e-11)


@given(st.integers(0, 10**6), KINDS, st.integers(1, 2))
def test_float32_stays_float32(seed: int, activation: Activation, outputs: int) -> None:
    network, batch = problem(seed, activation, outputs, bare=False, weighted=True)
    _, gradients = network.loss_and_gradient(batch)
    small = network.astype(np.float32)
    now = stepped(start(small, Adam(0.01)), Adam(0.01), batch.astype(np.float32))
    assert {leaf.dtype.name for leaf in now.network.leaves} == {"float32"}
    _, found = BlockedGradient.of(small)(small, batch)
    for one, other in zip(found, gradients, strict=True):
        assert one.dtype == np.float32
        np.testing.assert_allclose(one, other, atol=2e-5 * (1 + float(np.abs(other).max())))


def test_the_memory_of_blocks_does_not_leak_into_results() -> None:
    network, batch = problem(3, Activation.TANH, 1, bare=False, weighted=True)
    gradient = BlockedGradient.of(network, block_bytes=1)
    _, first = gradient(network, batch)
    kept = [leaf.copy() for leaf in first]
    gradient(network, Batch(batch.inputs * 2, batch.targets))
    assert all((a == b).all() for a, b in zip(first, kept, strict=True))


def test_blocks_refuse_other_networks() -> None:
    network = mean_field_two_layer(8, 2, seed=0)
    gradient = BlockedGradient.of(network)
    batch = Batch(np.ones((2, 2)), np.ones((2, 1)))
    with pytest.raises(ValueError, match="width 9 in float64; expected width 8"):
        gradient(mean_field_two_layer(9, 2, seed=0), batch)
    with pytest.raises(ValueError, match="found complex128 numbers"):
        BlockedGradient.of(network.astype(complex))
    square = mean_field_two_layer(8, 2, seed=0, activation=Activation.SQUARE)
    with pytest.raises(ValueError, match="activation square; expected float32 or float64"):
        BlockedGradient.of(square)


def test_batches_visit_every_example_once_an_epoch() -> None:
    order = list(mini_batches(10, 4, seed=1, epochs=2))
    assert [len(part) for part in order] == [4, 4, 2, 4, 4, 2]
    assert sorted(np.concatenate(order[:3]).tolist()) == list(range(10))
    assert np.concatenate(order[:3]).tolist() != np.concatenate(order[3:]).tolist()
    again = list(islice(mini_batches(10, 4, seed=1), 6))
    assert all((a == b).all() for a, b in zip(order, again, strict=True))
    with pytest.raises(ValueError, match="batches of 0"):
        mini_batches(10, 0, seed=1)


def test_every_arm_sees_the_same_batches() -> None:
    """A network of weight 2 objects follows its copies on mini-batches; not on other ones."""
    random = np.random.default_rng(2)
    small = pytorch_two_layer(6, 2, seed=1).with_weights((np.full(6, 2.0),))
    data = Batch(random.normal(size=(40, 2)), random.normal(size=(40, 1)))

    def end(network: TwoLayer, seed: int) -> np.ndarray:
        order = mini_batches(40, 8, seed=seed, epochs=3)
        *_, last = train(network, Adam(0.01), data, order)
        return last.network.outputs(data.inputs)

    np.testing.assert_allclose(end(small, 5), end(small.original(), 5), atol=1e-12)
    assert np.abs(end(small, 5) - end(small.original(), 6)).max() > 1e-4


def test_runs_lower_the_loss_and_report_moments() -> None:
    network = mean_field_two_layer(50, 1, seed=0)
    inputs = np.linspace(-1, 1, 20)[:, None]
    data = Batch(inputs, np.sin(2 * inputs))
    moments = list(train(network, SGD(0.1 * 50), data, whole(25), every=10))
    assert [now.step for now in moments] == [0, 10, 20, 25]
    assert np.isnan(moments[0].loss)
    losses = [now.network.loss(data) for now in moments]
    assert losses == sorted(losses, reverse=True)
    assert losses[-1] < losses[0] / 2
    assert network.loss(data) == losses[0]  # the start is untouched
    with pytest.raises(ValueError, match="every = 0"):
        train(network, SGD(), data, whole(1), every=0)


def test_schedules_scale_the_steps() -> None:
    factor = cosine(100, period=10)
    assert (factor(0), factor(9), factor(50)) == (1.0, 1.0, pytest.approx(0.5))
    network = mean_field_two_layer(5, 1, seed=0)
    data = Batch(np.ones((1, 1)), np.ones((1, 1)))
    *_, last = train(network, SGD(1.0), data, whole(3), schedule=lambda _: 0.0)
    assert all((a == b).all() for a, b in zip(last.network.leaves, network.leaves, strict=True))


def test_weighted_examples_are_copies() -> None:
    network, _ = problem(9, Activation.TANH, 1, bare=False, weighted=False)
    random = np.random.default_rng(0)
    data = Batch(
        random.normal(size=(3, len(network.inner))),
        random.normal(size=(3, 1)),
        np.array([1.0, 2.0, 4.0]),
    )
    copies = Batch(np.repeat(data.inputs, [1, 2, 4], 0), np.repeat(data.targets, [1, 2, 4], 0))
    ends = [list(train(network, SGD(), d, whole(20)))[-1].network for d in (data, copies)]
    for one, other in zip(ends[0].leaves, ends[1].leaves, strict=True):
        np.testing.assert_allclose(one, other, atol=1e-12)
    plain = Batch(data.inputs, data.targets)
    other_end = list(train(network, SGD(), plain, whole(20)))[-1].network
    assert np.abs(other_end.outer - ends[0].outer).max() > 1e-3


def test_unbiased_batches_average_to_the_whole() -> None:
    """The mean over all batches of the gradients is that of the data, if it is to be unbiased."""
    network, _ = problem(11, Activation.TANH, 1, bare=False, weighted=False)
    random = np.random.default_rng(1)
    data = Batch(
        random.normal(size=(8, len(network.inner))),
        random.normal(size=(8, 1)),
        random.uniform(0.1, 9, 8),
    )
    whole_loss = network.loss(data)

    def mean(*, unbiased: bool) -> float:
        order = [np.arange(i, i + 2) for i in range(0, 8, 2)]
        runs = [train(network, SGD(0.0), data, [part], unbiased=unbiased) for part in order]
        return float(np.mean([list(run)[-1].loss for run in runs]))

    assert mean(unbiased=True) == pytest.approx(whole_loss, rel=1e-12)
    assert mean(unbiased=False) != pytest.approx(whole_loss, rel=1e-3)


def test_outputs_and_gaps_of_many_inputs() -> None:
    network = mean_field_two_layer(70000, 1, seed=1)
    inputs = np.linspace(-1, 1, 7)[:, None]
    np.testing.assert_allclose(outputs_of(network, inputs), network.outputs(inputs), atol=1e-14)
    zero, one, two = (np.full((2, 1), v) for v in (0.0, 1.0, 3.0))
    gaps, change = prediction_gap([zero, one, two], [zero, two, two])
    assert (gaps.tolist(), change) == ([0.0, 2.0, 0.0], 3.0)
    with pytest.raises(ValueError, match="outputs at 1 and 2 moments"):
        prediction_gap([zero], [zero, one])


@pytest.mark.parametrize(
    ("parts", "text"),
    [
        ((np.ones(3), np.ones((3, 1)), None), r"inputs of shape \(3,\)"),
        ((np.ones((3, 1)), np.ones((2, 1)), None), "3 inputs, 2 targets"),
        ((np.ones((3, 1)), np.ones((3, 1)), np.ones(2)), r"weights of shape \(2,\)"),
        ((np.ones((3, 1)), np.ones((3, 1)), np.array([1.0, -1.0, 1.0])), "that are < 0"),
        ((np.ones((3, 1)), np.ones((3, 1)), np.array([1.0, np.nan, 1.0])), "not numbers"),
    ],
)
def test_bad_batches_are_refused(
    parts: tuple[np.ndarray, np.ndarray, np.ndarray | None], text: str
) -> None:
    with pytest.raises(ValueError, match=text):
        Batch(*parts)
