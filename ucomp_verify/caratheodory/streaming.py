"""A support chosen in one pass or a few over the nodes, whose features are never all stored."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext

import numpy as np
import numpy.typing as npt
from threadpoolctl import threadpool_limits

from ucomp_verify.algebra.multi_indices import num_monomials
from ucomp_verify.measures.float_measure import FloatMeasure, InvalidMeasure
from ucomp_verify.measures.frame import Frame

from .bases import CHUNK, FeatureMap, Features, features_for
from .elimination import scaling
from .features import Array
from .refinement import refined
from .spaces import MonomialSpace
from .tree import Columns, moved, new_masses, num_groups, reduce_to, sums

Places = npt.NDArray[np.intp]

STORED = 2 * 10**7  # values of features at once: with more, nodes come in groups first
CACHED = 1 << 17  # values of features that the cache holds
SMALL = 5 * 10**5  # values of features, for which BLAS would start no further threads


def chosen_support(
    measure: FloatMeasure,
    space: MonomialSpace | FeatureMap | int,
    *,
    frame: Frame,
    seed: int,
    spare: int,
) -> tuple[Places, Array, int]:
    """Places of nodes, increasing, their weights > 0, and the rank of the features."""
    largest = 1.0 if measure.weights is None else float(measure.weights.max())
    if largest == 0:
        return np.empty(0, np.intp), np.empty(0), 0
    exponent = scaling(largest, len(measure))
    with np.errstate(over="ignore", under="ignore"):
        places, part = _support(measure, exponent)
        with _one_thread(part, space):
            features = features_for(part, space, frame=frame, seed=seed)
            columns, target = _reduced(part, features, exponent, spare, seed)
            columns = refined(columns, target)
        weights = np.ldexp(columns.weights, -exponent)
    if np.isinf(weights).any():
        raise InvalidMeasure(
            f"found weights up to {largest} whose sums leave the range of float64; expected "
            "smaller ones: divide all by a power of 2"
        )
    here = columns.places[weights > 0]
    return (here if places is None else places[here]), weights[weights > 0], len(features.basis)


def _support(measure: FloatMeasure, exponent: int) -> tuple[Places | None, FloatMeasure]:
    """The nodes whose scaled weights are not 0, and their places; None for all."""
    if measure.weights is None:
        return None, measure
    if np.ldexp(measure.weights.min(), exponent) > 0:
        return None, measure
    places = np.flatnonzero(np.ldexp(measure.weights, exponent))
    return places, measure.part(places)


def _one_thread(
    measure: FloatMeasure, space: MonomialSpace | FeatureMap | int
) -> AbstractContextManager[object]:
    """More threads gain nothing on matrices of this size; to set their number takes a while."""
    if isinstance(space, int):
        values = len(measure) * num_monomials(measure.dim, space)
    else:
        values = len(measure) * len(space) if isinstance(space, MonomialSpace) else SMALL + 1
    return threadpool_limits(1) if values > SMALL else nullcontext()


def _reduced(
    measure: FloatMeasure, features: Features, exponent: int, spare: int, seed: int
) -> tuple[Columns, Array]:
    """The choice, and the sums of weight * feature that it is to have."""
    rank, known = len(features.basis), features.known
    target = rank + spare
    if known is not None or len(measure) <= 2 * target:
        rows = features.basis.values(features.coordinates(measure)) if known is None else known
        weights = _weights(measure, exponent)
        columns = Columns(np.arange(len(measure)), weights, rows)
        return reduce_to(columns, target, seed=seed), sums(rows, weights)
    places, weights, total = _thinned(measure, features, target, exponent, seed)
    while len(places) * rank > STORED:
        part = FloatMeasure(measure.nodes[places], weights)
        here, weights, _ = _thinned(part, features, target, 0, seed)
        places = places[here]
    rows = features.basis.values(features.coordinates(measure.part(places)))
    return reduce_to(Columns(places, weights, rows), target, seed=seed), total


def _weights(measure: FloatMeasure, exponent: int) -> Array:
    """The weights, scaled."""
    weights = np.ones(len(measure)) if measure.weights is None else measure.weights
    return np.ldexp(weights, exponent)


def _thinned(
    measure: FloatMeasure, features: Features, target: int, exponent: int, seed: int
) -> tuple[Places, Array, Array]:
    """Places and weights of the nodes in groups that stay, and the sums over all nodes."""
    count = len(measure)
    size = -(-count // num_groups(target, count))
    totals, masses = _sums_and_masses(measure, features, size, exponent)
    after = new_masses(totals, masses, target, seed=seed)
    kept = np.flatnonzero(after)
    places = (kept[:, None] * size + np.arange(size)).ravel()
    places = places[places < count]
    sizes = np.minimum(size, count - kept * size)
    weights = _weights(measure.part(places), exponent)
    weights = moved(weights, masses[kept], after[kept], sizes)
    alive = weights > 0
    return places[alive], weights[alive], totals.sum(axis=1)


def _sums_and_masses(
    measure: FloatMeasure, features: Features, size: int, exponent: int
) -> tuple[Array, Array]:
    """Of weight * feature, shape (r, groups), and of weight, over each `size` nodes in turn."""
    groups = -(-len(measure) // size)
    totals, masses = np.empty((len(features.basis), groups)), np.empty(groups)
    for first, points, weights in _chunks(measure, features, size, exponent):
        last = first + len(points) // size
        totals[:, first:last] = features.basis.group_sums(points, weights, size)
        masses[first:last] = size if weights is None else weights.reshape(-1, size).sum(axis=1)
    if measure.weights is None:
        totals, masses = np.ldexp(totals, exponent), np.ldexp(masses, exponent)
    return totals, masses


def _chunks(
    measure: FloatMeasure, features: Features, size: int, exponent: int
) -> Iterator[tuple[int, Array, Array | None]]:
    """Groups of `size` nodes, several at a time: the first group's number, points, weights.

    The last group is filled up with copies of a node, of weight 0.
    """
    number = max(1, min(CHUNK, max(CHUNK // 16, CACHED // len(features.basis))) // size)
    for first in range(0, len(measure), number * size):
        part = measure.part(slice(first, first + number * size))
        points = features.coordinates(part)
        weights = None if part.weights is None else np.ldexp(part.weights, exponent)
        missing = -len(points) % size
        if missing:
            weights = np.full(len(points), 1.0) if weights is None else weights
            points = np.concatenate([points, np.repeat(points[-1:], missing, axis=0)])
            weights = np.append(weights, np.zeros(missing))
        yield first // size, points, weights
