"""Leases cells, has them run, and writes each row as soon as its cell has ended."""

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, CancelledError, Future, wait
from contextlib import suppress

from ucomp_verify.studies.catalogue import load
from ucomp_verify.studies.model import Config, Row, Status, Value
from ucomp_verify.studies.seeds import Seeds
from ucomp_verify.studies.store import Store, new_owner

from .executors import Workers
from .progress import Pace, Progress
from .tally import Tally
from .task import CannotStart, Ended, Task

LEASE = 60.0  # seconds that a cell is held after its coordinator was last heard of
RENEWAL = 15.0  # seconds between two signs of life
TICK = 0.2  # seconds after which `stop` is seen
POLL = 1.0  # seconds between two looks for cells that another coordinator held
NEWS = 0.25  # seconds between two notices of progress, at least
LOST = 3  # times that workers may lose a cell, which says nothing about the cell


class WorkersLost(Exception):
    """The workers are gone, or of other code; all rows are kept and all leases given back."""


def silent(progress: Progress) -> None:
    """Notify nobody."""
    del progress


def run(
    place: str,
    configs: Iterable[Config],
    store: Store,
    workers: Workers,
    *,
    timeout: float = 600.0,
    memory: int = 0,
    retries: int = 1,
    retry_failed: bool = False,
    notify: Callable[[Progress], None] = silent,
    stop: threading.Event | None = None,
) -> Tally:
    """Every cell has a row in the store when this returns, unless `stop` was set before.

    Cells with a row are not run; with `retry_failed`, those that ended badly are. A cell that
    fails, hangs, crashes or takes too much memory is run `retries` more times; then its row
    says how it ended. Cells that another coordinator holds are waited for. The workers stay
    open; after a stop they may still run cells, and `workers.close(kill=True)` ends those.

    Raises WorkersLost, DiskFull, NotReproducible; all rows until then are kept.
    """
    cells = tuple(dict.fromkeys(configs))
    course = Course(place, store, workers, timeout=timeout, memory=memory, retries=retries)
    course.begin(cells, retry_failed=retry_failed)
    try:
        return course.follow(notify, stop or threading.Event())
    finally:
        course.end()


