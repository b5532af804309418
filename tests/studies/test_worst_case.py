"""Errors of adversaries, of the worst and of typical members are proved and in order."""

import math
from collections import defaultdict
from dataclasses import replace
from fractions import Fraction
from itertools import product

import numpy as np
import pytest

from ucomp_verify.algebra import multi_indices
from ucomp_verify.findings import Enclosure
from ucomp_verify.functions import derivative_bound
from ucomp_verify.measures.rules import Rule
from ucomp_verify.studies.model import Config, Row, Status, Table, canonical
from ucomp_verify.studies.seeds import Seeds
from ucomp_verify.studies.worst_case import STUDY
from ucomp_verify.studies.worst_case.cells import MEMBERS, cell, members
from ucomp_verify.studies.worst_case.errors import Grid, Proved, reduced, smooth
from ucomp_verify.studies.worst_case.views import ratio

SEEDS = Seeds("worst-case", 1)
ORDER = ("lower", "adversary", "worst_lower", "worst_upper", "upper")


def _config(kind: str, method: str = "plain", **settings: int) -> Config:
    given = {"m": 1, "k": 1, "cells": 4, "side": 128, "trial": 0} | settings
    return Config.of(**{"class": kind}, method=method, **given)


CONFIGS = [
    *(_config("smooth", method, k=k) for method in ("plain", "unbiased") for k in (1, 2)),
    _config("smooth", m=2, cells=2, side=16),
    *(_config("analytic", k=k, cells=1, side=256) for k in (1, 5)),
    _config("analytic", m=2, k=1, cells=1, side=64),
]


@pytest.mark.parametrize("config", CONFIGS, ids=lambda c: c.text)
def test_a_cell_finds_errors_in_order(config: Config) -> None:
    found = cell(config, SEEDS).found
    values = [Fraction(str(found[name])) for name in ORDER]
    assert found["ordered"] is True
    assert values == sorted(values) and values[0] > 0
    low, middle, high = (
        Fraction(str(found[name])) for name in ("error_lower", "error", "error_upper")
    )
    assert 0 < low <= middle <= high <= values[3]
    assert high - low < low / 1000
    canonical(found)


def test_a_cell_finds_the_same_bits_again() -> None:
    for config in (CONFIGS[2], CONFIGS[-1]):
        assert canonical(cell(config, SEEDS).found) == canonical(cell(config, SEEDS).found)


def test_other_trials_and_rules_find_something_else() -> None:
    found = [cell(_config("smooth", trial=trial), SEEDS).found for trial in (0, 1)]
    found.append(cell(_config("smooth", "unbiased"), SEEDS).found)
    assert len({str(one["worst_lower"]) for one in found}) == 3


def _smooth(dim: int, side: int, count: int, degree: int) -> tuple[Grid, Rule, Proved]:
    grid = Grid(dim, side)
    rule = reduced(grid, degree, count, unbiased=False, numbers=range(count**dim))
    typical = members(SEEDS, dim=dim, trial=0)
    return grid, rule, smooth(grid, rule, degree + 1, count, typical)


def test_rules_match_the_moments_of_every_cell_exactly() -> None:
    for unbiased in (False, True):
        grid = Grid(2, 8)
        rule = reduced(grid, 2, 2, unbiased=unbiased, numbers=range(4))
        kept = dict(zip(rule.indices, rule.weights, strict=True))
        for places, alpha in product(grid.cells(2), multi_indices(2, 2)):
            before = sum(_power(grid.nodes[i], alpha) for i in places)
            after = sum(kept[i] * _power(grid.nodes[i], alpha) for i in places if i in kept)
            assert before == after


def _power(node: tuple[Fraction, ...], alpha: tuple[int, ...]) -> Fraction:
    return math.prod((x**a for x, a in zip(node, alpha, strict=True)), start=Fraction(1))


def test_cells_are_a_partition_into_equal_cubes() -> None:
    grid = Grid(2, 8)
    cells = grid.cells(4)
    assert sorted(i for cell in cells for i in cell) == list(range(64))
    for places in cells:
        for axis in range(2):
            xs = [grid.nodes[i][axis] for i in places]
            assert max(xs) - min(xs) == Fraction(2, 8)


def test_the_worst_case_is_not_less_than_any_polynomial_of_the_class() -> None:
    grid, rule, found = _smooth(1, 64, 2, 1)
    for centre in (Fraction(0), Fraction(1, 3)):
        values = [(x - centre) ** 2 / 2 for (x,) in grid.nodes]
        kept = zip(rule.indices, rule.weights, strict=True)
        error = abs(sum(values) - sum(w * values[i] for i, w in kept)) / 64
        assert 0 < error <= found.worst.upper


def test_typical_errors_agree_with_sums_in_float64() -> None:
    grid, rule, found = _smooth(2, 16, 2, 1)
    drawn = 2 * SEEDS.generator("members", m=2, trial=0).random((MEMBERS, 3)) - 1
    nodes = np.array([[float(x) for x in node] for node in grid.nodes])
    values = 1 / (1 + np.exp(-(nodes @ drawn[:, :2].T + drawn[:, 2])))
    weights = np.array([float(w) for w in rule.weights])
    errors = np.abs(values.sum(axis=0) - weights @ values[list(rule.indices)]) / len(nodes)
    box = [(Fraction(-1), Fraction(1))] * 2
    scales = [float(derivative_bound(g, box, 2)) for g in members(SEEDS, dim=2, trial=0)]
    expected = errors / np.array(scales)
    assert [float(e.lower) for e in found.typical] == pytest.approx(expected.tolist(), rel=1e-8)


