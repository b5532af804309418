"""What a compression is to be compared with: fewer objects, chosen without their moments."""

from typing import TypeVar

import numpy as np

from .activations import Array
from .batches import Batch, Places
from .networks import AbstractNetwork

N = TypeVar("N", bound=AbstractNetwork)


def selected(network: N, indices: Places, weights: Array | None) -> N:
    """The network on some of its objects, with these weights, all 1 if None.

    Raises ValueError for networks with several groups of objects and indices out of range.
    """
    layout = network.layout
    if len(layout.weights) != 1:
        raise ValueError(
            f"found a network with {len(layout.weights)} groups of objects; expected one"
        )
    leaves = tuple(
        np.take(leaf, indices, axis=axes.index(0)) if 0 in axes else leaf
        for axes, leaf in zip(layout.axes, network.leaves, strict=True)
    )
    typed = None if weights is None else weights.astype(network.leaves[0].dtype)
    return network.with_weights((None,)).with_leaves(leaves).with_weights((typed,))


def random_subset(network: N, size: int, *, seed: int, weighted: bool) -> N:
    """Random objects without repetition.

    With `weighted` each has the weight (original number) / size, the fair control: output and
    speed of training have the scale of the original. Without, all weights are 1 (the random
    subnetwork of the paper's Fig. 4), and both are size / (original number) times as large.
    """
    count = _count(network)
    _require_size(size, count)
    indices = np.sort(np.random.default_rng(seed).choice(count, size, replace=False))
    return selected(network, indices, _equal(network, size) if weighted else None)


def first_objects(network: N, size: int, *, weighted: bool) -> N:
    """The first objects, with weights as in `random_subset`."""
    _require_size(size, _count(network))
    return selected(network, np.arange(size), _equal(network, size) if weighted else None)


def random_examples(data: Batch, size: int, *, seed: int) -> Batch:
    """Random examples without repetition, all of the same weight."""
    _require_size(size, len(data))
    return _unweighted(data, np.random.default_rng(seed).choice(len(data), size, replace=False))


def first_examples(data: Batch, size: int) -> Batch:
    """The first examples, all of the same weight (the naive subset of the paper's Fig. 3)."""
    _require_size(size, len(data))
    return _unweighted(data, np.arange(size))


def _unweighted(data: Batch, places: Places) -> Batch:
    return Batch(data.inputs[places], data.targets[places])


def _count(network: AbstractNetwork) -> int:
    layout = network.layout
    axes = next(axes for axes in layout.axes if 0 in axes)
    return network.leaves[layout.axes.index(axes)].shape[axes.index(0)]


def _equal(network: AbstractNetwork, size: int) -> Array:
    """Equal weights with the sum of those of the network."""
    weights = network.layout.weights[0]
    total = _count(network) if weights is None else float(weights.sum())
    return np.full(size, total / size)


def _require_size(size: int, count: int) -> None:
    if not 1 <= size <= count:
        raise ValueError(f"found the size {size}; expected one from 1 to {count}")
