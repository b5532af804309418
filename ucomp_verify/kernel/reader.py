"""Strict JSON to certificates, driven by the annotated fields of their classes."""

import json
import re
from collections.abc import Callable
from dataclasses import fields
from fractions import Fraction
from functools import cache
from pathlib import Path
from types import UnionType
from typing import Any, Union, cast, get_args, get_origin, get_type_hints

from .certificates import Certificate
from .rationals import MAX_BYTES, MAX_NATURAL, MalformedCertificate, Natural, integer

FORMAT = "ucomp-certificate 1"

KINDS: dict[str, type[Certificate]] = {
    re.sub("(?<!^)(?=[A-Z])", "_", cls.__name__).lower(): cls for cls in get_args(Certificate)
}

Decoder = Callable[[object], Any]
_UNIONS = (Union, UnionType)


def _expect(condition: bool, expected: str, value: object) -> None:  # noqa: FBT001
    if not condition:
        raise MalformedCertificate(f"expected {expected}, got {str(value)[:60]!r}")


def _no_decimal(text: str) -> object:
    raise MalformedCertificate(f"expected exact hexadecimal integers, got {text[:60]!r}")


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    body = dict(pairs)
    _expect(len(body) == len(pairs), "every field once", [name for name, _ in pairs])
    return body


def parse(text: bytes) -> dict[str, object]:
    """The JSON object in `text`: no decimals, no field twice, nesting bounded by the parser."""
    try:
        body = json.loads(
            text.decode("utf-8"),
            object_pairs_hook=_object,
            parse_float=_no_decimal,
            parse_constant=_no_decimal,
        )
    except (RecursionError, ValueError) as error:
        raise MalformedCertificate(f"not a certificate in JSON: {str(error)[:200]}") from None
    _expect(isinstance(body, dict), "one JSON object", body)
    return body


def _list(value: object) -> list[object]:
    _expect(isinstance(value, list), "a list", value)
    return cast("list[object]", value)


def _natural(value: object) -> object:
    in_range = type(value) is int and 0 <= value <= MAX_NATURAL
    _expect(in_range, f"an integer from 0 to {MAX_NATURAL}", value)
    return value


def _text(value: object) -> object:
    _expect(isinstance(value, str) and len(value) <= 200, "a short string", value)
    return value


def _fraction(value: object) -> Fraction:
    pair = [integer(v) for v in _list(value)]
    _expect(len(pair) == 2 and pair[1] > 0, 'a rational such as ["-3", "4"]', value)
    return Fraction(*pair)


def _tuple(parts: tuple[Any, ...]) -> Decoder:
    items = [decoder(part) for part in parts if part is not ...]
    if parts[-1] is ...:
        return lambda value: tuple([items[0](v) for v in _list(value)])

    def fixed(value: object) -> tuple[Any, ...]:
        values = _list(value)
        _expect(len(values) == len(items), f"a list of {len(items)}", value)
        return tuple(item(v) for item, v in zip(items, values, strict=True))

    return fixed


def _record(cls: type) -> Decoder:
    hints = get_type_hints(cls)
    items = {field.name: decoder(hints[field.name]) for field in fields(cls)}

    def record(value: object) -> Any:
        body = cast("dict[str, object]", value if isinstance(value, dict) else {})
        wanted = f"an object with exactly the fields {', '.join(items)}"
        _expect(body.keys() == items.keys(), wanted, list(body) or value)
        return cls(**{name: item(body[name]) for name, item in items.items()})

    return record


def _optional(kind: Any) -> Decoder:
    item = decoder(kind)
    return lambda value: None if value is None else item(value)


@cache
def decoder(kind: Any) -> Decoder:
    """The function that reads a value of the annotated type `kind`."""
    plain: dict[Any, Decoder] = {int: integer, Natural: _natural, Fraction: _fraction, str: _text}
    if kind in plain:
        return plain[kind]
    if get_origin(kind) is tuple:
        return _tuple(get_args(kind))
    return _optional(get_args(kind)[0]) if get_origin(kind) in _UNIONS else _record(kind)


def decode(body: dict[str, object]) -> Certificate:
    """The certificate in a parsed JSON object."""
    _expect(body.get("format") == FORMAT, f'"format": "{FORMAT}"', body.get("format"))
    kind = body.get("kind")
    _expect(isinstance(kind, str) and kind in KINDS, f'a "kind" among {", ".join(KINDS)}', kind)
    rest = {name: v for name, v in body.items() if name not in ("format", "kind")}
    return decoder(KINDS[str(kind)])(rest)


def load(path: Path) -> Certificate:
    """The certificate in a file; `MalformedCertificate` on anything unexpected."""
    if path.stat().st_size > MAX_BYTES:
        raise MalformedCertificate(f"more than {MAX_BYTES} bytes")
    return decode(parse(path.read_bytes()))
