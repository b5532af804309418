"""The function of the paper's Figure 2, and how a compression changes it, in balls.

f is the mean of sigmoid(<w, x_a>) over the objects w and 10 vectors x_a, all uniform in the
cube [-1, 1]^m.
"""

from fractions import Fraction
from importlib import import_module
from typing import Any

import numpy as np
import numpy.typing as npt

from ucomp_verify.measures import Compression, FloatMeasure

Array = npt.NDArray[np.float64]

PREC = 200  # bits of the balls
VECTORS = 10
PUBLISHED = {
    (1, 2, 4000): 2.59e-12,
    (2, 3, 4000): 1.60e-09,
    (3, 5, 4000): 1.31e-08,
    (2, 5, 16000): 8.77e-14,
    (3, 5, 16000): 2.76e-10,
}
"""The authors' mean of |f - f'| over 20 trials at d / 10 nodes, by dimension, degree and d.

From the data published with arXiv 2510.00504; none there for the dimension 5.
"""
PUBLISHED_SECONDS = {(5, 5, 128_000): 11_428}  # of their Figure 6, on an Apple M4 Pro


def draw(dim: int, count: int, seed: int) -> tuple[Array, Array]:
    """The objects, one a row, and the vectors, one a row."""
    rng = np.random.default_rng(dim + count + seed)
    vectors = 2 * rng.random((dim, VECTORS)) - 1
    return 2 * rng.random((count, dim)) - 1, np.ascontiguousarray(vectors.T)


def errors(after: Compression, vectors: Array) -> list[float]:
    """f' - f for each vector, from balls that are narrow beside it."""
    flint: Any = import_module("flint")
    assert isinstance(after.source, FloatMeasure)
    changes = [Fraction(-1)] * len(after.source)
    for i, weight in zip(after.indices, after.rule.weights, strict=True):
        changes[i] += weight
    with flint.ctx.workprec(PREC):
        balls = [flint.arb(flint.fmpq(c.numerator, c.denominator)) for c in changes]
        nodes = after.source.nodes.tolist()
        return [_error(flint, nodes, balls, vector) for vector in vectors.tolist()]


def _error(flint: Any, nodes: list[list[float]], changes: list[Any], vector: list[float]) -> float:
    ones: list[Any] = [flint.arb(x) for x in vector]
    total: Any = flint.arb(0)
    for node, change in zip(nodes, changes, strict=True):
        product: Any = sum((x * b for x, b in zip(node, ones, strict=True)), flint.arb(0))
        total += change / (1 + (-product).exp())
    error = total / len(nodes)
    assert error.rad() < abs(error.mid()) / 1000
    return float(error.mid())
