"""Instances of polylog-universal: one exact reduction of all nodes, many classes at once."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import partial
from typing import NamedTuple

from ucomp_verify.bounds import PolyellipseClass, universal_bound
from ucomp_verify.findings import Enclosure

from . import right_sides
from .alternation import in_turns, tilted_chebyshev
from .base import Instance, InstanceCheck
from .choices import slopes
from .data import clouds
from .errors import OUTERS, RATIONAL_OUTERS, SUM, Outer, Values, decided, instances_of
from .functions import Inner, mixture, ridge
from .profiles import Exponential, Monomial, Pole, Sigmoid, Tanh, Wave
from .reductions import Reduced, reduced

PLANS = (  # dimension, degrees, number of nodes
    (1, (1, 2, 3, 4, 6, 8, 12, 16, 24), 40),
    (2, (2, 3, 4, 6, 8), 60),
    (3, (3, 4, 5, 6), 110),
)


class Member(NamedTuple):
    """A function with numbers rho for which it is bounded on the product of the ellipses."""

    inner: Inner
    rhos: tuple[str, ...]


def _rational(dim: int) -> tuple[Member, ...]:
    """Poles at 2 and more; on E_rho^m <u, z> stays below (rho + 1/rho) / 2 times |u|_1."""
    unit, odd = slopes(dim)
    far = {1: "3", 2: "7/2", 3: "4"}[dim]
    return (
        Member(ridge(Pole(Fraction(far)), *unit), ("2", "3", "7/2")),
        Member(ridge(Pole(Fraction(10)), *unit), ("3", "6", "10")),
        Member(ridge(Monomial(30), *(x / 2 for x in odd), shift="1/2"), ("4", "9")),
        Member(
            mixture((1, ridge(Pole(Fraction(3)), *odd)), (-1, ridge(Pole(Fraction(6)), *unit))),
            ("3", "5"),
        ),
    )


def _transcendental(dim: int) -> tuple[Member, ...]:
    unit, odd = slopes(dim)
    return (
        Member(ridge(Exponential(), *unit), ("3", "8", "20")),
        Member(ridge(Wave(), *unit, shift="1/5"), ("3", "8", "20")),
        Member(ridge(Wave(cosine=True), *odd, shift=1), ("5", "30")),
        Member(ridge(Tanh(), *(x / 2 for x in odd), shift="1/3"), ("2", "4")),
        Member(ridge(Sigmoid(), *odd, shift="-1/2"), ("3", "6")),
    )


def _right(case: Reduced, size: Fraction, rho: Fraction, lipschitz: Fraction) -> Enclosure:
    """2 Lam W G sum over j > k of A_j rho^-j; `size` is G."""
    dim, mass = case.before.dim, case.before.total_mass
    functions = PolyellipseClass(dim, rho, size, lipschitz)
    bound = universal_bound(functions, mass=mass, degree=case.degree)
    formula = right_sides.universal(lipschitz * size, mass, rho, case.degree, dim=dim)
    return right_sides.at_most(bound, formula)


def _instances(
    kinds: Sequence[int], members: Sequence[tuple[Member, ...]], outers: Sequence[Outer]
) -> Iterator[Instance]:
    """The same reduced measure for all functions and all rho."""
    for dim, degrees, count in PLANS:
        found = clouds(dim, count)
        for degree in degrees:
            for kind in kinds:
                case = reduced(found[(degree + kind) % len(found)], degree)
                for i, (inner, rhos) in enumerate(members[dim - 1]):
                    outer = outers[(i + degree) % len(outers)]
                    error = Values.of(inner, case).error(outer)
                    for rho in rhos:
                        names = (("g", inner.name), ("h", outer.name), ("rho", rho))
                        size = inner.on_polyellipse(Fraction(rho))
                        right = _right(case, size, Fraction(rho), error.lipschitz)
                        yield decided(case, error, right, names)


def _in_rationals() -> Iterator[Instance]:
    yield from _instances((0, 1), [_rational(dim) for dim in (1, 2, 3)], RATIONAL_OUTERS)


def _in_balls() -> Iterator[Instance]:
    yield from _instances((2,), [_transcendental(dim) for dim in (1, 2, 3)], OUTERS)


def _hard() -> Iterator[Instance]:
    """T_(k+1) and measures on every other node; the sides differ by about 1 - 1 / rho.

    |T_j| <= (rho^j + rho^-j) / 2 on E_rho. A line is added, for the function to vary more.
    """
    for degree in (1, 3, 5, 7, 9):
        case = in_turns(degree)
        for rho in (Fraction(3, 2), Fraction(2), Fraction(4), Fraction(8), Fraction(20)):
            inner = tilted_chebyshev(degree + 1, (rho + 1 / rho) / 2, tilt=Fraction(1, 16))
            yield from instances_of(
                case, [inner], [SUM], partial(_known, case, rho), (("rho", str(rho)),)
            )


def _known(case: Reduced, rho: Fraction, *_: object) -> Enclosure:
    return _right(case, Fraction(1), rho, Fraction(1))


CHECKS: tuple[InstanceCheck, ...] = (
    InstanceCheck(
        ("polylog-universal",),
        "poles and polynomials in several polyellipses for one reduction, dimension 1 to 3",
        _in_rationals,
    ),
    InstanceCheck(
        ("polylog-universal",),
        "Chebyshev polynomials on ellipses, measures on every other node of a line",
        _hard,
    ),
    InstanceCheck(
        ("polylog-universal",),
        "exp, sin, cos, tanh and sigmoid in several polyellipses for one reduction",
        _in_balls,
    ),
)
