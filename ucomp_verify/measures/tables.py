"""Comma-separated numbers, with or without a line of names above them."""

import csv
import re
from collections.abc import Sequence
from pathlib import Path

from .arrays import UnreadableInput, unreadable

_NUMBER = re.compile(
    r"\s*[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?\s*|\s*[-+]?(nan|inf(inity)?)\s*", re.I
)
_LEAVE_OUT = "leave the column out, or number its values"


def read_csv(path: Path) -> list[list[float]]:
    """The rows of a .csv file, each decimal rounded to the nearest float64.

    A first line without any number is taken for the names of the columns. Blank lines may
    stand at the end only, as they could be missing values elsewhere.
    """
    lines = _lines(path)
    names = _names(lines[0], path) if lines else None
    body = list(enumerate(lines, start=1))[0 if names is None else 1 :]
    width = len(lines[0]) if lines else 0
    for number, row in body:
        if len(row) != width:
            found = f"{len(row)} cells in line {number}"
            raise unreadable(path, found, f"{width} as in line 1", "complete the line or remove it")
    return [_numbers(row, names, number, path) for number, row in body]


def _lines(path: Path) -> list[list[str]]:
    """The cells of every line, blank lines at the end left out."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            lines = list(csv.reader(file, strict=True))
    except (csv.Error, UnicodeDecodeError) as error:
        found = f"a file that is no text with commas ({str(error)[:80]})"
        raise unreadable(path, found, "rows of numbers with commas", "export it as UTF-8") from None
    while lines and not any(cell.strip() for cell in lines[-1]):
        lines.pop()
    return lines


def _names(first: Sequence[str], path: Path) -> list[str] | None:
    """The names of the columns; None if the first line holds a number."""
    if any(_NUMBER.fullmatch(cell) for cell in first):
        return None
    names = [cell.strip() for cell in first]
    if "" in names:
        found = f"no name for column {names.index('')} in line 1"
        raise unreadable(path, found, "a name for each column", "leave out a column of row numbers")
    return names


def _numbers(row: Sequence[str], names: Sequence[str] | None, line: int, path: Path) -> list[float]:
    for column, cell in enumerate(row):
        if _NUMBER.fullmatch(cell) is None:
            raise _no_number(cell, column, names, line, path)
    return [float(cell) for cell in row]


def _no_number(
    cell: str, column: int, names: Sequence[str] | None, line: int, path: Path
) -> UnreadableInput:
    name = f" ({names[column]!r})" if names else ""
    place = f"column {column}{name} of line {line}"
    if not cell.strip():
        return unreadable(
            path, f"nothing in {place}", "a number", "fill it in or leave the row out"
        )
    if ";" in cell or "\t" in cell:
        return unreadable(path, f"{cell[:40]!r} in {place}", "numbers with commas", "use commas")
    return unreadable(path, f"the text {cell[:40]!r} in {place}", "numbers alone", _LEAVE_OUT)
