"""Lower bound <= true worst case <= upper bound, at every point, on exact ends."""

import json
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from importlib import import_module
from itertools import pairwise
from math import prod
from pathlib import Path
from typing import Any

import pytest
from flint import arb, ctx, fmpq
from hypothesis import given, target
from hypothesis import strategies as st

from tests.conftest import RecordEffective
from ucomp_verify.bounds import PolyellipseClass
from ucomp_verify.bounds.statement import HypothesisNotMet
from ucomp_verify.findings import Enclosure
from ucomp_verify.lower_bounds.analytic_worst_case import (
    Mismatches,
    analytic_worst_case,
    grid_sums,
    mismatches,
)
from ucomp_verify.lower_bounds.ellipses import half_axis
from ucomp_verify.lower_bounds.gauss import discrete_gauss_rule
from ucomp_verify.lower_bounds.sandwich import Layer, analytic_layers, plane_layers, smooth_layers
from ucomp_verify.reports.measurements import shipped_measurements

ONE = Fraction(1)
REPOSITORY = Path(__file__).parents[2]

points = st.lists(st.fractions(-1, 1, max_denominator=30), min_size=2, max_size=9, unique=True)


def rational(value: Fraction) -> arb:
    return arb(fmpq(value.numerator, value.denominator))


def ends(value: arb) -> tuple[Fraction, Fraction]:
    out: list[Fraction] = []
    for end in (value.lower(), value.upper()):
        mantissa, exponent = end.man_exp()
        out.append(Fraction(int(mantissa)) * Fraction(2) ** int(exponent))
    return out[0], out[1]


@given(nodes=points, data=st.data())
def test_gauss_rules_have_the_moments_of_the_measure(
    nodes: list[Fraction], data: st.DataObject
) -> None:
    weights = [Fraction(data.draw(st.integers(1, 20))) for _ in nodes]
    size = data.draw(st.integers(1, len(nodes) - 1))
    rule = discrete_gauss_rule(nodes, weights, size)
    assert len(rule.nodes) == len(rule.weights) == size
    assert all(w > 0 for w in rule.weights)
    with ctx.workprec(256):
        for degree in range(2 * size + 1):
            exact = sum((w * x**degree for x, w in zip(nodes, weights, strict=True)), Fraction(0))
            pairs = zip(rule.nodes, rule.weights, strict=True)
            terms = [prod([x] * degree, start=w) for x, w in pairs]
            low, high = ends(sum(terms, arb(0)))
            if degree < 2 * size:
                assert low <= exact <= high and high - low < Fraction(1, 10**12)
            else:  # the next moment is less: the square of the orthogonal polynomial is >= 0
                assert high < exact


def test_gauss_rules_need_more_nodes_than_they_have() -> None:
    nodes = [Fraction(0), ONE, ONE]
    with pytest.raises(HypothesisNotMet, match="2 nodes with a weight > 0; expected more than 2"):
        discrete_gauss_rule(nodes, [ONE, ONE, ONE], 2)
    with pytest.raises(HypothesisNotMet, match="2 nodes with a weight > 0"):
        discrete_gauss_rule([*nodes, Fraction(1, 2)], [ONE, ONE, ONE, Fraction(0)], 2)


def line_mismatches(side: int, nodes: Sequence[Fraction], degree: int = 40) -> Mismatches:
    """Those of the midpoints and of equal weights on the nodes."""
    grid = grid_sums(1, side, degree)
    weight = Fraction(side, len(nodes))
    return mismatches(
        grid, Fraction(side), [[rational(x)] for x in nodes], [rational(weight)] * len(nodes)
    )


@given(
    nodes=points,
    rho=st.fractions(Fraction(5, 4), 5, max_denominator=4),
    gap=st.fractions(Fraction(1, 100), 3, max_denominator=100),
)
def test_no_pole_outside_the_ellipse_is_worse_than_the_worst_case(
    nodes: list[Fraction], rho: Fraction, gap: Fraction, record_effective: RecordEffective
) -> None:
    side, functions = 12, PolyellipseClass(1, rho, Fraction(3))
    worst = analytic_worst_case(line_mismatches(side, nodes), functions)
    assert 0 <= worst.lower <= worst.upper
    # g = G gap / (pole - x), at most G on the ellipse, for a pole right of it by `gap`.
    pole, weight = half_axis(rho, 1) + gap, Fraction(side, len(nodes))
    midpoints = [Fraction(i, side) for i in range(1 - side, side, 2)]
    error = sum((3 * gap / (pole - x) for x in midpoints), Fraction(0))
    error -= sum((weight * 3 * gap / (pole - x) for x in nodes), Fraction(0))
    assert abs(error) <= worst.upper
    target(float(abs(error) / worst.upper))
    record_effective(1)


