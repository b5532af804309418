"""What the terminal can show: its width, colour, and bars on what takes long."""

import os
import shutil
import sys
import threading
from collections.abc import Generator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

PATIENCE = 2.0  # seconds before a bar appears


def is_lively(stream: TextIO) -> bool:
    """Whether colour and bars may be written: a terminal, and nobody said no."""
    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return not plain and stream.isatty()


def width() -> int:
    """Columns for a table on stdout; 100 where no terminal says otherwise."""
    return max(shutil.get_terminal_size(fallback=(100, 24)).columns, 40)


class Bar:
    """A progress bar on stderr that appears once its work has taken `PATIENCE` seconds."""

    def __init__(self, what: str) -> None:
        self._lock = threading.Lock()
        self._state: tuple[int, int | None, str] = (0, None, what)
        self._shown: tuple[Progress, TaskID] | None = None
        self._timer = threading.Timer(PATIENCE, self._appear)
        self._timer.daemon = True

    def start(self) -> None:
        """Begin to wait."""
        self._timer.start()

    def __call__(self, done: int, total: int, what: str) -> None:
        """`done` of `total` steps are finished, the last of them `what`."""
        with self._lock:
            self._state = (done, total, what)
            self._draw()

    def stop(self) -> None:
        """Take the bar away."""
        self._timer.cancel()
        with self._lock:
            if self._shown:
                self._shown[0].stop()
            self._shown = None

    def _appear(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

        columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
        with self._lock:
            if not self._timer.finished.is_set():
                bar = Progress(*columns, console=Console(stderr=True), transient=True)
                self._shown = (bar, bar.add_task("", total=None))
                bar.start()
                self._draw()

    def _draw(self) -> None:
        if self._shown:
            bar, task = self._shown
            done, total, what = self._state
            bar.update(task, completed=done, total=total, description=what)


@contextmanager
def progress(what: str) -> Generator[Bar | None]:
    """A bar while the block runs, or None off a terminal and under NO_COLOR."""
    if not is_lively(sys.stderr):
        yield None
        return
    bar = Bar(what)
    bar.start()
    try:
        yield bar
    finally:
        bar.stop()
