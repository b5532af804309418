"""Points, weights and rules from .npy, .npz, .csv and .parquet files, as exact as float64 is.

Rows and columns are counted from 0.
"""

from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from .arrays import UnreadableInput as UnreadableInput
from .arrays import names_in, read_named, read_npy, require_file, unreadable
from .atomic import AtomicMeasure
from .float_measure import CHUNK
from .parquet import parquet_blocks, parquet_shape
from .rules import Rule as Rule
from .rules import read_rule as read_rule
from .tables import read_csv

if TYPE_CHECKING:
    from .arrays import Array

_KINDS = (".npy", ".npz", ".csv", ".parquet")


def read_points(path: Path) -> "Array":
    """The points in a file, one a row: float64 of shape (d, m) in C order, finite, d, m >= 1.

    A one-dimensional array holds points on the line. An .npz file has one array or one that
    is named `points`. The array is read-only where a large .npy file is mapped into memory.
    Raises UnreadableInput for anything else.
    """
    array = read_table(path, "points")
    if array.ndim == 1:
        array = array.reshape(-1, 1)
    if array.ndim != 2:
        expected = "two axes: one row a point"
        raise unreadable(path, f"an array of shape {array.shape}", expected, "reshape it")
    if not array.size:
        raise no_points(path, array.shape)
    require_finite(array, path)
    return array


def read_weights(path: Path, count: int) -> "Array":
    """The weights of `count` nodes: float64 of shape (count,), finite, >= 0, not all 0.

    A one-dimensional array or a single column. An .npz file has one array or one that is
    named `weights`. Raises UnreadableInput for anything else.
    """
    array = read_table(path, "weights")
    if array.ndim == 2 and array.shape[1] == 1:
        array = array.reshape(-1)
    if array.shape != (count,):
        found = f"weights of shape {array.shape} for {count} points"
        raise unreadable(path, found, f"the shape ({count},)", "give one weight a point")
    require_nonnegative(array, path)
    if not array.any():
        raise no_mass(path)
    return array


def exact_measure(points: "Array", weights: "Array | None" = None) -> AtomicMeasure:
    """The measure with exactly these float64 nodes, of shape (d, m), and weights (1 if None).

    Raises ValueError if a number is not finite, or a weight negative.
    """
    import numpy as np

    for name, array in (("points", points), ("weights", weights)):
        if array is not None and not np.isfinite(array).all():
            raise ValueError(f"found a number in {name} that is not finite; expected float64 data")
    nodes = [[Fraction(x) for x in row] for row in points.tolist()]
    if weights is None:
        return AtomicMeasure.unit(nodes)
    return AtomicMeasure(nodes, [Fraction(w) for w in weights.tolist()])


def require_finite(array: "Array", path: Path, start: int = 0) -> None:
    """Refuse numbers that are not finite; `start` is the row at which the array begins."""
    import numpy as np

    bad, first = 0, ""
    for at in range(0, len(array), CHUNK):
        part = array[at : at + CHUNK]
        if np.isfinite(part).all():
            continue
        places = np.argwhere(~np.isfinite(part))
        row, column = places[0].tolist()
        where = f"row {start + at + row}, column {column} (counted from 0)"
        first = first or f"{part[row, column]} in {where}"
        bad += len(places)
    if bad:
        found = first + (f", and {bad - 1} more" if bad > 1 else "")
        raise unreadable(path, found, "finite numbers", "leave those rows out or fill them in")


def require_nonnegative(weights: "Array", path: Path, start: int = 0) -> None:
    """Refuse weights that are not finite or < 0; `start` is the index of the first."""
    import numpy as np

    for i in np.flatnonzero(~(np.isfinite(weights) & (weights >= 0)))[:1].tolist():
        found = f"the weight {weights[i]} at index {start + i}"
        raise unreadable(path, found, "finite weights >= 0", "correct it")


def no_points(path: Path, shape: tuple[int | None, ...]) -> UnreadableInput:
    """The refusal of a table with nothing in it."""
    found = f"no points in an array of shape {shape}"
    return unreadable(path, found, "at least one point of dimension >= 1", "fill the file")


def no_mass(path: Path) -> UnreadableInput:
    """The refusal of weights that are all 0."""
    return unreadable(path, "weights that are all 0", "some weight > 0", "correct them")


def kind_of(path: Path) -> str:
    """How the name of the file ends; refused if in nothing known, or if there is no file."""
    if path.suffix.lower() not in _KINDS:
        found = f"a file name that ends in {path.suffix!r}"
        raise unreadable(path, found, " or ".join(_KINDS), "save the numbers in one of these")
    require_file(path)
    return path.suffix.lower()


def read_table(path: Path, name: str) -> "Array":
    """The array in a file, of any shape; `name` is that in an .npz file with several."""
    import numpy as np

    kind = kind_of(path)
    if kind == ".npy":
        return read_npy(path)
    if kind == ".csv":
        return read_csv(path)
    if kind == ".parquet":
        rows, columns = parquet_shape(path)
        return np.concatenate([np.zeros((0, columns)), *parquet_blocks(path, rows or 1)])
    names = names_in(path)
    if name not in names and len(names) != 1:
        found = f"the arrays {', '.join(names) or 'of an empty archive'}"
        raise unreadable(path, found, f"one array, or one named {name!r}", "name it so")
    return read_named(path, name if name in names else names[0])
