"""A study on a real Dask cluster: a scheduler and workers that the tests start and end."""

import importlib
import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Generator
from dataclasses import replace
from pathlib import Path
from shutil import copytree, ignore_patterns
from typing import Any

import pytest

from tests.optional import require_module
from tests.studies.dask_cluster import ROOT, DaskCluster, dask_cluster
from tests.studies.sample import STUDY
from ucomp_verify.studies import Config, Status, Table, code_hash
from ucomp_verify.studies.comparison import differences
from ucomp_verify.studies.engine import Tally, Task, WorkersLost, embedded, perform, run
from ucomp_verify.studies.engine.cluster import (
    Cluster,
    ClusterLost,
    ClusterMismatch,
    ClusterMissing,
    connect,
    perform_here,
)
from ucomp_verify.studies.engine.executors import Workers
from ucomp_verify.studies.engine.fingerprint import CHANGED, Fingerprint, fingerprint
from ucomp_verify.studies.store import Store

PLACE = "tests.studies.sample:STUDY"
CODE = code_hash("tests.studies.sample")


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Generator[DaskCluster]:
    """Two workers with a thread each."""
    with dask_cluster(tmp_path_factory.mktemp("dask"), "one", "two") as started:
        yield started


def _run(path: Path, workers: Workers, grid: str, **options: float) -> tuple[Table, Tally]:
    cells = STUDY.cells(grid)
    with Store.open(path, study="sample", code=CODE) as store:
        tally = run(PLACE, cells, store, workers, **options)  # type: ignore[arg-type]
        return store.table(), tally


def _expected(grid: str) -> dict[Config, dict[str, object]]:
    """What the cells find in this very process."""
    ended = {cell: perform(Task(PLACE, cell.text)) for cell in STUDY.cells(grid)}
    return {cell: dict(end.found) for cell, end in ended.items()}


def test_the_rows_are_the_same_as_on_this_machine(cluster: DaskCluster, tmp_path: Path) -> None:
    workers = connect(cluster.executor, PLACE)
    assert workers.capacity == 2
    try:
        table, tally = _run(tmp_path / "there.db", workers, "quick")
    finally:
        workers.close(kill=False)
    assert tally.complete and tally.done == 6
    assert {row.config: dict(row.found) for row in table} == _expected("quick")
    cells = {row.run["pid"] for row in table}
    assert len(cells) == 2  # each worker has one child for all of its cells
    assert not cells & {process.pid for process in cluster.workers.values()}


def test_a_cell_that_hangs_or_crashes_ends_there(cluster: DaskCluster, tmp_path: Path) -> None:
    workers = connect(cluster.executor, PLACE)
    try:
        hung, _ = _run(tmp_path / "hung.db", workers, "hang", timeout=0.7, retries=0)
        crashed, _ = _run(tmp_path / "crashed.db", workers, "crash", retries=0)
    finally:
        workers.close(kill=False)
    assert {row["how"]: row.status for row in hung} == {
        "hang": Status.TIMEOUT,
        "well": Status.DONE,
    }
    assert {row["how"]: row.status for row in crashed} == {
        "crash": Status.CRASHED,
        "well": Status.DONE,
    }


def test_workers_of_other_versions_are_refused_with_their_names(
    cluster: DaskCluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours = fingerprint(PLACE)
    other = tuple((n, "1.0" if n == "numpy" else v) for n, v in ours.parts)
    monkeypatch.setattr(
        "ucomp_verify.studies.engine.cluster.fingerprint", _Pretending(Fingerprint(other))
    )
    with pytest.raises(ClusterMismatch, match="2 of 2 workers would not find the same") as caught:
        connect(cluster.executor, PLACE)
    assert "worker one at tcp://" in str(caught.value)
    assert "worker two at tcp://" in str(caught.value)
    assert f"numpy {dict(ours.parts)['numpy']}, expected 1.0" in str(caught.value)


class _Pretending:
    """The fingerprint of another machine here; on the workers, to which it is sent, theirs."""

    def __init__(self, pretended: Fingerprint) -> None:
        self._pretended = pretended

    def __call__(self, place: str) -> Fingerprint:
        return self._pretended

    def __reduce__(self) -> str | tuple[object, ...]:
        return _real, ()


def _real() -> object:
    return fingerprint


def test_a_study_that_the_workers_lack_is_refused(
    cluster: DaskCluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "only_here.py").write_text("from tests.studies.sample import STUDY\n")
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])
    with pytest.raises(ClusterMismatch, match=r"it cannot load the study .*only_here"):
        connect(cluster.executor, "only_here:STUDY")


