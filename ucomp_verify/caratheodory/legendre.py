"""Products of Legendre polynomials on a box, in float64: what windows of nodes are told by."""

from functools import lru_cache

import numpy as np
import numpy.typing as npt

from ucomp_verify.algebra.multi_indices import multi_indices

Array = npt.NDArray[np.float64]


def legendre(points: Array, degree: int, *, above: int = -1) -> Array:
    """Rows: the products of degree `above` + 1 to `degree` at points of [-1, 1]^dim, graded.

    Orthonormal for the uniform probability on the cube. Shape (number of products, points).
    """
    exponents = _exponents(points.shape[1], degree, above)
    tables = [_univariate(axis, degree) for axis in points.T]
    values = tables[0][exponents[:, 0]]
    for table, column in zip(tables[1:], exponents.T[1:], strict=True):
        values *= table[column]
    return values


def in_own_box(points: Array) -> Array:
    """The points moved affinely into [-1, 1]^dim, with their bounding box onto it."""
    low, high = points.min(axis=0), points.max(axis=0)
    half = (high - low) / 2
    return (points - (low + half)) / np.where(half > 0, half, 1)


def degree_weights(dim: int, degree: int, above: int, base: float) -> Array:
    """base^(above + 1 - n) for each row of `legendre` of total degree n, as a column."""
    orders = _exponents(dim, degree, above).sum(axis=1)
    return base ** (above + 1.0 - orders)[:, None]


@lru_cache(maxsize=64)
def _exponents(dim: int, degree: int, above: int) -> npt.NDArray[np.intp]:
    rows = [alpha for alpha in multi_indices(dim, degree) if sum(alpha) > above]
    return np.array(rows, dtype=np.intp).reshape(-1, dim)


def _univariate(axis: Array, degree: int) -> Array:
    values = np.ones((degree + 1, len(axis)))
    if degree:
        values[1] = axis
    for n in range(1, degree):
        values[n + 1] = ((2 * n + 1) * axis * values[n] - n * values[n - 1]) / (n + 1)
    return values * np.sqrt(2 * np.arange(degree + 1) + 1)[:, None]
