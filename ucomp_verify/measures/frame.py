"""The exact affine map of a bounding box to [-1, 1]^m, in integers and in float64."""

from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import TYPE_CHECKING

from .atomic import AtomicMeasure
from .float_measure import FloatMeasure, Measure

if TYPE_CHECKING:
    from .arrays import Array


@dataclass(frozen=True)
class Frame:
    """Integer coordinates n = 2 x / unit - low - high of nodes x, one number an axis.

    They lie between -width and width on the box; n / width is the coordinate in [-1, 1]. An
    affine map changes no space of polynomials up to a degree.
    """

    units: tuple[Fraction, ...]
    lows: tuple[int, ...]  # of the box, in units
    highs: tuple[int, ...]

    @property
    def widths(self) -> tuple[int, ...]:
        """The extents of the axes in units, at least 1."""
        return tuple(max(b - a, 1) for a, b in zip(self.lows, self.highs, strict=True))

    def integers(self, measure: Measure) -> list[list[int]]:
        """The integer coordinates of all nodes, one list an axis. Their cost is Python's."""
        axes = zip(*_rows(measure), strict=True)
        scales = zip(self.units, self.lows, self.highs, strict=True)
        return [
            [int(2 * Fraction(x) / unit) - low - high for x in axis]
            for axis, (unit, low, high) in zip(axes, scales, strict=True)
        ]

    def scaled(self, measure: Measure) -> "Array":
        """The nodes moved into [-1, 1]^dim, float64 of shape (d, m), up to rounding."""
        import numpy as np

        columns = [
            [x / width for x in axis]
            for axis, width in zip(self.integers(measure), self.widths, strict=True)
        ]
        return np.array(columns).T.reshape(-1, len(self.units))


def frame_of(measure: Measure) -> Frame:
    """The frame of the bounding box of the nodes with a weight > 0; of all if none has one."""
    rows = _support_rows(measure) or _rows(measure)
    axes = [[Fraction(x) for x in axis] for axis in zip(*rows, strict=True)]
    units = [Fraction(1, lcm(*{x.denominator for x in axis})) for axis in axes]
    lows = [int(min(axis) / unit) for axis, unit in zip(axes, units, strict=True)]
    highs = [int(max(axis) / unit) for axis, unit in zip(axes, units, strict=True)]
    return Frame(tuple(units), tuple(lows), tuple(highs))


def _rows(measure: Measure) -> list[tuple[Fraction | float, ...]]:
    nodes = measure.nodes if isinstance(measure, AtomicMeasure) else measure.nodes.tolist()
    return [tuple(row) for row in nodes]


def _support_rows(measure: Measure) -> list[tuple[Fraction | float, ...]]:
    if isinstance(measure, FloatMeasure) and measure.weights is None:
        return _rows(measure)
    weights = measure.weights
    assert weights is not None
    return [row for row, w in zip(_rows(measure), weights, strict=True) if w > 0]