def test_a_worker_asks_itself_again_before_each_cell() -> None:
    cell = STUDY.cells("quick")[0]
    task, ours = Task(PLACE, cell.text, timeout=60.0), fingerprint(PLACE)
    assert perform_here(task, ours).found == perform(task).found
    other = replace(ours, parts=(*ours.parts[:-1], ("code", "other")))
    with pytest.raises(ClusterLost, match=r"a worker joined that .*: code \w+, expected other"):
        perform_here(task, other)


def test_changed_sources_are_noticed_for_what_was_not_asked_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Children that ran the one study may have loaded what has changed before the other."""
    module = importlib.import_module("ucomp_verify.studies.engine.fingerprint")
    remembering = [getattr(module, name) for name in ("fingerprint", "_first_sources")]
    for function in remembering:
        function.cache_clear()
    source = tmp_path / "shared.py"
    source.write_text("x = 1\n")
    monkeypatch.setattr(module, "ROOT", tmp_path)
    try:
        assert not fingerprint(PLACE).stale
        source.write_text("x = 2\n")
        assert not fingerprint(PLACE).stale
        later = fingerprint("tests.studies.toys:STUDY")
        assert later.differences(replace(later, stale=False)) == (CHANGED,)
    finally:
        for function in remembering:
            function.cache_clear()


def test_where_no_cluster_is_none_is_used() -> None:
    require_module("distributed")
    with pytest.raises(ClusterMissing, match="expected dask:tcp://HOST:PORT"):
        connect("dask:localhost", PLACE)
    with pytest.raises(ClusterMissing, match=r"no Dask scheduler answers .*start one with"):
        connect("dask:tcp://127.0.0.1:1", PLACE, connect_within=0.3)


@pytest.mark.slow
def test_the_python_in_the_documentation_runs(tmp_path: Path) -> None:
    text = (ROOT / "docs" / "clusters.md").read_text(encoding="utf-8")
    (block,) = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    ran = subprocess.run(
        [sys.executable, "-c", block],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ran.returncode, ran.stdout) == (0, "True\n"), ran.stderr


def test_without_dask_it_is_said_what_installs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(ImportError, match=r"pip install 'ucomp-verify\[cluster\]'"):
        connect("dask:tcp://127.0.0.1:1", PLACE)


@pytest.mark.slow
def test_a_scheduler_without_workers_is_not_waited_for_without_end(tmp_path: Path) -> None:
    with dask_cluster(tmp_path) as started:
        with pytest.raises(ClusterMissing, match=r"has had no worker for 0.5 s; start some with"):
            connect(started.executor, PLACE, workers_within=0.5)
        started.add("late", "--no-nanny")
        workers = connect(started.executor, PLACE, patience=1.0)
        try:
            assert workers.capacity == 1
            started.kill("late")
            with pytest.raises(ClusterLost, match="the cluster has had no worker for 1 s"):
                _until_lost(workers)
            with pytest.raises(ClusterLost):
                workers.submit(Task(PLACE, STUDY.cells("quick")[0].text))
        finally:
            workers.close(kill=True)


def _until_lost(workers: Cluster) -> None:
    end = time.monotonic() + 30
    while time.monotonic() < end:
        assert workers.capacity == 1
        time.sleep(0.1)


@pytest.mark.slow
def test_workers_and_scheduler_killed_midway_lose_no_row(tmp_path: Path) -> None:
    """kill -9 of a worker, then of the scheduler; the end is the same as without."""
    path, seen = tmp_path / "s.db", list[int]()
    with dask_cluster(tmp_path, "one", "two") as started:
        workers = connect(started.executor, PLACE)
        try:
            with Store.open(path, study="sample", code=CODE) as store:
                victims = [lambda: started.kill("one"), lambda: started.scheduler.kill()]

                def kill(progress: object) -> None:
                    seen.append(getattr(progress, "done", 0))
                    if victims and seen[-1] >= (4 if len(victims) == 2 else 10):
                        victims.pop(0)()

                with pytest.raises(WorkersLost, match="the scheduler of the cluster is gone"):
                    run(PLACE, STUDY.cells("slow"), store, workers, notify=kill)
                counts = store.counts()
                assert 10 <= counts.done < 24
                assert counts.leased == counts.failed == 0
        finally:
            workers.close(kill=True)
    at_home = embedded(2)
    try:
        table, tally = _run(path, at_home, "slow")
        assert tally.before == counts.done
        alone, _ = _run(tmp_path / "alone.db", at_home, "slow")
    finally:
        at_home.close(kill=False)
    assert not differences(table, alone)


def test_what_a_worker_found_before_it_died_counts(cluster: DaskCluster) -> None:
    """Dask's own executor looks at the status again after it has the result."""
    distributed: Any = require_module("distributed")
    client = distributed.Client(cluster.address, set_as_default=False)
    workers, gather = Cluster(client, fingerprint(PLACE), patience=60), client._gather

    async def gather_and_lose(futures: list[Any], *args: Any, **options: Any) -> Any:
        found = await gather(futures, *args, **options)
        for future in futures:
            future._state.set_error(OSError("the worker died"), None)
        return found

    client._gather = gather_and_lose
    cell = STUDY.cells("quick")[0]
    try:
        ended = workers.submit(Task(PLACE, cell.text)).result(timeout=60)
    finally:
        workers.close(kill=False)
    assert ended.status is Status.DONE and dict(ended.found) == _expected("quick")[cell]


