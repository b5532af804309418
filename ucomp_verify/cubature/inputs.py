"""Numbers of any library as the exact rationals that they are."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import reduce
from numbers import Rational
from typing import Any, NoReturn

FLOAT_BITS = 53
SHORT_BITS = 24  # of float32
HALF_BITS = 11  # of float16
EXACT_BITS = 1 << 60  # more bits than any rounded number has
LARGEST_BITS = 1 << 15  # above or below; some 10,000 digits
_UNORDERED: tuple[type, ...] = (str, bytes, Mapping, Set)


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
    if isinstance(values, _UNORDERED) or not _is_sequence(values):
        raise InvalidCubature(f"found {what} of type {type(values).__name__}; expected a sequence")
    return list(values)


def _is_sequence(values: Any) -> bool:
    return hasattr(values, "__iter__") and getattr(values, "ndim", 1) > 0


def exact_numbers(values: Sequence[Any], what: str) -> tuple[list[Fraction], Precision]:
    """Each value exactly, and their precision."""
    pairs = [_number(value, what) for value in values]
    return [v for v, _ in pairs], reduce(Precision.__or__, (p for _, p in pairs), Precision())


def exact_number(value: Any, what: str) -> Fraction:
    """The value exactly."""
    return _number(value, what)[0]


def _number(value: Any, what: str) -> tuple[Fraction, Precision]:
    kind = getattr(value, "dtype", None)
    if isinstance(value, bool) or getattr(kind, "kind", "") == "b":
        raise InvalidCubature(f"found the {what} {value!r}; expected a number, not a truth value")
    if isinstance(value, str | bytes):
        raise InvalidCubature(f"found the {what} {str(value)[:40]!r}; expected a number, not text")
    if getattr(value, "ndim", 0):
        raise InvalidCubature(f"found a {what} that is an array; expected one dimension less")
    bits = {2: HALF_BITS, 4: SHORT_BITS}.get(getattr(kind, "itemsize", 8), FLOAT_BITS)
    value = value.item() if getattr(kind, "kind", "") in "iuO" and kind else value
    if isinstance(value, Rational):
        exact, precision = Fraction(int(value.numerator), int(value.denominator)), Precision()
    elif hasattr(value, "_mpf_"):
        exact, precision = _from_mpf(value, what)
    else:
        exact, precision = _from_float(value, what), Precision(floats=bits)
    size = max(exact.numerator.bit_length(), exact.denominator.bit_length())
    return (exact, precision) if size <= LARGEST_BITS else _too_long(what)


def _from_float(value: Any, what: str) -> Fraction:
    if isinstance(value, Decimal) and value and abs(value.adjusted()) > LARGEST_BITS:
        _too_long(what)
    try:
        above, below = value.as_integer_ratio()
    except (AttributeError, TypeError, ValueError, OverflowError):
        raise InvalidCubature(f"found the {what} {value!r}; expected a finite number") from None
    return Fraction(int(above), int(below))


def _from_mpf(value: Any, what: str) -> tuple[Fraction, Precision]:
    sign, mantissa, exponent, bits = value._mpf_
    if not mantissa and exponent:
        raise InvalidCubature(f"found the {what} {value}; expected a finite number")
    if abs(exponent) > LARGEST_BITS:
        _too_long(what)
    number = Fraction(int(mantissa)) * Fraction(2) ** int(exponent)
    return -number if sign else number, Precision(mpf=max(int(bits), FLOAT_BITS))


def _too_long(what: str) -> NoReturn:
    raise InvalidCubature(
        f"found a {what} of more than {LARGEST_BITS} bits; expected a shorter one: round it"
    )
