"""Nodes that a compression might choose, for lower bounds that hold for all of them."""

import random
from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from itertools import product
from math import cos, pi

from ucomp_verify.algebra import num_monomials
from ucomp_verify.caratheodory import caratheodory_reduce
from ucomp_verify.measures import AtomicMeasure

from .data import Node, clustered, collinear, scattered

ROUNDING = 2**20  # of nodes that are irrational, which the statements are told as rounded


@cache
def midpoints(dim: int, side: int) -> tuple[Node, ...]:
    """The midpoints of side^dim equal cubes that fill [-1, 1]^dim."""
    axis = [Fraction(i, side) for i in range(1 - side, side, 2)]
    return tuple(product(axis, repeat=dim))


def choices(dim: int, size: int, side: int) -> Iterator[tuple[str, list[Node]]]:
    """`size` nodes of many kinds against the grid of side^dim midpoints, by their names."""
    yield "scattered", scattered(dim, size + 2)[2:]
    yield "midpoints", _spread(dim, size, side)
    yield "first midpoints", list(midpoints(dim, side)[:size])
    yield "clusters", clustered(dim, size)
    yield "on a line", collinear(dim, size)
    yield "one node", [(Fraction(1, 3),) * dim] * size
    yield "outside", [tuple(3 * x for x in node) for node in scattered(dim, size, seed=3)]
    yield "Chebyshev", _chebyshev(dim, size, Fraction(1))
    yield "Chebyshev, one end left out", _chebyshev(dim, size, _narrow(size))


def kept_nodes(dim: int, side: int, size: int) -> list[Node]:
    """At most `size` nodes that an exact reduction of the grid keeps."""
    degree = 0
    while num_monomials(dim, degree + 1) <= size:
        degree += 1
    return _reduced(dim, side, degree)


def weights_for(size: int) -> list[Fraction]:
    """Real weights of both signs, one 0."""
    draw = random.Random(f"weights {size}")
    return [Fraction(draw.randint(-40, 40), 7) for _ in range(size - 1)] + [Fraction(0)]


@cache
def _reduced(dim: int, side: int, degree: int) -> list[Node]:
    measure = AtomicMeasure.unit(midpoints(dim, side))
    after = caratheodory_reduce(measure, degree)
    return [after.nodes[i] for i in after.support]


def _spread(dim: int, size: int, side: int) -> list[Node]:
    grid = midpoints(dim, side)
    draw = random.Random(f"midpoints {dim} {size} {side}")
    return draw.sample(grid, size)


def _chebyshev(dim: int, size: int, reach: Fraction) -> list[Node]:
    """Zeros of Chebyshev polynomials, on [-1, reach] along the first axis, a lattice if dim > 1.

    A polynomial that vanishes there is small but for one end of the interval.
    """
    along = -(-size // 2 ** (dim - 1))
    zeros = [cos((2 * i + 1) * pi / (2 * along)) for i in range(along)]
    line = [Fraction(round(z * ROUNDING), ROUNDING) for z in zeros]
    first = [(1 + z) * (1 + reach) / 2 - 1 for z in line]
    others = [Fraction(-1, 2), Fraction(1, 2)]
    return list(product(first, *[others] * (dim - 1)))[:size]


def _narrow(size: int) -> Fraction:
    """Some multiple of 1 / size^2 below 1."""
    return 1 - Fraction(1, size**2 + 1)
