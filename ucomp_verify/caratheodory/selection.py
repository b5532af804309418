"""Which nodes to keep, guessed in float64: candidates that exact arithmetic then judges."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from .features import Array

SPARE = 4  # further nodes in the wider choice, for weights whose sign float64 cannot tell
NOISE = 1e-14  # entries of a null vector of length 1 that rounding may have made
WINDOW = 16  # nodes to eliminate with one orthogonal factorisation, at least


Places = npt.NDArray[np.intp]


@dataclass(frozen=True)
class Candidates:
    """Nodes by their place and weights > 0 that match the features up to rounding."""

    places: tuple[int, ...]
    weights: tuple[float, ...]


def select(features: Array, weights: Array) -> tuple[Candidates, Candidates]:
    """A choice of at most as many nodes as features, and one of `SPARE` more.

    `features` has one row a feature, spanning the constants, and one column a node;
    `weights` are >= 0, not all 0. Groups of nodes are halved in number first (Litterer and
    Lyons, "High order recombination", 2012), then single nodes eliminated.
    """
    rank = len(features)
    alive = np.flatnonzero(weights)
    while alive.size > 4 * rank:
        weights = _halve(features, weights, alive)
        alive = np.flatnonzero(weights)
    wide = _peel(features, weights, rank + SPARE)
    return _candidates(_peel(features, wide, rank)), _candidates(wide)


def _candidates(weights: Array) -> Candidates:
    places = np.flatnonzero(weights)
    return Candidates(tuple(places.tolist()), tuple(weights[places].tolist()))


def _halve(features: Array, weights: Array, alive: Places) -> Array:
    """Weights on at most half of 2 * rank groups of neighbours among the nodes alive."""
    rank, part = len(features), weights[alive]
    starts = np.arange(2 * rank) * alive.size // (2 * rank)
    masses = np.add.reduceat(part, starts)
    means = np.add.reduceat(features[:, alive] * part, starts, axis=1) / masses
    kept = _peel(means, masses, rank)
    sizes = np.diff(starts, append=alive.size)
    out = np.zeros_like(weights)
    out[alive] = part / np.repeat(masses, sizes) * np.repeat(kept, sizes)
    return out


def _peel(features: Array, weights: Array, target: int) -> Array:
    """Weights on at most `target` >= rank nodes, with the same sums of the features."""
    rank, out = len(features), weights.copy()
    alive = np.flatnonzero(out)
    while alive.size > target:
        count = min(max(WINDOW, rank // 4), alive.size - target)
        window = alive[: rank + count]
        basis, _ = np.linalg.qr(features[:, window].T, mode="complete")
        out[window] = _eliminate(basis[:, rank:], out[window])
        survivors = window[out[window] > 0]
        alive = np.concatenate([alive[window.size :], survivors])
    return out


def _eliminate(null: Array, weights: Array) -> Array:
    """Move along null vectors of the features until each has taken one node to 0."""
    while null.shape[1]:
        direction = null[:, 0]
        if direction.max() <= NOISE:
            direction = -direction
        steps = np.full(len(weights), np.inf)
        np.divide(weights, direction, out=steps, where=direction > NOISE)
        leaving = int(steps.argmin())
        weights = np.maximum(weights - steps[leaving] * direction, 0)
        weights[leaving] = 0
        null = _null_vectors_without(null, leaving)
    return weights


def _null_vectors_without(null: Array, leaving: int) -> Array:
    """An orthonormal basis of the combinations of `null` that are 0 at the leaving node."""
    mirror = null[leaving].copy()
    mirror[0] += np.copysign(np.linalg.norm(mirror), mirror[0])
    image = null @ mirror * (2 / (mirror @ mirror))
    out = null[:, 1:] - np.outer(image, mirror[1:])
    out[leaving] = 0
    return out
