"""Classes with theorems that hold given functions on a cube."""

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from ucomp_verify.bounds.classes import PolydiscClass, PolyellipseClass
from ucomp_verify.bounds.ridges import RidgeClass

from .boxes import Box
from .decay import Ellipses
from .expansions import Expandable, ExponentialClass, decay_on, lipschitz_of


def classes_that_hold(
    functions: Expandable, dim: int, half_side: Fraction
) -> tuple[RidgeClass | PolyellipseClass | PolydiscClass, ...]:
    """Classes on [-half_side, half_side]^dim, each of which holds all the functions.

    For `nodes_for_error` and `error_for_nodes`. Raises `HypothesisNotMet` for an expression
    that is not analytic around the cube.
    """
    if isinstance(functions, RidgeClass):
        return (replace(functions, half_side=half_side),)
    if isinstance(functions, PolyellipseClass | PolydiscClass):
        return (functions,)
    cube = Box.cube(dim, half_side)
    if isinstance(functions, ExponentialClass):
        return tuple(_on_polyellipses(functions, cube))
    from .expression_decay import neighbourhoods

    near = neighbourhoods(functions, cube)
    discs = [PolydiscClass(dim, half_side, r, bound) for r, bound in near.items()]
    return (*_on_polyellipses(functions, cube), *discs)


def _on_polyellipses(functions: Expandable, cube: Box) -> Iterator[PolyellipseClass]:
    """The ellipses on which sizes are known, those of the same ratio on all axes."""
    for option in decay_on(functions, cube).options:
        ratio = max(option.ratios)
        if ratio:
            yield _class(option, ratio, lipschitz_of(functions), cube)


def _class(option: Ellipses, ratio: Fraction, lipschitz: Fraction, cube: Box) -> PolyellipseClass:
    return PolyellipseClass(cube.dim, 1 / ratio, option.bound, lipschitz, cube.halves[0])
