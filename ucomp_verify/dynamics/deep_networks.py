"""Networks with two hidden layers, each a group of objects."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from .activations import Activation, Array
from .batches import Batch
from .layouts import Layout, Leaves, require_weights
from .networks import AbstractNetwork, mean_square, pulled

AXES = ((None, 0), (0,), (0, 1), (1,), (1, None), (None,))


@dataclass(frozen=True, eq=False)
class ThreeLayer(AbstractNetwork):
    """y = sum_j b_j outer_j s(u_j) + offset, u_j = sum_i a_i middle_ij s(<x, inner_i> + bias_i)
    + middle_bias_j: neurons of the first layer have weights a, of the second b.

    Shapes: inner (inputs, p), bias (p,), middle (p, q), middle_bias (q,), outer (q, outputs),
    offset (outputs,), `weights` (a, b), each None if all are 1. The gradient of middle_ij is
    divided by a_i b_j, the true one of a pair of original neurons. Raises ValueError for other
    shapes.
    """

    inner: Array
    bias: Array
    middle: Array
    middle_bias: Array
    outer: Array
    offset: Array
    weights: tuple[Array | None, ...] = (None, None)
    activation: Activation = Activation.TANH

    def __post_init__(self) -> None:
        object.__setattr__(self, "activation", Activation(self.activation))
        shapes = tuple(leaf.shape for leaf in self.leaves)
        first, second = self.middle.shape if self.middle.ndim == 2 else (0, 0)
        inputs, outputs = self.inner.shape[0], self.outer.shape[-1]
        expected = (
            (inputs, first), (first,), (first, second), (second,), (second, outputs), (outputs,),
        )  # fmt: skip
        if shapes != expected or not self.middle.size:
            raise ValueError(f"found leaves of shapes {shapes}; expected {expected}")
        if len(self.weights) != 2:
            raise ValueError(f"found weights of {len(self.weights)} layers; expected 2")
        for weights, size in zip(self.weights, (first, second), strict=True):
            if weights is not None:
                require_weights(weights)
                if len(weights) != size:
                    raise ValueError(f"found {len(weights)} weights; expected {size}, one a neuron")

    @property
    def leaves(self) -> Leaves:
        """All six arrays, from the inputs on."""
        return (
            self.inner, self.bias, self.middle, self.middle_bias, self.outer, self.offset,
        )  # fmt: skip

    @property
    def layout(self) -> Layout:
        """Two groups: the neurons of the first and of the second hidden layer."""
        return Layout(AXES, self.weights)

    def with_leaves(self, leaves: Leaves) -> "ThreeLayer":
        """Other parameters, with weights of their numbers of neurons."""
        inner, bias, middle, middle_bias, outer, offset = leaves
        return replace(
            self, inner=inner, bias=bias, middle=middle, middle_bias=middle_bias, outer=outer,
            offset=offset,
        )  # fmt: skip

    def with_weights(self, weights: tuple[Array | None, ...]) -> "ThreeLayer":
        """The same neurons with other weights."""
        return replace(self, weights=weights)

    def outputs(self, inputs: Array) -> Array:
        """The outputs of shape (n, outputs)."""
        return self._forward(inputs)[-1]

    def loss_and_gradient(self, batch: Batch) -> tuple[Any, Leaves]:
        """The loss, and the gradients of original neurons and pairs of them."""
        before, first, between, second, outputs = self._forward(batch.inputs)
        pull = pulled(outputs - batch.targets, batch)
        late = (pull @ self.outer.T) * self.activation.slopes(between, second)
        reach = _times(self.middle, self.weights[1], 1)
        early = (late @ reach.T) * self.activation.slopes(before, first)
        gradients = (
            batch.inputs.T @ early, early.sum(axis=0),
            first.T @ late, late.sum(axis=0),
            second.T @ pull, pull.sum(axis=0),
        )  # fmt: skip
        return mean_square(outputs - batch.targets, batch), gradients

    def _forward(self, inputs: Array) -> tuple[Array, ...]:
        before = inputs @ self.inner + self.bias
        first = self.activation.values(before)
        between = first @ _times(self.middle, self.weights[0], 0) + self.middle_bias
        second = self.activation.values(between)
        return (
            before,
            first,
            between,
            second,
            second @ _times(self.outer, self.weights[1], 0) + (self.offset),
        )


def _times(matrix: Array, weights: Array | None, axis: int) -> Array:
    return matrix if weights is None else matrix * np.expand_dims(weights, 1 - axis)
