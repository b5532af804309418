"""Closed sets of the complex plane around an interval: stadiums and ellipses.

Both are convex and symmetric, so the values of a linear form sum_i u_i z_i on a product of
equal ones are the same set, sum_i |u_i| times as large.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Protocol, TypeAlias

from .elementary import ball

if TYPE_CHECKING:
    from flint import acb, arb

Piece: TypeAlias = "Callable[[arb], tuple[acb, acb]]"  # a point of the boundary, its derivative
Rectangle: TypeAlias = tuple[Fraction, Fraction, Fraction, Fraction]  # real part, imaginary part


class Region(Protocol):
    """A convex compact set, symmetric in the real and the imaginary axis."""

    @property
    def extents(self) -> tuple[Fraction, Fraction]:
        """The largest real and the largest imaginary part."""
        ...

    def scaled(self, factor: Fraction) -> "Region":
        """The set `factor` times as large."""
        ...

    def outside(self, rectangle: Rectangle) -> bool:
        """Whether the rectangle certainly has no point of the set."""
        ...

    def pieces(self) -> "Sequence[Piece]":
        """Arcs, from [0, 1], that make up the upper half of the boundary."""
        ...


@dataclass(frozen=True)
class Stadium:
    """The points within `radius` of [-half_side, half_side]."""

    half_side: Fraction
    radius: Fraction

    @property
    def extents(self) -> tuple[Fraction, Fraction]:
        """half_side + radius, and radius."""
        return self.half_side + self.radius, self.radius

    def scaled(self, factor: Fraction) -> "Stadium":
        """The set `factor` times as large."""
        return Stadium(self.half_side * factor, self.radius * factor)

    def outside(self, rectangle: Rectangle) -> bool:
        """Whether the rectangle is farther than `radius` from the interval."""
        low, high, below, above = rectangle
        x = max(_least_size(low, high) - self.half_side, Fraction(0))
        return x**2 + _least_size(below, above) ** 2 > self.radius**2

    def pieces(self) -> "Sequence[Piece]":
        """A quarter of a circle, the segment, and the other quarter."""
        return (self._arc(1, 0), self._segment, self._arc(-1, 1))

    def _segment(self, s: "arb") -> "tuple[acb, acb]":
        from flint import acb

        half = ball(self.half_side)
        return acb(half * (2 * s - 1), ball(self.radius)), acb(2 * half)

    def _arc(self, sign: int, quarter: int) -> "Piece":
        from flint import acb, arb

        def point(s: "arb") -> "tuple[acb, acb]":
            angle = (quarter + s) / 2  # in units of pi
            turned = ball(self.radius) * acb(angle.cos_pi(), angle.sin_pi())
            return sign * ball(self.half_side) + turned, turned * acb(0, arb.pi() / 2)

        return point


@dataclass(frozen=True)
class Ellipse:
    """half_side times the set inside the ellipse with foci -1, 1 and half axes of sum rho."""

    half_side: Fraction
    rho: Fraction

    @property
    def extents(self) -> tuple[Fraction, Fraction]:
        """The half axes (rho + 1 / rho) / 2 and (rho - 1 / rho) / 2, times half_side."""
        return (
            self.half_side * (self.rho + 1 / self.rho) / 2,
            self.half_side * (self.rho - 1 / self.rho) / 2,
        )

    def scaled(self, factor: Fraction) -> "Ellipse":
        """The set `factor` times as large."""
        return Ellipse(self.half_side * factor, self.rho)

    def outside(self, rectangle: Rectangle) -> bool:
        """Whether even the point of the rectangle nearest to both axes is outside."""
        low, high, below, above = rectangle
        a, b = self.extents
        x, y = _least_size(low, high), _least_size(below, above)
        return (x * b) ** 2 + (y * a) ** 2 > (a * b) ** 2

    def pieces(self) -> "Sequence[Piece]":
        """Two quarters."""
        return (self._quarter(0), self._quarter(1))

    def _quarter(self, quarter: int) -> "Piece":
        from flint import acb, arb

        a, b = self.extents

        def point(s: "arb") -> "tuple[acb, acb]":
            angle = (quarter + s) / 2
            x, y = angle.cos_pi(), angle.sin_pi()
            speed = arb.pi() / 2
            return acb(ball(a) * x, ball(b) * y), acb(-ball(a) * y * speed, ball(b) * x * speed)

        return point


def _least_size(low: Fraction, high: Fraction) -> Fraction:
    """The least absolute value in the interval."""
    return max(low, -high, Fraction(0))
