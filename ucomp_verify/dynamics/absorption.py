"""Weighted networks as standard ones: outputs are the same, training needs rates by neuron."""

import enum
from dataclasses import replace

import numpy as np

from .activations import Array
from .duplication import trajectory
from .duplication_tasks import Task
from .layouts import Leaves
from .networks import TwoLayer
from .optimisers_base import AbstractOptimiser
from .training import moved


class Rates(enum.StrEnum):
    """The rates of a standard network whose outer weights have absorbed the weights c."""

    ONE = "one rate"  # as a standard network is trained
    GRADIENT = "eta / c inside, eta c outside"  # exact for steps linear in the gradients
    SCALE_FREE = "eta inside, eta c outside"  # for steps that do not see the gradients' size


def absorbed(network: TwoLayer) -> TwoLayer:
    """The standard network with outer_j <- c_j outer_j, which has the same outputs."""
    if network.weights is None:
        return network
    return replace(network, outer=network.outer * network.weights[:, None], weights=None)


def absorption_error(
    optimiser: AbstractOptimiser, task: Task, rates: Rates = Rates.ONE
) -> tuple[float, float]:
    """How far the standard network is from the copies when trained, and how far these moved.

    The first is relative to the second, as in `duplication.Row`. Raises ValueError for
    networks other than two-layer ones with weights.
    """
    network = task.network
    if not isinstance(network, TwoLayer) or network.weights is None:
        raise ValueError(
            f"found a network of type {type(network).__name__}, perhaps without weights; expected "
            "a TwoLayer with weights"
        )
    copies = trajectory(network.original(), optimiser, task)
    standard = _run(absorbed(network), optimiser, task, _factors(network, Rates(rates)))
    change = float(np.abs(copies - copies[0]).max())
    return float(np.abs(standard - copies).max()) / change, change


def _factors(network: TwoLayer, rates: Rates) -> Leaves:
    """Factors of the rate for each leaf."""
    weights = network.weights
    assert weights is not None
    ones = np.ones_like(weights)
    inside = 1 / weights if rates is Rates.GRADIENT else ones
    outside = ones if rates is Rates.ONE else weights
    factors = [inside[None], inside, outside[:, None], np.ones(1)]
    there = (network.inner, network.bias, network.outer, network.offset)
    return tuple(f for f, leaf in zip(factors, there, strict=True) if leaf is not None)


def _run(network: TwoLayer, optimiser: AbstractOptimiser, task: Task, factors: Leaves) -> Array:
    state = optimiser.start(network.leaves, network.layout)
    outputs = [network.outputs(task.probes)]
    for batch in task.batches:
        _, gradients = network.loss_and_gradient(batch)
        moves, state = optimiser.updates(network.leaves, gradients, state, network.layout)
        scaled = tuple(u * f for u, f in zip(moves, factors, strict=True))
        network = network.with_leaves(moved(network.leaves, scaled))
        outputs.append(network.outputs(task.probes))
    return np.array(outputs)
