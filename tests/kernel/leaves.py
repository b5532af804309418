"""Every leaf of a certificate in JSON, and what it can be changed to."""

import copy
from collections.abc import Iterator
from typing import Any

Way = tuple[str | int, ...]

_SIGNS = ("=", ">=", ">")


def leaves(value: Any, path: Way = ()) -> Iterator[tuple[Way, Any]]:
    """The numbers, strings and nulls in a JSON value, each with the way to it."""
    children: Any = ()
    if isinstance(value, dict):
        children = value.items()  # pyright: ignore[reportUnknownVariableType, reportUnknownMemberType] -- JSON
    elif isinstance(value, list):
        children = enumerate(value)  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType] -- JSON
    else:
        yield path, value
    for key, child in children:
        yield from leaves(child, (*path, key))


def changes(path: Way, leaf: Any) -> list[Any]:
    """What the leaf is changed to: the next number, another sign, another name."""
    if leaf is None:
        return [{}, 1]
    if isinstance(leaf, int):
        return [leaf + 1]
    if path[-1] == "sign":
        return [sign for sign in _SIGNS if sign != leaf]
    if path[0] in ("format", "kind") or "variables" in path or "sha256" in path:
        return [leaf + "0"]
    return [format(int(leaf, 16) + 1, "x")]


def changed(body: Any, path: Way, leaf: Any) -> Any:
    """The JSON value with another leaf at the end of the path."""
    out = copy.deepcopy(body)
    place = out
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = leaf
    return out
