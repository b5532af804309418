"""Comma-separated numbers, with or without a line of names above them."""

import csv
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING

from .arrays import UnreadableInput, unreadable

if TYPE_CHECKING:
    from .arrays import Array

BLOCK = 1 << 12  # rows at a time

_NUMBER = re.compile(
    r"\s*[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?\s*|\s*[-+]?(nan|inf(inity)?)\s*", re.I
)
_PLAIN = b"-+0123456789.eE"  # what most numbers consist of, and `float` reads alike
_LEAVE_OUT = "leave the column out, or number its values"


def read_csv(path: Path) -> "Array":
    """The rows of a .csv file, each decimal rounded to the nearest float64: shape (d, m).

    A first line without any number is taken for the names of the columns. Blank lines may
    stand at the end only, as they could be missing values elsewhere.
    """
    import numpy as np

    blocks = list(csv_blocks(path, BLOCK))
    return np.concatenate(blocks) if blocks else np.zeros((0, 1))


def csv_blocks(path: Path, size: int) -> "Iterator[Array]":
    """The same rows, at most `size` at a time: the file may be larger than memory."""
    lines = _lines(path)
    first = next(lines, None)
    if first is None:
        return
    names, width, number = _names(first, path), len(first), 1
    body = chain([first], lines)
    if names is not None:
        body, number = lines, 2
    while block := list(islice(body, size)):
        yield _block(block, width, names, number, path)
        number += len(block)


def _block(
    block: list[list[str]], width: int, names: Sequence[str] | None, number: int, path: Path
) -> "Array":
    """The numbers in lines of this width, the first of them being line `number`."""
    import numpy as np

    for line, row in enumerate(block, start=number):
        if len(row) != width:
            found = f"{len(row)} cells in line {line}"
            raise unreadable(path, found, f"{width} as in line 1", "complete the line or remove it")
    cells = list(chain.from_iterable(block))
    with suppress(ValueError):  # what is no number all the same is told about below
        if not "".join(cells).encode("ascii").translate(None, _PLAIN):
            return np.array(list(map(float, cells))).reshape(-1, width)
    numbers = [_numbers(row, names, line, path) for line, row in enumerate(block, start=number)]
    return np.array(numbers)


def _lines(path: Path) -> Iterator[list[str]]:
    """The cells of every line, blank lines at the end left out."""
    blank = list[list[str]]()
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            for line in csv.reader(file, strict=True):
                blank.append(line)
                if "".join(line).strip():
                    yield from blank
                    blank.clear()
    except (csv.Error, UnicodeDecodeError) as error:
        found = f"a file that is no text with commas ({str(error)[:80]})"
        raise unreadable(path, found, "rows of numbers with commas", "export it as UTF-8") from None


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
