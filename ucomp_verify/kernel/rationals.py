"""Exact numbers as they stand in a certificate, multi-indices, and the two refusals."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import MAX_EMAX, MIN_EMIN, Decimal, localcontext
from fractions import Fraction
from typing import NewType, TypeAlias

Natural = NewType("Natural", int)
"""A count, degree or index: a JSON integer from 0 to `MAX_NATURAL`."""

MultiIndex: TypeAlias = tuple[Natural, ...]

MAX_BYTES = 1 << 28  # of a certificate file
MAX_BITS = 1 << 22  # of one integer: more than a million decimal digits
MAX_NATURAL = 10**9
MAX_DIM = 200  # of the space that holds the nodes
MAX_WORK = 10**9  # elementary steps that one check may need


class MalformedCertificate(ValueError):
    """The certificate cannot be read, or exceeds a limit: nothing was checked."""


class RejectedCertificate(ValueError):
    """The certificate was read, and the numbers do not establish the fact."""


@dataclass(frozen=True)
class Vector:
    """The rationals numerators[i] / denominator."""

    denominator: int
    numerators: tuple[int, ...]

    def __post_init__(self) -> None:
        if self.denominator <= 0:
            raise MalformedCertificate("a denominator must be > 0")

    def fractions(self) -> tuple[Fraction, ...]:
        """The entries as fractions."""
        return tuple(Fraction(n, self.denominator) for n in self.numerators)


@dataclass(frozen=True)
class Points:
    """The rational points numerators[i] / denominator, one row a point."""

    denominator: int
    numerators: tuple[tuple[int, ...], ...]

    def __post_init__(self) -> None:
        if self.denominator <= 0:
            raise MalformedCertificate("a denominator must be > 0")
        if not self.numerators or {len(row) for row in self.numerators} != {self.dim or -1}:
            raise MalformedCertificate("expected points, all of one dimension >= 1")

    @property
    def dim(self) -> int:
        """Dimension of the space that holds the points."""
        return len(self.numerators[0])

    def fractions(self) -> tuple[tuple[Fraction, ...], ...]:
        """The points as rows of fractions."""
        return tuple(Vector(self.denominator, row).fractions() for row in self.numerators)


def integer(text: object) -> int:
    """Read a hexadecimal integer in its shortest form.

    >>> integer("-1f")
    -31
    """
    if isinstance(text, str) and len(text) <= MAX_BITS // 4:
        try:
            value = int(text, 16)
        except ValueError:
            value = None
        if value is not None and format(value, "x") == text:
            return value
    raise MalformedCertificate(
        'expected a hexadecimal integer such as "-1f" (shortest form, at most '
        f"{MAX_BITS} bits), got {str(text)[:40]!r}"
    )


def show(value: Fraction) -> str:
    """A rational for people: exact when short, else two digits and a power of ten.

    >>> show(Fraction(-3, 4)), show(Fraction(1, 3**200))
    ('-3/4', '3.8e-96')
    """
    if value.numerator.bit_length() + value.denominator.bit_length() <= 64:
        return str(value)
    with localcontext(Emax=MAX_EMAX, Emin=MIN_EMIN):
        return f"{Decimal(value.numerator) / Decimal(value.denominator):.1e}"


def dot(left: Iterable[Fraction], right: Iterable[Fraction]) -> Fraction:
    """The sum of the products of two sequences of one length."""
    return sum((x * y for x, y in zip(left, right, strict=True)), start=Fraction(0))


def require(condition: bool, reason: str) -> None:  # noqa: FBT001
    """Reject the certificate for `reason` unless the condition holds."""
    if not condition:
        raise RejectedCertificate(reason)


def limit_work(steps: int) -> None:
    """Refuse a check that would need more than `MAX_WORK` steps."""
    if steps > MAX_WORK:
        raise MalformedCertificate(
            f"the check would need more than {MAX_WORK} steps: split the certificate"
        )
