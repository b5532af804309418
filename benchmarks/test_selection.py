"""The float64 choice of a support, nodes in to indices and weights out, against other programs.

Rows of one group do the same work; pytest-benchmark prints their ratios. Every row checks its
result: weights > 0 on at most as many nodes as monomials, and the moments in the bounding box.
"""

import ast
import logging
from importlib import import_module
from importlib.util import find_spec
from math import fsum
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from ucomp_verify.caratheodory.arnoldi import arnoldi
from ucomp_verify.caratheodory.product_basis import complete_basis
from ucomp_verify.caratheodory.support import select_support
from ucomp_verify.measures import FloatMeasure
from ucomp_verify.measures.frame import frame_of

Array = npt.NDArray[np.float64]
Rule = tuple[Any, Array]

CASES = ((2000, 2, 4), (10000, 3, 5), (10000, 5, 3), (100000, 2, 5), (1000, 1, 20))
HEAVY = (10000, 5, 5)
LARGE = ((10**6, 2, 6), (10**7, 2, 6), (10000, 5, 8))
HIGH = ((1000, 1, 300), (4000, 2, 30), (4000, 3, 12))
CELLS = ((300, 3, 3), (100, 1, 5))
RESIDUAL = 1e-13  # of moments relative to the mass: ours have 1e-15, the peers up to 5e-14


def cloud(case: tuple[int, int, int]) -> Array:
    count, dim, _ = case
    return np.random.default_rng(0).uniform(-1, 1, (count, dim))


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
    weights, places = _goodpoints().compute_bfs_fast(features, np.ones(len(points)))
    return places, np.asarray(weights)[places]


def _goodpoints() -> Any:
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


PEERS = {
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


def measured(benchmark: Any, name: str, case: tuple[int, int, int], rounds: int) -> None:
    if name in NEEDS:
        pytest.importorskip(NEEDS[name])
    count, dim, degree = case
    benchmark.group = f"{count} nodes, m = {dim}, k = {degree}"
    points = cloud(case)
    rule = benchmark.pedantic(PEERS[name], (points, degree), rounds=rounds, warmup_rounds=1)
    require_rule(points, degree, rule)


@pytest.mark.parametrize("case", [*CASES, *CELLS], ids=str)
@pytest.mark.parametrize("name", PEERS)
def test_small_problems(benchmark: Any, name: str, case: tuple[int, int, int]) -> None:
    measured(benchmark, name, case, 5)


@pytest.mark.parametrize("name", PEERS)
def test_many_monomials(benchmark: Any, name: str) -> None:
    measured(benchmark, name, HEAVY, 1)


@pytest.mark.parametrize("case", LARGE, ids=str)
def test_large_problems(benchmark: Any, case: tuple[int, int, int]) -> None:
    measured(benchmark, "ours", case, 1)


@pytest.mark.parametrize("case", HIGH, ids=str)
def test_high_degrees_choose_well_conditioned_columns(
    benchmark: Any, case: tuple[int, int, int]
) -> None:
    count, dim, degree = case
    benchmark.group = f"{count} nodes, m = {dim}, k = {degree}"
    points = cloud(case)
    places, weights = benchmark.pedantic(ours, (points, degree), rounds=1)
    _, features = arnoldi(points, degree)
    assert min(weights) > 0
    assert np.linalg.cond(features[:, places]) < 1e6
