"""Certificates to JSON files. A prover's tool: the kernel reads and trusts nothing here."""

import json
import os
import types
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import fields, is_dataclass
from fractions import Fraction
from math import lcm
from pathlib import Path
from typing import Any, TextIO, Union, cast, get_args, get_origin, get_type_hints

from ucomp_verify.kernel.certificates import Certificate
from ucomp_verify.kernel.rationals import Points, Vector
from ucomp_verify.kernel.reader import FORMAT, KINDS

PIECE = 512  # entries of a list that are turned into text at a time


def vector(values: Iterable[Fraction | int]) -> Vector:
    """The rationals on their least common denominator.

    >>> vector([Fraction(1, 2), Fraction(1, 3)])
    Vector(denominator=6, numerators=(3, 2))
    """
    exact = [Fraction(v) for v in values]
    common = lcm(*(v.denominator for v in exact))
    return Vector(common, tuple(v.numerator * (common // v.denominator) for v in exact))


def points(rows: Iterable[Sequence[Fraction | int]]) -> Points:
    """The points, one a row, on their least common denominator.

    >>> points([(0, 1), (Fraction(1, 2), 0)])
    Points(denominator=2, numerators=((0, 2), (1, 0)))
    """
    table = [tuple(row) for row in rows]
    flat = vector(v for row in table for v in row)
    numerators = iter(flat.numerators)
    return Points(flat.denominator, tuple(tuple(next(numerators) for _ in row) for row in table))


def _encode(value: Any, kind: Any) -> object:
    if get_origin(kind) in (Union, types.UnionType):
        return None if value is None else _encode(value, get_args(kind)[0])
    if get_origin(kind) is tuple:
        parts = get_args(kind)
        kinds = [parts[0]] * len(value) if parts[-1] is ... else parts
        return [_encode(v, k) for v, k in zip(value, kinds, strict=True)]
    if isinstance(value, Fraction):
        return [format(value.numerator, "x"), format(value.denominator, "x")]
    if is_dataclass(value):
        hints = get_type_hints(type(value), include_extras=True)
        return {f.name: _encode(getattr(value, f.name), hints[f.name]) for f in fields(value)}
    return format(value, "x") if kind is int else value


def to_json(certificate: Certificate) -> dict[str, object]:
    """The JSON object of a certificate, as FORMAT.md describes it."""
    body = cast("dict[str, object]", _encode(certificate, type(certificate)))
    return {"format": FORMAT, "kind": _kind(certificate), **body}


def _kind(certificate: Certificate) -> str:
    return next(name for name, cls in KINDS.items() if type(certificate) is cls)


def save(certificate: Certificate, path: Path) -> None:
    """Write the certificate to a file, one field a line; the folder is made if absent.

    The file appears whole or not at all, in place of one that was there. The text is
    written piece by piece, and never held as a whole.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with _opened(path) as file:
        for piece in _text(certificate):
            file.write(piece)


@contextmanager
def _opened(path: Path) -> Generator[TextIO]:
    """A file to write to, which takes the place of `path` once all went well."""
    target = path.resolve()
    if target.exists() and not target.is_file():  # a device or a pipe: nothing to replace
        with target.open("w", encoding="utf-8") as file:
            yield file
        return
    temporary = target.with_name(f".{target.name[:100]}.{os.getpid()}.part")
    try:
        with temporary.open("w", encoding="utf-8") as file:
            yield file
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)


def _text(certificate: Certificate) -> Iterator[str]:
    """The file, in pieces."""
    yield f'{{\n "format": {json.dumps(FORMAT)},\n "kind": {json.dumps(_kind(certificate))}'
    hints = get_type_hints(type(certificate), include_extras=True)
    for field in fields(certificate):
        yield f",\n {json.dumps(field.name)}: "
        yield from _pieces(getattr(certificate, field.name), hints[field.name])
    yield "\n}\n"


def _pieces(value: Any, kind: Any) -> Iterator[str]:
    """The text of `json.dumps(_encode(value, kind))`; records and long lists in parts."""
    if value is None:
        yield "null"
    elif get_origin(kind) in (Union, types.UnionType):
        yield from _pieces(value, get_args(kind)[0])
    elif is_dataclass(value):
        hints = get_type_hints(type(value), include_extras=True)
        for i, field in enumerate(fields(value)):
            yield f"{', ' if i else '{'}{json.dumps(field.name)}: "
            yield from _pieces(getattr(value, field.name), hints[field.name])
        yield "}"
    elif get_origin(kind) is tuple and get_args(kind)[-1] is ... and len(value) > PIECE:
        for start in range(0, len(value), PIECE):
            yield ", " if start else "["
            yield json.dumps(_encode(value[start : start + PIECE], kind))[1:-1]
        yield "]"
    else:
        yield json.dumps(_encode(value, kind))
