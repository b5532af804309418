"""Committed results: what is written is read, and other code makes them stale."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from benchmarks.studies import same, sample
from tests.studies.sample import STUDY
from ucomp_verify.studies import Config, Result, Row, Seeds, Status, Table, load, place_of
from ucomp_verify.studies.engine import Ended, Task
from ucomp_verify.studies.results import (
    FOLDER,
    UnreadableResults,
    read_results,
    shipped_results,
    write_results,
)

CODE = "c" * 64
RUN = {"code": CODE, "at": "2026-01-02T03:04:05+00:00", "numpy": "2.0", "host": "secret"}


def row(trial: int, *, status: Status = Status.DONE) -> Row:
    config = Config.of(m=1, k=2, d=1000, trial=trial)
    found = {"error": 1e-9 / (trial + 1), "path": "residual"} if status is Status.DONE else {}
    problem = "" if status is Status.DONE else "ValueError: no"
    seed = Seeds("half-exponent", 1).of_cell(config)
    return Row("half-exponent", config, seed, status, found, problem, {"seconds": 0.5}, RUN)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    table = Table("half-exponent", (row(0), row(1), row(2, status=Status.FAILED)))
    write_results(table, tmp_path / "half-exponent.jsonl", version=1, machine="a machine")
    return tmp_path / "half-exponent.jsonl"


def test_what_is_written_is_read(path: Path) -> None:
    found = read_results(path)
    assert [r.fixed for r in found.table] == [
        row(0).fixed,
        row(1).fixed,
        row(2, status=Status.FAILED).fixed,
    ]
    assert found.table.rows[0].measured == {"seconds": 0.5}
    assert (found.version, found.code, found.machine) == (1, CODE, "a machine")
    assert found.dates == ("2026-01-02", "2026-01-02")
    assert found.versions == (("numpy", "2.0"),)
    assert "secret" not in path.read_text(encoding="utf-8")


def test_results_of_other_code_are_stale(path: Path) -> None:
    found = read_results(path)
    assert not found.is_current
    assert "changed since" in found.provenance
    table = Table("half-exponent", (replace(row(0), run={**RUN, "code": found.study_code}),))
    write_results(table, path, version=found.study.version, machine="a machine")
    assert read_results(path).is_current
    newer = found.study.version + 1
    with pytest.raises(ValueError, match=f"other seeds; expected those of version {newer}"):
        write_results(table, path, version=newer, machine="a machine")
    seed = Seeds("half-exponent", newer).of_cell(table.rows[0].config)
    table = Table("half-exponent", (replace(table.rows[0], seed=seed),))
    write_results(table, path, version=newer, machine="a machine")
    assert not read_results(path).is_current


def test_a_row_that_stands_twice_is_no_second_trial(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    head = json.dumps(json.loads(lines[0]) | {"rows": 4})
    path.write_text("\n".join([head, *lines[1:], lines[1]]) + "\n", encoding="utf-8")
    with pytest.raises(UnreadableResults, match="1 cell that stands there twice"):
        read_results(path)


def test_a_sample_has_every_value_of_every_setting(path: Path) -> None:
    """A method of one cell in a hundred is among any sample, however small."""
    first = row(0)
    configs = [Config.of(method="hp" if t == 70 else "cells", trial=t) for t in range(100)]
    table = Table("half-exponent", tuple(replace(first, config=c) for c in configs))
    results = replace(read_results(path), table=table)
    for count in (1, 10, 200):
        chosen = sample(results, count)
        assert {r["method"] for r in chosen} == {"hp", "cells"}
        assert len(chosen) == len({r.config for r in chosen}) == min(max(count, 2), 100)


def test_the_same_cell_is_the_same_bits(monkeypatch: pytest.MonkeyPatch) -> None:
    """1 and 1.0 are equal in Python, and 0.0 and -0.0."""

    def found(value: float) -> Callable[[Task], Ended]:
        return lambda task: Ended(Status.DONE, {"error": value}, {"config": task.config})

    for before, after, expected in ((0.0, 0.0, True), (0.0, -0.0, False), (1, 1.0, False)):
        monkeypatch.setattr("benchmarks.studies.perform", found(after))
        assert same("half-exponent", replace(row(0), found={"error": before})) is expected


def test_rows_of_two_versions_of_the_code_are_not_mixed(tmp_path: Path) -> None:
    table = Table("half-exponent", (row(0), replace(row(1), run={**RUN, "code": "d" * 64})))
    with pytest.raises(ValueError, match="rows of 2 codes"):
        write_results(table, tmp_path / "x.jsonl", version=1, machine="m")


def test_a_file_that_was_cut_or_changed_is_refused(path: Path) -> None:
    whole = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(whole[:-1]), encoding="utf-8")
    with pytest.raises(UnreadableResults, match="2 rows of 3"):
        read_results(path)
    head = json.loads(whole[0]) | {"format": "ucomp-study-results 0"}
    path.write_text(json.dumps(head) + "\n" + "".join(whole[1:]), encoding="utf-8")
    with pytest.raises(UnreadableResults, match="ucomp-study-results 0"):
        read_results(path)
    row: list[Any] = json.loads(whole[1])
    for line in (row[:-1], [9, *row[1:]], [*row, 1, 2, 3]):
        path.write_text("".join([whole[0], json.dumps(line) + "\n", *whole[2:]]), encoding="utf-8")
        with pytest.raises(UnreadableResults, match=r"half-exponent\.jsonl"):
            read_results(path)
    path.write_text("{}\n", encoding="utf-8")
    with pytest.raises(UnreadableResults, match=r"half-exponent\.jsonl"):
        read_results(path)


def test_committed_results_are_those_of_the_code_as_it_is() -> None:
    """`python -m benchmarks.studies rerun STUDY` compares cells and brings them up to date."""
    found = shipped_results()
    assert [results.slug for results in found if not results.is_current] == []
    assert sum(path.stat().st_size < 2_000_000 for path in FOLDER.glob("*.jsonl")) == len(found)


def test_committed_rows_are_of_cells_in_a_grid_and_all_went_well() -> None:
    for results in shipped_results():
        grids = {c for name in results.study.grids for c in results.study.cells(name)}
        assert {row.config for row in results.table} <= grids
        assert {row.status for row in results.table} == {Status.DONE}


def test_the_hash_is_that_of_the_cells_and_not_of_what_is_shown() -> None:
    for slug in ("error-scaling", "polylog", "runtime"):
        study = load(place_of(slug))
        assert study.cell.__module__.endswith(".cells")
    assert STUDY.cell(Config.of(k=1, trial=0), Seeds("sample", 1)).__class__ is Result
