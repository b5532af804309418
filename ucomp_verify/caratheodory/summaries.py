"""Few nodes that stand for many: what is left of a chunk, and of several chunks together."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import numpy.typing as npt
from threadpoolctl import threadpool_limits

from ucomp_verify.measures.atomic import AtomicMeasure
from ucomp_verify.measures.exact_moments import Moments, exact_moments
from ucomp_verify.measures.float_measure import FloatMeasure
from ucomp_verify.measures.frame import Frame
from ucomp_verify.measures.streams import Chunk

from .atomic_reduction import caratheodory_reduce
from .reduction import reduce_measure
from .support import select_support

Array = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]

NEGLIGIBLE = 2.0**-960  # of the largest weight: products with smaller ones lose digits


@dataclass(frozen=True, eq=False)
class Summary:
    """Nodes, by their place in a source, with weights > 0 that match a part of it.

    The weights are float64 and match up to rounding, or fractions and match exactly. `rank`
    is how many of the monomials float64 could tell apart, None where it was not asked.
    """

    indices: Places
    nodes: Array
    weights: Sequence[Fraction | float]
    rank: int | None

    def ordered(self) -> "Summary":
        """The same with increasing indices."""
        order = np.argsort(self.indices)
        weights = [self.weights[int(i)] for i in order]
        return Summary(self.indices[order], self.nodes[order], weights, self.rank)


@dataclass(frozen=True)
class Rounded:
    """Summaries chosen in float64, in one frame, with weights divided by 2^exponent."""

    degree: int
    frame: Frame
    exponent: int
    seed: int
    with_moments: bool

    def of_chunk(self, chunk: Chunk) -> tuple[Summary, Moments | None]:
        """The summary of a chunk, and its exact moments if wanted."""
        places, measure = _with_mass(chunk)
        if not places.size:
            return _nothing(measure), None
        moments = None
        if self.with_moments:
            moments = exact_moments(measure, self.degree, frame=self.frame)
        if self.exponent:
            ones = np.ones(len(measure)) if measure.weights is None else measure.weights
            measure = FloatMeasure(measure.nodes, np.ldexp(ones, -self.exponent))
        return self._selected(places, measure), moments

    def merged(self, parts: Sequence[Summary]) -> Summary:
        """One summary of the sum of the parts."""
        nodes = np.concatenate([part.nodes for part in parts])
        weights = np.array([float(w) for part in parts for w in part.weights])
        indices = np.concatenate([part.indices for part in parts])
        return self._selected(indices, FloatMeasure(nodes, weights))

    def _selected(self, indices: Places, measure: FloatMeasure) -> Summary:
        exponent = 0
        if measure.weights is not None:
            exponent = int(np.frexp(measure.weights.max())[1])
            weights = np.ldexp(measure.weights, -exponent)
            (heavy,) = np.nonzero(weights > NEGLIGIBLE)
            if not heavy.size:  # their weights were too small to divide
                return _nothing(measure)
            indices, measure = indices[heavy], FloatMeasure(measure.nodes[heavy], weights[heavy])
        with threadpool_limits(1):
            chosen = select_support(measure, self.degree, frame=self.frame, seed=self.seed)
        weights = np.ldexp(chosen.weights, exponent)
        kept = chosen.indices[weights > 0]
        nodes = np.array(measure.nodes[kept])
        return Summary(indices[kept], nodes, weights[weights > 0].tolist(), chosen.rank)


@dataclass(frozen=True)
class Exact:
    """Summaries with exactly the moments of what they stand for: slower, and always right."""

    degree: int
    seed: int

    def of_chunk(self, chunk: Chunk) -> Summary:
        """The summary of a chunk."""
        places, measure = _with_mass(chunk)
        if not places.size:
            return _nothing(measure)
        after = reduce_measure(measure, self.degree, seed=self.seed)
        kept = np.array(after.indices)
        weights = [Fraction(w) for w in after.weights.values]
        return Summary(places[kept], np.array(measure.nodes[kept]), weights, None)

    def merged(self, parts: Sequence[Summary]) -> Summary:
        """One summary of the sum of the parts.

        Its weights are determined by moments, so that fractions do not grow from merge to merge.
        """
        nodes = np.concatenate([part.nodes for part in parts])
        weights = [Fraction(w) for part in parts for w in part.weights]
        indices = np.concatenate([part.indices for part in parts])
        rows = [[Fraction(x) for x in row] for row in nodes.tolist()]
        after = caratheodory_reduce(AtomicMeasure(rows, weights), self.degree)
        kept = list(after.support)
        return Summary(indices[kept], nodes[kept], [after.weights[i] for i in kept], None)


def _with_mass(chunk: Chunk) -> tuple[Places, FloatMeasure]:
    """The nodes of a chunk with a weight > 0, and their places in the source."""
    measure = chunk.measure
    if measure.weights is None or measure.weights.all():
        return np.arange(len(measure)) + chunk.start, measure
    kept = np.flatnonzero(measure.weights)
    return kept + chunk.start, measure.part(kept) if kept.size else measure


def _nothing(measure: FloatMeasure) -> Summary:
    return Summary(np.arange(0), np.zeros((0, measure.dim)), [], 0)


def merged_tree(
    parts: Iterable[Summary], merge: Callable[[Sequence[Summary]], Summary], fan: int
) -> Summary:
    """All parts, of which one has a node, merged: `fan` at a time into one, and so on."""
    levels = list[list[Summary]]()
    for summary in parts:
        if len(summary.weights):
            _carry(levels, summary, merge, fan)
    rest = [part for level in reversed(levels) for part in level]
    return rest[0] if len(rest) == 1 else merge(rest)


def _carry(
    levels: list[list[Summary]],
    part: Summary,
    merge: Callable[[Sequence[Summary]], Summary],
    fan: int,
) -> None:
    """Add a part to the lowest level; a level that is full becomes one part of the next."""
    for level in levels:
        level.append(part)
        if len(level) < fan:
            return
        part = merge(level)
        level.clear()
    levels.append([part])
