"""What a cell returned, as plain JSON scalars; what is not is refused with a clear text."""

import math
from collections.abc import Mapping
from typing import Any, cast

from ucomp_verify.studies.config import Result, Value
from ucomp_verify.studies.grids import MOST_BITS


class BadResult(ValueError):
    """A cell returned something that no row can hold."""


def checked(result: Any) -> Result:
    """The result with values of the exact types str, int, float, bool and None.

    >>> checked(Result({"error": float("nan")}))
    Traceback (most recent call last):
    ...
    ucomp_verify.studies.engine.checking.BadResult: error: found nan among what was found; \
expected a finite number
    """
    if not isinstance(result, Result):
        raise BadResult(f"found a {type(result).__name__}; expected the cell to return a Result")
    found = _plain(result.found, "among what was found")
    return Result(found, _plain(result.measured, "among what was measured"))


def _plain(values: Any, where: str) -> dict[str, Value]:
    if not isinstance(values, Mapping):
        raise BadResult(f"found a {type(values).__name__} {where}; expected a mapping")
    return {_name(n, where): _scalar(n, v, where) for n, v in cast("Any", values).items()}


def _name(name: Any, where: str) -> str:
    if not isinstance(name, str):
        raise BadResult(f"found the name {name!r} {where}; expected a text")
    return str(name)


def _scalar(name: str, value: Any, where: str) -> Value:
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, float):
        if not math.isfinite(value):
            raise BadResult(f"{name}: found {float(value)} {where}; expected a finite number")
        return float(value)
    if isinstance(value, int):
        return _whole(name, int(value), where)
    if isinstance(value, str):
        return str(value)
    raise BadResult(
        f"{name}: found a {type(value).__module__}.{type(value).__qualname__} {where}; "
        "expected a text, int, float, bool or None"
    )


def _whole(name: str, value: int, where: str) -> int:
    """The integer; one that Python would not write as text could be kept in no row."""
    if value.bit_length() > MOST_BITS:
        raise BadResult(
            f"{name}: found an integer of {value.bit_length()} bits {where}; expected "
            f"{MOST_BITS} at most: give it as a hexadecimal text"
        )
    return value
