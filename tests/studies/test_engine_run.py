"""A run has a row for every cell when it ends; what workers, order and failures cannot change."""

import random
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.studies.running import Here, fixed, opened, row, run_here
from tests.studies.toys import PLACE, config, quick
from ucomp_verify.studies import Config, Status
from ucomp_verify.studies.engine import (
    CannotStart,
    Ended,
    Progress,
    Task,
    Workers,
    WorkersLost,
    embedded,
    foreign,
    perform,
    run,
)
from ucomp_verify.studies.engine.progress import Pace
from ucomp_verify.studies.store import NotReproducible, Store

CELLS = quick()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "toys.db"


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    path = tmp_path_factory.mktemp("expected") / "toys.db"
    run_here(path, CELLS, workers=Here())
    return fixed(path)


def three() -> Workers:
    return foreign(ThreadPoolExecutor(3), 3)


@pytest.mark.parametrize("make", [lambda: embedded(1), lambda: embedded(2), three])
def test_workers_and_order_change_nothing(
    path: Path, expected: list[str], make: Callable[[], Workers]
) -> None:
    shuffled = random.Random(3).sample(CELLS, len(CELLS))
    tally = run_here(path, shuffled, workers=make())
    assert tally.done == 8 and tally.complete and not tally.stopped
    assert fixed(path) == expected


def test_what_is_done_is_not_run_again_and_grids_add_up(path: Path, expected: list[str]) -> None:
    first, second = Here(), Here()
    run_here(path, CELLS[:3] + CELLS[:3], workers=first)  # each once, however often it is named
    tally = run_here(path, CELLS, workers=second)
    assert (first.asked, second.asked) == (CELLS[:3], CELLS[3:])
    assert (tally.done, tally.before, tally.remaining) == (5, 3, 0)
    assert fixed(path) == expected
    assert run_here(path, CELLS[4:5], workers=Here()).before == 1


def test_cells_that_end_badly_are_tried_again_and_then_have_a_row(path: Path) -> None:
    bad, good = config("return", what="nan"), config("draw")
    workers = Here()
    tally = run_here(path, [bad, good], workers=workers, retries=2)
    assert workers.asked.count(bad) == 3 and workers.asked.count(good) == 1
    assert (tally.done, tally.failed, tally.complete) == (1, {Status.FAILED: 1}, False)
    with Store.read(path) as store:
        assert [(r.status, bool(r.problem)) for r in store.table()] == [("done", 0), ("failed", 1)]


def test_a_cell_that_fails_once_is_done_with_a_retry(path: Path, tmp_path: Path) -> None:
    once = config("once", path=str(tmp_path / "mark"))
    assert run_here(path, [once], workers=Here(), retries=1).complete


def test_failed_cells_are_run_again_only_when_asked(path: Path, tmp_path: Path) -> None:
    once = config("once", path=str(tmp_path / "mark"))
    assert run_here(path, [once], workers=Here()).failed == {Status.FAILED: 1}
    tally = run_here(path, [once], workers=Here())
    assert (tally.done, tally.failed, tally.failed_before) == (0, {}, 1) and not tally.complete
    assert run_here(path, [once], workers=Here(), retry_failed=True).done == 1


def test_a_stop_keeps_the_rows_and_gives_the_leases_back(path: Path, expected: list[str]) -> None:
    stop = threading.Event()

    def until(progress: Progress) -> None:
        if progress.done >= 3:
            stop.set()

    with opened(path) as store:
        workers = Here(slow)
        tally = run(PLACE, CELLS, store, workers, notify=until, stop=stop)
        assert tally.stopped and 3 <= tally.done < 8 and tally.remaining == 8 - tally.done
        assert store.counts().leased == 0 and len(store.table()) == tally.done
    run_here(path, CELLS, workers=Here())
    assert fixed(path) == expected


def slow(task: Task) -> Ended:
    time.sleep(0.15)
    return perform(task)


def test_a_stop_waits_for_no_cell_and_keeps_what_has_ended(path: Path) -> None:
    stop = threading.Event()
    here, workers = Here(), embedded(1)

    def mixed(task: Task) -> "Future[Ended]":
        if Config.read(task.config)["do"] == "hang":
            return workers.submit(task)
        stop.set()
        return here.submit(task)

    try:
        with opened(path) as store:
            both = Here(capacity=2)
            both.submit = mixed
            tally = run(PLACE, [config("hang"), *CELLS[:1]], store, both, stop=stop)
            assert tally.stopped and (tally.done, tally.remaining) == (1, 1)
            assert store.counts().leased == 0 and len(store.table()) == 1
    finally:
        workers.close(kill=True)


def after(number: int, error: Exception) -> Callable[[Task], Ended]:
    left = iter(range(number))

    def work(task: Task) -> Ended:
        if next(left, None) is None:
            raise error
        return perform(task)

    return work


@pytest.mark.parametrize(
    "error", [BrokenProcessPool("gone"), CannotStart("no study"), OSError("a lost connection")]
)
def test_without_workers_a_run_ends_and_keeps_its_rows(
    path: Path, expected: list[str], error: Exception
) -> None:
    with pytest.raises(WorkersLost, match=f"{error}.*all rows are kept"):
        run_here(path, CELLS, workers=Here(after(3, error)))
    assert len(fixed(path)) == 3
    with opened(path) as store:
        assert store.counts().leased == 0
    run_here(path, CELLS, workers=Here())
    assert fixed(path) == expected


