"""Activations of networks, and their slopes from their own values."""

import enum
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

Array: TypeAlias = npt.NDArray[Any]
"""Of float32, float64, complex128, or of fractions as objects."""


class Activation(enum.StrEnum):
    """A function s of one number that is applied entry by entry.

    `SQUARE` and `IDENTITY` are there for exact runs: they keep rational numbers rational.
    """

    TANH = "tanh"
    RELU = "relu"
    SQUARE = "square"
    IDENTITY = "identity"

    def values(self, before: Array) -> Array:
        """s at every entry. For complex entries the ReLU goes by the sign of the real part."""
        if self is Activation.TANH:
            return np.tanh(before)
        if self is Activation.RELU:
            return np.where(_positive(before), before, before * 0)
        return before * before if self is Activation.SQUARE else before

    def slopes(self, before: Array, values: Array) -> Array:
        """s' at every entry, where s has the given values. The slope of the ReLU at 0 is 0."""
        if self is Activation.TANH:
            return 1 - values * values
        if self is Activation.RELU:
            return _positive(before).astype(before.dtype)
        return 2 * before if self is Activation.SQUARE else before * 0 + 1


def _positive(numbers: Array) -> Array:
    parts: Any = numbers
    return parts.real > 0
