"""Finite positive measures in float64 arrays, which are exact: each number is a dyadic."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeAlias

from .atomic import AtomicMeasure

if TYPE_CHECKING:
    from .arrays import Array

CHUNK = 1 << 16  # nodes at a time, which bounds the memory that a pass over the data takes


class InvalidMeasure(ValueError):
    """The arrays are no finite positive measure; the text says where and what to do."""


@dataclass(frozen=True, eq=False)
class FloatMeasure:
    """The measure sum_i weights[i] * delta(nodes[i]) on R^dim, of float64 arrays.

    `nodes` has shape (d, m), d and m >= 1, `weights` shape (d,), or is None when all are 1.
    The arrays are kept, never copied or changed; they may be memory maps. Raises
    InvalidMeasure for other types and shapes, numbers that are not finite, and weights < 0.

    >>> import numpy as np
    >>> FloatMeasure(np.array([[0.0], [0.5]])).total_mass
    Fraction(2, 1)
    """

    nodes: "Array"
    weights: "Array | None" = None

    def __post_init__(self) -> None:
        _require(self.nodes, 2, "nodes", "(d, m), one row a node")
        if self.weights is None:
            return
        _require(self.weights, 1, "weights", "(d,)")
        if len(self.weights) != len(self.nodes):
            raise InvalidMeasure(
                f"found {len(self.weights)} weights for {len(self.nodes)} nodes; "
                "expected one a node"
            )

    def __len__(self) -> int:
        """The number of nodes, those of weight 0 included."""
        return len(self.nodes)

    @property
    def dim(self) -> int:
        """Dimension of the space that holds the nodes."""
        return self.nodes.shape[1]

    @cached_property
    def total_mass(self) -> Fraction:
        """The sum of the weights, exactly."""
        if self.weights is None:
            return Fraction(len(self.nodes))
        return sum((Fraction(w) for w in self.weights.tolist()), Fraction(0))

    def chunks(self, size: int = CHUNK) -> "Iterator[FloatMeasure]":
        """The measure in parts of at most `size` nodes, in their order."""
        for start in range(0, len(self), size):
            yield self.part(slice(start, start + size))

    def part(self, places: Any) -> "FloatMeasure":
        """The measure on some of the nodes: a slice, or an array of places."""
        weights = None if self.weights is None else self.weights[places]
        return FloatMeasure(self.nodes[places], weights)

    def exact(self) -> AtomicMeasure:
        """The same measure in fractions."""
        nodes = [[Fraction(x) for x in row] for row in self.nodes.tolist()]
        if self.weights is None:
            return AtomicMeasure.unit(nodes)
        return AtomicMeasure(nodes, [Fraction(w) for w in self.weights.tolist()])


Measure: TypeAlias = AtomicMeasure | FloatMeasure


def _require(array: "Array", axes: int, name: str, shape: str) -> None:
    import numpy as np

    if array.dtype != np.float64 or array.ndim != axes or not array.size:
        raise InvalidMeasure(
            f"found {name} of type {array.dtype} and shape {array.shape}; expected float64 of "
            f"shape {shape}, not empty: `as_measure` converts other arrays"
        )
    for start in range(0, len(array), CHUNK):
        part = array[start : start + CHUNK]
        if not np.isfinite(part).all():
            place = start + int(np.argwhere(~np.isfinite(part))[0][0])
            raise InvalidMeasure(f"found a number that is not finite in {name}, row {place}")
        if axes == 1 and part.min() < 0:
            place = start + int(np.argmax(part < 0))
            raise InvalidMeasure(f"found the weight {array[place]} at node {place}; expected >= 0")
