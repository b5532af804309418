"""Independent pieces of work in processes with a time and a memory limit each."""

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar, cast

T = TypeVar("T")
MEMORY_LIMIT = 8 << 30  # bytes of address space a process


@dataclass(frozen=True)
class Outcome(Generic[T]):
    """What a piece of work returned, or the error that ended it."""

    value: T | None
    error: BaseException | None


class Job(Protocol):
    """Anything with a picklable `work` that takes no argument."""

    @property
    def work(self) -> Callable[[], Any]:
        """What is to be done."""
        ...


J = TypeVar("J", bound=Job)


def run_all(
    jobs_to_do: Sequence[J], *, jobs: int, timeout: float
) -> Iterator[tuple[J, Outcome[Any]]]:
    """Run every job, in `jobs` processes, and yield the outcomes in the order given.

    A job that takes longer than `timeout` seconds is killed (TimeoutError), one that
    crashes its process or exceeds `MEMORY_LIMIT` ends alone. With `jobs` = 0 all run in
    this process, without limits.
    """
    if jobs == 0:
        for job in jobs_to_do:
            yield job, _attempt(job.work)
        return
    yield from _in_processes(jobs_to_do, jobs, timeout)


def _in_processes(
    jobs_to_do: Sequence[J], jobs: int, timeout: float
) -> Iterator[tuple[J, Outcome[Any]]]:
    import multiprocessing

    from pebble import ProcessPool

    pool = ProcessPool(
        max_workers=max(1, min(jobs, len(jobs_to_do))),
        context=multiprocessing.get_context("spawn"),
        initializer=_prepare,
    )
    with pool:
        try:
            futures = [
                cast("Future[Any]", pool.schedule(job.work, timeout=timeout)) for job in jobs_to_do
            ]
            for job, future in zip(jobs_to_do, futures, strict=True):
                yield job, _attempt(future.result)
        except BaseException:  # an interrupt, or a caller that stops early: no orphans
            pool.stop()
            raise


def _attempt(work: Callable[[], Any]) -> Outcome[Any]:
    try:
        return Outcome(work(), None)
    except Exception as error:  # whatever a piece of work raises is its outcome
        return Outcome(None, error)


def _prepare() -> None:
    """Bound the memory of a worker, and keep its linear algebra on one thread."""
    import resource
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent stops its workers itself
    for library in ("OMP", "OPENBLAS", "MKL"):
        os.environ[f"{library}_NUM_THREADS"] = "1"
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    limit = MEMORY_LIMIT if hard == resource.RLIM_INFINITY else min(MEMORY_LIMIT, hard)
    resource.setrlimit(resource.RLIMIT_AS, (limit, hard))
