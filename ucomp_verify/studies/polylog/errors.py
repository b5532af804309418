"""Certified errors of one-shot rules, with as many digits as it takes."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import log10
from typing import TYPE_CHECKING

from .function import Reciprocals
from .rules import Cell, ball_weights

if TYPE_CHECKING:
    from flint import arb

    from ucomp_verify.measures import Compression
    from ucomp_verify.studies.data import Array

CLEAR = 10  # how often the radius has to fit into the error
LIKELY = Fraction(4, 3)  # digits of an error over those of its bound, at most, more often than not
SPARE = 12  # digits beyond those, to begin with
MOST_DIGITS = 2000
GUARD = 40  # bits
SHOWN = 12  # digits of a text


class NotEnoughDigits(ArithmeticError):
    """The error is not known to a tenth with `MOST_DIGITS` digits."""


@dataclass(frozen=True)
class Interval:
    """A number >= 0 between two rationals."""

    lower: Fraction
    upper: Fraction

    @property
    def middle(self) -> float:
        """The float64 nearest to the middle; 0 below its range."""
        return float((self.lower + self.upper) / 2)

    @property
    def is_clear(self) -> bool:
        """Whether half the width is at most a tenth of the middle."""
        return CLEAR * (self.upper - self.lower) <= self.upper + self.lower


@dataclass(frozen=True, eq=False)
class Certified:
    """The error of exact weights; `before` is the integral over all points, a ball."""

    error: Interval
    rules: "tuple[Compression, ...]"
    before: "arb"
    digits: int
    prec: int


def certified_error(
    cells: Sequence[Cell], points: "Array", g: Reciprocals, *, digits: int
) -> Certified:
    """An enclosure of |mean of g over the points - g under the rules of the cells|.

    Of the weights that have the moments exactly, which balls certified > 0 hold. `digits` is
    where to begin; they are raised until the radius is below a tenth of the error. Raises
    NotEnoughDigits if that takes more than `MOST_DIGITS`.
    """
    from flint import ctx

    while digits <= MOST_DIGITS:
        prec = int(digits * 3.33) + GUARD
        rules = tuple(cell.weighed(digits) for cell in cells)
        before = g.integral(points, None, prec=prec)
        with ctx.workprec(prec):
            total = before
            for cell, rule in zip(cells, rules, strict=True):
                nodes = cell.part.nodes[list(rule.indices)]
                total -= g.integral(nodes, ball_weights(rule), prec=prec)
            error = size_of_mean(total, len(points))
        if error.is_clear:
            return Certified(error, rules, before, digits, prec)
        digits += max(digits // 3, SPARE)
    raise NotEnoughDigits(
        f"found no clear error with {MOST_DIGITS} digits; expected one not below about 1e-"
        f"{MOST_DIGITS}: take a lower degree"
    )


def size_of_mean(total: "arb", count: int) -> Interval:
    """The absolute values of the numbers in a ball, over `count`."""
    return Interval(_exactly(total.abs_lower()) / count, _exactly(total.abs_upper()) / count)


def first_digits(bound: Fraction) -> int:
    """Digits that will do for an error somewhat below the bound.

    >>> first_digits(Fraction(1, 10**30))
    52
    """
    return int(max(-log10_of(bound), 0) * LIKELY) + SPARE


def log10_of(value: Fraction) -> float:
    """log10 of a number > 0, of any size.

    >>> round(log10_of(Fraction(3, 10**500)), 6)
    -499.522879
    """
    shift = value.numerator.bit_length() - value.denominator.bit_length()
    return log10(value / Fraction(2) ** shift) + shift * log10(2)


def _exactly(value: "arb") -> Fraction:
    mantissa, exponent = value.man_exp()
    return Fraction(int(mantissa)) * Fraction(2) ** int(exponent)