@pytest.mark.slow
def test_a_cell_that_ends_its_workers_is_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And no other is: the scheduler gives up a cell at the first worker that dies with it."""
    monkeypatch.setenv("DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES", "0")
    with dask_cluster(tmp_path) as started:
        for name in ("one", "two"):
            started.add(name)
        workers = connect(started.executor, PLACE)
        try:
            table, _ = _run(tmp_path / "s.db", workers, "murder", retries=0)
        finally:
            workers.close(kill=False)
    assert {row["how"]: row.status for row in table} == {
        "murder": Status.CRASHED,
        "well": Status.DONE,
    }
    assert "workers of the cluster died while they had this cell" in table.rows[0].problem


@pytest.mark.slow
def test_the_command_runs_on_workers_with_a_nanny_and_refuses_other_code(tmp_path: Path) -> None:
    """The workers as users start them; and one with a changed line of code in the package."""
    with dask_cluster(tmp_path) as started:
        started.add("nannied", "--nthreads", "2")
        command = ["run", PLACE, "--grid", "quick", "--executor", started.executor, "--store"]
        ran = _study(tmp_path, *command, "s.db")
        assert (ran.returncode, ran.stderr) == (0, "")
        assert "6 cells: 6 done" in ran.stdout
        started.add("changed", "--no-nanny", code=_changed_code(tmp_path))
        ran = _study(tmp_path, *command, "t.db")
        assert ran.returncode == 4
        assert "nothing ran: 1 of 2 workers would not find the same" in ran.stderr
        assert "worker changed at tcp://" in ran.stderr
        assert "; code " in ran.stderr or ": code " in ran.stderr
        assert "nannied" not in ran.stderr
        assert not (tmp_path / "t.db").exists()
        started.kill("changed")
        ran = _study(tmp_path, *command, "t.db")
        assert ran.returncode == 0
    assert _study(tmp_path, "diff", "s.db", "t.db").returncode == 0
    ran = _study(tmp_path, *command, "u.db")
    assert ran.returncode == 4
    assert "no Dask scheduler answers" in ran.stderr


def _changed_code(folder: Path) -> Path:
    """A copy of the package in which the seeds are made in another way."""
    code = folder / "code"
    copytree(ROOT / "ucomp_verify", code / "ucomp_verify", ignore=ignore_patterns("__pycache__"))
    source = code / "ucomp_verify" / "studies" / "seeds.py"
    text = source.read_text()
    assert "[:16], 16) >> 1" in text
    source.write_text(text.replace("[:16], 16) >> 1", "[:16], 16) >> 2"))
    return code


def _study(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "ucomp_verify", "study", *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.mark.slow
def test_an_interrupt_leaves_the_cluster_usable(cluster: DaskCluster, tmp_path: Path) -> None:
    stop = threading.Event()
    workers = connect(cluster.executor, PLACE)
    try:
        with Store.open(tmp_path / "s.db", study="sample", code=CODE) as store:

            def notify(progress: object) -> None:
                if getattr(progress, "done", 0) >= 2:
                    stop.set()

            tally = run(PLACE, STUDY.cells("slow"), store, workers, notify=notify, stop=stop)
            assert tally.stopped and tally.remaining > 0
            assert store.counts().leased == 0
    finally:
        workers.close(kill=True)
    workers = connect(cluster.executor, PLACE)
    try:
        _, tally = _run(tmp_path / "s.db", workers, "slow")
    finally:
        workers.close(kill=False)
    assert tally.complete
    assert cluster.scheduler.poll() is None
