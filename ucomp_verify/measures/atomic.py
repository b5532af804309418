"""Finite positive measures with exact nodes and weights."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

Exact = Fraction | int


def _exact(value: object, place: str) -> Fraction:
    """`value` as a fraction; ValueError for anything but a Fraction or an int."""
    if isinstance(value, Fraction):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return Fraction(value)
    raise ValueError(
        f"{place} is {value!r} of type {type(value).__name__}; expected a Fraction or an int: "
        "`exact_measure` converts float64 arrays without loss"
    )


@dataclass(frozen=True, init=False)
class AtomicMeasure:
    """The measure sum_i weights[i] * delta(nodes[i]) on R^dim, in exact rationals.

    `nodes` are d >= 1 points of one dimension >= 1 and `weights` d numbers >= 0, given as
    sequences of Fraction or int and kept as tuples of Fraction. A reduction changes
    weights and keeps nodes, so `support` counts the original nodes from 0. Raises
    ValueError on anything else.

    >>> AtomicMeasure([(0,), (Fraction(1, 2),)], [1, 0]).support
    (0,)
    """

    nodes: tuple[tuple[Fraction, ...], ...]
    weights: tuple[Fraction, ...]

    def __init__(self, nodes: Sequence[Sequence[Exact]], weights: Sequence[Exact]) -> None:
        object.__setattr__(self, "nodes", _checked_nodes(nodes))
        object.__setattr__(self, "weights", _checked_weights(weights, len(nodes)))

    @classmethod
    def unit(cls, nodes: Sequence[Sequence[Exact]]) -> "AtomicMeasure":
        """The measure with weight 1 on every node."""
        return cls(nodes, (1,) * len(nodes))

    @property
    def dim(self) -> int:
        """Dimension of the space that holds the nodes."""
        return len(self.nodes[0])

    @cached_property
    def support(self) -> tuple[int, ...]:
        """Indices of the nodes that have a nonzero weight, in increasing order."""
        return tuple(i for i, weight in enumerate(self.weights) if weight)

    @cached_property
    def total_mass(self) -> Fraction:
        """The sum of the weights."""
        return sum(self.weights, start=Fraction(0))


def _checked_nodes(nodes: Sequence[Sequence[Exact]]) -> tuple[tuple[Fraction, ...], ...]:
    rows = tuple(
        tuple(_exact(x, f"coordinate {j} of node {i}") for j, x in enumerate(node))
        for i, node in enumerate(nodes)
    )
    if not rows or not rows[0]:
        found = "no nodes" if not rows else "nodes without coordinates"
        raise ValueError(f"found {found}; expected at least one node of dimension >= 1")
    for i, row in enumerate(rows):
        if len(row) != len(rows[0]):
            raise ValueError(
                f"node {i} has {len(row)} coordinates and node 0 has {len(rows[0])}; "
                "expected nodes of one dimension"
            )
    return rows


def _checked_weights(weights: Sequence[Exact], count: int) -> tuple[Fraction, ...]:
    exact = tuple(_exact(w, f"weight {i}") for i, w in enumerate(weights))
    if len(exact) != count:
        raise ValueError(f"found {len(exact)} weights for {count} nodes; expected one a node")
    for i, weight in enumerate(exact):
        if weight < 0:
            raise ValueError(f"weight {i} is {weight}; expected weights >= 0")
    return exact
