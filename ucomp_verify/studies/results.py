"""Rows of studies that were run once and committed, with where, when and by which code.

The first line of a file tells all that, and `shapes`: the names of settings, of what was found
and of what was measured. Each further line is a row: the place of its shape, and the values.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeAlias, cast

from .catalogue import code_of, load, place_of, slugs
from .model import Config, Row, Status, Study, Table, Value, canonical
from .seeds import Seeds

FORMAT = "ucomp-study-results 2"
Names: TypeAlias = tuple[tuple[str, ...], ...]
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
    shapes = {shape: place for place, shape in enumerate(sorted({_shape(row) for row in table}))}
    head: dict[str, Any] = {
        "format": FORMAT,
        "study": table.study,
        "version": version,
        "code": codes.pop(),
        "machine": machine,
        "dates": [days[0], days[-1]],
        "versions": {name: ", ".join(values) for name, values in versions_in(runs).items()},
        "rerun": rerun,
        "rows": len(table),
        "shapes": list(shapes),
    }
    lines = [canonical(head), *(_text(_line(row, shapes)) for row in table)]
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def versions_in(runs: Iterable[Mapping[str, Any]]) -> dict[str, list[str]]:
    """Each version that some run names, by library, in order; none for what no run names.

    >>> versions_in([{"numpy": "2.1"}, {"numpy": "2.0"}, {"host": "here"}])
    {'numpy': ['2.0', '2.1']}
    """
    found: dict[str, set[str]] = {}
    for run in runs:
        for name, value in run.items():
            if name in LIBRARIES and value:
                found.setdefault(name, set()).add(str(value))
    return {name: sorted(values) for name, values in sorted(found.items())}


def _parts(row: Row) -> tuple[Mapping[str, Value], ...]:
    measured = {name: _shortened(value) for name, value in row.measured.items()}
    return dict(row.config.settings), row.found, measured


def _shape(row: Row) -> Names:
    return tuple(tuple(sorted(part)) for part in _parts(row))


def _line(row: Row, shapes: Mapping[Names, int]) -> list[Any]:
    shape = _shape(row)
    pairs = zip(shape, _parts(row), strict=True)
    line = [shapes[shape], *([part[name] for name in names] for names, part in pairs)]
    return line if row.status is Status.DONE else [*line, row.status.value, row.problem]


def _text(line: list[Any]) -> str:
    return json.dumps(line, separators=(",", ":"), allow_nan=False)


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
        rows = (_row(seeds, head["shapes"][place], *more) for place, *more in lines)
        table = Table(seeds.study, tuple(rows))
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
    except (ValueError, LookupError, TypeError) as error:
        raise UnreadableResults(
            f"{path.name}: expected results of a study as {FORMAT!r}, but found "
            f"{type(error).__name__}: {str(error)[:200]}"
        ) from None


def _row(
    seeds: Seeds,
    names: Sequence[Sequence[str]],
    settings: Sequence[Any],
    found: Sequence[Any],
    measured: Sequence[Any],
    status: str = "done",
    problem: str = "",
) -> Row:
    values = zip(names, (settings, found, measured), strict=True)
    first, second, third = (dict(zip(*pair, strict=True)) for pair in values)
    config = Config.of(**first)
    seed = seeds.of_cell(config)
    return Row(seeds.study, config, seed, Status(status), second, problem, third)
