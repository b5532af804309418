"""Instances of sphere-packing-repaired: the least diameter of N of d points, exactly."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from ucomp_verify.bounds import packing_bound

from . import right_sides
from .base import Instance, InstanceCheck
from .data import Node, clustered, lattice, scattered
from .functions import length_above
from .geometry import closest_cluster, squared_distance
from .numbers import enclosed, in_balls, power


def _instance(name: str, nodes: Sequence[Node], size: int) -> Instance:
    """Effective if the bound is below 2R, which holds anyway, and the diameter is not 0."""
    dim, count = len(nodes[0]), len(nodes)
    square = max(squared_distance(node, (Fraction(0),) * dim) for node in nodes)
    closest, _ = closest_cluster(nodes, size)
    radius = max(map(length_above, nodes))
    bound = packing_bound(count, size, radius=radius, dim=dim)
    formula = right_sides.packing(square, Fraction(size - 1, count), dim)
    with in_balls():
        left = enclosed(power(closest, Fraction(1, 2)))
        right = right_sides.at_most(bound, formula)
        trivial = enclosed(2 * power(square, Fraction(1, 2)))
    parameters = (("m", str(dim)), ("d", str(count)), ("N", str(size)), ("points", name))
    return Instance(parameters, left, right, bool(closest) and right.upper < trivial.lower)


def _equidistant(count: int) -> list[Node]:
    """The worst for the packing on a line, with R = 1."""
    return lattice(1, count)


def _on_a_line() -> Iterator[Instance]:
    for count in (7, 10, 16, 31, 50, 100, 211, 400):
        kinds = {
            "equidistant": _equidistant(count),
            "scattered": scattered(1, count),
            "clusters": clustered(1, count),
            "nodes twice": scattered(1, -(-count // 2), seed=1) * 2,
        }
        for name, nodes in kinds.items():
            for size in (2, 3, 5, 8, 13, 21, 60):
                if size <= len(nodes):
                    yield _instance(name, nodes, size)


def _in_space() -> Iterator[Instance]:
    plans = (2, (19, 30, 49, 81, 121), (2, 3, 4, 5, 6)), (3, (28, 64, 125), (2, 3, 4))
    for dim, counts, sizes in plans:
        for count in counts:
            side = round(count ** (1 / dim))
            kinds = {
                "lattice": lattice(dim, side),
                "scattered": scattered(dim, count),
                "scattered, another seed": scattered(dim, count, seed=2),
                "clusters": clustered(dim, count),
                "in the unit ball": _in_the_ball(dim, count),
            }
            for name, nodes in kinds.items():
                for size in sizes:
                    yield _instance(name, nodes, size)


def _in_the_ball(dim: int, count: int) -> list[Node]:
    """The first so many points of a fine lattice that lie in the ball, spread out by a stride."""
    inside = [
        node for node in lattice(dim, 15) if squared_distance(node, (Fraction(0),) * dim) <= 1
    ]
    return [inside[i * len(inside) // count] for i in range(count)]


CHECKS: tuple[InstanceCheck, ...] = (
    InstanceCheck(
        ("sphere-packing-repaired",),
        "up to 400 points on a line, against the least of the bounds that are proved",
        _on_a_line,
    ),
    InstanceCheck(
        ("sphere-packing-repaired",),
        "up to 125 points of dimension 2 and 3, against the least of the bounds that are proved",
        _in_space,
    ),
)
