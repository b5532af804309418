"""Chebyshev moments of float64 data and of a rule on them, with a proved error.

Centres of boxes are float64 numbers, so that float64 knows the scaled coordinates well.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from ucomp_verify.bounds.rounding import rounded_up
from ucomp_verify.measures import FloatMeasure
from ucomp_verify.measures.rules import Rule

from .boxes import BITS as BOX_BITS
from .boxes import Box
from .chebyshev_sums import BITS, Parts, chebyshev_sums, fits, node_radius
from .double_words import Array, Pair, pairs_of
from .mismatch import Mismatch

SAFE = 2.0**300  # float64 has room to compute with coordinates and sides up to here
FINE = 1 << 80  # parts of the largest weight, in which sums of |weights| are rounded up


@dataclass(frozen=True, eq=False)
class Boxes:
    """One box for each part: centres of shape (parts, m) in float64, half sides as rationals."""

    centres: Array
    halves: tuple[tuple[Fraction, ...], ...]

    def __getitem__(self, place: int) -> Box:
        """The box of a part."""
        return Box(tuple(map(Fraction, self.centres[place].tolist())), self.halves[place])

    @property
    def inverses(self) -> Pair:
        """1 / half side, 0 where a part has no extent."""
        high, low = pairs_of([1 / h if h else h for row in self.halves for h in row])
        return high.reshape(self.centres.shape), low.reshape(self.centres.shape)

    def leave_room(self, nodes: Array) -> bool:
        """Whether all sizes are such that float64 can compute with them."""
        largest = max(float(np.abs(self.centres).max()), float(np.abs(nodes).max()))
        sides = [h for row in self.halves for h in row if h]
        return largest < SAFE and all(1 / SAFE < h < SAFE for h in sides)


@dataclass(frozen=True, eq=False)
class Weighted:
    """Nodes of shape (d, m), part after part, and their weights as pairs times `scale`."""

    nodes: Array
    weights: Pair | None
    scale: Fraction
    sizes: Sequence[int]

    @classmethod
    def of_data(cls, measure: FloatMeasure, sizes: Sequence[int]) -> "Weighted":
        """The measure, its nodes sorted by part."""
        if measure.weights is None:
            return cls(measure.nodes, None, Fraction(1), sizes)
        exponent = int(np.frexp(np.abs(measure.weights).max())[1])
        scaled = np.ldexp(measure.weights, -exponent)
        pair = (scaled, np.zeros_like(scaled))
        return cls(measure.nodes, pair, Fraction(2) ** exponent, sizes)

    @classmethod
    def of_rule(cls, nodes: Array, weights: Sequence[Fraction], sizes: Sequence[int]) -> "Weighted":
        """The rule, its nodes sorted by part."""
        largest = max(map(abs, weights), default=Fraction(0)) or Fraction(1)
        bits = largest.numerator.bit_length() - largest.denominator.bit_length() + 1
        scale = Fraction(2) ** bits
        return cls(nodes, pairs_of([w / scale for w in weights]), scale, sizes)

    def sums(self, boxes: Boxes, order: int) -> Iterator[tuple[list[Fraction], Fraction]]:
        """The sums over each part, and a radius for all of them."""
        parts = Parts(self.nodes, self.weights, self.sizes, boxes.centres, boxes.inverses)
        unit = self.scale / (1 << 2 * BITS)
        each = self.scale * node_radius(order, self.nodes.shape[1])
        for size, values in zip(self.sizes, chebyshev_sums(parts, order), strict=True):
            yield [value * unit for value in values], size * each


def whole(measure: FloatMeasure, rule: Rule, order: int, box: Box | None) -> Mismatch | None:
    """The mismatch on the box, or one around all nodes that matter; None if float64 cannot."""
    if not fits(measure.dim, order):
        return None
    places = list(rule.indices)
    chosen = measure.nodes[places]
    if measure.weights is not None:
        measure = measure.part(measure.weights > 0) if measure.weights.any() else measure
    boxes = _boxes(measure.nodes, chosen, box)
    if boxes is None or not boxes.leave_room(measure.nodes):
        return None
    data = Weighted.of_data(measure, [len(measure)])
    kept = Weighted.of_rule(chosen, rule.weights, [len(chosen)])
    return next(differences(data, kept, rule.weights, boxes, order))


def differences(
    data: Weighted, kept: Weighted, weights: Sequence[Fraction], boxes: Boxes, order: int
) -> Iterator[Mismatch]:
    """The mismatch of each part; `weights` are those of the rule, sorted by part."""
    start = 0
    pairs = zip(data.sums(boxes, order), kept.sums(boxes, order), strict=True)
    for place, ((before, error), (after, other)) in enumerate(pairs):
        stop = start + kept.sizes[place]
        values = tuple(b - a for b, a in zip(before, after, strict=True))
        mass = rounded_up(max(before[0] + error, Fraction(0)))
        least = max(before[0] - error, Fraction(0))
        total = _total(weights[start:stop], kept.scale / FINE)
        yield Mismatch(boxes[place], order, values, error + other, mass, total, least)
        start = stop


def _total(weights: Sequence[Fraction], unit: Fraction) -> Fraction:
    """An upper bound of the sum of |weights|."""
    return unit * sum(-(-abs(w) // unit) for w in weights)


def _boxes(nodes: Array, chosen: Array, box: Box | None) -> Boxes | None:
    """The box as float64 can use it, one around the nodes if None; None if it cannot."""
    low, high = nodes.min(axis=0), nodes.max(axis=0)
    if len(chosen):
        low, high = np.minimum(low, chosen.min(axis=0)), np.maximum(high, chosen.max(axis=0))
    lows, highs = (tuple(map(Fraction, ends.tolist())) for ends in (low, high))
    if box is not None:
        box.require_to_hold(lows, highs)
        centre = np.array([float(c) for c in box.centre])
        if tuple(map(Fraction, centre.tolist())) != box.centre:
            return None
        return Boxes(centre.reshape(1, -1), (box.halves,))
    centre = low / 2 + high / 2
    middle = map(Fraction, centre.tolist())
    halves = [max(b - c, c - a) for a, b, c in zip(lows, highs, middle, strict=True)]
    return Boxes(centre.reshape(1, -1), (tuple(rounded_up(h, bits=BOX_BITS) for h in halves),))
