"""Runs commands, in this process or as the real thing, and says what came out."""

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

Cli = Callable[..., "Ran"]


@dataclass(frozen=True)
class Ran:
    """The exit code of a command, and what it printed."""

    code: int
    out: str
    err: str


def _call(*arguments: str | Path) -> list[str]:
    return [sys.executable, "-m", "ucomp_verify", *map(str, arguments)]


def _alone(cwd: Path) -> dict[str, str]:
    return {**os.environ, "XDG_CACHE_HOME": str(cwd / "cache")}


def start(*arguments: str | Path, cwd: Path) -> subprocess.Popen[str]:
    """`python -m ucomp_verify ARGUMENTS` that runs on in a process group of its own."""
    return subprocess.Popen(
        _call(*arguments),
        cwd=cwd,
        env=_alone(cwd),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def command(
    *arguments: str | Path, cwd: Path, env: dict[str, str] | None = None, timeout: float = 120
) -> Ran:
    """`python -m ucomp_verify ARGUMENTS` in a process of its own."""
    done = subprocess.run(
        _call(*arguments),
        cwd=cwd,
        env={**_alone(cwd), **(env or {})},
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
    )
    return Ran(done.returncode, done.stdout, done.stderr)
