"""Nodes reduced in groups: halving in the manner of Litterer and Lyons, on stored features."""

from dataclasses import dataclass
from math import isqrt

import numpy as np
import numpy.typing as npt

from .elimination import eliminate
from .features import Array

Places = npt.NDArray[np.intp]


@dataclass(frozen=True, eq=False)
class Columns:
    """Nodes by their places, increasing, with scaled weights > 0 and features (r, n)."""

    places: Places
    weights: Array
    features: Array

    def kept(self, weights: Array) -> "Columns":
        """Those of new weights > 0."""
        here = np.flatnonzero(weights)
        return Columns(self.places[here], weights[here], self.features[:, here])


def reduce_to(columns: Columns, target: int, *, seed: int = 0) -> Columns:
    """At most `target` >= r of the nodes, with the same sums of the features.

    Groups are reduced first, as one node each, at their centre of mass; those that stay are
    taken apart (Litterer and Lyons, "High order recombination", 2012).
    """
    while len(columns.places) > 2 * target:
        columns = _with_fewer_groups(columns, target, seed=seed)
    if len(columns.places) <= target:
        return columns
    return columns.kept(eliminate(columns.features, columns.weights, target, seed=seed))


def num_groups(target: int, count: int) -> int:
    """How many groups to make of nodes: so many that two passes over features are enough."""
    return max(2 * target, isqrt(target * count))


def _with_fewer_groups(columns: Columns, target: int, *, seed: int) -> Columns:
    count = len(columns.places)
    groups = num_groups(target, count)
    starts = np.arange(groups) * count // groups
    sizes = np.diff(starts, append=count)
    masses = np.add.reduceat(columns.weights, starts)
    sums = np.add.reduceat(columns.features * columns.weights, starts, axis=1)
    after = new_masses(sums, masses, target, seed=seed)
    return columns.kept(moved(columns.weights, masses, after, sizes))


def new_masses(sums: Array, masses: Array, target: int, *, seed: int) -> Array:
    """Masses of the groups that have the same sums of the features, at most `target` not 0.

    `sums` holds, one column a group, the sums of weight * feature over it, and `masses` those
    of the weights, > 0.
    """
    groups = Columns(np.arange(masses.size), masses, sums / masses)
    kept = reduce_to(groups, target, seed=seed)
    out = np.zeros_like(masses)
    out[kept.places] = kept.weights
    return out


def moved(weights: Array, masses: Array, after: Array, sizes: int | Places) -> Array:
    """The weights when the masses of groups of the given sizes become others.

    The quotient of the masses might leave the range of float64.
    """
    return weights / np.repeat(masses, sizes) * np.repeat(after, sizes)


def sums(features: Array, weights: Array) -> Array:
    """Of weight * feature over all nodes, added pairwise: a product of matrices loses digits."""
    return (features * weights).sum(axis=1)
