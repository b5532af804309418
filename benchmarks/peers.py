"""Programs that choose a support in float64: nodes in, indices and weights out."""

import ast
import logging
from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from math import fsum
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import numpy.typing as npt

from ucomp_verify.caratheodory.arnoldi import arnoldi
from ucomp_verify.caratheodory.product_basis import complete_basis
from ucomp_verify.caratheodory.support import select_support
from ucomp_verify.measures import FloatMeasure
from ucomp_verify.measures.frame import frame_of

Array = npt.NDArray[np.float64]
Rule = tuple[Any, Array]

RESIDUAL = 1e-13  # of moments relative to the mass: ours have 1e-15, the peers up to 5e-14


def ours(points: Array, degree: int) -> Rule:
    measure = FloatMeasure(points)
    chosen = select_support(measure, degree, frame=frame_of(measure))
    return chosen.indices, chosen.weights


def nnls(points: Array, degree: int) -> Rule:
    """On features orthonormal over the nodes, which the time includes."""
    optimize: Any = import_module("scipy.optimize")
    _, features = arnoldi(points, degree)
    weights, _ = optimize.nnls(features, features.sum(axis=1))
    places = np.flatnonzero(weights)
    return places, weights[places]


def recombine(points: Array, degree: int) -> Rule:
    program: Any = import_module("pyrecombine")
    places, weights = program.recombine(points, degree=degree)
    return places, weights


def tree_of_goodpoints(points: Array, degree: int) -> Rule:
    """Its routine for basic feasible solutions, on products of Legendre polynomials."""
    features = complete_basis(points.shape[1], degree).values(points)
    weights, places = goodpoints().compute_bfs_fast(features, np.ones(len(points)))
    return places, np.asarray(weights)[places]


def goodpoints() -> Any:
    """The functions of one module of the package, whose imports would ask for JAX."""
    spec = find_spec("goodpoints")
    assert spec is not None and spec.origin is not None
    path = Path(spec.origin).parent / "jax" / "recomb_thin.py"
    names = ("compute_bfs", "compute_bfs_fast")
    tree = ast.parse(path.read_text())
    tree.body = [f for f in tree.body if isinstance(f, ast.FunctionDef) and f.name in names]
    space: dict[str, Any] = {"np": np, "math": import_module("math"), "logging": logging}
    exec(compile(tree, str(path), "exec"), space)
    return SimpleNamespace(**{name: space[name] for name in names})


PEERS: dict[str, Callable[[Array, int], Rule]] = {
    "ours": ours,
    "nnls": nnls,
    "pyrecombine": recombine,
    "goodpoints": tree_of_goodpoints,
}
NEEDS = {"pyrecombine": "pyrecombine", "goodpoints": "goodpoints"}


def require_rule(points: Array, degree: int, rule: Rule) -> None:
    places, weights = rule
    basis = complete_basis(points.shape[1], degree)
    assert len(places) <= len(basis)
    assert min(weights) > 0
    total = sum(basis.values(points[i : i + 5000]).sum(axis=1) for i in range(0, len(points), 5000))
    miss = np.abs(basis.values(points[places]) @ weights - total).max() / len(points)
    assert miss < RESIDUAL
    assert abs(fsum(weights) / len(points) - 1) < RESIDUAL
