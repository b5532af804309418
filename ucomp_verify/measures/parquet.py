"""Tables in Apache Parquet, read with pyarrow if it is installed."""

from collections.abc import Generator, Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .arrays import UnreadableInput, as_float64, unreadable

if TYPE_CHECKING:
    from .arrays import Array


def parquet_shape(path: Path) -> tuple[int, int]:
    """Rows and columns of the table, whose columns all hold real numbers."""
    with _opened(path) as file:
        return file.metadata.num_rows, len(file.schema_arrow)


def parquet_blocks(path: Path, size: int) -> "Iterator[Array]":
    """The columns of the table side by side, at most `size` rows at a time."""
    import numpy as np

    with _opened(path) as file:
        start = 0
        for batch in file.iter_batches(batch_size=size, use_threads=False):
            columns = [_column(batch, j, start, path) for j in range(batch.num_columns)]
            yield np.column_stack(columns)
            start += batch.num_rows


@contextmanager
def _opened(path: Path) -> Generator[Any]:
    """The file; whatever is wrong with it becomes `UnreadableInput`."""
    arrow, parquet = _pyarrow(path)
    try:
        with parquet.ParquetFile(path, page_checksum_verification=True) as file:
            _require_numbers(file.schema_arrow, path, arrow.types)
            yield file
    except UnreadableInput:
        raise
    except (arrow.ArrowException, OSError, ValueError) as error:
        found = f"a file that is no Parquet table ({str(error)[:80]})"
        raise unreadable(path, found, "a .parquet file", "write it again") from None


def _pyarrow(path: Path) -> tuple[Any, Any]:
    try:
        return import_module("pyarrow"), import_module("pyarrow.parquet")
    except ModuleNotFoundError:
        found = "a Parquet table, and no pyarrow to read it with"
        cure = "pip install pyarrow, or save the numbers as .npy"
        raise unreadable(path, found, "that pyarrow is installed", cure) from None


def _require_numbers(schema: Any, path: Path, types: Any) -> None:
    for column, field in enumerate(schema):
        if not (types.is_floating(field.type) or types.is_integer(field.type)):
            found = f"column {column} ({field.name[:40]!r}) of type {str(field.type)[:40]}"
            cure = "leave the column out, or number its values"
            raise unreadable(path, found, "real numbers (floats or integers)", cure)


def _column(batch: Any, column: int, start: int, path: Path) -> "Array":
    values = batch.column(column)
    if values.null_count:
        row = start + values.is_null().to_pylist().index(True)
        found = f"nothing in row {row}, column {column} (counted from 0)"
        raise unreadable(path, found, "a number", "fill it in or leave the row out")
    name = f"column {column} ({batch.schema.names[column][:40]!r})"
    return as_float64(values.to_numpy(zero_copy_only=False), path, name)
