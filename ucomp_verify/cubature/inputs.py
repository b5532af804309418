"""Numbers of any library as the exact rationals that they are."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from typing import Any

FLOAT_BITS = 53
SHORT_BITS = 24  # of float32
EXACT_BITS = 1 << 60  # more bits than any rounded number has


class InvalidCubature(ValueError):
    """These numbers are no rule of this kind, or this work is refused; the text says why."""


@dataclass(frozen=True)
class Precision:
    """To how many bits numbers are rounded: floats the shortest, mpf the longest mantissa.

    An mpf does not know its precision, but the longest of all mantissas tells it.
    """

    floats: int = EXACT_BITS
    mpf: int = 0

    def __or__(self, other: "Precision") -> "Precision":
        """That of both sets of numbers together."""
        return Precision(min(self.floats, other.floats), max(self.mpf, other.mpf))

    @property
    def bits(self) -> int:
        """The precision of the least precise kind."""
        return min(self.floats, self.mpf or EXACT_BITS)


def exact_rows(nodes: Any) -> tuple[list[list[Fraction]], Precision]:
    """The nodes, each a list, and their precision."""
    rows: list[list[Fraction]] = []
    precision = Precision()
    for row in listed(nodes, "nodes"):
        entries = listed(row, "nodes") if hasattr(row, "__iter__") else [row]
        numbers, this = exact_numbers(entries, "coordinate")
        rows.append(numbers)
        precision |= this
    if len({len(row) for row in rows}) > 1 or any(not row for row in rows):
        raise InvalidCubature("found rows of nodes of several lengths or none; expected dim each")
    return rows, precision


def listed(values: Any, what: str) -> list[Any]:
    """The entries of a sequence of any type."""
    if isinstance(values, str | bytes) or not hasattr(values, "__iter__"):
        raise InvalidCubature(f"found {what} of type {type(values).__name__}; expected a sequence")
    return list(values)


def exact_numbers(values: Sequence[Any], what: str) -> tuple[list[Fraction], Precision]:
    """Each value exactly, and their precision."""
    pairs = [_number(value, what) for value in values]
    return [v for v, _ in pairs], reduce(Precision.__or__, (p for _, p in pairs), Precision())


def _number(value: Any, what: str) -> tuple[Fraction, Precision]:
    if isinstance(value, int | Fraction):
        return Fraction(value), Precision()
    if hasattr(value, "_mpf_"):
        return _from_mpf(value, what)
    if isinstance(value, str | bytes):
        raise InvalidCubature(f"found the {what} {value!r}; expected a number, not text")
    try:
        exact = Fraction(value.item() if hasattr(value, "item") else value)
    except (TypeError, ValueError, OverflowError):
        raise InvalidCubature(f"found the {what} {value!r}; expected a finite number") from None
    short = getattr(getattr(value, "dtype", None), "itemsize", 8) == 4
    return exact, Precision(floats=SHORT_BITS if short else FLOAT_BITS)


def _from_mpf(value: Any, what: str) -> tuple[Fraction, Precision]:
    sign, mantissa, exponent, bits = value._mpf_
    if not mantissa and exponent:
        raise InvalidCubature(f"found the {what} {value}; expected a finite number")
    number = Fraction(int(mantissa)) * Fraction(2) ** int(exponent)
    return -number if sign else number, Precision(mpf=max(int(bits), FLOAT_BITS))
