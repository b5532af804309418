"""Boxes around nodes, on which functions are expanded in Chebyshev polynomials."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from ucomp_verify.bounds.rounding import rounded_up
from ucomp_verify.bounds.statement import about, require

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

    @property
    def shown(self) -> str:
        """About which intervals it is the product of."""
        ends = zip(*self.corners, strict=True)
        return " x ".join(f"[{about(low)}, {about(high)}]" for low, high in ends)

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
        found = f"nodes that fill {' x '.join(f'[{about(a)}, {about(b)}]' for a, b in sides)}"
        require(self.holds(lows, highs), "box", found, f"nodes in {self.shown}: take a larger one")

    @property
    def corners(self) -> tuple[list[Fraction], list[Fraction]]:
        """The least and the largest coordinate on each axis."""
        sides = list(zip(self.centre, self.halves, strict=True))
        return [c - h for c, h in sides], [c + h for c, h in sides]

    def holds(self, lows: Sequence[Fraction], highs: Sequence[Fraction]) -> bool:
        """Whether it contains the box with these corners."""
        least, most = self.corners
        return self.dim == len(lows) == len(highs) and all(
            a <= low and high <= b for a, b, low, high in zip(least, most, lows, highs, strict=True)
        )
