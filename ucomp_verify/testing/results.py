"""Reads what a compressor returned, whatever its form, as exact numbers."""

import enum
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from numbers import Rational
from typing import Any, cast

from .cases import Case
from .types import Violation

Node = tuple[Fraction, ...]

PARTS = 2  # of a result that is a pair


class ResultForm(enum.StrEnum):
    """What a compressor returns."""

    AUTO = "auto"  # told by types and shapes
    INDICES = "indices"  # (indices, weights)
    DENSE = "dense"  # one weight for every node, 0 where it was dropped
    POINTS = "points"  # (points, weights)


@dataclass(frozen=True)
class Found:
    """Nodes with weights, as returned; weights 0 are left out. Not judged yet.

    `indices` counts the nodes of the case from 0 and is None for nodes of its own choice.
    `exact`: all weights came as rationals, so the moments must be equal, not nearly equal;
    if they are the midpoints of balls, equal up to `radius`, the sum of the radii.
    """

    nodes: tuple[Node, ...]
    weights: tuple[Fraction, ...]
    indices: tuple[int, ...] | None
    exact: bool
    radius: Fraction = Fraction(0)

    def __len__(self) -> int:
        """The number of nodes with a weight."""
        return len(self.weights)


def read_result(raw: object, case: Case, form: ResultForm, *, free_nodes: bool = False) -> Found:
    """The result in any of the forms; a Violation says what cannot be read."""
    found = _read(raw, case, form, free_nodes=free_nodes)
    return replace(found, radius=_radius(raw))


def _radius(raw: object) -> Fraction:
    """The sum of the radii of a compression with weights in balls, 0 for anything else."""
    from ucomp_verify.measures.compression import BallWeights, Compression

    if isinstance(raw, Compression) and isinstance(raw.weights, BallWeights):
        return sum(raw.weights.radii, Fraction(0))
    return Fraction(0)


def _read(raw: object, case: Case, form: ResultForm, *, free_nodes: bool) -> Found:
    places, values = _parts(raw, case, form)
    weights, exact = _weights(values)
    if places is None:
        kept = range(len(case.points))
        _same_length(len(weights), len(kept), "one weight for every node")
        return _on_nodes(case, list(kept), weights, exact=exact)
    if form is ResultForm.INDICES or (form is ResultForm.AUTO and _looks_like_indices(places)):
        indices = _indices(places, len(case.points))
        _same_length(len(weights), len(indices), "as many weights as indices")
        return _on_nodes(case, indices, weights, exact=exact)
    rows = _rows(places, case.dim)
    _same_length(len(weights), len(rows), "as many weights as points")
    if free_nodes:
        kept_rows = [(r, w) for r, w in zip(rows, weights, strict=True) if w]
        nodes, values = [r for r, _ in kept_rows], [w for _, w in kept_rows]
        return Found(tuple(nodes), tuple(values), None, exact)
    return _on_nodes(case, _data_rows(rows, case), weights, exact=exact)


def _parts(raw: Any, case: Case, form: ResultForm) -> tuple[Any, Any]:
    """The nodes, None for a dense result, and the weights."""
    named = _named(raw)
    if named is not None:
        return named
    parts = cast("Sequence[Any]", raw if isinstance(raw, tuple | list) else ())
    if isinstance(raw, tuple) and len(parts) > PARTS and any(hasattr(p, "__len__") for p in parts):
        text = f"found a tuple of {len(parts)} parts; expected (indices, weights) or another pair"
        raise Violation("result", text)
    if form is ResultForm.DENSE or len(parts) != 2:
        return None, cast("Any", raw)
    if form is ResultForm.AUTO and len(case.points) == 2 and not hasattr(parts[0], "__len__"):
        return None, cast("Any", raw)
    return parts[0], parts[1]


def _named(raw: Any) -> tuple[Any, Any] | None:
    """The parts of a mapping or an object with names for them."""
    from ucomp_verify.measures.compression import Compression

    if isinstance(raw, Compression):
        return raw.indices, raw.weights.values
    get: dict[str, Any]
    if isinstance(raw, Mapping):
        get = dict(cast("Mapping[str, Any]", raw))
    else:
        names = ("indices", "points", "nodes", "weights")
        get = {name: getattr(raw, name) for name in names if hasattr(raw, name)}
    if "weights" not in get:
        return None
    places = [get[name] for name in ("indices", "points", "nodes") if name in get]
    return (places[0] if places else None), get["weights"]


