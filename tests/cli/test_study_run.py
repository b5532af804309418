"""`study run` and `study status`: what is run, kept, told, and with which exit code."""

import json
import os
import re
import resource
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing, suppress
from importlib import metadata
from pathlib import Path

import pytest

from tests.cli.running import Cli
from tests.studies.sample import STUDY
from ucomp_verify.cli.study_progress import PERIOD, Lines
from ucomp_verify.studies import Config, Row, Seeds, Status, code_hash
from ucomp_verify.studies.engine import Progress
from ucomp_verify.studies.store import Store, StoreRefused

PLACE = "tests.studies.sample:STUDY"
ROOT = Path(__file__).parents[2]
CODE = code_hash("tests.studies.sample")


def _store(path: Path, *rows: tuple[Config, Status], code: str = CODE) -> Path:
    """A store with the quick grid, and a row for each of these cells."""
    with Store.open(path, study="sample", code=code) as store:
        store.enrol(dict.fromkeys([*STUDY.cells("quick"), *(config for config, _ in rows)]))
        for config, status in rows:
            seed = Seeds("sample", 1).of_cell(config)
            found = {"mean": 0.5} if status is Status.DONE else {}
            problem = "" if status is Status.DONE else "\x1b[31mit was too much"
            run = {"seconds": 2.0, "host": "there", "code": code}
            store.finish(Row("sample", config, seed, status, found, problem, {}, run))
    return path


def _done(*cells: Config) -> list[tuple[Config, Status]]:
    return [(cell, Status.DONE) for cell in cells]


