"""Anybody's points and weights as a measure, without losing a bit."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from math import isfinite
from numbers import Integral, Rational
from typing import TYPE_CHECKING, Any, cast

from .atomic import AtomicMeasure
from .float_measure import FloatMeasure, InvalidMeasure, Measure, require_numbers

if TYPE_CHECKING:
    import numpy.typing as npt

    Anything = npt.NDArray[Any]

MAX_EXPONENT = 1 << 20  # bits of a number: 10^(10^9) would fill the memory as an integer

_NUMBERS = "int, float, Fraction, Decimal or mpmath.mpf"


def as_measure(points: Any, weights: Any = None) -> Measure:
    """The measure with exactly these nodes and weights, all 1 if None.

    `points` have shape (d, m), or (d,) for points on the line, `weights` (d,): arrays of
    floats or integers of any width, of objects (int, float, Fraction, Decimal, mpmath.mpf),
    nested lists of these, data frames, or a measure. A FloatMeasure if float64 holds all
    numbers, on the same memory if they are float64 already; else an AtomicMeasure. Nothing
    is rounded or changed. Raises InvalidMeasure for all else: it says where and what to do.

    >>> from fractions import Fraction
    >>> as_measure([0, Fraction(1, 3)]).nodes
    ((Fraction(0, 1),), (Fraction(1, 3),))
    """
    if isinstance(points, AtomicMeasure | FloatMeasure):
        if weights is None:
            return points
        points = points.nodes
    nodes = _nodes(_array(points, "points"))
    masses = None if weights is None else _masses(_array(weights, "weights"), len(nodes))
    nodes = _numbers(nodes, "points", signed=True)
    masses = None if masses is None else _numbers(masses, "weights", signed=False)
    if nodes.dtype != object and (masses is None or masses.dtype != object):
        return FloatMeasure(nodes, masses)
    for numbers in (nodes, masses):
        if numbers is not None and numbers.dtype != object:
            require_numbers(numbers, "nodes" if numbers is nodes else "weights")
    return _atomic(nodes, masses)


def exact_numbers(values: Any, name: str) -> "Anything":
    """The numbers, of any sign, as an array of one axis: float64 if it holds them, else objects.

    Raises InvalidMeasure for what is no finite number.
    """
    import numpy as np

    array = _array(values, name)
    if array.ndim != 1:
        raise _refused(name, f"an array of shape {array.shape}", "one axis", "reshape it")
    numbers = _numbers(array, name, signed=True)
    if numbers.dtype == np.float64:
        for place in np.flatnonzero(~np.isfinite(numbers))[:1].tolist():
            found = f"{numbers[place]} in place {place}"
            raise _refused(name, found, "finite numbers", "correct them")
    return numbers


def _atomic(nodes: "Anything", masses: "Anything | None") -> AtomicMeasure:
    rows = [[Fraction(x) for x in row] for row in nodes.tolist()]
    if masses is None:
        return AtomicMeasure.unit(rows)
    return AtomicMeasure(rows, [Fraction(w) for w in masses.tolist()])


def _array(data: Any, name: str) -> "Anything":
    """The data as an array of numbers or of objects, nothing converted that could change."""
    import numpy as np

    if isinstance(data, np.ma.MaskedArray):
        raise _refused(name, "a masked array", "plain numbers", "fill it or leave masked rows out")
    if data is None or isinstance(data, str | bytes | dict | set | frozenset | Iterator):
        raise _refused(name, f"{data!r:.60}", "an array or nested lists", "give the numbers")
    kinds: Any = getattr(data, "dtypes", None)
    if kinds is not None and hasattr(data, "to_numpy"):
        # The common type of integers and floats would round large integers.
        mixed = len({str(kind) for kind in getattr(kinds, "tolist", lambda: [kinds])()}) > 1
        return np.asarray(data.to_numpy(dtype=object) if mixed else data.to_numpy())
    if hasattr(data, "__array__"):
        return np.asarray(data)
    try:
        return np.array(data, dtype=object)
    except ValueError:
        cure = "complete them or leave them out"
        raise _refused(name, "rows of different lengths", "rows of one length", cure) from None


def _refused(name: str, found: str, expected: str, cure: str) -> InvalidMeasure:
    return InvalidMeasure(f"found {found} in {name}; expected {expected}: {cure}")


def _nodes(array: "Anything") -> "Anything":
    if array.ndim == 1:
        _require_even(array, "points")
        array = array.reshape(-1, 1)
    if array.ndim != 2:
        found = f"an array of shape {array.shape}"
        raise _refused("points", found, "shape (d, m), one row a node", "reshape it")
    if not array.size:
        found = f"no numbers (shape {array.shape})"
        raise _refused("points", found, "at least one node of dimension >= 1", "give some")
    return array


def _masses(array: "Anything", count: int) -> "Anything":
    if array.ndim == 1:
        _require_even(array, "weights")
    if array.ndim != 1:
        found, cure = f"an array of shape {array.shape}", "give one number a node"
        raise _refused("weights", found, f"shape ({count},)", cure)
    if len(array) != count:
        raise InvalidMeasure(
            f"found {len(array)} weights for {count} nodes; expected one a node: "
            "give None if all are 1"
        )
    return array


def _require_even(array: "Anything", name: str) -> None:
    """Refuse rows of different lengths, which NumPy leaves as they are."""
    if array.dtype != object:
        return
    sizes = [len(x) if hasattr(x, "__len__") and not isinstance(x, str) else None for x in array]
    odd = next((i for i, size in enumerate(sizes) if size != sizes[0]), None)
    if odd is not None and len(set(sizes)) > 1:
        found = f"{_length(sizes[odd])} in row {odd} and {_length(sizes[0])} in row 0"
        raise _refused(name, found, "rows of one length", "complete them or leave them out")


def _length(size: int | None) -> str:
    return "a single number" if size is None else f"{size} numbers"


def _numbers(array: "Anything", name: str, *, signed: bool) -> "Anything":
    """The same numbers in native float64 if it holds them all, else as exact objects."""
    import numpy as np

    kind = array.dtype.kind
    if kind == "O":
        return _from_objects(array, name, signed=signed)
    if kind not in "fiu":
        kinds = {"b": "booleans", "c": "complex numbers", "U": "text", "S": "text"}
        found = f"{kinds.get(kind, 'values')} of type {array.dtype}"
        raise _refused(name, found, f"real numbers ({_NUMBERS})", _cure(kind))
    if array.dtype == np.float64:
        return array
    with np.errstate(over="ignore"):
        floats = array.astype(np.float64)
    if kind == "f" and (array.dtype.itemsize <= 8 or ((floats == array) | (array != array)).all()):
        return floats
    if kind in "iu" and (array.dtype.itemsize <= 4 or not (np.abs(floats) >= 2.0**53).any()):
        return floats
    return _from_objects(array.astype(object), name, signed=signed)


def _cure(kind: str) -> str:
    return "convert them with .astype(float)" if kind == "b" else "give columns of numbers alone"


def _from_objects(array: "Anything", name: str, *, signed: bool) -> "Anything":
    import numpy as np

    values = list[Fraction | float]()
    for value, place in zip(array.flat, np.ndindex(array.shape), strict=True):
        values.append(_exact(value, name, place))
        if not signed and values[-1] < 0:
            raise _refused(_where(name, place), f"the weight {value}", "weights >= 0", "correct it")
    out = np.empty(len(values), object)
    out[:] = values
    if all(type(x) is float or _is_float(x) for x in values):
        out = out.astype(np.float64)
    return out.reshape(array.shape)


def _is_float(value: Fraction | float) -> bool:
    try:
        return float(value) == value
    except OverflowError:
        return False


def _exact(value: Any, name: str, place: tuple[int, ...]) -> Fraction | float:
    """The number itself, a float where it is one."""
    where = _where(name, place)
    if type(value) is float:
        number: Fraction | float | None = value
    else:
        number = _fraction(value, where)
    if number is None:
        kind = type(value).__name__
        raise _refused(where, f"{value!r:.60} of type {kind}", _NUMBERS, "convert it")
    if isinstance(number, float) and number - number != 0:
        raise _refused(where, str(number), "finite numbers", "leave the row out or fill it in")
    return number


def _where(name: str, place: tuple[int, ...]) -> str:
    return f"{name}, row {place[0]}" + (f", column {place[1]}" if len(place) > 1 else "")


def _fraction(value: Any, where: str) -> Fraction | float | None:
    import numpy as np

    if isinstance(value, bool | np.bool_):
        return None
    if isinstance(value, Integral):
        return Fraction(int(value))
    if isinstance(value, Rational):
        return Fraction(int(value.numerator), int(value.denominator))
    if isinstance(value, float | np.floating):
        number = cast("float", value)
        return Fraction(*number.as_integer_ratio()) if isfinite(number) else float(number)
    if isinstance(value, Decimal):
        return _from_decimal(value, where)
    if hasattr(value, "_mpf_"):
        return _from_mpf(value._mpf_, where)
    return None


def _from_decimal(value: Decimal, where: str) -> Fraction | float:
    if not value.is_finite():
        return float("nan") if value.is_nan() else float(value)
    _require_size(4 * abs(value.adjusted()), value, where)
    return Fraction(value)


def _from_mpf(parts: tuple[int, int, int, int], where: str) -> Fraction | float:
    """sign, mantissa, exponent and bits of an mpmath number; no mantissa: 0 or not finite."""
    sign, mantissa, exponent, bits = parts
    if not mantissa:
        return Fraction(0) if not exponent else float("nan")
    _require_size(abs(exponent) + bits, f"an mpf of exponent {exponent}", where)
    power = Fraction(1 << exponent) if exponent >= 0 else Fraction(1, 1 << -exponent)
    return power * (-int(mantissa) if sign else int(mantissa))


def _require_size(bits: int, value: object, where: str) -> None:
    if bits > MAX_EXPONENT:
        found = f"{value!s:.60}, a number of about {bits} bits"
        raise _refused(where, found, f"at most {MAX_EXPONENT} bits", "scale the data")
