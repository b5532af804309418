"""The result of any library: which of the data rows it keeps, and with which weights."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from .arrays import names_in, read_named, require_file, unreadable
from .float_measure import CHUNK

if TYPE_CHECKING:
    from .arrays import Array

_NAMES = ("indices", "points", "weights")
_EXPECTED = "indices and weights, or points and weights, or one weight for every data row"


@dataclass(frozen=True)
class Rule:
    """weights[i] on the data row indices[i]; whether it is a good rule, the kernel says.

    Indices count from 0 and may be too large or repeated, weights negative, not 0.
    """

    indices: tuple[int, ...]
    weights: tuple[Fraction, ...]

    def __post_init__(self) -> None:
        if len(self.indices) != len(self.weights):
            raise ValueError(
                f"found {len(self.indices)} indices and {len(self.weights)} weights; expected one "
                "weight for each index"
            )
        for place, weight in enumerate(self.weights):
            if not isinstance(weight, Fraction | int):  # pyright: ignore[reportUnnecessaryIsInstance]
                raise TypeError(
                    f"found the weight {weight!r} of type {type(weight).__name__} at place "
                    f"{place}; expected Fractions: Fraction(w) is what a float64 w is, exactly"
                )


def read_rule(path: Path, points: "Array") -> Rule:
    """The rule in an .npz file, on the data rows `points` of shape (d, m).

    The file holds `indices` and `weights`, or `points` (each exactly equal to a data row;
    the n-th equal row stands for the n-th equal data row) and `weights`, or `weights`
    alone, one for each data row. Weights are taken as exactly the float64 that they are;
    nodes of weight 0 are left out. Raises UnreadableInput for what is no such file; wrong
    rules are for the kernel to refuse.
    """
    if path.suffix.lower() != ".npz":
        found = f"a file name that ends in {path.suffix!r}"
        raise unreadable(path, found, ".npz", "save the result with numpy.savez")
    require_file(path)
    names = names_in(path)
    given = {name: read_named(path, name) for name in _NAMES if name in names}
    if "weights" not in given:
        found = f"the arrays {', '.join(names) or 'of an empty archive'}"
        raise unreadable(path, found, _EXPECTED, "save them under these names")
    weights = _weights(given["weights"], path)
    indices = _indices(given, points, len(weights), path)
    if len(indices) != len(weights):
        found = f"{len(weights)} weights for {len(indices)} nodes"
        raise unreadable(path, found, "as many weights as nodes", "give one weight a node")
    kept = [(i, Fraction(w)) for i, w in zip(indices, weights, strict=True) if w]
    if not kept:
        raise unreadable(path, "no weight but 0", "some node with a weight", "correct them")
    return Rule(tuple(i for i, _ in kept), tuple(w for _, w in kept))


def _indices(given: "dict[str, Array]", points: "Array", count: int, path: Path) -> Sequence[int]:
    rows = _rows_of(given["points"], points, path) if "points" in given else None
    if "indices" not in given:
        return range(len(points)) if rows is None else rows
    indices = _integers(_flat(given["indices"], "indices", path), path)
    if rows is not None:
        _require_agreement(indices, given["points"], points, path)
    return indices


def _flat(array: "Array", name: str, path: Path) -> "Array":
    if array.ndim == 2 and 1 in array.shape:
        array = array.reshape(-1)
    if array.ndim != 1:
        found = f"{name} of shape {array.shape}"
        raise unreadable(path, found, "a one-dimensional array", "reshape it")
    return array


def _weights(array: "Array", path: Path) -> list[float]:
    import numpy as np

    flat = _flat(array, "weights", path)
    for i in np.flatnonzero(~np.isfinite(flat))[:1].tolist():
        raise unreadable(path, f"the weight {flat[i]} at index {i}", "finite weights", "correct it")
    return flat.tolist()


def _integers(array: "Array", path: Path) -> list[int]:
    for place, index in enumerate(array.tolist()):
        if not (index >= 0 and index.is_integer()):
            found = f"the index {index} in place {place}"
            raise unreadable(path, found, "integers >= 0 (rows count from 0)", "correct it")
    return [int(index) for index in array.tolist()]


def _rows_of(rule_points: "Array", points: "Array", path: Path) -> list[int]:
    """The data row that each point of the rule equals."""
    rows = rule_points.reshape(-1, 1) if rule_points.ndim == 1 else rule_points
    if rows.ndim != 2 or rows.shape[1] != points.shape[1]:
        found = f"points of shape {rule_points.shape} for data of shape {points.shape}"
        raise unreadable(path, found, "points of the data's dimension", "save data rows")
    places = _places(set(map(tuple, rows.tolist())), points)
    seen: dict[tuple[float, ...], int] = {}
    indices: list[int] = []
    for i, row in enumerate(map(tuple, rows.tolist())):
        if row not in places:
            raise unreadable(path, _stranger(i, rows, points), "data rows, exactly", _ROUNDED)
        seen[row] = seen.get(row, -1) + 1
        indices.append(places[row][seen[row]] if seen[row] < len(places[row]) else places[row][0])
    return indices


def _places(wanted: set[tuple[float, ...]], points: "Array") -> dict[tuple[float, ...], list[int]]:
    """Where in the data these rows stand."""
    places: dict[tuple[float, ...], list[int]] = {}
    for start in range(0, len(points), CHUNK):
        part: list[list[float]] = points[start : start + CHUNK].tolist()
        for i, row in enumerate(map(tuple, part), start=start):
            if row in wanted:
                places.setdefault(row, []).append(i)
    return places


_ROUNDED = "save the chosen rows as they are in the data, unscaled and in float64"


def _stranger(i: int, rows: "Array", points: "Array") -> str:
    """What to say of a row that is none of the data."""
    import numpy as np

    with np.errstate(over="ignore", invalid="ignore"):
        gaps = np.abs(points - rows[i]).max(axis=1)
    nearest = int(np.argmin(np.where(np.isnan(gaps), np.inf, gaps)))
    return (
        f"the point {rows[i].tolist()} in row {i}, which is no data row (nearest: row {nearest}, "
        f"{points[nearest].tolist()}, at distance {gaps[nearest]:.2g})"
    )


def _require_agreement(
    indices: Sequence[int], rule_points: "Array", points: "Array", path: Path
) -> None:
    """Refuse a file whose indices name other rows than its points."""
    rows = rule_points.reshape(len(rule_points), -1).tolist()
    for place, (index, row) in enumerate(zip(indices, rows, strict=False)):
        if index < len(points) and points[index].tolist() != row:
            found = f"the index {index} and the point {row} in place {place}, which differ"
            raise unreadable(path, found, "indices and points of the same rows", "save one of them")
    if len(indices) != len(rows):
        found = f"{len(indices)} indices and {len(rows)} points"
        raise unreadable(path, found, "as many", "save one of them")
