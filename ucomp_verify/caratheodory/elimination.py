"""Single nodes eliminated along null vectors of their features, a window at a time, in float64."""

from importlib import import_module
from typing import Any

import numpy as np

from .features import Array

blas: Any = import_module("scipy.linalg.blas")  # without types
lapack: Any = import_module("scipy.linalg.lapack")

NOISE = 1e-14
"""Entries of a null vector that rounding may have made: no node leaves because of them.

Each vector has an entry 1, and the others are seldom beyond 100.
"""

FLOOR = 2.0**-1060
"""A weight that rounding brings to 0 or below, or nearly: the node leaves next, or at the end.

Weights are scaled to a mass near 2^`MASS_BITS` first.
"""

MASS_BITS = 980
"""Weights are scaled to a mass near 2^980, for the widest range of them.

Sums with features, which are below 2^40, then do not overflow.
"""

MIN_WINDOW = 24  # nodes to eliminate with one factorisation: fewer do not repay it,
ENTRIES = 16_000  # and null vectors with more entries than this leave the nearest cache


def scaling(largest: float, count: int) -> int:
    """The exponent e for which `count` weights up to `largest`, times 2^e, have a sum < 2^981."""
    return MASS_BITS - int(np.frexp(largest)[1]) - count.bit_length()


def eliminate(features: Array, weights: Array, target: int, *, seed: int = 0) -> Array:
    """Weights on at most `target` of the nodes, with the same sums of the features.

    `features` has shape (r, n), `weights` > 0, scaled, shape (n,), and `target` >= r. Weights
    of 0 mark the nodes that left.
    """
    rank, out = len(features), weights.copy()
    alive = np.flatnonzero(out)
    draw = np.random.default_rng(seed)
    while alive.size > target:
        count = min(window_size(rank), alive.size - target)
        window = alive[: rank + count]
        null = null_vectors(features[:, window])
        null *= draw.choice((-1.0, 1.0), (count, 1))
        if not np.isfinite(null).all() or not np.isfinite(out[window]).all():
            raise FloatingPointError("found features or weights that are not finite")
        out[window] = walk(null, out[window])
        alive = np.concatenate([window[out[window] > 0], alive[window.size :]])
    return out


def window_size(rank: int) -> int:
    """How many nodes to eliminate with one factorisation of rank + that many columns."""
    return max(MIN_WINDOW, min(rank, ENTRIES // (2 * rank)), rank // 4)


def null_vectors(columns: Array) -> Array:
    """Rows: n - r independent vectors z with columns @ z = 0 up to rounding, for shape (r, n).

    With partial pivoting, P columns^T = L U, so L^T P z = 0 suffices: that needs no inverse
    of U, which may be singular, and the entries of the unit triangle L are at most 1.
    """
    rank, count = columns.shape
    factors, pivots, _ = lapack.dgetrf(columns.T)
    numbers = np.arange(count, dtype=float).reshape(-1, 1)
    order = lapack.dlaswp(numbers, pivots)[:, 0].astype(np.intp)
    shares = blas.dtrsm(-1.0, factors[:rank], factors[rank:], side=1, lower=1, diag=1)
    null = np.zeros((count - rank, count))
    null[:, order[:rank]] = shares
    null[np.arange(count - rank), order[rank:]] = 1
    return null


def walk(null: Array, weights: Array) -> Array:
    """Move along null vectors, the rows, until each has taken one node to 0; `null` is used up.

    Of the vectors left, the one with the largest entry at a node that leaves is what clears
    the others there, as in Gaussian elimination with partial pivoting.
    """
    left, ratios = weights.copy(), np.empty_like(weights)
    last = len(null) - 1
    for step in range(len(null)):
        direction = null[step]
        place = _first_to_leave(direction, left, ratios)
        if ratios[place] == 0:
            direction = -direction
            place = _first_to_leave(direction, left, ratios)
        blas.daxpy(direction, left, a=-left[place] / direction[place])
        np.maximum(left, FLOOR, out=left)
        left[place] = np.inf
        if step < last:
            _clear(null[step:], place)
    left[(left <= 2 * FLOOR) | (left == np.inf)] = 0
    return left


def _first_to_leave(direction: Array, left: Array, ratios: Array) -> int:
    """Where weight / direction is least among the directions > 0; the ratio there is 0 if none.

    Nodes that have left have the weight infinity here. `ratios` becomes the reciprocals.
    """
    ratios.fill(0)
    np.divide(direction, left, out=ratios, where=direction > NOISE)
    return int(ratios.argmax())


def _clear(null: Array, place: int) -> None:
    """Make all rows but the first 0 at a place, by multiples of one row that then is dropped."""
    column = null[:, place].copy()
    pivot = int(blas.idamax(column))
    row = null[pivot]
    if pivot:
        row = row.copy()
        null[pivot] = null[0]
        column[pivot], column[0] = column[0], column[pivot]
    column /= column[0]
    blas.dger(-1.0, row, column[1:], a=null[1:].T, overwrite_a=1)
    null[1:, place] = 0
