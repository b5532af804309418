"""Certified integrals over many nodes, in balls."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

from .elementary import NotAnalytic, apply, ball, power, reciprocal
from .expressions import PREC, Function

if TYPE_CHECKING:
    from flint import arb

    from .floats import Array

    Nodes: TypeAlias = Array | Sequence[Sequence[Any]]
    Weights: TypeAlias = Array | Sequence[Any] | None
else:
    Nodes = Weights = Any

CHUNK = 4096  # nodes at a time


def enclose_integral(
    function: Function, nodes: Nodes, weights: Weights = None, *, prec: int = PREC
) -> "arb":
    """A ball that holds sum_i weights[i] * function(nodes[i]).

    `nodes` is a float64 array of shape (d, m), taken exactly, or rows of floats, fractions or
    balls; `weights` are d such numbers, or None if all are 1. Raises `NotAnalytic` if some
    value has no finite enclosure, as at a pole.

    >>> from .expressions import variables
    >>> (x,) = variables(1)
    >>> enclose_integral(x**2, [[1], [0.5]], [2, 4])
    3.00000000000000
    """
    from flint import arb, ctx

    count = len(nodes)
    if weights is not None and len(weights) != count:
        raise ValueError(f"found {len(weights)} weights for {count} nodes; expected one a node")
    with ctx.workprec(prec):
        total = arb(0)
        for start in range(0, count, CHUNK):
            part = slice(start, start + CHUNK)
            factors = None if weights is None else _balls(weights[part])
            total += _of_chunk(function, nodes[part], factors)
    if not total.is_finite():
        raise NotAnalytic(
            f"found no finite enclosure of the integral of {function.shown} with {prec} bits; "
            "expected nodes away from poles and from where log is not defined"
        )
    return total


def _of_chunk(function: Function, nodes: Nodes, weights: "list[arb] | None") -> "arb":
    from flint import arb

    if not function.dim:
        mass = arb(len(nodes)) if weights is None else sum(weights, arb(0))
        return function.value_at([arb(0)]) * mass
    columns = [Column(_balls(axis)) for axis in _axes(nodes, function.dim)]
    value: Column = function.value_at(columns)
    if weights is None:
        return sum(value.balls, arb(0))
    return sum(map(_times, value.balls, weights), arb(0))


def _times(x: "arb", y: "arb") -> "arb":
    return x * y


def _axes(nodes: Any, dim: int) -> Iterator[Any]:
    """The coordinates of all nodes, axis by axis."""
    shape = getattr(nodes, "shape", None)
    found = shape[-1] if shape is not None and len(shape) == 2 else min(map(len, nodes), default=0)
    if len(nodes) and found < dim:
        raise ValueError(f"found nodes of {found} coordinates; expected at least {dim}")
    for place in range(dim):
        yield nodes[:, place] if shape is not None else [row[place] for row in nodes]


def _balls(numbers: Any) -> "list[arb]":
    """Numbers as balls: floats exactly, fractions rounded outward."""
    from flint import arb

    entries = numbers.tolist() if hasattr(numbers, "tolist") else numbers
    return [
        x if isinstance(x, arb) else arb(x) if isinstance(x, float) else ball(x) for x in entries
    ]


class Column:
    """A list of balls with the operations entry by entry, so that a function of many nodes is
    walked through once."""

    __slots__ = ("balls",)

    def __init__(self, balls: "list[arb]") -> None:
        self.balls = balls

    def __add__(self, other: Any) -> "Column":
        if isinstance(other, Column):
            return Column([a + b for a, b in zip(self.balls, other.balls, strict=True)])
        return Column([a + other for a in self.balls])

    __radd__ = __add__

    def __mul__(self, other: Any) -> "Column":
        if isinstance(other, Column):
            return Column([a * b for a, b in zip(self.balls, other.balls, strict=True)])
        return Column([a * other for a in self.balls])

    __rmul__ = __mul__

    def __rtruediv__(self, other: Any) -> "Column":
        return Column([other * reciprocal(a) for a in self.balls])

    def __pow__(self, exponent: int) -> "Column":
        if exponent == 2:
            return Column([a * a for a in self.balls])
        return Column([power(a, exponent) for a in self.balls])

    def elementary(self, name: str) -> "Column":
        """The elementary function of each entry."""
        return Column([apply(name, a) for a in self.balls])
