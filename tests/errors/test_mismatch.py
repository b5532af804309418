from collections.abc import Sequence
from fractions import Fraction
from itertools import product
from typing import Any

import numpy as np
import pytest

from ucomp_verify.algebra.multi_indices import multi_indices
from ucomp_verify.bounds import HypothesisNotMet
from ucomp_verify.errors import chebyshev_sums
from ucomp_verify.errors.boxes import Box
from ucomp_verify.errors.double_words import pairs_of
from ucomp_verify.errors.mismatch import Mismatch, cell_mismatches, chebyshev_mismatch
from ucomp_verify.measures import AtomicMeasure, FloatMeasure
from ucomp_verify.measures.rules import Rule

SHAPES = [(1, 9), (2, 5), (3, 3), (4, 2)]  # dimension and order


def chebyshev(order: int, t: Fraction) -> Fraction:
    before, value = Fraction(1), t
    if not order:
        return before
    for _ in range(order - 1):
        before, value = value, 2 * t * value - before
    return value


def true_values(measure: Any, rule: Rule, box: Box, order: int, places: Sequence[int]) -> Any:
    """int T_alpha d(mu - nu) on some of the nodes, from the definition."""
    exact = measure.exact() if isinstance(measure, FloatMeasure) else measure
    signed = {i: exact.weights[i] for i in places}
    for index, weight in zip(rule.indices, rule.weights, strict=True):
        if index in signed:
            signed[index] -= weight
    out = list[Fraction]()
    for alpha in multi_indices(box.dim, order):
        total = Fraction(0)
        for i, weight in signed.items():
            term = weight
            for j, a in enumerate(alpha):
                half = box.halves[j]
                t = (exact.nodes[i][j] - box.centre[j]) / half if half else Fraction(0)
                term *= chebyshev(a, t)
            total += term
        out.append(total)
    return out


def problem(dim: int, seed: int, count: int = 40) -> tuple[FloatMeasure, Rule]:
    rng = np.random.default_rng(seed)
    nodes = rng.uniform(-1, 2, (count, dim)) * 10.0 ** rng.integers(-3, 4, dim)
    weights = rng.uniform(0, 9, count)
    weights[3] = 0.0
    rule = Rule((5, 0, 7, 5, 3), tuple(Fraction(int(n), 7) for n in (300, -41, 99, 1, 2)))
    return FloatMeasure(nodes, weights), rule


def worst(found: Mismatch, true: Sequence[Fraction]) -> Fraction:
    return max(abs(a - b) for a, b in zip(found.values, true, strict=True))


@pytest.mark.parametrize(("dim", "order"), SHAPES)
@pytest.mark.parametrize("seed", range(3))
def test_float64_data_are_within_the_radius(dim: int, order: int, seed: int) -> None:
    measure, rule = problem(dim, seed)
    found = chebyshev_mismatch(measure, rule, order)
    true = true_values(measure, rule, found.box, order, range(len(measure)))
    assert 0 < worst(found, true) <= found.radius
    assert found.radius < found.mass / 10**20
    assert found.mass >= measure.total_mass
    assert found.kept_mass >= sum(map(abs, rule.weights))
    assert found.kept_mass < Fraction(444, 7)


def test_a_radius_a_thousand_times_smaller_would_be_wrong() -> None:
    measure, rule = problem(2, 0, 500)
    found = chebyshev_mismatch(measure, rule, 5)
    true = true_values(measure, rule, found.box, 5, range(500))
    assert worst(found, true) > found.radius / 1000


def test_both_measures_count_in_the_radius() -> None:
    measure, _ = problem(2, 0, 500)
    for weight in (Fraction(1, 10**9), Fraction(10**9, 7)):
        rule = Rule((4,), (weight,))
        found = chebyshev_mismatch(measure, rule, 5)
        true = true_values(measure, rule, found.box, 5, range(500))
        assert worst(found, true) <= found.radius


@pytest.mark.parametrize(("dim", "order"), SHAPES)
def test_rational_data_are_exact(dim: int, order: int) -> None:
    measure, rule = problem(dim, 8, 12)
    exact = measure.exact()
    found = chebyshev_mismatch(exact, rule, order)
    assert found.radius == 0
    assert list(found.values) == true_values(exact, rule, found.box, order, range(12))


