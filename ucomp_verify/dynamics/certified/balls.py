"""Numbers in balls: rationals put in, enclosures taken out, at the precision at hand."""

from collections.abc import Iterable
from fractions import Fraction
from typing import TYPE_CHECKING

from ucomp_verify.findings import Enclosure

if TYPE_CHECKING:
    from flint import arb


class NotFinite(ValueError):
    """A ball grew so wide that it says nothing."""


def require_exact(value: object) -> None:
    """Raise TypeError for what is no rational number, such as a float."""
    if not isinstance(value, Fraction | int) or isinstance(value, bool):
        raise TypeError(
            f"found {value!r} of type {type(value).__name__}; expected a Fraction or an int: "
            "Fraction(x) is what a float64 x is, exactly"
        )


def ball(value: Fraction | int) -> "arb":
    """A ball that holds the rational, as small as the precision at hand allows."""
    from flint import arb, fmpq

    require_exact(value)
    return arb(fmpq(value.numerator, value.denominator))


def enclosed(number: "arb") -> Enclosure:
    """Both ends, rounded outward; raises `NotFinite` for a ball that is not."""
    from flint import ctx

    if not number.is_finite():
        raise NotFinite("found a ball that is not finite; expected a real number")
    return Enclosure(_dyadic(number.lower()), _dyadic(number.upper()), ctx.prec)


def size(number: "arb") -> Enclosure:
    """The absolute value, with no end below 0."""
    found = enclosed(number)
    lower = max(Fraction(0), found.lower, -found.upper)
    return Enclosure(lower, max(-found.lower, found.upper), found.prec)


def upper(number: "arb") -> Fraction:
    """A bound of the absolute value."""
    return size(number).upper


def largest(numbers: Iterable[Enclosure]) -> Enclosure:
    """An enclosure of the greatest of the numbers."""
    found = list(numbers)
    return Enclosure(
        max(n.lower for n in found), max(n.upper for n in found), max(n.prec for n in found)
    )


def _dyadic(end: "arb") -> Fraction:
    mantissa, exponent = end.man_exp()
    return Fraction(int(mantissa)) * Fraction(2) ** int(exponent)
