"""Cells on a Dask cluster: each in a child process of a worker, which a time-out can end.

The scheduler gives a cell to another worker when one dies. Before anything runs every worker
must have the same code and libraries as the coordinator, and each cell asks its worker again,
for workers come and go.
"""

import asyncio
import logging
import threading
import time
from concurrent.futures import BrokenExecutor, CancelledError, Future, wait
from importlib import import_module
from typing import TYPE_CHECKING, Any

from ucomp_verify.studies.model import Status

from .fingerprint import Fingerprint, fingerprint
from .task import CannotStart

if TYPE_CHECKING:
    from .task import Ended, Task

SCHEME = "dask:"
CONNECT = 10.0  # seconds until a scheduler must have answered
WORKERS = 60.0  # seconds until a first worker must be there
PATIENCE = 600.0  # seconds without any worker until the run is given up
PERIOD = 1.0  # seconds between two looks at the cluster
GONE = "the scheduler of the cluster is gone"


class ClusterMissing(Exception):
    """There is no cluster to run on, or no worker in it; the text says what to do."""


class ClusterLost(BrokenExecutor):
    """The cluster was there, and nothing more will come from it."""


class ClusterMismatch(Exception):
    """A worker has other code or libraries; the text names it and what differs."""


def connect(
    address: str,
    place: str,
    *,
    connect_within: float = CONNECT,
    workers_within: float = WORKERS,
    patience: float = PATIENCE,
) -> "Cluster":
    """The workers of the cluster at "dask:tcp://HOST:PORT", all fit to run the study at `place`.

    Raises ClusterMissing if no scheduler answers or no worker comes in so many seconds,
    ClusterMismatch for workers that would find something else, ImportError without Dask.
    """
    expected = fingerprint(place)
    client = _client(address, connect_within)
    try:
        _wait_for_a_worker(client, address, workers_within)
        check_workers(client, place, expected)
    except BaseException:
        client.close()
        raise
    return Cluster(client, expected, patience=patience)


def _client(address: str, within: float) -> Any:
    scheduler = address.removeprefix(SCHEME)
    if not address.startswith(SCHEME) or "://" not in scheduler:
        raise ClusterMissing(f"found {address!r}; expected dask:tcp://HOST:PORT")
    try:
        distributed: Any = import_module("distributed")
    except ModuleNotFoundError:
        raise ImportError("a cluster needs Dask: pip install 'ucomp-verify[cluster]'") from None
    # What is lost is told in our own words, once.
    logging.getLogger("distributed.client").setLevel(logging.CRITICAL)
    try:
        return distributed.Client(scheduler, timeout=within, set_as_default=False)
    except (OSError, ValueError) as error:
        raise ClusterMissing(
            f"{scheduler}: no Dask scheduler answers ({_first_line(error)}); start one with "
            "`dask scheduler`, or give the address that it prints"
        ) from None


def _wait_for_a_worker(client: Any, address: str, within: float) -> None:
    end = time.monotonic() + within
    while not client.nthreads():
        if time.monotonic() > end:
            raise ClusterMissing(
                f"{address}: the scheduler has had no worker for {within:g} s; start some with "
                f"`dask worker {address.removeprefix(SCHEME)} --nthreads 1`"
            )
        time.sleep(0.1)


def check_workers(client: Any, place: str, expected: Fingerprint) -> None:
    """Return if all workers that are there now have this fingerprint; else ClusterMismatch."""
    answers: dict[str, Any] = client.run(fingerprint, place, on_error="return")
    faults = {worker: _faults(answer, expected) for worker, answer in answers.items()}
    wrong = {worker: found for worker, found in faults.items() if found}
    if wrong:
        names = _names(client)
        lines = [f"  {names.get(w, w)}: {'; '.join(found)}" for w, found in sorted(wrong.items())]
        raise ClusterMismatch(
            f"nothing ran: {len(wrong)} of {len(answers)} workers would not find the same as "
            "this machine\n" + "\n".join(lines) + "\ninstall the same there, restart these "
            "workers, and run again"
        )


def _faults(answer: Any, expected: Fingerprint) -> tuple[str, ...]:
    if isinstance(answer, BaseException):
        return (f"it cannot load the study ({_first_line(answer)})",)
    return answer.differences(expected)


def _names(client: Any) -> dict[str, str]:
    """What the workers are called, by address."""
    info: Any = client.scheduler_info(n_workers=-1)
    return {a: f"worker {w['name']} at {a}" for a, w in info["workers"].items() if w.get("name")}


