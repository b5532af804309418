"""Tasks in other processes, a few at a time, with the results in order."""

import multiprocessing
import signal
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from typing import TypeVar

PENDING = 16  # tasks handed to an executor and not fetched yet: it never holds all of the data

Item = TypeVar("Item")
Result = TypeVar("Result")


def run_in_order(
    work: Callable[[Item], Result], items: Iterable[Item], executor: Executor | None
) -> Iterator[Result]:
    """What `work` makes of the items, in their order; in this process if no executor is given.

    At most `PENDING` items are taken before the first result is fetched.
    """
    if executor is None:
        yield from map(work, items)
        return
    pending = deque["Future[Result]"]()
    try:
        for item in items:
            pending.append(executor.submit(work, item))
            if len(pending) == PENDING:
                yield pending.popleft().result()
        while pending:
            yield pending.popleft().result()
    finally:
        for future in pending:
            future.cancel()


@contextmanager
def process_pool(jobs: int) -> Generator[Executor | None]:
    """An executor of so many new processes, which end with the block; None for one job."""
    if jobs <= 1:
        yield None
        return
    context = multiprocessing.get_context("spawn")  # a fork could copy locks that BLAS holds
    pool = ProcessPoolExecutor(jobs, mp_context=context, initializer=_leave_signals)
    try:
        yield pool
    finally:
        pool.shutdown(cancel_futures=True)


def _leave_signals() -> None:
    """Ctrl-C reaches all processes of a terminal: the one that waits for the others acts."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
