"""Factorisations of float64 matrices by SciPy and NumPy, with types."""

from importlib import import_module
from typing import Any

import numpy as np

from .basis import Array

_linalg: Any = import_module("scipy.linalg")  # SciPy ships no types


def triangular_solution(lower: Array, right: Array) -> Array:
    """x with lower x = right."""
    solution: Array = _linalg.solve_triangular(lower, right, lower=True)
    return solution


def triangle_of(matrix: Array) -> Array:
    """The upper triangle R of matrix = Q R."""
    triangle: Any = np.linalg.qr(matrix, mode="r")
    return triangle


def pivoted(matrix: Array) -> tuple[Array, list[int]]:
    """The pivots' sizes and the order of columns, each the farthest from those before it."""
    result: Any = _linalg.qr(matrix, mode="r", pivoting=True, check_finite=False)
    return np.abs(np.diag(result[0])), result[1].tolist()


def tridiagonal_eigenvalues(diagonal: Array, beside: Array) -> list[float]:
    """The eigenvalues of a symmetric tridiagonal matrix, increasing."""
    values: Array = _linalg.eigh_tridiagonal(diagonal, beside, eigvals_only=True)
    return np.sort(values).tolist()
