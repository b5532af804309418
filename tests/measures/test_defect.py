"""The defect of anybody's rule: the kernel's number, and zero only for exact rules."""

from fractions import Fraction
from importlib import import_module
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.measures import exactly
from ucomp_verify.kernel import check
from ucomp_verify.kernel.certificates import ApproximateCubature, Source
from ucomp_verify.kernel.facts import CubatureFact
from ucomp_verify.measures import AtomicMeasure, FloatMeasure, InvalidMeasure
from ucomp_verify.measures.defect import Defect, defect
from ucomp_verify.strategies import exact_measures, float_points
from ucomp_verify.writing import points as exact_points
from ucomp_verify.writing import vector

mpmath: Any = import_module("mpmath")


def kernel_defect(
    measure: AtomicMeasure, indices: list[int], weights: list[Fraction], degree: int
) -> CubatureFact:
    source = Source(exact_points(measure.nodes), vector(measure.weights), ())
    fact = check(ApproximateCubature(source, degree, tuple(indices), vector(weights)))
    assert isinstance(fact, CubatureFact)
    return fact


WEIGHTS = st.fractions(Fraction(1, 100), 100) | st.floats(1e-9, 1e9).map(Fraction)


@settings(deadline=None)
@given(exact_measures(max_nodes=8), st.integers(0, 4), st.data())
def test_the_kernel_agrees(measure: AtomicMeasure, degree: int, data: st.DataObject) -> None:
    places = st.lists(st.integers(0, len(measure.nodes) - 1), unique=True, min_size=1)
    indices = data.draw(places)
    weights = data.draw(st.lists(WEIGHTS, min_size=len(indices), max_size=len(indices)))
    found = defect(measure, indices, weights, degree)
    fact = kernel_defect(measure, indices, weights, degree)
    assert (found.failing, found.size) == (fact.defects, fact.defect)


@settings(deadline=None)
@given(float_points(), st.integers(0, 4), st.data())
def test_the_kernel_agrees_on_floats(points: Any, degree: int, data: st.DataObject) -> None:
    measure = FloatMeasure(points, np.linspace(0, 2, len(points) + 1)[1:])
    indices = data.draw(st.lists(st.integers(0, len(points) - 1), unique=True, min_size=1))
    weights = np.random.default_rng(0).random(len(indices)) + 0.5
    found = defect(measure, indices, weights, degree)
    fact = kernel_defect(measure.exact(), indices, list(map(Fraction, weights.tolist())), degree)
    assert (found.failing, found.size) == (fact.defects, fact.defect)


def by_definition(points: Any, masses: Any, indices: Any, weights: Any, degree: int) -> Fraction:
    """The defect in fractions, by nothing of ours."""
    exact = [[Fraction(x) for x in row] for row in points.tolist()]
    axes = [(min(axis), max(axis)) for axis in zip(*exact, strict=True)]
    nodes = [
        tuple(
            (2 * x - a - b) / (b - a) if a < b else Fraction(0)
            for x, (a, b) in zip(row, axes, strict=True)
        )
        for row in exact
    ]
    old = [Fraction(w) for w in masses.tolist()]
    new = [Fraction(0)] * len(old)
    for i, w in zip(indices, weights, strict=True):
        new[i] += Fraction(w)
    gaps = [b - a for a, b in zip(old, new, strict=True)]
    return max(map(abs, exactly.moments(nodes, gaps, degree).values())) / sum(old)


