"""What a cell does to its process it does to that alone; its time and memory are bounded."""

import os
import signal
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest

from tests.studies.running import alive, performed, task
from tests.studies.toys import config
from ucomp_verify.studies import Config, Status
from ucomp_verify.studies.engine import (
    CannotStart,
    Ended,
    Task,
    Workers,
    embedded,
    foreign,
    run_isolated,
)

GIB = 1 << 30
BAD: dict[str, tuple[Config, Status, str]] = {
    "hangs": (config("hang"), Status.TIMEOUT, "found no result within 1 s"),
    "spins": (config("spin", path=os.devnull), Status.TIMEOUT, "found no result within 1 s"),
    "ends": (config("exit", code=3), Status.CRASHED, "its process ended with the exit code 3"),
    "ends well": (config("exit", code=0), Status.CRASHED, "ended with the exit code 0"),
    "segfault": (config("signal", number=11), Status.CRASHED, "its process was ended by SIGSEGV"),
    "killed": (config("signal", number=9), Status.CRASHED, "its process was ended by SIGKILL"),
    "eats": (config("eat", bytes=4 * GIB), Status.MEMORY, "it took more memory than it may"),
    "interrupts": (
        config("raise", kind="KeyboardInterrupt"),
        Status.FAILED,
        "KeyboardInterrupt: no luck",
    ),
    "NaN": (config("return", what="nan"), Status.FAILED, "found nan"),
}


@pytest.fixture(scope="module")
def one() -> Iterator[Workers]:
    workers = embedded(1)
    yield workers
    workers.close(kill=True)


@pytest.mark.parametrize("name", BAD)
def test_a_bad_cell_ends_alone_and_the_next_is_as_ever(one: Workers, name: str) -> None:
    cell, status, text = BAD[name]
    bad = one.submit(task(cell, timeout=1, memory=2 * GIB))
    good = one.submit(task(config("draw"), memory=2 * GIB))
    assert bad.result(60).status is status
    assert text in bad.result().problem
    assert bad.result().run["code"] and bad.result().run["host"]
    assert good.result(60).found == performed(config("draw")).found


def test_memory_that_a_cell_may_take_is_given(one: Workers) -> None:
    ended = one.submit(task(config("eat", bytes=GIB // 4), memory=GIB // 2)).result(60)
    assert ended.found == {"size": GIB // 4}
    assert float(str(ended.measured["peak_mib"])) > 256
    small = one.submit(task(config("draw"))).result(60)  # the peak is that of the cell
    assert float(str(small.measured["peak_mib"])) < 256 or not Path("/proc").exists()


def test_a_child_starts_in_the_state_that_this_process_sets(one: Workers) -> None:
    here = performed(config("state")).found
    for cell in (config("state"), config("change"), config("state")):
        ended = one.submit(task(cell)).result(60)
    assert ended.found == here


def test_a_child_prints_nothing_on_stdout(capfd: pytest.CaptureFixture[str]) -> None:
    workers = embedded(1)
    assert workers.submit(task(config("print"))).result(60).status is Status.DONE
    workers.close(kill=False)
    out, err = capfd.readouterr()
    assert out == "" and err.count("NOISE") == 3


def test_a_killed_idle_child_is_replaced_and_nobody_sees_it(one: Workers) -> None:
    pid = int(str(one.submit(task(config("draw"))).result(60).run["pid"]))
    os.kill(pid, signal.SIGKILL)
    ended = one.submit(task(config("draw"))).result(60)
    assert ended.status is Status.DONE and ended.run["pid"] != pid


def test_what_a_cell_started_ends_with_it_on_a_time_out(one: Workers, tmp_path: Path) -> None:
    cell = config("start", path=str(tmp_path / "pid"))
    assert one.submit(task(cell, timeout=2)).result(60).status is Status.TIMEOUT
    assert gone(int((tmp_path / "pid").read_text()))


def gone(pid: int) -> bool:
    end = time.monotonic() + 10
    while alive(pid) and time.monotonic() < end:
        time.sleep(0.05)
    return not alive(pid)


def test_closing_kills_what_runs_and_cancels_what_waits(tmp_path: Path) -> None:
    workers, begun = embedded(1), tmp_path / "pid"
    first = workers.submit(task(config("start", path=str(begun))))
    later = workers.submit(task(config("draw")))
    while not begun.exists() or not begun.read_text():
        time.sleep(0.02)
        assert not first.done(), first.result()
    workers.close(kill=True)
    assert first.result(0).status is Status.CRASHED
    assert later.cancelled()
    assert gone(int(begun.read_text()))


def test_the_study_must_be_there() -> None:
    workers = embedded(1)
    with pytest.raises(CannotStart, match=r"cannot load the study|found no source"):
        workers.submit(Task("tests.studies.none:STUDY", "{}")).result(60)
    with pytest.raises(CannotStart, match="cannot load the study"):
        workers.submit(Task("tests.studies.toys:NONE", "{}")).result(60)
    workers.close(kill=False)
    for wrong in (lambda: embedded(0), lambda: foreign(ThreadPoolExecutor(1), 0)):
        with pytest.raises(ValueError, match=r"found .*0.*; expected at least 1"):
            wrong()


def processes() -> Executor:
    return ProcessPoolExecutor(1, mp_context=get_context("spawn"))


@pytest.mark.parametrize("make", [processes, lambda: ThreadPoolExecutor(1)])
def test_on_any_executor_a_bad_cell_ends_alone(make: Callable[[], Executor]) -> None:
    workers = foreign(make(), 1)
    hang, crash, good = (
        workers.submit(task(cell, timeout=1))
        for cell in (BAD["hangs"][0], BAD["ends"][0], config("draw"))
    )
    assert (hang.result(60).status, crash.result(60).status) == (Status.TIMEOUT, Status.CRASHED)
    assert good.result(60).found == performed(config("draw")).found
    workers.close(kill=False)


def test_each_thread_keeps_its_child_for_the_next_cell() -> None:
    with ThreadPoolExecutor(1) as threads:
        futures: list[Future[Ended]] = [
            threads.submit(run_isolated, task(config("draw", trial))) for trial in range(3)
        ]
        pids = {int(str(future.result(60).run["pid"])) for future in futures}
    assert len(pids) == 1 and os.getpid() not in pids
    assert gone(pids.pop())  # with the thread


@pytest.mark.filterwarnings("ignore:os.fork:RuntimeWarning")  # JAX, if another test loaded it
def test_a_forked_process_does_not_use_the_child_of_its_parent() -> None:
    mine = run_isolated(task(config("draw"))).run["pid"]
    with ProcessPoolExecutor(1, mp_context=get_context("fork")) as pool:
        forked = pool.submit(run_isolated, task(config("draw"))).result(60)
    assert forked.status is Status.DONE and forked.run["pid"] != mine
    assert run_isolated(task(config("draw"))).run["pid"] == mine  # it lives on
