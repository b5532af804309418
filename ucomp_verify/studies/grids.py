"""What the cells of a grid must be, so that each has one text, one seed and one row."""

import math
from collections.abc import Iterable
from itertools import pairwise
from typing import Any

from .config import Config, Scalar

TAKEN = ("self", "cls", "purpose")  # names of arguments where settings are given by name
MOST_BITS = 14_000  # Python writes integers of 4300 decimal digits at most


class BadGrid(ValueError):
    """A grid has something that is no cell; the text says what and what to do."""


def require_cells(configs: Iterable[Config]) -> None:
    """Return if every configuration can be run and kept; else BadGrid.

    >>> require_cells([Config.of(d=1), Config.of(d=True)])
    Traceback (most recent call last):
    ...
    ucomp_verify.studies.grids.BadGrid: found d=1 and d=True, which Python takes for equal; \
expected one of them
    """
    seen: dict[Config, Config] = {}
    for config in configs:
        _require_config(config)
        if kinds(config) != kinds(first := seen.setdefault(config, config)):
            raise BadGrid(
                f"found {_told(first)} and {_told(config)}, which Python takes for equal; "
                "expected one of them"
            )


def kinds(config: Config) -> tuple[bool | str, ...]:
    """What tells settings apart that are equal in Python, such as 1, 1.0 and True."""
    return tuple(_kind(value) for _, value in config.settings)


def _kind(value: Scalar) -> str:
    return "-0.0" if value == 0 and str(value) == "-0.0" else type(value).__name__


def _told(config: Config) -> str:
    return ", ".join(f"{name}={value!r}" for name, value in config.settings)


def _require_config(config: Any) -> None:
    if not isinstance(config, Config):
        raise BadGrid(f"found a {type(config).__name__} in the grid; expected Config.of(...)")
    names = [name for name, _ in config.settings]
    if any(a >= b for a, b in pairwise(names)):
        raise BadGrid(f"found the settings {', '.join(names)}; expected the order of Config.of")
    for name, value in config.settings:
        if name in TAKEN:
            raise BadGrid(f"found a setting called {name!r}; expected another name for it")
        if fault := _fault(value):
            raise BadGrid(f"{name}: found {fault}")


def _fault(value: object) -> str:
    if isinstance(value, float):
        return "" if math.isfinite(value) else f"{value}; expected a finite number"
    if isinstance(value, int) and value.bit_length() > MOST_BITS:
        return f"an integer of {value.bit_length()} bits; expected {MOST_BITS} at most"
    if isinstance(value, str | int):
        return ""
    kind = type(value)
    return f"a {kind.__module__}.{kind.__qualname__}; expected a text, int, float or bool"
