"""Exact global moments for weights found in float64: all but a few are frozen as they are.

Each float64 weight is a dyadic rational. As many nodes as the rank, well spread and heavy,
get new weights, the solution of the one linear system that makes every moment exactly that of
the source; they differ from the old ones by rounding, so they stay positive, which is
certified.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from importlib import import_module
from math import gcd, lcm
from typing import TYPE_CHECKING, Any

from ucomp_verify.measures.atomic import AtomicMeasure
from ucomp_verify.measures.compression import (
    BallWeights,
    Compression,
    ExactWeights,
    FloatWeights,
    Weights,
)
from ucomp_verify.measures.exact_moments import Moments, exact_moments
from ucomp_verify.measures.float_measure import FloatMeasure, Measure
from ucomp_verify.measures.frame import Frame, frame_of

from .reduction import Arithmetic, reduce_measure

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Array = npt.NDArray[np.float64]

RELATIVE_RANK = 1e-11  # singular values below this share of the largest count as rounding
POWERS = (1.0, 0.5)  # of the weights, in the choice of the nodes to solve for: heavy, then spread


@dataclass(frozen=True)
class Precision:
    """In which arithmetic weights are certified, and to how many digits the balls."""

    arithmetic: Arithmetic = Arithmetic.EXACT
    digits: int = 30


def freeze(
    measure: Measure,
    degree: int,
    indices: Sequence[int],
    weights: Sequence[Fraction],
    precision: Precision,
) -> Compression:
    """The moments of the measure up to the degree, exactly, on some of the given nodes.

    `indices` are distinct nodes and `weights` > 0 dyadic rationals that match the moments up
    to rounding; ValueError for others. All but as many as the rank stay as they are, with
    radius 0 for BALLS. Where the weights are so wrong that the others cannot be > 0, exact
    steps repair them on fewer nodes, or on other ones.
    """
    guess = _Guess.of(measure, indices, weights)
    return _certified(measure, degree, guess, precision, spread=True)


def settle(
    measure: Measure,
    degree: int,
    indices: Sequence[int],
    weights: Sequence[Fraction],
    precision: Precision,
) -> Compression:
    """As `freeze`, for nodes that are no more than the rank: all weights are solved for."""
    guess = _Guess.of(measure, indices, weights)
    return _certified(measure, degree, guess, precision, spread=False)


@dataclass(frozen=True)
class _Guess:
    """Nodes in increasing order, with weights > 0."""

    nodes: tuple[int, ...]
    weights: tuple[Fraction, ...]

    @classmethod
    def of(cls, measure: Measure, indices: Sequence[int], weights: Sequence[Fraction]) -> "_Guess":
        order = sorted(range(len(indices)), key=indices.__getitem__)
        nodes = tuple(indices[j] for j in order)
        _require_places(nodes, len(measure.nodes))
        if len(weights) != len(nodes) or min(weights, default=1) <= 0:
            raise ValueError(
                f"found {len(weights)} weights for {len(nodes)} nodes, the least "
                f"{min(weights, default=None)}; expected one > 0 for each node: leave out nodes "
                "without weight"
            )
        return cls(nodes, tuple(weights[j] for j in order))


def _require_places(nodes: Sequence[int], count: int) -> None:
    """Refuse sorted indices that repeat, or count no node, as -1 does, which Python would take."""
    if len(set(nodes)) != len(nodes) or (nodes and not 0 <= nodes[0] <= nodes[-1] < count):
        raise ValueError(
            f"found the indices {str(nodes)[:60]} for {count} nodes; expected distinct ones from 0 "
            f"to {count - 1}: add the weights of a node that occurs twice"
        )


def _certified(
    measure: Measure, degree: int, guess: _Guess, precision: Precision, *, spread: bool
) -> Compression:
    nodes, weights = guess.nodes, guess.weights
    if precision.arithmetic is Arithmetic.FLOAT:
        return Compression(measure, degree, nodes, FloatWeights(tuple(map(float, weights))))
    frame = frame_of(measure)
    moments = exact_moments(measure, degree, frame=frame)
    if not nodes:
        return reduce_measure(
            measure, degree, arithmetic=precision.arithmetic, digits=precision.digits
        )
    support = with_weights(measure, nodes, weights)
    for free in _choices(frame, support, weights, degree) if spread else _all(weights):
        solved = _solve(support, weights, free, moments, precision)
        if solved is not None:
            places, values = solved
            return Compression(measure, degree, tuple(nodes[j] for j in places), values)
    return reduce_measure(measure, degree, arithmetic=precision.arithmetic, digits=precision.digits)


def _all(weights: Sequence[Fraction]) -> Iterator[list[int]]:
    if weights:
        yield list(range(len(weights)))


def with_weights(
    measure: Measure, nodes: Sequence[int], weights: Sequence[Fraction]
) -> AtomicMeasure | FloatMeasure:
    """The measure with these weights on some of the nodes of another; exactly these."""
    if isinstance(measure, FloatMeasure):
        import numpy as np

        rounded = np.array([float(w) for w in weights])
        if all(map(_equal, rounded.tolist(), weights)):
            return FloatMeasure(measure.nodes[np.array(nodes, dtype=np.intp)], rounded)
        measure = measure.part(np.array(nodes, dtype=np.intp)).exact()
        nodes = range(len(nodes))
    return AtomicMeasure([measure.nodes[i] for i in nodes], weights)


def _equal(value: float, weight: Fraction) -> bool:
    return Fraction(value) == weight


def _choices(
    frame: Frame, support: Measure, weights: Sequence[Fraction], degree: int
) -> Iterator[list[int]]:
    """Places to solve for: as many as the rank, from better to worse ideas."""
    import numpy as np

    from .features import orthonormal_features

    features = orthonormal_features(frame.scaled(support), degree)
    if features.shape[1] <= features.shape[0]:
        yield from _all(weights)
        return
    unit = max(weights)
    relative = np.array([float(w / unit) for w in weights])
    for power in POWERS:
        yield _pivots(features * relative**power)


def _pivots(columns: "Array") -> list[int]:
    """As many columns as the rank, chosen greedily far from the span of those before.

    Rows are orthonormalised first, so that the basis of the features has no influence.
    """
    import numpy as np

    linalg: Any = import_module("scipy.linalg")
    basis, triangle = np.linalg.qr(columns.T)
    left, values, _ = np.linalg.svd(triangle)
    rank = int((values > RELATIVE_RANK * values[0]).sum())
    rows = left[:, :rank].T @ basis.T
    order = linalg.qr(rows, mode="r", pivoting=True, check_finite=False)[-1]
    return sorted(map(int, order[:rank]))


def _solve(
    support: Measure,
    weights: Sequence[Fraction],
    free: Sequence[int],
    moments: Moments,
    precision: Precision,
) -> tuple[list[int], Weights] | None:
    """Places and weights of the support, once the free ones are solved for; None if none fit."""
    frozen = {j: weights[j] for j in sorted(set(range(len(weights))).difference(free))}
    if frozen:
        part = with_weights(support, list(frozen), list(frozen.values()))
        moments = difference(moments, exact_moments(part, moments.degree, frame=moments.frame))
    nodes = with_weights(support, free, [weights[j] for j in free])
    solved = _free_weights(nodes, moments, [float(weights[j]) for j in free], precision)
    if solved is None:
        return None
    kept, new = solved
    return _merged([free[j] for j in kept], new, frozen)


def _free_weights(
    support: Measure, right: Moments, guesses: Sequence[float], precision: Precision
) -> tuple[tuple[int, ...], ExactWeights | BallWeights] | None:
    from .weights import ball_weights, exact_weights

    if precision.arithmetic is Arithmetic.BALLS:
        balls = ball_weights(support, right, guesses, digits=precision.digits)
        if balls is not None:
            return tuple(range(len(guesses))), balls
    return exact_weights(support, right, guesses)


def _merged(
    kept: Sequence[int], new: ExactWeights | BallWeights, frozen: dict[int, Fraction]
) -> tuple[list[int], Weights]:
    """The solved and the frozen weights in one list, by place."""
    values = dict(zip(kept, new.values, strict=True)) | frozen
    places = sorted(values)
    merged = tuple(values[j] for j in places)
    if isinstance(new, ExactWeights):
        return places, ExactWeights(merged)
    radii = dict(zip(kept, new.radii, strict=True))
    return places, BallWeights(merged, tuple(radii.get(j, Fraction(0)) for j in places), new.prec)


def difference(total: Moments, part: Moments) -> Moments:
    """The moments that a part leaves of a total, in the largest unit that holds both.

    >>> frame = frame_of(AtomicMeasure.unit([(0,), (1,)]))
    >>> one, other = Fraction(1, 2), Fraction(1, 3)
    >>> left = difference(Moments(frame, 0, one, (3,)), Moments(frame, 0, other, (1,)))
    >>> left.unit, left.values
    (Fraction(1, 6), (7,))
    """
    one, other = total.unit, part.unit
    unit = Fraction(gcd(one.numerator, other.numerator), lcm(one.denominator, other.denominator))
    a, b = int(one / unit), int(other / unit)
    values = tuple(a * x - b * y for x, y in zip(total.values, part.values, strict=True))
    return Moments(total.frame, total.degree, unit, values)
