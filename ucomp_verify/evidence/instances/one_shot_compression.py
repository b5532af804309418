"""Instances of one-shot-compression: one exact reduction in each cell of a grid."""

from collections.abc import Iterator
from fractions import Fraction
from functools import partial
from typing import NamedTuple

from ucomp_verify.algebra import num_monomials
from ucomp_verify.bounds import SmoothClass, grid_bound, grid_size_bound, one_shot_size
from ucomp_verify.findings import Enclosure

from . import right_sides
from .base import Instance, InstanceCheck, exactly
from .choices import rational_functions, transcendental_functions
from .data import clouds
from .errors import OUTERS, RATIONAL_OUTERS, Error, described, instances_of
from .functions import Inner
from .reductions import Reduced, reduced_in_cells

HALF_SIDE = Fraction(1)


class Plan(NamedTuple):
    """Clouds of so many nodes, reduced to the degrees in side^dim cells."""

    dim: int
    side: int
    nodes: int
    degrees: tuple[int, ...]


PLANS = (
    Plan(1, 1, 12, (0, 1, 2, 3, 4, 5, 6)),
    Plan(1, 2, 24, (0, 1, 2, 3, 4, 6)),
    Plan(1, 3, 30, (0, 1, 2, 3, 5)),
    Plan(1, 4, 36, (0, 1, 2, 4)),
    Plan(1, 5, 40, (0, 1, 2, 3)),
    Plan(2, 1, 32, (0, 1, 2, 3, 4, 5)),
    Plan(2, 2, 48, (0, 1, 2, 3)),
    Plan(2, 3, 60, (0, 1, 2)),
    Plan(2, 4, 80, (0, 1)),
    Plan(2, 5, 90, (0, 1)),
    Plan(3, 1, 40, (0, 1, 2, 3)),
    Plan(3, 2, 90, (0, 1, 2)),
    Plan(3, 3, 120, (0, 1)),
)


def _cases(first: int) -> Iterator[tuple[Reduced, int]]:
    """Every plan on one kind of cloud, another for every degree; with the cells along an axis."""
    for plan in PLANS:
        found = clouds(plan.dim, plan.nodes)
        for degree in plan.degrees:
            cloud = found[(first + degree + plan.side) % len(found)]
            yield reduced_in_cells(cloud, degree, plan.side, half_side=HALF_SIDE), plan.side


def _for_cells(case: Reduced, side: int, inner: Inner, error: Error) -> Enclosure:
    """2 Lam W B / (k+1)! (R sqrt(m) / n)^(k+1)."""
    dim, mass = case.before.dim, case.before.total_mass
    derivative = inner.derivative(case.degree + 1, case.before.nodes)
    functions = SmoothClass(case.degree + 1, derivative, error.lipschitz)
    bound = grid_bound(functions, dim=dim, half_side=HALF_SIDE, mass=mass, side=side)
    square = HALF_SIDE**2 * dim / side**2
    formula = right_sides.small_ball((error.lipschitz, derivative), mass, square, case.degree)
    return right_sides.at_most(bound, formula)


def _for_nodes(case: Reduced, size: int, inner: Inner, error: Error) -> Enclosure:
    """2 Lam W B / (k+1)! (2R sqrt m)^(k+1) (N/d')^((k+1)/m), d' = `size`."""
    dim, degree, mass = case.before.dim, case.degree, case.before.total_mass
    derivative = inner.derivative(degree + 1, case.before.nodes)
    functions = SmoothClass(degree + 1, derivative, error.lipschitz)
    bound = grid_size_bound(functions, dim=dim, half_side=HALF_SIDE, mass=mass, size=size)
    pair, share = (error.lipschitz, derivative), Fraction(num_monomials(dim, degree), size)
    square = HALF_SIDE**2 * dim
    formula = right_sides.for_nodes(pair, mass, square, degree, share=share, dim=dim)
    return right_sides.at_most(bound, formula)


def _rational() -> Iterator[Instance]:
    for case, side in _cases(0):
        inners = rational_functions(case.before.dim, case.degree)
        right = partial(_for_cells, case, side)
        yield from instances_of(case, inners, RATIONAL_OUTERS, right, (("n", str(side)),))


def _transcendental() -> Iterator[Instance]:
    for case, side in _cases(2):
        inners = transcendental_functions(case.before.dim)
        right = partial(_for_cells, case, side)
        yield from instances_of(case, inners, OUTERS, right, (("n", str(side)),))


def _allowed() -> Iterator[Instance]:
    """The second form, for the largest number of nodes d' that asks for these cells."""
    for case, side in _cases(4):
        size = one_shot_size(case.before.dim, case.degree, side + 1) - 1
        inners = rational_functions(case.before.dim, case.degree)[:3]
        right = partial(_for_nodes, case, size)
        yield from instances_of(case, inners, OUTERS[:2], right, (("d'", str(size)),))


def _sizes() -> Iterator[Instance]:
    """Nodes kept <= n^m N, where there were more before."""
    for first in (1, 3):
        for case, side in _cases(first):
            yield _size(case, side)


def _size(case: Reduced, side: int) -> Instance:
    most = side**case.before.dim * num_monomials(case.before.dim, case.degree)
    bound = min(most, one_shot_size(case.before.dim, case.degree, side))
    could_fail = len(case.before.support) > most
    parameters = (*described(case), ("n", str(side)))
    return Instance(parameters, exactly(case.kept), exactly(bound), could_fail)


_CLAIMS = ("one-shot-compression",)

CHECKS: tuple[InstanceCheck, ...] = (
    InstanceCheck(
        _CLAIMS,
        "errors of poles and polynomials for 1 to 5 cells an axis, dimension 1 to 3",
        _rational,
    ),
    InstanceCheck(
        _CLAIMS,
        "errors of exp, sin, cos, tanh and sigmoid for 1 to 5 cells an axis, dimension 1 to 3",
        _transcendental,
    ),
    InstanceCheck(
        _CLAIMS,
        "errors of poles and polynomials for a number of nodes, dimension 1 to 3",
        _allowed,
    ),
    InstanceCheck(
        _CLAIMS,
        "nodes kept by one reduction a cell",
        _sizes,
    ),
)
