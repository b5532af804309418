"""Proved upper bounds of maxima over cubes, by subdivision with first-order enclosures.

On a box with centre c the objective is at most F(c) + sum_i |dF/ds_i| r_i, with enclosures of
the slopes over the box (mean value theorem); and where a slope has one sign on the box, the
maximum lies on one face, so that this coordinate needs no more subdivision.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from heapq import heapify, heappop, heappush
from itertools import count
from typing import TYPE_CHECKING, TypeAlias

from .elementary import NotAnalytic

if TYPE_CHECKING:
    from flint import arb

Interval: TypeAlias = tuple[float, float]  # dyadic ends in [0, 1], which float64 holds exactly
Box: TypeAlias = tuple[Interval, ...]
MOST_BITS = 1 << 18  # of a number that is written out
SMALLEST = 2.0**-45  # a side that is not halved any more; float64 holds the ends


@dataclass(frozen=True)
class Objective:
    """A function F on the cube [0, 1]^dim, by enclosures.

    `value(balls)` encloses F on the product of the balls, `slopes(balls)` also its derivatives
    with respect to the coordinates; both may raise `NotAnalytic`, or give balls that are not
    finite.
    """

    dim: int
    value: "Callable[[Sequence[arb]], arb]"
    slopes: "Callable[[Sequence[arb]], tuple[arb, Sequence[arb]]]"


@dataclass(frozen=True)
class _Enclosed:
    """F is at most `upper` on the box, and somewhere at least `lower`."""

    box: Box
    upper: "arb"
    lower: "arb"
    size: "arb"  # of |F| at the centre
    split: int  # the coordinate to halve, which matters most


def greatest(objectives: Sequence[Objective], *, tightness: Fraction, work: int) -> Fraction | None:
    """A proved upper bound of the largest value of all objectives; None if no finite is found.

    It exceeds the maximum by at most `tightness` times the size of the values seen, unless
    `work` evaluations did not suffice: then it is what they prove. Runs at the precision at
    hand.
    """
    from flint import arb

    search = _Search(tightness)
    for objective in objectives:
        search.add(objective, ((0.0, 1.0),) * objective.dim)
    while search.worth_while() and search.evaluations < work:
        search.refine()
    upper: arb | None = search.upper()
    return None if upper is None else exact(upper)


class _Search:
    def __init__(self, tightness: Fraction) -> None:
        from flint import arb

        self.evaluations = 0
        self.lower: arb | None = None
        self.size = arb(0)
        self.settled: list[arb] = []  # upper bounds on boxes that are not halved any more
        self.hopeless = False
        self._tightness = float(tightness)
        self._order = count()
        self._open: list[tuple[int, arb, int, Objective, _Enclosed]] = []
        heapify(self._open)

    def add(self, objective: Objective, box: Box) -> None:
        """Enclose F on the box, or on the face of it on which the maximum lies."""
        from flint import arb

        found, fewer = self._enclosed(objective, box)
        while fewer is not None:
            found, fewer = self._enclosed(objective, fewer)
        if found.lower.is_finite():
            self.size = _larger(self.size, found.size)
            self.lower = found.lower if self.lower is None else _larger(self.lower, found.lower)
        finite = found.upper.is_finite()
        if finite and self.lower is not None and found.upper <= self.lower:
            return
        low, high = found.box[found.split] if found.box else (0.0, 0.0)
        if high - low <= SMALLEST:
            self.hopeless = self.hopeless or not finite
            self.settled.append(found.upper)
            return
        number = next(self._order)
        # Boxes without a bound come first, the latest of them before: a pole is found soon.
        key = -found.upper if finite else arb(-number)
        heappush(self._open, (int(finite), key, number, objective, found))

    def worth_while(self) -> bool:
        """Whether halving the box with the largest bound can improve the bound enough."""
        if not self._open or self.hopeless:
            return False
        finite, negative, *_ = self._open[0]
        if not finite or self.lower is None:
            return True
        return not -negative - self.lower <= self.size * self._tightness

    def refine(self) -> None:
        """Halve that box."""
        *_, objective, found = heappop(self._open)
        low, high = found.box[found.split]
        middle = (low + high) / 2
        for half in ((low, middle), (middle, high)):
            before, after = found.box[: found.split], found.box[found.split + 1 :]
            self.add(objective, (*before, half, *after))

    def upper(self) -> "arb | None":
        """The largest bound of all boxes; None if it is not finite."""
        bounds = [found.upper for *_, found in self._open] + self.settled
        bounds += [] if self.lower is None else [self.lower]
        if self.hopeless or not bounds or not all(b.is_finite() for b in bounds):
            return None
        largest = bounds[0]
        for bound in bounds[1:]:
            largest = _larger(largest, bound)
        return largest

    def _enclosed(self, objective: Objective, box: Box) -> tuple[_Enclosed, Box | None]:
        """What is known on the box, and the face that holds the maximum if it is smaller."""
        from flint import arb

        self.evaluations += 1
        nothing = arb("nan")
        widest = max(range(len(box)), key=lambda i: box[i][1] - box[i][0], default=0)
        try:
            direct, slopes = objective.slopes([_ball(side) for side in box])
            centre = objective.value([_middle(side) for side in box])
        except NotAnalytic:
            return _Enclosed(box, nothing, nothing, nothing, widest), None
        if not (direct.is_finite() and centre.is_finite()):
            return _Enclosed(box, nothing, nothing, nothing, widest), None
        face = _face(box, slopes)
        if face != box:
            return _Enclosed(box, nothing, nothing, nothing, widest), face
        lower, size = centre.lower(), centre.abs_lower()
        if not all(slope.is_finite() for slope in slopes):
            return _Enclosed(box, direct.upper(), lower, size, widest), None
        shares = [s.abs_upper() * ((b - a) / 2) for s, (a, b) in zip(slopes, box, strict=True)]
        by_slopes = (centre + sum(shares, arb(0))).upper()
        upper = direct.upper()
        upper = by_slopes if by_slopes < upper else upper
        split = max(range(len(box)), key=lambda i: float(shares[i]), default=0)
        return _Enclosed(box, upper, lower, size, split), None


def _face(box: Box, slopes: "Sequence[arb]") -> Box:
    """The box without the coordinates in which the objective is monotone on it."""
    sides: list[Interval] = []
    for (low, high), slope in zip(box, slopes, strict=True):
        if low < high and slope > 0:
            low = high
        elif low < high and slope < 0:
            high = low
        sides.append((low, high))
    return tuple(sides)


def _ball(side: Interval) -> "arb":
    from flint import arb

    low, high = side
    return arb((low + high) / 2, (high - low) / 2) if low < high else arb(low)


def _middle(side: Interval) -> "arb":
    from flint import arb

    return arb((side[0] + side[1]) / 2)


def _larger(first: "arb", second: "arb") -> "arb":
    """The larger of two exact numbers."""
    return second if second > first else first


def exact(value: "arb") -> Fraction:
    """A ball of radius 0 as the dyadic that it is.

    Raises `NotAnalytic` for one that would take about 10^5 digits to write.
    """
    mantissa, exponent = value.man_exp()
    if abs(int(exponent)) > MOST_BITS:
        raise NotAnalytic(
            f"found a size of about 2^{int(exponent)}; expected one between 2^-{MOST_BITS} and "
            f"2^{MOST_BITS}: take a smaller region or a function that varies less"
        )
    return Fraction(int(mantissa)) * Fraction(2) ** int(exponent)
