"""Functions that are analytic around a cube, and classes of functions with a member beside each."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import factorial
from typing import TypeAlias

from hypothesis import strategies as st

from ucomp_verify.bounds.classes import PolydiscClass, PolyellipseClass, SmoothClass
from ucomp_verify.bounds.rounding import root_above
from ucomp_verify.functions import (
    Function,
    cos,
    exp,
    log,
    polynomial,
    sigmoid,
    sin,
    tanh,
    total,
    variables,
)

FunctionClass: TypeAlias = SmoothClass | PolydiscClass | PolyellipseClass
ONE = Fraction(1)
_EVERYWHERE: tuple[Callable[[Function], Function], ...] = (exp, sin, cos, tanh, sigmoid)


@dataclass(frozen=True)
class RationalRidge:
    """factor / (pole - <slopes, w>), of which all constants are known exactly."""

    slopes: tuple[Fraction, ...]
    pole: Fraction
    factor: Fraction = ONE

    @property
    def function(self) -> Function:
        """The function."""
        return self.factor / (self.pole - _linear(self.slopes))

    def gap(self, reach: Fraction) -> Fraction:
        """A lower bound of |pole - <slopes, z>| where all |z_i| <= reach."""
        return self.pole - reach * sum(map(abs, self.slopes))

    def size(self, reach: Fraction) -> Fraction:
        """The supremum of the modulus where all |z_i| <= reach, for a gap > 0."""
        return abs(self.factor) / self.gap(reach)

    def derivative(self, order: int, half_side: Fraction) -> Fraction:
        """The supremum on [-half_side, half_side]^dim of the derivatives along unit vectors:
        order! |slopes|^order / gap^(order + 1), rounded up for an odd order."""
        square = sum((s**2 for s in self.slopes), Fraction(0))
        length = square ** (order // 2) * (root_above(square) if order % 2 else 1)
        gap = self.gap(half_side)
        return abs(self.factor) * factorial(order) * length / gap ** (order + 1)


@dataclass(frozen=True)
class ClassMember:
    """A class of functions on [-half_side, half_side]^dim, and a function that belongs to it."""

    functions: FunctionClass
    function: Function
    dim: int
    half_side: Fraction


def ridges(dim: int, *, half_side: Fraction = ONE) -> st.SearchStrategy[Function]:
    """phi(<u, w> + b), analytic on a neighbourhood of [-half_side, half_side]^dim.

    Rational with a pole outside, exp, sin, cos, tanh, sigmoid, or log of a positive form.
    """
    forms = _slopes(dim).flatmap(lambda u: _small().map(lambda b: _linear(u) + b))
    everywhere = st.builds(_applied, st.sampled_from(_EVERYWHERE), forms)
    poles = rational_ridges(dim, half_side=half_side)
    logs = poles.map(lambda r: log(r.pole - _linear(r.slopes)))
    return st.one_of(poles.map(lambda r: r.function), everywhere, logs)


def rational_ridges(dim: int, *, half_side: Fraction = ONE) -> st.SearchStrategy[RationalRidge]:
    """c / (a - <u, w>) with a pole outside [-half_side, half_side]^dim, at least 1/4 off in a."""
    gaps = st.one_of(st.just(ONE), st.builds(Fraction, st.integers(1, 12), st.just(4)))

    def with_gap(slopes: tuple[Fraction, ...], gap: Fraction, factor: Fraction) -> RationalRidge:
        return RationalRidge(slopes, gap + half_side * sum(map(abs, slopes)), factor)

    factors = _small().filter(bool)
    return st.builds(with_gap, _slopes(dim), gaps, st.one_of(st.just(ONE), factors))


def polynomials(
    dim: int, *, max_degree: int = 4, max_terms: int = 4
) -> st.SearchStrategy[Function]:
    """Polynomials of few terms with small rational coefficients."""
    exponents = st.lists(st.integers(0, max_degree), min_size=dim, max_size=dim)
    terms = exponents.filter(lambda alpha: sum(alpha) <= max_degree).map(tuple)
    factors = _small().filter(bool)
    return st.dictionaries(terms, factors, min_size=1, max_size=max_terms).map(polynomial)


def functions(dim: int, *, half_side: Fraction = ONE) -> st.SearchStrategy[Function]:
    """Functions that are analytic on a neighbourhood of [-half_side, half_side]^dim.

    Ridges, polynomials, elementary functions of polynomials, and sums and products of two.
    """
    simple = st.one_of(ridges(dim, half_side=half_side), polynomials(dim))
    inner = polynomials(dim, max_degree=2, max_terms=3)
    composed = st.builds(_applied, st.sampled_from(_EVERYWHERE), inner)
    sums = st.builds(_added, simple, st.one_of(simple, composed))
    products = st.builds(_multiplied, simple, st.one_of(simple, composed))
    return st.one_of(simple, composed, sums, products)


def rational_functions(dim: int, *, half_side: Fraction = ONE) -> st.SearchStrategy[Function]:
    """Those of `functions` with exact rational values: polynomials, rational ridges, sums and
    products of two."""
    poles = rational_ridges(dim, half_side=half_side).map(lambda r: r.function)
    simple = st.one_of(poles, polynomials(dim))
    sums = st.builds(_added, simple, simple)
    products = st.builds(_multiplied, simple, simple)
    return st.one_of(simple, sums, products)


def function_classes(
    *, max_dim: int = 3, max_order: int = 6, lipschitz: Fraction = ONE
) -> st.SearchStrategy[ClassMember]:
    """Smooth, polydisc and polyellipse classes with constants that one of their functions has.

    The function is a sum of one or two rational ridges: of one, the constants of a polydisc
    and of a polyellipse class are the least, and that of a smooth one up to rounding.
    """
    sides = st.sampled_from([ONE, Fraction(1, 2), Fraction(2), Fraction(3, 4), Fraction(10)])
    return st.tuples(st.integers(1, max_dim), sides).flatmap(
        lambda pair: _members(*pair, max_order=max_order, lipschitz=lipschitz)
    )


def _members(
    dim: int, half_side: Fraction, *, max_order: int, lipschitz: Fraction
) -> st.SearchStrategy[ClassMember]:
    terms = st.lists(rational_ridges(dim, half_side=half_side), min_size=1, max_size=2)
    shares = st.builds(Fraction, st.integers(1, 15), st.just(16))

    def smooth(ridges: list[RationalRidge], order: int) -> FunctionClass:
        derivative = sum((r.derivative(order, half_side) for r in ridges), Fraction(0))
        return SmoothClass(order, derivative, lipschitz=lipschitz)

    def polydisc(ridges: list[RationalRidge], share: Fraction) -> FunctionClass:
        radius = share * (_reach(ridges, half_side) - half_side)
        bound = sum((r.size(half_side + radius) for r in ridges), Fraction(0))
        return PolydiscClass(dim, half_side, radius, bound, lipschitz=lipschitz)

    def polyellipse(ridges: list[RationalRidge], share: Fraction) -> FunctionClass:
        # (rho + 1 / rho) / 2 < rho, and it is less than the reach for a rho less than it is.
        rho = 1 + share * (_reach(ridges, half_side) / half_side - 1)
        bound = sum((r.size(half_side * (rho + 1 / rho) / 2) for r in ridges), Fraction(0))
        return PolyellipseClass(dim, rho, bound, lipschitz=lipschitz, half_side=half_side)

    def member(ridges: list[RationalRidge], order: int, share: Fraction, kind: int) -> ClassMember:
        classes = (smooth(ridges, order), polydisc(ridges, share), polyellipse(ridges, share))
        function = total([r.function for r in ridges])
        return ClassMember(classes[kind], function, dim, half_side)

    return st.builds(member, terms, st.integers(1, max_order), shares, st.integers(0, 2))


def _reach(ridges: Sequence[RationalRidge], half_side: Fraction) -> Fraction:
    """A number up to which all |z_i| may go, without a pole; not infinite."""
    sums = [(r.pole, sum(map(abs, r.slopes), Fraction(0))) for r in ridges]
    return min([pole / slope for pole, slope in sums if slope], default=2 * half_side)


def _applied(outer: Callable[[Function], Function], inner: Function) -> Function:
    return outer(inner)


def _added(first: Function, second: Function) -> Function:
    return first + second


def _multiplied(first: Function, second: Function) -> Function:
    return first * second


def _linear(slopes: Sequence[Fraction]) -> Function:
    lines = [(s, x) for s, x in zip(slopes, variables(len(slopes)), strict=True) if s]
    return total([x if s == 1 else s * x for s, x in lines])


def _slopes(dim: int) -> st.SearchStrategy[tuple[Fraction, ...]]:
    """Small rational vectors, not 0, which shrink to the first unit vector."""
    lists = st.lists(_small(), min_size=dim, max_size=dim).filter(any)
    return lists.map(lambda entries: tuple(reversed(entries)))


def _small() -> st.SearchStrategy[Fraction]:
    return st.builds(Fraction, st.integers(-6, 6), st.sampled_from([1, 2, 3, 4]))
