"""exp, sin, cos, tanh, sigmoid and log of balls and power series, with finite enclosures.

Arb's own enclosures of functions of wide balls can be far too wide, or not finite where the
function is bounded; what follows gives useful ones for search by subdivision.
"""

from collections.abc import Callable
from fractions import Fraction
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from flint import acb, arb, arb_series

Number: TypeAlias = Any  # Fraction, arb, acb, arb_series, acb_series, array: a ring
NAMES = ("exp", "sin", "cos", "tanh", "sigmoid", "log")
WIDE = Fraction(1, 1024)  # radius from which an argument is no more a rounded number
WIDE_SERIES = 0.02  # radius from which series of a sigmoid have to be found with more care


class NotRational(ValueError):
    """An exact value was asked of a function that takes irrational values."""


class NotAnalytic(ValueError):
    """The function could not be proved to be analytic where it was to be."""


def ball(value: "Fraction | arb | int") -> "arb":
    """A rational as a ball at the precision at hand; anything else as it is."""
    from flint import arb, fmpq

    if isinstance(value, Fraction):
        return arb(fmpq(value.numerator, value.denominator))
    return arb(value) if isinstance(value, int) else value


def apply(name: str, value: Number) -> Number:
    """The function of this name of the value, in the ring of the value."""
    if isinstance(value, Fraction):
        raise NotRational(
            f"found {name} of the rational {value}, which is irrational in general; expected a "
            "rational function: use `enclose`"
        )
    own = getattr(value, "elementary", None)
    if own is not None:
        return own(name)
    return table(value)[name](value)


def reciprocal(value: Number) -> Number:
    """1 / value; raises ZeroDivisionError for a rational 0, `NotAnalytic` for series about 0."""
    try:
        return 1 / value
    except ValueError as error:  # FLINT's answer to a series that may begin with 0
        raise NotAnalytic("found a denominator that may be 0; expected one that is not") from error


def power(value: Number, exponent: int) -> Number:
    """value ** exponent; not finite where the value is not.

    FLINT's own power of a real ball around 0 is not finite.
    """
    from flint import arb

    if exponent == 0:
        return 0 * value + 1
    if not isinstance(value, arb):
        return value if exponent == 1 else value**exponent
    if value.rad() < float(WIDE) or not value.is_finite():
        return _repeated(value, exponent)
    ends = (value.lower(), value.upper())
    if exponent % 2 == 0:
        ends = (value.abs_lower(), value.abs_upper())
    return (ends[0] ** exponent).union(ends[1] ** exponent)


def _repeated(value: "arb", exponent: int) -> "arb":
    """The power of a narrow ball by squaring."""
    if exponent == 1:
        return value
    half = _repeated(value, exponent // 2)
    square = half * half
    return square * value if exponent % 2 else square


def table(value: Number) -> dict[str, Callable[[Number], Number]]:
    """The functions for numbers of the kind of this one."""
    from flint import acb, acb_series, arb, arb_series

    if isinstance(value, arb):
        return REAL
    if isinstance(value, acb):
        return COMPLEX
    if isinstance(value, arb_series | acb_series):
        return SERIES
    raise TypeError(
        f"found a number of type {type(value).__name__}; expected Fraction, arb, acb, or a "
        "series of these"
    )


def _sigmoid(z: "arb") -> "arb":
    if z.rad() < float(WIDE):
        value = 1 / (1 + (-z).exp())
        if value.is_finite():
            return value
    return _increasing(z, _thin_sigmoid, 0, 1)


def _thin_sigmoid(z: "arb") -> "arb":
    if z < 0:
        small = z.exp()
        return small / (1 + small)
    return 1 / (1 + (-z).exp())


def _tanh(z: "arb") -> "arb":
    if z.rad() < float(WIDE):
        value = z.tanh()
        if value.is_finite():
            return value
    return _increasing(z, lambda end: end.tanh(), -1, 1)


def _increasing(z: "arb", function: "Callable[[arb], arb]", least: int, greatest: int) -> "arb":
    """The values of an increasing function between its limits, from the ends of the ball."""
    from flint import arb

    if not z.is_finite():
        return arb("nan")
    low, high = function(z.lower()), function(z.upper())
    low = low if low.is_finite() else arb(least)
    high = high if high.is_finite() else arb(greatest)
    return low.union(high)


def _log(z: "arb") -> "arb":
    return z.log() if z.rad() < float(WIDE) or not z > 0 else z.lower().log().union(z.upper().log())


def _exp(z: "arb") -> "arb":
    if z.rad() < float(WIDE) or not z.is_finite():
        return z.exp()
    return z.lower().exp().union(z.upper().exp())


def _complex_sigmoid(z: "acb") -> "acb":
    """From the side on which the exponential is small."""
    if z.real.mid() < 0:
        return 1 - 1 / (1 + z.exp())
    return 1 / (1 + (-z).exp())


def _complex_tanh(z: "acb") -> "acb":
    if z.rad() < float(WIDE):
        value = z.tanh()
        if value.is_finite():
            return value
    return 2 * _complex_sigmoid(2 * z) - 1


def _series_sigmoid(z: Number) -> Number:
    """From the side on which the exponential is small, or for wide balls as below."""
    from flint import acb_series

    first = z[0]
    if isinstance(z, acb_series):
        negative = first.real.mid() < 0
    elif not first.is_finite():
        raise NotAnalytic("found a sigmoid of what has no finite enclosure; expected one")
    elif first.rad() > WIDE_SERIES:
        from .wide_sigmoid import composed_sigmoid

        return composed_sigmoid(z, _sigmoid(first))
    else:
        negative = first.mid() < 0
    if negative:
        small = z.exp()
        return small * reciprocal(1 + small)
    return reciprocal(1 + (-z).exp())


def _series_tanh(z: "arb_series") -> "arb_series":
    return 2 * apply("sigmoid", 2 * z) - 1


def _series_log(z: Number) -> Number:
    from flint import acb, acb_series

    if isinstance(z, acb_series):
        first: acb = z[0]
        if not first.log(analytic=True).is_finite():
            raise NotAnalytic("found log at its cut; expected an argument off (-oo, 0]")
    return z.log()


REAL: dict[str, Callable[[Number], Number]] = {
    "exp": _exp,
    "sin": lambda z: z.sin(),
    "cos": lambda z: z.cos(),
    "tanh": _tanh,
    "sigmoid": _sigmoid,
    "log": _log,
}

COMPLEX: dict[str, Callable[[Number], Number]] = {
    "exp": lambda z: z.exp(),
    "sin": lambda z: z.sin(),
    "cos": lambda z: z.cos(),
    "tanh": _complex_tanh,
    "sigmoid": _complex_sigmoid,
    "log": lambda z: z.log(analytic=True),
}

SERIES: dict[str, Callable[[Number], Number]] = {
    "exp": lambda z: z.exp(),
    "sin": lambda z: z.sin(),
    "cos": lambda z: z.cos(),
    "tanh": _series_tanh,
    "sigmoid": _series_sigmoid,
    "log": _series_log,
}
