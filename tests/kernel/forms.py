"""Certificates as JSON values, written by hand: independent of `ucomp_verify.writing`."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

Json = dict[str, Any]
Number = int | Fraction

FORMAT = "ucomp-certificate 1"


def integer(value: int) -> str:
    return format(value, "x")


def rational(value: Number) -> list[str]:
    exact = Fraction(value)
    return [integer(exact.numerator), integer(exact.denominator)]


def vector(numerators: Sequence[int], denominator: int = 1) -> Json:
    return {"denominator": integer(denominator), "numerators": [integer(n) for n in numerators]}


def points(rows: Sequence[Sequence[int]], denominator: int = 1) -> Json:
    numerators = [[integer(n) for n in row] for row in rows]
    return {"denominator": integer(denominator), "numerators": numerators}


def source(nodes: Json, weights: Json | None = None) -> Json:
    return {"nodes": nodes, "weights": weights, "sha256": []}


def named_source(*digests: str) -> Json:
    return {"nodes": None, "weights": None, "sha256": list(digests)}


def term(coefficient: Number, *exponents: Sequence[int]) -> list[Any]:
    """A coefficient and a product of power sums (or parts)."""
    return [rational(coefficient), [list(alpha) for alpha in exponents]]


def own_term(coefficient: Number, own: Sequence[int], *factors: Sequence[int]) -> list[Any]:
    return [rational(coefficient), list(own), [list(alpha) for alpha in factors]]


def polynomial(terms: Mapping[tuple[int, ...], Number]) -> list[Any]:
    return [[rational(c), list(alpha)] for alpha, c in terms.items()]


def relation(terms: Mapping[tuple[int, ...], Number], sign: str) -> Json:
    return {"polynomial": polynomial(terms), "sign": sign}


def certificate(kind: str, **fields: Any) -> Json:
    return {"format": FORMAT, "kind": kind, **fields}