def _looks_like_indices(places: Any) -> bool:
    import numpy as np

    array = np.asarray(places)
    return array.ndim == 1 and (array.dtype.kind in "iu" or not array.size)


def _weights(values: Any) -> tuple[list[Fraction], bool]:
    """The weights as exactly the numbers they are, and whether all came as rationals."""
    import numpy as np

    listed: list[Any] = values.tolist() if isinstance(values, np.ndarray) else _listed(values)
    rational = [isinstance(w, Rational) or _is_flint(w) for w in listed]
    return [_fraction(w, i) for i, w in enumerate(listed)], bool(rational) and all(rational)


def _listed(values: Any) -> list[Any]:
    try:
        return list(values)
    except TypeError:
        expected = "(indices, weights), (points, weights) or one weight for every node"
        found = type(values).__name__
        raise Violation("result", f"found a result of type {found}; expected {expected}") from None


def _is_flint(value: Any) -> bool:
    return type(value).__module__.startswith("flint") and hasattr(value, "q")


def _fraction(value: Any, place: int) -> Fraction:
    """One weight: a rational, a float of any kind, an mpmath number."""
    if _is_flint(value):
        return Fraction(int(value.p), int(value.q))
    if hasattr(value, "_mpf_"):
        sign, mantissa, exponent, _ = cast("tuple[int, int, int, int]", value._mpf_)
        return (-1) ** int(sign) * Fraction(int(mantissa)) * Fraction(2) ** int(exponent)
    try:
        return Fraction(value.item() if hasattr(value, "item") else value)
    except (TypeError, ValueError, OverflowError):
        told = " ".join(str(value).split())[:60]
        text = f"weight {place} of the result is {told}; expected a finite number"
        raise Violation("weights", text) from None


def _same_length(found: int, expected: int, what: str) -> None:
    if found != expected:
        text = f"found {found} weights and {expected} nodes in the result; expected {what}"
        raise Violation("result", text)


def _indices(places: Any, count: int) -> list[int]:
    listed = _listed(places.tolist() if hasattr(places, "tolist") else places)
    for place, index in enumerate(listed):
        if isinstance(index, bool) or index != int(index):
            text = f"index {place} of the result is {index!r}; expected integers"
            raise Violation("result", text)
        if not 0 <= index < count:
            text = f"index {place} of the result is {index}; expected 0 to {count - 1}"
            raise Violation("support", text)
    return [int(i) for i in listed]


def _rows(places: Any, dim: int) -> list[Node]:
    import numpy as np

    array = np.asarray(places)
    if array.ndim == 1 and dim == 1:
        array = array.reshape(-1, 1)
    if array.ndim != 2 or array.shape[1] != dim:
        text = (
            f"found {array.dtype} points of shape {array.shape} in the result; expected (n, {dim})"
            ", or indices, which are integers in one axis"
        )
        raise Violation("result", text)
    try:
        return [tuple(Fraction(x) for x in row) for row in array.tolist()]
    except (ValueError, OverflowError):
        raise Violation("support", "found a coordinate that is not finite in the result") from None


def _data_rows(rows: list[Node], case: Case) -> list[int]:
    """The node that each row is; of equal nodes the n-th stands for the n-th."""
    places: dict[Node, list[int]] = {}
    for i, row in enumerate(case.points.tolist()):
        places.setdefault(tuple(Fraction(x) for x in row), []).append(i)
    out: list[int] = []
    for place, row in enumerate(rows):
        free = places.get(row)
        if free is None:
            shown = [float(x) for x in row]
            text = f"point {place} of the result, {shown}, is no node; expected nodes as given"
            raise Violation("support", f"{text} (or declare free_nodes=True)")
        out.append(free.pop(0) if len(free) > 1 else free[0])
    return out


def _on_nodes(case: Case, indices: list[int], weights: list[Fraction], *, exact: bool) -> Found:
    kept = [(i, w) for i, w in zip(indices, weights, strict=True) if w]
    rows: list[list[float]] = case.points[[i for i, _ in kept]].tolist() if kept else []
    nodes = tuple(tuple(Fraction(x) for x in row) for row in rows)
    return Found(nodes, tuple(w for _, w in kept), tuple(i for i, _ in kept), exact)
