"""`ucomp-verify study run --dry-run`: what there is to do, and how long it may take."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ucomp_verify.studies import Config, Row, Study, Table

SCHEMA = "ucomp-study-plan/1"


@dataclass(frozen=True)
class Plan:
    """Cells by what a run would do with them; `seconds` is an estimate, None if unknown.

    `known` is the number of cells whose times the estimate rests on, `capacity` how many run
    at once, None on a cluster, for which `seconds` are those of one thread.
    """

    study: str
    cells: int
    done: int
    failed: int
    to_do: int
    seconds: float | None
    known: int
    capacity: int | None

    @property
    def body(self) -> dict[str, Any]:
        """The plan for a JSON document."""
        return {
            "schema": SCHEMA,
            "study": self.study,
            "cells": self.cells,
            "done": self.done,
            "failed": self.failed,
            "to_do": self.to_do,
            "seconds": self.seconds,
            "seconds_from_cells": self.known,
            "at_once": self.capacity,
        }

    @property
    def text(self) -> str:
        """The plan in three lines."""
        from ucomp_verify.cli.study_texts import counted

        kept = f"{self.failed:,} ended badly, " if self.failed else ""
        cells = f"{counted(self.cells, 'cell')}, {self.done:,} done, {kept}{self.to_do:,} to do"
        return f"{cells}\n{self._time()}\nnothing was run or written"

    def _time(self) -> str:
        from ucomp_verify.cli.study_texts import counted, duration

        if not self.to_do:
            return "there is nothing to do"
        if self.seconds is None:
            return "how long it takes is not known, for no cell has ended yet"
        at_once = "one" if self.capacity is None else f"{self.capacity:,}"
        return (
            f"about {duration(self.seconds)} with {at_once} at a time, from the times of "
            f"{counted(self.known, 'cell')} in the store"
        )


def plan(
    place: str,
    study: "Study",
    cells: "Sequence[Config]",
    store: Path,
    *,
    capacity: int | None,
    retry_failed: bool,
) -> Plan:
    """What a run of the cells would do; StoreRefused if it would not even start.

    The store is read, and not made.
    """
    from ucomp_verify.studies import Status
    from ucomp_verify.studies.engine.progress import Pace

    asked = set(cells)
    rows = [row for row in _table(place, study, store) if row.config in asked]
    done = sum(row.status is Status.DONE for row in rows)
    settled = [row for row in rows if row.status is Status.DONE or not retry_failed]
    pace, times = Pace(cells), [_seconds(row) for row in settled]
    for row, seconds in zip(settled, times, strict=True):
        pace.ended(row.config, seconds)
    return Plan(
        study.slug,
        len(asked),
        done,
        len(settled) - done,
        len(asked) - len(settled),
        pace.remaining(capacity or 1),
        sum(seconds >= 0 for seconds in times),
        capacity,
    )


def _seconds(row: "Row") -> float:
    """How long the cell took; negative if the row does not say it."""
    found = row.run.get("seconds")
    return float(found) if isinstance(found, int | float) else -1.0


def _table(place: str, study: "Study", path: Path) -> "Table":
    from ucomp_verify.studies import Table, code_of
    from ucomp_verify.studies.store import Store, StoreRefused

    if not path.exists():
        return Table(study.slug, ())
    code = code_of(place)
    with Store.read(path) as store:
        found = (store.study, store.code, store.version)
        if found != (study.slug, code, study.version):
            raise StoreRefused(
                path,
                found=f"rows of {found[0]}, code {found[1][:12]}, version {found[2]}",
                expected=f"rows of {study.slug}, code {code[:12]}, version {study.version}",
                cure="give a new file; `study export` still writes the rows of the old one",
            )
        return store.table()
