"""Higher moments for free: a small change of the weights left after a compression.

On many more nodes than moments to keep there is room for the moments of higher degree too.
The least relative change of the weights that restores them is a least-squares problem; the
weights stay positive if it is small.
"""

from collections.abc import Iterator
from importlib import import_module
from typing import Any

import numpy as np

from ucomp_verify.algebra.multi_indices import num_monomials

from .legendre import Array, in_own_box, legendre
from .steering import DEPENDENT

SHARE = 3  # nodes for each moment to restore, at least: with fewer the weights change too much
MOST = 1000  # moments, which bounds the time
LEAST = 0.25  # factor by which a weight may change, at least; the inverse at most
CHUNK = 1 << 22  # values of polynomials at a time


def polished(points: Array, before: Array, after: Array, degree: int) -> Array:
    """Weights > 0 where `after` has them, with the moments of `before` to a much higher degree.

    `points` (n, m) in float64, both weights (n,) with the same moments up to `degree`, up to
    rounding. Where not even those of degree + 1 can be restored, `after` comes back.
    """
    places = np.flatnonzero(after)
    box = in_own_box(points)
    for top in _degrees(box.shape[1], degree, len(places)):
        basis = legendre(box[places], top)
        change = _change(basis * after[places], _moments(box, before - after, top))
        if change is not None and LEAST <= change.min() and change.max() <= 1 / LEAST:
            out = after.copy()
            out[places] *= change
            return out
    return after


def _degrees(dim: int, degree: int, nodes: int) -> Iterator[int]:
    """The degrees above `degree` to try, from the highest down."""
    top = degree
    while num_monomials(dim, top + 1) <= min(MOST, nodes // SHARE):
        top += 1
    return iter(range(top, degree, -1))


def _moments(box: Array, weights: Array, top: int) -> Array:
    size = CHUNK // num_monomials(box.shape[1], top) + 1
    return sum(
        (
            legendre(box[i : i + size], top) @ weights[i : i + size]
            for i in range(0, len(box), size)
        ),
        start=np.zeros(num_monomials(box.shape[1], top)),
    )


def _change(weighted: Array, mismatch: Array) -> Array | None:
    """The factors nearest to 1 that add the mismatch to the sums of the columns."""
    basis, triangle = np.linalg.qr(weighted.T)
    diagonal = np.abs(np.diagonal(triangle))
    if diagonal.min() <= DEPENDENT * diagonal.max():
        return None
    linalg: Any = import_module("scipy.linalg")
    factors = np.ones(weighted.shape[1])
    for _ in range(2):  # the second time for what rounding left
        left = mismatch - weighted @ (factors - 1)
        factors += basis @ linalg.solve_triangular(triangle, left, trans="T")
    return factors
