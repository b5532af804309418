"""Balls around nodes: the centre is guessed in float64, the radius is proved."""

from collections.abc import Sequence
from fractions import Fraction
from math import lcm
from typing import TYPE_CHECKING

from ucomp_verify.measures import AtomicMeasure, FloatMeasure, Frame, Measure, frame_of

from .rounding import root_above

if TYPE_CHECKING:
    from ucomp_verify.measures.arrays import Array

STEPS = 100  # towards the farthest node; each improves the ball by less than the one before
CENTRE_BITS = 32


def enclosing_radius(measure: Measure) -> Fraction:
    """A bound of the radius of a ball that holds all nodes with a weight > 0; 0 for no nodes.

    The centre, which lies in the box of the nodes, is guessed in float64; the squared
    distances from it are exact, and the root of the largest is rounded up.

    >>> from ucomp_verify.measures import AtomicMeasure
    >>> 1 <= enclosing_radius(AtomicMeasure.unit([(0, 0), (2, 0), (1, 0)])) < 1.01
    True
    """
    nodes = _on_support(measure)
    if nodes is None:
        return Fraction(0)
    frame = frame_of(nodes)
    common = Fraction(1, lcm(*(unit.denominator for unit in frame.units)))
    scales = [int(unit / common) for unit in frame.units]
    centre = _centre(frame, nodes, scales)
    rows = [
        [(scale * ((n << CENTRE_BITS) - c)) ** 2 for n in axis]
        for axis, c, scale in zip(frame.integers(nodes), centre, scales, strict=True)
    ]
    farthest = max(map(sum, zip(*rows, strict=True)))
    return root_above(farthest * (common / (2 << CENTRE_BITS)) ** 2)


def _on_support(measure: Measure) -> Measure | None:
    """The measure without its nodes of weight 0."""
    if isinstance(measure, FloatMeasure):
        if measure.weights is None:
            return measure
        kept = measure.weights > 0
        return measure.part(kept) if kept.any() else None
    support = measure.support
    nodes = [measure.nodes[i] for i in support]
    return AtomicMeasure(nodes, [measure.weights[i] for i in support]) if nodes else None


def _centre(frame: Frame, nodes: Measure, scales: Sequence[int]) -> list[int]:
    """A point that no node is much farther from than it has to be, in integers.

    They are finer than the frame's by `CENTRE_BITS`, as a frame of few values is coarse.
    """
    import numpy as np

    extents = [scale * width for scale, width in zip(scales, frame.widths, strict=True)]
    sides = np.array([extent / max(extents) for extent in extents])
    best = _middle(frame.scaled(nodes) * sides)
    shares = np.divide(best, sides, out=np.zeros_like(best), where=sides > 0)
    clipped: list[float] = np.clip(shares, -1, 1).tolist()
    fine = 1 << CENTRE_BITS
    return [int(Fraction(s) * w * fine) for s, w in zip(clipped, frame.widths, strict=True)]


def _middle(points: "Array") -> "Array":
    """The best of the points met on the way from the middle of the box, always towards the
    farthest of `points` by shorter and shorter steps (Badoiu and Clarkson, 2003)."""
    import numpy as np

    centre = best = np.zeros(points.shape[1])
    smallest = np.inf
    for step in range(STEPS):
        distances = ((points - centre) ** 2).sum(axis=1)
        far = int(distances.argmax())
        if distances[far] < smallest:
            best, smallest = centre, distances[far]
        centre = centre + (points[far] - centre) / (step + 2)
    return best
