"""Moments of a measure in integers, exact, by one pass over the data."""

from collections import deque
from collections.abc import Iterator
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import TYPE_CHECKING

from ucomp_verify.algebra.multi_indices import num_monomials

from .float_measure import FloatMeasure, Measure
from .frame import Frame, frame_of
from .monomials import monomial_sums

if TYPE_CHECKING:
    from .float_moments import Sums

TASK = 1 << 18  # coordinates of the nodes that one call sums, perhaps in another process
FEWEST = 1 << 12  # nodes of a call: each ends in work for every moment
WAITING = 16  # calls that are handed out and not yet added up: more would take memory

MOST = 1 << 33  # bytes of a result


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
    """All moments up to the degree in a frame (that of the measure if None), exactly.

    Nodes of weight 0 may lie anywhere; others must be on the lattice of the frame, else
    ValueError. The data are read in chunks: beside them and the result it takes less than
    100 MB. An `executor` sums the chunks of a FloatMeasure in its processes; the integers are
    the same.
    """
    frame = frame_of(measure) if frame is None else frame
    _require_feasible(degree, frame)
    if not isinstance(measure, FloatMeasure):
        unit, values = integer_moments(measure.nodes, measure.weights, degree, frame)
        return Moments(frame, degree, unit, values)
    from .float_moments import float_sums

    sums = float_sums(measure.nodes, measure.weights, degree, frame)
    totals = [0] * num_monomials(measure.dim, degree)
    for part in _parts(sums, measure, executor):
        totals = [a + b for a, b in zip(totals, part, strict=True)]
    return Moments(frame, degree, sums.unit, tuple(totals))


def _require_feasible(degree: int, frame: Frame) -> None:
    """Refuse what would not end: more moments, or longer ones, than memory holds."""
    if degree < 0:
        raise ValueError(f"found the degree {degree}; expected an integer >= 0")
    bits = max(width.bit_length() for width in frame.widths)
    count = num_monomials(frame.dim, degree)
    if count * (64 + degree * bits // 16) > MOST:
        raise ValueError(
            f"found the degree {degree} in dimension {frame.dim}: {count:.3g} moments of up to "
            f"{degree * bits} bits; expected at most {MOST:.3g} bytes of them: lower the degree"
        )


def _parts(sums: "Sums", measure: FloatMeasure, executor: Executor | None) -> Iterator[list[int]]:
    """The sums over all chunks."""
    chunks = measure.chunks(max(TASK // measure.dim, FEWEST))
    if executor is None:
        yield from (sums.over(chunk.nodes, chunk.weights) for chunk in chunks)
        return
    running: deque[Future[list[int]]] = deque()
    for chunk in chunks:
        running.append(executor.submit(sums.over, chunk.nodes, chunk.weights))
        if len(running) >= WAITING:
            yield running.popleft().result()
    for future in running:
        yield future.result()


def integer_moments(
    nodes: tuple[tuple[Fraction, ...], ...],
    weights: tuple[Fraction, ...],
    degree: int,
    frame: Frame,
) -> tuple[Fraction, tuple[int, ...]]:
    """The unit of the weights and the sums of weight / unit * monomial; any sign."""
    from .atomic import AtomicMeasure

    kept = [i for i, weight in enumerate(weights) if weight]
    common = lcm(*(w.denominator for w in weights))
    unit = Fraction(1, common)
    if not kept:
        return unit, (0,) * num_monomials(frame.dim, degree)
    support = AtomicMeasure.unit([nodes[i] for i in kept])
    numerators = [weights[i].numerator * (common // weights[i].denominator) for i in kept]
    return unit, tuple(monomial_sums(frame.integers(support), numerators, degree))
