"""Weights of many cells, made as accurate as float64 allows: they solve one system a cell."""

from dataclasses import dataclass

import numpy as np

from ucomp_verify.algebra import num_monomials

from .batched import Array, BatchedRules, Flags, cell_features, in_own_boxes

REFINEMENTS = 2  # by then the corrections are rounding


@dataclass(frozen=True, eq=False)
class RefinedWeights:
    """`weights` and how much the last refinement `shifted` them, (M, r): their uncertainty.

    `solved` tells which cells, (M,), were solved, with weights > 0; the others keep those of
    the elimination, which match the moments up to rounding but are not relatively accurate.
    """

    weights: Array
    shifted: Array
    solved: Flags


def refined_weights(
    points: Array, degree: int, rules: BatchedRules, *, weights: Array | None = None
) -> RefinedWeights:
    """The weights on the nodes kept that have the moments of each cell, nearly exactly.

    Relatively accurate to about 1e-13 times the condition of the Legendre products there.
    `points` has shape (M, n, m), `weights` (M, n), all 1 if None.
    """
    size, rank = points.shape[1], num_monomials(points.shape[2], degree)
    if size <= rank:
        kept = np.ones(rules.weights.shape) if weights is None else rules.weights
        return RefinedWeights(kept, np.zeros_like(kept), np.ones(len(kept), dtype=bool))
    features = cell_features(in_own_boxes(points), degree)
    right = features.sum(axis=2) if weights is None else np.einsum("crn,cn->cr", features, weights)
    matrix = np.take_along_axis(features, rules.places[:, None, :], axis=2)
    found = _solved(matrix, right)
    if found is None:
        return _each(matrix, right, rules.weights)
    return _kept(*found, rules.weights)


def _solved(matrix: Array, right: Array) -> tuple[Array, Array] | None:
    """Solutions and their last corrections; None if one of the matrices is singular."""
    try:
        inverse = np.linalg.inv(matrix)
    except np.linalg.LinAlgError:
        return None
    solution, shift = np.matmul(inverse, right[:, :, None])[:, :, 0], np.zeros_like(right)
    for _ in range(REFINEMENTS):
        missing = right - np.matmul(matrix, solution[:, :, None])[:, :, 0]
        shift = np.matmul(inverse, missing[:, :, None])[:, :, 0]
        solution = solution + shift
    return solution, shift


def _kept(solution: Array, shift: Array, guesses: Array) -> RefinedWeights:
    good = np.all(np.isfinite(solution) & (solution > 0), axis=1)
    weights = np.where(good[:, None], solution, guesses)
    return RefinedWeights(weights, np.where(good[:, None], np.abs(shift), guesses), good)


def _each(matrix: Array, right: Array, guesses: Array) -> RefinedWeights:
    """Cell by cell, where some matrix is singular."""
    solution, shift = np.full_like(guesses, np.nan), np.zeros_like(guesses)
    for cell in range(len(matrix)):
        found = _solved(matrix[cell : cell + 1], right[cell : cell + 1])
        if found is not None:
            solution[cell], shift[cell] = found[0][0], found[1][0]
    return _kept(solution, shift, guesses)
