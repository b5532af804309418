"""Polynomials of one variable on an interval, exactly or in balls: roots, sizes, level sets.

A polynomial is given by its coefficients, that of x^0 first.
"""

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING, Any, cast

from ucomp_verify.bounds.statement import require
from ucomp_verify.findings import Enclosure

from .conversions import ball_ends, to_fraction, to_rational

if TYPE_CHECKING:
    from flint import arb, fmpq_poly

PREC = 128  # bits of the roots, doubled until they can be told apart
RAISES = 6


def largest_size(
    coefficients: Sequence[Fraction], lower: Fraction, upper: Fraction, *, prec: int = PREC
) -> Enclosure:
    """The maximum of |p| on [lower, upper], from the values at its ends and critical points.

    >>> largest_size([Fraction(0), Fraction(0), Fraction(1)], Fraction(-2), Fraction(1)).upper
    Fraction(4, 1)
    """
    from flint import ctx

    p = _polynomial(coefficients)
    _require_interval(lower, upper)
    ends = max(abs(_value(p, x)) for x in (lower, upper))
    with ctx.workprec(prec):
        sizes = [
            (certain, _abs_ends(_at(p, root)))
            for root, certain in _critical(p.derivative(), lower, upper)
        ]
    least = max([ends, *(low for inside, (low, _) in sizes if inside)])
    most = max([ends, *(high for _, (_, high) in sizes)])
    return Enclosure(least, most, prec if sizes else 0)


def share_below(
    coefficients: Sequence[Fraction],
    level: Fraction,
    lower: Fraction,
    upper: Fraction,
    *,
    cumulative: Sequence[Fraction] = (Fraction(0), Fraction(1)),
    prec: int = PREC,
) -> Enclosure:
    """The share of [lower, upper] on which |p| <= level, from the roots of p^2 - level^2.

    Lengths are taken in V(x), a polynomial that grows on the interval and whose coefficients
    are `cumulative`: V(x) = x^m measures a cone by the height over its apex. Roots may be
    multiple, or lie at the ends.

    >>> share_below([Fraction(0), Fraction(1)], Fraction(1, 2), Fraction(0), Fraction(1)).lower
    Fraction(1, 2)
    """
    from flint import ctx

    p, volume = _polynomial(coefficients), _polynomial(cumulative)
    _require_interval(lower, upper)
    require(level >= 0, "level set", f"the level {level}", "a number >= 0")
    whole = _value(volume, upper) - _value(volume, lower)
    require(whole > 0, "level set", f"the volume {whole}", "a number > 0")
    square = p * p - to_rational(level * level)
    if square.degree() < 1:
        inside = not square.coeffs() or square.coeffs()[0] <= 0
        return Enclosure.of(int(inside))
    with ctx.workprec(prec):
        cuts = _separated(square, lower, upper, prec)
        least = most = Fraction(0)
        for a, b in pairwise(cuts):
            low, high = ball_ends(_at(volume, b) - _at(volume, a))
            point = _between(a, b)
            if point is not None and _value(square, point) > 0:
                continue
            most += max(high, Fraction(0))
            least += max(low, Fraction(0)) if point is not None else 0
    return Enclosure(max(least / whole, Fraction(0)), min(most / whole, Fraction(1)), prec)


def integral_of_size(
    coefficients: Sequence[Fraction], lower: Fraction, upper: Fraction, *, prec: int = PREC
) -> Enclosure:
    """The integral of |p| over [lower, upper], from the roots of p.

    Between consecutive roots p has one sign; where balls of roots touch an end, the integral
    of p over what is left has either sign and is small.
    """
    from flint import ctx

    p = _polynomial(coefficients)
    _require_interval(lower, upper)
    if p.degree() < 1:
        return Enclosure.of(abs(_value(p, lower)) * (upper - lower))
    whole = p.integral()
    with ctx.workprec(prec):
        cuts = _separated(p, lower, upper, prec)
        parts = [_abs_ends(_at(whole, b) - _at(whole, a)) for a, b in pairwise(cuts)]
    least = sum((low for low, _ in parts), Fraction(0))
    return Enclosure(least, sum((high for _, high in parts), Fraction(0)), prec)


def real_roots(
    p: "fmpq_poly", lower: Fraction, upper: Fraction, prec: int
) -> "list[tuple[arb, bool]]":
    """The distinct real roots that may lie in [lower, upper], with whether they certainly do.

    They increase, and their balls are disjoint.
    """
    from flint import arb, ctx

    first, last = to_rational(lower), to_rational(upper)
    for attempt in range(RAISES):
        with ctx.workprec(prec << attempt):
            balls = _real_parts(p)
            if all(ball_ends(a)[1] < ball_ends(b)[0] for a, b in pairwise(balls)):
                near = [r for r in balls if not (r < first or r > last)]
                return [(r, bool(arb(first) <= r) and bool(r <= arb(last))) for r in near]
    raise ArithmeticError(f"found roots that {prec << RAISES} bits do not separate; ask for more")


def _real_parts(p: "fmpq_poly") -> "list[arb]":
    """The real roots; FLINT isolates all roots and gives real ones the imaginary part 0."""
    from flint import acb

    found: list[tuple[acb, int]] = cast("Any", p).complex_roots()
    return sorted((z.real for z, _ in found if z.imag.is_zero()), key=ball_ends)


def _critical(slope: "fmpq_poly", lower: Fraction, upper: Fraction) -> "list[tuple[arb, bool]]":
    from flint import ctx

    return real_roots(slope, lower, upper, ctx.prec) if slope.degree() >= 1 else []


def _separated(p: "fmpq_poly", lower: Fraction, upper: Fraction, prec: int) -> "list[arb]":
    """The ends of the interval and the roots in it, as balls, in their order."""
    from flint import arb

    ends = [arb(to_rational(x)) for x in (lower, upper)]
    return [ends[0], *(root for root, _ in real_roots(p, lower, upper, prec)), ends[1]]


def _between(a: "arb", b: "arb") -> Fraction | None:
    """A rational certainly between two balls; None if they may touch."""
    left, right = ball_ends(a)[1], ball_ends(b)[0]
    return (left + right) / 2 if left < right else None


def _abs_ends(value: "arb") -> tuple[Fraction, Fraction]:
    low, high = ball_ends(value)
    size = max(abs(low), abs(high))
    return (Fraction(0) if low <= 0 <= high else min(abs(low), abs(high))), size


def _at(p: "fmpq_poly", x: "arb") -> "arb":
    from flint import arb_poly

    return arb_poly(p)(x)


def _value(p: "fmpq_poly", x: Fraction) -> Fraction:
    return to_fraction(p(to_rational(x)))


def _polynomial(coefficients: Sequence[Fraction]) -> "fmpq_poly":
    from flint import fmpq_poly

    require(len(coefficients) > 0, "polynomial", "no coefficients", "at least one")
    return fmpq_poly([to_rational(Fraction(c)) for c in coefficients])


def _require_interval(lower: Fraction, upper: Fraction) -> None:
    require(lower < upper, "interval", f"[{lower}, {upper}]", "lower < upper")
