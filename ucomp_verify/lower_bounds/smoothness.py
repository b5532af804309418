"""Functions of fixed smoothness that no few nodes integrate well (T4c of the ledger)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

from ucomp_verify.bounds.classes import SmoothClass
from ucomp_verify.bounds.statement import (
    Bound,
    require,
    require_kind,
    require_rational,
    require_size,
    require_whole,
)

from .bumps import bump, bump_derivative, bump_mean

Node = Sequence[Fraction]


@dataclass(frozen=True)
class BumpAdversary:
    """g = height * sum over the cubes of b((x - centre) / half the side), which are disjoint.

    `cubes` are places in the subdivision of [-R, R]^dim into side^dim equal cubes, R =
    `half_side`; `height` makes the derivatives of order s at most those of the class.
    """

    dim: int
    order: int
    side: int
    half_side: Fraction
    height: Fraction
    cubes: frozenset[tuple[int, ...]]

    def at(self, node: Node) -> Fraction:
        """g at a rational node."""
        places = [(x / self.half_side + 1) * self.side / 2 for x in node]
        cube = tuple(p.numerator // p.denominator for p in places)
        if cube not in self.cubes:
            return Fraction(0)
        local = [2 * (p - c) - 1 for p, c in zip(places, cube, strict=True)]
        return self.height * bump(self.order, local)

    def grid_sum(self, parts: int) -> Fraction:
        """The sum of g over the midpoints of parts^dim equal cubes in each of the cubes."""
        points = [Fraction(2 * i + 1 - parts, parts) for i in range(parts)]
        line = sum((bump(self.order, [u]) for u in points), Fraction(0))
        return self.height * len(self.cubes) * line**self.dim


def bump_adversary(
    functions: SmoothClass, nodes: Sequence[Node], *, dim: int, half_side: Fraction = Fraction(1)
) -> BumpAdversary:
    """A member of the class that vanishes at all the nodes, whatever weights they have.

    It has a bump on each of the side^dim cubes, side = `cubes_per_axis(len(nodes), dim)`,
    that has no node in its interior: at least half of them.
    """
    require_kind("T4c", functions, SmoothClass)
    side = cubes_per_axis(len(nodes), dim)
    for node in nodes:
        require(len(node) == dim, "T4c", f"a node of {len(node)} coordinates", str(dim))
        for coordinate in node:
            require_rational("T4c", "a coordinate", coordinate)
    taken = {cube for node in nodes for cube in _inner_cube(node, side, half_side)}
    cubes = frozenset(product(range(side), repeat=dim)) - taken
    height = _height(functions, dim, side, half_side)
    return BumpAdversary(dim, functions.order, side, half_side, height, cubes)


def smooth_lower_bound(
    functions: SmoothClass, *, dim: int, size: int, parts: int, half_side: Fraction = Fraction(1)
) -> Bound:
    """T4c: Lam B R^s c^m d / (2 B_s(b) p^s) for the d = (p l)^m midpoints of a grid.

    p = ceil((2d')^(1/m)) for d' = `size`, l = `parts`. Whatever `size` nodes with real weights
    take their place, some g of the class changes h(int g) by as much.
    """
    require_kind("T4c", functions, SmoothClass)
    require_whole("T4c", "l", parts)
    side = cubes_per_axis(size, dim)
    count, mean = (side * parts) ** dim, bump_mean(functions.order) ** dim
    value = _height(functions, dim, side, half_side) * mean * count / 2
    return Bound(
        functions.lipschitz * value,
        "T4c",
        "fixed-smoothness-rate",
        (
            f"unit masses at the midpoints of {side * parts} parts of each side of [-R, R]^m, "
            f"R = {half_side}",
            "g is given on all of R^m",
        ),
    )


def cubes_per_axis(size: int, dim: int) -> int:
    """p = ceil((2 d')^(1/m)): half of p^m cubes are as many as the nodes, or more.

    >>> cubes_per_axis(1, 1), cubes_per_axis(4, 2), cubes_per_axis(5, 2)
    (2, 3, 4)
    """
    require_whole("T4c", "the number of nodes", size)
    require_whole("T4c", "the dimension", dim)
    low, high = 0, 2 * size
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if middle**dim >= 2 * size else (middle, high)
    return high


def _height(functions: SmoothClass, dim: int, side: int, half_side: Fraction) -> Fraction:
    require(require_size("T4c", "R", half_side) > 0, "T4c", "R = 0", "a number > 0")
    steepness = bump_derivative(functions.order, dim) * (side / half_side) ** functions.order
    return functions.derivative / steepness


def _inner_cube(node: Node, side: int, half_side: Fraction) -> Iterator[tuple[int, ...]]:
    """The cube in whose interior the node lies, if there is one."""
    places = [(x / half_side + 1) * side / 2 for x in node]
    if all(0 < p < side and p.denominator > 1 for p in places):
        yield tuple(p.numerator // p.denominator for p in places)
