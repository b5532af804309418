"""Examples with weights, and which of them each step of a training run sees."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from .activations import Array

Places: TypeAlias = npt.NDArray[np.intp]


@dataclass(frozen=True, eq=False)
class Batch:
    """Examples, one a row of `inputs`, with rows of `targets` and weights, None if all are 1.

    `inputs` has shape (n, inputs), or (n, tokens) for sequences, and `targets` (n, outputs).
    The loss is sum_i a_i |y(x_i) - t_i|^2 / (mass * outputs), a_i the weights and `mass` their
    sum if it is None. Raises ValueError for other shapes and weights < 0.
    """

    inputs: Array
    targets: Array
    weights: Array | None = None
    mass: Any = None

    def __post_init__(self) -> None:
        if self.inputs.ndim != 2 or self.targets.ndim != 2 or not self.inputs.size:
            raise ValueError(
                f"found inputs of shape {self.inputs.shape} and targets of shape "
                f"{self.targets.shape}; expected (n, inputs) and (n, outputs), n >= 1: one row an "
                "example"
            )
        weights = (len(self.inputs),) if self.weights is None else self.weights.shape
        if len(self.targets) != len(self.inputs) or weights != (len(self.inputs),):
            raise ValueError(
                f"found {len(self.inputs)} inputs, {len(self.targets)} targets and weights of "
                f"shape {weights}; expected one target and one weight an input"
            )
        if self.weights is not None and not (
            bool((self.weights >= 0).all()) and bool((self.weights > 0).any())
        ):
            raise ValueError("found weights of examples that are < 0, not numbers, or all 0")

    def __len__(self) -> int:
        """The number of examples."""
        return len(self.inputs)

    @property
    def total(self) -> Any:
        """What the sum of losses is divided by, apart from the number of outputs."""
        if self.mass is not None:
            return self.mass
        return len(self) if self.weights is None else self.weights.sum()

    def part(self, places: Places | slice, *, mass: Any = None) -> "Batch":
        """Some of the examples, with their weights."""
        weights = None if self.weights is None else self.weights[places]
        return Batch(self.inputs[places], self.targets[places], weights, mass)

    def astype(self, dtype: Any) -> "Batch":
        """The same examples in another type of numbers."""
        weights = None if self.weights is None else self.weights.astype(dtype)
        mass = None if self.mass is None else float(self.mass)
        return Batch(self.inputs.astype(dtype), self.targets.astype(dtype), weights, mass)


def mini_batches(
    count: int, size: int, *, seed: int, epochs: int | None = None
) -> Iterator[Places]:
    """Places of examples, a batch a step: each epoch visits all `count` in a new random order.

    The last batch of an epoch has the rest. Without `epochs` they never end. The same seed
    gives the same batches, so that all arms of a comparison see the same. Raises ValueError
    for numbers < 1 (of epochs: < 0).
    """
    if count < 1 or size < 1 or (epochs is not None and epochs < 0):
        raise ValueError(
            f"found {count} examples, batches of {size} and {epochs} epochs; expected examples and "
            "batches >= 1, and epochs >= 0 or None"
        )
    return _orders(count, size, seed, epochs)


def _orders(count: int, size: int, seed: int, epochs: int | None) -> Iterator[Places]:
    random = np.random.default_rng(seed)
    epoch = 0
    while epochs is None or epoch < epochs:
        order = random.permutation(count)
        for start in range(0, count, size):
            yield order[start : start + size]
        epoch += 1
