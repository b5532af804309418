"""Points, weights and rules from .npy, .npz and .csv files, as exact as float64 is.

Rows and columns are counted from 0.
"""

from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from .arrays import UnreadableInput as UnreadableInput
from .arrays import names_in, read_named, read_npy, require_file, unreadable
from .atomic import AtomicMeasure
from .rules import Rule as Rule
from .rules import read_rule as read_rule
from .tables import read_csv

if TYPE_CHECKING:
    from .arrays import Array

_KINDS = (".npy", ".npz", ".csv")


def read_points(path: Path) -> "Array":
    """The points in a file, one a row: float64 of shape (d, m) in C order, finite, d, m >= 1.

    A one-dimensional array holds points on the line. An .npz file has one array or one that
    is named `points`. Raises UnreadableInput for anything else.
    """
    import numpy as np

    array = _read(path, "points")
    if array.ndim == 1:
        array = array.reshape(-1, 1)
    if array.ndim != 2:
        expected = "two axes: one row a point"
        raise unreadable(path, f"an array of shape {array.shape}", expected, "reshape it")
    if not array.size:
        found = f"no points in an array of shape {array.shape}"
        raise unreadable(path, found, "at least one point of dimension >= 1", "fill the file")
    bad = np.argwhere(~np.isfinite(array))
    if len(bad):
        row, column = bad[0].tolist()
        found = f"{array[row, column]} in row {row}, column {column}, and {len(bad) - 1} more"
        raise unreadable(path, found, "finite numbers", "leave those rows out or fill them in")
    return array


def read_weights(path: Path, count: int) -> "Array":
    """The weights of `count` nodes: float64 of shape (count,), finite, >= 0, not all 0.

    A one-dimensional array or a single column. An .npz file has one array or one that is
    named `weights`. Raises UnreadableInput for anything else.
    """
    import numpy as np

    array = _read(path, "weights")
    if array.ndim == 2 and array.shape[1] == 1:
        array = array.reshape(-1)
    if array.shape != (count,):
        found = f"weights of shape {array.shape} for {count} points"
        raise unreadable(path, found, f"the shape ({count},)", "give one weight a point")
    for i in np.flatnonzero(~(np.isfinite(array) & (array >= 0)))[:1].tolist():
        found = f"the weight {array[i]} at index {i}"
        raise unreadable(path, found, "finite weights >= 0", "correct it")
    if not array.any():
        raise unreadable(path, "weights that are all 0", "some weight > 0", "correct them")
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


def _read(path: Path, name: str) -> "Array":
    import numpy as np

    if path.suffix.lower() not in _KINDS:
        found = f"a file name that ends in {path.suffix!r}"
        raise unreadable(path, found, " or ".join(_KINDS), "save the numbers in one of these")
    require_file(path)
    if path.suffix.lower() == ".npy":
        return read_npy(path)
    if path.suffix.lower() == ".csv":
        return np.array(read_csv(path))
    names = names_in(path)
    if name not in names and len(names) != 1:
        found = f"the arrays {', '.join(names) or 'of an empty archive'}"
        raise unreadable(path, found, f"one array, or one named {name!r}", "name it so")
    return read_named(path, name if name in names else names[0])
