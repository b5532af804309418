"""What a report is about: the verdicts, what went wrong, and where it was computed."""

import re
from dataclasses import dataclass

from ucomp_verify.claims import Claim
from ucomp_verify.evidence import Problem
from ucomp_verify.verdicts import Expectation, Standing, Verdict


@dataclass(frozen=True)
class Entry:
    """One claim, its verdict, and how that compares with what was asked."""

    claim: Claim
    verdict: Verdict
    standing: Standing
    expected: Expectation | None


@dataclass(frozen=True)
class Environment:
    """The Python, the platform, and the versions of the libraries that were installed."""

    python: str
    platform: str
    versions: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Report:
    """Everything that one run has found, in the order of the registry.

    `seconds` is wall time; `profile` and `seed` are what `check` was called with.
    """

    entries: tuple[Entry, ...]
    problems: tuple[Problem, ...]
    environment: Environment
    profile: str
    seed: int
    seconds: float


def environment() -> Environment:
    """This interpreter, its platform, and its versions of what the project depends on.

    Read from the metadata of the installed distributions; none of them is imported.
    """
    import platform

    python = f"{platform.python_implementation()} {platform.python_version()}"
    return Environment(python, platform.platform(), _versions())


def _versions() -> tuple[tuple[str, str], ...]:
    from importlib.metadata import PackageNotFoundError, requires, version

    try:
        lines = requires("ucomp-verify") or []
    except PackageNotFoundError:
        return ()
    core = [line for line in lines if "extra ==" not in line]
    names = ["ucomp-verify", *sorted(re.split(r"[^\w.-]", line)[0] for line in core)]
    return tuple((name, version(name)) for name in names)
