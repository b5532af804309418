"""Boxes around nodes, on which functions are expanded in Chebyshev polynomials."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from ucomp_verify.bounds.rounding import rounded_up
from ucomp_verify.bounds.statement import require

BITS = 40  # of half sides, which are rounded up


@dataclass(frozen=True)
class Box:
    """The points with |x_j - centre_j| <= half_j on every axis."""

    centre: tuple[Fraction, ...]
    halves: tuple[Fraction, ...]

    @classmethod
    def cube(cls, dim: int, half_side: Fraction) -> "Box":
        """The box [-R, R]^dim."""
        return cls((Fraction(0),) * dim, (Fraction(half_side),) * dim)

    @classmethod
    def around(cls, lows: Sequence[Fraction], highs: Sequence[Fraction]) -> "Box":
        """A box around these corners, hardly larger."""
        centre = tuple((a + b) / 2 for a, b in zip(lows, highs, strict=True))
        sides = (b - a for a, b in zip(lows, highs, strict=True))
        return cls(centre, tuple(rounded_up(side / 2, bits=BITS) for side in sides))

    @property
    def dim(self) -> int:
        """The number of axes."""
        return len(self.centre)

    def cubed(self) -> "Box":
        """All sides as long as the longest, except those of length 0."""
        longest = max(self.halves)
        return self.with_halves(tuple(longest if h else h for h in self.halves))

    def with_halves(self, halves: tuple[Fraction, ...]) -> "Box":
        """The box with other half sides around the same centre."""
        return Box(self.centre, halves)

    def require_to_hold(self, lows: Sequence[Fraction], highs: Sequence[Fraction]) -> None:
        """Raise HypothesisNotMet unless it contains the box with these corners."""
        sides = zip(lows, highs, strict=True)
        found = (
            f"nodes that fill {' x '.join(f'[{float(a):.6g}, {float(b):.6g}]' for a, b in sides)}"
        )
        mine = zip(self.centre, self.halves, strict=True)
        own = " x ".join(f"[{float(c - h):.6g}, {float(c + h):.6g}]" for c, h in mine)
        inside = self.dim == len(lows) and all(
            c - h <= low and high <= c + h
            for c, h, low, high in zip(self.centre, self.halves, lows, highs, strict=True)
        )
        require(inside, "box", found, f"nodes in {own}: take a larger one")
