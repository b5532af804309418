"""The support of a measure in float64, for what chooses nodes and has no say in weights."""

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from ucomp_verify.measures import FloatMeasure, Measure

from .partitions import centred_points, support_of

if TYPE_CHECKING:
    from .partitions import Array, Places

NEGLIGIBLE = 2.0**-400  # far below rounding, far above underflow


@dataclass(frozen=True, eq=False)
class Cloud:
    """Points in [-1, 1]^dim with weights in [0, 1], one for each node of the support.

    All axes are scaled alike. The weights times `unit`, a power of 2, are those of the measure,
    rounded; a weight below `NEGLIGIBLE` of the largest is 0: float64 cannot weigh it, exact
    arithmetic will.
    """

    support: "Places"
    points: "Array"
    weights: "Array"
    unit: Fraction

    def exact(self, weights: "Array") -> tuple[Fraction, ...]:
        """Weights of the cloud as weights of the measure: exactly the same, but for the unit."""
        return tuple(Fraction(w) * self.unit for w in weights.tolist())


def cloud_of(measure: Measure) -> Cloud:
    """The cloud of a measure; without nodes if it has no mass."""
    support = support_of(measure)
    if not len(support):
        return Cloud(support, _none().reshape(0, measure.dim), _none(), Fraction(1))
    weights, unit = _relative(measure, support)
    return Cloud(support, centred_points(measure, support), weights, unit)


def _none() -> "Array":
    import numpy as np

    return np.empty(0)


def _relative(measure: Measure, support: "Places") -> "tuple[Array, Fraction]":
    import numpy as np

    if isinstance(measure, FloatMeasure):
        if measure.weights is None:
            return np.ones(len(support)), Fraction(1)
        weights = measure.weights[support]
        exponent = int(np.frexp(weights.max())[1])
        return _flushed(np.ldexp(weights, -exponent)), Fraction(2) ** exponent
    exact = [measure.weights[i] for i in map(int, support)]
    largest = max(exact)
    bits = largest.numerator.bit_length() - largest.denominator.bit_length()
    unit = Fraction(2) ** (bits + 1)
    return _flushed(np.array([float(w / unit) for w in exact])), unit


def _flushed(weights: "Array") -> "Array":
    return weights * (weights >= NEGLIGIBLE)
