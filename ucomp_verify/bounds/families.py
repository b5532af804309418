"""The bounds that hold for a class, each as a function of the cells along an axis and a degree."""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from typing import TypeAlias

from .analytic import polydisc_bound, universal_bound, universal_cells_bound
from .classes import PolydiscClass, PolyellipseClass, SmoothClass
from .grid import grid_bound
from .ridges import RidgeClass, ridge_bound
from .statement import Bound, HypothesisNotMet, require, require_size, require_whole, shown

MOST_REACH = 10**15  # likewise
MOST_DIM = 1024  # beyond, numbers of nodes take too long to compare
_WithDim = PolydiscClass | PolyellipseClass | RidgeClass
AnyClass: TypeAlias = SmoothClass | PolydiscClass | PolyellipseClass | RidgeClass


@dataclass(frozen=True)
class Family:
    """`bound(side, degree)` falls as either grows, from `least_side` and degree 0 on.

    `degree` is the only one, if there is but one; `most_side` the only side, likewise.
    """

    dim: int
    bound: Callable[[int, int], Bound]
    least_side: int = 1
    degree: int | None = None
    most_side: int | None = None


def families_of(
    functions: AnyClass, *, mass: Fraction, dim: int | None, half_side: Fraction | None
) -> list[Family]:
    """All bounds that hold for the class, by inclusions too (section 0 of the ledger)."""
    if isinstance(functions, SmoothClass):
        return [_grid(functions, mass, dim, half_side)]
    _require_class(functions)
    _require_same("dim", dim, functions.dim)
    _require_same("half_side", half_side, functions.half_side)
    require_size("plan", "the mass", mass)
    if not functions.half_side:
        return [Family(functions.dim, _one_point, degree=0, most_side=1)]
    if isinstance(functions, RidgeClass):
        return [Family(functions.dim, partial(_ridge, functions, mass))]
    if isinstance(functions, PolydiscClass):
        return _analytic(functions, mass)
    once = Family(functions.dim, partial(_once, functions, mass), most_side=1)
    return [once, *_analytic(functions.on_polydiscs(), mass)]


def _analytic(functions: PolydiscClass, mass: Fraction) -> list[Family]:
    least = int(functions.half_side // functions.radius) + 1
    return [
        Family(functions.dim, partial(_power_series, functions, mass), least_side=least),
        Family(functions.dim, partial(_chebyshev, functions, mass)),
    ]


def _grid(
    functions: SmoothClass, mass: Fraction, dim: int | None, half_side: Fraction | None
) -> Family:
    if dim is None or half_side is None:
        raise HypothesisNotMet(
            f"T4b: found dim = {dim} and half_side = {half_side} for a smooth class; expected "
            "both, as the class does not say them"
        )
    require_whole("T4b", "the dimension", dim)
    require_size("T4b", "half the side", half_side)

    def bound(side: int, degree: int) -> Bound:
        assert degree == functions.order - 1
        return grid_bound(functions, dim=dim, half_side=half_side, mass=mass, side=side)

    return Family(dim, bound, degree=functions.order - 1)


def _power_series(functions: PolydiscClass, mass: Fraction, side: int, degree: int) -> Bound:
    return polydisc_bound(functions, mass=mass, side=side, degree=degree)


def _chebyshev(functions: PolydiscClass, mass: Fraction, side: int, degree: int) -> Bound:
    return universal_cells_bound(functions, mass=mass, side=side, degree=degree)


def _ridge(functions: RidgeClass, mass: Fraction, side: int, degree: int) -> Bound:
    return ridge_bound(functions, mass=mass, side=side, degree=degree)


def _once(functions: PolyellipseClass, mass: Fraction, side: int, degree: int) -> Bound:
    assert side == 1
    return universal_bound(functions, mass=mass, degree=degree)


def _one_point(side: int, degree: int) -> Bound:
    """All nodes are 0, so the mass on one of them is enough."""
    assert side == 1 and degree == 0
    return Bound(Fraction(0), "CI", "small-ball-repaired", ("the cube is one point",))


def _require_class(functions: object) -> None:
    kind = f"functions of type {type(functions).__name__}"
    expected = "a class of this package: class_of makes one of a function"
    if not isinstance(functions, _WithDim):
        raise HypothesisNotMet(f"plan: found {kind}; expected {expected}")
    require(functions.dim <= MOST_DIM, "plan", f"dim = {functions.dim}", f"at most {MOST_DIM}")
    if isinstance(functions, RidgeClass):
        _require_reach("slope times half side", functions.slope * functions.half_side)
    elif isinstance(functions, PolydiscClass):
        _require_reach("half side over radius", functions.half_side / functions.radius)


def _require_reach(name: str, reach: Fraction) -> None:
    require(reach <= MOST_REACH, "plan", f"{name} = {shown(reach)}", f"at most {MOST_REACH}")


def _require_same(name: str, given: object, known: object) -> None:
    same = given is None or given == known
    require(same, "plan", f"{name} = {given}", f"that of the class, {known}")
