"""Certificates to JSON files. A prover's tool: the kernel reads and trusts nothing here."""

import json
import types
from collections.abc import Iterable, Sequence
from dataclasses import fields, is_dataclass
from fractions import Fraction
from math import lcm
from pathlib import Path
from typing import Any, Union, cast, get_args, get_origin, get_type_hints

from ucomp_verify.kernel.certificates import Certificate
from ucomp_verify.kernel.rationals import Points, Vector
from ucomp_verify.kernel.reader import FORMAT, KINDS


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
    kind = next(name for name, cls in KINDS.items() if type(certificate) is cls)
    body = cast("dict[str, object]", _encode(certificate, type(certificate)))
    return {"format": FORMAT, "kind": kind, **body}


def save(certificate: Certificate, path: Path) -> None:
    """Write the certificate to a file, one field a line; the folder is made if absent."""
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = [f" {json.dumps(k)}: {json.dumps(v)}" for k, v in to_json(certificate).items()]
    path.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")
