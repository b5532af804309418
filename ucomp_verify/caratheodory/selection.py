"""Which nodes to keep, guessed in float64: candidates that exact arithmetic then judges."""

from dataclasses import dataclass

import numpy as np

from .elimination import scaling
from .features import Array
from .refinement import refined
from .tree import Columns, Places, reduce_to, sums

SPARE = 4  # further nodes in the wider choice, for weights whose sign float64 cannot tell


@dataclass(frozen=True)
class Candidates:
    """Nodes by their place and weights > 0 that match the features up to rounding."""

    places: tuple[int, ...]
    weights: tuple[float, ...]


def select(
    features: Array, weights: Array, *, seed: int = 0, spare: int = SPARE
) -> tuple[Candidates, Candidates]:
    """A choice of at most as many nodes as features, and one of `spare` more.

    `features` has one row a feature, spanning the constants, and one column a node;
    `weights` are >= 0, not all 0. Groups of nodes are halved in number first (Litterer and
    Lyons, "High order recombination", 2012), then single nodes eliminated. The same result
    for the same seed.
    """
    columns, exponent = scaled_columns(features, weights)
    with np.errstate(over="ignore", under="ignore"):
        target = sums(features, np.ldexp(weights, exponent))
        wide = reduce_to(columns, len(features) + spare, seed=seed)
        narrow = refined(reduce_to(wide, len(features), seed=seed), target)
    return _candidates(narrow, exponent), _candidates(wide, exponent)


def scaled_columns(features: Array, weights: Array) -> tuple[Columns, int]:
    """The nodes of weight > 0, and the power of 2 that their weights were multiplied by."""
    exponent = scaling(float(weights.max()), weights.size)
    with np.errstate(under="ignore"):
        every = np.ldexp(weights, exponent)
    places: Places = np.arange(weights.size)
    columns = Columns(places, every, features)
    return (columns if every.all() else columns.kept(every)), exponent


def _candidates(columns: Columns, exponent: int) -> Candidates:
    weights = np.ldexp(columns.weights, -exponent)
    return Candidates(tuple(columns.places.tolist()), tuple(weights.tolist()))
