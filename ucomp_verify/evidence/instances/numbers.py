"""Numbers of the instances: rationals where everything is rational, balls elsewhere."""

from collections.abc import Generator
from contextlib import contextmanager
from fractions import Fraction
from typing import Any, TypeAlias

from ucomp_verify.findings import Enclosure

Number: TypeAlias = Any  # fmpq or arb, which mix: a sum with a ball is a ball

PREC = 256  # bits: errors of 1e-40 next to sums of 1e6 are still enclosed well


@contextmanager
def in_balls() -> Generator[None]:
    """FLINT's precision is `PREC` bits inside; its own is put back afterwards."""
    from flint import ctx

    with ctx.workprec(PREC):
        yield


def rational(value: Fraction | int) -> Number:
    """The rational as FLINT's, whose sums are fast."""
    from flint import fmpq

    return fmpq(value.numerator, value.denominator)


def ball(value: Fraction | int) -> Number:
    """The rational as a ball, at the precision at hand."""
    from flint import arb

    return arb(rational(value))


def is_exact(number: Number) -> bool:
    """Whether it is a rational, and no ball."""
    from flint import fmpq

    return isinstance(number, fmpq)


def enclosed(number: Number) -> Enclosure:
    """Both ends of a number; raises ValueError for a ball that is not finite."""
    if is_exact(number):
        return Enclosure.of(Fraction(int(number.p), int(number.q)))
    if not number.is_finite():
        raise ValueError("found a ball that is not finite; expected a real number")
    with in_balls():  # else the ends would be rounded to the precision at hand
        return Enclosure(_dyadic(number.lower()), _dyadic(number.upper()), PREC)


def _dyadic(end: Number) -> Fraction:
    mantissa, exponent = end.man_exp()
    return Fraction(int(mantissa)) * Fraction(2) ** int(exponent)


def power(base: Fraction, exponent: Fraction) -> Number:
    """base^exponent, both >= 0 and not both 0: rational for whole exponents, and where a square
    root is; else a ball."""
    if exponent.denominator == 1 or not base:
        return rational(base**exponent.numerator)
    if exponent.denominator == 2:
        from math import isqrt

        root = Fraction(isqrt(base.numerator), isqrt(base.denominator))
        if root**2 == base:
            return rational(root**exponent.numerator)
    return ball(base) ** ball(exponent)


def largest(numbers: list[Enclosure]) -> Enclosure:
    """An enclosure of the greatest of the numbers."""
    return Enclosure(
        max(n.lower for n in numbers), max(n.upper for n in numbers), max(n.prec for n in numbers)
    )


def least(numbers: list[Enclosure]) -> Enclosure:
    """An enclosure of the smallest of the numbers."""
    return Enclosure(
        min(n.lower for n in numbers), min(n.upper for n in numbers), max(n.prec for n in numbers)
    )
