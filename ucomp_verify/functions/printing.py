"""Functions as text, which `parse_function` reads back as the same function."""

from fractions import Fraction
from functools import partial

from .expressions import (
    Constant,
    Elementary,
    Function,
    Power,
    Product,
    Reciprocal,
    Sum,
    Variable,
)

SUM, PRODUCT, UNARY, POWER, ATOM = range(5)  # how strongly the outermost operation binds

MINUS = Constant(Fraction(-1))


def text(function: Function) -> str:
    """The function with the least parentheses.

    >>> x, y = Variable(0), Variable(1)
    >>> print((x - 2) ** 2 / 3 - 1 / (x * y))
    (x1 - 2)**2/3 - 1/(x1*x2)
    """
    return _written(function)[0]


def _written(function: Function) -> tuple[str, int]:
    """The text, and how strongly it binds."""
    if isinstance(function, Variable):
        return f"x{function.place + 1}", ATOM
    if isinstance(function, Constant):
        return _constant(function.value)
    if isinstance(function, Elementary):
        return f"{function.name}({text(function.inner)})", ATOM
    if isinstance(function, Power):
        return f"{_inside(function.inner, ATOM)}**{function.exponent}", POWER
    if isinstance(function, Reciprocal):
        return f"1/{_inside(function.inner, UNARY)}", PRODUCT
    if isinstance(function, Product):
        return _product(function)
    assert isinstance(function, Sum)
    return _sum(function), SUM


def _inside(function: Function, least: int) -> str:
    written, strength = _written(function)
    return written if strength >= least else f"({written})"


def _constant(value: Fraction) -> tuple[str, int]:
    if value.denominator > 1:
        return str(value), PRODUCT
    return str(value), ATOM if value >= 0 else UNARY


def _product(function: Product) -> tuple[str, int]:
    left, right = partial(_inside, function.left), partial(_inside, function.right)
    if isinstance(function.right, Reciprocal):
        return f"{left(PRODUCT)}/{_inside(function.right.inner, UNARY)}", PRODUCT
    if isinstance(function.right, Constant) and function.right.value.numerator == 1:
        divisor = function.right.value.denominator
        if divisor > 1:
            return f"{left(PRODUCT)}/{divisor}", PRODUCT
    if function.left == MINUS:
        return f"-{right(POWER)}", UNARY
    return f"{left(PRODUCT)}*{right(UNARY)}", PRODUCT


def _sum(function: Sum) -> str:
    left, right = _inside(function.left, SUM), function.right
    if isinstance(right, Constant) and right.value < 0:
        return f"{left} - {_constant(-right.value)[0]}"
    if isinstance(right, Product) and right.left == MINUS and not isinstance(right.right, Constant):
        return f"{left} - {_inside(right.right, PRODUCT)}"
    return f"{left} + {_inside(right, PRODUCT)}"
