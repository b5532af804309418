"""What this program runs on: Python, its dependencies, the machine."""

import os
import re
from dataclasses import dataclass
from importlib import metadata

_REQUIREMENT = re.compile(
    r"([A-Za-z0-9_.-]+)(?:\[[^]]*\])?(?:>=([0-9.]+))?(?:.*extra == ['\"](\w+))?"
)


@dataclass(frozen=True)
class Requirement:
    """A package that is needed, or that the extra of this name brings, and which is there."""

    name: str
    least: str
    extra: str
    found: str | None

    @property
    def fulfilled(self) -> bool:
        """Whether the package is there in the version needed or a later one."""
        return self.found is not None and _numbers(self.found) >= _numbers(self.least)


def _numbers(version: str) -> tuple[int, ...]:
    """The leading numbers of a version: (2, 10) for 2.10rc1."""
    numbers = (re.match(r"\d+", part) for part in version.split("."))
    return tuple(int(n[0]) for n in numbers if n)


def _version(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def requirements() -> tuple[Requirement, ...]:
    """What the installed distribution says that it needs; empty if it is not installed."""
    try:
        lines = metadata.requires("ucomp-verify") or []
    except metadata.PackageNotFoundError:
        return ()
    matches = (m for m in map(_REQUIREMENT.match, lines) if m)
    return tuple(Requirement(m[1], m[2] or "", m[3] or "", _version(m[1])) for m in matches)


def cores() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def memory() -> int:
    """Bytes of main memory; 0 where the system does not say."""
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, OSError, ValueError):
        return 0