def test_slightly_false_bounds_are_out_of_order() -> None:
    *_, found = _smooth(1, 64, 2, 1)
    more, less = Fraction(101, 100), Fraction(99, 100)
    worst = found.worst
    assert found.ordered
    assert not replace(found, lower=found.adversary * more).ordered
    assert not replace(found, upper=worst.lower * less).ordered
    assert not replace(found, adversary=worst.upper * more).ordered
    loud = Enclosure(worst.upper * more, worst.upper * 2, 64)
    assert not replace(found, typical=(*found.typical, loud)).ordered


def test_the_adversary_sees_only_what_the_rule_leaves_out() -> None:
    _, _, coarse = _smooth(1, 64, 1, 1)
    _, _, fine = _smooth(1, 64, 8, 1)
    assert fine.size > coarse.size and fine.adversary < coarse.adversary / 10


@pytest.mark.parametrize(
    ("config", "reason"),
    [
        (_config("rough"), "found the class 'rough'"),
        (_config("smooth", "lucky"), "the method 'lucky'"),
        (_config("analytic", cells=2), "1 cell if analytic"),
        (_config("smooth", side=100), "side 100; expected dim 1 or 2, a power of 2"),
        (_config("smooth", m=3, side=8), "found dim 3"),
        (_config("smooth", cells=3), "found 3 cells; expected a divisor of the side 128"),
        (_config("smooth", cells=32, side=32), "expected a finer grid"),
    ],
)
def test_bad_settings_are_refused(config: Config, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        cell(config, SEEDS)


@pytest.mark.parametrize("grid", STUDY.grids)
def test_grids_have_both_classes_and_dimensions(grid: str) -> None:
    cells = STUDY.cells(grid)
    assert {(c["class"], c["m"]) for c in cells} == set(product(("smooth", "analytic"), (1, 2)))
    assert all(c["side"] & (c["side"] - 1) == 0 for c in cells)


def _planted(exponent: float, rate: float, share: float) -> Table:
    rows: list[Row] = []
    for count, trial in product((2, 4, 8, 16), range(6)):
        nodes = 2 * count
        rows.append(
            _row(_config("smooth", cells=count, trial=trial), nodes, nodes**-exponent, share)
        )
    for k, trial in product((1, 2, 3, 4), range(6)):
        config = _config("analytic", k=k, cells=1, trial=trial)
        rows.append(_row(config, k + 1, math.exp(-rate * k), share))
    return Table("worst-case", tuple(rows))


def _row(config: Config, nodes: int, worst: float, share: float) -> Row:
    found = {
        "nodes": nodes,
        "ordered": True,
        "dps": 38,
        "error": worst * share,
        "worst_lower": str(worst),
        "adversary": str(worst / 100),
        "lower": str(worst / 1000),
        "upper": str(worst * 10),
    }
    return Row("worst-case", config, "", Status.DONE, found)


def test_planted_exponents_rates_and_quotients_are_found() -> None:
    values = defaultdict[str, list[float]](list)
    for estimate in STUDY.findings(_planted(2.0, 1.1, 0.25)):
        values[estimate.quantity].append(estimate.value)
    assert values == {
        "worst case exponent": [pytest.approx(2.0)],
        "typical case exponent": [pytest.approx(2.0)],
        "adversary exponent": [pytest.approx(2.0)],
        "typical over worst": [pytest.approx(0.25)],
        "worst case rate": [pytest.approx(1.1)],
        "typical case rate": [pytest.approx(1.1)],
        "adversary rate": [pytest.approx(1.1)],
    }
    wrong = [e.value for e in STUDY.findings(_planted(1.9, 1.1 / math.log(10), 0.3))]
    assert not any(value == pytest.approx(v, rel=0.01) for v in (2.0, 1.1, 0.25) for value in wrong)


def test_tables_and_figures_show_both_classes() -> None:
    table = _planted(2.0, 1.1, 0.25)
    exponents, rates, order = STUDY.summaries(table)
    assert exponents.rows[0][3].startswith("2.000 +- 0.000")
    assert exponents.rows[0][6:8] == ("2", "0.25 (x/ 1)")
    assert rates.rows[0][2].startswith("1.100 +- 0.000")
    assert order.rows == (
        ("smooth, plain, m = 1, k = 1", "24", "24"),
        ("analytic, plain, m = 1", "24", "24"),
    )
    assert [figure.slug for figure in STUDY.figures(table)] == [
        "worst-case-smooth",
        "worst-case-analytic",
    ]


def test_a_row_out_of_order_is_counted() -> None:
    rows = list(_planted(2.0, 1.1, 0.25).rows)
    rows[0] = replace(rows[0], found={**rows[0].found, "ordered": False})
    order = STUDY.summaries(Table("worst-case", tuple(rows)))[-1]
    assert order.rows[0][1:] == ("23", "24")


def test_a_quotient_needs_two_rows_and_numbers_above_zero() -> None:
    rows = _planted(2.0, 1.1, 0.25).rows[:1]
    assert ratio(rows, "error", "worst_lower") is None
    assert ratio([*rows, _row(rows[0].config, 4, 0.0, 1.0)], "error", "worst_lower") is None


def test_an_empty_table_says_nothing() -> None:
    table = Table("worst-case", ())
    assert STUDY.findings(table) == STUDY.summaries(table) == STUDY.figures(table) == ()
