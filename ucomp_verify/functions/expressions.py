"""Functions as expressions, which any kind of number can be put into.

>>> x, y = variables(2)
>>> (1 / (3 - x - y)).at([Fraction(1), Fraction(1, 2)])
Fraction(2, 3)
>>> f = sigmoid(x - y / 2)
>>> f.enclose([Fraction(0), Fraction(0)])
0.500000000000000
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from flint import arb

Number: TypeAlias = Any  # Fraction, arb, acb, arb_series, acb_series: a ring with the functions
PREC = 128  # bits of an enclosure, if nothing else is said


class NotRational(ValueError):
    """An exact value was asked of a function that takes irrational values."""


class Function:
    """A function of real variables x_1, ..., x_m, analytic where it can be evaluated.

    Sums, differences, products, quotients and powers with natural exponents are functions
    again; rationals stand for constants.
    """

    def __add__(self, other: "Function | Fraction | int") -> "Function":
        return Sum(self, lift(other))

    def __radd__(self, other: "Fraction | int") -> "Function":
        return Sum(lift(other), self)

    def __neg__(self) -> "Function":
        return Product(Constant(Fraction(-1)), self)

    def __sub__(self, other: "Function | Fraction | int") -> "Function":
        return Sum(self, -lift(other))

    def __rsub__(self, other: "Fraction | int") -> "Function":
        return Sum(lift(other), -self)

    def __mul__(self, other: "Function | Fraction | int") -> "Function":
        return Product(self, lift(other))

    def __rmul__(self, other: "Fraction | int") -> "Function":
        return Product(lift(other), self)

    def __truediv__(self, other: "Function | Fraction | int") -> "Function":
        return Product(self, Reciprocal(lift(other)))

    def __rtruediv__(self, other: "Fraction | int") -> "Function":
        return Product(lift(other), Reciprocal(self))

    def __pow__(self, exponent: int) -> "Function":
        return Power(self, exponent)

    @property
    def dim(self) -> int:
        """The number of variables that it needs: x_dim is the last that occurs."""
        return max((part.dim for part in self.parts), default=0)

    @property
    def parts(self) -> "tuple[Function, ...]":
        """The functions that it is directly made of."""
        return ()

    def of(self, point: Sequence[Number]) -> Number:
        """The value, in the ring that the coordinates of the point belong to.

        `point` holds numbers of one kind; rationals are allowed beside balls and series.
        """
        raise NotImplementedError

    def at(self, node: Sequence[Fraction]) -> Fraction:
        """The exact value at a rational node; raises `NotRational` for exp, sin and the like."""
        return self.of([Fraction(x) for x in node])

    def enclose(self, node: "Sequence[Fraction | arb]", *, prec: int = PREC) -> "arb":
        """A ball that holds the value at the node, which balls may stand for."""
        from flint import ctx

        with ctx.workprec(prec):
            return ball(self.of([ball(x) for x in node]))


@dataclass(frozen=True)
class Variable(Function):
    """x_(place + 1)."""

    place: int

    @property
    def dim(self) -> int:
        """Its number, counted from 1."""
        return self.place + 1

    def of(self, point: Sequence[Number]) -> Number:
        """The coordinate."""
        return point[self.place]


@dataclass(frozen=True)
class Constant(Function):
    """A rational number."""

    value: Fraction

    def of(self, point: Sequence[Number]) -> Number:
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


class Sum(_Binary):
    """left + right."""

    def of(self, point: Sequence[Number]) -> Number:
        """The sum of the values."""
        return self.left.of(point) + self.right.of(point)


class Product(_Binary):
    """left * right."""

    def of(self, point: Sequence[Number]) -> Number:
        """The product of the values."""
        return self.left.of(point) * self.right.of(point)


@dataclass(frozen=True)
class Reciprocal(Function):
    """1 / inner."""

    inner: Function

    @property
    def parts(self) -> tuple[Function, ...]:
        """The denominator."""
        return (self.inner,)

    def of(self, point: Sequence[Number]) -> Number:
        """The reciprocal of the value."""
        return 1 / self.inner.of(point)


@dataclass(frozen=True)
class Power(Function):
    """inner ** exponent, for an exponent >= 0."""

    inner: Function
    exponent: int

    def __post_init__(self) -> None:
        if self.exponent < 0:
            raise ValueError(f"found the exponent {self.exponent}; expected one >= 0: use 1 / ...")

    @property
    def parts(self) -> tuple[Function, ...]:
        """The base."""
        return (self.inner,)

    def of(self, point: Sequence[Number]) -> Number:
        """The power of the value."""
        return self.inner.of(point) ** self.exponent


@dataclass(frozen=True)
class Elementary(Function):
    """exp, sin, cos, tanh, sigmoid or log of a function."""

    name: str
    inner: Function

    @property
    def parts(self) -> tuple[Function, ...]:
        """The argument."""
        return (self.inner,)

    def of(self, point: Sequence[Number]) -> Number:
        """The value; raises `NotRational` at a rational point."""
        value = self.inner.of(point)
        if isinstance(value, Fraction):
            raise NotRational(f"found {self.name} of a rational; expected a rational function")
        return ELEMENTARY[self.name](value)


ELEMENTARY: dict[str, Callable[[Number], Number]] = {
    "exp": lambda z: z.exp(),
    "sin": lambda z: z.sin(),
    "cos": lambda z: z.cos(),
    "tanh": lambda z: z.tanh(),
    "sigmoid": lambda z: 1 / (1 + (-z).exp()),
    "log": lambda z: z.log(),
}


def variables(dim: int) -> tuple[Variable, ...]:
    """x_1, ..., x_dim."""
    return tuple(Variable(place) for place in range(dim))


def constant(value: Fraction | int) -> Constant:
    """The constant function."""
    return Constant(Fraction(value))


def lift(value: Function | Fraction | int) -> Function:
    """The function itself, or the constant function."""
    return value if isinstance(value, Function) else constant(value)


def exp(inner: Function) -> Function:
    """The exponential function of a function."""
    return Elementary("exp", inner)


def sin(inner: Function) -> Function:
    """The sine of a function."""
    return Elementary("sin", inner)


def cos(inner: Function) -> Function:
    """The cosine of a function."""
    return Elementary("cos", inner)


def tanh(inner: Function) -> Function:
    """The hyperbolic tangent of a function."""
    return Elementary("tanh", inner)


def sigmoid(inner: Function) -> Function:
    """1 / (1 + e^-z) of a function z."""
    return Elementary("sigmoid", inner)


def log(inner: Function) -> Function:
    """The natural logarithm of a function."""
    return Elementary("log", inner)


def ball(value: "Fraction | arb | int") -> "arb":
    """A rational as a ball at the precision at hand; anything else as it is."""
    from flint import arb, fmpq

    if isinstance(value, Fraction):
        return arb(fmpq(value.numerator, value.denominator))
    return arb(value) if isinstance(value, int) else value