def test_the_worst_case_of_one_node_against_another_is_known() -> None:
    # For delta_1 - delta_-1 all odd T_j differ by 2: the worst case is between T_1 and the sums.
    found = mismatches({(j,): arb(1) for j in range(60)}, ONE, [[arb(-1)]], [arb(1)])
    worst = analytic_worst_case(found, PolyellipseClass(1, Fraction(4), ONE))
    least = 2 / half_axis(Fraction(4), 1)
    most = sum((4 / Fraction(4) ** j for j in range(1, 200, 2)), Fraction(0))
    assert least <= worst.lower <= worst.upper <= most
    assert worst.upper < worst.lower * Fraction(11, 10)


def test_what_is_beyond_the_series_is_counted() -> None:
    # Nothing is known of delta_4, delta_5, ... but that they are at most 3.
    unseen = Mismatches(1, 3, {(j,): arb(0) for j in range(4)}, Fraction(3))
    worst = analytic_worst_case(unseen, PolyellipseClass(1, Fraction(2), ONE))
    assert worst.lower == 0 and worst.upper == 3 * sum(Fraction(2, 2**j) for j in range(4, 8)) + (
        3 * Fraction(2, 2**7)
    )


def test_a_rule_outside_or_with_negative_weights_is_refused() -> None:
    grid = grid_sums(1, 4, 5)
    with pytest.raises(HypothesisNotMet, match=r"expected nodes in \[-1, 1\]\^m"):
        mismatches(grid, Fraction(4), [[arb(2)]], [arb(4)])
    with pytest.raises(HypothesisNotMet, match="a weight that may be < 0"):
        mismatches(grid, Fraction(4), [[arb(0)], [arb(1)]], [arb(5), arb(-1)])


def test_the_layers_of_the_analytic_class_are_in_order() -> None:
    for rho, width in ((Fraction(3, 2), Fraction(8, 5)), (Fraction(6), Fraction(101, 100))):
        found = list(analytic_layers(rho, 256, range(1, 9)))
        assert [layer.size for layer in found] == list(range(1, 9))
        for layer in found:
            assert layer.ordered
            gauss = dict(layer.rules)["Gauss rule"]
            assert gauss.upper <= gauss.lower * width
            # The rate is right: the Gauss rule is within a factor of 1000 d'^2 of the bound.
            assert gauss.upper <= 1000 * layer.size**2 * layer.lower


def test_the_layers_of_the_plane_are_in_order() -> None:
    assert all(layer.ordered for layer in plane_layers(Fraction(3), 64, range(2)))


@pytest.mark.parametrize("order", [1, 2, 4])
def test_the_layers_of_fixed_smoothness_are_in_order(order: int) -> None:
    found = list(smooth_layers(order, 256, (1, 2, 4, 8)))
    assert all(layer.ordered for layer in found)
    if order == 2:  # free nodes are better than those of the data, but by a constant only
        for layer in found:
            free, kept = (worst for _, worst in layer.rules)
            assert free.upper < kept.lower < 20 * free.lower
    # The bounds fall like d'^-s: by 2^s from one to the next, exactly.
    for before, after in pairwise(found):
        assert before.lower == after.lower * 2**order
        assert before.upper[0][1] == after.upper[0][1] * 2**order


def test_layers_out_of_order_are_seen() -> None:
    layer = Layer(1, ONE, (("rule", Enclosure(ONE, Fraction(2), 0)),), (("T", Fraction(2)),))
    assert layer.ordered
    assert not replace(layer, lower=Fraction(1001, 1000)).ordered
    assert not replace(layer, upper=(("T", Fraction(1999, 1000)),)).ordered
    with pytest.raises(HypothesisNotMet, match="a power of 2"):
        next(smooth_layers(1, 12, (1,)))
    with pytest.raises(HypothesisNotMet, match="expected a multiple of 6"):
        next(smooth_layers(3, 16, (1,)))


def committed() -> dict[str, Any]:
    path = REPOSITORY / "ucomp_verify" / "reports" / "measured" / "sandwich.json"
    return json.loads(path.read_text(encoding="utf-8"))


def test_the_committed_table_is_in_order() -> None:
    table = next(m for m in shipped_measurements() if m.slug == "sandwich")
    assert table.plot.startswith("<svg") and len(table.rows) == 39
    for row in table.rows:
        lower, gauss, kept, *upper = (cell.text for cell in row[2:])
        true = [float(end) for text in (gauss, kept) if text for end in text.split(" to ")]
        assert float(lower) <= min(true)
        assert all(max(map(float, kept.split(" to "))) <= float(u) for u in upper if u)


@pytest.mark.slow
def test_the_committed_table_is_what_the_bounds_say() -> None:
    sandwich: Any = import_module("benchmarks.sandwich")
    found = [
        sandwich._row(name, layer) for name, rows in sandwich.layers().items() for layer in rows
    ]
    kept = sandwich.COLUMNS.index("reduction (nodes of the data)")
    # Which of the nodes a reduction keeps may depend on the machine; the rest does not.
    expected = committed()["rows"]
    assert [[*row[:kept], *row[kept + 1 :]] for row in found] == [
        [*row[:kept], *row[kept + 1 :]] for row in expected
    ]
