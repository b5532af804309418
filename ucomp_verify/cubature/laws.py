"""Weights on an interval whose moments and orthogonal polynomials are known in closed form."""

from dataclasses import dataclass
from fractions import Fraction
from math import comb, factorial, prod
from typing import Any, Protocol

from .constants import Constant

Recurrence = tuple[Fraction, Fraction]

_HALF = Fraction(1, 2)


class Law(Protocol):
    """A weight on an interval, as a measure of mass `mass` times `constant`."""

    @property
    def mass(self) -> Fraction:
        """The total mass, over the constant."""
        ...

    @property
    def constant(self) -> Constant:
        """What all moments are rational multiples of."""
        ...

    def moment(self, order: int) -> Fraction:
        """The moment of the order, over the total mass."""
        ...

    def recurrence(self, n: int) -> Recurrence:
        """(a, b): the monic orthogonal polynomials have p[n+1] = (x - a) p[n] - b p[n-1]."""
        ...

    def slacks(self, x: Any) -> list[Any]:
        """Numbers that are all > 0 inside the interval, all >= 0 in its closure."""
        ...


@dataclass(frozen=True)
class Jacobi:
    """(high - x)^a (x - low)^b on [low, high], where a, b > -1 are rational."""

    a: Fraction = Fraction(0)
    b: Fraction = Fraction(0)
    low: Fraction = Fraction(-1)
    high: Fraction = Fraction(1)

    @property
    def mass(self) -> Fraction:
        """The integral of the weight, over the constant; 1 unless 2a and 2b are equally odd."""
        a, b = self.a, self.b
        if a.denominator == b.denominator == 1:
            beta = Fraction(factorial(int(a)) * factorial(int(b)), factorial(int(a + b) + 1))
            return beta * self._length ** (int(a + b) + 1)
        if a.denominator == b.denominator == 2:
            total = half_gamma(a + 1) * half_gamma(b + 1) / factorial(int(a + b) + 1)
            return total * self._length ** (int(a + b) + 1)
        return Fraction(1)

    @property
    def constant(self) -> Constant:
        """1, pi, or the Beta integral where that is neither times a rational."""
        a, b = self.a, self.b
        if a.denominator == b.denominator == 1:
            return Constant()
        if a.denominator == b.denominator == 2:
            return Constant(pi=Fraction(1))
        if self._length != 2:
            raise ValueError(f"found the length {self._length}; expected 2 for these exponents")
        return Constant(two=a + b + 1, gammas=((a + 1, 1), (b + 1, 1), (a + b + 2, -1)))

    @property
    def _length(self) -> Fraction:
        return self.high - self.low

    def moment(self, order: int) -> Fraction:
        """The moment over the mass; (x - low) / length is Beta distributed."""
        terms: list[Fraction] = []
        beta = Fraction(1)
        for i in range(order + 1):
            terms.append(comb(order, i) * self.low ** (order - i) * self._length**i * beta)
            beta *= (self.b + 1 + i) / (self.a + self.b + 2 + i)
        return sum(terms, Fraction(0))

    def recurrence(self, n: int) -> Recurrence:
        """The Jacobi polynomials', moved to the interval (Szego, 1939, section 4.5)."""
        a, b = self.a, self.b
        s = 2 * n + a + b
        shift = (b - a) / (s + 2) if n == 0 else (b * b - a * a) / (s * (s + 2))
        if n == 1:
            factor = 4 * (1 + a) * (1 + b) / (s * s * (s + 1))
        else:
            factor = 4 * n * (n + a) * (n + b) * (n + a + b)
            factor /= s * s * (s + 1) * (s - 1) if n else 1
        half = self._length / 2
        return (self.low + self.high) / 2 + half * shift, half * half * factor

    def slacks(self, x: Any) -> list[Any]:
        """The distances from both ends."""
        return [x - _like(self.low, x), _like(self.high, x) - x]


@dataclass(frozen=True)
class Laguerre:
    """x^a exp(-x) on [0, inf), where a > -1 is rational."""

    a: Fraction = Fraction(0)

    @property
    def mass(self) -> Fraction:
        """Gamma(a + 1) over the constant."""
        if self.a.denominator == 1:
            return Fraction(factorial(int(self.a)))
        return half_gamma(self.a + 1) if self.a.denominator == 2 else Fraction(1)

    @property
    def constant(self) -> Constant:
        """1, the root of pi, or Gamma(a + 1)."""
        if self.a.denominator == 1:
            return Constant()
        return (
            Constant(pi=_HALF) if self.a.denominator == 2 else Constant(gammas=((self.a + 1, 1),))
        )

    def moment(self, order: int) -> Fraction:
        """Gamma(a + 1 + order) / Gamma(a + 1)."""
        return prod((self.a + 1 + i for i in range(order)), start=Fraction(1))

    def recurrence(self, n: int) -> Recurrence:
        """The Laguerre polynomials'."""
        return 2 * n + self.a + 1, n * (n + self.a)

    def slacks(self, x: Any) -> list[Any]:
        """The distance from 0."""
        return [x]


@dataclass(frozen=True)
class Normal:
    """The standard normal probability measure on the line."""

    @property
    def mass(self) -> Fraction:
        """1."""
        return Fraction(1)

    @property
    def constant(self) -> Constant:
        """1."""
        return Constant()

    def moment(self, order: int) -> Fraction:
        """The double factorial of order - 1, or 0."""
        return Fraction(0 if order % 2 else prod(range(1, order, 2)))

    def recurrence(self, n: int) -> Recurrence:
        """The Hermite polynomials' (the probabilists')."""
        return Fraction(0), Fraction(n)

    def slacks(self, x: Any) -> list[Any]:
        """None: the line has no end."""
        del x
        return []


def half_gamma(x: Fraction) -> Fraction:
    """Gamma(x) over the root of pi, for x > 0 half an odd number.

    >>> half_gamma(Fraction(5, 2))
    Fraction(3, 4)
    """
    return prod((x - 1 - i for i in range(int(x))), start=Fraction(1))


def _like(value: Fraction, x: Any) -> Any:
    """The value, as something that x can be subtracted from without loss."""
    if isinstance(x, Fraction):
        return value
    if type(x).__module__.startswith("numpy"):
        return float(value)
    from flint import arb

    return arb(value.numerator) / value.denominator
