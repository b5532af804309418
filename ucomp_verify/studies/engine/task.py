"""One cell as it is sent to a worker, how it ended, and the two ways to run it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ucomp_verify.studies.model import Status, Value

if TYPE_CHECKING:
    from .child import Child


class CannotStart(Exception):
    """The worker could not even begin with a cell: it has not the study, or starts no process."""


@dataclass(frozen=True)
class Task:
    """A cell of the study at `place` ("module:STUDY"), with its limits.

    `config` is the text of the configuration, `timeout` in seconds from when the cell begins,
    `memory` the bytes that it may take; 0 is no limit.
    """

    place: str
    config: str
    timeout: float = 0.0
    memory: int = 0


@dataclass(frozen=True)
class Ended:
    """How a cell ended; `found` is empty unless the status is DONE."""

    status: Status
    found: Mapping[str, Value] = field(default_factory=dict[str, Value])
    measured: Mapping[str, Value] = field(default_factory=dict[str, Value])
    problem: str = ""
    run: Mapping[str, Value] = field(default_factory=dict[str, Value])


def perform(task: Task) -> Ended:
    """The cell, run in this very process, without its time limit.

    Precision, random numbers, warnings and stdout are set before the cell and put back after
    it. Raises CannotStart if the study cannot be loaded here.
    """
    from .performing import perform_cell
    from .surroundings import code_of

    return _stamped(perform_cell(task), code_of(task.place))


def run_isolated(task: Task) -> Ended:
    """The cell, run in a child process of the calling thread, with all limits.

    The child is kept for the next cell of the thread. It is killed on a time-out, and a new
    one started after that or after a crash. Raises CannotStart as `perform` does.
    """
    from .child import child_of_this_thread

    return run_in(child_of_this_thread(), task)


def run_in(child: "Child", task: Task) -> Ended:
    """The cell, run in this child process."""
    from .surroundings import code_of

    ended = child.perform(task)
    return _stamped(ended, code_of(task.place))  # after it: what it loaded was there before


def _stamped(ended: Ended, code: str) -> Ended:
    run = {**ended.run, "code": code}
    return Ended(ended.status, ended.found, ended.measured, ended.problem, run)