def test_what_ended_well_is_written_before_the_loss_of_the_others(path: Path) -> None:
    lost = iter([False] * 7 + [True])

    def work(task: Task) -> Ended:
        if next(lost):
            raise BrokenProcessPool("gone")
        return perform(task)

    with pytest.raises(WorkersLost, match="gone"):
        run_here(path, CELLS, workers=Here(work, capacity=8))
    assert len(fixed(path)) == 7


def test_a_cell_that_workers_lose_is_given_to_them_again(path: Path, expected: list[str]) -> None:
    errors = iter([OSError("lost"), OSError("lost")])

    def work(task: Task) -> Ended:
        error = next(errors, None)
        if error:
            raise error
        return perform(task)

    assert run_here(path, CELLS, workers=Here(work)).complete
    assert fixed(path) == expected  # no attempt was counted, with no retries


class Gone(Here):
    """Workers that say themselves that they are gone."""

    def __init__(self) -> None:
        super().__init__(perform)
        self._told = iter(range(3))

    @property
    def capacity(self) -> int:
        if next(self._told, None) is None:
            raise BrokenProcessPool("the scheduler went away")
        return 1

    @capacity.setter
    def capacity(self, value: int) -> None:
        del value


def test_workers_may_say_that_they_are_gone(path: Path) -> None:
    with pytest.raises(WorkersLost, match="the scheduler went away"):
        run_here(path, CELLS, workers=Gone())


def test_rows_of_other_code_are_not_taken(path: Path) -> None:
    def old(task: Task) -> Ended:
        ended = perform(task)
        return replace(ended, run={**ended.run, "code": "0" * 64, "host": "far"})

    with pytest.raises(WorkersLost, match=r"workers on far with the code 0{12}; expected"):
        run_here(path, CELLS, workers=Here(old))
    assert fixed(path) == []


def test_a_second_result_that_differs_ends_the_run(path: Path) -> None:
    def also(task: Task) -> Ended:
        with opened(path) as other:  # as a coordinator does whose lease has ended
            other.enrol(CELLS)
            other.finish(row(Config.read(task.config), first=1.0))
        return perform(task)

    with pytest.raises(NotReproducible, match="other values of first, sum"):
        run_here(path, CELLS[:1], workers=Here(also))
    with Store.read(path) as store:
        assert [r["first"] for r in store.table()] == [1.0] and len(store.disputes()) == 1


def test_cells_that_another_holds_are_waited_for(path: Path, expected: list[str]) -> None:
    with opened(path) as other:
        other.enrol(CELLS)
        held = other.lease("another-host:1:1:x", limit=2, seconds=1.5)
        tally = run_here(path, CELLS, workers=Here())
        assert tally.done == 8 and set(held) == set(CELLS[:2])
    assert fixed(path) == expected


def test_a_store_of_another_study_is_refused(tmp_path: Path) -> None:
    birds = Store.open(tmp_path / "birds.db", study="birds", code="", version=1)
    with birds as store, pytest.raises(ValueError, match="found a store of 'birds'; expected one"):
        run(PLACE, CELLS, store, Here())
    later = Store.open(tmp_path / "later.db", study="toys", code="", version=2)
    with later as store, pytest.raises(ValueError, match="found a store of version 2; expected 1"):
        run(PLACE, CELLS, store, Here())


def test_progress_counts_up_to_all(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ucomp_verify.studies.engine.coordinator.NEWS", 0.0)
    news: list[Progress] = []
    with opened(path) as store:
        run(PLACE, [*CELLS, config("exit?")], store, Here(), notify=news.append, retries=0)
    done = [p.done + p.failed for p in news]
    assert done == sorted(done) and done[0] == 0 and done[-1] == 9
    assert news[0].remaining_seconds is None and news[-1].remaining_seconds == 0
    assert (news[-1].failed, news[-1].running, news[-1].remaining) == (1, 0, 0)
    assert all(p.remaining_seconds is not None for p in news[2:])


def grid(trials: int) -> Iterator[Config]:
    for d in (10, 100, 1000):
        for method in ("fast", "slow"):
            for trial in range(trials):
                yield Config.of(d=d, method=method, trial=trial)


@given(trials=st.integers(1, 5), capacity=st.integers(1, 4))
def test_the_rest_is_estimated_from_similar_cells(trials: int, capacity: int) -> None:
    pace = Pace(grid(trials))
    assert pace.remaining(capacity) is None
    pace.ended(Config.of(d=10, method="fast", trial=0), 1.0)
    pace.ended(Config.of(d=10, method="slow", trial=0), 100.0)
    left = 3 * trials - 1  # of each method; other d are taken to be as d = 10
    assert pace.remaining(capacity) == pytest.approx(left * 101.0 / capacity)
    pace.ended(Config.of(d=1000, method="slow", trial=0), -1.0)  # nobody knows how long
    assert pace.remaining(1) == pytest.approx(left * 101.0 - 100.0)
