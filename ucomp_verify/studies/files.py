"""Rows of a study in files: JSON lines to go on working with, CSV and Parquet for other tools.

JSON lines lose nothing: what is read is what was written. CSV and Parquet have a column for
every name (see `flat`) and are not read back.
"""

import csv
import enum
import json
import math
from collections.abc import Iterator, Mapping
from importlib import import_module
from io import StringIO, TextIOBase
from pathlib import Path
from typing import IO, Any, TextIO, cast

from .flat import arrow_table, flatten
from .model import Config, Row, Scalar, Status, Table, Value, canonical

FORMAT = "ucomp-study-rows 1"
SQLITE = b"SQLite format 3\0"
_ROW = {"config", "seed", "status", "found", "problem", "measured", "run"}


class RowsKind(enum.StrEnum):
    """How rows are written."""

    JSONL = "jsonl"
    CSV = "csv"
    PARQUET = "parquet"


class UnreadableRows(ValueError):
    """The file holds no rows of a study; the text says what it holds and what to do."""


def write_rows(table: Table, target: Path | IO[Any], kind: str) -> None:
    """Write all rows into the file or stream; Parquet needs a path or a binary stream.

    A file that is there is overwritten. Raises ValueError for an unknown kind, and
    ImportError with a cure if Parquet is asked for and pyarrow is absent.
    """
    chosen = RowsKind(kind)
    if chosen is RowsKind.PARQUET:
        _write_parquet(table, target)
        return
    text = to_text(table, chosen)
    if isinstance(target, Path):
        target.write_text(text, encoding="utf-8", newline="")
    elif isinstance(target, TextIOBase):
        target.write(text)
    else:
        target.write(text.encode() if "b" in getattr(target, "mode", "b") else text)


def to_text(table: Table, kind: RowsKind) -> str:
    """The rows as JSON lines or CSV; the same text for the same rows."""
    if kind is RowsKind.JSONL:
        return "".join(f"{line}\n" for line in _json_lines(table))
    if kind is RowsKind.CSV:
        return _csv(table)
    raise ValueError(f"found the kind {kind.value}, which is no text; expected jsonl or csv")


def _json_lines(table: Table) -> Iterator[str]:
    yield canonical({"format": FORMAT, "study": table.study, "rows": len(table)})
    for row in table:
        yield canonical(
            {
                "config": dict(row.config.settings),
                "seed": row.seed,
                "status": row.status.value,
                "found": dict(row.found),
                "problem": row.problem,
                "measured": dict(row.measured),
                "run": dict(row.run),
            }
        )


def _csv(table: Table) -> str:
    flat, stream = flatten(table), StringIO()
    # All texts in quotes: csv leaves a lone carriage return without them, and readers split.
    writer = csv.writer(stream, lineterminator="\n", quoting=csv.QUOTE_NONNUMERIC)
    writer.writerow(flat.names)
    writer.writerows([_shown(value) for value in row] for row in flat.rows)
    return stream.getvalue()


def _shown(value: Value) -> str | int | float:
    if value is None:
        return ""
    return json.dumps(value) if isinstance(value, bool) else value


def _write_parquet(table: Table, target: Path | IO[Any]) -> None:
    try:
        parquet: Any = import_module("pyarrow.parquet")
    except ModuleNotFoundError:
        raise ImportError(
            "Parquet needs pyarrow: pip install 'ucomp-verify[parquet]', or use csv or jsonl"
        ) from None
    columns = arrow_table(flatten(table), {"format": FORMAT, "study": table.study})
    parquet.write_table(columns, target)


def read_table(path: Path) -> Table:
    """The rows of a store, or of a file of JSON lines; UnreadableRows for anything else.

    Rows of JSON lines are in the order of the file. A store is read as it is at this moment,
    also while a run writes to it, and is not changed.
    """
    if is_store(path):
        from .store import Store

        with Store.read(path) as store:
            return store.table()
    with path.open(encoding="utf-8") as stream:
        try:
            return read_lines(stream, path)
        except UnicodeDecodeError:
            raise _unreadable(path, "bytes that are no text") from None


def is_store(path: Path) -> bool:
    """Whether the file is an SQLite database; OSError if it cannot be read."""
    with path.open("rb") as stream:
        return stream.read(len(SQLITE)) == SQLITE


def read_lines(stream: TextIO, name: Path) -> Table:
    """The rows in JSON lines with their header; UnreadableRows with the number of the line."""
    head = _object(stream.readline(), name, 1)
    if head.get("format") != FORMAT or not isinstance(head.get("study"), str):
        raise _unreadable(name, f"the format {str(head.get('format'))[:40]!r} in line 1")
    study = cast("str", head["study"])
    rows = [_row(study, line, name, number) for number, line in enumerate(stream, 2)]
    if head.get("rows") != len(rows):
        found = f"{len(rows)} rows, and {head.get('rows')} according to line 1"
        raise UnreadableRows(f"{name}: found {found}; the file was cut off: export it again")
    if len({row.config.text for row in rows}) < len(rows):
        raise UnreadableRows(f"{name}: found two rows of one cell; expected one: export it again")
    return Table(study, tuple(rows))


def _row(study: str, line: str, name: Path, number: int) -> Row:
    body = _object(line, name, number)
    if set(body) != _ROW:
        raise _unreadable(name, f"the names {', '.join(sorted(body))[:80]} in line {number}")
    try:
        return Row(
            study,
            _config(body["config"]),
            _string(body["seed"]),
            Status(body["status"]),
            _values(body["found"]),
            _string(body["problem"]),
            _values(body["measured"]),
            _values(body["run"]),
        )
    except (ValueError, TypeError) as error:
        raise _unreadable(name, f"no row in line {number} ({error})") from None


def _object(line: str, name: Path, number: int) -> dict[str, Any]:
    try:
        found: Any = json.loads(line, parse_constant=_no_constant)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise _unreadable(name, f"{line[:40]!r} in line {number}")
    return cast("dict[str, Any]", found)


def _no_constant(text: str) -> float:
    raise ValueError(f"found {text}; expected a finite number")


def _values(found: Any) -> Mapping[str, Value]:
    if not isinstance(found, dict):
        raise TypeError(f"found {found!r:.40}; expected an object")
    content = cast("dict[str, Any]", found)
    for value in content.values():
        if not isinstance(value, str | int | float | None):
            raise TypeError(f"found {value!r:.40}; expected a text or a number")
        if isinstance(value, float) and not math.isfinite(value):
            raise TypeError("found a number that is not finite")
    return content


def _config(found: Any) -> Config:
    settings = _values(found)
    if None in settings.values():
        raise TypeError("found a setting without a value")
    return Config(tuple(sorted(cast("Mapping[str, Scalar]", settings).items())))


def _string(found: Any) -> str:
    if not isinstance(found, str):
        raise TypeError(f"found {found!r:.40}; expected a text")
    return found


def _unreadable(path: Path, found: str) -> UnreadableRows:
    return UnreadableRows(
        f"{path}: found {found}; expected a store of `study run`, or what `study export "
        "--to jsonl` writes: name such a file"
    )
