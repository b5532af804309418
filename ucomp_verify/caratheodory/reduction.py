"""One reduction: a support chosen in float64, exact moments, certified weights."""

import enum
from typing import TYPE_CHECKING

from ucomp_verify.measures.compression import Compression, ExactWeights, FloatWeights
from ucomp_verify.measures.exact_moments import exact_moments
from ucomp_verify.measures.float_measure import FloatMeasure, Measure
from ucomp_verify.measures.frame import Frame, frame_of

from .atomic_reduction import caratheodory_reduce

if TYPE_CHECKING:
    from .support import Selection


class Arithmetic(enum.StrEnum):
    """In which arithmetic the weights are found."""

    EXACT = "exact"
    BALLS = "balls"
    FLOAT = "float"


def reduce_measure(
    measure: Measure,
    degree: int,
    *,
    arithmetic: Arithmetic = Arithmetic.EXACT,
    digits: int = 30,
    seed: int = 0,
) -> Compression:
    """The moments up to the degree on at most as many nodes as their rank.

    With EXACT the weights are rational and the moments equal; with BALLS each weight is
    enclosed with a relative radius below 10^-digits and certified > 0; with FLOAT nothing
    is certified. Where float64 misjudges the data, exact steps repair the choice.
    """
    if not isinstance(measure, FloatMeasure):
        after = caratheodory_reduce(measure, degree)
        weights = ExactWeights(tuple(after.weights[i] for i in after.support))
        return Compression(measure, degree, after.support, weights)
    from .support import select_support

    frame = frame_of(measure)
    chosen = select_support(measure, degree, frame=frame, seed=seed)
    return weigh(measure, degree, chosen, frame=frame, arithmetic=arithmetic, digits=digits)


def weigh(
    measure: FloatMeasure,
    degree: int,
    chosen: "Selection",
    *,
    frame: Frame,
    arithmetic: Arithmetic,
    digits: int = 30,
) -> Compression:
    """Certified weights on a support that was chosen in float64, repaired where it is wrong."""
    from .weights import ball_weights, exact_weights

    indices, guesses = tuple(chosen.indices.tolist()), chosen.weights.tolist()
    if arithmetic is Arithmetic.FLOAT:
        return Compression(measure, degree, indices, FloatWeights(tuple(guesses)))
    support, moments = measure.part(chosen.indices), exact_moments(measure, degree, frame=frame)
    if arithmetic is Arithmetic.BALLS:
        balls = ball_weights(support, moments, guesses, digits=digits)
        if balls is not None:
            return Compression(measure, degree, indices, balls)
    exact = exact_weights(support, moments, guesses)
    if exact is None:
        return reduce_measure(measure.exact(), degree)
    places, solved = exact
    return Compression(measure, degree, tuple(indices[j] for j in places), solved)
