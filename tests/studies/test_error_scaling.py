"""The study of Figure 2: cells that can be repeated, paths that agree, exponents that fit."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from math import comb
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from ucomp_verify.studies import Config, Row, Seeds, Status, Table, load, place_of
from ucomp_verify.studies.data import uniform_cloud, uniform_vectors
from ucomp_verify.studies.error_scaling import STUDY, cell
from ucomp_verify.studies.error_scaling.published import compared
from ucomp_verify.studies.error_scaling.views import series_of
from ucomp_verify.studies.model import Result, canonical
from ucomp_verify.studies.one_shot import num_cells
from ucomp_verify.studies.references import (
    UnreadableReference,
    drawn_beside,
    published_errors,
    published_rows,
)

SEEDS = Seeds(STUDY.slug, STUDY.version)


def _config(**settings: Any) -> Config:
    usual = {"method": "cells", "m": 1, "k": 2, "d": 1000, "trial": 0, "precision": "auto"}
    return Config.of(**(usual | settings))


def _found(**settings: Any) -> dict[str, Any]:
    return dict(cell(_config(**settings), SEEDS).found)


@pytest.mark.parametrize(
    "settings",
    [
        {},
        {"method": "unbiased", "m": 2},
        {"precision": "float64"},
        {"precision": "certified", "k": 10},
        {"method": "greedy", "precision": "float64", "d": 300},
        {"method": "hp", "k": 1, "d": 300},
    ],
)
def test_a_cell_finds_the_same_bits_again(settings: dict[str, Any]) -> None:
    first, second = (canonical(_found(**settings)) for _ in range(2))
    assert first == second
    assert canonical(_found(**settings, trial=1)) != first


def test_the_found_columns_are_described() -> None:
    known = {column.name for column in STUDY.columns}
    for settings in ({"precision": "certified"}, {"method": "hp", "k": 1, "d": 300}):
        assert set(_found(**settings)) | dict(_config().settings).keys() <= known


def test_paths_agree_on_the_same_rule() -> None:
    paths = {path: _found(m=2, precision=path) for path in ("float64", "residual", "certified")}
    exact = paths["certified"]["error"]
    assert abs(paths["residual"]["error"] / exact - 1) < 1e-10
    assert abs(paths["float64"]["error"] - exact) < 10 * paths["float64"]["noise"]
    assert {found["path"] for found in paths.values()} == set(paths)
    low, high = (float(paths["certified"][f"error_{end}"]) for end in ("lower", "upper"))
    assert low <= exact <= high and high - low < 1e-8 * abs(exact)
    assert paths["residual"]["nodes"] == paths["certified"]["nodes"] <= 100


def test_float64_hides_what_the_other_paths_see() -> None:
    hidden, seen = _found(k=8, precision="float64"), _found(k=8)
    assert abs(seen["error"]) < 1e-18 and seen["path"] == "residual"
    assert abs(hidden["error"]) < 100 * hidden["noise"]


def test_auto_encloses_what_the_residual_cannot_tell() -> None:
    found = _found(k=60)
    assert found["path"] == "certified" and found["dps"] > 40 and "error_lower" in found
    noisy = _found(k=60, precision="residual")
    assert noisy["path"] == "residual" and abs(noisy["error"]) < 1e3 * noisy["noise"]


@pytest.mark.parametrize(
    ("method", "path"), [("cells", "auto"), ("unbiased", "auto"), ("greedy", "float64")]
)
@pytest.mark.parametrize(("m", "k"), [(1, 1), (2, 3)])
def test_at_most_a_tenth_is_kept_and_the_error_is_small(
    method: str, path: str, m: int, k: int
) -> None:
    found = _found(method=method, precision=path, m=m, k=k)
    assert found["nodes"] <= 100
    assert 0 < abs(found["error"]) < 1e-3 and found["rms"] >= abs(found["error"])


def test_hp_is_far_better_and_keeps_its_bound() -> None:
    found = _found(method="hp", k=1)
    assert abs(found["error"]) < found["bound"] < 1e-30
    assert found["degree"] > 20 and found["nodes"] <= 100


@pytest.mark.parametrize(
    ("settings", "text"),
    [
        ({"method": "other"}, "found the method 'other'"),
        ({"precision": "exact"}, "the precision 'exact'; expected one of"),
        ({"method": "greedy"}, "found the precision 'auto' for greedy; expected 'float64'"),
    ],
)
def test_other_settings_are_refused(settings: dict[str, Any], text: str) -> None:
    with pytest.raises(ValueError, match=text):
        cell(_config(**settings), SEEDS)


def test_all_methods_see_the_same_data() -> None:
    one, other = (uniform_cloud(SEEDS, dim=2, size=50, trial=t) for t in (0, 1))
    assert np.array_equal(one, uniform_cloud(SEEDS, dim=2, size=50, trial=0))
    assert not np.array_equal(one, other) and np.abs(one).max() <= 1
    assert uniform_vectors(SEEDS, dim=2, size=50, trial=0).shape == (10, 2)


@pytest.mark.parametrize("name", ["quick", "default", "full", "certified", "greedy"])
def test_grids_are_of_cells_that_exist(name: str) -> None:
    configs = STUDY.cells(name)
    assert len(set(configs)) == len(configs) == len(list(STUDY.grids[name]()))
    assert all(num_cells(c["d"], comb(c["m"] + c["k"], c["k"])) >= 1 for c in configs)
    assert load(place_of("error-scaling")) is STUDY


def _rows(error: Callable[[Config], Result], path: str = "auto") -> Iterator[Row]:
    for m, k, d, trial in np.ndindex(2, 2, 5, 8):
        config = _config(m=m + 1, k=k + 1, d=1000 * 2**d, trial=trial, precision=path)
        yield Row(STUDY.slug, config, "", Status.DONE, error(config).found)


def _law(exponent: float) -> Callable[[Config], Result]:
    """Errors that fall like d^-exponent / m^k, about, of either sign."""

    def found(config: Config) -> Result:
        draw = SEEDS.generator("errors", **dict(config.settings))
        size = config["d"] ** -exponent * (config["m"] + 1) ** -config["k"]
        error = size * float(draw.normal())
        path = "residual" if config["precision"] == "auto" else config["precision"]
        return Result(
            {"error": error, "rms": abs(error), "path": path, "dps": 16, "cells": 20, "nodes": 9}
        )

    return found


def test_exponents_are_found_and_a_wrong_one_is_not() -> None:
    table = Table(STUDY.slug, tuple(_rows(_law(2.5))))
    estimates = STUDY.findings(table)
    assert len(estimates) == 4
    for estimate in estimates:
        assert estimate.quantity == "exponent" and estimate.trials == 40
        assert abs(estimate.value - 2.5) < 4 * estimate.spread < 2
        assert abs(estimate.value - 4.5) > 4 * estimate.spread
    assert dict(estimates[1].parameters) == {"method": "cells", "m": "1", "k": "2"}
    (summary,) = STUDY.summaries(table)
    assert [row[:3] for row in summary.rows][:2] == [("cells", "1", "1"), ("cells", "1", "2")]
    assert any("5 sizes from 1000 to 16000, 8 trials each" in note for note in summary.notes)


def test_float64_series_end_at_the_floor() -> None:
    table = Table(STUDY.slug, tuple(_rows(_law(5.0), "float64")))
    assert STUDY.findings(table) == ()
    (summary,) = STUDY.summaries(table)
    assert summary.rows == () and any("above the floor" in note for note in summary.notes)


def test_sizes_with_few_cells_are_left_out() -> None:
    def few(config: Config) -> Result:
        found = dict(_law(2.5)(config).found)
        return Result(found | {"cells": config["d"] // 500})

    (series, *_) = series_of(Table(STUDY.slug, tuple(_rows(few))))
    assert series.left_out == [1000, 2000]
    assert sorted(series.samples("error")) == [4000.0, 8000.0, 16000.0]


def test_of_greedy_the_sizes_with_few_nodes_for_its_moments_are_left_out() -> None:
    def few(config: Config) -> Result:
        found = dict(_law(2.5)(config).found)
        return Result(found | {"cells": 0, "nodes": config["d"] // 100})

    rows = [
        replace(row, config=Config.of(**dict(row.config.settings) | {"method": "greedy"}))
        for row in _rows(few)
    ]
    first, *_, last = series_of(Table(STUDY.slug, tuple(rows)))
    assert (first.m, first.k, first.left_out) == (1, 1, [1000])  # 8 * 2 nodes
    assert (last.m, last.k, last.left_out) == (2, 2, [1000, 2000, 4000])  # 8 * 6


def test_too_few_trials_give_no_finding() -> None:
    rows = [row for row in _rows(_law(2.5)) if row["trial"] < 4]
    assert STUDY.findings(Table(STUDY.slug, tuple(rows))) == ()


def test_a_figure_has_a_panel_for_each_m_and_the_published_rows_beside(tmp_path: Path) -> None:
    (figure,) = STUDY.figures(Table(STUDY.slug, tuple(_rows(_law(2.5)))))
    assert [panel.title for panel in figure.panels] == ["m = 1", "m = 2"]
    assert [c.label for c in figure.panels[0].curves if c.label] == ["k = 1", "k = 2"]
    assert sum(c.style == "dashed" for c in figure.panels[0].curves) == 2
    path = tmp_path / "rows.csv"
    path.write_text("m,k,d,orig,comp\n1,2,1000,0.5,0.51\n1,2,2000,0.5,0.5\n3,1,1000,0.5,0.6\n")
    beside = drawn_beside(figure, published_rows(path))
    (grey,) = [c for c in beside.panels[0].curves if c.hue == -1]
    assert grey.label == "published" and grey.x == (1000.0,)
    assert abs(grey.y[0] - 0.01) < 1e-12
    assert beside.panels[1] == figure.panels[1]


def test_exponents_are_compared_at_the_sizes_in_common() -> None:
    """With errors that are four times ours at every size, but for one that float64 hides."""
    table = Table(STUDY.slug, tuple(_rows(_law(2.5))))
    others = [
        {"m": 1, "k": 2, "d": row["d"], "orig": 0.0, "comp": 4 * row["error"]}
        for row in table.rows
        if (row["m"], row["k"]) == (1, 2) and 1000 < row["d"] < 16_000
    ]
    others += [{"m": 1, "k": 2, "d": 16_000, "orig": 0.0, "comp": 1e-15}]
    summary = compared(table, others)
    ((method, m, k, precision, sizes, ours, theirs, apart, ratio),) = summary.rows
    assert (method, m, k, precision, sizes) == ("cells", "1", "2", "auto", "3 from 2000 to 8000")
    assert ours == theirs and apart in {"+0.00", "-0.00"} and ratio == "0.25"
    assert "cells 1, 1, auto; cells 2, 1, auto; cells 2, 2, auto" in summary.notes[-1]
    steeper = [{**row, "comp": row["comp"] / row["d"]} for row in others]
    ((*_, apart, _),) = compared(table, steeper).rows
    assert float(apart) < -2


def test_without_rows_in_common_nothing_is_compared() -> None:
    row = {"m": 9, "k": 9, "d": 1, "orig": 0.0, "comp": 1.0}
    assert compared(Table(STUDY.slug, tuple(_rows(_law(2.5)))), [row]).rows == ()
    with pytest.raises(UnreadableReference, match="expected comp, d, k, m, orig as well"):
        compared(Table(STUDY.slug, ()), [{"x": 1.0}])


def test_no_rows_are_no_error() -> None:
    empty = Table(STUDY.slug, ())
    assert STUDY.findings(empty) == () and STUDY.figures(empty) == ()
    assert STUDY.summaries(empty)[0].rows == ()


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "found 0 lines; expected a header"),
        ("m,m\n1,2\n", "a header with different names"),
        ("m,k\n1\n", "line 2: found 1 entries; expected 2"),
        ("m,k\n1,2\n3,x\n", "line 3: found 'x' as k; expected a finite number"),
        ("m,k\n1,inf\n", "found 'inf' as k"),
    ],
)
def test_bad_references_are_refused(tmp_path: Path, text: str, problem: str) -> None:
    path = tmp_path / "rows.csv"
    path.write_text(text)
    with pytest.raises(UnreadableReference, match=problem):
        published_rows(path)


def test_references_that_are_missing_or_of_something_else_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableReference, match="expected a CSV file with a header"):
        published_rows(tmp_path / "none.csv")
    with pytest.raises(UnreadableReference, match="expected comp, orig as well"):
        published_errors([{"m": 1, "k": 1, "d": 1000}])


@pytest.mark.slow
def test_the_certified_series_reaches_1e_40() -> None:
    found = [_found(k=10, d=d, precision="certified") for d in (16_000, 64_000)]
    assert all(f["path"] == "certified" and float(f["error_lower"]) for f in found)
    assert abs(found[1]["error"]) < 1e-40 < 1e-30 < abs(found[0]["error"]) * 1e10
