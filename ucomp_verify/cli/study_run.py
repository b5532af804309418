"""`ucomp-verify study run`: the cells of a grid, until each has a row in the store."""

import json
import signal
import threading
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Annotated

import typer

from ucomp_verify.cli.errors import Stop, refuse
from ucomp_verify.cli.exit_codes import ExitCode
from ucomp_verify.cli.study_end import STDOUT, Job, finish, go_on

if TYPE_CHECKING:
    from ucomp_verify.studies.engine import Tally, Workers

MIB = 1 << 20
TOGETHER = 1.0  # seconds


def run(
    study: Annotated[
        str, typer.Argument(metavar="STUDY", help="As `study list` shows it, or MODULE:STUDY.")
    ],
    store: Annotated[
        Path, typer.Option(metavar="S.db", help="Where the rows are kept; made if absent.")
    ],
    grid: Annotated[
        str, typer.Option(metavar="GRID", help="quick, default or full, as `study list` shows.")
    ] = "default",
    only: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME=VALUE,...",
            help="Only cells with all these settings; repeat it for more of them.",
        ),
    ] = None,
    jobs: Annotated[
        int | None,
        typer.Option("-j", "--jobs", min=1, metavar="N", help="Processes; default: one a core."),
    ] = None,
    executor: Annotated[
        str | None,
        typer.Option(metavar="dask:tcp://HOST:PORT", help="Run on this Dask cluster instead."),
    ] = None,
    timeout: Annotated[
        float, typer.Option(min=0.001, metavar="SECONDS", help="For each cell.")
    ] = 600.0,
    memory: Annotated[
        int, typer.Option(min=1, metavar="MIB", help="That each cell may take.")
    ] = 4096,
    retries: Annotated[
        int, typer.Option(min=0, metavar="N", help="Further attempts at a cell that ends badly.")
    ] = 1,
    retry_failed: Annotated[
        bool, typer.Option("--retry-failed", help="Run again what ended badly in earlier runs.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what there is to do; run and write nothing.")
    ] = False,
    json_file: Annotated[
        Path | None, typer.Option("--json", metavar="FILE", help="The end as JSON; - for stdout.")
    ] = None,
) -> int:
    """Run the cells of a grid and keep their rows.

    Started on a store that has rows, it goes on with the cells that have none. Each row is on
    the disk as soon as its cell has ended, so it can be stopped in any way: Ctrl-C, kill, a
    power cut. Several runs may share a store. A store belongs to one study and one version of
    its code: after a change of the code give a new file.

    At the end the tables that are estimated from all rows of the store are printed, as
    `study fit` does.

    Exit code 0: all cells are done; 1: a cell found two things in two runs; 2: bad arguments,
    or the store is of something else; 3: cells failed or crashed; 4: disk full, or the
    cluster is gone or unfit; 5: no cell was chosen; 6: cells hit the time or memory limit;
    130: interrupted. The rows are kept in every case.
    """
    from ucomp_verify.cli.output import prepare
    from ucomp_verify.cli.study_subject import cells_of, find_study

    place, found = find_study(study)
    cells = cells_of(found, grid, only or [])
    if executor and jobs:
        refuse("-j: is for processes of this machine; a cluster runs a cell a thread: leave it out")
    if executor and not executor.startswith("dask:"):
        refuse(f"--executor: found {executor!r}; expected dask:tcp://HOST:PORT of a scheduler")
    job = Job(place, found, grid, cells, store, timeout, memory * MIB, retries, retry_failed)
    _protect(json_file, store)
    if json_file and json_file != STDOUT:
        prepare(json_file)
    if dry_run:
        return _plan(job, _capacity(jobs, executor), json_file)
    try:
        tally = _work(job, jobs, executor)
    except KeyboardInterrupt:
        raise Stop(ExitCode.INTERRUPTED, go_on(job)) from None
    return finish(job, tally, json_file)


def _protect(output: Path | None, store: Path) -> None:
    if output and output != STDOUT and output.exists() and store.exists():
        if output.samefile(store):
            refuse(f"{output}: is the store; name another file for --json")
    elif output and output.absolute() == store.absolute():
        refuse(f"{output}: is the store; name another file for --json")


def _capacity(jobs: int | None, executor: str | None) -> int | None:
    """Cells at once; None if a cluster is not asked, which a dry run does not."""
    from ucomp_verify.cli.environment import cores

    return None if executor else jobs or cores()


def _work(job: Job, jobs: int | None, executor: str | None) -> "Tally":
    from ucomp_verify.cli.study_progress import reporting
    from ucomp_verify.studies.engine import run as run_cells
    from ucomp_verify.studies.store import Store

    stop = threading.Event()
    slug, version = job.study.slug, job.study.version
    with (
        _stoppable(stop),
        _workers(job, jobs, executor, stop) as workers,
        Store.open(job.store, study=slug, code=job.code, version=version) as store,
        reporting(slug) as notify,
    ):
        return run_cells(
            job.place,
            job.cells,
            store,
            workers,
            timeout=job.timeout,
            memory=job.memory,
            retries=job.retries,
            retry_failed=job.retry_failed,
            notify=notify,
            stop=stop,
        )


@contextmanager
def _workers(
    job: Job, jobs: int | None, executor: str | None, stop: threading.Event
) -> "Generator[Workers]":
    """The processes or the cluster; all that still runs is ended if the run did not end well."""
    from ucomp_verify.cli.environment import cores
    from ucomp_verify.studies.engine import embedded

    if executor:
        from ucomp_verify.studies.engine.cluster import connect

        workers: Workers = connect(executor, job.place)
    else:
        workers = embedded(jobs or cores())
    well = False
    try:
        yield workers
        well = not stop.is_set()
    finally:
        workers.close(kill=not well)


@contextmanager
def _stoppable(stop: threading.Event) -> Generator[None]:
    """The first Ctrl-C or SIGTERM stops the run, a later one interrupts whatever it does.

    Two that come together are one: some programs send both.
    """
    asked: list[float] = []

    def ask(number: int, frame: FrameType | None) -> None:
        del number, frame
        asked.append(time.monotonic())
        if stop.is_set() and asked[-1] - asked[0] > TOGETHER:
            raise KeyboardInterrupt
        stop.set()

    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {n: signal.signal(n, ask) for n in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _plan(job: Job, capacity: int | None, json_file: Path | None) -> int:
    """Say what a run would do; nothing is run, and no file but that of --json is written."""
    from ucomp_verify.cli.output import emit, write
    from ucomp_verify.cli.study_plan import plan

    planned = plan(
        job.place,
        job.study,
        job.cells,
        job.store,
        capacity=capacity,
        retry_failed=job.retry_failed,
    )
    if json_file:
        document = json.dumps({**planned.body, "grid": job.grid}, indent=1)
        emit(document) if json_file == STDOUT else write(json_file, document)
    if json_file != STDOUT:
        emit(f"{job.study.slug}, grid {job.grid}: {planned.text}")
    return ExitCode.STANDS
