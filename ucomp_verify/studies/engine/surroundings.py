"""Where and with what a cell was run, and how much memory it took."""

import os
import platform
import resource
import socket
import sys
from datetime import UTC, datetime
from functools import cache
from importlib import metadata
from pathlib import Path

from ucomp_verify.studies import catalogue
from ucomp_verify.studies.catalogue import UnknownStudy
from ucomp_verify.studies.code_hash import ONE_THREAD, forget, sources
from ucomp_verify.studies.config import Value

from .task import CannotStart

LIBRARIES = ("ucomp-verify", "numpy", "scipy", "python-flint", "mpmath")
MIB = 1 << 20
STATUS = Path("/proc/self/status")


def surroundings(seconds: float) -> dict[str, Value]:
    """Host, processor, process, time, versions, and the seconds that the whole cell took."""
    return {
        "host": socket.gethostname(),
        "machine": platform.machine(),
        "pid": os.getpid(),
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "seconds": seconds,
        **versions(),
    }


@cache
def versions() -> dict[str, Value]:
    """The version of Python and of the libraries that cells use; empty for what is not there.

    >>> versions()["python"].count(".")
    2
    """
    found: dict[str, Value] = {"python": platform.python_version()}
    for name in LIBRARIES:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            found[name] = ""
    return found


def code_of(place: str) -> str:
    """The hash of the code of the study at this place, as this machine has it now.

    A file that changes during a run may be loaded by the next process, or the next time that
    a cell imports it, so the files are looked at every time.
    """
    try:
        with ONE_THREAD:  # what one thread forgets, another one may be about to read
            return _code_of(place, _state(place))
    except UnknownStudy as error:
        raise CannotStart(f"this worker cannot load the study: {error.args[0]}") from error
    except (ImportError, OSError, SyntaxError, ValueError) as error:
        raise CannotStart(f"{place}: found no source ({error}); expected it here, too") from error


def _state(place: str) -> tuple[tuple[int, int], ...]:
    """When each file was changed, and its size."""
    files = [path for module in catalogue.code_modules(place) for path in sources(module)]
    return tuple((found.st_mtime_ns, found.st_size) for found in map(Path.stat, files))


@cache
def _code_of(place: str, state: tuple[tuple[int, int], ...]) -> str:
    del state
    forget()
    return catalogue.code_of(place)


def forget_peak() -> None:
    """Measure the peak of the memory from now on, where the system can do that."""
    try:
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    except OSError:
        return


def peak_mib() -> float:
    """The most memory that the process held since `forget_peak`, else since it started."""
    held = _status("VmHWM")
    if held is not None:
        return held / 1024
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / MIB


def address_space() -> int:
    """The bytes of addresses that the process has now; 0 where that is unknown."""
    return 1024 * (_status("VmSize") or 0)


def _status(name: str) -> int | None:
    try:
        lines = STATUS.read_text(encoding="ascii", errors="replace").splitlines()
    except OSError:
        return None
    return next((int(line.split()[1]) for line in lines if line.startswith(f"{name}:")), None)
