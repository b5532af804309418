"""Values of functions by mpmath, which shares no code with what is tested."""

from collections.abc import Callable, Sequence
from fractions import Fraction
from importlib import import_module
from typing import Any

from flint import ctx
from hypothesis import strategies as st

from ucomp_verify.functions.expressions import (
    Constant,
    Elementary,
    Function,
    Power,
    Product,
    Reciprocal,
    Sum,
    Variable,
)

mpmath: Any = import_module("mpmath")  # without types
DIGITS = 60  # more than any enclosure here is narrow

_ELEMENTARY: dict[str, Callable[[Any], Any]] = {
    "exp": mpmath.exp,
    "sin": mpmath.sin,
    "cos": mpmath.cos,
    "tanh": mpmath.tanh,
    "sigmoid": lambda z: 1 / (1 + mpmath.exp(-z)),
    "log": mpmath.log,
}


def value(function: Function, point: Sequence[Any]) -> Any:
    """The value at a point of mpmath's numbers or rationals."""
    with mpmath.workdps(max(DIGITS, mpmath.mp.dps)):
        return _value(function, [number(x) for x in point])


def number(x: Any) -> Any:
    """A rational as mpmath's number; others as they are."""
    with mpmath.workdps(max(DIGITS, mpmath.mp.dps)):
        return mpmath.mpf(x.numerator) / x.denominator if isinstance(x, Fraction) else x


def _value(function: Function, point: Sequence[Any]) -> Any:
    if isinstance(function, Variable):
        return point[function.place]
    if isinstance(function, Constant):
        return number(function.value)
    parts = [_value(part, point) for part in function.parts]
    if isinstance(function, Sum):
        return parts[0] + parts[1]
    if isinstance(function, Product):
        return parts[0] * parts[1]
    if isinstance(function, Reciprocal):
        return 1 / parts[0]
    if isinstance(function, Power):
        return parts[0] ** function.exponent
    assert isinstance(function, Elementary)
    return _ELEMENTARY[function.name](parts[0])


def fraction(x: Any) -> Fraction:
    """mpmath's or FLINT's exact number as the dyadic that it is."""
    if isinstance(x, mpmath.mpf):
        sign, mantissa, exponent, _ = x._mpf_
        return (-1) ** sign * Fraction(int(mantissa)) * Fraction(2) ** int(exponent)
    mantissa, exponent = x.man_exp()
    return Fraction(int(mantissa)) * Fraction(2) ** int(exponent)


def holds(ball: Any, number: Any) -> bool:
    """Whether the ball holds mpmath's number, up to its error of some 2^-180 of its size."""
    exact = fraction(number)
    slack = (abs(exact) + 1) / 2**180
    with ctx.workprec(300):  # the ends are rounded outward to this precision
        return fraction(ball.lower()) <= exact + slack and exact - slack <= fraction(ball.upper())


def points(dim: int) -> st.SearchStrategy[list[Fraction]]:
    """Points of [-1, 1]^dim."""
    entries = st.integers(-16, 16).map(lambda n: Fraction(n, 16))
    return st.lists(entries, min_size=dim, max_size=dim)
