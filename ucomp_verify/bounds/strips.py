"""Functions of one variable that are analytic in a strip around the real line, and bounded.

`bound(b)` says how far the function is from a constant where |Im z| < b, for 0 < b < `width`.
The constant does not matter: polynomials of degree >= 0 take it up.
"""

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from flint import arb


class StripBound(Protocol):
    """An analytic function phi, known by its distance from a constant in strips."""

    @property
    def width(self) -> float:
        """A number up to which strips |Im z| < b are offered, at most the true half width."""
        ...

    def bound(self, half_width: Fraction) -> "arb":
        """A ball whose upper end bounds |phi - constant| where |Im z| < half_width."""
        ...


def _ball(half_width: Fraction, width: float) -> "arb":
    from flint import arb, fmpq

    if not 0 < half_width < width:
        raise ValueError(f"found the strip {half_width}; expected one between 0 and {width}")
    return arb(fmpq(half_width.numerator, half_width.denominator))


def _require_width(width: float, most: float) -> None:
    """Refuse strips in which a function has poles, where `bound` would be false."""
    if not 0 < width <= most:
        raise ValueError(f"found the width {width}; expected a number > 0 and at most {most}")


@dataclass(frozen=True)
class Sigmoid:
    """phi(z) = 1 / (1 + e^-z), analytic where |Im z| < pi.

    phi - 1/2 = tanh(z / 2) / 2, so `Tanh` gives |phi - 1/2| <= max(1, tan(b / 2)) / 2.
    """

    width: float = 3.14159

    def __post_init__(self) -> None:
        _require_width(self.width, 3.14159)

    def bound(self, half_width: Fraction) -> "arb":
        """max(1, tan(b / 2)) / 2."""
        return (_ball(half_width, self.width) / 2).tan().max(1) / 2


@dataclass(frozen=True)
class Tanh:
    """phi(z) = tanh z, analytic where |Im z| < pi / 2.

    |tanh(x + iy)|^2 = (cosh 2x - cos 2y) / (cosh 2x + cos 2y). Where cos 2y >= 0, that is at
    most 1; else it falls as cosh 2x grows, so it is at most its value tan(y)^2 at x = 0. Hence
    |phi| <= max(1, tan b) where |Im z| < b < pi / 2.
    """

    width: float = 1.57079

    def __post_init__(self) -> None:
        _require_width(self.width, 1.57079)

    def bound(self, half_width: Fraction) -> "arb":
        """max(1, tan b)."""
        return _ball(half_width, self.width).tan().max(1)


@dataclass(frozen=True)
class Cosine:
    """phi(z) = cos z or sin z, entire: |phi| <= cosh b where |Im z| < b."""

    width: float = 1e3  # wider strips help only degrees of several hundred

    def bound(self, half_width: Fraction) -> "arb":
        """The hyperbolic cosine of b."""
        return _ball(half_width, self.width).cosh()