@pytest.mark.parametrize("zero", [False, True])
def test_repeated_indices_and_negative_weights_add_up(zero: bool) -> None:
    rng = np.random.default_rng(0)
    points, masses = rng.uniform(-1, 1, (60, 2)), rng.random(60)
    given_weights: Any
    if zero:
        points[0] = 7.0, -9.0  # a node without weight widens the box
        masses[0] = 0
    indices = [5, 3, 5, 59, 3, 0]
    weights = [1.5, -2.0, 0.25, 20.0, 3.0, 0.0]
    expected = by_definition(points, masses, indices, weights, 3)
    measure = FloatMeasure(points, masses)
    for given_weights in (weights, np.array(weights), [Fraction(w) for w in weights]):
        assert defect(measure, indices, given_weights, 3).size == expected
    exact = measure.exact()
    assert defect(exact, np.array(indices), [mpmath.mpf(w) for w in weights], 3).size == expected


def test_the_measure_itself_has_no_defect() -> None:
    rng = np.random.default_rng(0)
    masses = rng.random(3000)
    measure = FloatMeasure(rng.standard_normal((3000, 3)), masses)
    exact = defect(measure, np.arange(3000), masses, 5)
    assert exact == Defect(5, ())
    assert (exact.size, exact.index) == (0, None)
    assert str(exact) == "all moments up to degree 5 agree exactly"
    weights = masses.copy()
    weights[7] = np.nextafter(weights[7], 2)
    almost = defect(measure, np.arange(3000), weights, 5)
    assert almost.index == (0, 0, 0)
    assert 0 < almost.size == Fraction(float(weights[7] - masses[7])) / measure.total_mass
    assert len(almost.failing) == 56
    assert "56 moments up to degree 5 differ, most at (0, 0, 0): by " in str(almost)


def test_the_first_of_the_largest_is_named() -> None:
    measure = FloatMeasure(np.array([[-1.0], [0.0], [1.0]]))
    found = defect(measure, [0, 2], [1.5, 1.5], 3)
    assert found.failing == (((2,), Fraction(1, 3)),)
    assert (found.size, found.index) == (Fraction(1, 3), (2,))


def test_scale_and_offset_change_nothing() -> None:
    rng = np.random.default_rng(0)
    grid: Any = rng.integers(-1000, 1000, (200, 2)).astype(np.float64)
    sizes = {
        defect(FloatMeasure(grid * scale + offset), [1, 2, 3], [100.0, 60.0, 40.0], 4).size
        for scale, offset in ((1, 0), (2.0**-500, 0), (2.0**900, 0), (2.0**-10, 2.0**20))
    }
    assert len(sizes) == 1


def test_the_empty_rule_misses_all_the_mass() -> None:
    for measure in (FloatMeasure(np.array([[2.0], [3.0]])), AtomicMeasure.unit([(2,), (3,)])):
        found = defect(measure, [], [], 2)
        assert (found.size, found.index) == (1, (0,))


GOOD = FloatMeasure(np.array([[0.0], [1.0], [3.0]]))
BAD: list[tuple[Any, Any, Any, str]] = [
    (GOOD, [3], [1.0], "found the index 3 in place 0 for 3 nodes; expected 0 to 2"),
    (GOOD, [0, -1], [1.0, 1.0], "found the index -1 in place 1 for 3 nodes"),
    (GOOD, [0.0], [1.0], "found indices of type float64 and shape"),
    (GOOD, [True], [1.0], "found indices of type bool"),
    (GOOD, [[0]], [1.0], r"found indices of type int64 and shape \(1, 1\)"),
    (GOOD, [0, 1], [1.0], "found 1 weights for 2 indices"),
    (GOOD, [0], [float("nan")], "found nan in the rule's weights"),
    (GOOD, [0], np.array([np.inf]), "found inf in place 0 in the rule's weights"),
    (GOOD, [0], ["1"], "found '1' of type str in the rule's weights"),
    (FloatMeasure(GOOD.nodes, np.zeros(3)), [0], [1.0], "found weights that are all 0; .* mass"),
]


@pytest.mark.parametrize(("measure", "indices", "weights", "reason"), BAD)
def test_bad_rules_are_refused(measure: Any, indices: Any, weights: Any, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        defect(measure, indices, weights, 2)
    assert issubclass(InvalidMeasure, ValueError)
