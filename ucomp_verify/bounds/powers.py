"""Powers, roots and sums of powers: exact where they are short, else rounded upward.

What is rounded is too large by a relative 2^-100 at most.
"""

from fractions import Fraction
from math import factorial, isqrt
from typing import TYPE_CHECKING

from .rounding import root_above, rounded_up, upper_end

if TYPE_CHECKING:
    from flint import arb

PREC = 160  # bits of the balls
KEPT_BITS = 128  # of what is rounded
EXACT_BITS = 1 << 12  # of an exact power; longer ones are rounded, or sums of them would crawl
MAX_EXPONENT = 1 << 20  # bounds below 2^-MAX_EXPONENT are not told apart, none exceeds 2^this
LEAST = Fraction(1, 1 << MAX_EXPONENT)
TINY = Fraction(1, 1 << (MAX_EXPONENT // 2))  # searches do not tell smaller bounds apart
SHORT_SUM = 256  # terms that are added one by one; more are a difference of zeta functions


def power_above(base: Fraction, exponent: int, *, over_factorial: int = 0) -> Fraction:
    """base^exponent / over_factorial! for base >= 0, exact if that is short.

    >>> power_above(Fraction(1, 2), 3, over_factorial=2)
    Fraction(1, 16)
    >>> 0 < power_above(Fraction(1, 3), 10**30) < Fraction(1, 10**1000)
    True
    """
    length = max(base.numerator.bit_length(), base.denominator.bit_length())
    short = exponent * length + over_factorial * over_factorial.bit_length() <= EXACT_BITS
    if short or not base:
        return base**exponent / (factorial(over_factorial) if base or not exponent else 1)
    from flint import arb, ctx

    with ctx.workprec(PREC + exponent.bit_length() + over_factorial.bit_length()):
        power = arb(1) if base == 1 else ball(base) ** exponent
        return upper_value(power / arb.fac_ui(over_factorial))


def real_power_above(base: Fraction, exponent: Fraction) -> Fraction:
    """base^exponent for base, exponent >= 0, exact if it is a short rational or 0.

    >>> real_power_above(Fraction(27, 8), Fraction(2, 3))
    Fraction(9, 4)
    """
    if exponent.denominator == 1 or not base:
        return power_above(base, exponent.numerator)
    root = _exact_root(base, exponent.denominator)
    if root is not None:
        return power_above(root, exponent.numerator)
    from flint import ctx

    with ctx.workprec(PREC + exponent.numerator.bit_length()):
        return upper_value(ball(base) ** ball(exponent))


def root_power_above(square: Fraction, exponent: int) -> Fraction:
    """square^(exponent / 2) for square >= 0: no more than one root is rounded."""
    whole = power_above(square, exponent // 2)
    return whole * square_root_above(square) if exponent % 2 else whole


def square_root_above(value: Fraction) -> Fraction:
    """The square root of a value >= 0 if it is rational, else by a relative 2^-60 too large.

    >>> square_root_above(Fraction(4, 9))
    Fraction(2, 3)
    """
    root = _exact_root(value, 2)
    return root_above(value) if root is None else root


def root_below(value: Fraction) -> Fraction:
    """A rational <= the square root of a value >= 0, by a relative 2^-60 at most too small."""
    above = square_root_above(value)
    return value / above if above else above


def whole_root(value: int, order: int) -> int:
    """The largest integer whose power of this order is at most value >= 0.

    >>> whole_root(26, 3), whole_root(27, 3)
    (2, 3)
    """
    if order == 1 or value < 2:
        return value
    if order == 2:
        return isqrt(value)
    low, high = 1, 1 << (value.bit_length() // order + 1)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if middle**order <= value else (low, middle)
    return low


def sum_of_powers_above(start: int, stop: int, exponent: Fraction) -> Fraction:
    """The sum over start < n <= stop of n^-exponent, for exponent > 0 and start >= 1.

    Long sums are differences of Hurwitz's zeta function, or of digamma for exponent 1.
    """
    from flint import arb, ctx

    size = max(stop.bit_length(), 1)
    with ctx.workprec(PREC + 4 * size + exponent.numerator.bit_length()):
        p = ball(exponent)
        if stop - start <= SHORT_SUM:
            return upper_value(sum((arb(n) ** -p for n in range(start + 1, stop + 1)), arb(0)))
        low, high = arb(start + 1), arb(stop + 1)
        if exponent == 1:
            return upper_value(high.digamma() - low.digamma())
        return upper_value(p.zeta(low) - p.zeta(high))


def upper_value(value: "arb") -> Fraction:
    """A dyadic just above a ball of numbers >= 0, which is not too long to be written.

    Raises ValueError for a ball that is not finite, or reaches 2^MAX_EXPONENT.
    """
    if not value.is_finite() or not value.upper() < _largest():
        raise ValueError(
            f"found a bound of {value.str(3, radius=False)}; expected one below "
            f"2^{MAX_EXPONENT}: it says nothing"
        )
    if value.upper() * _largest() <= 1:
        return LEAST if value.upper() > 0 else Fraction(0)
    return rounded_up(upper_end(value), bits=KEPT_BITS)


def ball(value: Fraction | int) -> "arb":
    """A rational as a ball at the precision at hand."""
    from flint import arb, fmpq

    number = Fraction(value)
    return arb(fmpq(number.numerator, number.denominator))


def _largest() -> "arb":
    from flint import arb

    return arb(2) ** MAX_EXPONENT


def _exact_root(base: Fraction, order: int) -> Fraction | None:
    over, under = whole_root(base.numerator, order), whole_root(base.denominator, order)
    exact = over**order == base.numerator and under**order == base.denominator
    return Fraction(over, under) if exact else None
