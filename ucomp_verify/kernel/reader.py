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
from .rationals import Natural, integer
from .refusals import MAX_BYTES, MAX_NATURAL, MAX_OTHER_BYTES, MalformedCertificate, expect

FORMAT = "ucomp-certificate 1"

KINDS: dict[str, type[Certificate]] = {
    re.sub("(?<!^)(?=[A-Z])", "_", cls.__name__).lower(): cls for cls in get_args(Certificate)
}

Decoder = Callable[[object], Any]


def _no_decimal(text: str) -> object:
    expect(not text, "exact hexadecimal integers", text)


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    body = dict(pairs)
    return expect(len(body) == len(pairs), "every field once", body)


def parse(text: bytes) -> dict[str, object]:
    """The JSON object in `text`: no decimals, no field twice, nesting as deep as Python's stack."""
    try:
        body = json.loads(
            text.decode("utf-8"),
            object_pairs_hook=_object,
            parse_float=_no_decimal,
            parse_int=lambda n: -1 if n == "-0" else int(n[:20]),  # longer than any natural
            parse_constant=_no_decimal,
        )
    except (MemoryError, RecursionError, ValueError) as error:
        raise MalformedCertificate(f"not a certificate in JSON: {str(error)[:200]}") from None
    return expect(isinstance(body, dict), "one JSON object", body)


def _list(value: object) -> list[object]:
    return expect(isinstance(value, list), "a list", value)


def _natural(value: object) -> object:
    in_range = type(value) is int and 0 <= value <= MAX_NATURAL
    return expect(in_range, f"an integer from 0 to {MAX_NATURAL}", value)


def _text(value: object) -> object:
    return expect(isinstance(value, str) and len(value) <= 200, "a short string", value)


def _fraction(value: object) -> Fraction:
    pair = [integer(v) for v in _list(value)]
    expect(len(pair) == 2 and pair[1] > 0, 'a rational such as ["-3", "4"]', value)
    rational = Fraction(*pair)
    expect(rational.denominator == pair[1], "a rational in lowest terms", value)
    return rational


def _tuple(parts: tuple[Any, ...]) -> Decoder:
    def items(value: object) -> tuple[Any, ...]:
        values = _list(value)
        kinds = parts[:1] * len(values) if parts[-1] is ... else parts
        expect(len(values) == len(kinds), f"a list of {len(kinds)}", value)
        return tuple([decoder(kind)(v) for kind, v in zip(kinds, values, strict=True)])

    return items


def _record(cls: type) -> Decoder:
    hints = get_type_hints(cls, include_extras=True)
    items = {field.name: decoder(hints[field.name]) for field in fields(cls)}

    def record(value: object) -> Any:
        body = cast("dict[str, object]", value if isinstance(value, dict) else {})
        wanted = f"an object with exactly the fields {', '.join(items)}"
        expect(body.keys() == items.keys(), wanted, cast("object", value))
        return cls(**{name: item(body[name]) for name, item in items.items()})

    return record


@cache
def decoder(kind: Any) -> Decoder:
    """The function that reads a value of the annotated type `kind`."""
    plain: dict[Any, Decoder] = {int: integer, Natural: _natural, Fraction: _fraction, str: _text}
    if kind in plain:
        return plain[kind]
    if get_origin(kind) is tuple:
        return _tuple(get_args(kind))
    if get_origin(kind) not in (Union, UnionType):
        return _record(kind)
    item = decoder(get_args(kind)[0])
    return lambda value: None if value is None else item(value)


def decode(body: dict[str, object]) -> Certificate:
    """The certificate in a parsed JSON object."""
    expect(body.get("format") == FORMAT, f'"format": "{FORMAT}"', body.get("format"))
    kind = body.get("kind")
    expect(isinstance(kind, str) and kind in KINDS, f'a "kind" among {", ".join(KINDS)}', kind)
    rest = {name: v for name, v in body.items() if name not in ("format", "kind")}
    return decoder(KINDS[str(kind)])(rest)


def load(path: Path) -> Certificate:
    """The certificate in a file; `MalformedCertificate` on anything unexpected."""
    with path.open("rb") as file:
        text = file.read(MAX_BYTES + 1)
    expect(len(text) <= MAX_BYTES, f"at most {MAX_BYTES} bytes", text[:8])
    body = parse(text)
    small = len(text) <= MAX_OTHER_BYTES or body.get("kind") in ("cubature", "approximate_cubature")
    expect(small, f"at most {MAX_OTHER_BYTES} bytes in this kind", text[:8])
    return decode(body)
