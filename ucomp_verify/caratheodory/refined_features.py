"""Well-conditioned features of nodes that lie on a curve or surface but for rounding.

There float64 cannot see that the monomials are independent. Starting from their exact
integer values, each round orthonormalises what float64 can see of them, and applies the
combinations that it found to the exact values, which brings some 16 digits more to light.
"""

import numpy as np
from flint import fmpz_mat

from ucomp_verify.arithmetic.exact import independent
from ucomp_verify.measures.monomials import MomentSystem

from .features import Array

GOOD = 1e3  # a condition number that lets float64 choose a support
ROUNDS = 8
BITS = 60  # of the combinations


def refined_features(system: MomentSystem) -> Array | None:
    """Orthonormal rows over the nodes that span all monomials; None if none are found."""
    values = list(zip(*system.columns(range(len(system.nodes))), strict=True))
    matrix = fmpz_mat([values[i] for i in independent(values)])
    for _ in range(ROUNDS):
        shown, exponents = _leading(matrix)
        basis, triangle = np.linalg.qr(shown.T)
        if np.linalg.cond(triangle) < GOOD:
            return basis.T
        inverse = _inverse(triangle)
        if not np.isfinite(inverse).all():
            return None
        matrix = fmpz_mat(_combinations(inverse, exponents)) * matrix
    return None


def _leading(matrix: fmpz_mat) -> tuple[Array, list[int]]:
    """The rows in float64, each divided by a power of 2 that leaves it below 1."""
    rows = [[int(v) for v in row] for row in matrix.tolist()]
    exponents = [max(v.bit_length() for v in row) for row in rows]
    scaled = [[v / (1 << e) for v in row] for row, e in zip(rows, exponents, strict=True)]
    return np.array(scaled), exponents


def _inverse(triangle: Array) -> Array:
    """The inverse of the transposed triangle, each row with the largest entry 1.

    Diagonal entries that are mere rounding are moved by its size, so that it exists. Where
    it overflows all the same, it has entries that are not finite.
    """
    diagonal = np.abs(np.diag(triangle))
    floor = 1e-17 * diagonal.max()
    with np.errstate(over="ignore", invalid="ignore"):
        inverse = np.linalg.inv((triangle + np.diag(np.where(diagonal < floor, floor, 0))).T)
        return inverse / np.abs(inverse).max(axis=1, keepdims=True)


def _combinations(inverse: Array, exponents: list[int]) -> list[list[int]]:
    """The combinations in integers, for rows not divided by the powers of 2 yet."""
    shifts = [max(exponents) - e for e in exponents]
    rows = (inverse * 2.0**BITS).tolist()
    return [[int(t) << s for t, s in zip(row, shifts, strict=True)] for row in rows]
