"""The public strategies give what they say, and reach the degenerate cases."""

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import Phase, find, given, settings

from tests.measures.exactly import monomial_rank
from ucomp_verify.algebra import num_monomials
from ucomp_verify.measures import AtomicMeasure, FloatMeasure, exact_measure
from ucomp_verify.strategies import (
    degrees,
    exact_measures,
    float_measures,
    float_points,
    sizes,
    unisolvent_nodes,
)

SEARCH = settings(
    max_examples=3000, database=None, derandomize=True, phases=[Phase.generate]
)  # no shrinking


@given(measure=exact_measures(max_dim=2, max_nodes=5))
def test_measures_keep_to_their_bounds(measure: AtomicMeasure) -> None:
    assert 1 <= measure.dim <= 2 and 1 <= len(measure.nodes) <= 5
    assert measure.total_mass > 0


@given(measure=exact_measures(zero_weights=False))
def test_zero_weights_can_be_excluded(measure: AtomicMeasure) -> None:
    assert min(measure.weights) > 0


@given(points=float_points(max_dim=2, max_nodes=5, magnitude=10))
def test_points_keep_to_their_bounds(points: npt.NDArray[np.float64]) -> None:
    assert points.dtype == np.float64 and 1 <= len(points) <= 5 and points.shape[1] in (1, 2)
    assert np.abs(points).max() <= 10
    assert exact_measure(points).total_mass == len(points)


@given(degree=degrees(max_degree=2))
def test_degrees_keep_to_their_bounds(degree: int) -> None:
    assert 0 <= degree <= 2


def spans_a_line(measure: AtomicMeasure) -> bool:
    distinct = set(measure.nodes)
    return measure.dim == 3 and len(distinct) > 3 and monomial_rank(distinct, 1) == 2


KINDS: dict[str, Callable[[AtomicMeasure], bool]] = {
    "one node": lambda m: len(m.nodes) == 1,
    "repeated nodes": lambda m: len(m.nodes) > 5 > len(set(m.nodes)) > 1,
    "a node of weight 0": lambda m: 0 in m.weights,
    "on a line in space": spans_a_line,
    "on a parabola": lambda m: (
        m.dim == 2 and len(set(m.nodes)) > 6 and monomial_rank(set(m.nodes), 2) == 5
    ),
    "in general position": lambda m: m.dim == 2 and monomial_rank(set(m.nodes), 2) == 6,
    "more nodes than monomials": lambda m: len(m.support) > 10,
    "weights of very different sizes": lambda m: (
        max(m.weights) > 10**15 * min(w for w in m.weights if w)
    ),
}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_measure_is_found(kind: str) -> None:
    found = find(exact_measures(), KINDS[kind], settings=SEARCH)
    assert KINDS[kind](found)


def test_points_with_repeated_rows_are_found() -> None:
    def repeated(points: npt.NDArray[Any]) -> bool:
        return len(points) > 2 and len(np.unique(points, axis=0)) < len(points)

    assert repeated(find(float_points(), repeated, settings=SEARCH))


@given(measure=float_measures(max_dim=2, max_nodes=5))
def test_float_measures_keep_to_their_bounds(measure: FloatMeasure) -> None:
    assert 1 <= len(measure) <= 5 and measure.dim in (1, 2)
    assert measure.total_mass > 0


@given(measure=float_measures(zero_weights=False))
def test_zero_weights_of_float_measures_can_be_excluded(measure: FloatMeasure) -> None:
    assert measure.weights is None or measure.weights.min() > 0


def rank(measure: FloatMeasure, degree: int) -> int:
    return monomial_rank(set(measure.exact().nodes), degree)


FLOAT_KINDS: dict[str, Callable[[FloatMeasure], bool]] = {
    "weights of 1": lambda m: m.weights is None,
    "a node of weight 0": lambda m: m.weights is not None and not m.weights.all(),
    "exactly on a line": lambda m: m.dim == 3 and len(m) > 9 and rank(m, 1) == 2,
    "on a circle up to rounding": lambda m: (
        m.dim == 2 and len(m) > 9 and bool(np.allclose(np.hypot(*m.nodes.T), 1)) and rank(m, 2) == 6
    ),
    "far off and close together": lambda m: len(m) > 3 and m.nodes.min() > 9e5,
    "two clusters": lambda m: len(m) > 3 and float(np.ptp(m.nodes)) > 900,
    "repeated nodes": lambda m: len(m) > 9 and len(np.unique(m.nodes, axis=0)) < len(m) / 2,
}


@pytest.mark.parametrize("kind", FLOAT_KINDS)
def test_every_kind_of_float_measure_is_found(kind: str) -> None:
    found = find(float_measures(), FLOAT_KINDS[kind], settings=SEARCH)
    assert FLOAT_KINDS[kind](found)


@pytest.mark.parametrize(("dim", "degree"), [(1, 4), (2, 3), (3, 2)])
def test_unisolvent_nodes_have_full_rank(dim: int, degree: int) -> None:
    @given(nodes=unisolvent_nodes(dim, degree))
    def check(nodes: list[Any]) -> None:
        assert len(nodes) == num_monomials(dim, degree) == monomial_rank(nodes, degree)

    check()


@given(size=sizes(2, 2, max_factor=2))
def test_sizes_can_be_attained(size: int) -> None:
    assert 6 <= size <= 12
