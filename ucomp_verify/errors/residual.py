"""Errors of cellwise reductions in float64, relatively accurate however small they are.

A rule c' with the moments of a cell c up to the degree k integrates every polynomial P of
degree <= k to the same value, so

    int g d(c' - c) = sum (c' - c) (g - P),   P = Taylor's polynomial of g at the cell's centre,

and the rest g - P is summed as a series of its own: no large numbers are subtracted. What is
left is rounding relative to sum (c' + c) |g - P|, which is estimated beside. It is
observed, not proved; see `residual_balls` for enclosures.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil, log
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import numpy.typing as npt

from ucomp_verify.caratheodory.batched import BatchedRules
from ucomp_verify.caratheodory.batched_weights import RefinedWeights, refined_weights

if TYPE_CHECKING:
    from .residual_profiles import Profile

Array: TypeAlias = npt.NDArray[np.float64]

BLOCK = 1 << 17  # values of the rest at once, to stay in the caches
NEGLIGIBLE = 1e-18  # of the first term of the rest: the series is cut where it falls below
MOST_RATIO = 0.75  # of |<x, w - centre>| to the radius of convergence: beyond it is too slow
CLEAR = 1e3  # how often the noise has to fit into an error
ROUNDINGS = 4.0  # of a summand, in units of the last place, beside those of the weights
CAUTION = 4.0  # by how much the noise is estimated higher than by the sum of squares


@dataclass(frozen=True, eq=False)
class CellBatch:
    """Cells of equal size with their rules: `points` (M, n, m), of weight 1 each."""

    points: Array
    rules: BatchedRules
    degree: int

    def __post_init__(self) -> None:
        if self.points.ndim != 3 or len(self.points) != len(self.rules.places):
            raise ValueError(
                f"found points of shape {self.points.shape} and rules of {len(self.rules.places)} "
                "cells; expected (cells, nodes, dim), one rule a cell"
            )


@dataclass(frozen=True, eq=False)
class ResidualErrors:
    """int g d(c' - c) for each vector, shape (a,), over the mass, and an estimate of its noise.

    `ratio` is the largest |<x, w - centre>| over the radius of convergence; where it is too
    large nothing was summed, and the errors are not numbers. `unsolved` cells have weights
    that are known only up to rounding.
    """

    errors: Array
    noise: Array
    ratio: float
    unsolved: int

    @property
    def mean(self) -> float:
        """The error of the mean over the vectors."""
        return float(self.errors.mean())

    @property
    def mean_noise(self) -> float:
        """An estimate of the noise of the mean: the noises of the vectors may go together."""
        return float(self.noise.mean())

    @property
    def rms(self) -> float:
        """The root of the mean square over the vectors; no square is too small."""
        scale = float(np.abs(self.errors).max(initial=0))
        return scale * float(np.sqrt(np.mean((self.errors / scale) ** 2))) if scale else 0.0

    @property
    def clear(self) -> bool:
        """Whether the mean and the rms stand out of the noise, and all cells were solved."""
        found = bool(np.isfinite(self.errors).all()) and self.unsolved == 0
        least = min(abs(self.mean), self.rms) if found else 0.0
        return found and least > CLEAR * self.mean_noise


def residual_errors(
    batches: Iterable[CellBatch], profile: "Profile", vectors: Array
) -> ResidualErrors:
    """The errors of g(w) = profile(<x, w>), for each row x of `vectors` (a, m).

    Nothing is summed (all errors are nan) if Taylor's series converges too slowly in some
    cell. Batches may have cells of different sizes; the mass is the number of all nodes.
    Raises ValueError without cells.
    """
    batches = list(batches)
    if not batches:
        raise ValueError("found no cells; expected one at least")
    ratio = max(_ratio(batch.points, profile, vectors) for batch in batches)
    if not ratio <= MOST_RATIO:
        nothing = np.full(len(vectors), np.nan)
        return ResidualErrors(nothing, nothing, ratio, 0)
    total, squares, mass, unsolved = np.zeros(len(vectors)), np.zeros(len(vectors)), 0, 0
    for batch in batches:
        weights = refined_weights(batch.points, batch.degree, batch.rules)
        unsolved += int((~weights.solved).sum())
        mass += batch.points.shape[0] * batch.points.shape[1]
        for found, noise in _by_block(batch, weights, profile, vectors, ratio):
            total += found.sum(axis=0)
            squares += (noise**2).sum(axis=0)
    return ResidualErrors(total / mass, CAUTION * np.sqrt(squares) / mass, ratio, unsolved)


def terms_needed(ratio: float) -> int:
    """How many terms of the rest bring ratio^n below the negligible.

    >>> terms_needed(0.1), terms_needed(0.0)
    (18, 2)
    """
    return max(2, ceil(log(NEGLIGIBLE) / log(min(max(ratio, 1e-9), MOST_RATIO))))


def centres(points: Array) -> Array:
    """The middle of the box of each cell, (M, m)."""
    return (points.min(axis=1) + points.max(axis=1)) / 2


def _ratio(points: Array, profile: "Profile", vectors: Array) -> float:
    middle = centres(points)
    farthest = np.abs(points - middle[:, None]).max(axis=1) @ np.abs(vectors).T
    return float((farthest / profile.radius(middle @ vectors.T)).max())


def _by_block(
    batch: CellBatch, weights: RefinedWeights, profile: "Profile", vectors: Array, ratio: float
) -> "Iterable[tuple[Array, Array]]":
    """Errors and noise of the cells, (cells, a), some cells at a time."""
    count, size, _ = batch.points.shape
    step = max(BLOCK // (size * len(vectors)), 1)
    for start in range(0, count, step):
        part = slice(start, start + step)
        points, middle = batch.points[part], centres(batch.points[part])
        series = profile.coefficients(middle @ vectors.T, batch.degree + terms_needed(ratio))
        rest = _rest((points - middle[:, None]) @ vectors.T, series, batch.degree)
        kept = np.take_along_axis(rest, batch.rules.places[part][:, :, None], axis=1)
        mass = weights.weights[part][:, :, None]
        sizes = np.abs(kept)
        found = (mass * kept).sum(axis=1) - rest.sum(axis=1)
        rounded = (mass * sizes).sum(axis=1) + np.abs(rest).sum(axis=1)
        shifted = (weights.shifted[part][:, :, None] * sizes).sum(axis=1)
        yield found, shifted + ROUNDINGS * np.finfo(float).eps * rounded


def _rest(steps: Array, series: Array, degree: int) -> Array:
    """sum over n > degree of series[n] * steps^n; steps (cells, nodes, a)."""
    total = np.zeros_like(steps)
    for n in range(len(series) - 1, degree, -1):
        total += series[n][:, None, :]
        total *= steps
    return total * steps**degree
