"""Finite positive measures in float64 arrays, which are exact: each number is a dyadic."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeAlias

from .atomic import AtomicMeasure

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from .arrays import Array

CHUNK = 1 << 16  # nodes at a time, which bounds the memory that a pass over the data takes


class InvalidMeasure(ValueError):
    """The arrays are no finite positive measure; the text says where and what to do."""


@dataclass(frozen=True, eq=False)
class FloatMeasure:
    """The measure sum_i weights[i] * delta(nodes[i]) on R^dim, of float64 arrays.

    `nodes` has shape (d, m), d and m >= 1, `weights` shape (d,), or is None when all are 1.
    The arrays are kept, never copied or changed; they may be memory maps, read-only, and lie
    in memory in any order. Weights may have any size, and all be 0. Raises InvalidMeasure for
    other types and shapes, numbers that are not finite, and weights < 0.

    >>> import numpy as np
    >>> FloatMeasure(np.array([[0.0], [0.5]])).total_mass
    Fraction(2, 1)
    """

    nodes: "Array"
    weights: "Array | None" = None

    def __post_init__(self) -> None:
        _require_array(self.nodes, 2, "nodes", "(d, m), one row a node")
        if self.weights is not None:
            _require_array(self.weights, 1, "weights", "(d,), one number a node")
            if len(self.weights) != len(self.nodes):
                raise InvalidMeasure(
                    f"found {len(self.weights)} weights for {len(self.nodes)} nodes; "
                    "expected one a node: give None if all are 1"
                )
            require_numbers(self.weights, "weights")
        require_numbers(self.nodes, "nodes")

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
        from .dyadic import exact_sum

        return exact_sum(self.weights)

    @cached_property
    def support(self) -> "npt.NDArray[np.intp]":
        """Places of the nodes with a weight > 0, increasing."""
        import numpy as np

        return np.arange(len(self)) if self.weights is None else np.flatnonzero(self.weights)

    @property
    def support_size(self) -> int:
        """How many nodes have a weight > 0."""
        import numpy as np

        return len(self) if self.weights is None else int(np.count_nonzero(self.weights))

    def chunks(self, size: int = CHUNK) -> "Iterator[FloatMeasure]":
        """The measure in parts of at most `size` nodes, in their order."""
        for start in range(0, len(self), size):
            yield self.part(slice(start, start + size))

    def part(self, places: Any) -> "FloatMeasure":
        """The measure on some of the nodes: a slice, an array of places, or a mask.

        A slice shows the same memory. What is part of checked data is not checked again, so
        parts are cheap. Raises InvalidMeasure if there is no node in it.
        """
        nodes = self.nodes[places]
        if nodes.ndim != 2 or not len(nodes):
            raise InvalidMeasure(
                f"found {places!r:.80}, which gives an array of shape {nodes.shape}; expected a "
                "slice, places or a mask of at least one node"
            )
        weights = None if self.weights is None else self.weights[places]
        return _unchecked(nodes, weights)

    def exact(self) -> AtomicMeasure:
        """The same measure in fractions."""
        nodes = [[Fraction(x) for x in row] for row in self.nodes.tolist()]
        if self.weights is None:
            return AtomicMeasure.unit(nodes)
        return AtomicMeasure(nodes, [Fraction(w) for w in self.weights.tolist()])


Measure: TypeAlias = AtomicMeasure | FloatMeasure


def _unchecked(nodes: "Array", weights: "Array | None") -> FloatMeasure:
    """The measure of arrays that are known to be good."""
    measure = object.__new__(FloatMeasure)
    object.__setattr__(measure, "nodes", nodes)
    object.__setattr__(measure, "weights", weights)
    return measure


def _require_array(array: Any, axes: int, name: str, shape: str) -> None:
    import numpy as np

    cure = "`as_measure` converts other data"
    expected = f"expected a float64 array of shape {shape}, not empty"
    kind = type(array).__name__
    if not issubclass(type(array), np.ndarray) or issubclass(type(array), np.ma.MaskedArray):
        raise InvalidMeasure(f"found {name} of type {kind}; {expected}: {cure}")
    if array.dtype != np.float64 or array.ndim != axes or not array.size:
        found = f"found {name} of type {array.dtype} and shape {array.shape}"
        raise InvalidMeasure(f"{found}; {expected}: {cure}")


def require_numbers(array: "Array", name: str) -> None:
    """Raise InvalidMeasure for numbers that are not finite, and for weights (one axis) < 0."""
    import numpy as np

    weights = array.ndim == 1
    for start in range(0, len(array), CHUNK):
        part = array[start : start + CHUNK]
        if not np.isfinite(part).all() or (weights and part.min() < 0):
            raise InvalidMeasure(_complaint(array, name, start))


def _complaint(array: "Array", name: str, start: int) -> str:
    """What to say of an array whose first bad number is not before row `start`."""
    import numpy as np

    count, first = 0, None
    for s in range(start, len(array), CHUNK):
        part = array[s : s + CHUNK]
        bad = ~np.isfinite(part) | (part < 0 if array.ndim == 1 else False)
        if first is None and bad.any():
            row, *column = np.argwhere(bad)[0].tolist()
            first = (s + row, *column)
        count += int(bad.sum())
    assert first is not None
    row, *column = first
    value, more = array[first], f" and {count - 1} more bad ones" if count > 1 else ""
    if array.ndim == 1:
        return (
            f"found the weight {value} at node {row}{more} in {name}; expected finite numbers "
            ">= 0: correct them or leave these nodes out"
        )
    return (
        f"found {value} in {name}, row {row}, column {column[0]}{more}; expected finite numbers: "
        "leave these rows out or fill them in"
    )
