"""Reductions of many cells of equal size at once, in float64, in one of three directions.

Every step of an elimination may go forward or backward along a null vector of the features.
`PLAIN` always goes forward along random null vectors, which is as fair as a tossed coin but
not unbiased; `UNBIASED` draws with the one probability that leaves every expected weight as it
was (claim `half-exponent`); `FORCED` goes the way that lowers one moment of the next degree, in
every cell alike, so that the errors of the cells add up.
"""

import enum
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ucomp_verify.algebra import num_monomials

from .legendre import legendre

Array = npt.NDArray[np.float64]
Places = npt.NDArray[np.intp]
Flags = npt.NDArray[np.bool_]

BLOCK = 1 << 21  # values of features at once: more leave the caches and take memory
NOISE = 1e-14  # entries of a null vector of length 1 that rounding may have made


class Direction(enum.StrEnum):
    """Which way the steps of an elimination go."""

    PLAIN = "plain"
    UNBIASED = "unbiased"
    FORCED = "forced"


@dataclass(frozen=True, eq=False)
class BatchedRules:
    """Weights >= 0 on some nodes of each cell: `places` and `weights` have shape (M, r).

    Row c tells which nodes of cell c are kept. A weight may be 0.
    """

    places: Places
    weights: Array

    def of_all(self, count: int) -> Array:
        """The weights of all `count` nodes of each cell, shape (M, count): 0 where not kept."""
        full = np.zeros((len(self.places), count))
        np.put_along_axis(full, self.places, self.weights, axis=1)
        return full


