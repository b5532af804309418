"""Whatever ends a run, the rows are kept, and the next run ends with those of one that was not."""

import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.studies.running import ROOT, Here, alive, fixed, opened, run_here
from tests.studies.toys import config
from ucomp_verify.studies import Config
from ucomp_verify.studies.store import Store


def cells(folder: Path, number: int, seconds: float) -> list[Config]:
    """Each writes a line about itself, when it begins, into the file `log`."""
    return [config("draw", n, seconds=seconds, log=str(folder / "log")) for n in range(number)]


def started(
    path: Path, configs: Sequence[Config], *, jobs: int = 2, file_size: int = 0
) -> "subprocess.Popen[str]":
    asked = {
        "store": str(path),
        "cells": [c.text for c in configs],
        "jobs": jobs,
        "file_size": file_size,
    }
    return subprocess.Popen(
        [sys.executable, "-m", "tests.studies.coordinate", json.dumps(asked)],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def wait_for(process: "subprocess.Popen[str]", rows: int) -> None:
    assert process.stdout is not None
    for line in process.stdout:
        if int(line) >= rows:
            return
    raise AssertionError(process.communicate()[1])


def runs(folder: Path) -> tuple[Counter[int], set[int]]:
    """How often each cell was begun, and the processes that did it."""
    lines = [line.split() for line in (folder / "log").read_text().splitlines()]
    return Counter(int(trial) for trial, _ in lines), {int(pid) for _, pid in lines}


def all_gone(pids: set[int]) -> bool:
    end = time.monotonic() + 10
    while any(alive(pid) for pid in pids) and time.monotonic() < end:
        time.sleep(0.05)
    return not any(alive(pid) for pid in pids)


@pytest.mark.parametrize(
    "number",
    [signal.SIGKILL, signal.SIGTERM, pytest.param(signal.SIGINT, marks=pytest.mark.slow)],
)
def test_a_run_that_was_ended_goes_on_to_the_rows_of_one_that_was_not(
    tmp_path: Path, number: signal.Signals
) -> None:
    path, configs = tmp_path / "s.db", cells(tmp_path, 12, 0.1)
    first = started(path, configs)
    wait_for(first, 4)
    first.send_signal(number)
    code = first.wait(30)
    first.communicate()
    assert code == (-number if number == signal.SIGKILL else 130)
    assert all_gone(runs(tmp_path)[1])  # no process is left over
    kept = fixed(path)
    assert 4 <= len(kept) < 12
    begun = time.monotonic()
    tally = run_here(path, configs)
    assert time.monotonic() - begun < 30  # and does not wait for the leases of the dead one
    assert tally.before == len(kept) and tally.done == 12 - len(kept) and tally.complete
    again = sum(runs(tmp_path)[0].values()) - 12
    assert again <= 2  # only what was running is run twice
    run_here(tmp_path / "other.db", configs, workers=Here())
    assert fixed(path) == fixed(tmp_path / "other.db")
    assert set(kept) <= set(fixed(path))


@pytest.mark.parametrize(
    "deed",
    [
        "hang",
        pytest.param(
            "spin",
            marks=pytest.mark.skipif(
                sys.platform != "linux", reason="only the system can end what lets no thread run"
            ),
        ),
    ],
)
def test_a_cell_that_hangs_ends_with_a_killed_coordinator(tmp_path: Path, deed: str) -> None:
    begun = tmp_path / "pid"
    process = started(tmp_path / "s.db", [config(deed, path=str(begun))])
    end = time.monotonic() + 30
    while not (begun.exists() and begun.read_text()) and time.monotonic() < end:
        time.sleep(0.02)
    pid = int(begun.read_text())
    assert alive(pid)
    process.kill()
    process.wait(10)
    try:
        assert all_gone({pid})
    finally:
        if alive(pid):
            os.kill(pid, signal.SIGKILL)
        process.communicate()


@pytest.mark.slow
def test_a_run_that_is_killed_again_and_again_ends_with_the_same_rows(tmp_path: Path) -> None:
    path, configs = tmp_path / "s.db", cells(tmp_path, 30, 0.02)
    for rows in (1, 2, 5, 9, 9, 17, 25):
        process = started(path, configs)
        wait_for(process, rows)
        process.kill()
        process.communicate()
    run_here(path, configs)
    assert all_gone(runs(tmp_path)[1])
    run_here(tmp_path / "other.db", configs, workers=Here())
    assert fixed(path) == fixed(tmp_path / "other.db")


@pytest.mark.slow
def test_a_worker_that_is_killed_is_replaced(tmp_path: Path) -> None:
    path, configs = tmp_path / "s.db", cells(tmp_path, 8, 0.2)
    process = started(path, configs, jobs=1)
    wait_for(process, 2)
    os.kill(max(runs(tmp_path)[1]), signal.SIGKILL)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 1, errors  # with no retries, the cell that ran has crashed
    with Store.read(path) as store:
        (bad,) = [row for row in store.table() if row.status == "crashed"]
        assert bad.problem == "its process was ended by SIGKILL"
        assert store.counts().done == 7
    tally = run_here(path, configs, retry_failed=True)
    assert (tally.done, tally.before, tally.complete) == (1, 7, True)
    run_here(tmp_path / "other.db", configs, workers=Here())
    assert fixed(path) == fixed(tmp_path / "other.db")


def test_two_coordinators_share_the_cells_of_one_store(tmp_path: Path) -> None:
    path, configs = tmp_path / "s.db", cells(tmp_path, 20, 0.05)
    both = [started(path, c, jobs=1) for c in (configs, configs[::-1])]
    for process in both:
        _, errors = process.communicate(timeout=60)
        assert process.returncode == 0, errors
    begun, pids = runs(tmp_path)
    assert begun == Counter(range(20)) and len(pids) == 2  # each cell once, by either
    with Store.read(path) as store:
        assert store.counts().done == 20 and store.disputes() == ()


def test_the_cells_of_a_killed_coordinator_go_to_the_other(tmp_path: Path) -> None:
    path, configs = tmp_path / "s.db", cells(tmp_path, 10, 0.2)
    first, second = started(path, configs, jobs=2), started(path, configs, jobs=1)
    wait_for(first, 2)
    wait_for(second, 2)
    first.kill()
    first.communicate()
    _, errors = second.communicate(timeout=60)  # less would do: leases last longer
    assert second.returncode == 0, errors
    assert len(fixed(path)) == 10


def test_a_full_disk_ends_a_run_with_all_rows_before_it(tmp_path: Path) -> None:
    path, configs = tmp_path / "s.db", cells(tmp_path, 60, 0.0)
    opened(path).close()
    process = started(path, configs, file_size=100_000)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 74, errors
    assert "all rows before it are kept; make room" in errors
    kept = fixed(path)
    assert 0 < len(kept) < 60
    assert run_here(path, configs).before == len(kept)
    run_here(tmp_path / "other.db", configs, workers=Here())
    assert fixed(path) == fixed(tmp_path / "other.db")


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="a file system in memory is mounted")
def test_a_full_file_system_ends_a_run_with_all_rows_before_it(tmp_path: Path) -> None:
    small = tmp_path / "small"
    small.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=256k", "none", str(small)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("only root may mount a file system")
    try:
        configs = cells(tmp_path, 200, 0.0)
        process = started(small / "s.db", configs)
        _, errors = process.communicate(timeout=60)
        assert process.returncode == 74, errors
        assert "all rows before it are kept" in errors
        assert 0 < len(fixed(small / "s.db")) < 200
    finally:
        subprocess.run(["umount", str(small)], check=True)
