"""Functions of one variable with proved bounds of their derivatives and at complex arguments."""

from dataclasses import dataclass
from fractions import Fraction
from math import factorial
from typing import Protocol

from ucomp_verify.bounds.rounding import upper_end

from .numbers import Number, ball, rational


class Profile(Protocol):
    """A function phi of one variable, real at real arguments."""

    @property
    def name(self) -> str:
        """phi(t), with t for its variable."""
        ...

    def at(self, t: Fraction) -> Number:
        """The value at a rational: itself a rational, or a ball."""
        ...

    def derivative(self, order: int, low: Fraction, high: Fraction) -> Fraction:
        """A bound of |phi^(order)| on [low, high]."""
        ...

    def size(self, low: Fraction, high: Fraction, height: Fraction) -> Fraction:
        """A bound of |phi| where low <= Re z <= high, |Im z| <= height, |z| <= max(-low, high)."""
        ...


@dataclass(frozen=True)
class Pole:
    """phi(t) = 1 / (place - t): phi^(j) = j! / (place - t)^(j + 1), |place - z| >= place - Re z."""

    place: Fraction

    @property
    def name(self) -> str:
        """The formula."""
        return f"1/({self.place} - t)"

    def at(self, t: Fraction) -> Number:
        """A rational."""
        return rational(1 / (self.place - t))

    def derivative(self, order: int, low: Fraction, high: Fraction) -> Fraction:
        """The supremum, which is attained at the upper end."""
        del low
        return factorial(order) / self._gap(high) ** (order + 1)

    def size(self, low: Fraction, high: Fraction, height: Fraction) -> Fraction:
        """The supremum, which is attained at the upper end."""
        del low, height
        return 1 / self._gap(high)

    def _gap(self, high: Fraction) -> Fraction:
        if high >= self.place:
            raise ValueError(f"found the pole {self.place}; expected it above {high}")
        return self.place - high


@dataclass(frozen=True)
class Monomial:
    """phi(t) = t^exponent."""

    exponent: int

    @property
    def name(self) -> str:
        """The formula."""
        return f"t^{self.exponent}"

    def at(self, t: Fraction) -> Number:
        """A rational."""
        return rational(t**self.exponent)

    def derivative(self, order: int, low: Fraction, high: Fraction) -> Fraction:
        """The supremum, which is attained at an end."""
        if order > self.exponent:
            return Fraction(0)
        falling = factorial(self.exponent) // factorial(self.exponent - order)
        return falling * max(-low, high) ** (self.exponent - order)

    def size(self, low: Fraction, high: Fraction, height: Fraction) -> Fraction:
        """|z|^exponent."""
        del height
        return max(-low, high) ** self.exponent


@dataclass(frozen=True)
class Exponential:
    """phi(t) = e^t, all derivatives of which are itself; |e^z| = e^(Re z)."""

    name: str = "e^t"

    def at(self, t: Fraction) -> Number:
        """A ball."""
        return ball(t).exp()

    def derivative(self, order: int, low: Fraction, high: Fraction) -> Fraction:
        """e^high, rounded up."""
        del order, low
        return upper_end(ball(high).exp())

    def size(self, low: Fraction, high: Fraction, height: Fraction) -> Fraction:
        """e^high, rounded up."""
        del height
        return self.derivative(0, low, high)


@dataclass(frozen=True)
class Wave:
    """phi(t) = sin t or cos t: derivatives at most 1, |phi(x + iy)| <= cosh y."""

    cosine: bool = False

    @property
    def name(self) -> str:
        """The formula."""
        return "cos t" if self.cosine else "sin t"

    def at(self, t: Fraction) -> Number:
        """A ball."""
        return ball(t).cos() if self.cosine else ball(t).sin()

    def derivative(self, order: int, low: Fraction, high: Fraction) -> Fraction:
        """1."""
        del order, low, high
        return Fraction(1)

    def size(self, low: Fraction, high: Fraction, height: Fraction) -> Fraction:
        """cosh(height), rounded up."""
        del low, high
        return upper_end(ball(height).cosh())


@dataclass(frozen=True)
class Tanh:
    """phi(t) = tanh t, at most max(1, tan b) where |Im z| <= b < pi/2 (`bounds.strips.Tanh`).

    By Cauchy's estimate on discs of radius pi/4 its derivatives are at most j! (4/pi)^j.
    """

    name: str = "tanh t"

    def at(self, t: Fraction) -> Number:
        """A ball."""
        return ball(t).tanh()

    def derivative(self, order: int, low: Fraction, high: Fraction) -> Fraction:
        """j! (4/pi)^j, with 1.274 > 4/pi."""
        del low, high
        return factorial(order) * Fraction(1274, 1000) ** order

    def size(self, low: Fraction, high: Fraction, height: Fraction) -> Fraction:
        """max(1, tan(height))."""
        del low, high
        return _tangent(height)


@dataclass(frozen=True)
class Sigmoid:
    """phi(t) = 1 / (1 + e^-t) = 1/2 + tanh(t/2) / 2.

    phi - 1/2 is at most 1/2 where |Im z| <= pi/2, so derivatives are at most j! (2/pi)^j / 2.
    """

    name: str = "1/(1 + e^-t)"

    def at(self, t: Fraction) -> Number:
        """A ball."""
        return 1 / (1 + (-ball(t)).exp())

    def derivative(self, order: int, low: Fraction, high: Fraction) -> Fraction:
        """j! (2/pi)^j / 2 for j >= 1, with 0.637 > 2/pi."""
        del low, high
        return factorial(order) * Fraction(637, 1000) ** order / (2 if order else 1)

    def size(self, low: Fraction, high: Fraction, height: Fraction) -> Fraction:
        """1/2 + max(1, tan(height / 2)) / 2."""
        del low, high
        return (1 + _tangent(height / 2)) / 2


def _tangent(height: Fraction) -> Fraction:
    """max(1, tan(height)), rounded up."""
    if not 0 <= height <= Fraction(157, 100):
        raise ValueError(f"found the height {height}; expected one below pi/2")
    return max(Fraction(1), upper_end(ball(height).tan()))
