"""The frame and the exact moments of a measure that comes in chunks."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import frexp, gcd

from .exact_moments import Moments
from .float_measure import CHUNK
from .frame import Frame, frame_of
from .streams import ChunkSource

MODERATE = 900  # a power of 2 up to which, and down to whose inverse, weights cause no trouble


@dataclass(frozen=True)
class Survey:
    """The number of nodes of a source, and the frame of those with a weight > 0, if any.

    Sums of weights stay within float64 once these are divided by 2^exponent.
    """

    count: int
    frame: Frame | None
    exponent: int


def survey(source: ChunkSource) -> Survey:
    """What one reading of the source tells."""
    count, frame, largest = 0, None, 0.0
    for chunk in source.chunks(CHUNK):
        weights = chunk.measure.weights
        count += len(chunk.measure)
        if weights is None or weights.any():
            largest = max(largest, 1.0 if weights is None else float(weights.max()))
            here = frame_of(chunk.measure)
            frame = here if frame is None else joined_frame(frame, here)
    mass = frexp(largest)[1] + count.bit_length()
    return Survey(count, frame, 0 if abs(mass) < MODERATE else mass)


def joined_frame(one: Frame, other: Frame) -> Frame:
    """The frame of both boxes together, exactly."""
    axes = zip(_axes(one), _axes(other), strict=True)
    units, lows, highs = zip(*[_joined(*pair) for pair in axes], strict=True)
    return Frame(units, lows, highs)


Axis = tuple[Fraction, int, int]  # the unit, and the box in units


def _axes(frame: Frame) -> Iterator[Axis]:
    return zip(frame.units, frame.lows, frame.highs, strict=True)


def _joined(one: Axis, other: Axis) -> Axis:
    if not any(one[1:]) or not any(other[1:]):  # all coordinates are 0, in whatever unit
        unit = other[0] if not any(one[1:]) else one[0]
    else:
        unit = common_unit(one[0], other[0])
    lows, highs = zip(
        *[(int(low * u / unit), int(high * u / unit)) for u, low, high in (one, other)], strict=True
    )
    return unit, min(lows), max(highs)


def added_moments(parts: Iterable[Moments]) -> Moments:
    """The moments of a sum of measures, at least one, in one frame and up to one degree."""
    rest = iter(parts)
    total = next(rest)
    for part in rest:
        unit = common_unit(total.unit, part.unit)
        scale, other = int(total.unit / unit), int(part.unit / unit)
        values = zip(total.values, part.values, strict=True)
        sums = tuple([scale * a + other * b for a, b in values])
        total = Moments(total.frame, total.degree, unit, sums)
    return total


def common_unit(one: Fraction, other: Fraction) -> Fraction:
    """The largest number of which both, > 0, are multiples.

    >>> common_unit(Fraction(1, 4), Fraction(3, 2))
    Fraction(1, 4)
    """
    if one == other:
        return one
    left, right = one.numerator * other.denominator, other.numerator * one.denominator
    return Fraction(gcd(left, right), one.denominator * other.denominator)
