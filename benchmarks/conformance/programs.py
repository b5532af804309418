"""Programs as `fn(points, weights, degree)`, most of other authors, each in a thin wrapper.

The features that some of them need are ours, orthonormal over the nodes with a weight: a
good basis, whose rank is that of the data. So those programs are judged at their best, and what
the features refuse (a degree that is no integer, points without coordinates) counts for them.
Nothing else is looked at. On complex numbers, strings and a wrong number of weights it is
the wrapper that fails to look; on NaN, infinities and negative weights it is the program.
"""

from fractions import Fraction
from importlib import import_module
from operator import index
from typing import Any

import numpy as np
import numpy.typing as npt

from benchmarks.peers import goodpoints as functions_of_goodpoints
from ucomp_verify.algebra import num_monomials
from ucomp_verify.caratheodory.features import orthonormal_features
from ucomp_verify.compressors import HpCells
from ucomp_verify.measures import Compression
from ucomp_verify.measures.conversion import as_measure

Array = npt.NDArray[np.float64]


def nnls(points: Array, weights: Array, degree: int) -> tuple[Any, Any]:
    """Nonnegative least squares of scipy on the moment equations."""
    optimize: Any = import_module("scipy.optimize")
    features, masses, heavy = _equations(points, weights, degree)
    solved, _ = optimize.nnls(features, features @ masses)
    return _nonzero(solved, heavy)


def highs(points: Array, weights: Array, degree: int) -> tuple[Any, Any]:
    """A vertex of the moment equations by the dual simplex method, for a random cost."""
    optimize: Any = import_module("scipy.optimize")
    features, masses, heavy = _equations(points, weights, degree)
    cost = np.random.default_rng(0).uniform(size=len(masses))
    found = optimize.linprog(
        cost, A_eq=features, b_eq=features @ masses, bounds=(0, None), method="highs-ds"
    )
    if found.x is None:
        raise RuntimeError(f"HiGHS: {found.message}")
    return _nonzero(found.x, heavy)


def pyrecombine(points: Array, weights: Array, degree: int) -> tuple[Any, Any]:
    """The recombination of PyRecombine, which makes its own monomials."""
    program: Any = import_module("pyrecombine")
    heavy = np.flatnonzero(weights)
    rows, masses = np.ascontiguousarray(points[heavy]), np.ascontiguousarray(weights[heavy])
    places, kept = program.recombine(rows, np.arange(len(heavy)), masses, degree=degree)
    return heavy[places], kept


def goodpoints(points: Array, weights: Array, degree: int) -> tuple[Any, Any]:
    """The routine for basic feasible solutions of goodpoints on the moment equations."""
    features, masses, heavy = _equations(points, weights, degree)
    solved, _ = functions_of_goodpoints().compute_bfs_fast(features, masses)
    return _nonzero(np.asarray(solved), heavy)


def coreax(points: Array, weights: Array, degree: int) -> tuple[Any, Any]:
    """The tree recombination of coreax in double precision on the moment equations."""
    jax: Any = import_module("jax")
    jax.config.update("jax_enable_x64", True)  # noqa: FBT003 (the way of that library)
    solvers, data, numpy = map(import_module, ("coreax.solvers", "coreax.data", "jax.numpy"))
    features, masses, heavy = _equations(points, weights, degree)
    columns: Any = numpy.asarray(features.T * np.sqrt(len(masses)))

    def features_of(number: Any) -> Any:
        return columns[number[0]]

    solver: Any = solvers.TreeRecombination(test_functions=features_of, mode="explicit")
    numbers: Any = numpy.arange(len(masses))[:, None]
    found, _ = solver.reduce(data.Data(numbers, numpy.asarray(masses)))
    kept = np.asarray(found.points.weights) * np.sum(masses)
    return heavy[np.asarray(found.unweighted_indices)], kept


def hp_cells(points: Any, weights: Any, degree: Any, size: Any) -> Compression:
    """Our choice of degree and cells, for a class of analytic functions, at N nodes or `size`."""
    measure = as_measure(points, weights)
    wanted = num_monomials(measure.dim, max(degree, 0)) if size is None else size
    return HpCells(_analytic).compress(measure, degree=degree, size=wanted)


def _analytic(degree: int, radius: Fraction) -> Fraction:
    """The remainder of functions like 1 / (2 - x) on a ball about 0."""
    return (radius / 2) ** (degree + 1)


def _equations(points: Array, weights: Array, degree: int) -> tuple[Array, Array, Any]:
    """Features of the nodes with a weight, one a row, those weights, and their places."""
    heavy = np.flatnonzero(weights)
    rows = points[heavy].astype(np.float64)
    if not rows.size:
        raise ValueError("found no nodes with coordinates and a weight")
    low, high = rows.min(axis=0), rows.max(axis=0)
    half = np.where(high > low, (high - low) / 2, 1)
    features = orthonormal_features((rows - (low + high) / 2) / half, index(degree))
    return features, weights[heavy].astype(np.float64), heavy


def _nonzero(solved: Any, heavy: Any) -> tuple[Any, Any]:
    places = np.flatnonzero(solved)
    return heavy[places], solved[places]
