"""Exact moments: limbs against Python's integers and float64 sums, and their growth.

Rows of one group do the same work; pytest-benchmark prints their ratios. Every row checks
its result, so that nothing wrong is timed.
"""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from ucomp_verify.algebra.multi_indices import multi_indices
from ucomp_verify.measures import FloatMeasure, Moments, exact_moments, frame_of
from ucomp_verify.measures.defect import defect
from ucomp_verify.measures.float_moments import float_sums

SIZES = (
    (300, 3, 5),
    (1000, 1, 20),
    (10_000, 3, 5),
    (10_000, 5, 5),
    (100_000, 3, 5),
    (1_000_000, 2, 6),
)
SMALL = SIZES[:3]
ROUNDED = 1e-12  # of the mass: float64 sums of a million terms are good to about 1e-15


def cloud(size: tuple[int, int, int], *, weighted: bool = False) -> FloatMeasure:
    count, dim, _ = size
    rng = np.random.default_rng(0)
    nodes = rng.uniform(-1, 1, (count, dim))
    weights = 10.0 ** rng.uniform(-6, 6, count) if weighted else None
    return FloatMeasure(nodes, weights)


def once(benchmark: Any, work: Any, *arguments: Any, **options: Any) -> Any:
    return benchmark.pedantic(work, arguments, options, rounds=3, iterations=1)


def group(size: tuple[int, int, int]) -> str:
    count, dim, degree = size
    return f"moments up to degree {degree} of {count} nodes in dimension {dim}"


def in_float64(measure: FloatMeasure, degree: int) -> Any:
    """The same sums with rounding, one monomial after the other."""
    scaled = frame_of(measure).scaled(measure)
    weights = np.ones(len(measure)) if measure.weights is None else measure.weights
    powers = [scaled**e for e in range(degree + 1)]
    sums = list[float]()
    for alpha in multi_indices(measure.dim, degree):
        factors = [powers[e][:, j] for j, e in enumerate(alpha)]
        sums.append(float(np.prod(factors, axis=0) @ weights))
    return np.array(sums)


def require_close(moments: Moments, rounded: Any, mass: float) -> None:
    widths, alphas = moments.frame.widths, multi_indices(moments.frame.dim, moments.degree)
    for alpha, value, near in zip(alphas, moments.values, rounded, strict=True):
        scale = 1
        for width, e in zip(widths, alpha, strict=True):
            scale *= width**e
        assert abs(float(value * moments.unit / scale) - near) <= ROUNDED * mass


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("weights", ["ones", "twelve decades"])
def test_exact(benchmark: Any, size: tuple[int, int, int], weights: str) -> None:
    benchmark.group = group(size)
    measure = cloud(size, weighted=weights != "ones")
    moments = once(benchmark, exact_moments, measure, size[2])
    require_close(moments, in_float64(measure, size[2]), float(measure.total_mass))


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_rounded_in_float64(benchmark: Any, size: tuple[int, int, int]) -> None:
    benchmark.group = group(size)
    measure = cloud(size)
    rounded = once(benchmark, in_float64, measure, size[2])
    require_close(exact_moments(measure, size[2]), rounded, size[0])


@pytest.mark.parametrize("size", SMALL, ids=str)
def test_python_integers(benchmark: Any, size: tuple[int, int, int]) -> None:
    benchmark.group = group(size)
    measure = cloud(size)
    sums = float_sums(measure.nodes, None, size[2], frame_of(measure))
    values = once(benchmark, replace(sums, plan=None).over, measure.nodes, None)
    assert tuple(values) == exact_moments(measure, size[2]).values


@pytest.mark.parametrize("count", [10**4, 10**5, 10**6, 10**7])
def test_growth_with_the_nodes(benchmark: Any, count: int) -> None:
    benchmark.group = "moments up to degree 6 in the plane"
    measure = cloud((count, 2, 6))
    moments = once(benchmark, exact_moments, measure, 6)
    assert moments.values[0] == count


@pytest.mark.parametrize("degree", [2, 4, 8, 16, 32, 64])
def test_growth_with_the_degree(benchmark: Any, degree: int) -> None:
    benchmark.group = "moments of 1000 nodes on the line"
    moments = once(benchmark, exact_moments, cloud((1000, 1, degree)), degree)
    assert len(moments.values) == degree + 1


def test_the_frame_of_ten_million_nodes(benchmark: Any) -> None:
    benchmark.group = "the exact box of 10^7 nodes in the plane"
    measure = cloud((10**7, 2, 0))
    frame = once(benchmark, frame_of, measure)
    ends = [
        (float(low * u), float(high * u))
        for low, high, u in zip(frame.lows, frame.highs, frame.units, strict=True)
    ]
    assert ends == list(
        zip(*(f(axis=0) for f in (measure.nodes.min, measure.nodes.max)), strict=True)
    )


def test_the_box_in_float64(benchmark: Any) -> None:
    benchmark.group = "the exact box of 10^7 nodes in the plane"
    nodes = cloud((10**7, 2, 0)).nodes
    low, high = once(benchmark, lambda: (nodes.min(axis=0), nodes.max(axis=0)))
    assert (low < high).all()


def test_the_defect_of_a_rule_on_a_million_nodes(benchmark: Any) -> None:
    benchmark.group = "the exact defect of 1000 of 10^6 nodes, degree 4 in the plane"
    measure = cloud((10**6, 2, 4))
    found = once(benchmark, defect, measure, range(1000), np.full(1000, 1000.0), 4)
    assert 0 < found.size < 1
    assert found.index != (0, 0)