def _first_line(error: BaseException) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0]


class Cluster:
    """The workers of a cluster, whatever their number is at the moment."""

    def __init__(self, client: Any, expected: Fingerprint, *, patience: float) -> None:
        self._client, self._expected, self._patience = client, expected, patience
        self._lock = threading.Lock()
        self._waiting: dict[Future[Ended], Any] = {}  # ours, and that of Dask
        self._lost = ""  # why nothing more will come
        self._threads = sum(client.nthreads().values())
        self._stopped = threading.Event()
        self._watcher = threading.Thread(target=self._watch, name="cluster", daemon=True)
        self._watcher.start()

    @property
    def capacity(self) -> int:
        """The threads of the workers that are there, and at least 1; ClusterLost without any."""
        with self._lock:
            self._require()
        return max(self._threads, 1)

    def submit(self, task: "Task") -> "Future[Ended]":
        """The end of the cell, later; ClusterLost, here or in it, if the cluster is gone."""
        outer: Future[Ended] = Future()
        outer.set_running_or_notify_cancel()
        with self._lock:
            self._require()
            inner = self._client.submit(perform_here, task, self._expected, pure=False)
            self._waiting[outer] = inner
        self._client.loop.add_callback(self._settle, task, outer)
        return outer

    def close(self, *, kill: bool) -> None:
        """Leave the cluster, which goes on; with `kill`, cells that have not begun never do."""
        with self._lock:
            waiting = dict(self._waiting)
        if not kill:
            wait(waiting)
        self._stopped.set()
        self._lose("the cluster was left")
        if kill:
            self._client.cancel(list(waiting.values()))
        self._client.close(timeout=CONNECT)
        self._watcher.join(CONNECT)

    def _require(self) -> None:
        if self._lost:
            raise ClusterLost(self._lost)

    async def _settle(self, task: "Task", outer: "Future[Ended]") -> None:
        """Hand on how the cell ended, or why that is not known.

        Dask's own executor asks for the status only after it has the result, and by then the
        worker that held it may have died.
        """
        with self._lock:
            inner = self._waiting.get(outer)
        if inner is None:
            return
        try:
            (ended,) = await self._client.gather([inner], asynchronous=True)
        except (CancelledError, asyncio.CancelledError):
            self._lose(GONE)
            return
        except Exception as error:
            ended = _meaning(error, task)
        with self._lock:
            if self._waiting.pop(outer, None) is None:
                return
        if isinstance(ended, BaseException):
            outer.set_exception(ended)
        else:
            outer.set_result(ended)

    def _watch(self) -> None:
        """Count the threads, and give up when the scheduler or all workers have gone."""
        seen = time.monotonic()
        while not self._stopped.wait(PERIOD):
            threads = self._count()
            if threads is None:
                self._lose(GONE)
                return
            self._threads = threads
            seen = time.monotonic() if threads else seen
            if time.monotonic() - seen > self._patience:
                self._lose(f"the cluster has had no worker for {self._patience:g} s")
                return

    def _count(self) -> int | None:
        """The threads of all workers; None if the scheduler does not answer."""
        try:
            if self._client.status == "running":
                return sum(self._client.nthreads().values())
        except Exception:  # whatever a connection that breaks raises
            return None
        return None

    def _lose(self, why: str) -> None:
        """Nothing more comes from the cluster: all that wait for a cell are told."""
        with self._lock:
            self._lost = self._lost or why
            waiting = list(self._waiting)
            self._waiting.clear()
        for outer in waiting:
            outer.set_exception(ClusterLost(self._lost))


def _meaning(error: Exception, task: "Task") -> "Ended | Exception":
    """What it means for a cell that Dask raises this."""
    from distributed import KilledWorker

    from .surroundings import code_of
    from .task import Ended

    if isinstance(error, KilledWorker):
        text = "workers of the cluster died while they had this cell"
        return Ended(Status.CRASHED, problem=text, run={"code": code_of(task.place)})
    if isinstance(error, ClusterLost | CannotStart):
        return error
    return ClusterLost(f"the cluster failed: {_first_line(error)}")


def perform_here(task: "Task", expected: Fingerprint) -> "Ended":
    """The cell, run in a child process of the worker that calls this.

    ClusterLost if this worker would not find the same as the coordinator.
    """
    from .task import run_isolated

    if found := fingerprint(task.place).differences(expected):
        raise ClusterLost(
            f"a worker joined that would not find the same: {'; '.join(found)}; install the "
            "same there and restart it"
        )
    return run_isolated(task)
