"""A ball of the radius that is claimed holds all nodes."""

from fractions import Fraction
from itertools import combinations
from typing import Any

import numpy as np
import pytest
from hypothesis import given

from ucomp_verify.bounds import enclosing_radius
from ucomp_verify.measures import AtomicMeasure, FloatMeasure, exact_measure
from ucomp_verify.strategies import exact_measures


def squared(first: Any, second: Any) -> Fraction:
    return sum(((a - b) ** 2 for a, b in zip(first, second, strict=True)), Fraction(0))


@given(measure=exact_measures())
def test_the_radius_is_at_least_half_of_every_distance(measure: AtomicMeasure) -> None:
    nodes = [measure.nodes[i] for i in measure.support]
    radius = enclosing_radius(measure)
    farthest = max((squared(a, b) for a, b in combinations(nodes, 2)), default=Fraction(0))
    assert farthest <= 4 * radius**2
    box = squared(*[[f(axis) for axis in zip(*nodes, strict=True)] for f in (min, max)])
    assert 4 * radius**2 <= box * (1 + Fraction(1, 10**9))


def test_half_the_diameter_is_not_enough() -> None:
    """The triangle of diameter 6 has the circumradius 17/5."""
    triangle = AtomicMeasure.unit([(-3, 0), (3, 0), (0, 5)])
    assert Fraction(17, 5) <= enclosing_radius(triangle) < Fraction(35, 10)


def test_equilateral_triangles_attain_jungs_constant() -> None:
    nodes = np.array([[np.cos(a), np.sin(a)] for a in np.array([0, 2, 4]) * np.pi / 3])
    assert enclosing_radius(FloatMeasure(nodes)) == pytest.approx(1, abs=0.02)


@pytest.mark.parametrize("scale", [2.0**-900, 1.0, 2.0**900])
@pytest.mark.parametrize("offset", [0.0, 1e6])
def test_any_scale_and_offset(scale: float, offset: float) -> None:
    nodes = np.array([[0.0, 0.0], [3.0, 4.0], [1.0, 1.0]]) + offset
    radius = enclosing_radius(FloatMeasure(nodes * scale)) / Fraction(scale)
    assert Fraction(5, 2) <= radius < Fraction(5, 2) * (1 + Fraction(1, 10**9))


def test_float_and_exact_measures_agree() -> None:
    nodes = np.random.default_rng(0).normal(size=(200, 3))
    first, second = (enclosing_radius(f(nodes)) for f in (FloatMeasure, exact_measure))
    assert first == pytest.approx(second, rel=1e-12)


def test_nodes_of_weight_zero_do_not_count() -> None:
    nodes = np.array([[0.0], [2.0], [100.0]])
    assert 1 <= enclosing_radius(FloatMeasure(nodes, np.array([1.0, 1.0, 0.0]))) <= 1 + 1e-9
    assert enclosing_radius(FloatMeasure(nodes, np.zeros(3))) == 0
    assert 1 <= enclosing_radius(AtomicMeasure([(0,), (2,), (100,)], [1, 1, 0])) <= 1 + 1e-9
