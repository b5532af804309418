"""One reduction: a support chosen in float64, exact moments, certified weights."""

import enum
from collections.abc import Iterator
from concurrent.futures import Executor
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from ucomp_verify.algebra.multi_indices import num_monomials
from ucomp_verify.measures.atomic import AtomicMeasure
from ucomp_verify.measures.compression import Compression, ExactWeights, FloatWeights
from ucomp_verify.measures.exact_moments import Moments, exact_moments
from ucomp_verify.measures.float_measure import FloatMeasure, Measure
from ucomp_verify.measures.frame import Frame, frame_of
from ucomp_verify.measures.monomials import moment_system

from .atomic_reduction import caratheodory_reduce, deciding_degree, require_degree

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from .support import Selection

PART = 1 << 19  # values of monomials in exact steps at a time, some 100 bytes each
MIN_PART = 1 << 10  # nodes in a part, at least
SIGN_DIGITS = 3  # that balls are asked for where only the signs matter
MAX_VALUES = 1 << 24  # of monomials at as many nodes: more would take hours to choose from
MAX_MOMENT_WORK = 10**11  # operations on words; some ten minutes


Node = tuple[Fraction, ...]


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
    frame: Frame | None = None,
    moments: Moments | None = None,
    executor: Executor | None = None,
) -> Compression:
    """The moments up to the degree on at most as many nodes as their rank.

    With EXACT the weights are rational and the moments equal; with BALLS each weight is
    enclosed with a relative radius below 10^-digits and certified > 0, or rational where
    balls cannot decide; with FLOAT nothing is certified. Where float64 misjudges the data,
    exact steps repair the choice. A measure on whose support the monomials are independent
    keeps its nodes and weights; one without mass has an empty compression.

    `frame` and `moments`, if given, are those of the measure, which only the degree, the
    dimension and the mass of the moments are checked for: what is certified are these
    moments. `executor` spreads the pass for the moments. Raises ValueError if the degree is
    no integer >= 0, if the moments are others, or if the system is too large for the memory
    or, with EXACT, for some ten minutes.
    """
    require_degree(degree)
    _require_digits(digits)
    if not isinstance(measure, FloatMeasure):
        after = caratheodory_reduce(measure, degree)
        weights = ExactWeights(tuple(after.weights[i] for i in after.support))
        return Compression(measure, degree, after.support, weights)
    places = _massive(measure)
    enough = deciding_degree(degree, len(places))
    if moments is None and enough < degree:
        after = reduce_measure(
            measure, enough, arithmetic=arithmetic, digits=digits, seed=seed, executor=executor
        )
        return replace(after, degree=degree)
    _require_size(measure, degree, len(places))
    if not len(places) or _independent(measure, degree, places):
        return _unchanged(measure, degree, places, arithmetic)
    from .support import select_support

    frame = frame_of(measure) if frame is None else frame
    if moments is None and arithmetic is not Arithmetic.FLOAT:
        _require_work(measure, degree, frame)
    chosen = select_support(measure, degree, frame=frame, seed=seed)
    return weigh(
        measure,
        degree,
        chosen,
        frame=frame,
        arithmetic=arithmetic,
        digits=digits,
        moments=moments,
        executor=executor,
    )


def weigh(
    measure: FloatMeasure,
    degree: int,
    chosen: "Selection",
    *,
    frame: Frame,
    arithmetic: Arithmetic,
    digits: int = 30,
    moments: Moments | None = None,
    executor: Executor | None = None,
) -> Compression:
    """Certified weights on a support that was chosen in float64, repaired where it is wrong."""
    indices = tuple(chosen.indices.tolist())
    if arithmetic is Arithmetic.FLOAT:
        return Compression(measure, degree, indices, FloatWeights(tuple(chosen.weights.tolist())))
    if moments is None:
        moments = exact_moments(measure, degree, frame=frame, executor=executor)
    _require_moments(measure, degree, moments)
    balls = digits if arithmetic is Arithmetic.BALLS else None
    for choice in _choices(measure, degree, chosen):
        result = _solved(measure, choice, moments, balls)
        if result is not None:
            return result
    from .weights import require_exact_work

    require_exact_work(min(num_monomials(measure.dim, degree), len(measure)), moments)
    return _exactly(measure, degree)


def _solved(
    measure: FloatMeasure, chosen: "Selection", moments: Moments, digits: int | None
) -> Compression | None:
    """The weights on a choice, in balls if their digits are given; None if it is a bad one.

    Balls come first in either case, as they tell at little cost whether a weight is negative.
    """
    from .weights import enclosed_shares, exact_weights, require_exact_work, scaled

    support, guesses = measure.part(chosen.indices), chosen.weights.tolist()
    if digits is None:
        require_exact_work(len(guesses), moments)
    shares = enclosed_shares(support, moments, guesses, digits=digits or SIGN_DIGITS)
    if shares is not None and shares.negative:
        return None
    indices = tuple(chosen.indices.tolist())
    if digits and shares is not None:
        return Compression(measure, moments.degree, indices, scaled(shares, moments))
    exact = exact_weights(support, moments, guesses)
    if exact is None:
        return None
    places, weights = exact
    return Compression(measure, moments.degree, tuple(indices[j] for j in places), weights)


