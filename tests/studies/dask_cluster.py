"""A real Dask cluster of processes that a test starts and ends."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Generator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from tests.optional import require_module

ROOT = Path(__file__).parents[2]
START = 60.0  # seconds for a process to say where it is


@dataclass
class DaskCluster:
    """A scheduler, and workers by name; each has its output in a file of the folder."""

    folder: Path
    scheduler: subprocess.Popen[bytes]
    address: str
    workers: dict[str, subprocess.Popen[bytes]] = field(
        default_factory=dict[str, subprocess.Popen[bytes]]
    )

    @property
    def executor(self) -> str:
        """What the user gives as --executor."""
        return f"dask:{self.address}"

    def add(self, name: str, *options: str, code: Path = ROOT) -> None:
        """Start a worker with the package in the folder `code`, and wait until it is there."""
        arguments = ("worker", self.address, "--name", name, "--nthreads", "1", *options)
        self.workers[name] = start(self.folder / f"{name}.log", *arguments, code=code)
        said(self.folder / f"{name}.log", r"(Registered to): *tcp", self.workers[name])

    def kill(self, name: str) -> None:
        """End a worker as a power cut would."""
        self.workers[name].kill()
        self.workers[name].wait()


@contextmanager
def dask_cluster(folder: Path, *names: str) -> Generator[DaskCluster]:
    """A scheduler with these workers, one thread each; all processes are ended after it."""
    require_module("distributed")
    log = folder / "scheduler.log"
    scheduler = start(log, "scheduler", "--port", "0", "--host", "127.0.0.1")
    cluster = DaskCluster(folder, scheduler, "")
    try:
        cluster.address = said(log, r"Scheduler at: *(tcp://[0-9.:]+)", scheduler)
        for name in names:
            cluster.add(name, "--no-nanny")
        yield cluster
    finally:
        for process in (*cluster.workers.values(), scheduler):
            end(process)


def start(log: Path, *arguments: str, code: Path = ROOT) -> subprocess.Popen[bytes]:
    """`dask ARGUMENTS` in a process group of its own."""
    more = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "UCOMP_TEST_WORKER": "1"}
    with log.open("wb") as stream:
        return subprocess.Popen(
            [sys.executable, "-m", "dask", *arguments, "--no-dashboard"],
            cwd=log.parent,
            env={**os.environ, **more, "PYTHONPATH": f"{code}{os.pathsep}{ROOT}"},
            stdout=stream,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )


def said(log: Path, pattern: str, process: subprocess.Popen[bytes]) -> str:
    """The first group of the pattern in what the process has printed."""
    end_of_wait = time.monotonic() + START
    while time.monotonic() < end_of_wait:
        if found := re.search(pattern, log.read_text(errors="replace")):
            return found[1]
        if process.poll() is not None:
            break
        time.sleep(0.05)
    raise AssertionError(f"no {pattern!r} in:\n{log.read_text(errors='replace')}")


def end(process: subprocess.Popen[bytes]) -> None:
    """No process of the group that it leads is left."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
