"""Gradients of two-layer networks in blocks of examples that a cache holds.

The activations of a block, (examples, width), take about 1 MB: they are written, used for the
outputs, turned into slopes and used for the gradients before they leave the cache.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from .activations import Activation, Array
from .batches import Batch
from .layouts import Leaves
from .networks import TwoLayer

BLOCK_BYTES = 1 << 20


def is_blocked(network: TwoLayer) -> bool:
    """Whether there are gradients in blocks for the network: float32 or float64, tanh or ReLU."""
    numbers = network.outer.dtype.name in ("float32", "float64")
    return numbers and network.activation in (Activation.TANH, Activation.RELU)


@dataclass(frozen=True, eq=False)
class BlockedGradient:
    """The function `TwoLayer.loss_and_gradient` with memory of its own, for one shape.

    float32 and float64 networks, tanh and ReLU. Not to be shared between threads. The
    results are new arrays. Raises ValueError for other types of numbers and activations.

    >>> network = TwoLayer(np.ones((1, 4)), None, np.ones((4, 1)))
    >>> batch = Batch(np.ones((2, 1)), np.zeros((2, 1)))
    >>> loss, _ = BlockedGradient.of(network)(network, batch)
    >>> bool(np.isclose(loss, network.loss(batch)))
    True
    """

    values: Array  # (rows, width), reused for each block
    slopes: Array | None  # another of that shape, where one is not enough
    mask: npt.NDArray[np.bool_] | None

    @classmethod
    def of(cls, network: TwoLayer, *, block_bytes: int = BLOCK_BYTES) -> "BlockedGradient":
        """With blocks of about so many bytes; of one example, if that needs more."""
        dtype = network.outer.dtype
        if not is_blocked(network):
            raise ValueError(
                f"found {dtype} numbers and the activation {network.activation}; expected float32 "
                "or float64, and tanh or ReLU: use the method loss_and_gradient of the network"
            )
        rows = max(block_bytes // (network.width * dtype.itemsize), 1)
        values = np.empty((rows, network.width), dtype)
        relu = network.activation is Activation.RELU
        second = np.empty_like(values) if network.outer.shape[1] > 1 else None
        return cls(values, second, np.empty(values.shape, np.bool_) if relu else None)

    def __call__(self, network: TwoLayer, batch: Batch) -> tuple[float, Leaves]:
        """The loss and the gradients by original neuron, as the network itself gives them."""
        dtype = self.values.dtype
        if network.outer.dtype != dtype or network.width != self.values.shape[1]:
            raise ValueError(
                f"found a network of width {network.width} in {network.outer.dtype}; expected "
                f"width {self.values.shape[1]} in {dtype}, for which the memory was made"
            )
        if batch.inputs.dtype != dtype or batch.targets.dtype != dtype:
            batch = batch.astype(dtype)
        work = _Work.of(network, batch)
        loss = 0.0
        for start in range(0, len(batch), len(self.values)):
            loss += self._add_block(work, slice(start, start + len(self.values)))
        return loss / (float(batch.total) * network.outer.shape[1]), work.gradients()

    def _add_block(self, work: "_Work", rows: slice) -> float:
        """Add what a block of examples gives to the gradients; returns its sum of losses."""
        network, inputs, errors = work.network, work.inputs[rows], work.errors[rows]
        values = self.values[: len(inputs)]
        np.matmul(inputs, work.inner, out=values)
        if self.mask is None:
            np.tanh(values, out=values)
        else:
            np.maximum(values, 0, out=values)
        np.matmul(values, work.weighted, out=errors)
        if network.offset is not None:
            errors += network.offset
        errors -= work.batch.targets[rows]
        weights = None if work.batch.weights is None else work.batch.weights[rows]
        pull = errors if weights is None else errors * weights[:, None]
        loss = float(np.einsum("ij,ij->", errors, pull))
        pull = pull * work.share
        _add(work.outer, values.T @ pull)
        if work.offset is not None:
            _add(work.offset, pull.sum(axis=0))
        if pull.shape[1] == 1:
            self._one_output(work, values, inputs * pull)
        else:
            self._many_outputs(work, values, inputs, pull)
        return loss

    def _one_output(self, work: "_Work", values: Array, pulls: Array) -> None:
        """Add sum_b pulls_b s'(z_b): the factor outer_j is left for the end."""
        if self.mask is None:
            np.multiply(values, values, out=values)
            _add(work.inside, pulls.sum(axis=0)[:, None] - pulls.T @ values)
        else:
            self._ones_where_positive(values)
            _add(work.inside, pulls.T @ values)

    def _many_outputs(self, work: "_Work", values: Array, inputs: Array, pull: Array) -> None:
        assert self.slopes is not None
        back = self.slopes[: len(values)]
        np.matmul(pull, work.network.outer.T, out=back)
        if self.mask is None:
            np.multiply(values, values, out=values)
            np.subtract(1, values, out=values)
        else:
            self._ones_where_positive(values)
        np.multiply(back, values, out=back)
        _add(work.inside, inputs.T @ back)

    def _ones_where_positive(self, values: Array) -> None:
        """1 where a value is > 0, else 0; a mask of bytes first is the fastest way."""
        assert self.mask is not None
        mask = self.mask[: len(values)]
        np.greater(values, 0, out=mask)
        np.copyto(values, mask)


@dataclass(frozen=True, eq=False)
class _Work:
    """A network and a batch made ready, and sums over examples that grow block by block."""

    network: TwoLayer
    batch: Batch
    share: float  # 2 / (total * outputs)
    inputs: Array  # with a column of ones, if there is a bias
    inner: Array  # with the biases as last row
    weighted: Array  # scale * c * outer
    errors: Array
    inside: Array  # the sum for inner and bias
    outer: Array
    offset: Array | None

    @classmethod
    def of(cls, network: TwoLayer, batch: Batch) -> "_Work":
        dtype = network.outer.dtype
        inner, inputs = network.inner, batch.inputs
        if network.bias is not None:
            inner = np.concatenate([inner, network.bias[None]])
            inputs = np.concatenate([inputs, np.ones((len(inputs), 1), dtype)], axis=1)
        weighted = network.outer * network.scale
        if network.weights is not None:
            weighted *= network.weights[:, None]
        outputs = network.outer.shape[1]
        return cls(
            network, batch, 2 / (float(batch.total) * outputs), inputs, inner,
            weighted.astype(dtype), np.empty((len(batch), outputs), dtype),
            np.zeros_like(inner), np.zeros_like(network.outer),
            None if network.offset is None else np.zeros_like(network.offset),
        )  # fmt: skip

    def gradients(self) -> Leaves:
        """The sums as gradients, in the order of the leaves."""
        network, count = self.network, len(self.network.inner)
        inside = self.inside * network.scale
        if network.outer.shape[1] == 1:
            inside *= network.outer[:, 0]
        leaves = [inside[:count]]
        leaves += [] if network.bias is None else [inside[count]]
        leaves += [self.outer * network.scale]
        leaves += [] if self.offset is None else [self.offset]
        dtype = network.outer.dtype
        return tuple(leaf.astype(dtype, copy=False) for leaf in leaves)


def _add(total: Array, part: Array) -> None:
    np.add(total, part, out=total)
