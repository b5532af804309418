"""Activation functions in balls, with proved bounds on intervals and in strips.

A strip holds the complex numbers z with |Im z| <= width. The bounds are suprema, rounded up.
"""

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Protocol

from .balls import ball, upper

if TYPE_CHECKING:
    from flint import arb, arb_series

QUARTER_TURN = Fraction(157, 200)  # below pi/4, by less than 4e-4
SIXTH_TURN = Fraction(11, 21)  # above pi/6, by less than 3e-4
TANH_CURVATURE = Fraction(77, 100)  # above 4 / (3 sqrt 3), by less than 3e-4


class Activation(Protocol):
    """A function phi of one variable that is analytic in a strip about the real line."""

    @property
    def name(self) -> str:
        """The function, for people."""
        ...

    def at(self, z: "arb") -> "tuple[arb, arb]":
        """phi(z) and phi'(z)."""
        ...

    def of_series(self, z: "arb_series") -> "tuple[arb_series, arb_series]":
        """phi and phi' of a power series."""
        ...

    def size(self, reach: Fraction | None) -> Fraction:
        """A bound of |phi| on [-reach, reach]; on the whole line for None."""
        ...

    def slope(self, reach: Fraction | None) -> Fraction:
        """A bound of |phi'| there."""
        ...

    def curvature(self, reach: Fraction | None) -> Fraction:
        """A bound of |phi''| there."""
        ...

    def size_in_strip(self, width: Fraction) -> Fraction:
        """A bound of |phi| in the strip; ValueError for a strip that holds a pole."""
        ...

    def curvature_in_strip(self, width: Fraction) -> Fraction:
        """A bound of |phi''| in the strip; ValueError for a strip that holds a pole."""
        ...


@dataclass(frozen=True)
class Tanh:
    """phi(z) = tanh z, with phi' = 1 - phi^2 and phi'' = -2 phi (1 - phi^2)."""

    name: str = "tanh"

    def at(self, z: "arb") -> "tuple[arb, arb]":
        """The value and 1 - tanh^2."""
        t = z.tanh()
        return t, 1 - t * t

    def of_series(self, z: "arb_series") -> "tuple[arb_series, arb_series]":
        """1 - 2 / (e^(2z) + 1), and 1 - tanh^2."""
        t = 1 - 2 / ((2 * z).exp() + 1)
        return t, 1 - t * t

    def size(self, reach: Fraction | None) -> Fraction:
        """tanh(reach), and at most 1."""
        return Fraction(1) if reach is None else min(Fraction(1), upper(ball(reach).tanh()))

    def slope(self, reach: Fraction | None) -> Fraction:
        """1, which is attained at 0."""
        del reach
        return Fraction(1)

    def curvature(self, reach: Fraction | None) -> Fraction:
        """2 t (1 - t^2) for t = tanh(reach) up to 1/sqrt 3; then it falls from 4 / (3 sqrt 3)."""
        if reach is not None:
            t = ball(reach).tanh()
            if upper(3 * t * t) <= 1:
                return upper(2 * t * (1 - t * t))
        return TANH_CURVATURE

    def size_in_strip(self, width: Fraction) -> Fraction:
        """1 up to pi/4: |tanh(x + iy)|^2 = (sinh^2 x + sin^2 y) / (sinh^2 x + cos^2 y)."""
        _require_width(width, QUARTER_TURN)
        return Fraction(1)

    def curvature_in_strip(self, width: Fraction) -> Fraction:
        """The supremum of 2 |sinh z| / |cosh z|^3, which grows with the width.

        With S = sinh^2 x it is 2 (S + sin^2 y)^(1/2) / (S + cos^2 y)^(3/2). Over all S >= -sin^2 y
        this is largest for S = (cos^2 y - 3 sin^2 y) / 2, and then 4 / (3 sqrt 3 cos 2y). From
        pi/6 on this S is not positive: among S >= 0 the largest is that for 0.
        """
        _require_width(width, QUARTER_TURN)
        y = ball(width)
        if width <= SIXTH_TURN:
            return upper(4 / (3 * ball(3).sqrt() * (2 * y).cos()))
        return upper(2 * y.sin() / y.cos() ** 3)


@dataclass(frozen=True)
class Sine:
    """phi(z) = sin z, entire; it and its derivatives are at most cosh(Im z)."""

    name: str = "sin"

    def at(self, z: "arb") -> "tuple[arb, arb]":
        """Sine and cosine."""
        return z.sin(), z.cos()

    def of_series(self, z: "arb_series") -> "tuple[arb_series, arb_series]":
        """Sine and cosine."""
        return z.sin(), z.cos()

    def size(self, reach: Fraction | None) -> Fraction:
        """sin(reach) up to pi/2, where it is 1."""
        if reach is None or reach > Fraction(3, 2):
            return Fraction(1)
        return upper(ball(reach).sin())

    def slope(self, reach: Fraction | None) -> Fraction:
        """1, which is attained at 0."""
        del reach
        return Fraction(1)

    def curvature(self, reach: Fraction | None) -> Fraction:
        """As the size: phi'' = -phi."""
        return self.size(reach)

    def size_in_strip(self, width: Fraction) -> Fraction:
        """The hyperbolic cosine of the width."""
        _require_width(width, Fraction(100))
        return upper(ball(width).cosh())

    def curvature_in_strip(self, width: Fraction) -> Fraction:
        """As the size."""
        return self.size_in_strip(width)


@dataclass(frozen=True)
class Logistic:
    """phi(z) = 1 / (1 + e^-z) = 1/2 + tanh(z/2) / 2."""

    name: str = "logistic"

    def at(self, z: "arb") -> "tuple[arb, arb]":
        """The value s and s (1 - s)."""
        s = 1 / (1 + (-z).exp())
        return s, s * (1 - s)

    def of_series(self, z: "arb_series") -> "tuple[arb_series, arb_series]":
        """The value s and s (1 - s)."""
        s = 1 / (1 + (-z).exp())
        return s, s * (1 - s)

    def size(self, reach: Fraction | None) -> Fraction:
        """At most 1."""
        del reach
        return Fraction(1)

    def slope(self, reach: Fraction | None) -> Fraction:
        """1/4, which is attained at 0."""
        del reach
        return Fraction(1, 4)

    def curvature(self, reach: Fraction | None) -> Fraction:
        """An eighth of that of tanh, at half the argument."""
        return Tanh().curvature(None if reach is None else reach / 2) / 8

    def size_in_strip(self, width: Fraction) -> Fraction:
        """1 up to pi/2."""
        return (1 + Tanh().size_in_strip(width / 2)) / 2

    def curvature_in_strip(self, width: Fraction) -> Fraction:
        """An eighth of that of tanh, at half the argument."""
        return Tanh().curvature_in_strip(width / 2) / 8


def _require_width(width: Fraction, most: Fraction) -> None:
    if not 0 < width <= most:
        raise ValueError(
            f"found the half width {width} of a strip; expected one above 0 and up to {most}"
        )
