"""Proved suprema of |g| on products of complex regions, with the proof that g is analytic there."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import product
from typing import TYPE_CHECKING

from .analyticity import places_of, prove_analytic
from .derivatives import RIDGES_TIGHTER, rounded_up
from .duals import Dual
from .elementary import NotAnalytic, ball
from .expressions import PREC, Function, constant, variables
from .maximising import Objective, exact, greatest
from .regions import Ellipse, Piece, Region, Stadium
from .ridges import ridge_of

if TYPE_CHECKING:
    from flint import acb, arb

TIGHTNESS = Fraction(1, 64)
MOST_PARTS = 1 << 13  # products of arcs: each takes an evaluation at least
WORK = 20000  # evaluations on boxes, for the proof and for the size each


def supremum_on_polydisc(
    function: Function,
    half_side: Fraction,
    radius: Fraction,
    dim: int,
    *,
    tightness: Fraction = TIGHTNESS,
    work: int = WORK,
) -> Fraction:
    """A proved upper bound of |g| on the z in C^dim with all coordinates near [-R, R].

    R is `half_side`, and near means within `radius`: the closed polydiscs of this radius about
    all points of [-R, R]^dim. Raises `NotAnalytic` unless g is proved to be analytic there.

    >>> from .expressions import variables
    >>> (z,) = variables(1)
    >>> 1 <= supremum_on_polydisc(1 / (3 - z), Fraction(1), Fraction(1), 1) < 1.01
    True
    """
    _require(function, dim)
    if half_side < 0 or radius < 0:
        raise ValueError(f"found half_side {half_side} and radius {radius}; expected numbers >= 0")
    region = Stadium(Fraction(half_side), Fraction(radius))
    return _supremum(function, region, tightness=tightness, work=work)


def supremum_on_polyellipse(
    function: Function,
    rho: Fraction,
    dim: int,
    half_side: Fraction = Fraction(1),
    *,
    tightness: Fraction = TIGHTNESS,
    work: int = WORK,
) -> Fraction:
    """A proved upper bound of |g| on the product of `dim` closed ellipses R E_rho.

    R is `half_side`; E_rho has the foci -1 and 1 and half axes of sum rho > 1. Raises
    `NotAnalytic` unless g is proved to be analytic there.

    >>> from .expressions import variables
    >>> (z,) = variables(1)
    >>> 4 / 3 <= supremum_on_polyellipse(1 / (2 - z), Fraction(2), 1) < 1.34
    True
    """
    _require(function, dim)
    if half_side < 0 or rho <= 1:
        raise ValueError(f"found rho = {rho}, half_side {half_side}; expected rho > 1, a side >= 0")
    region = Ellipse(Fraction(half_side), Fraction(rho))
    return _supremum(function, region, tightness=tightness, work=work)


def _require(function: Function, dim: int) -> None:
    if dim < max(function.dim, 1):
        raise ValueError(
            f"found dim {dim} for {function.shown}; expected at least {max(function.dim, 1)}"
        )


def _supremum(function: Function, region: Region, *, tightness: Fraction, work: int) -> Fraction:
    """By the maximum principle on the product of the boundaries, once g is analytic."""
    from flint import ctx

    with ctx.workprec(PREC):
        if not function.dim:
            return rounded_up(exact(function.enclose([]).abs_upper()))
        function = _renumbered(function)
        prove_analytic(function, region, work=work)
        ridge = ridge_of(function)
        if ridge is not None:  # one variable is cheap, so that the bound may be tighter
            function, region = ridge.profile, region.scaled(ridge.sum_norm)
            tightness /= RIDGES_TIGHTER
        square = greatest(boundary_objectives(function, region), tightness=2 * tightness, work=work)
        if square is None:
            raise NotAnalytic(
                f"found no finite bound of {function.shown} with at most {work} evaluations; "
                "expected a function that is bounded on the region: take a smaller one, or more "
                "work"
            )
        return rounded_up(exact(ball(max(square, Fraction(0))).sqrt().upper()))


def boundary_objectives(function: Function, region: Region) -> list[Objective]:
    """|g|^2 on the products of arcs of the boundary; the first variable only on its upper half,
    as g takes conjugate values at conjugate points."""
    upper = list(region.pieces())
    both = [*upper, *(_mirrored(piece) for piece in upper)]
    count = len(upper) * len(both) ** (function.dim - 1)
    if count > MOST_PARTS:
        raise NotAnalytic(
            f"found {function.dim} variables, so that {count} products of arcs are the boundary; "
            f"expected at most {MOST_PARTS}: take a function of one linear form, or of fewer "
            "variables"
        )
    choices = product(upper, *([both] * (function.dim - 1)))
    return [_SquareOnBoundary(function, pieces).objective() for pieces in choices]


def _renumbered(function: Function) -> Function:
    """The function with no variable left out: all run through the same region."""
    used = sorted(places_of(function))
    if len(used) == function.dim:
        return function
    values: list[Function] = [constant(0)] * function.dim
    for place, name in zip(used, variables(len(used)), strict=True):
        values[place] = name
    return function.after(*values)


def _mirrored(piece: Piece) -> Piece:
    """The arc at the conjugate points."""

    def point(s: "arb") -> "tuple[acb, acb]":
        z, speed = piece(s)
        return z.conjugate(), speed.conjugate()

    return point


class _SquareOnBoundary:
    """|g(z)|^2 where each coordinate of z runs along an arc."""

    def __init__(self, function: Function, pieces: Sequence[Piece]) -> None:
        self.function, self.pieces = function, pieces

    def objective(self) -> Objective:
        """The function of the parameters of the arcs."""
        return Objective(len(self.pieces), self.value, self.slopes)

    def value(self, parameters: "Sequence[arb]") -> "arb":
        """The value alone."""
        point = [piece(s)[0] for piece, s in zip(self.pieces, parameters, strict=True)]
        value: acb = self.function.value_at(point)
        return value.real * value.real + value.imag * value.imag

    def slopes(self, parameters: "Sequence[arb]") -> "tuple[arb, list[arb]]":
        """The value and its derivatives."""
        from flint import acb

        size = len(parameters)
        duals: list[Dual] = []
        for j, (piece, s) in enumerate(zip(self.pieces, parameters, strict=True)):
            z, speed = piece(s)
            slopes = [acb(0)] * size
            slopes[j] = speed
            duals.append(Dual(z, slopes))
        result = self.function.value_at(duals)
        value: acb = result.value
        real, imaginary = value.real, value.imag
        slopes = [2 * (real * s.real + imaginary * s.imag) for s in result.slopes]
        size_squared = real.abs_upper() ** 2 + imaginary.abs_upper() ** 2
        least = real.abs_lower() ** 2 + imaginary.abs_lower() ** 2
        return least.union(size_squared), slopes
