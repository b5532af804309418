"""Measures to reduce, the same at every run: nodes in [-1, 1]^dim, in rationals."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

from ucomp_verify.measures import AtomicMeasure

Node = tuple[Fraction, ...]

GRID = 64  # coordinates are multiples of 1/64, so that exact moments stay short


@dataclass(frozen=True)
class Cloud:
    """A measure, and what it is in words."""

    name: str
    measure: AtomicMeasure

    def moved(self, scale: Fraction, shift: Sequence[Fraction | int]) -> "Cloud":
        """The image under w -> scale * w + shift."""
        nodes = [
            tuple(scale * x + Fraction(t) for x, t in zip(node, shift, strict=True))
            for node in self.measure.nodes
        ]
        name = f"{self.name}, times {scale} plus ({', '.join(map(str, shift))})"
        return Cloud(name, AtomicMeasure(nodes, self.measure.weights))

    def with_mass(self, mass: Fraction) -> "Cloud":
        """The same with another total weight."""
        factor = mass / self.measure.total_mass
        weights = [factor * weight for weight in self.measure.weights]
        return Cloud(f"{self.name}, mass {mass}", AtomicMeasure(self.measure.nodes, weights))


def scattered(dim: int, count: int, *, seed: int = 0) -> list[Node]:
    """Nodes drawn at random from the cube, its corners the first two of them."""
    draw = random.Random(f"{dim} {count} {seed}")
    rows = [
        tuple(Fraction(draw.randint(-GRID, GRID), GRID) for _ in range(dim)) for _ in range(count)
    ]
    corners = [(Fraction(-1),) * dim, (Fraction(1),) * dim]
    return (corners + rows)[:count]


def lattice(dim: int, side: int) -> list[Node]:
    """The side^dim points of a grid that reaches from one end of the cube to the other."""
    axis = [Fraction(2 * i, side - 1) - 1 for i in range(side)]
    return list(product(axis, repeat=dim))


def collinear(dim: int, count: int) -> list[Node]:
    """Nodes on the line through two opposite corners, ever closer to one end."""
    return [(Fraction(2 * i * i, count**2) - 1,) * dim for i in range(count)]


def clustered(dim: int, count: int, *, seed: int = 0) -> list[Node]:
    """Nodes close to three of the corners."""
    ends = [
        (Fraction(-1),) * dim,
        (Fraction(1),) * dim,
        (Fraction(-1),) + (Fraction(1),) * (dim - 1),
    ]
    return [
        tuple(end + (x - end) / 8 for x, end in zip(node, ends[i % 3], strict=True))
        for i, node in enumerate(scattered(dim, count, seed=seed))
    ]


def clouds(dim: int, count: int) -> list[Cloud]:
    """Measures on `count` nodes or about as many: scattered, in a lattice, clustered, repeated,
    on a line; weights 1, random, 0 and between 10^-6 and 10^6."""
    draw = random.Random(f"weights {dim} {count}")
    side = max(2, round(count ** (1 / dim)))
    nodes, grid = scattered(dim, count), lattice(dim, side)
    twice = scattered(dim, -(-count // 2), seed=1) * 2
    uneven = [Fraction(draw.randint(1, 60), 12) for _ in nodes]
    wide = [Fraction(10) ** draw.randint(-6, 6) for _ in nodes]
    holes = [Fraction(draw.randint(0, 3)) for _ in twice]
    return [
        Cloud("scattered, weights 1", AtomicMeasure.unit(nodes)),
        Cloud("scattered, weights 1/12 to 5", AtomicMeasure(nodes, uneven)),
        Cloud("lattice, weights 1", AtomicMeasure.unit(grid)),
        Cloud("nodes twice, weights 0 to 3", AtomicMeasure(twice, holes)),
        Cloud("clusters, weights 1e-6 to 1e6", AtomicMeasure(clustered(dim, count), wide)),
        Cloud("on a line, weights 1/12 to 5", AtomicMeasure(collinear(dim, count), uneven)),
    ]
