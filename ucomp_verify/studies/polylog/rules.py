"""One-shot rules on the line: cells of neighbours, each reduced once, with certified weights."""

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import floor, log
from typing import TYPE_CHECKING, Any

from ucomp_verify.caratheodory.reduction import Arithmetic, weigh
from ucomp_verify.measures import (
    BallWeights,
    FloatMeasure,
    Frame,
    Moments,
    exact_moments,
    frame_of,
)

from .function import Reciprocals

if TYPE_CHECKING:
    from flint import arb, fmpq

    from ucomp_verify.caratheodory.support import Selection
    from ucomp_verify.measures import Compression
    from ucomp_verify.studies.data import Array

SIZES = ("120 ln d", "20 ln^2 d", "k + 1")


def size_of(rule: str, d: int, k: int) -> int:
    """d' by a rule: floor(120 ln d), floor(20 (ln d)^2), or k + 1: one cell.

    >>> [size_of(rule, 1000, 7) for rule in SIZES]
    [828, 954, 8]
    """
    if rule not in SIZES:
        raise ValueError(f"found the size {rule!r}; expected one of {', '.join(SIZES)}")
    return {SIZES[0]: floor(120 * log(d)), SIZES[1]: floor(20 * log(d) ** 2), SIZES[2]: k + 1}[rule]


@dataclass(frozen=True, eq=False)
class Cell:
    """Nodes of a cell and what float64 chose of them; `moments` are exact."""

    part: FloatMeasure
    degree: int
    frame: Frame
    chosen: "Selection"

    @cached_property
    def moments(self) -> Moments:
        """The moments of the cell up to the degree."""
        return exact_moments(self.part, self.degree, frame=self.frame)

    def bound(self, g: Reciprocals) -> Fraction:
        """A proved bound of the error of g in this cell, times its number of nodes: T7d."""
        nodes = self.part.nodes
        low, high = Fraction(float(nodes.min())), Fraction(float(nodes.max()))
        return g.bound_on(low, high, mass=self.part.total_mass, degree=self.degree)

    def weighed(self, digits: int) -> "Compression":
        """Weights certified > 0 with all the moments, as balls of so many digits."""
        return weigh(
            self.part,
            self.degree,
            self.chosen,
            frame=self.frame,
            arithmetic=Arithmetic.BALLS,
            digits=digits,
            moments=self.moments,
        )


def cells_of(points: "Array", *, degree: int, size: int, seed: int) -> tuple[Cell, ...]:
    """floor(size / (degree + 1)) cells of equally many neighbours, up to one.

    `points` has shape (d, 1). ValueError if the size exceeds the number of points or has no
    room for a cell. The nodes of each cell come in a random order, lest the errors add up.
    """
    import numpy as np

    count = size // (degree + 1)
    if not count or size > len(points):
        raise ValueError(
            f"found the size {size} for the degree {degree} and {len(points)} points; expected "
            f"from {degree + 1} to {len(points)}: take another degree, or more points"
        )
    ordered = np.sort(points, axis=0)
    draws = np.random.default_rng(seed)
    return tuple(_cell(part, degree, draws) for part in np.array_split(ordered, count))


def _cell(nodes: "Array", degree: int, draws: Any) -> Cell:
    from ucomp_verify.caratheodory.support import select_support

    part = FloatMeasure(draws.permutation(nodes))
    frame = frame_of(part)
    chosen = select_support(part, degree, frame=frame, seed=int(draws.integers(1 << 32)))
    return Cell(part, degree, frame, chosen)


def ball_weights(after: "Compression") -> "list[arb]":
    """The weights as balls, at the precision at hand."""
    from flint import arb

    weights = after.weights
    values = [arb(_rational(value)) for value in weights.values]
    if not isinstance(weights, BallWeights):
        return values
    radii = map(_rational, weights.radii)
    return [value + arb(0, arb(radius)) for value, radius in zip(values, radii, strict=True)]


def _rational(value: Any) -> "fmpq":
    from flint import fmpq

    exact = Fraction(value)
    return fmpq(exact.numerator, exact.denominator)
