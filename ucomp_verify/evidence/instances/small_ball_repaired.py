"""Instances of small-ball-repaired: one reduction, the radius of the smallest ball exactly."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import partial

from ucomp_verify.algebra import num_monomials
from ucomp_verify.bounds import SmoothClass, small_ball_bound
from ucomp_verify.bounds.rounding import root_above
from ucomp_verify.findings import Enclosure
from ucomp_verify.measures import AtomicMeasure

from . import right_sides
from .alternation import in_turns
from .base import Instance, InstanceCheck
from .choices import rational_functions, slopes, transcendental_functions
from .data import Cloud, clouds
from .errors import (
    OUTERS,
    RATIONAL_OUTERS,
    SUM,
    Error,
    Values,
    decided,
    instances_of,
    largest_error,
)
from .functions import Inner, mixture, ridge
from .geometry import squared_radius
from .profiles import Exponential, Monomial, Pole, Wave
from .reductions import Reduced, reduced

DEGREES = range(7)
SHIFTS = (Fraction(1, 8), Fraction(-1, 4), Fraction(0))


def _cases(kinds: Sequence[int]) -> Iterator[Reduced]:
    """Reductions to the degrees 0 to 6 of clouds in small balls away from the origin."""
    for dim in (1, 2, 3):
        for degree in DEGREES:
            found = clouds(dim, num_monomials(dim, degree) + 4 + degree)
            for kind in kinds:
                cloud = found[(degree + kind) % len(found)]
                yield reduced(cloud.moved(Fraction(1, 2), SHIFTS[:dim]), degree)


def _right(case: Reduced, derivative: Fraction, lipschitz: Fraction) -> Enclosure:
    """2 Lam W B s^(k+1) / (k+1)!."""
    square, mass = squared_radius(case.before.nodes), case.before.total_mass
    functions = SmoothClass(case.degree + 1, derivative, lipschitz)
    bound = small_ball_bound(functions, mass=mass, radius=root_above(square))
    formula = right_sides.small_ball((lipschitz, derivative), mass, square, case.degree)
    return right_sides.at_most(bound, formula)


def _of(case: Reduced, inner: Inner, error: Error) -> Enclosure:
    derivative = inner.derivative(case.degree + 1, case.before.nodes)
    return _right(case, derivative, error.lipschitz)


def _rational() -> Iterator[Instance]:
    for case in _cases((0, 1)):
        inners = rational_functions(case.before.dim, case.degree)
        yield from instances_of(case, inners, RATIONAL_OUTERS, partial(_of, case))


def _transcendental() -> Iterator[Instance]:
    for case in _cases((2,)):
        inners = transcendental_functions(case.before.dim)
        yield from instances_of(case, inners, OUTERS, partial(_of, case))


def _vectors() -> Iterator[Instance]:
    """g with three coordinates in the maximum norm; h is the identity."""
    for case in _cases((3, 4)):
        unit, odd = slopes(case.before.dim)
        inners = [ridge(Pole(Fraction(3)), *unit), ridge(Exponential(), *odd), ridge(Wave(), *unit)]
        error = largest_error([Values.of(g, case).error(SUM) for g in inners])
        derivative = max(g.derivative(case.degree + 1, case.before.nodes) for g in inners)
        names = (("g", "; ".join(g.name for g in inners)), ("h", "y"))
        yield decided(case, error, _right(case, derivative, Fraction(1)), names)


def _in_turns() -> Iterator[Instance]:
    """Two measures on k + 2 nodes in turns, as far apart as equal moments up to k allow.

    For t^(k+1) plus an affine function the bound is 2^k times too large, as E1 is for intervals;
    for k = 0 it is as good as equal to the error.
    """
    for degree in (1, 3, 5, 7, 9):
        case = in_turns(degree)
        power, line = ridge(Monomial(degree + 1), 1), ridge(Monomial(1), 1)
        inners = (mixture((1, power), (degree + 1, line)), *rational_functions(1, degree))
        yield from instances_of(case, inners, [SUM], partial(_of, case))
    for large in (10, 1000, 10**6):
        nodes = AtomicMeasure([(-1,), (1,)], [1, Fraction(1, large)])
        after = (Fraction(0), nodes.total_mass)
        case = Reduced(Cloud(f"weights 1 and 1/{large} at -1 and 1", nodes), 0, after)
        yield from instances_of(case, [ridge(Monomial(1), 1)], [SUM], partial(_of, case))


def _in_turns_in_balls() -> Iterator[Instance]:
    for degree in (1, 3, 5, 7, 9):
        case = in_turns(degree)
        yield from instances_of(case, transcendental_functions(1), [SUM], partial(_of, case))


CHECKS: tuple[InstanceCheck, ...] = (
    InstanceCheck(
        ("small-ball-repaired",),
        "poles and polynomials on small clouds of dimension 1 to 3, degrees 0 to 6",
        _rational,
    ),
    InstanceCheck(
        ("small-ball-repaired",),
        "exp, sin, cos, tanh and sigmoid on small clouds of dimension 1 to 3, degrees 0 to 6",
        _transcendental,
    ),
    InstanceCheck(
        ("small-ball-repaired",),
        "functions with three values in the maximum norm, degrees 0 to 6",
        _vectors,
    ),
    InstanceCheck(
        ("small-ball-repaired",),
        "poles and polynomials, measures on every other node of a line, degrees 0 to 9",
        _in_turns,
    ),
    InstanceCheck(
        ("small-ball-repaired",),
        "exp, sin, cos, tanh and sigmoid, measures on every other node of a line, degrees 1 to 9",
        _in_turns_in_balls,
    ),
)
