"""How far a run of a study is: a bar on a terminal, else a line every few seconds."""

import sys
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from ucomp_verify.cli.errors import say
from ucomp_verify.cli.study_texts import counted, duration
from ucomp_verify.cli.terminal import Bar, progress

if TYPE_CHECKING:
    from ucomp_verify.studies.engine import Progress

PERIOD = 10.0  # seconds between two lines

Notify = Callable[["Progress"], None]


@contextmanager
def reporting(what: str) -> Generator[Notify]:
    """What is called with the progress of a run, and shows it on stderr."""
    with progress(what) as bar:
        yield _on(bar) if bar else Lines(what)


def _on(bar: Bar) -> Notify:
    def show(state: "Progress") -> None:
        bar(state.done + state.failed, state.total, text_of(state))

    return show


class Lines:
    """Writes the progress as a line, at most one every `PERIOD` seconds."""

    def __init__(self, what: str, clock: Callable[[], float] = time.monotonic) -> None:
        self._what, self._clock = what, clock
        self._last = clock()

    def __call__(self, state: "Progress") -> None:
        """The run is as far as this."""
        if self._clock() - self._last >= PERIOD:
            self._last = self._clock()
            say(f"{self._what}: {text_of(state)}")
            sys.stderr.flush()


def text_of(state: "Progress") -> str:
    """The state in words: 41 of 120 cells, 2 failed, 2 running, about 3 min 0 s left.

    >>> from ucomp_verify.studies.engine import Progress
    >>> text_of(Progress(done=41, failed=2, running=2, total=120, remaining_seconds=180.0))
    '43 of 120 cells, 2 failed, 2 running, about 3 min 0 s left'
    """
    parts = [f"{state.done + state.failed:,} of {counted(state.total, 'cell')}"]
    if state.failed:
        parts.append(f"{state.failed:,} failed")
    if state.running:
        parts.append(f"{state.running:,} running")
    if state.remaining_seconds is not None and state.remaining:
        parts.append(f"about {duration(state.remaining_seconds)} left")
    return ", ".join(parts)
