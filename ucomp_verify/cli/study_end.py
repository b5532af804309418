"""How a run of a study ends: what is told of its rows, and with which exit code."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ucomp_verify.cli.errors import say
from ucomp_verify.cli.exit_codes import ExitCode, combine

if TYPE_CHECKING:
    from ucomp_verify.studies import Config, Row, Study, Table
    from ucomp_verify.studies.engine import Tally

SCHEMA = "ucomp-study-run/1"
STDOUT = Path("-")


@dataclass(frozen=True)
class Job:
    """What is to be run, where its rows are kept, and with which limits."""

    place: str
    study: "Study"
    grid: str
    cells: "tuple[Config, ...]"
    store: Path
    timeout: float
    memory: int
    retries: int
    retry_failed: bool

    @property
    def code(self) -> str:
        """The hash of the code that runs."""
        from ucomp_verify.studies import code_of

        return code_of(self.place)

    def chosen(self, table: "Table") -> "list[Row]":
        """The rows of the cells that were asked for."""
        asked = set(self.cells)
        return [row for row in table if row.config in asked]


def finish(job: Job, tally: "Tally", json_file: Path | None) -> int:
    """Print the end of the run; its exit code."""
    from ucomp_verify.cli.output import emit, write
    from ucomp_verify.studies.files import read_table

    table = read_table(job.store)
    failed = [row for row in job.chosen(table) if row.status.value != "done"]
    if json_file:
        document = json.dumps(_body(job, tally, table, failed), indent=1)
        emit(document) if json_file == STDOUT else write(json_file, document)
    if json_file != STDOUT:
        emit("\n".join(_text(job, tally, table, failed)))
    if tally.stopped:
        say(f"ucomp-verify: {go_on(job)}")
        return ExitCode.INTERRUPTED
    return combine(_codes(failed))


def go_on(job: Job) -> str:
    """What to do after an interrupt."""
    return f"interrupted; all rows are kept in {job.store}: run the same command again to go on"


def _codes(failed: "Sequence[Row]") -> Iterator[ExitCode]:
    from ucomp_verify.studies import Status

    yield ExitCode.STANDS
    for row in failed:
        limited = row.status in (Status.TIMEOUT, Status.MEMORY)
        yield ExitCode.LIMIT if limited else ExitCode.UNDECIDED


def _text(job: Job, tally: "Tally", table: "Table", failed: "Sequence[Row]") -> Iterator[str]:
    """The tables, unless the run was stopped, the cells that ended badly, and the counts."""
    from ucomp_verify.cli.study_texts import duration, mixed_text, problems_text, summaries_text

    if len(table.done) and not tally.stopped and (told := job.study.summaries(table)):
        yield summaries_text(told)
        yield ""
    if failed:
        yield from problems_text(failed)
        yield "  `study run --retry-failed` runs these again\n"
    if mixed := mixed_text(table):
        yield f"{mixed}\n"
    yield f"{job.study.slug}, {_counts(tally, len(job.cells))}, {duration(tally.seconds)}"


def _counts(tally: "Tally", total: int) -> str:
    """What became of all cells asked for, in this run, before it, and in others beside it."""
    from ucomp_verify.cli.study_texts import counted, counts_text

    parts = {
        "done": tally.done,
        "done before": tally.before,
        **{status.value: number for status, number in tally.failed.items()},
        "failed before": tally.failed_before,
        "to do": tally.remaining,
    }
    parts["ended in other runs"] = max(0, total - sum(parts.values()))
    return f"{counted(total, 'cell')}: {counts_text(parts)}"


def _body(job: Job, tally: "Tally", table: "Table", failed: "Sequence[Row]") -> dict[str, Any]:
    from ucomp_verify.cli.study_texts import summary_body

    summaries = job.study.summaries(table) if len(table.done) and not tally.stopped else ()
    return {
        "schema": SCHEMA,
        "study": job.study.slug,
        "grid": job.grid,
        "store": str(job.store),
        "code": job.code,
        "cells": len(job.cells),
        "done": tally.done,
        "done_before": tally.before,
        "failed": {status.value: number for status, number in tally.failed.items()},
        "failed_before": tally.failed_before,
        "to_do": tally.remaining,
        "seconds": tally.seconds,
        "interrupted": tally.stopped,
        "problems": [
            {
                "config": dict(row.config.settings),
                "status": row.status.value,
                "problem": row.problem,
            }
            for row in failed
        ],
        "summaries": [summary_body(summary) for summary in summaries],
    }
