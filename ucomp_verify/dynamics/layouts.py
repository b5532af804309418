"""Which axes of the arrays of a network count objects, and sums over these with weights.

A network keeps its parameters in several arrays, here called leaves. An axis of a leaf counts
the objects of one group (the neurons of a layer, the heads of a layer) or no objects at all.
An object of weight c stands for c equal ones of the original network: in every sum over
objects it counts c times. With integer weights the sums are those of the original network.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import isqrt
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from .activations import Array

Axes: TypeAlias = tuple[int | None, ...]
"""For each axis of a leaf the number of its group, or None if it counts no objects."""

Leaves: TypeAlias = tuple[Array, ...]
"""The parameters of a network, gradients, or changes of parameters."""

ROOT_BITS = 64  # after the point, of a root that is irrational


@dataclass(frozen=True, eq=False)
class Layout:
    """The axes of all leaves, and the weights of each group of objects, None if all are 1.

    Raises ValueError for a group without weights, and weights that are no numbers > 0.
    """

    axes: tuple[Axes, ...]
    weights: tuple[Array | None, ...]

    def __post_init__(self) -> None:
        groups = {group for axes in self.axes for group in axes if group is not None}
        if groups - set(range(len(self.weights))):
            raise ValueError(
                f"found axes of the groups {sorted(groups)} and weights of {len(self.weights)} "
                "groups; expected weights, or None, for each group"
            )
        for weights in self.weights:
            if weights is not None:
                require_weights(weights)

    def unit(self) -> "Layout":
        """The same axes, all weights 1: the layout of a standard network."""
        return Layout(self.axes, (None,) * len(self.weights))

    def scaled(self, leaves: Sequence[Array], power: int) -> Leaves:
        """Every entry times the weights of its objects to a power."""
        return tuple(
            leaf if factor is None else leaf * factor.astype(leaf.dtype) ** power
            for leaf, factor in zip(leaves, self._factors, strict=True)
        )

    def rooted(self, leaves: Sequence[Array], *, inverse: bool) -> Leaves:
        """Every entry times, or divided by, the square root of the weights of its objects.

        The map is an isometry from the copies of objects to objects with weights: what is
        sum_j c_j x_j^2 before is sum_j x_j^2 after it.
        """
        return tuple(
            leaf if factor is None else leaf * np.sqrt(factor).astype(leaf.dtype) ** sign
            for leaf, factor, sign in (
                (leaf, factor, -1 if inverse else 1)
                for leaf, factor in zip(leaves, self._factors, strict=True)
            )
        )

    def sum(self, leaf: int, values: Array, axis: int | None = None) -> Array:
        """The weighted sum over one axis of the values, which has size 1 then, or over all."""
        if axis is None:
            factor = self._factors[leaf]
            return (values if factor is None else values * factor.astype(values.dtype)).sum()
        weights = self._along(leaf, axis)
        if weights is None:
            return values.sum(axis=axis, keepdims=True)
        shape = [-1 if a == axis else 1 for a in range(values.ndim)]
        weighted = values * weights.reshape(shape).astype(values.dtype)
        return weighted.sum(axis=axis, keepdims=True)

    def count(self, leaf: int, values: Array, axis: int | None = None) -> Any:
        """How many entries the original network has along one axis, or in the whole leaf."""
        if axis is not None:
            weights = self._along(leaf, axis)
            return values.shape[axis] if weights is None else plain(weights.sum())
        total = 1
        for a in range(values.ndim):
            total *= self.count(leaf, values, a)
        return total

    def mean(self, leaf: int, values: Array, axis: int | None = None) -> Array:
        """The weighted sum divided by the count."""
        return self.sum(leaf, values, axis) / self.count(leaf, values, axis)

    def square_sum(self, leaf: int, values: Array) -> Any:
        """The sum of the squares of a leaf of the original network: one number."""
        return plain(self.sum(leaf, values * values))

    def norm(self, leaf: int, values: Array) -> Any:
        """The Euclidean norm of a leaf of the original network: one number."""
        return root(self.square_sum(leaf, values))

    def global_norm(self, leaves: Sequence[Array]) -> Any:
        """The Euclidean norm of all leaves of the original network together."""
        return root(sum(self.square_sum(i, leaf) for i, leaf in enumerate(leaves)))

    def repeated(self, leaves: Sequence[Array]) -> Leaves:
        """The leaves of the original network: c_j copies of each object of weight c_j.

        Raises ValueError unless all weights are integers.
        """
        counts = [None if c is None else _counts(c) for c in self.weights]
        out: list[Array] = []
        for axes, leaf in zip(self.axes, leaves, strict=True):
            for axis, group in enumerate(axes):
                times = None if group is None else counts[group]
                leaf = leaf if times is None else np.repeat(leaf, times, axis=axis)
            out.append(leaf)
        return tuple(out)

    def _along(self, leaf: int, axis: int) -> Array | None:
        group = self.axes[leaf][axis]
        return None if group is None else self.weights[group]

    @cached_property
    def _factors(self) -> tuple[Array | None, ...]:
        """For each leaf the product of the weights of all its axes, ready to broadcast."""
        return tuple(self._factor(i) for i in range(len(self.axes)))

    def _factor(self, leaf: int) -> Array | None:
        factor: Array | None = None
        for axis in range(len(self.axes[leaf])):
            weights = self._along(leaf, axis)
            if weights is not None:
                shape = [-1 if a == axis else 1 for a in range(len(self.axes[leaf]))]
                here = weights.reshape(shape)
                factor = here if factor is None else factor * here
        return factor


def require_weights(weights: Array) -> None:
    """Raise ValueError unless these are numbers > 0 in one dimension, one at least."""
    if weights.ndim != 1 or not weights.size:
        raise ValueError(
            f"found weights of shape {weights.shape}; expected (objects,), one number each"
        )
    good: Any = (weights > 0) & (weights < float("inf"))
    if not good.all():
        place = int(np.flatnonzero(~good.astype(bool))[0])
        raise ValueError(
            f"found the weight {weights[place]} of object {place}; expected numbers > 0: leave out "
            "objects without weight"
        )


def plain(value: Any) -> Any:
    """A number of NumPy as one of Python, which leaves float32 arrays as they are."""
    number: Any = value
    return number.item() if hasattr(number, "item") else number


def root(value: Any) -> Any:
    """The square root; of a fraction as a fraction, rounded down to 2^-64 if irrational.

    >>> root(Fraction(9, 4)), root(2.25)
    (Fraction(3, 2), 1.5)
    """
    if not isinstance(value, (Fraction, int)):
        return float(np.sqrt(value))
    exact = Fraction(value)
    up, down = isqrt(exact.numerator), isqrt(exact.denominator)
    if up**2 == exact.numerator and down**2 == exact.denominator:
        return Fraction(up, down)
    return Fraction(isqrt((exact.numerator << 2 * ROOT_BITS) // exact.denominator), 1 << ROOT_BITS)


def _counts(weights: Array) -> "npt.NDArray[np.int64]":
    counts = weights.astype(np.int64)
    if not bool((counts == weights).all()):
        place = int(np.flatnonzero(counts != weights)[0])
        raise ValueError(
            f"found the weight {weights[place]} of object {place}; expected integers: an original "
            "network with copies exists for these only"
        )
    return counts
