"""A process that performs cells for one thread of its parent, and that can be killed.

It is a program of its own and not a `multiprocessing` process: those import the parent's
script again, and processes marked as daemons, such as the workers of clusters, may start none.
Measured with pebble 5.2: a cell that ends its process with the exit code 0 is taken for one
that hangs, and a kill of an idle process breaks the whole pool.
"""

import json
import os
import signal
import subprocess
import sys
import threading
import time
import weakref
from multiprocessing.connection import Connection, Pipe
from typing import Any

from ucomp_verify.studies.model import Status

from .task import CannotStart, Ended, Task

STARTING = 300.0  # seconds to start the process and to load the study
STARTS = 3  # processes that may end before they begin with a cell
ENVIRONMENT = {
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "VECLIB_MAXIMUM_THREADS": "1",
    "NUMEXPR_NUM_THREADS": "1",
    "PYTHONHASHSEED": "0",  # the order of sets of texts is the same in every process
}
PROGRAM = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[3]); "
    "from ucomp_verify.studies.engine.serving import serve; "
    "serve(int(sys.argv[1]), int(sys.argv[2]))"
)


class Child:
    """A process that is started when a cell comes, and again after it was killed or ended."""

    def __init__(self) -> None:
        self.owner = os.getpid()
        self._started: tuple[subprocess.Popen[bytes], Any] | None = None
        self._closing = False
        self._lock = threading.Lock()
        self._finalizer: Any = None

    def perform(self, task: Task) -> Ended:
        """How the cell ended, by itself or by its limits; CannotStart if it never began."""
        process, channel = self._begin(task)
        began = time.perf_counter()
        limit = task.timeout or None
        try:
            if channel.poll(limit):
                return channel.recv()
        except (EOFError, OSError):
            code = self._end()
            return _ended(Status.CRASHED, f"its process {_how(code)}", began, process.pid)
        self._end()
        problem = f"found no result within {task.timeout:g} s"
        return _ended(Status.TIMEOUT, problem, began, process.pid)

    def kill(self) -> None:
        """A cell that runs in another thread ends as crashed; none is begun any more."""
        with self._lock:
            self._closing = True
            if self._started is not None:
                _kill(self._started[0])

    def close(self) -> None:
        """No process is left; for when no thread runs a cell any more."""
        self.kill()
        self._end()

    @property
    def pid(self) -> int | None:
        """The process, if there is one."""
        return self._started[0].pid if self._started else None

    def _begin(self, task: Task) -> tuple[subprocess.Popen[bytes], Any]:
        """The process, when it has loaded the study and begins with the cell."""
        for _ in range(STARTS):
            process, channel = self._running()
            try:
                channel.send(task)
                if not channel.poll(STARTING):
                    self._end()
                    raise CannotStart(f"found no worker within {STARTING:g} s; expected it to load")
                answer = channel.recv()
            except (EOFError, OSError):
                self._end()
                continue
            if isinstance(answer, str) and answer:
                raise CannotStart(answer)
            return process, channel
        raise CannotStart(
            f"found {STARTS} processes that ended before they began with a cell; "
            "expected the study to be loaded; its errors are on stderr"
        )

    def _running(self) -> tuple[subprocess.Popen[bytes], Any]:
        if self._started is None:
            with self._lock:
                if self._closing:
                    raise CannotStart("the workers were closed")
                self._started = _start()
                self._finalizer = weakref.finalize(self, _stop, self.owner, *self._started)
        return self._started

    def _end(self) -> int:
        """Kill the process and whatever it started; the answer is its exit code."""
        if self._started is None:
            return 0
        process, _ = self._started
        with self._lock:
            self._finalizer()
            self._started = None
        return process.returncode


_kept = threading.local()


def child_of_this_thread() -> Child:
    """The child of the calling thread; a forked process does not use that of its parent."""
    child: Child | None = getattr(_kept, "child", None)
    if child is None or child.owner != os.getpid():
        child = _kept.child = Child()
    return child


def _start() -> tuple[subprocess.Popen[bytes], Connection]:
    mine, its = Pipe()
    try:
        command = [sys.executable, "-c", PROGRAM, str(its.fileno()), str(os.getpid())]
        process = subprocess.Popen(
            [*command, json.dumps([str(p) for p in sys.path])],
            stdin=subprocess.DEVNULL,
            stdout=_stderr(),
            pass_fds=[its.fileno()],
            env=os.environ | ENVIRONMENT,
            start_new_session=True,  # Ctrl-C is the parent's; what it starts ends with it
        )
    except BaseException as error:
        mine.close()
        if isinstance(error, OSError):
            raise CannotStart(f"found no process ({error}); expected one to start") from error
        raise
    finally:
        its.close()
    return process, mine


def _stderr() -> int:
    try:
        os.fstat(2)
    except OSError:
        return subprocess.DEVNULL
    return 2


def _stop(owner: int, process: subprocess.Popen[bytes], channel: Connection) -> None:
    """Nothing of it is left; a forked copy of the owner leaves it alone."""
    if os.getpid() == owner:
        channel.close()
        _kill(process)
        process.wait()


def _kill(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except (ProcessLookupError, PermissionError):
            process.kill()


def _how(code: int) -> str:
    if code >= 0:
        return f"ended with the exit code {code}"
    try:
        return f"was ended by {signal.Signals(-code).name}"
    except ValueError:
        return f"was ended by the signal {-code}"


def _ended(status: Status, problem: str, began: float, pid: int) -> Ended:
    from .surroundings import surroundings

    seconds = time.perf_counter() - began
    return Ended(status, {}, {"seconds": seconds}, problem, {**surroundings(seconds), "pid": pid})
