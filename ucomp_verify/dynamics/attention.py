"""A layer of attention whose heads are the objects; tokens and outputs are single numbers."""

from dataclasses import dataclass, replace
from math import sqrt
from typing import Any

import numpy as np

from .activations import Array
from .batches import Batch
from .layouts import Layout, Leaves, require_weights
from .networks import AbstractNetwork, mean_square, pulled

BLOCK = 1 << 20  # bytes of scores at a time, which a cache holds


@dataclass(frozen=True, eq=False)
class Attention(AbstractNetwork):
    """y(x) = scale * sum_h c_h <o_h, v_h> sum_s softmax_s(b_h x_T x_s) x_s.

    With b_h = <q_h, k_h> / sqrt(p). The tokens of a sequence are x = (x_1, ..., x_T), of
    which the last one asks (d_in = d_out = 1; other queries do not reach the output). Queries q,
    keys k, values v and outputs o have shape (heads, p); `weights` c (heads,), None if all are
    1. A head depends on its parameters through <q, k> and <o, v> alone. Raises ValueError for
    other shapes.
    """

    query: Array
    key: Array
    value: Array
    output: Array
    weights: Array | None = None
    scale: Any = 1

    def __post_init__(self) -> None:
        shapes = {leaf.shape for leaf in self.leaves}
        if len(shapes) != 1 or self.query.ndim != 2 or not self.query.size:
            raise ValueError(
                f"found queries, keys, values and outputs of shapes {sorted(shapes)}; expected all "
                "(heads, p)"
            )
        if self.weights is not None:
            require_weights(self.weights)
            if len(self.weights) != len(self.query):
                raise ValueError(
                    f"found {len(self.weights)} weights; expected {len(self.query)}, one a head"
                )

    @property
    def heads(self) -> int:
        """The number of heads that are kept."""
        return len(self.query)

    @property
    def leaves(self) -> Leaves:
        """Queries, keys, values and outputs."""
        return (self.query, self.key, self.value, self.output)

    @property
    def layout(self) -> Layout:
        """One group: the heads."""
        return Layout(((0, None),) * 4, (self.weights,))

    def with_leaves(self, leaves: Leaves) -> "Attention":
        """Other parameters; weights must have the new number of heads."""
        query, key, value, output = leaves
        return replace(self, query=query, key=key, value=value, output=output)

    def with_weights(self, weights: tuple[Array | None, ...]) -> "Attention":
        """The same heads with other weights."""
        return replace(self, weights=weights[0])

    @property
    def sharpness(self) -> Array:
        """b_h of each head."""
        return (self.query * self.key).sum(axis=1) / sqrt(self.query.shape[1])

    @property
    def gain(self) -> Array:
        """<o_h, v_h> of each head."""
        return (self.output * self.value).sum(axis=1)

    def outputs(self, inputs: Array) -> Array:
        """The outputs of shape (n, 1) for sequences of shape (n, T)."""
        weighted = self.gain if self.weights is None else self.gain * self.weights
        sharpness = self.sharpness
        means = [_moments(row, sharpness)[0] for row in inputs]
        return (np.array(means) @ weighted * self.scale)[:, None]

    def loss_and_gradient(self, batch: Batch) -> tuple[Any, Leaves]:
        """The loss, and the gradients of one original head."""
        sharpness = self.sharpness
        count = len(batch), self.heads
        means, spreads = np.empty(count, self.query.dtype), np.empty(count, self.query.dtype)
        for i, row in enumerate(batch.inputs):
            means[i], second = _moments(row, sharpness)
            spreads[i] = row[-1] * (second - means[i] * means[i])
        weighted = self.gain if self.weights is None else self.gain * self.weights
        errors = (means @ weighted * self.scale)[:, None] - batch.targets
        pull = pulled(errors, batch)[:, 0] * self.scale
        by_gain = (pull @ means)[:, None]
        by_score = ((pull @ spreads) * self.gain / sqrt(self.query.shape[1]))[:, None]
        gradients = (
            by_score * self.key, by_score * self.query, by_gain * self.output, by_gain * self.value,
        )  # fmt: skip
        return mean_square(errors, batch), gradients


def _moments(tokens: Array, sharpness: Array) -> tuple[Array, Array]:
    """The mean of x and x^2 under softmax_s(b x_T x_s), for each b."""
    slopes: Array = tokens[-1] * tokens
    order: Any = np.real(slopes)
    high, low = slopes[order.argmax()], slopes[order.argmin()]
    powers = np.stack([np.ones_like(tokens), tokens, tokens * tokens], axis=1)
    first, second = np.empty_like(sharpness), np.empty_like(sharpness)
    step = max(BLOCK // (slopes.itemsize * len(slopes)), 1)
    for start in range(0, len(sharpness), step):
        some = sharpness[start : start + step]
        top = np.maximum(np.real(some * high), np.real(some * low))
        scores = np.multiply.outer(some, slopes)
        scores -= top[:, None]
        sums = np.exp(scores, out=scores) @ powers
        first[start : start + step] = sums[:, 1] / sums[:, 0]
        second[start : start + step] = sums[:, 2] / sums[:, 0]
    return first, second
