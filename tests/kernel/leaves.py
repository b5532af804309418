"""Every leaf of a certificate in JSON, and what it can be changed to."""

import copy
from collections.abc import Iterator
from typing import Any, cast

Way = tuple[str | int, ...]

_SIGNS = ("=", ">=", ">")


def leaves(value: Any, way: Way = ()) -> Iterator[tuple[Way, Any]]:
    """The numbers, strings and nulls in a JSON value, each with the way to it."""
    if isinstance(value, dict):
        for name, child in cast("dict[str, Any]", value).items():
            yield from leaves(child, (*way, name))
    elif isinstance(value, list):
        for i, child in enumerate(cast("list[Any]", value)):
            yield from leaves(child, (*way, i))
    else:
        yield way, value


def changes(way: Way, leaf: Any) -> list[Any]:
    """What the leaf is changed to: the next number, another sign, another name."""
    if leaf is None:
        return [{}, 1, {"denominator": "1", "numerators": ["2"]}]
    if isinstance(leaf, int):
        return [leaf + 1]
    if way[-1] == "sign":
        return [sign for sign in _SIGNS if sign != leaf]
    if way[0] in ("format", "kind") or "variables" in way or "sha256" in way:
        return [leaf + "0"]
    return [format(int(leaf, 16) + 1, "x")]


def place_of(body: Any, way: Way) -> Any:
    """The list or object that holds the leaf at the end of the way."""
    for key in way[:-1]:
        body = body[key]
    return body


def changed(body: Any, way: Way, leaf: Any) -> Any:
    """A copy of the JSON value with another leaf at the end of the way."""
    out = copy.deepcopy(body)
    place_of(out, way)[way[-1]] = leaf
    return out
