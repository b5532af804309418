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

    A first line without any number is taken for the names of the columns.
    """
    lines = [(number, row) for number, row in _lines(path) if any(cell.strip() for cell in row)]
    names: list[str] = []
    if lines and not any(_NUMBER.fullmatch(cell) for cell in lines[0][1]):
        names = [cell.strip() for cell in lines.pop(0)[1]]
    width = len(names) if names else len(lines[0][1]) if lines else 0
    for number, row in lines:
        if len(row) != width:
            found = f"{len(row)} cells in line {number}"
            raise unreadable(path, found, f"{width} as in the first", "complete or remove the line")
    return [_numbers(row, names, number, path) for number, row in lines]


def _lines(path: Path) -> list[tuple[int, list[str]]]:
    """The lines with their numbers, counted from 1."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file, strict=True)
            return [(reader.line_num, row) for row in reader]
    except (csv.Error, UnicodeDecodeError) as error:
        found = f"a file that is no text with commas ({str(error)[:80]})"
        raise unreadable(
            path, found, "rows of numbers with commas, in UTF-8", "export it again"
        ) from None


def _numbers(row: Sequence[str], names: Sequence[str], line: int, path: Path) -> list[float]:
    for column, cell in enumerate(row):
        if _NUMBER.fullmatch(cell) is None:
            raise _no_number(cell, column, names, line, path)
    return [float(cell) for cell in row]


def _no_number(
    cell: str, column: int, names: Sequence[str], line: int, path: Path
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
