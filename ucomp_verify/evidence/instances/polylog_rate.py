"""Instances of polylog-rate: the error for a number of nodes that is given."""

from collections.abc import Iterator
from fractions import Fraction
from functools import partial
from typing import NamedTuple

from ucomp_verify.algebra import num_monomials
from ucomp_verify.bounds import PolydiscClass, rate_bound
from ucomp_verify.findings import Enclosure

from . import right_sides
from .alternation import in_turns, tilted_chebyshev
from .base import Instance, InstanceCheck
from .choices import analytic_functions
from .data import clouds
from .errors import CONTRACTIONS, OUTERS, SUM, Error, Outer, instances_of
from .functions import Inner
from .reductions import Reduced, reduced_in_cells

HALF_SIDE = Fraction(1)


class Plan(NamedTuple):
    """Numbers of nodes for polydiscs of one radius, with n = ceil(e / radius) cells an axis."""

    dim: int
    radius: str
    side: int
    sizes: tuple[int, ...]


PLANS = (
    Plan(1, "3", 1, (4, 5, 6, 7, 8, 10, 12, 16, 24)),
    Plan(1, "3/2", 2, (9, 11, 12, 15, 18, 24, 33)),
    Plan(1, "1", 3, (15, 18, 22, 27, 36)),
    Plan(1, "11/20", 5, (30, 40)),
    Plan(2, "3", 1, (16, 20, 21, 27, 36, 50, 65)),
    Plan(2, "2", 2, (90, 111)),
    Plan(3, "3", 1, (45, 60, 84)),
)


def _bound(case: Reduced, plan: Plan, size: int, inner: Inner, error: Error) -> Enclosure:
    most = inner.on_polydiscs(HALF_SIDE, Fraction(plan.radius))
    return _largest(case, plan, size, (most, error.lipschitz))


def _known(case: Reduced, plan: Plan, *_: object) -> Enclosure:
    return _largest(case, plan, plan.sizes[0], (Fraction(1), Fraction(1)))


def _largest(case: Reduced, plan: Plan, size: int, bounds: tuple[Fraction, Fraction]) -> Enclosure:
    """2 e^((m+1)/2) / (1 - 1/e) Lam W G exp(-(m! d')^(1/m) / n); `bounds` are G and Lam."""
    mass, (most, lipschitz) = case.before.total_mass, bounds
    functions = PolydiscClass(plan.dim, HALF_SIDE, Fraction(plan.radius), most, lipschitz)
    bound = rate_bound(functions, mass=mass, size=size)
    formula = right_sides.rate(lipschitz * most, mass, nodes=size, side=plan.side, dim=plan.dim)
    return right_sides.at_most(bound, formula)


def _reduced(plan: Plan, size: int, kind: int) -> Reduced:
    """The greatest degree with n^m binom(m+k, k) <= d', and one reduction a cell."""
    degree, cells = 0, plan.side**plan.dim
    while cells * num_monomials(plan.dim, degree + 1) <= size:
        degree += 1
    found = clouds(plan.dim, size + 12)
    cloud = found[kind % len(found)]
    return reduced_in_cells(cloud, degree, plan.side, half_side=HALF_SIDE)


def _instances(first: int, outers: tuple[Outer, ...]) -> Iterator[Instance]:
    for plan in PLANS:
        inners = analytic_functions(plan.dim, HALF_SIDE, Fraction(plan.radius))
        for kind, size in enumerate(plan.sizes, first):
            case = _reduced(plan, size, kind)
            names = (("d'", str(size)), ("rho", plan.radius))
            right = partial(_bound, case, plan, size)
            yield from instances_of(case, inners, outers, right, names)


def _one_lipschitz() -> Iterator[Instance]:
    yield from _instances(0, CONTRACTIONS)


def _other_outer_functions() -> Iterator[Instance]:
    yield from _instances(3, OUTERS)


def _hard() -> Iterator[Instance]:
    """Measures on every other node, and in one cell a function that tells them well apart."""
    for degree in (3, 5, 7, 9, 11):
        for radius in ("11/4", "3", "7/2"):
            case, reach = in_turns(degree), 1 + Fraction(radius)
            inner = tilted_chebyshev(degree + 1, reach)
            plan = Plan(1, radius, 1, (degree + 1,))
            right = partial(_known, case, plan)
            names = (("d'", str(degree + 1)), ("rho", radius))
            yield from instances_of(case, [inner], [SUM], right, names)


CHECKS: tuple[InstanceCheck, ...] = (
    InstanceCheck(
        ("polylog-rate",),
        "up to 111 nodes, dimension 1 to 3, outer functions with Lipschitz constant 1",
        _one_lipschitz,
    ),
    InstanceCheck(
        ("polylog-rate",),
        "Chebyshev polynomials on polydiscs, measures on every other node of a line",
        _hard,
    ),
    InstanceCheck(
        ("polylog-rate",),
        "up to 111 nodes, dimension 1 to 3, means and squares among the outer functions",
        _other_outer_functions,
    ),
)
