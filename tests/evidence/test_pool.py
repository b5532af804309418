"""Work in processes: outcomes in order, limits enforced, nothing escapes."""

import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import pytest

from ucomp_verify.evidence.pool import MEMORY_LIMIT, run_all


@dataclass(frozen=True)
class Task:
    work: Callable[[], Any]


def square(x: int) -> int:
    return x * x


def fail(text: str) -> None:
    raise ValueError(text)


def die() -> None:
    os._exit(3)


def allocate(size: int) -> int:
    return len(bytearray(size))


def threads() -> str:
    return os.environ["OPENBLAS_NUM_THREADS"]


@pytest.mark.parametrize("jobs", [0, 2])
def test_outcomes_come_in_the_order_given(jobs: int) -> None:
    tasks = [Task(partial(square, x)) for x in range(6)] + [Task(partial(fail, "no"))]
    outcomes = [outcome for _, outcome in run_all(tasks, jobs=jobs, timeout=30)]
    assert [o.value for o in outcomes[:6]] == [x * x for x in range(6)]
    assert str(outcomes[6].error) == "no"


def test_hanging_dying_and_greedy_work_end_alone() -> None:
    tasks = [
        Task(partial(time.sleep, 60)),
        Task(die),
        Task(partial(allocate, MEMORY_LIMIT + (1 << 30))),
        Task(partial(square, 3)),
        Task(threads),
    ]
    started = time.monotonic()
    hung, dead, greedy, fine, one = (o for _, o in run_all(tasks, jobs=2, timeout=2))
    assert time.monotonic() - started < 30
    assert isinstance(hung.error, TimeoutError)
    assert dead.error is not None
    assert isinstance(greedy.error, MemoryError)
    assert fine.value == 9
    assert one.value == "1"


def test_no_work_is_no_outcome() -> None:
    nothing: list[Task] = []
    assert list(run_all(nothing, jobs=2, timeout=1)) == []
