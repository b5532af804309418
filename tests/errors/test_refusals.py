"""Bounds are refused for functions and classes that do not fit the nodes."""

from dataclasses import replace
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from tests.errors.formulas import measure_of, rules_of
from ucomp_verify.bounds import (
    HypothesisNotMet,
    PolydiscClass,
    PolyellipseClass,
    RidgeClass,
    Sigmoid,
    sigmoid_class,
)
from ucomp_verify.caratheodory import reduce_measure
from ucomp_verify.errors.certified import posterior_bound
from ucomp_verify.functions import parse_function
from ucomp_verify.measures import AtomicMeasure, FloatMeasure
from ucomp_verify.measures.rules import Rule


class Unknown:
    """A function that may have any constant."""

    width = 1.0

    def bound(self, half_width: Fraction) -> Any:
        return Sigmoid().bound(half_width)


def test_unknown_constants_are_refused_where_masses_differ() -> None:
    measure = measure_of(0)
    matched, *_, unmatched = rules_of(measure)
    functions = RidgeClass(Unknown(), 2)
    assert posterior_bound(measure.exact(), matched, functions, degree=4).bound.value > 0
    with pytest.raises(HypothesisNotMet, match=r"masses that may differ by .*: match the moment"):
        posterior_bound(measure, unmatched, functions, degree=4)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("1/x1", "no neighbourhood of the box"),
        ("log(x1 + x2)", "no neighbourhood of the box"),
        ("x3", "of 3 variables; expected at most 2"),
    ],
)
@pytest.mark.parametrize("cells", [(), (np.arange(30), np.arange(30, 60))])
def test_functions_that_do_not_fit_are_refused(text: str, found: str, cells: Any) -> None:
    measure = measure_of(0)
    rule, g = rules_of(measure)[0], parse_function(text, 3)
    with pytest.raises(HypothesisNotMet, match=found):
        posterior_bound(measure, rule, g, degree=2, cells=cells)


def test_classes_on_smaller_cubes_are_refused() -> None:
    measure = measure_of(0)
    rule = rules_of(measure)[0]
    small: list[Any] = [
        PolyellipseClass(2, Fraction(2), Fraction(1), half_side=Fraction(1, 2)),
        PolydiscClass(2, Fraction(1, 2), Fraction(1), Fraction(1)),
    ]
    for functions in small:
        with pytest.raises(HypothesisNotMet, match="take a larger one"):
            posterior_bound(measure, rule, functions, degree=2)


def test_cells_that_reach_beyond_the_domain_are_refused() -> None:
    """The cube around a long cell at the edge holds the pole of a function of the class."""
    rng = np.random.default_rng(0)
    nodes = rng.uniform(-1, 1, (40, 2))
    nodes[:, 0] = 0.95 + nodes[:, 0] / 20
    measure = FloatMeasure(nodes)
    rule = reduce_measure(measure, 2).rule
    near = PolydiscClass(2, Fraction(1), Fraction(1, 4), Fraction(100))
    with pytest.raises(HypothesisNotMet, match=r"reaches 0.9.* beyond where .* about as long"):
        posterior_bound(measure, rule, near, degree=2, cells=[np.arange(40)])
    assert posterior_bound(measure, rule, near, degree=2).bound.value > 0


def test_negative_degrees_are_refused() -> None:
    measure = measure_of(0)
    with pytest.raises(HypothesisNotMet, match="degree = -1; expected an integer >= 0"):
        posterior_bound(measure, rules_of(measure)[0], sigmoid_class(2), degree=-1)


@pytest.mark.parametrize("cells", [(), (np.array([0, 1]), np.array([2]))])
def test_nodes_at_the_edge_of_the_cube_fit_and_beyond_it_do_not(cells: Any) -> None:
    """0.7 has more bits than half sides keep: the box around the nodes leaves the cube."""
    edge = Fraction(0.7)
    measure = FloatMeasure(np.array([[-0.7], [0.1], [0.7]]))
    rule = Rule((0, 2), (Fraction(3, 2), Fraction(3, 2)))
    for kind in (PolydiscClass(1, edge, Fraction(1), Fraction(1)), fitting(edge)):
        assert posterior_bound(measure, rule, kind, degree=1, cells=cells).bound.value > 0
        least = replace(kind, half_side=edge - Fraction(1, 10**30))
        with pytest.raises(HypothesisNotMet, match=r"nodes that fill \[-0.7, 0.7\]"):
            posterior_bound(measure, rule, least, degree=1, cells=cells)


def fitting(half_side: Fraction) -> PolyellipseClass:
    return PolyellipseClass(1, Fraction(3), Fraction(1), half_side=half_side)


def test_huge_numbers_are_shown_in_refusals() -> None:
    huge = Fraction(10) ** 400
    line = AtomicMeasure([(-huge,), (0,), (huge,)], [1, 1, 1])
    rule = Rule((0,), (huge,))
    with pytest.raises(HypothesisNotMet, match=r"\[about -2\^1328, about 2\^1328\].*larger"):
        posterior_bound(line, rule, fitting(Fraction(1)), degree=0)
    short = AtomicMeasure([(-1,), (0,), (1,)], [1, 1, 1])
    with pytest.raises(HypothesisNotMet, match=r"masses that may differ by about 2\^13"):
        posterior_bound(short, rule, RidgeClass(Unknown(), 1), degree=0)
