"""Reductions of measures larger than memory: chunks first, then what is left of them.

Merge-and-reduce (Bentley and Saxe 1980; Chazelle and Matousek 1996): float64 chooses a few
nodes of every chunk, then among those of several chunks, until few are left. Their weights
are solved for against the exact moments of the whole, whatever happened in float64.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from fractions import Fraction
from math import lcm, ldexp
from operator import mul
from typing import TYPE_CHECKING, TypeVar

from ucomp_verify.algebra.multi_indices import num_monomials
from ucomp_verify.measures.compression import BallWeights, ExactWeights, FloatWeights, Weights
from ucomp_verify.measures.exact_moments import Moments
from ucomp_verify.measures.float_measure import CHUNK, FloatMeasure
from ucomp_verify.measures.frame import Frame
from ucomp_verify.measures.monomials import monomial_rows
from ucomp_verify.measures.pools import run_in_order
from ucomp_verify.measures.rules import Rule
from ucomp_verify.measures.stream_moments import Survey, added_moments, survey
from ucomp_verify.measures.streams import Chunk, ChunkSource

from .atomic_reduction import MAX_VALUES, deciding_degree, require_degree
from .reduction import Arithmetic

if TYPE_CHECKING:
    from ucomp_verify.measures.arrays import Array

    from .summaries import Summary

VALUES = 1 << 23  # of monomials at the nodes of a chunk, which bounds the memory that it takes
FAN = 8  # summaries that are merged into one in float64

Result = TypeVar("Result")


@dataclass(frozen=True, eq=False)
class StreamCompression:
    """`weights` on some nodes of a source of `count` have its moments up to `degree`.

    `indices` increase and count from 0 over the whole source; `nodes` has shape (len, m).
    `rank` is how many of the monomials float64 could tell apart on the data, None where
    exact arithmetic had to choose.
    """

    count: int
    degree: int
    indices: tuple[int, ...]
    nodes: "Array"
    weights: Weights
    rank: int | None

    def __len__(self) -> int:
        """The number of nodes kept."""
        return len(self.indices)

    @property
    def rule(self) -> Rule:
        """The rule with the weights as they are, midpoints for balls, as exact rationals."""
        return Rule(self.indices, tuple(Fraction(v) for v in self.weights.values))


def reduce_stream(
    source: ChunkSource,
    degree: int,
    *,
    arithmetic: Arithmetic = Arithmetic.EXACT,
    digits: int = 30,
    seed: int = 0,
    executor: Executor | None = None,
) -> StreamCompression:
    """The moments of the source up to the degree on at most as many nodes as their rank.

    The weights are as `reduce_measure` gives them: rational with EXACT, enclosed with BALLS,
    certified by nothing with FLOAT. The source is read twice, and only a few chunks are held
    in memory; an executor (of processes, of a cluster) gets them as tasks and changes no
    result. Raises ValueError for a degree that is no integer >= 0, or too large for chunks,
    and with FLOAT for weights that float64 cannot hold.
    """
    require_degree(degree)
    outline = survey(source)
    enough = deciding_degree(degree, outline.count)
    after = _reduced(source, enough, outline, arithmetic, digits, seed, executor)
    return replace(after, degree=degree)


def _reduced(
    source: ChunkSource,
    degree: int,
    outline: Survey,
    arithmetic: Arithmetic,
    digits: int,
    seed: int,
    executor: Executor | None,
) -> StreamCompression:
    """As `reduce_stream`, once the outline of the source is known."""
    monomials = num_monomials(source.dim, degree)
    size = max(min(CHUNK, VALUES // monomials), 4 * monomials)  # of a chunk, for all executors
    _require_room(monomials, min(size, outline.count))
    reading = _Reading(source, degree, size, seed, executor)
    if outline.frame is None:
        return reading.compression(outline.count, _nothing(source.dim), ExactWeights(()))
    exponent, exact = outline.exponent, arithmetic is not Arithmetic.FLOAT
    chosen, moments = reading.chosen(outline.frame, exponent, exact=exact)
    if moments is None:
        return reading.compression(outline.count, chosen, _floats(chosen, exponent))
    made = _weighed(chosen, moments, exponent, arithmetic, digits)
    if made is None:
        chosen = reading.chosen_exactly()
        made = chosen, ExactWeights(tuple(Fraction(w) for w in chosen.weights))
    _require_moments(*made, moments)
    return reading.compression(outline.count, *made)


@dataclass(frozen=True)
class _Reading:
    """How a source is read: in which chunks, and where they are worked on."""

    source: ChunkSource
    degree: int
    size: int
    seed: int
    executor: Executor | None

    def chosen(
        self, frame: Frame, exponent: int, *, exact: bool
    ) -> "tuple[Summary, Moments | None]":
        """A summary of the source in float64, times 2^-exponent, and its moments if wanted."""
        from .summaries import Rounded, merged_tree

        total = list[Moments]()

        def summaries() -> "Iterator[Summary]":
            for summary, moments in self._run(task.of_chunk):
                if moments is not None:
                    total[:] = [added_moments([*total, moments])]
                yield summary

        task = Rounded(self.degree, frame, exponent, self.seed, with_moments=exact)
        merged = merged_tree(summaries(), task.merged, FAN).ordered()
        return merged, total[0] if total else None

    def chosen_exactly(self) -> "Summary":
        """A summary of the source in exact arithmetic alone."""
        from .summaries import Exact, merged_tree

        task = Exact(self.degree, self.seed)
        return merged_tree(self._run(task.of_chunk), task.merged, 2).ordered()

    def compression(self, count: int, chosen: "Summary", weights: Weights) -> StreamCompression:
        """The result."""
        indices = tuple(chosen.indices.tolist())
        return StreamCompression(count, self.degree, indices, chosen.nodes, weights, chosen.rank)

    def _run(self, work: Callable[[Chunk], Result]) -> Iterator[Result]:
        return run_in_order(work, self.source.chunks(self.size), self.executor)


def _weighed(
    chosen: "Summary", moments: Moments, exponent: int, arithmetic: Arithmetic, digits: int
) -> "tuple[Summary, BallWeights | ExactWeights] | None":
    """The summary with certified weights, perhaps without some nodes; None if it has none."""
    from .weights import ball_weights, exact_weights

    scale = Fraction(2) ** exponent
    target = replace(moments, unit=moments.unit / scale)
    support, guesses = FloatMeasure(chosen.nodes), [float(w) for w in chosen.weights]
    if arithmetic is Arithmetic.BALLS:
        balls = ball_weights(support, target, guesses, digits=digits)
        if balls is not None:
            return chosen, _scaled_balls(balls, scale)
    exact = exact_weights(support, target, guesses)
    if exact is None:
        return None
    places, weights = list(exact[0]), ExactWeights(tuple(scale * w for w in exact[1].values))
    nodes, indices = chosen.nodes[places], chosen.indices[places]
    return replace(chosen, indices=indices, nodes=nodes, weights=weights.values), weights


def _floats(chosen: "Summary", exponent: int) -> FloatWeights:
    try:
        return FloatWeights(tuple(ldexp(w, exponent) for w in chosen.weights))
    except OverflowError:
        raise ValueError(
            "found weights whose sums are too large for float64; expected smaller ones: divide "
            "them by a constant, or ask for exact weights"
        ) from None


def _scaled_balls(balls: BallWeights, scale: Fraction) -> BallWeights:
    values, radii = ([scale * v for v in part] for part in (balls.values, balls.radii))
    return BallWeights(tuple(values), tuple(radii), balls.prec)


def _require_moments(chosen: "Summary", weights: Weights, moments: Moments) -> None:
    """Compare all moments with those of the source, in integers: a check of ourselves."""
    if not isinstance(weights, ExactWeights):
        return
    common = lcm(*(w.denominator for w in weights.values))
    numerators = [w.numerator * (common // w.denominator) for w in weights.values]
    columns = moments.frame.integers(FloatMeasure(chosen.nodes))
    after = [sum(map(mul, row, numerators)) for row in monomial_rows(columns, moments.degree)]
    scale = common * moments.unit
    if min(numerators) <= 0 or after != [scale * value for value in moments.values]:
        raise ArithmeticError(
            f"the reduction to {len(numerators)} nodes changed a moment; expected the same "
            "moments. This is an error in ucomp_verify: please report the data"
        )


def _require_room(monomials: int, rows: int) -> None:
    if monomials * rows > MAX_VALUES:
        raise ValueError(
            f"found {monomials} monomials on chunks of {rows} nodes; expected at most "
            f"{MAX_VALUES} values in all: lower the degree"
        )


def _nothing(dim: int) -> "Summary":
    import numpy as np

    from .summaries import Summary

    return Summary(np.arange(0), np.zeros((0, dim)), [], 0)
