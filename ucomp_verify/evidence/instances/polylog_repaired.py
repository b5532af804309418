"""Instances of polylog-repaired: the nodes promised for an error, and the error there is."""

from collections.abc import Iterator
from fractions import Fraction
from functools import partial
from typing import NamedTuple

from ucomp_verify.algebra import num_monomials
from ucomp_verify.bounds import PolydiscClass, polydisc_bound, polylog_degree, polylog_size
from ucomp_verify.findings import Enclosure

from . import right_sides
from .alternation import in_turns, tilted_chebyshev
from .base import Instance, InstanceCheck, Parameters, exactly
from .choices import analytic_functions
from .data import Cloud, clouds
from .errors import CONTRACTIONS, SUM, Error, described, instances_of
from .functions import Inner
from .reductions import Reduced, reduced_in_cells

HALF_SIDE = Fraction(1)


class Plan(NamedTuple):
    """Errors allowed for functions at most 1 on polydiscs of this radius, and measures."""

    dim: int
    radius: str
    mass: str
    errors: tuple[str, ...]


PLANS = (
    Plan(1, "2", "1", tuple(f"1e-{j}" for j in range(1, 13))),
    Plan(1, "1", "20", ("1", "1e-1", "1e-3", "1e-6", "1e-9", "1e-12")),
    Plan(1, "1/2", "3", ("1", "1e-1", "1e-2", "1e-5")),
    Plan(1, "5/7", "1/3", ("1e-1", "1e-3", "1e-7")),
    Plan(2, "2", "1", ("1/4", "1e-1", "1e-2", "1e-3")),
    Plan(2, "3/2", "10", ("2", "1/2")),
    Plan(3, "2", "1", ("1/4", "1e-1", "1/30")),
    Plan(3, "5/4", "1/10", ("1/20",)),
)


class Promise(NamedTuple):
    """What the theorem says about an error, and a measure reduced accordingly."""

    error: Fraction
    radius: Fraction
    side: int
    size: int
    case: Reduced


def _promise(plan: Plan, error: Fraction, kind: int) -> Promise:
    """One reduction in each of n^m cells, with the n and k of the theorem."""
    radius, mass = Fraction(plan.radius), Fraction(plan.mass)
    functions = PolydiscClass(plan.dim, HALF_SIDE, radius, Fraction(1))
    side, degree = polylog_degree(functions, mass=mass, error=error)
    size = polylog_size(functions, mass=mass, error=error)
    count = side**plan.dim * num_monomials(plan.dim, degree) + 12
    found = clouds(plan.dim, count)
    cloud = found[kind % len(found)].with_mass(mass)
    case = reduced_in_cells(cloud, degree, side, half_side=HALF_SIDE)
    return Promise(error, radius, side, size, case)


def _promises(first: int) -> Iterator[Promise]:
    for plan in PLANS:
        for kind, error in enumerate(plan.errors, first):
            yield _promise(plan, Fraction(error), kind)


def _allowed(promise: Promise, inner: Inner, _: Error) -> Enclosure:
    most = inner.on_polydiscs(HALF_SIDE, promise.radius)
    if most > 1:
        raise ValueError(f"found {inner.name}, up to {most}; expected a function up to 1")
    return exactly(promise.error)


def _errors() -> Iterator[Instance]:
    for promise in _promises(0):
        case = promise.case
        inners = analytic_functions(case.before.dim, HALF_SIDE, promise.radius)
        right = partial(_allowed, promise)
        yield from instances_of(case, inners, CONTRACTIONS, right, _named(promise))


def _named(promise: Promise) -> Parameters:
    mass, radius = promise.case.before.total_mass, promise.radius
    return (("rho", str(radius)), ("W", str(mass)), ("eps", str(promise.error)))


