"""Moments of a measure in integers, exact, by one pass over the data."""

from concurrent.futures import Executor
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from operator import mul

from .atomic import AtomicMeasure
from .float_measure import Measure
from .frame import Frame, frame_of
from .monomials import monomial_rows


@dataclass(frozen=True)
class Moments:
    """sum_i w_i n_i^alpha = unit * values[alpha], for the integer coordinates n of a frame.

    One value for each multi-index up to the degree, in the order of `multi_indices`; `unit`
    is that of the weights.
    """

    frame: Frame
    degree: int
    unit: Fraction
    values: tuple[int, ...]


def exact_moments(
    measure: Measure,
    degree: int,
    *,
    frame: Frame | None = None,
    executor: Executor | None = None,
) -> Moments:
    """All moments up to the degree in a frame (that of the measure if None), exactly."""
    del executor  # one process
    frame = frame_of(measure) if frame is None else frame
    weights = _weights(measure)
    common = lcm(*{w.denominator for w in weights})
    numerators = [w.numerator * (common // w.denominator) for w in weights]
    rows = monomial_rows(frame.integers(measure), degree)
    values = tuple(sum(map(mul, row, numerators)) for row in rows)
    return Moments(frame, degree, Fraction(1, common), values)


def _weights(measure: Measure) -> list[Fraction]:
    if isinstance(measure, AtomicMeasure):
        return list(measure.weights)
    if measure.weights is None:
        return [Fraction(1)] * len(measure)
    return [Fraction(w) for w in measure.weights.tolist()]