def reduce_cells(
    points: Array,
    degree: int,
    direction: Direction,
    random: np.random.Generator,
    *,
    weights: Array | None = None,
) -> BatchedRules:
    """The moments of each cell up to the degree, up to rounding, on at most N of its nodes.

    `points` has shape (M, n, m): M cells of n nodes; `weights` >= 0 shape (M, n), all 1 if
    None. N = binom(m + degree, degree); cells of at most N nodes stay as they are. The same
    state of `random` gives the same result. Raises ValueError for other shapes and degrees.

    Groups of nodes are halved in number (Litterer and Lyons, "High order recombination",
    2012), then single nodes eliminated.

    >>> cells = np.linspace(0, 1, 40).reshape(2, 20, 1)
    >>> rules = reduce_cells(cells, 3, Direction.PLAIN, np.random.default_rng(0))
    >>> rules.places.shape, np.allclose(rules.weights.sum(axis=1), 20)
    ((2, 4), True)
    """
    count, size = _sizes(points, degree)
    masses = np.ones((count, size)) if weights is None else np.array(weights, dtype=float)
    if masses.shape != (count, size) or not (masses >= 0).all():
        raise ValueError(
            f"found weights of shape {masses.shape}, the least {masses.min(initial=0)}; expected "
            f"({count}, {size}) numbers >= 0"
        )
    rank = num_monomials(points.shape[2], degree)
    if size <= rank:
        return BatchedRules(np.tile(np.arange(size), (count, 1)), masses)
    step = max(BLOCK // (rank * size), 1)
    slices = [slice(start, start + step) for start in range(0, count, step)]
    parts = [_halved(points[s], masses[s], degree, direction, random) for s in slices]
    places, kept = zip(*parts, strict=True)
    return BatchedRules(np.concatenate(places), np.concatenate(kept))


def _sizes(points: Array, degree: int) -> tuple[int, int]:
    if points.ndim != 3 or not points.size or degree < 0:
        raise ValueError(
            f"found points of shape {points.shape} and degree {degree}; expected (cells, nodes, "
            "dim), none of them 0, and a degree >= 0"
        )
    return points.shape[0], points.shape[1]


def in_own_boxes(points: Array) -> Array:
    """Each cell moved affinely so that its bounding box is [-1, 1]^m."""
    low, high = points.min(axis=1, keepdims=True), points.max(axis=1, keepdims=True)
    half = (high - low) / 2
    return (points - (low + half)) / np.where(half > 0, half, 1)


def cell_features(local: Array, degree: int) -> Array:
    """Legendre products up to the degree at points in [-1, 1]^m: (M, n, m) to (M, N, n)."""
    count, size, dim = local.shape
    values = legendre(local.reshape(-1, dim), degree)
    return np.ascontiguousarray(values.reshape(-1, count, size).transpose(1, 0, 2))


Choose = Callable[[Array, Array, Array], Flags]
"""Where to go forward, for null vectors (M, n) and the lengths of both steps (M,)."""


def _halved(
    points: Array,
    masses: Array,
    degree: int,
    direction: Direction,
    random: np.random.Generator,
) -> tuple[Places, Array]:
    local = in_own_boxes(points)
    features = cell_features(local, degree)
    high = local.sum(axis=2) ** (degree + 1)
    rank, size = features.shape[1], features.shape[2]
    groups = 2 * rank
    layers = 1
    while groups * layers < size:
        layers *= 2
    # The same order in all cells; those at the end, of weight 0, only fill the last groups.
    filled = np.concatenate([random.permutation(size), np.zeros(groups * layers - size, np.intp)])
    places = np.tile(filled, (len(points), 1))
    left = np.take_along_axis(masses, places, axis=1)
    left[:, size:] = 0
    while layers >= 1:
        mean, mean_high, mass = _group_means(features, high, places, left, layers)
        weights = eliminate(mean, mass, rank, _choice(direction, mean_high, random), random)
        kept = np.argsort(weights <= 0, axis=1, kind="stable")[:, :rank]
        ratio = np.take_along_axis(_ratio(weights, mass), kept, axis=1)
        chosen = (np.arange(layers)[:, None] * groups + kept[:, None, :]).reshape(len(points), -1)
        places = np.take_along_axis(places, chosen, axis=1)
        left = np.take_along_axis(left, chosen, axis=1) * np.tile(ratio, (1, layers))
        layers //= 2
    return _merged(places, left)


def _ratio(weights: Array, mass: Array) -> Array:
    return np.where(mass > 0, weights / np.where(mass > 0, mass, 1), 0.0)


def _group_means(
    features: Array, high: Array, places: Places, left: Array, layers: int
) -> tuple[Array, Array, Array]:
    """Features and high feature at the centre of mass of each group, and its mass.

    Column j belongs to the group j modulo the number of groups.
    """
    count, rank, _ = features.shape
    values = np.take_along_axis(features, places[:, None, :], axis=2)
    highs = np.take_along_axis(high, places, axis=1)
    if layers == 1:
        return values, highs, left
    mass = left.reshape(count, layers, -1).sum(axis=1)
    inverse = 1 / np.where(mass > 0, mass, 1)
    sums = (values * left[:, None, :]).reshape(count, rank, layers, -1).sum(axis=2)
    means = np.where(
        mass[:, None, :] > 0, sums * inverse[:, None, :], values[:, :, : mass.shape[1]]
    )
    return means, (highs * left).reshape(count, layers, -1).sum(axis=1) * inverse, mass


def _merged(places: Places, weights: Array) -> tuple[Places, Array]:
    """Places that fill up with weight 0 may name a node twice: others are named instead."""
    order = np.argsort(places, axis=1, kind="stable")
    places = np.take_along_axis(places, order, axis=1)
    weights = np.take_along_axis(weights, order, axis=1)
    for row in np.flatnonzero((places[:, 1:] == places[:, :-1]).any(axis=1)).tolist():
        used = set(places[row, weights[row] > 0].tolist())
        spare = (place for place in range(2 * places.shape[1]) if place not in used)
        for column in np.flatnonzero(weights[row] <= 0).tolist():
            places[row, column] = next(spare)
    return places, weights


def _choice(direction: Direction, high: Array, random: np.random.Generator) -> Choose:
    if direction is Direction.UNBIASED:
        return lambda _, forward, backward: random.random(len(forward)) < _share(forward, backward)
    if direction is Direction.FORCED:
        return lambda null, _f, _b: np.einsum("cn,cn->c", null, high) > 0
    return lambda null, _f, _b: np.ones(len(null), dtype=bool)


def _share(forward: Array, backward: Array) -> Array:
    """The `fair_share` of `martingale`, and 1 where both steps have length 0."""
    both = forward + backward
    return np.where(both > 0, backward / np.where(both > 0, both, 1), 1.0)


def eliminate(
    features: Array, weights: Array, target: int, choose: Choose, random: np.random.Generator
) -> Array:
    """Weights >= 0 of which all but `target` are 0 in each cell, with the same sums.

    `features` has shape (M, r, n) with r <= target < n, `weights` >= 0 shape (M, n). One
    orthogonal factorisation a cell gives the null vectors; they stay as they are, and each step
    takes a random combination that vanishes on the nodes removed before.
    """
    count, _, size = features.shape
    removals = size - target
    null = np.linalg.qr(features.transpose(0, 2, 1), mode="complete")[0][:, :, target:]
    null = np.ascontiguousarray(null)
    left = weights.copy()
    cells = np.arange(len(features), dtype=np.intp)
    gone = np.zeros((count, size), dtype=bool)
    used = np.zeros((count, removals, removals))  # orthonormal: combinations not to be taken
    for step in range(removals):
        combination = _outside(random.standard_normal((count, removals)), used[:, :step])
        vector = np.matmul(null, combination[:, :, None])[:, :, 0]
        vector[gone | (np.abs(vector) < NOISE)] = 0
        leaving, forward = _first_to_leave(vector, left)
        entering, backward = _first_to_leave(-vector, left)
        ahead = choose(vector, forward, backward)
        ahead = _possible(ahead, forward, backward)
        length = np.where(ahead, forward, -backward)
        place = np.where(ahead, leaving, entering)
        left -= np.where(np.isfinite(length), length, 0)[:, None] * vector
        np.maximum(left, 0, out=left)
        place = np.where(np.isfinite(length), place, _smallest(left, gone))
        gone[cells, place] = True
        left[cells, place] = 0
        used[:, step] = _outside(null[cells, place], used[:, :step])
    return left


def _possible(ahead: Flags, forward: Array, backward: Array) -> Flags:
    """A node without weight leaves by a step of length 0, or its weight would come from nothing.

    Rounding may leave a vector of one sign, which has one way only.
    """
    ahead = (ahead & (backward > 0)) | (forward <= 0)
    return (ahead | np.isinf(backward)) & np.isfinite(forward)


def _first_to_leave(vector: Array, left: Array) -> tuple[Places, Array]:
    """The node whose weight is 0 first, and after what length; infinite if there is none."""
    positive = vector > 0
    lengths = np.where(positive, left, np.inf) / np.where(positive, vector, 1)
    place = lengths.argmin(axis=1)
    return place, lengths[np.arange(len(place)), place]


def _smallest(left: Array, gone: Flags) -> Places:
    return np.where(gone, np.inf, left).argmin(axis=1)


def _outside(vectors: Array, basis: Array) -> Array:
    """The vectors made orthogonal to the rows of the basis, and of length 1; (M, q)."""
    for _ in range(2):
        inside = np.matmul(basis, vectors[:, :, None])
        vectors = vectors - np.matmul(basis.transpose(0, 2, 1), inside)[:, :, 0]
    length = np.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors / np.where(length > 0, length, 1)
