"""Values and derivatives of functions on boxes, as objectives of the search for maxima."""

from collections.abc import Sequence
from fractions import Fraction
from math import factorial
from typing import TYPE_CHECKING, Any, TypeAlias

from .duals import Dual
from .elementary import ball, power
from .expressions import Function
from .maximising import Objective

if TYPE_CHECKING:
    from flint import arb

RealBox: TypeAlias = Sequence[tuple[Fraction, Fraction]]  # lower and upper ends, an axis each


def derivative_objectives(function: Function, box: RealBox, order: int) -> list[Objective]:
    """D^order g(x)[u, ..., u] and its negative, for directions through each face of a cube."""
    faces = range(len(box)) if order else range(1)
    return [
        _DerivativeOnBox(function, box, sign, order, face).objective()
        for face in faces
        for sign in (-1, 1)
    ]


class ValueOnBox:
    """sign * g(x), where x runs through the box as the parameters through the unit cube."""

    def __init__(self, function: Function, box: RealBox, sign: int) -> None:
        self.function, self.sign = function, sign
        self.lows = [ball(Fraction(low)) for low, _ in box]
        self.widths = [ball(Fraction(high - low)) for low, high in box]
        self.free = [i for i, (low, high) in enumerate(box) if low < high]

    def objective(self) -> Objective:
        """The function of the cube, one dimension for each axis that is no point."""
        return Objective(len(self.free), self.value, self.slopes)

    def point(self, parameters: "Sequence[arb]") -> "list[arb]":
        """The node, enclosed."""
        node = list(self.lows)
        for i, s in zip(self.free, parameters, strict=True):
            node[i] = self.lows[i] + self.widths[i] * s
        return node

    def value(self, parameters: "Sequence[arb]") -> "arb":
        """The value alone."""
        return self.sign * self.function.value_at(self.point(parameters))

    def slopes(self, parameters: "Sequence[arb]") -> "tuple[arb, list[arb]]":
        """The value and its derivatives with respect to the parameters."""
        from flint import arb

        node = self.point(parameters)
        size = len(parameters)
        duals = [Dual(x, [arb(0)] * size) for x in node]
        for j, i in enumerate(self.free):
            duals[i].slopes[j] = self.widths[i]
        result = self.function.value_at(duals)
        if not isinstance(result, Dual):
            return self.sign * ball(result), [arb(0)] * size
        return self.sign * result.value, [self.sign * s for s in result.slopes]


class _DerivativeOnBox(ValueOnBox):
    """sign * D^order g(x)[u, ..., u] for u = v / |v|, where v has the entry 1 on an axis.

    The other entries of v run from -1 to 1; with both signs that is every direction.
    """

    def __init__(self, function: Function, box: RealBox, sign: int, order: int, face: int) -> None:
        super().__init__(function, box, sign)
        self.order, self.face = order, face
        self.others = [i for i in range(len(box)) if i != face] if order else []
        self.factor = sign * factorial(order)

    def objective(self) -> Objective:
        """The function of the cube: first the axes of the box, then those of the direction."""
        return Objective(len(self.free) + len(self.others), self.value, self.slopes)

    def value(self, parameters: "Sequence[arb]") -> "arb":
        """The derivative alone."""
        from flint import arb_series

        count = len(self.free)
        node, (direction, _) = self.point(parameters[:count]), self.direction(parameters[count:])
        lines = [arb_series([x, u]) for x, u in zip(node, direction, strict=True)]
        return self.coefficient(self.function.value_at(lines))

    def slopes(self, parameters: "Sequence[arb]") -> "tuple[arb, list[arb]]":
        """The derivative and its derivatives with respect to the parameters."""
        from flint import arb, arb_series

        count = len(self.free)
        node, (direction, turns) = (
            self.point(parameters[:count]),
            self.direction(parameters[count:]),
        )
        nothing = arb_series([])
        lines: list[Dual] = []
        for i, (x, u) in enumerate(zip(node, direction, strict=True)):
            moves = [nothing] * count
            if i in self.free:
                moves[self.free.index(i)] = arb_series([self.widths[i]])
            rotations = [arb_series([arb(0), turn]) for turn in turns[i]]
            lines.append(Dual(arb_series([x, u]), [*moves, *rotations]))
        result = self.function.value_at(lines)
        slopes = [self.coefficient(s) for s in result.slopes]
        return self.coefficient(result.value), slopes

    def coefficient(self, series: Any) -> "arb":
        """The derivative from the power series."""
        return self.factor * series[self.order]

    def direction(self, parameters: "Sequence[arb]") -> "tuple[list[arb], list[list[arb]]]":
        """u, and the derivatives of its entries with respect to the parameters."""
        from flint import arb

        v = [arb(1)] * len(self.lows)
        for i, s in zip(self.others, parameters, strict=True):
            v[i] = 2 * s - 1
        if not self.others:
            return v, [[] for _ in v]
        scale = 1 / sum((_square(x) for x in v), arb(0)).sqrt()
        cube = scale**3
        turns = [
            [2 * ((scale if i == j else arb(0)) - v[i] * v[j] * cube) for j in self.others]
            for i in range(len(v))
        ]
        return [x * scale for x in v], turns


def _square(x: "arb") -> "arb":
    return power(x, 2)