def test_both_ways_agree_on_a_given_box() -> None:
    measure, rule = problem(2, 4)
    box = Box.cube(2, Fraction(2 * 10**4, 3))
    first, second = (chebyshev_mismatch(m, rule, 6, box=box) for m in (measure, measure.exact()))
    assert worst(first, second.values) <= first.radius
    odd = Box((Fraction(1, 3), Fraction(0)), box.halves)  # no float64, so in integers
    assert chebyshev_mismatch(measure, rule, 6, box=odd).radius == 0


@pytest.mark.parametrize("power", [-1000, -300, -30, 30, 300, 990])
def test_all_scales_of_data(power: int) -> None:
    measure, rule = problem(2, 5, 20)
    assert measure.weights is not None
    far = FloatMeasure(measure.nodes * 2.0**power, measure.weights * 2.0**-power)
    scaled = Rule(rule.indices, tuple(w * Fraction(2) ** -power for w in rule.weights))
    found = chebyshev_mismatch(far, scaled, 4)
    true = true_values(far, scaled, found.box, 4, range(20))
    assert worst(found, true) <= found.radius <= found.mass / 10**20


def test_a_far_offset_is_no_loss() -> None:
    nodes = np.linspace(0, 1, 33).reshape(-1, 1) * 2.0**-20 + 2.0**30
    measure, rule = FloatMeasure(nodes), Rule((0, 32), (Fraction(33, 2),) * 2)
    found = chebyshev_mismatch(measure, rule, 8)
    assert worst(found, true_values(measure, rule, found.box, 8, range(33))) <= found.radius
    assert found.defect(8) > Fraction(1, 10)


def test_a_node_without_weight_does_not_stretch_the_box() -> None:
    nodes, weights = np.array([[0.0], [1.0], [100.0]]), np.array([1.0, 1.0, 0.0])
    measure = FloatMeasure(nodes, weights)
    inner = Rule((0, 1), (Fraction(1), Fraction(1)))
    outer = Rule((0, 2), (Fraction(1), Fraction(1)))
    for data in (measure, measure.exact()):
        assert chebyshev_mismatch(data, inner, 1).box.halves[0] < Fraction(51, 100)
        assert chebyshev_mismatch(data, outer, 1).box.halves[0] >= 50
        assert chebyshev_mismatch(data, inner, 1).defect(1) < Fraction(1, 10**20)


def test_an_axis_without_extent() -> None:
    nodes = np.array([[0.0, 5.0], [1.0, 5.0], [3.0, 5.0]])
    rule = Rule((0, 2), (Fraction(2), Fraction(1)))
    for data in (FloatMeasure(nodes), FloatMeasure(nodes).exact()):
        found = chebyshev_mismatch(data, rule, 3)
        assert found.box.halves[1] == 0
        assert worst(found, true_values(data, rule, found.box, 3, range(3))) <= found.radius


CELLS = [np.arange(0, 6), np.array([6]), np.arange(7, 40)]


@pytest.mark.parametrize("dim", [1, 2, 3])
def test_cells(dim: int) -> None:
    measure, rule = problem(dim, 6)
    for data in (measure, measure.exact()):
        found = list(cell_mismatches(data, rule, CELLS, 4))
        assert len(found) == len(CELLS)
        for cell, part in zip(CELLS, found, strict=True):
            true = true_values(data, rule, part.box, 4, cell.tolist())
            assert worst(part, true) <= part.radius
            assert len(set(part.box.halves)) == 1
    assert list(cell_mismatches(measure.exact(), rule, CELLS, 4))[1].box.halves == (0,) * dim


