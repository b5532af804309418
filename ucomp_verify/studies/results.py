"""Rows of studies that were run once and committed, with where, when and by which code."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any, cast

from .catalogue import code_of, load, place_of, slugs
from .model import Config, Row, Status, Study, Table, Value, canonical
from .seeds import Seeds

FORMAT = "ucomp-study-results 1"
LIBRARIES = ("python", "numpy", "scipy", "python-flint", "mpmath")
FOLDER = Path(__file__).with_name("results")


class UnreadableResults(ValueError):
    """A committed file cannot be read; the text says what it holds."""


@dataclass(frozen=True)
class Results:
    """The rows of one study, and how they came about.

    `code` is the hash of the code that made them; `machine`, `dates` (first and last day) and
    `versions` of libraries are what the rows' runs told. `rerun` tells of a sample of cells that
    was run again with newer code and gave the same bits, or is ''. `sha256` is of the file.
    """

    table: Table
    version: int
    code: str
    machine: str
    dates: tuple[str, str]
    versions: tuple[tuple[str, str], ...]
    rerun: str
    sha256: str

    @property
    def slug(self) -> str:
        """The name of the study."""
        return self.table.study

    @cached_property
    def study(self) -> Study:
        """The study as it is now."""
        return load(place_of(self.slug))

    @cached_property
    def study_code(self) -> str:
        """The hash of the study's code as it is now."""
        return code_of(place_of(self.slug))

    @property
    def is_current(self) -> bool:
        """Whether the code of the study is still the code that made the rows."""
        return self.code == self.study_code and self.version == self.study.version

    @property
    def provenance(self) -> str:
        """Where and when, in a sentence."""
        first, last = self.dates
        when = first if first == last else f"{first} to {last}"
        made = f"{len(self.table)} rows of {when} on {self.machine}"
        code = f"code {self.code[:12]}, {'current' if self.is_current else 'changed since'}"
        return "; ".join(part for part in (made, code, self.rerun) if part)


def shipped_results(folder: Path = FOLDER) -> tuple[Results, ...]:
    """The committed results, in the order of the catalogue; UnreadableResults for other files."""
    found = {path.stem: read_results(path) for path in sorted(folder.glob("*.jsonl"))}
    order = {slug: place for place, slug in enumerate(slugs())}
    return tuple(found[name] for name in sorted(found, key=lambda n: order.get(n, len(order))))


def write_results(table: Table, path: Path, *, version: int, machine: str, rerun: str = "") -> None:
    """Write rows with what their runs have in common said once.

    `machine` says in words where they were run. ValueError for no rows, for those of several
    codes, and for those of another version than the one given, which have other seeds.
    """
    seeds = Seeds(table.study, version)
    if any(row.seed != seeds.of_cell(row.config) for row in table):
        raise ValueError(f"{path.name}: found other seeds; expected those of version {version}")
    runs = [row.run for row in table]
    codes = {str(run.get("code")) for run in runs}
    if len(codes) != 1:
        raise ValueError(f"{path.name}: found rows of {len(codes)} codes; expected those of one")
    days = sorted(str(run["at"])[:10] for run in runs)
    head: dict[str, Any] = {
        "format": FORMAT,
        "study": table.study,
        "version": version,
        "code": codes.pop(),
        "machine": machine,
        "dates": [days[0], days[-1]],
        "versions": _versions(runs),
        "rerun": rerun,
        "rows": len(table),
    }
    lines = (canonical(line) for line in (head, *map(_line, table)))
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def _versions(runs: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """Each version that some run names, as text; several of one library side by side."""
    found: dict[str, set[str]] = {}
    for run in runs:
        for name, value in run.items():
            if name in LIBRARIES and value:
                found.setdefault(name, set()).add(str(value))
    return {name: ", ".join(sorted(values)) for name, values in sorted(found.items())}


def _line(row: Row) -> dict[str, Any]:
    line: dict[str, Any] = {
        "config": dict(row.config.settings),
        "found": dict(row.found),
        "measured": {name: _shortened(value) for name, value in row.measured.items()},
    }
    if row.status is not Status.DONE:
        line |= {"status": row.status.value, "problem": row.problem}
    return line


def _shortened(value: Value) -> Value:
    """What was measured, to six digits: it is another number each time."""
    return float(f"{value:.6g}") if isinstance(value, float) else value


def read_results(path: Path) -> Results:
    """The results in a file that `write_results` wrote; UnreadableResults for another."""
    content = path.read_bytes()
    try:
        head, *lines = (json.loads(line) for line in content.decode().splitlines())
        if head["format"] != FORMAT or head["rows"] != len(lines):
            raise ValueError(f"format {head['format']!r}, {len(lines)} rows of {head['rows']}")
        seeds = Seeds(head["study"], head["version"])
        table = Table(seeds.study, tuple(_row(seeds, line) for line in lines))
        if twice := len(table) - len({row.config for row in table}):
            raise ValueError(
                f"{twice} cell{' that stands' if twice == 1 else 's that stand'} there twice"
            )
        first, last = head["dates"]
        return Results(
            table=table,
            version=head["version"],
            code=head["code"],
            machine=head["machine"],
            dates=(first, last),
            versions=tuple(sorted(cast("dict[str, str]", head["versions"]).items())),
            rerun=head["rerun"],
            sha256=sha256(content).hexdigest(),
        )
    except (ValueError, KeyError, TypeError) as error:
        raise UnreadableResults(
            f"{path.name}: expected results of a study as {FORMAT!r}, but found "
            f"{type(error).__name__}: {str(error)[:200]}"
        ) from None


def _row(seeds: Seeds, line: Mapping[str, Any]) -> Row:
    config = Config.of(**line["config"])
    return Row(
        seeds.study,
        config,
        seeds.of_cell(config),
        Status(line.get("status", "done")),
        line["found"],
        line.get("problem", ""),
        line["measured"],
    )
