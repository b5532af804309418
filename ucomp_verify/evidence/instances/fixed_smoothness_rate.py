"""Instances of fixed-smoothness-rate: bumps between the nodes, and Peano kernels."""

from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from math import factorial

from ucomp_verify.bounds.classes import SmoothClass
from ucomp_verify.bounds.statement import Bound
from ucomp_verify.caratheodory import caratheodory_reduce
from ucomp_verify.findings import Enclosure
from ucomp_verify.lower_bounds.bumps import bump_derivative
from ucomp_verify.lower_bounds.peano import Functional, smooth_worst_case
from ucomp_verify.lower_bounds.smoothness import bump_adversary, cubes_per_axis, smooth_lower_bound
from ucomp_verify.measures import AtomicMeasure

from .adversaries import choices, midpoints, weights_for
from .base import Instance, InstanceCheck, exactly
from .data import Node

SLUG = "fixed-smoothness-rate"
ORDERS = {1: range(1, 7), 2: range(1, 4)}  # s by the dimension
SIZES = {1: (1, 2, 3, 5), 2: (1, 2, 4, 5)}  # d'
PARTS = {1: (1, 2, 4), 2: (1, 2)}  # l
MEANS = 60  # midpoints for which the mean of the formula is looked at


def _bumps(dim: int) -> Iterator[Instance]:
    for order in ORDERS[dim]:
        for size in SIZES[dim]:
            for parts in PARTS[dim]:
                side = cubes_per_axis(size, dim) * parts
                kinds = [*choices(dim, size, side), ("cubes", _in_cubes(dim, size))]
                for name, nodes in kinds:
                    yield _against_bumps(dim, order, parts, name, nodes)


def _against_bumps(dim: int, order: int, parts: int, name: str, nodes: list[Node]) -> Instance:
    functions, size = SmoothClass(order, Fraction(1)), len(nodes)
    side = cubes_per_axis(size, dim) * parts
    g = bump_adversary(functions, nodes, dim=dim)
    grid = [g.at(node) for node in midpoints(dim, side)]
    at_nodes = (w * g.at(x) for w, x in zip(weights_for(size), nodes, strict=True))
    error = abs(sum(grid, Fraction(0)) - sum(at_nodes, Fraction(0)))
    lower = smooth_lower_bound(functions, dim=dim, size=size, parts=parts)
    parameters = _parameters(dim, order, size, parts, name)
    effective = size < side**dim
    return Instance(parameters, _left(lower, dim, order, side, parts), exactly(error), effective)


def _left(bound: Bound, dim: int, order: int, side: int, parts: int) -> Enclosure:
    """The larger one of what `bounds` says and of the formula of the claim."""
    steepness = 2 * bump_derivative(order, dim) * Fraction(side, parts) ** order
    return exactly(max(bound.value, (_least_mean(order) * side) ** dim / steepness))


@cache
def _least_mean(order: int) -> Fraction:
    """c: the least of some means and of their limit, 2^(s+1) (s+1)! / (1 3 5 ... (2s+3))."""
    limit = Fraction(4 ** (order + 1) * factorial(order + 1) ** 2, factorial(2 * order + 3))
    return min([limit, *(_mean(order, count) for count in range(1, MEANS))])


def _mean(order: int, count: int) -> Fraction:
    points = [Fraction(2 * i + 1, count) - 1 for i in range(count)]
    return sum(((1 - u * u) ** (order + 1) for u in points), Fraction(0)) / count


def _in_cubes(dim: int, size: int) -> list[Node]:
    """One node in each of as many cubes, so that no more cubes are left than have to be."""
    side = cubes_per_axis(size, dim)
    return [node for i, node in enumerate(midpoints(dim, side)) if i % 2 == 0][:size]


def _parameters(
    dim: int, order: int, size: int, parts: int, name: str
) -> tuple[tuple[str, str], ...]:
    numbers = {"m": dim, "s": order, "d'": size, "l": parts}
    return (*((letter, str(value)) for letter, value in numbers.items()), ("nodes", name))


def _line() -> Iterator[Instance]:
    yield from _bumps(1)


def _plane() -> Iterator[Instance]:
    yield from _bumps(2)


def _kernels() -> Iterator[Instance]:
    """The bound against the worst case of one exact reduction in each of equal parts."""
    for order in range(1, 6):
        for count in (1, 2, 3):
            for parts in (1, 2, 3, 5):
                yield _against_kernel(order, count, parts)


def _against_kernel(order: int, count: int, parts: int) -> Instance:
    size = order * count
    side = 2 * size * parts
    before = midpoints(1, side)
    after: dict[Node, Fraction] = {}
    for start in range(0, side, side // count):
        cell = AtomicMeasure.unit(before[start : start + side // count])
        rule = caratheodory_reduce(cell, order - 1)
        after |= {rule.nodes[i]: rule.weights[i] for i in rule.support}
    functional = Functional.difference(dict.fromkeys(before, Fraction(1)), after)
    lower = smooth_lower_bound(SmoothClass(order, Fraction(1)), dim=1, size=size, parts=parts)
    worst = smooth_worst_case(functional, order)
    left = _left(lower, 1, order, side, parts)
    name = f"one exact reduction in each of {count} parts"
    return Instance(_parameters(1, order, size, parts, name), left, worst, len(after) < side)


CHECKS: tuple[InstanceCheck, ...] = (
    InstanceCheck(
        (SLUG,), "bumps where no node is, dimension 1, s from 1 to 6, in rationals", _line
    ),
    InstanceCheck(
        (SLUG,), "bumps where no node is, dimension 2, s from 1 to 3, in rationals", _plane
    ),
    InstanceCheck(
        (SLUG,),
        "worst cases of one exact reduction a part, by Peano kernels, s from 1 to 5",
        _kernels,
        ("Peano's theorem",),
    ),
)
