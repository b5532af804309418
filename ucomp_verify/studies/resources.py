"""What a piece of work takes: seconds of the processor, and memory."""

import gc
import time
import tracemalloc
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from typing import Generic, TypeVar

T = TypeVar("T")

ENOUGH = 0.1  # seconds in all, after which nothing is repeated
MOST = 5


@dataclass(frozen=True)
class Timed(Generic[T]):
    """What the first run of the work returned, and the CPU seconds of each run."""

    result: T
    seconds: tuple[float, ...]

    @property
    def typical(self) -> float:
        """The median of the seconds."""
        return median(self.seconds)


def timed(work: Callable[[], T], *, enough: float = ENOUGH, most: int = MOST) -> Timed[T]:
    """The work done at least once, and again while that is short, at most `most` times.

    Seconds are those of this process on all of its threads, waiting not counted.
    """
    if enough < 0 or most < 1:
        raise ValueError(f"found enough = {enough}, most = {most}; expected >= 0 and >= 1")
    gc.collect()
    first, seconds = _once(work)
    spent = [seconds]
    while len(spent) < most and sum(spent) < enough:
        spent.append(_once(work)[1])
    return Timed(first, tuple(spent))


def traced(work: Callable[[], T]) -> tuple[T, int]:
    """What the work returned, and the most bytes that Python and NumPy held for it at a time.

    What FLINT and LAPACK allocate by themselves is not seen. The work takes several times as
    long as without.
    """
    gc.collect()
    running = tracemalloc.is_tracing()
    if not running:
        tracemalloc.start(1)
    try:
        tracemalloc.reset_peak()
        before = tracemalloc.get_traced_memory()[0]
        result = work()
        return result, max(0, tracemalloc.get_traced_memory()[1] - before)
    finally:
        if not running:
            tracemalloc.stop()


def _once(work: Callable[[], T]) -> tuple[T, float]:
    start = time.process_time()
    result = work()
    return result, time.process_time() - start
