"""Eliminations that choose, for every node they remove, in which direction to go.

Along a null vector z of the features one can go forward, weights - f z, until a weight is 0,
or backward, weights + b z, until another is. Both keep the sums of the features. Which way to
go is free, and worth a choice: `Balance` keeps the moments of higher degree close, `Coin` makes
the expected weights those of the start, `Forward` is the plain rule.
"""

import random
from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from .legendre import Array
from .martingale import fair_share

NOISE = 1e-14  # entries of a null vector of length 1 that rounding may have made
DEPENDENT = 1e-11  # of the largest singular value: what is smaller counts as rounding
WINDOW = 16  # nodes to eliminate with one orthogonal factorisation, at least

Choose = Callable[[Array, float, float], bool]
"""Whether to go forward, for a combination of the null vectors and both lengths of step."""


class Steering(ABC):
    """A rule for the direction of every step; it may remember the steps taken."""

    @abstractmethod
    def over(self, null: Array, high: Array) -> Choose:
        """The choice in a window with orthonormal null vectors `null`, one a column.

        `high`, shape (h, nodes), holds what the rule wants to know of the nodes.
        """


@dataclass(frozen=True)
class Forward(Steering):
    """Always forward: the plain rule, with the sign that the factorisation gives."""

    def over(self, null: Array, high: Array) -> Choose:
        """Forward."""
        return lambda _combination, _forward, _backward: True


@dataclass(frozen=True, eq=False)
class Coin(Steering):
    """Forward with the one probability that leaves the expected weights as they are.

    A bounded martingale: whatever the null vectors, every weight has the mean that it had
    at the start. (Claim `half-exponent`.)
    """

    draw: random.Random

    def over(self, null: Array, high: Array) -> Choose:
        """A coin with `fair_share`."""
        draw = self.draw
        return lambda _, forward, backward: draw.random() < fair_share(forward, backward)


@dataclass(frozen=True, eq=False)
class Balance(Steering):
    """The direction after which the sums of the high features differ less from the source's.

    `mismatch`, shape (h,), is the running difference, source minus result; it is updated in
    place.
    """

    mismatch: Array = field(repr=False)

    def over(self, null: Array, high: Array) -> Choose:
        """The better of both directions in the Euclidean norm of the mismatch."""
        effects, mismatch = high @ null, self.mismatch

        def choose(combination: Array, forward: float, backward: float) -> bool:
            effect = effects @ combination
            ahead = bool((forward - backward) * (effect @ effect) < -2 * (mismatch @ effect))
            np.add(mismatch, (forward if ahead else -backward) * effect, out=mismatch)
            return ahead

        return choose


def null_space(features: Array) -> Array:
    """Orthonormal null vectors of the features, one a column; all that float64 can see."""
    basis, triangle = np.linalg.qr(features.T, mode="complete")
    diagonal = np.abs(np.diagonal(triangle))
    if features.shape[0] < features.shape[1] and diagonal.min() > DEPENDENT * diagonal.max():
        return basis[:, len(features) :]
    _, values, rows = np.linalg.svd(features)
    return rows[int((values > DEPENDENT * values.max(initial=0)).sum()) :].T


def eliminate(null: Array, weights: Array, removals: int, choose: Choose) -> Array:
    """Weights >= 0 of which `removals` more are 0, moved along the null vectors.

    `weights` > 0, `null` orthonormal with at least `removals` columns. The null vectors stay as
    they are; what turns is the basis of the combinations that vanish on the nodes removed.
    """
    left = weights.copy()  # infinite on removed nodes, which no step then reaches
    basis = np.eye(null.shape[1])
    for step in range(removals):
        combination = basis[:, step]
        direction = null @ combination
        direction[np.abs(direction) < NOISE] = 0
        with np.errstate(over="ignore"):  # a weight that is next to nothing leaves at once
            rates = direction / left
        leaving, entering = int(rates.argmax()), int(rates.argmin())
        forward, backward = 1 / rates[leaving], -1 / rates[entering]
        ahead = choose(combination, forward, backward)
        left -= (forward if ahead else -backward) * direction
        np.maximum(left, np.finfo(float).tiny, out=left)
        gone = leaving if ahead else entering
        left[gone] = np.inf
        _turn(basis[:, step:], null[gone])
    left[np.isinf(left)] = 0
    return left


def _turn(basis: Array, row: Array) -> None:
    """Reflect the columns of `basis` so that all but the first are orthogonal to `row`."""
    mirror = row @ basis
    mirror[0] += np.copysign(np.sqrt(mirror @ mirror), mirror[0])
    basis -= np.outer(basis @ mirror, mirror * (2 / (mirror @ mirror)))


def steer(features: Array, high: Array, weights: Array, steering: Steering) -> Array:
    """Weights >= 0 on at most as many nodes as features, with the same sums of the features.

    `features` (r, n) span the constants, `high` (h, n) is for the steering, `weights` (n,) are
    >= 0. Groups of consecutive nodes are halved in number (Litterer and Lyons, "High order
    recombination", 2012), then single nodes eliminated.
    """
    rank, out = len(features), weights.copy()
    alive = np.flatnonzero(out)
    while alive.size > 2 * rank + 1:
        starts = np.arange(2 * rank) * alive.size // (2 * rank)
        part = out[alive]
        masses = np.add.reduceat(part, starts)
        means, high_means = (
            np.add.reduceat(rows[:, alive] * part, starts, axis=1) / masses
            for rows in (features, high)
        )
        kept = _peel(means, high_means, masses, steering)
        out[alive] = part * np.repeat(kept / masses, np.diff(starts, append=alive.size))
        alive = np.flatnonzero(out)
    return _peel(features, high, out, steering)


def _peel(features: Array, high: Array, weights: Array, steering: Steering) -> Array:
    rank, out = len(features), weights.copy()
    alive = np.flatnonzero(out)
    while alive.size > rank:
        count = min(max(WINDOW, rank // 4), alive.size - rank)
        window = alive[: rank + count]
        null = null_space(features[:, window])
        choose = steering.over(null, high[:, window])
        out[window] = eliminate(null, out[window], min(count, null.shape[1]), choose)
        alive = np.concatenate([alive[window.size :], window[out[window] > 0]])
    return out
