"""Networks as frozen values: their parameters, how much each object weighs, and gradients.

A gradient here is that of one original object: c_j^{-1} dL/dw_j for an object of weight c_j,
found without multiplying by c_j first. For two groups it is (c_i c_j)^{-1} dL/dw_ij.
The code of this module is plain; `training` has the fast one, which is tested against it.
"""

from abc import ABC, abstractmethod
from dataclasses import dataclass, replace
from typing import Any, Self

from .activations import Activation, Array
from .batches import Batch
from .layouts import Layout, Leaves, require_weights


@dataclass(frozen=True, eq=False)
class AbstractNetwork(ABC):
    """A network whose objects carry weights; every method returns new values."""

    @property
    @abstractmethod
    def leaves(self) -> Leaves:
        """The arrays of parameters, in a fixed order."""

    @property
    @abstractmethod
    def layout(self) -> Layout:
        """Which axes of the leaves count objects, and the weights of these."""

    @abstractmethod
    def with_leaves(self, leaves: Leaves) -> Self:
        """The same network with other parameters, of the same shapes or other ones."""

    @abstractmethod
    def with_weights(self, weights: tuple[Array | None, ...]) -> Self:
        """The same parameters with other weights, one array (or None) a group."""

    @abstractmethod
    def outputs(self, inputs: Array) -> Array:
        """The outputs of shape (n, outputs) at inputs of shape (n, inputs)."""

    @abstractmethod
    def loss_and_gradient(self, batch: Batch) -> tuple[Any, Leaves]:
        """The mean squared error and, for each leaf, its gradient by original object."""

    def loss(self, batch: Batch) -> float:
        """The mean squared error of the batch, weighted as the batch says."""
        return mean_square(self.outputs(batch.inputs) - batch.targets, batch)

    def original(self) -> Self:
        """The network with c_j copies of each object of weight c_j, all of weight 1.

        Raises ValueError unless all weights are integers.
        """
        copies = self.layout.repeated(self.leaves)
        ones = (None,) * len(self.layout.weights)
        return self.with_weights(ones).with_leaves(copies)

    def astype(self, dtype: Any) -> Self:
        """The same network in another type of numbers, such as numpy.float32."""
        weights = tuple(None if c is None else c.astype(dtype) for c in self.layout.weights)
        leaves = tuple(leaf.astype(dtype) for leaf in self.leaves)
        return self.with_leaves(leaves).with_weights(weights)


@dataclass(frozen=True, eq=False)
class TwoLayer(AbstractNetwork):
    """y(x) = scale * sum_j c_j outer_j s(<x, inner_j> + bias_j) + offset.

    `inner` has shape (inputs, d), `bias` (d,), `outer` (d, outputs), `offset` (outputs,);
    `weights` c (d,). Without a bias, offset or weights these are None. With `scale` = 1 / d
    for the original width d this is a mean-field network (multiply learning rates by d), with
    1 one in the style of PyTorch. Raises ValueError for other shapes.
    """

    inner: Array
    bias: Array | None
    outer: Array
    offset: Array | None = None
    weights: Array | None = None
    activation: Activation = Activation.TANH
    scale: Any = 1

    def __post_init__(self) -> None:
        object.__setattr__(self, "activation", Activation(self.activation))
        _require_shape("outer", self.outer, (None, None))
        width, outputs = self.outer.shape
        _require_shape("inner", self.inner, (None, width))
        _require_shape("bias", self.bias, (width,))
        _require_shape("offset", self.offset, (outputs,))
        _require_shape("weights", self.weights, (width,))
        if self.weights is not None:
            require_weights(self.weights)

    @property
    def width(self) -> int:
        """The number of hidden neurons that are kept."""
        return len(self.outer)

    @property
    def leaves(self) -> Leaves:
        """Inner, bias, outer and offset, as far as they are there."""
        every = (self.inner, self.bias, self.outer, self.offset)
        return tuple(leaf for leaf in every if leaf is not None)

    @property
    def layout(self) -> Layout:
        """One group: the hidden neurons."""
        axes: list[tuple[int | None, ...]] = [(None, 0)]
        axes += [] if self.bias is None else [(0,)]
        axes += [(0, None)]
        axes += [] if self.offset is None else [(None,)]
        return Layout(tuple(axes), (self.weights,))

    def with_leaves(self, leaves: Leaves) -> "TwoLayer":
        """Other parameters in the order of `leaves`; weights must have the new width."""
        left = iter(leaves)
        inner = next(left)
        bias = None if self.bias is None else next(left)
        outer = next(left)
        offset = None if self.offset is None else next(left)
        return replace(self, inner=inner, bias=bias, outer=outer, offset=offset)

    def with_weights(self, weights: tuple[Array | None, ...]) -> "TwoLayer":
        """The same neurons with other weights."""
        return replace(self, weights=weights[0])

    def outputs(self, inputs: Array) -> Array:
        """The outputs of shape (n, outputs)."""
        before = self._before(inputs)
        return self._read_out(self.activation.values(before))

    def loss_and_gradient(self, batch: Batch) -> tuple[Any, Leaves]:
        """The loss, and the gradients of one original neuron and of the offset."""
        before = self._before(batch.inputs)
        values = self.activation.values(before)
        errors = self._read_out(values) - batch.targets
        pull = pulled(errors, batch)
        back = (pull @ self.outer.T) * self.activation.slopes(before, values) * self.scale
        gradients = (
            batch.inputs.T @ back,
            None if self.bias is None else back.sum(axis=0),
            values.T @ pull * self.scale,
            None if self.offset is None else pull.sum(axis=0),
        )
        return mean_square(errors, batch), tuple(g for g in gradients if g is not None)

    def _before(self, inputs: Array) -> Array:
        before = inputs @ self.inner
        return before if self.bias is None else before + self.bias

    def _read_out(self, values: Array) -> Array:
        weighted = self.outer if self.weights is None else self.outer * self.weights[:, None]
        outputs = values @ weighted * self.scale
        return outputs if self.offset is None else outputs + self.offset


def mean_square(errors: Array, batch: Batch) -> Any:
    """The weighted mean of the squares of errors of shape (n, outputs)."""
    squares = (errors * errors).sum(axis=1)
    weighted = squares if batch.weights is None else squares * batch.weights
    return weighted.sum() / (batch.total * errors.shape[1])


def pulled(errors: Array, batch: Batch) -> Array:
    """The derivative of the loss by each output, (n, outputs)."""
    weighted = errors if batch.weights is None else errors * batch.weights[:, None]
    return weighted * 2 / (batch.total * errors.shape[1])


def _require_shape(name: str, array: Array | None, shape: tuple[int | None, ...]) -> None:
    if array is None:
        return
    fits = array.ndim == len(shape) and all(
        want in (None, have) for have, want in zip(array.shape, shape, strict=True)
    )
    if not fits or not array.size:
        wanted = ", ".join("any" if n is None else str(n) for n in shape)
        raise ValueError(
            f"found {name} of shape {array.shape}; expected ({wanted}), with one neuron for each "
            "row of outer, which has shape (width, outputs)"
        )
