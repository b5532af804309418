"""`ucomp-verify study status`: how far a store is, and what went wrong in it."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ucomp_verify.cli.errors import refuse
from ucomp_verify.cli.exit_codes import ExitCode

if TYPE_CHECKING:
    from ucomp_verify.studies import Row, Table
    from ucomp_verify.studies.store import Counts

SCHEMA = "ucomp-study-status/1"
KNOWN = {True: "that of this installation", False: "another one than this installation has"}


@dataclass(frozen=True)
class State:
    """All that the command tells; `current` is None if the study is not known here."""

    path: Path
    study: str
    version: int
    code: str
    current: bool | None
    counts: "Counts"
    table: "Table"
    disputes: int

    @property
    def failed(self) -> "list[Row]":
        """The rows of cells that ended badly."""
        return [row for row in self.table if row.status.value != "done"]

    @property
    def cells(self) -> dict[str, int]:
        """How many cells are in which state."""
        ended = {status.value: number for status, number in self.counts.by_status.items()}
        return {**ended, "running": self.counts.leased, "to do": self.counts.waiting}

    @property
    def seconds(self) -> float:
        """The time that all cells took, one after the other."""
        found = (row.run.get("seconds") for row in self.table)
        return sum(float(s) for s in found if isinstance(s, int | float))

    @property
    def machines(self) -> dict[str, int]:
        """How many cells ran on which host, with which Python and NumPy."""
        names = ("host", "machine", "python", "numpy", "python-flint")
        told = (
            ", ".join(
                value if name in names[:2] else f"{name} {value}"
                for name in names
                if isinstance(value := row.run.get(name), str) and value
            )
            for row in self.table
        )
        return dict(Counter(told).most_common())


def status(
    store: Annotated[Path, typer.Argument(metavar="S.db", help="A store of `study run`.")],
    study: Annotated[
        str | None,
        typer.Option("--study", metavar="MODULE:STUDY", help="If the study is one of your own."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document.")] = False,
) -> int:
    """Show how far a store is, also while a run goes on.

    The study and its code, the cells by state, those that ended badly with what went wrong,
    the time that the cells took, and the machines.
    """
    from ucomp_verify.cli.output import emit

    state = _read(store, study)
    emit(json.dumps(_body(state), indent=1) if as_json else "\n".join(_text(state)))
    return ExitCode.STANDS


def _read(path: Path, named: str | None) -> State:
    from ucomp_verify.studies.store import Store

    if not path.exists():
        refuse(f"{path}: no such file; expected a store, as `study run --store` makes it")
    with Store.read(path) as store:
        return State(
            path,
            store.study,
            store.version,
            store.code,
            _is_current(store.study, store.code, named),
            store.counts(),
            store.table(),
            len(store.disputes()),
        )


def _is_current(slug: str, code: str, named: str | None) -> bool | None:
    from ucomp_verify.cli.study_subject import find_study
    from ucomp_verify.studies import code_of, slugs

    if named is None and slug not in slugs():
        return None
    place, _ = find_study(named or slug)
    return code_of(place) == code


def _body(state: State) -> dict[str, Any]:
    failed = [
        {"config": dict(r.config.settings), "status": r.status.value, "problem": r.problem}
        for r in state.failed
    ]
    return {
        "schema": SCHEMA,
        "study": state.study,
        "version": state.version,
        "code": state.code,
        "code_is_current": state.current,
        "total": state.counts.total,
        "cells": state.cells,
        "failed": failed,
        "seconds": state.seconds,
        "machines": state.machines,
        "disputes": state.disputes,
    }


def _text(state: State) -> Iterator[str]:
    from ucomp_verify.cli.study_texts import (
        counted,
        counts_text,
        duration,
        problems_text,
        shown,
    )

    code = "" if state.current is None else f", {KNOWN[state.current]}"
    yield f"study    {shown(state.study)}, version {state.version}"
    yield f"code     {shown(state.code[:12])}{code}"
    yield f"cells    {state.counts.total:,}: {counts_text(state.cells)}"
    yield f"time     {duration(state.seconds)} of the cells, one after the other"
    for machine, number in state.machines.items():
        yield f"machine  {shown(machine)} ({counted(number, 'cell')})"
    if state.disputes:
        yield f"DISPUTED {counted(state.disputes, 'cell')} found something else in a second run"
    if state.failed:
        yield from ("ended badly", *problems_text(state.failed))
