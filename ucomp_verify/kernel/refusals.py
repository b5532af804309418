"""Malformed and rejected, two different things, and the limits of what is checked at all."""

from collections.abc import Iterable
from fractions import Fraction
from reprlib import repr as excerpt
from typing import Any

MAX_BYTES = 1 << 28  # of a cubature certificate
MAX_OTHER_BYTES = 1 << 22  # of any other, where sums of fractions may grow as long as the file
MAX_BITS = 1 << 22  # of one integer: more than a million decimal digits
MAX_NATURAL = 10**9
MAX_DIM = 200  # of the space that holds the points
MAX_WORK = 10**9  # steps of one part of a check, each about a tenth of a microsecond


class MalformedCertificate(ValueError):
    """The certificate cannot be read, or exceeds a limit: nothing was checked."""


class RejectedCertificate(ValueError):
    """The certificate was read, and the numbers do not establish the fact."""


def require(condition: bool, reason: str) -> None:  # noqa: FBT001
    """Reject the certificate for `reason` unless the condition holds."""
    if not condition:
        raise RejectedCertificate(reason)


def expect(condition: bool, expected: str, value: Any) -> Any:  # noqa: FBT001
    """The value; the certificate is malformed unless the condition holds."""
    if not condition:
        raise MalformedCertificate(f"expected {expected}, got {excerpt(value)}")
    return value


def max_bits(values: Iterable[int | Fraction]) -> int:
    """Bits of the longest numerator or denominator."""
    return max((x.bit_length() for v in values for x in (v.numerator, v.denominator)), default=0)


def cost(bits: int) -> int:
    """Steps of one operation on fractions: their common divisor takes bits^2."""
    return 20 + (bits * bits >> 16)


def limit_work(steps: int) -> None:
    """Refuse a check that would need more than `MAX_WORK` steps."""
    expect(steps <= MAX_WORK, f"at most {MAX_WORK} steps of work (split the certificate)", "more")
