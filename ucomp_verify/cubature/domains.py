"""Measures on well-known domains, whose moments are rational up to one common constant."""

import enum
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from fractions import Fraction
from math import comb, factorial, prod
from typing import TYPE_CHECKING, Any, Protocol

from ucomp_verify.algebra.multi_indices import MultiIndex, num_monomials

from .constants import Constant
from .laws import Jacobi, Laguerre, Law, Normal, half_gamma

if TYPE_CHECKING:
    from flint import arb

MAX_PARAMETER = 100
MAX_DENOMINATOR = 1000
"""Of an exponent of a weight, so that exact moments stay of a size to work with."""


class UnknownDomain(ValueError):
    """No domain has this name or these parameters; the text says which there are."""


class Position(enum.Enum):
    """Where a node lies, proved."""

    INTERIOR = "in the interior"
    BOUNDARY = "on the boundary"
    OUTSIDE = "outside"
    UNDECIDED = "too near the boundary to tell at this precision"


class Shape(Protocol):
    """A measure in every dimension: its moments and its support."""

    def constant(self, dim: int) -> Constant:
        """What all moments are rational multiples of."""
        ...

    def moment(self, alpha: MultiIndex) -> Fraction:
        """The integral of x**alpha, over the constant."""
        ...

    def marginal(self, dim: int) -> Law:
        """A weight on the line whose orthogonal polynomials suit each coordinate."""
        ...

    def slacks(self, node: Sequence[Any]) -> list[Any]:
        """Numbers that are all > 0 exactly in the interior, >= 0 in the closure.

        They are of the kind of the coordinates: fractions, balls, or arrays of one for each node.
        """
        ...


@dataclass(frozen=True)
class Product:
    """The product of equal weights on every axis."""

    law: Law

    def constant(self, dim: int) -> Constant:
        """The power of the weight's."""
        return self.law.constant**dim

    def moment(self, alpha: MultiIndex) -> Fraction:
        """The product of the weight's moments."""
        return prod((self.law.mass * self.law.moment(i) for i in alpha), start=Fraction(1))

    def marginal(self, dim: int) -> Law:
        """The weight itself."""
        del dim
        return self.law

    def slacks(self, node: Sequence[Any]) -> list[Any]:
        """Those of every coordinate."""
        return [slack for x in node for slack in self.law.slacks(x)]


@dataclass(frozen=True)
class Simplex:
    """Lebesgue measure where all coordinates are >= 0 and their sum is <= 1."""

    def constant(self, dim: int) -> Constant:
        """1."""
        del dim
        return Constant()

    def moment(self, alpha: MultiIndex) -> Fraction:
        """Dirichlet's integral."""
        return Fraction(prod(map(factorial, alpha)), factorial(len(alpha) + sum(alpha)))

    def marginal(self, dim: int) -> Law:
        """The law of each coordinate."""
        return Jacobi(a=Fraction(dim - 1), low=Fraction(0))

    def slacks(self, node: Sequence[Any]) -> list[Any]:
        """The barycentric coordinates."""
        return [*node, 1 - sum(node)]


