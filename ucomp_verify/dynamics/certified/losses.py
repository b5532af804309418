"""Losses of one output, with bounds of their derivatives on an interval of outputs."""

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Protocol

from .balls import ball

if TYPE_CHECKING:
    from flint import arb


class Loss(Protocol):
    """Losses l_a(y), one for each training input a."""

    @property
    def name(self) -> str:
        """The formula, for people."""
        ...

    @property
    def targets(self) -> tuple[Fraction, ...]:
        """One number t_a for each training input."""
        ...

    def slope(self, place: int, output: "arb") -> "arb":
        """l_a'(y)."""
        ...

    def slope_bound(self, low: Fraction, high: Fraction) -> Fraction:
        """A bound of |l_a'| on [low, high], for all a: the C1 of the theorem."""
        ...

    def curvature_bound(self, low: Fraction, high: Fraction) -> Fraction:
        """A bound of |l_a''| on [low, high], for all a: the C2 of the theorem."""
        ...


@dataclass(frozen=True)
class Squares:
    """l_a(y) = factor (y - t_a)^2 / 2; with a negative factor gradient descent drives y away."""

    targets: tuple[Fraction, ...]
    factor: Fraction = Fraction(1)

    @property
    def name(self) -> str:
        """The formula."""
        return f"{self.factor} (y - t)^2 / 2" if self.factor != 1 else "(y - t)^2 / 2"

    def slope(self, place: int, output: "arb") -> "arb":
        """Factor (y - t_a)."""
        return ball(self.factor) * (output - ball(self.targets[place]))

    def slope_bound(self, low: Fraction, high: Fraction) -> Fraction:
        """The supremum."""
        return abs(self.factor) * _farthest(self.targets, low, high)

    def curvature_bound(self, low: Fraction, high: Fraction) -> Fraction:
        """|factor|."""
        del low, high
        return abs(self.factor)


@dataclass(frozen=True)
class LogCosh:
    """l_a(y) = log cosh(y - t_a): l' = tanh(y - t_a), l'' = 1 - l'^2."""

    targets: tuple[Fraction, ...]
    name: str = "log cosh(y - t)"

    def slope(self, place: int, output: "arb") -> "arb":
        """tanh(y - t_a)."""
        return (output - ball(self.targets[place])).tanh()

    def slope_bound(self, low: Fraction, high: Fraction) -> Fraction:
        """At most 1, and at most the distance."""
        return min(Fraction(1), _farthest(self.targets, low, high))

    def curvature_bound(self, low: Fraction, high: Fraction) -> Fraction:
        """1, which is attained at the target."""
        del low, high
        return Fraction(1)


def _farthest(targets: tuple[Fraction, ...], low: Fraction, high: Fraction) -> Fraction:
    if low > high:
        raise ValueError(f"found the interval [{low}, {high}]; expected low <= high")
    return max(max(abs(low - t), abs(high - t)) for t in targets)
