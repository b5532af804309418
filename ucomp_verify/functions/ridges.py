"""Functions of one linear form: phi(<u, w>), of which all suprema are one-dimensional."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from .expressions import Constant, Function, Power, Product, Sum, Variable, total


@dataclass(frozen=True)
class Affine:
    """sum over places of slopes[place] * x + offset, without slopes that are 0."""

    slopes: Mapping[int, Fraction]
    offset: Fraction


@dataclass(frozen=True)
class Ridge:
    """profile(<slopes, w>), where the profile is a function of one variable.

    `slopes` has an entry for every variable that the function needs.
    """

    slopes: tuple[Fraction, ...]
    profile: Function

    @property
    def square(self) -> Fraction:
        """The squared Euclidean length of the slopes."""
        return sum((s**2 for s in self.slopes), Fraction(0))

    @property
    def sum_norm(self) -> Fraction:
        """The sum of the absolute values of the slopes."""
        return sum(map(abs, self.slopes), Fraction(0))

    def range(self, box: Sequence[tuple[Fraction, Fraction]]) -> tuple[Fraction, Fraction]:
        """The values of the linear form on the box, exactly."""
        ends = [sorted((s * a, s * b)) for s, (a, b) in zip(self.slopes, box, strict=False)]
        return sum((e[0] for e in ends), Fraction(0)), sum((e[1] for e in ends), Fraction(0))


def ridge_of(function: Function) -> Ridge | None:
    """The function as a ridge; None if no single linear form is seen in it, or none at all.

    >>> from .expressions import sigmoid, variables
    >>> x, y = variables(2)
    >>> ridge = ridge_of(sigmoid(2 * x - y) / (4 - 2 * x + y))
    >>> ridge.slopes == (2, -1), str(ridge.profile)
    (True, 'sigmoid(x1)/(-x1 + 4)')
    """
    form = _first_form(function)
    if form is None:
        return None
    profile = _along(function, form)
    if profile is None:
        return None
    slopes = tuple(form.get(place, Fraction(0)) for place in range(function.dim))
    return Ridge(slopes, profile)


def linear(slopes: Sequence[Fraction]) -> Function:
    """The function sum_i slopes[i] x_(i+1)."""
    lines = [(s, Variable(i)) for i, s in enumerate(slopes) if s]
    return total([x if s == 1 else s * x for s, x in lines])


def affine_of(function: Function) -> Affine | None:
    """The function as an affine one; None if it is not seen to be."""
    if isinstance(function, Variable):
        return Affine({function.place: Fraction(1)}, Fraction(0))
    if isinstance(function, Constant):
        return Affine({}, function.value)
    if isinstance(function, Power) and function.exponent == 1:
        return affine_of(function.inner)
    if not isinstance(function, Sum | Product):
        return None
    left, right = affine_of(function.left), affine_of(function.right)
    if left is None or right is None:
        return None
    return _added(left, right) if isinstance(function, Sum) else _multiplied(left, right)


def _added(left: Affine, right: Affine) -> Affine:
    places = sorted({*left.slopes, *right.slopes})
    nothing = Fraction(0)
    sums = {p: left.slopes.get(p, nothing) + right.slopes.get(p, nothing) for p in places}
    return Affine({p: s for p, s in sums.items() if s}, left.offset + right.offset)


def _multiplied(left: Affine, right: Affine) -> Affine | None:
    if left.slopes and right.slopes:
        return None
    factor, other = (right.offset, left) if left.slopes else (left.offset, right)
    slopes = {p: factor * s for p, s in other.slopes.items() if factor}
    return Affine(slopes, factor * other.offset)


def _first_form(function: Function) -> Mapping[int, Fraction] | None:
    """The linear part of the first affine part that is not constant."""
    affine = affine_of(function)
    if affine is not None:
        return affine.slopes or None
    return next((form for part in function.parts if (form := _first_form(part))), None)


def _along(function: Function, form: Mapping[int, Fraction]) -> Function | None:
    """The function of t = <form, w>; None if it depends on more."""
    affine = affine_of(function)
    if affine is not None:
        return _affine_along(affine, form)
    if not function.dim:
        return function
    parts = [_along(part, form) for part in function.parts]
    known = [part for part in parts if part is not None]
    return function.made_of(known) if len(known) == len(parts) else None


def _affine_along(affine: Affine, form: Mapping[int, Fraction]) -> Function | None:
    if not affine.slopes:
        return Constant(affine.offset)
    if affine.slopes.keys() != form.keys():
        return None
    place = next(iter(form))
    factor = affine.slopes[place] / form[place]
    if any(affine.slopes[p] != factor * s for p, s in form.items()):
        return None
    line = linear([factor])
    return line + affine.offset if affine.offset else line
