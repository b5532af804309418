"""What must be equal on two machines for a study to find the same there: code and libraries."""

import platform
import sys
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib import metadata

from ucomp_verify.studies.catalogue import code_of
from ucomp_verify.studies.code_hash import ROOT

LIBRARIES = ("numpy", "scipy", "python-flint", "mpmath")
SHOWN = 12  # digits of a hash
CHANGED = "its code has changed since it was started"


@dataclass(frozen=True)
class Fingerprint:
    """The names and versions of all that decides what a cell finds.

    `stale` if source files had changed before the study was asked for, and after another
    one was: what the process has loaded may be older than what the hash of the code is of.
    """

    parts: tuple[tuple[str, str], ...]
    stale: bool = False

    def differences(self, expected: "Fingerprint") -> tuple[str, ...]:
        """What is another thing here than expected, in words; empty if nothing is.

        >>> one, other = Fingerprint((("numpy", "2.0"),)), Fingerprint((("numpy", "2.1"),))
        >>> one.differences(other)
        ('numpy 2.0, expected 2.1',)
        """
        ours = dict(self.parts)
        found = [
            f"{name} {ours.get(name, 'unknown')}, expected {value}"
            for name, value in expected.parts
            if ours.get(name) != value
        ]
        return (*found, *([CHANGED] if self.stale else []))


@cache
def fingerprint(place: str) -> Fingerprint:
    """That of this process, for the study at module:attribute, when it was asked first.

    A process keeps the code that it has loaded, so the answer stays the same when files
    change. Raises ModuleNotFoundError if the study's module cannot be found.
    """
    before = _first_sources()
    return Fingerprint(_parts(place), _sources() != before)


def _parts(place: str) -> tuple[tuple[str, str], ...]:
    return (
        ("Python", f"{sys.version_info.major}.{sys.version_info.minor}"),
        ("machine", platform.machine()),
        *((name, _version(name)) for name in LIBRARIES),
        ("code", code_of(place)[:SHOWN]),
    )


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "absent"


@cache
def _first_sources() -> str:
    """The sources of the package when this process asked for the first time."""
    return _sources()


def _sources() -> str:
    """A hash of the files of the package, as they are now."""
    total = sha256()
    for path in sorted(ROOT.rglob("*.py")):
        total.update(f"{path}\n".encode())
        total.update(path.read_bytes())
    return total.hexdigest()
