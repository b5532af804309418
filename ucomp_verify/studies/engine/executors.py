"""Where cells are run: processes of this machine, or the executor of another library."""

from concurrent.futures import Executor, Future, ThreadPoolExecutor
from queue import SimpleQueue
from typing import Protocol

from .child import Child
from .task import Ended, Task, run_in, run_isolated


class Workers(Protocol):
    """What the coordinator needs of workers.

    A future's exception says that the workers failed, not the cell: whatever a cell does is
    an `Ended`. `capacity` is asked often; it may change, and it may raise `BrokenExecutor`
    when the workers are gone.
    """

    @property
    def capacity(self) -> int:
        """How many cells run at once."""
        ...

    def submit(self, task: Task) -> "Future[Ended]":
        """The end of the cell, later; BrokenExecutor if there are no workers any more."""
        ...

    def close(self, *, kill: bool) -> None:
        """No cell runs any more: those that run are waited for, or killed."""
        ...


class Embedded:
    """Processes of this machine, one for each of `capacity` threads that wait for them."""

    def __init__(self, jobs: int) -> None:
        if jobs < 1:
            raise ValueError(f"found {jobs} jobs; expected at least 1")
        self.capacity = jobs
        self._threads = ThreadPoolExecutor(jobs, thread_name_prefix="cell")
        self._children = tuple(Child() for _ in range(jobs))
        self._free: SimpleQueue[Child] = SimpleQueue()
        for child in self._children:
            self._free.put(child)

    def submit(self, task: Task) -> "Future[Ended]":
        """The end of the cell, in the next process that is free."""
        return self._threads.submit(self._perform, task)

    def close(self, *, kill: bool) -> None:
        """End the processes: at once, or when the cells that were submitted have ended."""
        if kill:
            for child in self._children:
                child.kill()
        self._threads.shutdown(wait=True, cancel_futures=kill)
        for child in self._children:
            child.close()

    def _perform(self, task: Task) -> Ended:
        child = self._free.get()
        try:
            return run_in(child, task)
        finally:
            self._free.put(child)


class Foreign:
    """The workers of an executor; each runs its cells in a child process of its own."""

    def __init__(self, executor: Executor, capacity: int) -> None:
        if capacity < 1:
            raise ValueError(f"found the capacity {capacity}; expected at least 1")
        self.capacity = capacity
        self._executor = executor

    def submit(self, task: Task) -> "Future[Ended]":
        """The end of the cell, on whatever worker the executor chooses."""
        return self._executor.submit(run_isolated, task)

    def close(self, *, kill: bool) -> None:
        """Shut the executor down; cells that run end with their own time-out."""
        self._executor.shutdown(wait=not kill, cancel_futures=kill)


def embedded(jobs: int) -> Embedded:
    """Workers in `jobs` processes of this machine, that are killed when a cell hangs."""
    return Embedded(jobs)


def foreign(executor: Executor, capacity: int) -> Foreign:
    """Workers of any executor that can run `capacity` cells at once."""
    return Foreign(executor, capacity)
