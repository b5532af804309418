"""The decay of Chebyshev coefficients on many small boxes, shared where they are alike."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache, partial

from ucomp_verify.bounds.classes import PolydiscClass, PolyellipseClass
from ucomp_verify.bounds.ridges import RidgeClass
from ucomp_verify.bounds.rounding import rounded_up
from ucomp_verify.bounds.statement import HypothesisNotMet, about

from .boxes import Box
from .decay import Decay, Ellipses
from .expansions import Expandable, ExponentialClass, decay_on, ratio_of

BITS = 5  # of what is rounded up so that boxes become alike
SHARED = 1 << 12  # boxes that are remembered


def decays_within(functions: Expandable, box: Box) -> Callable[[Box], Decay]:
    """A function that bounds the coefficients on boxes, all within `box` or hardly beyond it.

    Ridge functions do not notice where a box is. Of other classes, and of expressions, sizes
    in neighbourhoods of the whole box are used.
    """
    if isinstance(functions, RidgeClass):
        return _by_shape(functions)
    if isinstance(functions, ExponentialClass):
        return _by_size(functions)
    near = _neighbourhoods(functions, box)
    known = lru_cache(maxsize=SHARED)(partial(_inner, near))
    return lambda part: known(part.halves, _beyond(part, near.box))


@dataclass(frozen=True, eq=False)
class _Near:
    """|g| <= sizes[r] within r of the box, in every coordinate; whether g has one linear form."""

    box: Box
    sizes: Mapping[Fraction, Fraction]
    ridges: bool


def _neighbourhoods(functions: Expandable, box: Box) -> _Near:
    if isinstance(functions, PolyellipseClass):
        functions = functions.on_polydiscs()
    if isinstance(functions, PolydiscClass):
        decay_on(functions, box)  # which checks that the box lies in the cube
        cube = Box.cube(functions.dim, functions.half_side)
        return _Near(cube, {functions.radius: functions.bound}, ridges=False)
    from .expression_decay import is_ridge, neighbourhoods

    assert not isinstance(functions, RidgeClass | ExponentialClass)
    cube = box.with_halves((max(box.halves),) * box.dim)
    return _Near(cube, neighbourhoods(functions, cube), ridges=is_ridge(functions))


def _by_shape(functions: RidgeClass) -> Callable[[Box], Decay]:
    known = lru_cache(maxsize=SHARED)(partial(decay_on, functions))
    return lambda part: known(Box.cube(part.dim, Fraction(0)).with_halves(part.halves))


def _by_size(functions: ExponentialClass) -> Callable[[Box], Decay]:
    """All bounds of exponentials grow with |centre|."""
    known = lru_cache(maxsize=SHARED)(partial(decay_on, functions))

    def on(part: Box) -> Decay:
        farthest = rounded_up(max(map(abs, part.centre)), bits=BITS)
        return known(Box((farthest,) * part.dim, part.halves))

    return on


def _beyond(part: Box, box: Box) -> Fraction:
    """How far the part sticks out of the box, rounded up."""
    sides = zip(part.centre, part.halves, box.centre, box.halves, strict=True)
    farthest = max(abs(c - middle) + h - half for c, h, middle, half in sides)
    return rounded_up(max(farthest, Fraction(0)), bits=BITS)


def _inner(near: _Near, halves: tuple[Fraction, ...], beyond: Fraction) -> Decay:
    options = [
        Ellipses(bound, tuple(ratio_of(radius - beyond, half) for half in halves))
        for radius, bound in near.sizes.items()
        if radius > beyond
    ]
    if not options:
        raise HypothesisNotMet(
            f"cells: found a cell that reaches {about(beyond)} beyond where the functions "
            "are known to be analytic; expected cells about as long as wide: use others, or none"
        )
    return Decay(tuple(options), min(near.sizes.values()), ridges=near.ridges)
