"""Stores of toys, and what their cells must find."""

import os
from collections.abc import Callable, Iterable
from concurrent.futures import Future
from pathlib import Path

from tests.studies import toys
from ucomp_verify.studies import Config, Row, Seeds, Status, code_hash
from ucomp_verify.studies.engine import Tally, Workers, embedded, perform, run
from ucomp_verify.studies.engine.task import Ended, Task
from ucomp_verify.studies.store import Store

ROOT = Path(__file__).parents[2]
CODE = code_hash("tests.studies.toys")


class Here:
    """Workers that run a cell in this process when it is submitted, or do as they are told."""

    def __init__(self, work: Callable[[Task], Ended] = perform, *, capacity: int = 1) -> None:
        self.capacity, self._work = capacity, work
        self.asked: list[Config] = []

    def submit(self, task: Task) -> "Future[Ended]":
        future: Future[Ended] = Future()
        self.asked.append(Config.read(task.config))
        try:
            future.set_result(self._work(task))
        except Exception as error:
            future.set_exception(error)
        return future

    def close(self, *, kill: bool) -> None:
        del kill


def opened(path: Path) -> Store:
    return Store.open(path, study="toys", code=CODE, version=1)


def task(config: Config, *, timeout: float = 60.0, memory: int = 0) -> Task:
    return Task(toys.PLACE, config.text, timeout, memory)


def performed(config: Config) -> Ended:
    return perform(task(config))


def row(config: Config, *, status: Status = Status.DONE, **found: float) -> Row:
    seed = Seeds("toys", 1).of_cell(config)
    return Row("toys", config, seed, status, found, run={"host": "here"})


def fixed(path: Path) -> list[str]:
    with Store.read(path) as store:
        return [row.fixed for row in store.table()]


def run_here(
    path: Path,
    configs: Iterable[Config],
    *,
    workers: Workers | None = None,
    timeout: float = 60.0,
    memory: int = 0,
    retries: int = 0,
    retry_failed: bool = False,
) -> Tally:
    used = workers or embedded(1)
    try:
        with opened(path) as store:
            return run(
                toys.PLACE,
                configs,
                store,
                used,
                timeout=timeout,
                memory=memory,
                retries=retries,
                retry_failed=retry_failed,
            )
    finally:
        used.close(kill=True)


def alive(pid: int) -> bool:
    """Whether there is a process that has not ended; one that waits to be reaped has."""
    try:
        os.kill(pid, 0)
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except ProcessLookupError:
        return False
    except FileNotFoundError:  # no /proc here, or it just ended
        return not Path("/proc/self").exists()
    return state not in "ZX"