class Course:
    """One run: what it holds, and what it has seen end."""

    def __init__(
        self,
        place: str,
        store: Store,
        workers: Workers,
        *,
        timeout: float,
        memory: int,
        retries: int,
    ) -> None:
        study = load(place)
        if study.slug != store.study:
            raise ValueError(f"found a store of {store.study!r}; expected one of {study.slug!r}")
        if study.version != store.version:
            raise ValueError(f"found a store of version {store.version}; expected {study.version}")
        self._place, self._seeds = place, Seeds(study.slug, study.version)
        self._store, self._workers = store, workers
        self._timeout, self._memory, self._retries = timeout, memory, retries
        self._owner = new_owner()
        self._running: dict[Future[Ended], Config] = {}
        self._lost = Counter[Config]()
        self._ended = Counter[Status]()
        self._started = self._renewed = time.monotonic()
        self._looked, self._told = -POLL, -NEWS

    def begin(self, cells: tuple[Config, ...], *, retry_failed: bool) -> None:
        """Enrol the cells; what was done before counts for the estimate."""
        self._store.enrol(cells)
        if retry_failed:
            self._store.forget_failed()
        self._before = self._store.counts()
        self._pace = Pace(cells)
        wanted = frozenset(cells)
        for row in self._store.table():
            if row.config in wanted:
                self._pace.ended(row.config, _seconds(row.run))

    def follow(self, notify: Callable[[Progress], None], stop: threading.Event) -> Tally:
        """Lease, submit, wait and write until nothing is left or the stop is set."""
        while not stop.is_set():
            self._fill()
            if not self._running and not self._left():
                break
            self._notify(notify)
            self._collect(stop)
            self._keep()
        self._told = -NEWS
        self._notify(notify)
        return self._tally(stopped=stop.is_set())

    def end(self) -> None:
        """Cancel what waits and give back what is held; a full disk is no error here."""
        for future in self._running:
            future.cancel()
        with suppress(Exception):  # whatever ended the run is what is to be seen
            self._store.release(self._owner)

    def _fill(self) -> None:
        """Keep the workers busy: as many cells as they can run, and a few that wait there."""
        capacity = self._capacity()
        free = capacity + (capacity + 3) // 4 - len(self._running)
        if free < 1 or time.monotonic() - self._looked < POLL:
            return
        leased = self._store.lease(self._owner, limit=free, seconds=LEASE)
        self._looked = time.monotonic() if not leased else -POLL
        for config in leased:
            task = Task(self._place, config.text, self._timeout, self._memory)
            try:
                self._running[self._workers.submit(task)] = config
            except (BrokenExecutor, RuntimeError) as error:
                raise WorkersLost(_gone(error)) from error

    def _capacity(self) -> int:
        try:
            return max(1, self._workers.capacity)
        except BrokenExecutor as error:
            raise WorkersLost(_gone(error)) from error

    def _left(self) -> int:
        counts = self._store.counts()
        return counts.total - counts.done - counts.failed

    def _collect(self, stop: threading.Event) -> None:
        """Write the rows of the cells that have ended by now."""
        if not self._running:
            stop.wait(TICK)
            return
        ended, _ = wait(self._running, timeout=TICK, return_when=FIRST_COMPLETED)
        # What is well is written before an error ends the run.
        for future in sorted(ended, key=_is_lost):
            self._settle(future, self._running[future])
            del self._running[future]

    def _settle(self, future: "Future[Ended]", config: Config) -> None:
        try:
            ended = future.result()
        except (BrokenExecutor, CannotStart) as error:
            raise WorkersLost(_gone(error)) from error
        except (Exception, CancelledError) as error:  # of the workers, whatever they are
            self._count_loss(config, error)
            return
        self._check_code(ended)
        if ended.status is Status.DONE or self._store.count_attempt(config) > self._retries:
            self._write(config, ended)
        else:
            self._again(config)

    def _count_loss(self, config: Config, error: BaseException) -> None:
        self._lost[config] += 1
        if self._lost[config] > LOST:
            raise WorkersLost(_gone(error)) from error
        self._again(config)

    def _again(self, config: Config) -> None:
        self._store.release(self._owner, config)
        self._looked = -POLL

    def _check_code(self, ended: Ended) -> None:
        code = ended.run.get("code")
        if code != self._store.code:
            host = ended.run.get("host")
            raise WorkersLost(
                f"found workers on {host} with the code {str(code)[:12]}; expected "
                f"{self._store.code[:12]}, that of the store; install the same version there, "
                "or undo what was changed since the run began"
            )

    def _write(self, config: Config, ended: Ended) -> None:
        seed, study = self._seeds.of_cell(config), self._store.study
        row = Row(
            study, config, seed, ended.status, ended.found, ended.problem, ended.measured, ended.run
        )
        self._store.finish(row)
        self._ended[ended.status] += 1
        self._pace.ended(config, _seconds(ended.run))

    def _keep(self) -> None:
        if time.monotonic() - self._renewed > RENEWAL:
            self._store.renew(self._owner, seconds=LEASE)
            self._renewed = time.monotonic()

    def _notify(self, notify: Callable[[Progress], None]) -> None:
        if time.monotonic() - self._told < NEWS:
            return
        self._told = time.monotonic()
        counts, capacity = self._store.counts(), self._capacity()
        running = min(len(self._running), capacity)
        left = self._pace.remaining(capacity)
        notify(Progress(counts.done, counts.failed, running, counts.total, left))

    def _tally(self, *, stopped: bool) -> Tally:
        failed = {status: n for status, n in self._ended.items() if status is not Status.DONE}
        return Tally(
            self._ended[Status.DONE],
            self._before.done,
            failed,
            self._before.failed,
            self._left(),
            time.monotonic() - self._started,
            stopped,
        )


def _is_lost(future: "Future[Ended]") -> bool:
    return future.cancelled() or future.exception() is not None


def _gone(error: BaseException) -> str:
    text = str(error) or type(error).__name__
    return (
        f"found no workers that can run cells ({text}); expected them to stay; all rows are kept; "
        "see why they ended, start them, and run the same command again"
    )


def _seconds(run: Mapping[str, Value]) -> float:
    found = run.get("seconds")
    return float(found) if isinstance(found, int | float) else -1.0
