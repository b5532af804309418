"""Functions as expressions, which any kind of number can be put into.

>>> x, y = variables(2)
>>> (1 / (3 - x - y)).at([Fraction(1), Fraction(1, 2)])
Fraction(2, 3)
>>> f = sigmoid(x - y / 2)
>>> f.enclose([Fraction(0), Fraction(0)])
0.500000000000000
>>> print(f)
sigmoid(x1 - x2/2)
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, reduce
from operator import mul
from typing import TYPE_CHECKING

from .elementary import NotAnalytic, Number, apply, ball, power, reciprocal
from .elementary import NotRational as NotRational

if TYPE_CHECKING:
    from flint import arb

    from .floats import Array

PREC = 128  # bits of an enclosure, if nothing else is said


class Function:
    """A function of real variables x_1, ..., x_m, analytic where it can be evaluated.

    Sums, differences, products, quotients and powers with natural exponents are functions
    again; rationals stand for constants. `str` gives a text that `parse_function` reads.
    """

    def __add__(self, other: "Function | Fraction | int") -> "Function":
        return _sum(self, lift(other))

    def __radd__(self, other: "Fraction | int") -> "Function":
        return _sum(lift(other), self)

    def __neg__(self) -> "Function":
        return _product(Constant(Fraction(-1)), self)

    def __sub__(self, other: "Function | Fraction | int") -> "Function":
        return _sum(self, -lift(other))

    def __rsub__(self, other: "Fraction | int") -> "Function":
        return _sum(lift(other), -self)

    def __mul__(self, other: "Function | Fraction | int") -> "Function":
        return _product(self, lift(other))

    def __rmul__(self, other: "Fraction | int") -> "Function":
        return _product(lift(other), self)

    def __truediv__(self, other: "Function | Fraction | int") -> "Function":
        return _quotient(self, lift(other))

    def __rtruediv__(self, other: "Fraction | int") -> "Function":
        return _quotient(lift(other), self)

    def __pow__(self, exponent: int) -> "Function":
        raised = Power(self, exponent)
        return constant(self.value**exponent) if isinstance(self, Constant) else raised

    def __str__(self) -> str:
        from .printing import text

        return text(self)

    @property
    def shown(self) -> str:
        """The text, shortened so that it fits into a message."""
        return _short(self)

    @cached_property
    def dim(self) -> int:
        """The number of variables that it needs: x_dim is the last that occurs."""
        return max((part.dim for part in self.parts), default=0)

    @property
    def parts(self) -> "tuple[Function, ...]":
        """The functions that it is directly made of."""
        return ()

    def made_of(self, parts: "Sequence[Function]") -> "Function":
        """The same operation on other functions."""
        del parts
        return self

    def after(self, *inner: "Function") -> "Function":
        """The composition: the function with inner[i] put in for x_(i+1).

        >>> x, y = variables(2)
        >>> print((x**2 - y).after(x + y, exp(x)))
        (x1 + x2)**2 - exp(x1)
        """
        if len(inner) < self.dim:
            raise ValueError(
                f"found {len(inner)} functions to put into {self.shown}; expected at least "
                f"{self.dim}"
            )
        return self.made_of([part.after(*inner) for part in self.parts])

    def of(self, point: Sequence[Number]) -> Number:
        """The value, in the ring that the coordinates of the point belong to.

        `point` holds numbers of one kind: fractions, `arb`, `acb`, power series of either;
        integers and fractions are allowed beside balls and series. A value with
        no finite enclosure is a ball that is not finite, or raises `NotAnalytic`. Of a
        constant function at series the value is a ball.
        """
        if len(point) < self.dim:
            raise ValueError(
                f"found a point of {len(point)} coordinates for {self.shown}; expected at least "
                f"{self.dim}"
            )
        kinds = [isinstance(x, Fraction | int) for x in point]
        if all(kinds):
            return self.value_at([Fraction(x) for x in point])
        if any(kinds):
            point = [ball(x) for x in point]
        return self.value_at(point)

    def value_at(self, point: Sequence[Number]) -> Number:
        """As `of`, for coordinates of one kind, at least `dim` of them."""
        raise NotImplementedError

    def at(self, node: "Sequence[Fraction | int]") -> Fraction:
        """The exact value at a rational node; raises `NotRational` for exp, sin and the like.

        Raises ZeroDivisionError at a pole.
        """
        return self.of([Fraction(x) for x in node])

    def enclose(self, node: "Sequence[Fraction | arb | int]", *, prec: int = PREC) -> "arb":
        """A finite ball that holds the value at the node, for which balls may stand.

        Raises `NotAnalytic` if there is none at this precision, as at a pole.
        """
        from flint import arb, ctx

        with ctx.workprec(prec):
            value = ball(self.of([ball(x) for x in node] or [arb(0)]))
            if value.is_finite():
                return value
        raise NotAnalytic(
            f"found no finite enclosure of {self.shown} at {_short(node)} with {prec} bits; "
            "expected a node away from poles and from where log is not defined"
        )

    def observe(self, nodes: "Array") -> "Array":
        """Values in float64, which prove nothing, at the rows of `nodes` of shape (d, m)."""
        from .floats import observed

        return observed(self, nodes)


@dataclass(frozen=True)
class Variable(Function):
    """x_(place + 1)."""

    place: int

    @cached_property
    def dim(self) -> int:
        """Its number, counted from 1."""
        return self.place + 1

    def after(self, *inner: Function) -> Function:
        """The function that is put in for it."""
        if len(inner) < self.dim:
            raise ValueError(f"found {len(inner)} functions for x{self.dim}; expected one for it")
        return inner[self.place]

    def value_at(self, point: Sequence[Number]) -> Number:
        """The coordinate."""
        return point[self.place]


@dataclass(frozen=True)
class Constant(Function):
    """A rational number."""

    value: Fraction

    def value_at(self, point: Sequence[Number]) -> Number:
        """The number, as a ball if the point is not rational."""
        if not point or isinstance(point[0], Fraction):
            return self.value
        return ball(self.value)


@dataclass(frozen=True)
class _Binary(Function):
    left: Function
    right: Function

    @property
    def parts(self) -> tuple[Function, ...]:
        """Both."""
        return (self.left, self.right)

    def made_of(self, parts: Sequence[Function]) -> Function:
        """The same operation on other functions, with constants folded."""
        return type(self)(parts[0], parts[1])


class Sum(_Binary):
    """left + right."""

    def value_at(self, point: Sequence[Number]) -> Number:
        """The sum of the values."""
        return self.left.value_at(point) + self.right.value_at(point)

    def made_of(self, parts: Sequence[Function]) -> Function:
        """The sum of other functions."""
        return parts[0] + parts[1]


class Product(_Binary):
    """left * right."""

    def value_at(self, point: Sequence[Number]) -> Number:
        """The product of the values."""
        return self.left.value_at(point) * self.right.value_at(point)

    def made_of(self, parts: Sequence[Function]) -> Function:
        """The product of other functions."""
        return parts[0] * parts[1]


@dataclass(frozen=True)
class Reciprocal(Function):
    """1 / inner."""

    inner: Function

    @property
    def parts(self) -> tuple[Function, ...]:
        """The denominator."""
        return (self.inner,)

    def made_of(self, parts: Sequence[Function]) -> Function:
        """The reciprocal of another function, of 0 too: it has no finite value."""
        return Reciprocal(parts[0])

    def value_at(self, point: Sequence[Number]) -> Number:
        """The reciprocal of the value."""
        return reciprocal(self.inner.value_at(point))


@dataclass(frozen=True)
class Power(Function):
    """inner ** exponent, for an exponent >= 0."""

    inner: Function
    exponent: int

    def __post_init__(self) -> None:
        if type(self.exponent) is not int or self.exponent < 0:
            raise ValueError(
                f"found the exponent {self.exponent!r}; expected an integer >= 0: use 1 / ... for "
                "one below 0"
            )

    @property
    def parts(self) -> tuple[Function, ...]:
        """The base."""
        return (self.inner,)

    def made_of(self, parts: Sequence[Function]) -> Function:
        """The power of another function."""
        return parts[0] ** self.exponent

    def value_at(self, point: Sequence[Number]) -> Number:
        """The power of the value."""
        return power(self.inner.value_at(point), self.exponent)


@dataclass(frozen=True)
class Elementary(Function):
    """exp, sin, cos, tanh, sigmoid or log of a function."""

    name: str
    inner: Function

    @property
    def parts(self) -> tuple[Function, ...]:
        """The argument."""
        return (self.inner,)

    def made_of(self, parts: Sequence[Function]) -> Function:
        """The same of another function."""
        return Elementary(self.name, parts[0])

    def value_at(self, point: Sequence[Number]) -> Number:
        """The value; raises `NotRational` at a rational point."""
        return apply(self.name, self.inner.value_at(point))


def variables(dim: int) -> tuple[Variable, ...]:
    """x_1, ..., x_dim."""
    if dim < 0:
        raise ValueError(f"found {dim} variables; expected an integer >= 0")
    return tuple(Variable(place) for place in range(dim))


def constant(value: Fraction | int) -> Constant:
    """The constant function."""
    return Constant(_rational(value))


def _rational(value: object) -> Fraction:
    """A Fraction or an integer; raises TypeError for floats."""
    if isinstance(value, Fraction | int):
        return Fraction(value)
    raise TypeError(
        f"found {value!r} of type {type(value).__name__} in a function; expected a function, an "
        "integer or a Fraction, as float64 is seldom what is meant: Fraction('0.1') is 1/10"
    )


def lift(value: Function | Fraction | int) -> Function:
    """The function itself, or the constant function; raises TypeError for floats."""
    if isinstance(value, Function):
        return value
    return Constant(_rational(value))


def total(functions: Sequence[Function]) -> Function:
    """The sum of the functions, nested as little as possible; 0 of none."""
    if len(functions) < 2:
        return functions[0] if functions else constant(0)
    middle = len(functions) // 2
    return total(functions[:middle]) + total(functions[middle:])


def polynomial(coefficients: Mapping[tuple[int, ...], Fraction | int]) -> Function:
    """The sum over exponents alpha of coefficients[alpha] * x^alpha.

    >>> print(polynomial({(2, 0): 3, (1, 1): -1, (0, 0): Fraction(1, 2)}))
    3*x1**2 + (-(x1*x2) + 1/2)
    """
    return total([_monomial(alpha, _rational(c)) for alpha, c in coefficients.items()])


def exp(inner: Function) -> Function:
    """The exponential function of a function."""
    return Elementary("exp", lift(inner))


def sin(inner: Function) -> Function:
    """The sine of a function."""
    return Elementary("sin", lift(inner))


def cos(inner: Function) -> Function:
    """The cosine of a function."""
    return Elementary("cos", lift(inner))


def tanh(inner: Function) -> Function:
    """The hyperbolic tangent of a function."""
    return Elementary("tanh", lift(inner))


def sigmoid(inner: Function) -> Function:
    """1 / (1 + e^-z) of a function z."""
    return Elementary("sigmoid", lift(inner))


def log(inner: Function) -> Function:
    """The natural logarithm of a function."""
    return Elementary("log", lift(inner))


def _monomial(alpha: tuple[int, ...], coefficient: Fraction) -> Function:
    if any(a < 0 for a in alpha):
        raise ValueError(f"found the exponents {alpha}; expected integers >= 0")
    powers = [Variable(i) ** a if a > 1 else Variable(i) for i, a in enumerate(alpha) if a]
    if not powers:
        return constant(coefficient)
    product: Function = reduce(mul, powers)
    return product if coefficient == 1 else constant(coefficient) * product


def _sum(left: Function, right: Function) -> Function:
    if isinstance(left, Constant) and isinstance(right, Constant):
        return Constant(left.value + right.value)
    return Sum(left, right)


def _product(left: Function, right: Function) -> Function:
    if isinstance(left, Constant) and isinstance(right, Constant):
        return Constant(left.value * right.value)
    return Product(left, right)


def _quotient(left: Function, right: Function) -> Function:
    if not isinstance(right, Constant):
        inverse = Reciprocal(right)
        return inverse if left == constant(1) else Product(left, inverse)
    if not right.value:
        raise ZeroDivisionError(f"found {left.shown} divided by 0; expected another divisor")
    return _product(left, Constant(1 / right.value))


def _short(value: object) -> str:
    """A text of it that fits into a message."""
    whole = str(value)
    return whole if len(whole) <= 80 else f"{whole[:77]}..."