def _hard() -> Iterator[Instance]:
    """Measures on every other node, and in one cell a function that tells them well apart.

    They have the mass 1, so the degree is k for eps = 4 / 2^(k+1).
    """
    for degree in (3, 5, 7, 9, 11):
        for radius in (Fraction(2), Fraction(5, 2), Fraction(3)):
            case, error = in_turns(degree), Fraction(4, 2 ** (degree + 1))
            functions = PolydiscClass(1, HALF_SIDE, radius, Fraction(1))
            cells = polylog_degree(functions, mass=Fraction(1), error=error)
            if cells != (1, degree):
                raise ValueError(f"found {cells}; expected one cell and the degree {degree}")
            inner = tilted_chebyshev(degree + 1, 1 + radius)
            promise = Promise(error, radius, 1, degree + 1, case)
            right = partial(_known, error)
            yield from instances_of(case, [inner], [SUM], right, _named(promise))


def _known(error: Fraction, *_: object) -> Enclosure:
    return exactly(error)


def _sizes() -> Iterator[Instance]:
    """Nodes kept <= ceil(2R/rho)^m max(1, ceil(log2(4 Lam G W / eps)))^m."""
    for promise in _promises(2):
        yield _size(promise)


def _size(promise: Promise) -> Instance:
    case, mass = promise.case, promise.case.before.total_mass
    doublings = 0
    while 2**doublings * promise.error < 4 * mass:
        doublings += 1
    side = -(-2 * HALF_SIDE // promise.radius)
    formula = (side * max(1, doublings)) ** case.before.dim
    right = exactly(min(promise.size, int(formula)))
    could_fail = len(case.before.support) > promise.size
    return Instance((*described(case), *_named(promise)), exactly(case.kept), right, could_fail)


def _in_cells(case: Reduced, radius: Fraction, side: int, inner: Inner, error: Error) -> Enclosure:
    """2 Lam W G q^(k+1) / (1 - q)."""
    mass, size = case.before.total_mass, inner.on_polydiscs(HALF_SIDE, radius)
    functions = PolydiscClass(case.before.dim, HALF_SIDE, radius, size, error.lipschitz)
    bound = polydisc_bound(functions, mass=mass, side=side, degree=case.degree)
    ratio = HALF_SIDE / (side * radius)
    formula = right_sides.in_polydiscs(error.lipschitz * size, mass, ratio, case.degree)
    return right_sides.at_most(bound, formula)


def _cells() -> Iterator[Instance]:
    """Any n > R / rho and any k."""
    for dim, radius, sides, degrees in (
        (1, Fraction(3), (1, 2), (1, 2, 3, 4, 6, 9)),
        (1, Fraction(1, 2), (3, 5), (1, 2, 3, 5)),
        (2, Fraction(4), (1, 2), (1, 2, 3, 4)),
        (3, Fraction(5), (1,), (1, 2, 3, 4)),
    ):
        inners = analytic_functions(dim, HALF_SIDE, radius)
        for side in sides:
            for degree in degrees:
                found = clouds(dim, side**dim * num_monomials(dim, degree) + 12)
                cloud: Cloud = found[(degree + side) % len(found)]
                case = reduced_in_cells(cloud, degree, side, half_side=HALF_SIDE)
                names = (("n", str(side)), ("rho", str(radius)))
                right = partial(_in_cells, case, radius, side)
                yield from instances_of(case, inners, CONTRACTIONS, right, names)


CHECKS: tuple[InstanceCheck, ...] = (
    InstanceCheck(
        ("polylog-repaired",),
        "errors allowed from 2 to 1e-12, for functions bounded by 1 on polydiscs",
        _errors,
    ),
    InstanceCheck(
        ("polylog-repaired",),
        "errors of Chebyshev polynomials for measures on every other node of a line",
        _hard,
    ),
    InstanceCheck(
        ("polylog-repaired",),
        "errors for any number of cells above R / rho and any degree",
        _cells,
    ),
    InstanceCheck(
        ("polylog-repaired",),
        "nodes kept, against those promised for errors from 2 to 1e-12",
        _sizes,
    ),
)
