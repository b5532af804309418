"""Sums of monomials over float64 nodes, in limbs where that is fastest, else in integers."""

from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import inf

import numpy as np
import numpy.typing as npt
from threadpoolctl import threadpool_limits

from ucomp_verify.algebra.multi_indices import num_monomials

from .dyadic import extent, lattice_exponent, power_of_two
from .float_measure import FloatMeasure
from .frame import Frame
from .limbs import EXACT, Axis, LimbPlan, Piece, limb_sums, plans
from .monomials import monomial_sums

Array = npt.NDArray[np.float64]

WINDOWS = (12, 34)  # binades of weights of widely differing size that are summed together
_WIDEST = 300  # bits of weights that are summed all together
_LARGE = 10_000  # nodes from which on it pays to tell the BLAS to use one thread
_RANGE = 900  # bits of integers that float64 still handles with room to spare
_PYTHON = 60.0  # nanoseconds for a term of a sum in Python's integers
_PYTHON_BIT = 0.05  # and for each bit of it


@dataclass(frozen=True)
class Sums:
    """How moments of float64 data are summed, chunk by chunk; small, and can be pickled.

    `plan` is None where limbs do not fit or do not pay. Weights are integers times
    2^`exponent`, and `unit` is what the sums are multiples of. Weights that differ by no more
    than `window` binades are summed together, all if it is 0.
    """

    frame: Frame
    degree: int
    plan: LimbPlan | None
    exponent: int
    window: int

    @cached_property
    def unit(self) -> Fraction:
        """The unit of the weights: the reciprocal of their least common denominator."""
        return Fraction(2) ** min(self.exponent, 0)

    def over(self, nodes: Array, weights: Array | None) -> list[int]:
        """The sums of weight / unit * monomial over some nodes of the data."""
        if weights is not None:
            kept = weights != 0
            if not kept.all():
                nodes, weights = nodes[kept], weights[kept]
            if not len(nodes):
                return [0] * num_monomials(self.frame.dim, self.degree)
        if self.plan is None:
            return self._in_integers(nodes, weights)
        return self._in_limbs(nodes, weights, self.plan)

    def _in_integers(self, nodes: Array, weights: Array | None) -> list[int]:
        integers = self.frame.integers(FloatMeasure(nodes))
        if weights is None:
            return monomial_sums(integers, None, self.degree)
        numerators = [int(Fraction(w) / self.unit) for w in weights.tolist()]
        return monomial_sums(integers, numerators, self.degree)

    def _in_limbs(self, nodes: Array, weights: Array | None, plan: LimbPlan) -> list[int]:
        pieces = [Piece(nodes, weights, self.exponent)]
        if weights is not None and self.window:
            pieces = list(self._pieces(nodes, weights))
        totals = [0] * num_monomials(self.frame.dim, self.degree)
        with threadpool_limits(1) if len(nodes) > _LARGE else nullcontext():
            parts = limb_sums(pieces, plan)
        for piece, part in zip(pieces, parts, strict=True):
            shift = piece.exponent - min(self.exponent, 0)
            totals = [a + (b << shift) for a, b in zip(totals, part, strict=True)]
        return totals

    def _pieces(self, nodes: Array, weights: Array) -> Iterator[Piece]:
        """Weights of about the same size together, so that they have few limbs."""
        windows = np.frexp(weights)[1] // self.window
        for window in np.unique(windows).tolist():
            among = windows == window
            exponent = max(window * self.window - EXACT, self.exponent)
            yield Piece(nodes[among], weights[among], exponent)


def float_sums(
    nodes: Array,
    weights: Array | None,
    degree: int,
    frame: Frame,
    *,
    always_limbs: bool = False,
) -> Sums:
    """How to sum the moments up to the degree; weights may be negative.

    With `always_limbs` by limbs wherever they fit, be it slower. A node that has a weight and
    is not on the lattice of the frame makes the summation raise ValueError.
    """
    exponent = 0 if weights is None else lattice_exponent(weights) or 0
    bits = 0 if weights is None else _weight_bits(weights, exponent)
    axes = _axes(nodes, weights, frame)
    plan, window, price, count = None, 0, inf, len(nodes)
    for way in _ways(bits) if axes is not None else ():
        used = way + EXACT if way else bits
        pieces = (bits - EXACT) // way + 2 if way else 1
        for candidate in plans(axes or (), degree, used, count):
            cost = candidate.cost(count, min(pieces, count))
            if cost < price:
                plan, window, price = candidate, way, cost
    if plan is not None and not always_limbs:
        terms = num_monomials(frame.dim, degree) * count
        long = degree * plan.bits + bits
        if price > terms * (_PYTHON + _PYTHON_BIT * long):
            plan = None
    return Sums(frame, degree, plan, exponent, window)


def _ways(bits: int) -> Iterator[int]:
    """Windows in which weights of so many bits may be summed; 0 for all together."""
    if bits <= _WIDEST:
        yield 0
    if bits > EXACT + WINDOWS[0]:
        yield from WINDOWS


def _weight_bits(weights: Array, exponent: int) -> int:
    largest = max(float(weights.max()), -float(weights.min()))
    return max(int(np.frexp(largest)[1]) - exponent, 1)


def _axes(nodes: Array, weights: Array | None, frame: Frame) -> tuple[Axis, ...] | None:
    """What limbs have to know of the axes; None where they do not fit the data."""
    box = extent(nodes, weights)
    units = [power_of_two(unit) for unit in frame.units]
    if box is None or None in units or len(units) != nodes.shape[1]:
        return None
    axes = list[Axis]()
    for j, unit in enumerate(frame.units):
        exponent = power_of_two(unit)
        assert exponent is not None
        ends = [Fraction(x) / unit for x in (box.lows[j], box.highs[j])]
        low, high = frame.lows[j], frame.highs[j]
        off_lattice = any(e.denominator != 1 for e in ends) or box.exponents[j] < exponent
        size = max(abs(low), abs(high), *(abs(int(e)) for e in ends)).bit_length()
        if (off_lattice and any(ends)) or size > _RANGE or float(low) != low:
            return None
        reach = max(high - low, *(abs(2 * int(e) - low - high) for e in ends), 1)
        span = max(abs(int(e) - low) for e in ends)
        narrow = max(reach, span) <= 1 << EXACT
        axes.append(Axis(exponent, low, high, reach.bit_length(), narrow))
    return tuple(axes)
