"""The last digits of weights, by one linear solve on the support, in float64."""

import numpy as np

from .features import Array
from .tree import Columns


def refined(columns: Columns, target: Array) -> Columns:
    """The same nodes, their weights corrected to give the sums `target` of the features.

    Where the correction would make a weight <= 0, or gains nothing, they stay as they are.
    """
    weights, mass = columns.weights, float(columns.weights.sum())
    for _ in range(2):
        miss = (target - columns.features @ weights) / mass
        step = _solution(columns.features, miss)
        better = weights + step * mass
        after = (target - columns.features @ better) / mass
        if not better.min() > 0 or not np.linalg.norm(after) < np.linalg.norm(miss):
            break
        weights = better
    return Columns(columns.places, weights, columns.features)


def _solution(features: Array, right: Array) -> Array:
    """The solution, or the nearest to one."""
    if features.shape[0] == features.shape[1]:
        try:
            return np.asarray(np.linalg.solve(features, right), dtype=np.float64)
        except np.linalg.LinAlgError:
            pass
    return np.asarray(np.linalg.lstsq(features, right, rcond=None)[0], dtype=np.float64)
