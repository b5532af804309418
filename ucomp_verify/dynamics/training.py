"""Training runs: functional steps, the same batches for every network that is compared."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import cos, pi
from typing import Any, Generic, TypeVar

import numpy as np

from .activations import Array
from .batches import Batch, Places
from .layouts import Leaves
from .networks import AbstractNetwork, TwoLayer
from .optimisers_base import AbstractOptimiser, State
from .training_blocks import BlockedGradient, is_blocked

N = TypeVar("N", bound=AbstractNetwork)

Schedule = Callable[[int], float]
"""The factor of the rate in step 0, 1, ..."""

INPUTS = 1 << 13  # evaluated at a time; fewer for wide networks
VALUES = 1 << 17


@dataclass(frozen=True, eq=False)
class Moment(Generic[N]):
    """A network in the course of its training: `step` steps were taken, the last at `loss`.

    `loss` is that of the batch of the last step before it was taken, nan before the first.
    """

    step: int
    network: N
    state: State
    loss: float


def gradient_of(network: N) -> Callable[[N, Batch], tuple[Any, Leaves]]:
    """The fastest function that there is for the loss and gradient of such networks.

    It has memory of its own: make one for each run and each thread.
    """
    if isinstance(network, TwoLayer) and is_blocked(network):
        blocked: Any = BlockedGradient.of(network)
        return blocked
    return lambda network, batch: network.loss_and_gradient(batch)


def start(network: N, optimiser: AbstractOptimiser) -> Moment[N]:
    """The moment before the first step."""
    state = optimiser.start(network.leaves, network.layout)
    return Moment(0, network, state, float("nan"))


def stepped(
    now: Moment[N],
    optimiser: AbstractOptimiser,
    batch: Batch,
    *,
    factor: float = 1.0,
    gradient: Callable[[N, Batch], tuple[Any, Leaves]] | None = None,
) -> Moment[N]:
    """One step further: the optimiser's change of the leaves, times the factor."""
    network = now.network
    loss, gradients = (gradient or gradient_of(network))(network, batch)
    moves, state = optimiser.updates(network.leaves, gradients, now.state, network.layout)
    leaves = moved(network.leaves, moves, factor)
    return Moment(now.step + 1, network.with_leaves(leaves), state, float(loss))


def moved(leaves: Leaves, moves: Leaves, factor: float = 1.0) -> Leaves:
    """The leaves after the moves, in their own type of numbers."""
    pairs = zip(leaves, moves, strict=True)
    if factor == 1:
        return tuple((w + u).astype(w.dtype, copy=False) for w, u in pairs)
    return tuple((w + factor * u).astype(w.dtype, copy=False) for w, u in pairs)


def train(
    network: N,
    optimiser: AbstractOptimiser,
    data: Batch,
    order: Iterable[Places | slice],
    *,
    schedule: Schedule | None = None,
    every: int = 1,
    unbiased: bool = False,
) -> Iterator[Moment[N]]:
    """The moments after every `every` steps, first that before the first step, last the end.

    Step t sees the examples order[t] of the data, so runs with equal orders see the same
    ones. Their loss is divided by the sum of their weights or, if it is to be `unbiased`, by
    their number times the mean weight of all: these differ for weighted examples only. Raises
    ValueError for `every` < 1.

    >>> network = TwoLayer(np.ones((1, 4)), None, np.ones((4, 1)), scale=0.25)
    >>> data = Batch(np.ones((2, 1)), np.zeros((2, 1)))
    >>> from ucomp_verify.dynamics.optimisers import SGD
    >>> [now.step for now in train(network, SGD(0.1), data, whole(5), every=2)]
    [0, 2, 4, 5]
    """
    if every < 1:
        raise ValueError(f"found every = {every}; expected a number of steps >= 1")
    number = network.leaves[0].dtype
    data = data if number.kind == "O" else data.astype(number)
    mean = data.total / len(data) if unbiased else None
    parts = (_part(data, places, mean) for places in order)
    return _moments(network, optimiser, parts, schedule, every)


def _part(data: Batch, places: Places | slice, mean: Any) -> Batch:
    if isinstance(places, slice) and places == slice(None):
        return data
    part = data.part(places)
    return part if mean is None else replace(part, mass=mean * len(part))


def _moments(
    network: N,
    optimiser: AbstractOptimiser,
    batches: Iterator[Batch],
    schedule: Schedule | None,
    every: int,
) -> Iterator[Moment[N]]:
    gradient = gradient_of(network)
    now = start(network, optimiser)
    yield now
    for batch in batches:
        factor = 1.0 if schedule is None else schedule(now.step)
        now = stepped(now, optimiser, batch, factor=factor, gradient=gradient)
        if now.step % every == 0:
            yield now
    if now.step % every:
        yield now


def whole(steps: int) -> Iterator[slice]:
    """The order of `steps` steps on all examples (full batch)."""
    return (slice(None) for _ in range(steps))


def cosine(steps: int, *, period: int = 1) -> Schedule:
    """Cosine annealing from 1 to 0 in `steps` steps, kept for `period` steps (an epoch)."""

    def factor(step: int) -> float:
        return (1 + cos(pi * (step // period * period) / steps)) / 2

    return factor


def outputs_of(network: AbstractNetwork, inputs: Array) -> Array:
    """The outputs at many inputs, some at a time, so that the activations stay in a cache."""
    width = max((max(leaf.shape, default=1) for leaf in network.leaves), default=1)
    rows = max(min(INPUTS, VALUES // width), 1)
    parts = [network.outputs(inputs[i : i + rows]) for i in range(0, len(inputs), rows)]
    return np.concatenate(parts)


def prediction_gap(one: Sequence[Array], other: Sequence[Array]) -> tuple[Array, float]:
    """Per moment the largest difference of outputs, and the largest change of `one` so far.

    Both hold the outputs at the same inputs, moment by moment; the change is
    max_t max_x |y_t(x) - y_0(x)|, the distance that a gap is to be compared with.
    """
    if len(one) != len(other) or not one:
        raise ValueError(
            f"found outputs at {len(one)} and {len(other)} moments; expected the same number >= 1"
        )
    gaps = np.array([np.abs(a - b).max() for a, b in zip(one, other, strict=True)])
    return gaps, float(max(np.abs(a - one[0]).max() for a in one))
