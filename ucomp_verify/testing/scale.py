"""What is asked at 10^5 and 10^6 nodes: a rule, in bounded memory, with the cost reported."""

import sys
from dataclasses import dataclass
from pathlib import Path

from .adapters import Adapter
from .cases import Case
from .rules import LOOSE, check_rule, shown
from .types import Figures, Violation

MEMORY = 4096  # MiB beyond the data: 250 times the data of 10^6 nodes in the plane

_RESET = Path("/proc/self/clear_refs")
_STATUS = Path("/proc/self/status")


@dataclass(frozen=True)
class Scales:
    """A rule of at most N nodes, within `MEMORY` MiB beyond the data, in CPU seconds reported.

    The bound is loose on purpose: it tells linear memory from quadratic.
    """

    asks = f"a rule, defect at most {shown(LOOSE)}, within {MEMORY} MiB beyond the data"

    def __call__(self, compressor: Adapter, case: Case) -> Figures:
        """Nodes, defect, peak memory in MiB and CPU seconds."""
        reset_peak()
        before, start = peak_mib(), cpu_seconds()
        found = compressor.compress(case)
        seconds = cpu_seconds() - start
        used = max(peak_mib() - before, 0.0)
        cost = {"cpu_seconds": round(seconds, 3), "peak_mib": round(used, 1)}
        if used > MEMORY:
            text = f"found {used:.0f} MiB of memory beyond the data; expected at most {MEMORY}"
            raise Violation("memory", text, **cost)
        return {**check_rule(case, found, bound=LOOSE, sharp=False), **cost}


def reset_peak() -> None:
    """Let the peak of this process start anew, where the system can (Linux)."""
    try:
        _RESET.write_text("5")
    except OSError:
        return


def peak_mib() -> float:
    """The largest resident memory of this process so far, in MiB."""
    import resource

    try:
        lines = _STATUS.read_text().splitlines()
        return next(int(x.split()[1]) for x in lines if x.startswith("VmHWM:")) / 1024
    except (OSError, StopIteration):
        unit = 2**20 if sys.platform == "darwin" else 2**10
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit


def cpu_seconds() -> float:
    """The CPU time of this process and of those it started that have ended."""
    import resource

    of = [resource.getrusage(w) for w in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in of)
