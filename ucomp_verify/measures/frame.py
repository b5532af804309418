"""The exact affine map of a bounding box to [-1, 1]^m, in integers and in float64."""

from dataclasses import dataclass
from fractions import Fraction
from math import frexp, gcd, lcm
from typing import TYPE_CHECKING

from .atomic import AtomicMeasure
from .float_measure import FloatMeasure, Measure

if TYPE_CHECKING:
    from .arrays import Array

ROWS = 1 << 13  # at a time: their temporaries stay in the cache
_SAFE = 500  # exponents of numbers whose differences and quotients stay in float64's range


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
    def dim(self) -> int:
        """The number of axes."""
        return len(self.units)

    @property
    def widths(self) -> tuple[int, ...]:
        """The extents of the axes in units, at least 1."""
        return tuple(max(b - a, 1) for a, b in zip(self.lows, self.highs, strict=True))

    def integers(self, measure: Measure) -> list[list[int]]:
        """The integer coordinates of all nodes, one list an axis.

        Raises ValueError if some coordinate is no multiple of the unit of its axis: a frame
        of one measure serves its parts, and whatever has nodes among its own.
        """
        self._require_dim(measure)
        if isinstance(measure, FloatMeasure):
            return [self._float_axis(measure.nodes[:, j], j) for j in range(self.dim)]
        axes = zip(*measure.nodes, strict=True)
        return [self._exact_axis(list(axis), j) for j, axis in enumerate(axes)]

    def scaled(self, measure: Measure) -> "Array":
        """The nodes moved into [-1, 1]^dim, float64 of shape (d, m), C order.

        Each number is within 2^-51 of the true one, at any scale and offset of the data; on
        an axis on which the box has no width it is 0. Nodes outside the box have coordinates
        beyond [-1, 1].
        """
        import numpy as np

        self._require_dim(measure)
        exact = isinstance(measure, AtomicMeasure)
        out = np.empty((len(measure.nodes), self.dim))
        for j in range(self.dim):
            corners = self._float_corners(j)
            if exact or corners is None:
                out[:, j] = self._rounded_axis(measure, j)
            elif corners[0] == corners[1]:
                out[:, j] = 0.0
            else:
                _scale(measure.nodes[:, j], *corners, out[:, j])
        return out

    def _require_dim(self, measure: Measure) -> None:
        if measure.dim != self.dim:
            raise ValueError(
                f"found nodes of dimension {measure.dim} for a frame of dimension {self.dim}; "
                "expected the same: take the frame of this measure"
            )

    def _float_corners(self, j: int) -> tuple[float, float] | None:
        """The ends of the box on an axis, if float64 holds them."""
        ends = [end * self.units[j] for end in (self.lows[j], self.highs[j])]
        try:
            low, high = map(float, ends)
        except OverflowError:
            return None
        return (low, high) if [Fraction(low), Fraction(high)] == ends else None

    def _rounded_axis(self, measure: Measure, j: int) -> list[float]:
        """Coordinates in [-1, 1], each rounded once."""
        axis = (
            [row[j] for row in measure.nodes.tolist()]
            if isinstance(measure, FloatMeasure)
            else [row[j] for row in measure.nodes]
        )
        low, high, unit = self.lows[j], self.highs[j], self.units[j]
        if low == high:
            return [0.0] * len(axis)
        return [float((2 * Fraction(x) / unit - low - high) / (high - low)) for x in axis]

    def _float_axis(self, axis: "Array", j: int) -> list[int]:
        from .dyadic import power_of_two

        exponent = power_of_two(self.units[j])
        if exponent is None:
            return self._exact_axis([Fraction(x) for x in axis.tolist()], j)
        return self._dyadic_axis(axis, j, exponent)

    def _dyadic_axis(self, axis: "Array", j: int, exponent: int) -> list[int]:
        """By float64 and int64 where the numbers fit, else by Python's integers."""
        import numpy as np

        from .dyadic import is_whole, times_power

        shift, units = self.lows[j] + self.highs[j], times_power(axis, -exponent)
        if not np.isfinite(units).all():
            return self._exact_axis([Fraction(x) for x in axis.tolist()], j)
        whole = is_whole(axis, units)
        if not whole.all():
            raise self._off_lattice(float(axis[np.argmin(whole)]), j)
        if np.abs(units).max() < 2.0**61 and abs(shift) < 1 << 62:
            return (2 * units.astype(np.int64) - shift).tolist()
        return [2 * int(x) - shift for x in units.tolist()]

    def _exact_axis(self, axis: list[Fraction], j: int) -> list[int]:
        unit, shift = self.units[j], self.lows[j] + self.highs[j]
        multiples = [x / unit for x in axis]
        for x, multiple in zip(axis, multiples, strict=True):
            if multiple.denominator != 1:
                raise self._off_lattice(x, j)
        return [2 * multiple.numerator - shift for multiple in multiples]

    def _off_lattice(self, x: Fraction | float, j: int) -> ValueError:
        return ValueError(
            f"found the coordinate {x} on axis {j}, which is no multiple of the unit "
            f"{self.units[j]} of the frame; expected nodes of the measure whose frame it is: "
            "take the frame of this measure"
        )


def frame_of(measure: Measure, *, all_nodes: bool = False) -> Frame:
    """The frame of the least box of the nodes with a weight > 0; of all if none has one.

    Of all nodes in any case with `all_nodes`. Each unit is the largest power of two, or that
    over an odd number, of which the coordinates on the axis are multiples.
    """
    if isinstance(measure, FloatMeasure):
        return _float_frame(measure, all_nodes=all_nodes)
    places = range(len(measure.nodes)) if all_nodes or not measure.support else measure.support
    axes = list(zip(*(measure.nodes[i] for i in places), strict=True))
    units = [_unit(axis) for axis in axes]
    lows = [int(min(axis) / unit) for axis, unit in zip(axes, units, strict=True)]
    highs = [int(max(axis) / unit) for axis, unit in zip(axes, units, strict=True)]
    return Frame(tuple(units), tuple(lows), tuple(highs))


def _unit(axis: tuple[Fraction, ...]) -> Fraction:
    numerators = gcd(*(x.numerator for x in axis))
    return Fraction(numerators & -numerators or 1, lcm(*(x.denominator for x in axis)))


def _float_frame(measure: FloatMeasure, *, all_nodes: bool) -> Frame:
    from .dyadic import extent

    box = extent(measure.nodes, None if all_nodes else measure.weights) or extent(measure.nodes)
    assert box is not None
    units = [Fraction(2) ** e for e in box.exponents]
    lows = [int(Fraction(x) / unit) for x, unit in zip(box.lows, units, strict=True)]
    highs = [int(Fraction(x) / unit) for x, unit in zip(box.highs, units, strict=True)]
    return Frame(tuple(units), tuple(lows), tuple(highs))


def _scale(axis: "Array", low: float, high: float, out: "Array") -> None:
    """((x - low) - (high - x)) / (high - low): the differences are rounded once each."""
    import numpy as np

    from .dyadic import times_power

    exponent = frexp(max(abs(low), abs(high)))[1]
    shift = 0 if abs(exponent) <= _SAFE else -exponent
    low, high = times_power(np.array([low, high]), shift).tolist()
    for start in range(0, len(axis), ROWS):
        x = axis[start : start + ROWS]
        x = times_power(x, shift) if shift else np.ascontiguousarray(x)
        with np.errstate(over="ignore", under="ignore"):
            above = x - low
            above -= high - x
            np.divide(above, high - low, out=out[start : start + ROWS])
