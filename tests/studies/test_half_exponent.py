"""The study of T9: what is unbiased passes its tests, what is forced does not."""

from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from ucomp_verify.caratheodory.batched import Direction
from ucomp_verify.errors.residual_profiles import Reciprocal
from ucomp_verify.studies import Config, Row, Seeds, Status, Table, load, place_of
from ucomp_verify.studies.half_exponent import STUDY, cell
from ucomp_verify.studies.half_exponent.unbiasedness import (
    LEVELS,
    best_rest,
    mean_test,
    tail_counts,
)
from ucomp_verify.studies.half_exponent.views import expected_exponent, tail_bound
from ucomp_verify.studies.model import canonical

SEEDS = Seeds(STUDY.slug, STUDY.version)


def _row(**settings: Any) -> Row:
    config = Config.of(**settings)
    return Row(STUDY.slug, config, "", Status.DONE, cell(config, SEEDS).found)


def _mean(method: str, m: int = 1, k: int = 1) -> Row:
    return _row(test="mean", method=method, m=m, k=k, d=9, trial=0, repeats=3000)


def _tail(method: str) -> Row:
    return _row(test="tail", method=method, m=1, k=1, d=480, trial=0, cells=60, repeats=300)


@pytest.fixture(scope="module")
def exponents() -> Table:
    rows = [
        _row(test="exponent", method=method, m=1, k=2, d=500 * 2**j, trial=trial)
        for method in ("unbiased", "forced", "fair")
        for j in range(4)
        for trial in range(10)
    ]
    return Table(STUDY.slug, tuple(rows))


def test_the_forced_direction_loses_the_half(exponents: Table) -> None:
    found = {dict(e.parameters)["method"]: e for e in STUDY.findings(exponents)}
    assert set(found) == {"unbiased", "forced", "fair"}
    for method, law in (("unbiased", 3.5), ("forced", 3.0)):
        assert abs(found[method].value - law) < max(3 * found[method].spread, 0.15) < 0.7
        assert expected_exponent(method, 1, 2) == law
    gap = found["unbiased"].value - found["forced"].value
    assert gap > 2 * (found["unbiased"].spread ** 2 + found["forced"].spread ** 2) ** 0.5


def test_summaries_and_figures_show_the_methods(exponents: Table) -> None:
    (summary,) = STUDY.summaries(exponents)
    assert [row[0] for row in summary.rows] == ["fair", "forced", "unbiased"]
    assert [row[5] for row in summary.rows] == ["-", "3.000", "3.500"]
    (figure,) = STUDY.figures(exponents)
    assert [panel.title for panel in figure.panels] == ["m = 1, k = 2"]
    assert [c.label for c in figure.panels[0].curves] == ["unbiased", "", "forced", "", "fair"]


@pytest.mark.parametrize(("m", "k"), [(1, 1), (1, 2), (2, 1)])
def test_the_coin_passes_the_test_of_the_mean(m: int, k: int) -> None:
    row = _mean("unbiased", m, k)
    assert row["p"] > 1e-4 and row["z"] < 5 and row["rank"] == 9 - (3 if m + k == 3 else 2)


def test_other_directions_fail_it() -> None:
    assert _mean("forced")["p"] < 1e-12
    assert _mean("fair")["p"] < 1e-6 and _mean("fair")["z"] > 5


def test_tails_are_below_the_bound_and_a_forced_sign_is_not() -> None:
    coin, forced = _tail("unbiased"), _tail("forced")
    for level in LEVELS:
        assert coin[f"above_{level:g}"] <= 300 * tail_bound(level) + 3 * 300**0.5 / 2
    assert coin["variance"] <= 1 and coin["bias"] < 0.15
    assert forced["above_3"] == 300 > 300 * tail_bound(3.0) and forced["variance"] > 9
    table = Table(STUDY.slug, (coin, forced, _mean("unbiased"), _mean("forced")))
    means, tails = STUDY.summaries(table)
    assert means.title == "Mean weights" and len(means.rows) == 2
    assert [row[0] for row in tails.rows] == ["forced", "unbiased"]


def test_the_test_of_the_mean_is_of_the_right_size() -> None:
    """p-values of true hypotheses are uniform; a small shift is found."""
    draw = np.random.default_rng(0)
    sums = np.eye(6) - 1 / 6  # rows of weights with a fixed sum
    values = [1 + draw.normal(size=(400, 6)) @ sums for _ in range(60)]
    found = [mean_test(rows) for rows in values]
    assert {one.rank for one in found} == {5}
    p = np.array([one.p for one in found])
    assert 0.3 < p.mean() < 0.7 and (p < 0.05).sum() <= 9
    shifted = values[0] + 0.3 * sums[0]
    assert mean_test(shifted).p < 1e-4
    assert mean_test(values[0] + 0.01).p == 0.0  # the sum is wrong, and never varies


def test_the_best_polynomial_is_best() -> None:
    nodes = np.linspace(-1, 1, 41).reshape(-1, 1)
    rest = best_rest(nodes, 1, Reciprocal(Fraction(2)), np.ones((1, 1)))
    # 1 / (2 + x): Chebyshev, 1859: the distance from degree n is (2 - sqrt 3)^n / 3.
    assert abs(np.abs(rest).max() - (2 - 3**0.5) / 3) < 1e-3
    assert (np.abs(np.abs(rest) - np.abs(rest).max()) < 1e-9).sum() >= 3


def test_tails_count_what_exceeds() -> None:
    groups = [np.random.default_rng(1).random((5, 8, 1))]
    found = tail_counts(
        groups,
        1,
        Direction.UNBIASED,
        np.random.default_rng(0),
        Reciprocal(Fraction(2)),
        np.ones((1, 1)),
        200,
    )
    assert list(found.counts) == sorted(found.counts, reverse=True)
    assert 0 < found.variance <= 1


def test_cells_find_the_same_bits_again() -> None:
    for row in (_mean("unbiased"), _tail("unbiased")):
        assert canonical(dict(cell(row.config, SEEDS).found)) == canonical(dict(row.found))


@pytest.mark.parametrize("name", ["quick", "default"])
def test_grids_are_of_different_cells(name: str) -> None:
    configs = STUDY.cells(name)
    assert len(configs) == len(list(STUDY.grids[name]()))
    assert load(place_of("half-exponent")) is STUDY


def test_other_settings_are_refused() -> None:
    with pytest.raises(ValueError, match="found the test 'other' and the method 'unbiased'"):
        _row(test="other", method="unbiased", m=1, k=1, d=9, trial=0)


def test_no_rows_are_no_error() -> None:
    empty = Table(STUDY.slug, ())
    assert (STUDY.summaries(empty), STUDY.figures(empty), STUDY.findings(empty)) == ((), (), ())
