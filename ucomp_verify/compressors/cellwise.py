"""One reduction a cell: the moments of every cell are kept, so those of the whole are."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain
from typing import TYPE_CHECKING, Any

from ucomp_verify.caratheodory import reduce_measure
from ucomp_verify.caratheodory.reduction import Arithmetic
from ucomp_verify.measures import (
    AtomicMeasure,
    BallWeights,
    Compression,
    ExactWeights,
    FloatMeasure,
    FloatWeights,
    Measure,
)
from ucomp_verify.measures.compression import Weights

from .partitions import Cells

if TYPE_CHECKING:
    from .partitions import Places

GUARD_BITS = 8  # more than a ball's precision, for a rational rounded into one


@dataclass(frozen=True)
class Work:
    """How cells are reduced; `jobs` processes share them. ValueError for digits or jobs < 1."""

    degree: int
    arithmetic: Arithmetic
    digits: int
    seed: int
    jobs: int = 1

    def __post_init__(self) -> None:
        object.__setattr__(self, "arithmetic", Arithmetic(self.arithmetic))
        if self.digits < 1 or self.jobs < 1:
            raise ValueError(
                f"found digits {self.digits} and jobs {self.jobs}; expected integers >= 1"
            )


def reduce_cells(measure: Measure, cells: Cells, work: Work) -> Compression:
    """The moments of each cell up to the degree, on at most as many nodes as their rank.

    `cells` hold indices of nodes, each node with a weight > 0 in exactly one of them.
    """
    if not cells:
        return Compression(measure, work.degree, (), ExactWeights(()))
    tasks = list(_tasks(measure, cells, work))
    reduced = list(_run(tasks, work.jobs))
    indices = list(chain.from_iterable(places for places, _ in reduced))
    weights = joined([weights for _, weights in reduced])
    order = sorted(range(len(indices)), key=indices.__getitem__)
    kept = tuple(indices[j] for j in order)
    groups: Any = cells  # indices, where the field's type says float64
    return Compression(measure, work.degree, kept, _reordered(weights, order), groups)


def part_of(measure: Measure, nodes: "Places") -> Measure:
    """The measure on some of its nodes."""
    if isinstance(measure, FloatMeasure):
        return measure.part(nodes)
    chosen: list[int] = nodes.tolist()
    rows = [measure.nodes[i] for i in chosen]
    return AtomicMeasure(rows, [measure.weights[i] for i in chosen])


@dataclass(frozen=True, eq=False)
class _Task:
    part: Measure
    nodes: "Places"
    seed: int
    work: Work


def _tasks(measure: Measure, cells: Cells, work: Work) -> Iterator[_Task]:
    """The cells, each with its nodes in an order and with a seed of its own.

    A reduction shifts the moments above its degree in a way that depends on both; if they
    were the same in all cells the shifts would add up instead of averaging out.
    """
    import numpy as np

    for number, cell in enumerate(cells):
        draw = np.random.default_rng([work.seed, number])
        nodes = draw.permutation(cell)
        yield _Task(part_of(measure, nodes), nodes, int(draw.integers(1 << 32)), work)


def _run(tasks: Sequence[_Task], jobs: int) -> Iterable[tuple[list[int], Weights]]:
    if jobs == 1 or len(tasks) == 1:
        return map(_reduce_cell, tasks)
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as executor:
        chunk = -(-len(tasks) // (4 * jobs))
        return list(executor.map(_reduce_cell, tasks, chunksize=chunk))


def _reduce_cell(task: _Task) -> tuple[list[int], Weights]:
    """Indices of the nodes kept, and their weights, which stay as they are if all are kept."""
    work = task.work
    if len(task.nodes) == 1:
        return task.nodes.tolist(), _own_weights(task.part)
    after = reduce_measure(
        task.part, work.degree, arithmetic=work.arithmetic, digits=work.digits, seed=task.seed
    )
    everything = len(after) == len(task.nodes)
    kept = task.nodes[list(after.indices)].tolist()
    return kept, _own_weights(task.part) if everything else after.weights


def _own_weights(part: Measure) -> ExactWeights:
    if isinstance(part, FloatMeasure):
        values = [1] * len(part) if part.weights is None else part.weights.tolist()
        return ExactWeights(tuple(map(Fraction, values)))
    return ExactWeights(part.weights)


def joined(parts: Sequence[Weights]) -> Weights:
    """All weights one after another, as rigorous as the least rigorous of the parts.

    Rationals among balls become balls; among floats, floats.
    """
    if any(isinstance(part, FloatWeights) for part in parts):
        return FloatWeights(tuple(float(v) for part in parts for v in part.values))
    if all(isinstance(part, ExactWeights) for part in parts):
        return ExactWeights(tuple(Fraction(v) for part in parts for v in part.values))
    prec = max(part.prec for part in parts if isinstance(part, BallWeights))
    balls = [part if isinstance(part, BallWeights) else _balls(part, prec) for part in parts]
    values = tuple(v for ball in balls for v in ball.values)
    return BallWeights(values, tuple(r for ball in balls for r in ball.radii), prec)


def _balls(weights: ExactWeights | FloatWeights, prec: int) -> BallWeights:
    """Rational weights rounded down to dyadics of about `prec` bits."""
    rounded = [_rounded_down(Fraction(v), prec + GUARD_BITS) for v in weights.values]
    values, radii = zip(*rounded, strict=True)
    return BallWeights(values, radii, prec)


def _rounded_down(value: Fraction, bits: int) -> tuple[Fraction, Fraction]:
    """A dyadic below a value > 0, and how far at most: 0 if it is the value."""
    shift = bits - value.numerator.bit_length() + value.denominator.bit_length()
    unit = Fraction(2) ** -shift
    dyadic = (value // unit) * unit
    return dyadic, unit if dyadic != value else Fraction(0)


def _reordered(weights: Weights, order: Sequence[int]) -> Weights:
    if isinstance(weights, BallWeights):
        radii = tuple(weights.radii[j] for j in order)
        return BallWeights(tuple(weights.values[j] for j in order), radii, weights.prec)
    if isinstance(weights, ExactWeights):
        return ExactWeights(tuple(weights.values[j] for j in order))
    return FloatWeights(tuple(weights.values[j] for j in order))