def _choices(measure: FloatMeasure, degree: int, chosen: "Selection") -> "Iterator[Selection]":
    """The choice, and if there are not too many nodes two of a basis found in integers."""
    yield chosen
    places = _massive(measure)
    if len(places) * num_monomials(measure.dim, degree) > PART:
        return
    import numpy as np
    from threadpoolctl import threadpool_limits

    from .refined_features import refined_features
    from .selection import select
    from .support import Selection

    system = moment_system(measure.part(places).exact(), degree)
    unit = max(system.weights)
    masses = np.array([weight / unit for weight in system.weights])
    with threadpool_limits(1):
        features = refined_features(system)
        choices = () if features is None else select(features, masses)
    for candidates in choices:
        indices = places[[system.nodes[j] for j in candidates.places]]
        mass = np.array(candidates.weights) * (unit / system.denominator)
        yield Selection(indices, mass, 0 if features is None else len(features))


def _exactly(measure: FloatMeasure, degree: int) -> Compression:
    """The reduction in fractions: of parts of the nodes first, then of what is left of them."""
    places = _massive(measure)
    size = max(PART // num_monomials(measure.dim, degree), MIN_PART)
    nodes, kept, values = list[Node](), list[int](), list[Fraction]()
    for start in range(0, len(places), size):
        part = places[start : start + size]
        after = caratheodory_reduce(measure.part(part).exact(), degree)
        nodes += [after.nodes[i] for i in after.support]
        kept += part[list(after.support)].tolist()
        values += [after.weights[i] for i in after.support]
    after = AtomicMeasure(nodes, values)
    if len(places) > size:
        after = caratheodory_reduce(after, degree)
    weights = ExactWeights(tuple(after.weights[i] for i in after.support))
    return Compression(measure, degree, tuple(kept[i] for i in after.support), weights)


def _massive(measure: FloatMeasure) -> "npt.NDArray[np.intp]":
    """The nodes with a weight > 0."""
    import numpy as np

    if measure.weights is None:
        return np.arange(len(measure))
    return np.flatnonzero(measure.weights)


def _require_moments(measure: FloatMeasure, degree: int, moments: Moments) -> None:
    """Refuse moments that cannot be those of the measure, as far as that is seen quickly."""
    mass = moments.unit * moments.values[0]
    found = moments.degree, moments.frame.dim, mass
    if found != (degree, measure.dim, measure.total_mass):
        other = "the same mass" if mass == measure.total_mass else "another mass"
        raise ValueError(
            f"found moments of degree {moments.degree} in dimension {moments.frame.dim}, of "
            f"{other}; expected degree {degree}, dimension {measure.dim} and the mass of the "
            "measure: give the moments of this measure, or none"
        )


def _require_digits(digits: object) -> None:
    if not isinstance(digits, int) or isinstance(digits, bool) or digits < 1:
        raise ValueError(f"found {digits!r} digits; expected an integer >= 1")


def _require_size(measure: FloatMeasure, degree: int, count: int) -> None:
    """Refuse a degree whose monomials on a support would not fit into memory."""
    monomials = num_monomials(measure.dim, degree)
    if monomials * min(monomials, count) > MAX_VALUES:
        raise ValueError(
            f"found {monomials} monomials of degree <= {degree} on {count} nodes of dimension "
            f"{measure.dim}; expected at most {MAX_VALUES} values on a support: lower the "
            "degree, or reduce the nodes in cells"
        )


def _require_work(measure: FloatMeasure, degree: int, frame: Frame) -> None:
    """Refuse exact moments whose computation would take hours."""
    bits = max(width.bit_length() for width in frame.widths)
    work = len(measure) * num_monomials(measure.dim, degree) * (1 + bits * degree // 128)
    if work > MAX_MOMENT_WORK:
        raise ValueError(
            f"found {len(measure)} nodes of dimension {measure.dim} and degree {degree}, whose "
            f"exact moments take {work:.1g} operations; expected at most {MAX_MOMENT_WORK:.0e}: "
            "lower the degree, or ask for weights in floating point"
        )


def _independent(measure: FloatMeasure, degree: int, places: "npt.NDArray[np.intp]") -> bool:
    """Whether no two measures on these nodes have the same moments."""
    if len(places) > num_monomials(measure.dim, degree):
        return False
    from .independence import monomials_independent

    part = measure.part(places)
    return monomials_independent(frame_of(part).integers(part), degree)


def _unchanged(
    measure: FloatMeasure, degree: int, places: "npt.NDArray[np.intp]", arithmetic: Arithmetic
) -> Compression:
    import numpy as np

    weights = np.ones(len(measure)) if measure.weights is None else measure.weights
    kept = tuple(weights[places].tolist())
    indices = tuple(places.tolist())
    if arithmetic is Arithmetic.FLOAT:
        return Compression(measure, degree, indices, FloatWeights(kept))
    return Compression(measure, degree, indices, ExactWeights(tuple(map(Fraction, kept))))
