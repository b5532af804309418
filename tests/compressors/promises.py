"""What every compressor promises, looked at with the kernel and the plain definition."""

from collections.abc import Callable
from fractions import Fraction
from typing import Any, cast

import numpy as np
import numpy.typing as npt

from ucomp_verify.caratheodory.legendre import in_own_box, legendre
from ucomp_verify.compressors.base import AbstractCompressor
from ucomp_verify.kernel import check
from ucomp_verify.measures import (
    AtomicMeasure,
    Compression,
    ExactWeights,
    FloatMeasure,
    Measure,
    cubature_certificate,
)


def exactly(measure: Measure) -> AtomicMeasure:
    return measure.exact() if isinstance(measure, FloatMeasure) else measure


def assert_exact_compression(after: Compression, *, size: int) -> None:
    """The kernel finds equal moments; nodes are of the support, at most `size`, weights > 0."""
    source = exactly(after.source)
    assert isinstance(after.weights, ExactWeights)
    assert list(after.indices) == sorted(set(after.indices) & set(source.support))
    assert len(after.indices) == len(after.weights.values) <= size
    assert all(isinstance(w, Fraction) and w > 0 for w in after.weights.values)
    result = after.to_atomic()
    assert result.total_mass == source.total_mass
    fact = check(cubature_certificate(source, result, after.degree))
    assert cast("Any", fact).degree == after.degree


def mismatch(after: Compression, above: int, degree: int) -> float:
    """The change of the Legendre moments of degree `above` + 1 to `degree`, over the mass."""
    source = after.source
    assert isinstance(source, FloatMeasure)
    change = np.ones(len(source)) if source.weights is None else source.weights.copy()
    mass = change.sum()
    change[list(after.indices)] -= after.rounded()
    moments = legendre(in_own_box(source.nodes), degree, above=above) @ change
    return float(np.linalg.norm(moments) / mass)


def assert_seed_decides(compress: Callable[[int], Compression], *, seeds: int = 3) -> None:
    """A seed gives the same nodes and weights again, and other seeds give other nodes."""
    results = [compress(seed) for seed in range(seeds)]
    again = compress(seeds - 1)
    assert again.indices == results[-1].indices and again.weights == results[-1].weights
    assert len({result.indices for result in results}) == seeds


def mean_gain(
    plain: AbstractCompressor,
    better: AbstractCompressor,
    *,
    nodes: int,
    size: int,
    order: int,
) -> float:
    """By which factor the moments of degree 3 to `order` are closer, in the mean over 8 clouds."""
    gains = [
        mismatch(plain.compress(measure, degree=2, size=size), 2, order)
        / mismatch(better.compress(measure, degree=2, size=size), 2, order)
        for measure in (cloud(nodes, 2, seed) for seed in range(8))
    ]
    return float(np.exp(np.mean(np.log(gains))))


def cloud(nodes: int, dim: int, seed: int = 0) -> FloatMeasure:
    points: npt.NDArray[np.float64] = np.random.default_rng(seed).uniform(-1, 1, (nodes, dim))
    return FloatMeasure(points)