def test_a_grid_that_fails_is_told_as_one(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(vars(STUDY)["grids"], "broken", lambda: [1 / 0])
    run = ("study", "run", PLACE, "--grid", "broken", "--store", tmp_path / "s.db")
    ran = cli(*run)
    assert ran.code == 2
    assert "the grid broken raised ZeroDivisionError: division by zero" in ran.err
    assert not (tmp_path / "s.db").exists()


def test_a_run_keeps_its_rows_and_a_second_one_has_nothing_to_do(cli: Cli, tmp_path: Path) -> None:
    run = ("study", "run", PLACE, "--grid", "quick", "--store", tmp_path / "s.db", "-j", "1")
    ran = cli(*run)
    assert ran.code == 0
    assert re.search(r"^Means\n +k +mean\n +1 +-?0\.\d{6}\n", ran.out)
    assert re.search(r"sample, 6 cells: 6 done, [\d.]+ s\n$", ran.out)
    again = cli(*run, "--json", "-")
    document = json.loads(again.out)
    assert (document["done"], document["done_before"], document["to_do"]) == (0, 6, 0)
    assert len(document["summaries"][0]["rows"]) == 6
    assert (again.code, again.err) == (0, "")


def test_rows_of_several_versions_of_a_library_are_told(cli: Cli, tmp_path: Path) -> None:
    run = ("study", "run", PLACE, "--grid", "quick", "--store", tmp_path / "s.db", "-j", "1")
    assert "rows of" not in cli(*run).out
    older = "UPDATE rows SET run = json_set(run, '$.numpy', '1.0') WHERE cell = 1"
    with closing(sqlite3.connect(tmp_path / "s.db")) as store, store:
        assert store.execute(older).rowcount == 1
    told = f"rows of numpy 1.0 and {metadata.version('numpy')}: last bits may differ; `study"
    assert told in cli(*run).out
    assert told in cli("study", "fit", tmp_path / "s.db", "--study", PLACE).out


def test_cells_that_end_badly_are_told_and_kept_until_asked_again(cli: Cli, tmp_path: Path) -> None:
    run = ("study", "run", PLACE, "--grid", "bad", "--store", tmp_path / "s.db", "-j", "1")
    ran = cli(*run, "--retries", "0")
    assert ran.code == 3
    assert "ArithmeticError: k = 1 is too much" in ran.out
    assert "\x1b" not in ran.out
    assert "sample, 4 cells: 2 done, 2 failed, " in ran.out
    again = cli(*run)
    assert again.code == 3
    assert "4 cells: 2 done before, 2 failed before" in again.out
    plan = cli(*run, "--dry-run", "--retry-failed")
    assert "4 cells, 2 done, 2 to do" in plan.out
    status = cli("study", "status", tmp_path / "s.db", "--study", PLACE)
    assert "cells    4: 2 done, 2 failed\n" in status.out
    assert "that of this installation" in status.out


def test_a_time_limit_is_exit_code_6(cli: Cli, tmp_path: Path) -> None:
    options = ("--timeout", "0.5", "--retries", "0", "-j", "1", "--json", tmp_path / "end.json")
    ran = cli("study", "run", PLACE, "--grid", "hang", "--store", tmp_path / "s.db", *options)
    assert ran.code == 6
    assert "timeout  how=hang, k=1, trial=0: found no result within 0.5 s" in ran.out
    document = json.loads((tmp_path / "end.json").read_text())
    assert document["failed"] == {"timeout": 1}
    assert document["problems"][0]["config"]["how"] == "hang"


def test_a_dry_run_writes_nothing(cli: Cli, tmp_path: Path) -> None:
    store = tmp_path / "s.db"
    run = ("study", "run", PLACE, "--grid", "quick", "--store", store, "--dry-run", "-j", "2")
    ran = cli(*run)
    assert ran.code == 0
    assert "6 cells, 0 done, 6 to do\nhow long it takes is not known" in ran.out
    assert not store.exists()
    one, two, three, *_ = STUDY.cells("quick")
    _store(store, *_done(one, two), (three, Status.TIMEOUT))
    before = store.read_bytes()
    ran = cli(*run)
    assert "6 cells, 2 done, 1 ended badly, 3 to do\nabout 3.0 s with 2 at a time" in ran.out
    assert json.loads(cli(*run, "--json", "-").out)["seconds"] == pytest.approx(3.0)
    assert store.read_bytes() == before
    assert sorted(p.name for p in tmp_path.iterdir() if p.is_file()) == ["s.db"]


def test_only_restricts_the_grid(cli: Cli, tmp_path: Path) -> None:
    run = ("study", "run", PLACE, "--grid", "bad", "--store", tmp_path / "s.db", "--dry-run")
    for only, count in (
        (["k=1"], 2),
        (["k=1,how=fail"], 1),
        (["k = 1.0, how=fail", "k=2"], 3),
        (["trial=0"], 4),
    ):
        ran = cli(*run, *(text for value in only for text in ("--only", value)))
        assert f": {count} cell" in ran.out


@pytest.mark.parametrize(
    ("options", "code", "text"),
    [
        (["--only", "l=1"], 2, "--only: found the setting 'l'; expected one of k, trial"),
        (["--only", "k=4"], 2, "--only: found k=4; expected one of 1, 2, 3"),
        (["--only", "k=1e999999999"], 2, "--only: found k=1e999999999; expected"),
        (["--only", "k"], 2, "--only: found 'k'; expected NAME=VALUE, such as m=1,k=3"),
        (["--only", "k=1,k=2"], 2, "two values of k in 'k=1,k=2'; repeat --only for each"),
        (["--grid", "large"], 2, "found the grid 'large'; expected one of quick, slow"),
        (["--grid", "empty"], 5, "nothing ran: the grid empty of sample has no cells"),
        (["--executor", "ray"], 2, "expected dask:tcp://HOST:PORT of a scheduler"),
        (["--executor", "dask:tcp://a:1", "-j", "2"], 2, "-j: is for processes of this machine"),
        (["--json", "s.db"], 2, "s.db: is the store; name another file for --json"),
        (["--timeout", "0"], 2, "--timeout"),
        (["--memory", "0"], 2, "--memory"),
    ],
)
def test_what_cannot_be_run_is_refused_before_anything_is_written(
    cli: Cli, tmp_path: Path, options: list[str], code: int, text: str
) -> None:
    grid = [] if "--grid" in options else ["--grid", "quick"]
    ran = cli("study", "run", PLACE, "--store", "s.db", *grid, *options)
    assert (ran.code, ran.out) == (code, "")
    assert text in ran.err
    assert not (tmp_path / "s.db").exists()


def test_no_cell_with_all_these_settings_is_exit_code_5(cli: Cli, tmp_path: Path) -> None:
    options = ("--grid", "hang", "--only", "how=well,k=1", "--only", "how=hang")
    assert cli("study", "run", PLACE, "--store", "s.db", *options, "--dry-run").code == 0
    options = ("--grid", "bad", "--only", "how=fail,k=2,trial=0", "--dry-run")
    assert cli("study", "run", PLACE, "--store", "s.db", *options).code == 0
    cells = {"how": "well", "k": 1, "seconds": 1.0}
    assert Config.of(**cells) not in STUDY.cells("quick")
    assert not (tmp_path / "s.db").exists()


@pytest.mark.parametrize("more", [[], ["--dry-run"]])
def test_a_store_of_other_rows_is_refused_and_left_as_it_is(
    cli: Cli, tmp_path: Path, more: list[str]
) -> None:
    other = _store(tmp_path / "other.db", code="0" * 64)
    (tmp_path / "text.db").write_text("text")
    for store, text in ((other, "rows of .*the? ?code 000000000000"), ("text.db", "b'text'")):
        before = (tmp_path / store).read_bytes()
        ran = cli("study", "run", PLACE, "--grid", "quick", "--store", store, *more)
        assert ran.code == 2
        assert re.search(text.replace("the? ?", "(the )?"), ran.err)
        assert (tmp_path / store).read_bytes() == before


def test_status_tells_all_about_a_store(cli: Cli, tmp_path: Path) -> None:
    one, two, *_ = STUDY.cells("quick")
    store = _store(tmp_path / "s.db", (one, Status.DONE), (two, Status.MEMORY))
    before = store.read_bytes()
    ran = cli("study", "status", store)
    assert ran.code == 0
    assert "study    sample, version 1\n" in ran.out
    assert f"code     {CODE[:12]}\n" in ran.out
    assert "cells    6: 1 done, 1 memory, 4 to do\n" in ran.out
    assert "time     4.0 s of the cells" in ran.out
    assert "machine  there (2 cells)\n" in ran.out
    assert r"memory   k=1, trial=1: \x1b[31mit was too much" in ran.out
    document = json.loads(cli("study", "status", store, "--study", PLACE, "--json").out)
    assert document["cells"] == {"done": 1, "memory": 1, "running": 0, "to do": 4}
    assert document["code_is_current"] is True
    assert store.read_bytes() == before
    old = _store(tmp_path / "old.db", code="0" * 64)
    ran = cli("study", "status", old, "--study", PLACE)
    assert "another one than this installation has" in ran.out


def test_status_of_what_is_no_store_is_refused(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "text.db").write_text("text")
    assert "found a file that starts with" in cli("study", "status", "text.db").err
    assert "no such file; expected a store" in cli("study", "status", "none.db").err
    assert cli("study", "status", "none.db").code == cli("study", "status", "text.db").code == 2


def test_a_store_can_be_used_wherever_rows_can(cli: Cli, tmp_path: Path) -> None:
    store = _store(tmp_path / "s.db", *_done(*STUDY.cells("quick")))
    assert cli("study", "export", store, "-o", "rows.jsonl").code == 0
    assert cli("study", "diff", store, "rows.jsonl").out == "6 rows the same\n"
    assert cli("study", "fit", store, "--study", PLACE).code == 0


def test_progress_is_a_line_now_and_then(capsys: pytest.CaptureFixture[str]) -> None:
    now = [0.0]
    lines = Lines("sample", clock=lambda: now[0])
    for second in range(26):
        now[0] = float(second)
        lines(Progress(second, 1, 2, 1200, 90.0))
    assert PERIOD == 10
    assert capsys.readouterr().err.splitlines() == [
        f"sample: {n} of 1,200 cells, 1 failed, 2 running, about 1 min 30 s left" for n in (11, 21)
    ]


def _start(*arguments: str | Path, cwd: Path, limit: int = 0) -> subprocess.Popen[str]:
    def restrict() -> None:
        if limit:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    return subprocess.Popen(
        [sys.executable, "-m", "ucomp_verify", "study", *map(str, arguments)],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=restrict,
    )


def _wait_for_rows(store: Path, count: int) -> None:
    """Until the run that writes the store has so many rows in it."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        with suppress(FileNotFoundError, StoreRefused), Store.read(store) as opened:
            if opened.counts().done >= count:  # refused while the run is just making it
                return
        time.sleep(0.05)
    pytest.fail(f"no {count} rows in a minute")


@pytest.mark.parametrize(
    "number", [signal.SIGTERM, pytest.param(signal.SIGINT, marks=pytest.mark.slow)]
)
def test_an_interrupted_run_keeps_its_rows_and_leaves_no_process(
    tmp_path: Path, number: signal.Signals
) -> None:
    store = tmp_path / "s.db"
    process = _start("run", PLACE, "--grid", "slow", "--store", store, "-j", "1", cwd=tmp_path)
    with process:
        _wait_for_rows(store, 1)
        process.send_signal(number)
        out, err = process.communicate(timeout=30)
    assert process.returncode == 130
    assert "interrupted; all rows are kept in" in err
    assert "run the same command again to go on" in err
    assert "Traceback" not in err
    assert re.search(r"24 cells: \d+ done, \d+ to do", out)
    with Store.read(store) as opened:
        counts = opened.counts()
    assert 1 <= counts.done < 24
    assert counts.leased == 0
    assert not _named(PLACE, store)


def _named(*words: object) -> list[str]:
    """The command lines of processes that have all of these words."""
    lines = list[str]()
    for process in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            lines.append(process.read_text(errors="replace"))
        except OSError:
            continue
    return [line for line in lines if all(str(word) in line for word in words)]


@pytest.mark.slow
def test_a_full_disk_keeps_the_rows_and_is_exit_code_4(tmp_path: Path) -> None:
    store = tmp_path / "s.db"
    run = ("run", PLACE, "--grid", "slow", "--store", store, "-j", "2")
    with _start(*run, cwd=tmp_path, limit=200_000) as process:
        _, err = process.communicate(timeout=60)
    assert process.returncode == 4
    assert "could not write a row" in err
    assert "then run the same command again" in err
    with Store.read(store) as opened:
        before = opened.counts().done
    assert 1 <= before < 24
    with _start(*run, cwd=tmp_path) as process:
        out, _ = process.communicate(timeout=60)
    assert process.returncode == 0
    assert f"24 cells: {24 - before} done, {before} done before" in out


@pytest.mark.slow
def test_two_runs_share_a_store_and_one_that_is_killed_loses_nothing_but_its_cells(
    tmp_path: Path,
) -> None:
    """kill -9 of one of two coordinators: the other one ends with the rows of a quiet run."""
    run = ("run", PLACE, "--grid", "slow", "-j", "1", "--store")
    store = tmp_path / "s.db"
    with _start(*run, store, cwd=tmp_path) as first:
        _wait_for_rows(store, 1)
        with _start(*run, store, cwd=tmp_path) as second:
            _wait_for_rows(store, 5)
            first.kill()
            first.communicate(timeout=30)
            out, err = second.communicate(timeout=60)
    assert second.returncode == 0, err
    assert re.search(r"24 cells: \d+ done, \d+ done before, \d+ ended in other runs,", out)
    with _start(*run, "quiet.db", cwd=tmp_path) as quiet:
        quiet.communicate(timeout=60)
    with _start("diff", store, "quiet.db", cwd=tmp_path) as compared:
        assert compared.communicate(timeout=30)[0] == "24 rows the same\n"
    assert not _named(PLACE, store)
