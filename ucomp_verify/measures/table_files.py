"""Tables in files that may be larger than memory: their shape, and their rows in blocks."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from .arrays import npy_blocks, npy_shape, unreadable
from .certificates import digest_of_blocks
from .files import kind_of, no_points, read_table
from .float_measure import CHUNK
from .parquet import parquet_blocks, parquet_shape
from .tables import BLOCK, csv_blocks

if TYPE_CHECKING:
    from .arrays import Array


@dataclass(frozen=True)
class Table:
    """Numbers in rows and columns of a file; a vector is a table of one column.

    `rows` is None if only a reading tells; `name` that of the array in an .npz file.
    """

    path: Path
    rows: int | None
    columns: int
    name: str

    def blocks(self, size: int) -> "Iterator[Array]":
        """Parts of `size` rows, the last perhaps smaller, as float64 of shape (n, columns)."""
        return _regrouped(self._parts(size), size)

    def _parts(self, size: int) -> "Iterator[Array]":
        kind = self.path.suffix.lower()
        if kind == ".npy":
            return (part.reshape(len(part), -1) for part in npy_blocks(self.path, size))
        if kind == ".csv":
            return csv_blocks(self.path, min(size, BLOCK))
        if kind == ".parquet":
            return parquet_blocks(self.path, size)
        return iter((read_table(self.path, self.name).reshape(self.rows or 0, -1),))


def open_table(path: Path, name: str) -> Table:
    """The table in a file, of which only the outline is read, if that will do.

    `name` is that of the array in an .npz file with several of them. Raises UnreadableInput
    for other files, other than one or two axes, and tables without a column or a row.
    """
    kind = kind_of(path)
    if kind == ".csv":
        first = next(csv_blocks(path, 1), None)
        shape = None if first is None else (None, len(first[0]))
    elif kind == ".parquet":
        shape = parquet_shape(path)
    else:
        shape = npy_shape(path) if kind == ".npy" else read_table(path, name).shape
    if shape is None or 0 in shape:
        raise no_points(path, shape or (0, 0))
    if not 1 <= len(shape) <= 2:
        found = f"an array of shape {shape}"
        raise unreadable(path, found, "two axes: one row a point", "reshape it")
    return Table(path, shape[0], shape[1] if len(shape) == 2 else 1, name)


def _regrouped(blocks: "Iterable[Array]", size: int) -> "Iterator[Array]":
    """The same rows, `size` at a time until the last."""
    import numpy as np

    held, rows = list["Array"](), 0
    for block in blocks:
        held.append(block)
        rows += len(block)
        while rows >= size:
            joined = held[0] if len(held) == 1 else np.concatenate(held)
            yield joined[:size]
            held, rows = [joined[size:]], rows - size
    if rows:
        yield np.concatenate(held)


def save_table(table: Table, path: Path) -> Path:
    """Write the table as rows of little-endian float64 to an .npy file; its path."""
    from numpy.lib import format as npy

    rows = table.rows
    if rows is None:
        rows = sum(len(block) for block in table.blocks(CHUNK))
    header = {"descr": "<f8", "fortran_order": False, "shape": (rows, table.columns)}
    with path.open("wb") as file:
        npy.write_array_header_1_0(file, header)
        for block in table.blocks(CHUNK):
            file.write(block.astype("<f8", copy=False).tobytes())
    return path


def table_digest(table: Table, rows: int) -> str:
    """SHA-256 of the table, which has so many rows, as `data_digest` has it for arrays."""
    return digest_of_blocks(table.blocks(CHUNK), (rows, table.columns))
