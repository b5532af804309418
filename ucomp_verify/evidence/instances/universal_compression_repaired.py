"""Instances of universal-compression-repaired: Algorithm 1 to the letter, in rationals."""

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from functools import partial

from ucomp_verify.algebra import num_monomials
from ucomp_verify.bounds import SmoothClass, greedy_bound
from ucomp_verify.findings import Enclosure
from ucomp_verify.measures import AtomicMeasure

from . import right_sides
from .base import Instance, InstanceCheck, exactly
from .choices import slopes
from .data import Cloud, Node, clustered, collinear, lattice, scattered
from .errors import MEAN, SINE, SQUARE, SUM, Error, Outer, described, instances_of
from .functions import Inner, length_above, mixture, ridge
from .geometry import squared_distance
from .profiles import Exponential, Pole, Sigmoid, Tanh, Wave
from .reductions import Reduced, algorithm_1

PLANS = (  # dimension, number of nodes, degrees
    (1, 30, (0, 1, 2, 3)),
    (1, 60, (1, 2, 4)),
    (2, 16, (0,)),
    (2, 25, (1, 2)),
    (3, 27, (0, 1)),
)
SIZES = 4  # d' for which every run is looked at


def _clouds(dim: int, count: int) -> list[Cloud]:
    """Unit weights on nodes of four kinds."""
    kinds: dict[str, list[Node]] = {
        "scattered": scattered(dim, count),
        "lattice": lattice(dim, round(count ** (1 / dim))),
        "clusters": clustered(dim, count),
        "on a line": collinear(dim, count),
    }
    return [Cloud(f"{name}, weights 1", AtomicMeasure.unit(nodes)) for name, nodes in kinds.items()]


def _runs(first: int) -> Iterator[list[Reduced]]:
    """For every plan and degree, what Algorithm 1 comes to step by step."""
    for dim, count, degrees in PLANS:
        found = _clouds(dim, count)
        for degree in degrees:
            yield list(algorithm_1(found[(first + degree) % len(found)], degree))


def _stages(steps: Sequence[Reduced]) -> Iterator[tuple[Reduced, int]]:
    """Some sizes d' from N up to d - 1, and the first measure with at most d' nodes."""
    count, dim = len(steps[0].before.nodes), steps[0].before.dim
    smallest = num_monomials(dim, steps[0].degree)
    for part in range(SIZES):
        size = smallest + (count - 1 - smallest) * part // (SIZES - 1)
        yield next(step for step in steps if step.kept <= size), size


def _flat(dim: int) -> tuple[Inner, ...]:
    """Functions that change slowly, for which the large constants of the bound leave something."""
    unit, odd = slopes(dim)
    return (
        ridge(Pole(Fraction(60)), *unit),
        ridge(Pole(Fraction(300)), *unit),
        mixture((1, ridge(Pole(Fraction(90)), *unit)), (-2, ridge(Pole(Fraction(200)), *odd))),
    )


def _smooth(dim: int) -> tuple[Inner, ...]:
    unit, odd = slopes(dim)
    slow, slower = ([x / factor for x in unit] for factor in (60, 240))
    return (
        ridge(Exponential(), *slow),
        ridge(Wave(), *slower, shift="1/2"),
        ridge(Tanh(), *slower, shift=1),
        ridge(Sigmoid(), *(x / 40 for x in odd), shift=1),
    )


def _right(case: Reduced, size: int, inner: Inner, error: Error) -> Enclosure:
    nodes, dim = case.before.nodes, case.before.dim
    derivative = inner.derivative(case.degree + 1, nodes)
    functions = SmoothClass(case.degree + 1, derivative, error.lipschitz)
    radius = max(map(length_above, nodes))
    bound = greedy_bound(functions, dim=dim, radius=radius, count=len(nodes), size=size)
    formula = right_sides.greedy(
        (error.lipschitz, derivative),
        max(squared_distance(node, (Fraction(0),) * dim) for node in nodes),
        case.degree,
        dim=dim,
        count=len(nodes),
        size=size,
    )
    return right_sides.at_most(bound, formula)


def _errors(
    first: Iterable[int], inners: Sequence[tuple[Inner, ...]], outers: tuple[Outer, ...]
) -> Iterator[Instance]:
    for kind in first:
        for steps in _runs(kind):
            for case, size in _stages(steps):
                chosen = inners[case.before.dim - 1]
                right = partial(_right, case, size)
                yield from instances_of(case, chosen, outers, right, (("d'", str(size)),))


def _rational() -> Iterator[Instance]:
    yield from _errors((0, 1), [_flat(dim) for dim in (1, 2, 3)], (SUM, MEAN, SQUARE))


def _transcendental() -> Iterator[Instance]:
    yield from _errors((2,), [_smooth(dim) for dim in (1, 2, 3)], (SUM, MEAN, SQUARE, SINE))


def _sizes() -> Iterator[Instance]:
    """Algorithm 1 ends, on at most N nodes: after d - N steps, as every step drops one."""
    for first in range(4):
        for steps in _runs(first):
            last = steps[-1]
            most = num_monomials(last.before.dim, last.degree)
            could_fail = len(last.before.nodes) > most
            yield Instance(described(last), exactly(last.kept), exactly(most), could_fail)


CHECKS: tuple[InstanceCheck, ...] = (
    InstanceCheck(
        ("universal-compression-repaired",),
        "errors of poles far away for Algorithm 1 in dimension 1 to 3, degrees 0 to 4",
        _rational,
    ),
    InstanceCheck(
        ("universal-compression-repaired",),
        "errors of exp, sin, tanh and sigmoid for Algorithm 1 in dimension 1 to 3, degrees 0 to 4",
        _transcendental,
    ),
    InstanceCheck(
        ("universal-compression-repaired",),
        "nodes that Algorithm 1 ends with",
        _sizes,
    ),
)
