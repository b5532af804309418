"""Exact numbers as they stand in a certificate, and multi-indices."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import MAX_EMAX, MIN_EMIN, Decimal, localcontext
from fractions import Fraction
from itertools import chain, islice
from typing import Annotated, TypeAlias

from .refusals import MAX_BITS, MAX_DIM, cost, expect, limit_work, max_bits

Natural: TypeAlias = Annotated[int, "natural"]
"""A count, degree or index: a JSON integer from 0 to `MAX_NATURAL`."""

MultiIndex: TypeAlias = tuple[Natural, ...]


@dataclass(frozen=True)
class Vector:
    """The rationals numerators[i] / denominator."""

    denominator: int
    numerators: tuple[int, ...]

    def __post_init__(self) -> None:
        good = self.denominator == 1 or (self.denominator > 0 and any(self.numerators))
        expect(good, "a denominator > 0, and 1 if all entries are 0", self.denominator)

    def fractions(self) -> tuple[Fraction, ...]:
        """The entries as fractions."""
        limit_work(len(self.numerators) * cost(max_bits((self.denominator, *self.numerators))))
        return tuple(Fraction(n, self.denominator) for n in self.numerators)


@dataclass(frozen=True)
class Points:
    """The rational points numerators[i] / denominator, one row a point."""

    denominator: int
    numerators: tuple[tuple[int, ...], ...]

    def __post_init__(self) -> None:
        good = len({len(x) for x in self.numerators}) == 1 and 1 <= self.dim <= MAX_DIM
        expect(good, f"points, all of one dimension, 1 to {MAX_DIM}", self.numerators)
        Vector(self.denominator, tuple(chain(*self.numerators)))  # its rules hold here too

    @property
    def dim(self) -> int:
        """Dimension of the space that holds the points."""
        return len(self.numerators[0])

    def fractions(self) -> tuple[tuple[Fraction, ...], ...]:
        """The points as rows of fractions."""
        entries = iter(Vector(self.denominator, tuple(chain(*self.numerators))).fractions())
        return tuple(tuple(islice(entries, self.dim)) for _ in self.numerators)


def integer(text: object) -> int:
    """Read a hexadecimal integer in its shortest form.

    >>> integer("-1f")
    -31
    """
    shortest = isinstance(text, str) and re.fullmatch("0|-?[1-9a-f][0-9a-f]*", text)
    expect(bool(shortest), 'a hexadecimal integer in its shortest form such as "-1f"', text)
    expect(len(str(text)) <= MAX_BITS // 4, f"at most {MAX_BITS} bits", text)
    return int(str(text), 16)


def show(value: Fraction) -> str:
    """A rational for people: exact when short, else two digits and a power of ten.

    >>> show(Fraction(-3, 4)), show(Fraction(1, 3**200))
    ('-3/4', '3.8e-96')
    """
    if value.numerator.bit_length() + value.denominator.bit_length() <= 64:
        return str(value)
    up, down = (max(n.bit_length() - 128, 0) for n in (value.numerator, value.denominator))
    with localcontext(Emax=MAX_EMAX, Emin=MIN_EMIN):
        leading = Decimal(value.numerator >> up) / Decimal(value.denominator >> down)
        return f"{leading * Decimal(2) ** (up - down):.1e}"


def dot(left: Iterable[Fraction], right: Iterable[Fraction]) -> Fraction:
    """The sum of the products of two sequences of one length."""
    return sum((x * y for x, y in zip(left, right, strict=True)), start=Fraction(0))
