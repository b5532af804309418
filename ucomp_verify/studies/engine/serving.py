"""What runs in a child process: it takes cells from its parent, and ends with it."""

import ctypes
import os
import signal
import sys
import threading
import time
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path

from .performing import loaded, perform_cell
from .task import CannotStart, Task

PR_SET_PDEATHSIG = 1  # of Linux's prctl
WATCH = 0.5  # seconds between two looks at the parent


def serve(channel: int, parent: int) -> None:
    """Perform the cells that come through the channel until its other end is closed.

    For each, the answer is a text, empty if the study is there, and then how the cell ended.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent ends its children itself
    os.set_inheritable(channel, False)  # noqa: FBT003 - it takes no name
    _end_with(parent)
    with Connection(channel) as connection, suppress(EOFError, OSError):
        while True:
            task: Task = connection.recv()
            problem = _missing(task)
            connection.send(problem)
            if not problem:
                connection.send(perform_cell(task, passed_on=()))  # its SIGINT is ignored


def _missing(task: Task) -> str:
    try:
        loaded(task.place)
        import numpy as np  # the cell's time starts after this

        del np
    except CannotStart as error:
        return str(error)
    return ""


def _end_with(parent: int) -> None:
    """The process ends at once when its parent has ended, in whatever way."""
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
            Path("/proc/self/oom_score_adj").write_text("500", encoding="ascii")
    threading.Thread(target=_watch, args=(parent,), daemon=True).start()


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(WATCH)
    os.killpg(0, signal.SIGKILL)