@dataclass(frozen=True)
class Ball:
    """Lebesgue measure on the unit ball."""

    def constant(self, dim: int) -> Constant:
        """pi to the power dim / 2, rounded down."""
        return Constant(pi=Fraction(dim // 2))

    def moment(self, alpha: MultiIndex) -> Fraction:
        """That of the sphere over dim + |alpha|."""
        return Sphere().moment(alpha) / (len(alpha) + sum(alpha))

    def marginal(self, dim: int) -> Law:
        """The law of each coordinate."""
        exponent = Fraction(dim - 1, 2)
        return Jacobi(exponent, exponent)

    def slacks(self, node: Sequence[Any]) -> list[Any]:
        """1 - |x|^2."""
        return [1 - sum(x * x for x in node)]


@dataclass(frozen=True)
class Sphere:
    """The surface measure of the unit sphere; in dimension 1, mass 1 on each of -1 and 1."""

    def constant(self, dim: int) -> Constant:
        """pi to the power dim / 2, rounded down."""
        return Constant(pi=Fraction(dim // 2))

    def moment(self, alpha: MultiIndex) -> Fraction:
        """2 * product of Gamma((alpha_i + 1) / 2) / Gamma((dim + |alpha|) / 2), or 0 (odd).

        (Folland, "How to integrate a polynomial over a sphere", 2001.)
        """
        if any(i % 2 for i in alpha):
            return Fraction(0)
        above = prod((half_gamma(Fraction(i + 1, 2)) for i in alpha), start=Fraction(2))
        half = Fraction(len(alpha) + sum(alpha), 2)
        below = factorial(int(half) - 1) if half.denominator == 1 else half_gamma(half)
        return above / below

    def marginal(self, dim: int) -> Law:
        """The law of each coordinate, where it has a density."""
        exponent = Fraction(max(dim - 3, -1), 2)
        return Jacobi(exponent, exponent)

    def slacks(self, node: Sequence[Any]) -> list[Any]:
        """None: the sphere has no boundary."""
        del node
        return []


@dataclass(frozen=True)
class Domain:
    """A measure in `dim` dimensions, named; equal domains are interchangeable."""

    name: str
    dim: int
    shape: Shape

    def __post_init__(self) -> None:
        if isinstance(self.dim, bool) or not isinstance(self.dim, int):  # pyright: ignore
            raise UnknownDomain(f"found dimension {self.dim!r}; expected an integer")
        if self.dim < 1:
            raise UnknownDomain(f"found dimension {self.dim}; expected 1 or more: choose a larger")

    @property
    def is_sphere(self) -> bool:
        """Whether the domain is a surface, not of full dimension."""
        return isinstance(self.shape, Sphere)

    @property
    def constant(self) -> Constant:
        """What all moments are rational multiples of."""
        return self.shape.constant(self.dim)

    def moment(self, alpha: MultiIndex) -> Fraction:
        """The integral of x**alpha, over the constant.

        >>> named_domain("ball", 2).moment((2, 0)), named_domain("ball", 2).constant.text
        (Fraction(1, 4), 'pi')
        """
        if len(alpha) != self.dim:
            raise ValueError(f"found {len(alpha)} exponents; expected {self.dim}: one an axis")
        return self.shape.moment(alpha)

    @property
    def mass(self) -> Fraction:
        """The total mass, over the constant."""
        return self.shape.moment((0,) * self.dim)

    def rank(self, degree: int) -> int:
        """The dimension of the polynomials up to the degree, as functions on the domain."""
        if degree < 0:
            return 0
        on_sphere = comb(self.dim - 2 + degree, degree - 1) if degree else 0
        if not self.is_sphere:
            return num_monomials(self.dim, degree)
        return (
            min(degree, 1) + 1 if self.dim == 1 else comb(self.dim - 1 + degree, degree) + on_sphere
        )

    def lower_bound(self, degree: int) -> int:
        """Every positive rule of the degree has this many nodes or more.

        A polynomial of half the degree that is 0 at every node has its square integrated
        to 0. (Radon 1948; Stroud 1960.)
        """
        return self.rank(degree // 2)

    def position(self, node: "Sequence[arb] | Sequence[Fraction]") -> Position:
        """Where the node lies; exact for Fractions, proved for balls.

        On a sphere every node that is on it is INTERIOR: it has no boundary.
        """
        if self.is_sphere:
            return _ON_SPHERE[_sign(_square(node) - 1)]
        signs = [_sign(slack) for slack in self.shape.slacks(node)]
        if -1 in signs:
            return Position.OUTSIDE
        if None in signs:
            return Position.UNDECIDED
        return Position.BOUNDARY if 0 in signs else Position.INTERIOR


_ON_SPHERE = {
    0: Position.INTERIOR,
    -1: Position.OUTSIDE,
    1: Position.OUTSIDE,
    None: Position.UNDECIDED,
}


def _square(node: Sequence[Any]) -> Any:
    return sum(x * x for x in node)


def _sign(value: "arb | Fraction | int") -> int | None:
    """The sign; None for a ball that has numbers of several."""
    if isinstance(value, Fraction | int):
        return (value > 0) - (value < 0)
    if value.is_zero():
        return 0
    return 1 if value.lower() > 0 else -1 if value.upper() < 0 else None


_H = Fraction(1, 2)
_PLAIN: dict[str, Shape] = {
    "cube": Product(Jacobi()),
    "simplex": Simplex(),
    "ball": Ball(),
    "sphere": Sphere(),
    "gaussian": Product(Normal()),
    "chebyshev1": Product(Jacobi(-_H, -_H)),
    "chebyshev2": Product(Jacobi(_H, _H)),
    "laguerre": Product(Laguerre()),
}
_WITH_PARAMETERS = {"jacobi": 2, "gegenbauer": 1, "laguerre": 1}

DOMAINS = (*_PLAIN, "gegenbauer:L", "jacobi:A,B", "laguerre:A")


def named_domain(name: str, dim: int) -> Domain:
    """The domain of the name, in `dim` >= 1 dimensions.

    One of `DOMAINS`: "cube" is [-1, 1]^dim, "ball" and "sphere" are of radius 1,
    "gaussian" is the standard normal probability, "chebyshev1" and "chebyshev2" the
    weights (1 - x^2)^(-1/2) and (1 - x^2)^(1/2) on the cube, "laguerre" the weight
    exp(-x) on x >= 0, for each axis. "jacobi:A,B" is (1 - x)^A (1 + x)^B,
    "gegenbauer:L" is (1 - x^2)^(L - 1/2), "laguerre:A" is x^A exp(-x), with rational
    parameters such as "jacobi:1/2,0". Raises UnknownDomain for any other name.
    """
    if not isinstance(name, str):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise UnknownDomain(f"found the domain {name!r}; expected its name")
    base, _, rest = name.strip().lower().partition(":")
    if not rest and base in _PLAIN:
        return Domain(base, dim, _PLAIN[base])
    if base not in _WITH_PARAMETERS:
        raise UnknownDomain(_unknown(name))
    values = _parameters(name, base, rest)
    shown = ",".join(map(str, values))
    return Domain(f"{base}:{shown}", dim, Product(_law(base, values)))


def _law(base: str, values: Sequence[Fraction]) -> Law:
    if base == "laguerre":
        return Laguerre(values[0])
    if base == "gegenbauer":
        return Jacobi(values[0] - _H, values[0] - _H)
    return Jacobi(values[0], values[1])


def _parameters(name: str, base: str, text: str) -> list[Fraction]:
    least = -_H if base == "gegenbauer" else Fraction(-1)
    words = text.split(",")
    cure = f"as in {'jacobi:1/2,0' if base == 'jacobi' else base + ':3/2'}"
    if len(words) != _WITH_PARAMETERS[base]:
        wanted = _WITH_PARAMETERS[base]
        raise UnknownDomain(f"found {name!r}; expected {wanted} parameter(s), {cure}")
    values = [_rational(word, name, cure) for word in words]
    if any(not least < value <= MAX_PARAMETER for value in values):
        raise UnknownDomain(
            f"found {name!r}; expected parameters > {least} and <= {MAX_PARAMETER}, {cure}"
        )
    return values


def _rational(word: str, name: str, cure: str) -> Fraction:
    above, _, below = word.strip().partition("/")
    digits = above.removeprefix("-")
    plain = all(
        part.isascii() and part.isdigit() and len(part) < 5 for part in (digits, below or "1")
    )
    if not plain or int(below or "1") == 0 or int(below or "1") > MAX_DENOMINATOR:
        raise UnknownDomain(
            f"found {name!r}; expected short rationals with denominators "
            f"up to {MAX_DENOMINATOR}, {cure}"
        )
    return Fraction(int(above), int(below or "1"))


def _unknown(name: str) -> str:
    near = get_close_matches(name.lower(), DOMAINS, n=1)
    hint = f"did you mean {near[0]!r}? " if near else ""
    return f"found the domain {name[:60]!r}; {hint}expected one of {', '.join(DOMAINS)}"
