"""Any functions of the nodes as features, orthonormal over all of them, in float64."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any

import numpy as np

from ucomp_verify.measures.float_measure import FloatMeasure

from .features import Array
from .product_basis import group_sums

scipy_linalg: Any = import_module("scipy.linalg")  # without types

DEPENDENT = 1e-12  # of the largest: a smaller diagonal entry counts as rounding


class InvalidFeatures(ValueError):
    """The functions have no usable values on the nodes; the text says where and what to do."""


@dataclass(frozen=True, eq=False)
class FunctionBasis:
    """Combinations of 1 and given functions, orthonormal over some nodes."""

    function: Callable[[Array], Array]
    chosen: Any  # numbers of independent functions, 0 for the constant 1
    scales: Array
    triangle: Array  # upper: functions = triangle^T @ basis

    def __len__(self) -> int:
        """The number of functions that are independent on the nodes."""
        return len(self.chosen)

    def values(self, points: Array) -> Array:
        """Features of shape (r, n) at nodes of shape (n, dim)."""
        rows = _rows(self.function, points)[self.chosen] / self.scales[:, None]
        return scipy_linalg.solve_triangular(self.triangle, rows, trans="T")

    def group_sums(self, points: Array, weights: Array | None, size: int) -> Array:
        """Sums of weight * feature over each `size` points in turn: shape (r, n / size)."""
        return group_sums(self.values(points), weights, size)


def function_basis(
    measure: FloatMeasure, function: Callable[[Array], Array], chunk: int
) -> FunctionBasis:
    """The constant 1 and the functions, made orthonormal over all nodes of the measure.

    Two passes over the nodes: one for the sizes of the functions, one that updates a
    triangular factor of their values, whose columns are then chosen by their size.
    """
    squares: Array | float = 0.0
    for part in measure.chunks(chunk):
        rows = _rows(function, part.nodes)
        squares = np.maximum(squares, np.abs(rows).max(axis=1))
    scales = np.where(np.asarray(squares) > 0, squares, 1.0)
    factor = np.zeros((0, len(scales)))
    for part in measure.chunks(chunk):
        rows = _rows(function, part.nodes) / scales[:, None]
        factor = np.linalg.qr(np.concatenate([factor, rows.T]), mode="r")
    triangle, pivots = scipy_linalg.qr(factor, mode="r", pivoting=True)
    sizes = np.abs(np.diag(triangle))
    rank = int((sizes > DEPENDENT * sizes[0]).sum())
    chosen = pivots[:rank]
    return FunctionBasis(function, chosen, scales[chosen], triangle[:rank, :rank])


def _rows(function: Callable[[Array], Array], nodes: Array) -> Array:
    """Shape (1 + r, n): the constant 1 first."""
    values = np.asarray(function(nodes), dtype=np.float64)
    if values.ndim != 2 or len(values) != len(nodes):
        raise InvalidFeatures(
            f"found features of shape {values.shape} for {len(nodes)} nodes; expected one row a "
            "node and one column a feature"
        )
    if not np.isfinite(values).all():
        place = int(np.argwhere(~np.isfinite(values))[0][0])
        raise InvalidFeatures(
            f"found a feature that is not finite at the node {nodes[place].tolist()}; expected "
            "numbers: leave out the node or the feature"
        )
    return np.concatenate([np.ones((1, len(values))), values.T])