def test_blocks_and_parts_change_no_bit(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(2)
    count = 2 * chebyshev_sums.BLOCK + 77
    nodes = rng.uniform(-1, 1, (count, 2))
    weights = pairs_of([Fraction(int(n), 10**9) for n in rng.integers(-(10**9), 10**9, count)])

    def sums(sizes: list[int]) -> list[list[int]]:
        ones = np.ones((len(sizes), 2))
        inverses = (ones, np.zeros_like(ones))
        parts = chebyshev_sums.Parts(nodes, weights, sizes, np.zeros_like(ones), inverses)
        return list(chebyshev_sums.chebyshev_sums(parts, 4))

    (whole,) = sums([count])
    parts = sums([0, 3, 5000, 0, 1, count - 5004, 0])
    assert [sum(column) for column in zip(*parts, strict=True)] == whole
    assert not any(parts[0]) and not any(parts[3]) and not any(parts[6])
    monkeypatch.setattr(chebyshev_sums, "FLUSH", 1)
    assert sums([count]) == [whole]
    monkeypatch.setattr(chebyshev_sums, "BLOCK", 100)
    assert sums([count]) == [whole]


@pytest.mark.parametrize("order", [1, 7, 40])
def test_extreme_nodes_stay_exact(order: int) -> None:
    """At the corners all |T| are 1, so that limbs and sums are as large as they get."""
    nodes = np.array([*product((-1.0, 1.0), repeat=2)] * 1024)
    measure, rule = FloatMeasure(nodes), Rule((0,), (Fraction(1),))
    found = chebyshev_mismatch(measure, rule, order, box=Box.cube(2, Fraction(1)))
    for alpha, value in zip(found.indices, found.values, strict=True):
        expected = (1 + (-1) ** alpha[0]) * (1 + (-1) ** alpha[1]) * 1024 - (-1) ** sum(alpha)
        assert abs(value - expected) <= found.radius


def test_what_is_refused() -> None:
    measure, rule = problem(2, 0)
    with pytest.raises(ValueError, match=r"index 40 in place 0 for 40 nodes; expected 0 to 39"):
        chebyshev_mismatch(measure, Rule((40,), (Fraction(1),)), 2)
    with pytest.raises(ValueError, match=r"order 1000 in dimension 2; expected .* take a lower"):
        chebyshev_mismatch(measure, rule, 1000)
    with pytest.raises(HypothesisNotMet, match=r"box: found nodes that fill .*: take a larger"):
        chebyshev_mismatch(measure, rule, 2, box=Box.cube(2, Fraction(1, 1000)))
    with pytest.raises(HypothesisNotMet, match="degree 3; expected at most 2"):
        chebyshev_mismatch(measure, rule, 2).defect(3)


@pytest.mark.parametrize(
    ("cells", "text"),
    [
        ([], "no cell; expected nodes"),
        ([np.arange(40), np.array([], np.intp)], "cell without nodes"),
        ([np.arange(40), np.array([4])], "node 4 in two cells"),
        ([np.arange(39)], "node 39 in no cell"),
        ([np.arange(41)], "cells beyond 40 nodes"),
    ],
)
def test_cells_that_are_no_partition_are_refused(cells: Any, text: str) -> None:
    measure, rule = problem(2, 0)
    for data in (measure, measure.exact()):
        with pytest.raises(ValueError, match=text):
            list(cell_mismatches(data, rule, cells, 1))


def test_all_weights_in_one_place_have_no_mismatch() -> None:
    point = AtomicMeasure([(1, 2), (3, 4)], [0, 5])
    found = chebyshev_mismatch(point, Rule((1,), (Fraction(5),)), 3)
    assert set(found.values) == {Fraction(0)} and found.defect(3) == 0


@pytest.mark.parametrize("seed", range(5))
def test_the_defect_is_relative_to_no_more_than_the_mass(seed: int) -> None:
    rng = np.random.default_rng(seed)
    measure = FloatMeasure(rng.uniform(-1, 1, (7, 1)), rng.uniform(0, 1, 7))
    rule = Rule((0, 3), (Fraction(10) ** 40, Fraction(1, 3)))
    found = chebyshev_mismatch(measure, rule, 2)
    mass = sum(map(Fraction, measure.exact().weights), Fraction(0))
    assert found.least_mass <= mass <= found.mass
    exact = chebyshev_mismatch(measure.exact(), rule, 2, box=found.box)
    assert found.defect(2) * mass >= max(map(abs, exact.values))


def test_a_weight_too_small_for_the_sums_counts_in_the_mass() -> None:
    measure = FloatMeasure(np.array([[-1.0], [1.0]]), np.array([1.0, 2.0**-90]))
    rule = Rule((0,), (Fraction(1),))
    cells = cell_mismatches(measure, rule, [np.array([0, 1])], 2)
    for found in (chebyshev_mismatch(measure, rule, 2), *cells):
        assert found.least_mass <= 1 + Fraction(1, 1 << 90) <= found.mass


def test_boxes_of_cells_hold_their_nodes() -> None:
    nodes = np.random.default_rng(5).uniform(-1, 1, (60, 2))
    measure, rule = FloatMeasure(nodes), Rule((0,), (Fraction(1),))
    cells = np.split(np.arange(60), 12)
    for cell, found in zip(cells, cell_mismatches(measure, rule, cells, 1), strict=True):
        part = measure.part(cell.tolist()).exact()
        axes = list(zip(*part.nodes, strict=True))
        assert found.box.holds([min(a) for a in axes], [max(a) for a in axes])
        assert max(found.box.halves) <= 1.01 * max((max(a) - min(a)) / 2 for a in axes)
