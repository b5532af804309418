"""CPU seconds of work on one thread, of this process or of a command."""

import resource
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median
from time import process_time
from typing import TypeVar

Result = TypeVar("Result")


@dataclass(frozen=True)
class Seconds:
    """CPU seconds of the runs of one piece of work."""

    runs: tuple[float, ...]

    @property
    def median(self) -> float:
        """The middle one of the runs."""
        return median(self.runs)

    def __str__(self) -> str:
        """The median, and the extremes if there were several runs."""
        if len(self.runs) == 1:
            return f"{self.median:.3g}"
        return f"{self.median:.3g} [{min(self.runs):.2g}, {max(self.runs):.2g}]"


def timed(work: Callable[[], Result], *, repeats: int = 3) -> tuple[Result, Seconds]:
    """The result of the last run, and the time of each; one run if it takes above 10 s."""
    from threadpoolctl import threadpool_limits

    runs: list[float] = []
    with threadpool_limits(1):
        while True:
            start = process_time()
            result = work()
            runs.append(process_time() - start)
            if len(runs) == repeats or runs[-1] > 10:
                return result, Seconds(tuple(runs))


def timed_command(command: Sequence[str]) -> tuple[subprocess.CompletedProcess[str], Seconds]:
    """What a command did, and its user and system time."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return done, Seconds((spent,))
