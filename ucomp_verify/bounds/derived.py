"""Classes that hold a given function, by proved suprema of it on complex regions."""

from collections.abc import Callable
from fractions import Fraction
from functools import cache
from math import inf, log

from ucomp_verify.functions import (
    Function,
    NotAnalytic,
    derivative_bound,
    supremum_on_polydisc,
    supremum_on_polyellipse,
)

from .classes import ONE, PolydiscClass, PolyellipseClass, SmoothClass
from .statement import (
    HypothesisNotMet,
    require,
    require_kind,
    require_rational,
    require_size,
    require_whole,
    shown,
)

LEAST_GAP, MOST_GAP = Fraction(1, 1 << 40), 1 << 40  # of rho - 1
ROUGH = Fraction(1, 8)  # suprema of the search exceed the least by about so much, relatively
REFINEMENTS = 5  # of rho, between neighbours; each takes two suprema
UNIT = 1 << 20  # constants are multiples of 1 / UNIT: short numbers


def smooth_class_of(
    function: Function,
    order: int,
    *,
    dim: int,
    half_side: Fraction = ONE,
    lipschitz: Fraction = ONE,
) -> SmoothClass:
    """The class of this order that holds the function on [-half_side, half_side]^dim."""
    require_kind("smooth class", function, Function)
    side = require_size("smooth class", "half_side", half_side)
    box = [(-side, side)] * require_whole("smooth class", "the dimension", dim)
    require_whole("smooth class", "the order", order)
    return SmoothClass(order, derivative_bound(function, box, order), lipschitz)


def polydisc_class_of(
    function: Function,
    radius: Fraction,
    *,
    dim: int,
    half_side: Fraction = ONE,
    lipschitz: Fraction = ONE,
) -> PolydiscClass:
    """The class of this radius that holds the function minus its value at 0, rounded.

    A constant changes no error, as the mass is kept. Raises `NotAnalytic` (a ValueError)
    unless the function is proved to be analytic so far.
    """
    require_kind("polydisc class", function, Function)
    require_size("polydisc class", "the radius", radius)
    side = require_size("polydisc class", "half_side", half_side)
    bound = supremum_on_polydisc(_centred(function, dim), side, radius, dim)
    return PolydiscClass(dim, side, radius, bound, lipschitz)


def polyellipse_class_of(
    function: Function,
    rho: Fraction,
    *,
    dim: int,
    half_side: Fraction = ONE,
    lipschitz: Fraction = ONE,
    tightness: Fraction = Fraction(1, 64),
) -> PolyellipseClass:
    """The class of this rho that holds the function minus its value at 0, rounded.

    Its bound exceeds the supremum by about the share `tightness`. Raises `NotAnalytic` (a
    ValueError) unless the function is proved to be analytic so far.

    >>> from ucomp_verify.functions import sigmoid, variables
    >>> (x,) = variables(1)
    >>> float(polyellipse_class_of(sigmoid(x), Fraction(2), dim=1).bound) < 0.31
    True
    """
    require_kind("polyellipse class", function, Function)
    require_rational("polyellipse class", "rho", rho)
    side = require_size("polyellipse class", "half_side", half_side)
    bound = supremum_on_polyellipse(_centred(function, dim), rho, dim, side, tightness=tightness)
    return PolyellipseClass(dim, rho, bound, lipschitz, side)


def class_of(
    function: Function,
    *,
    mass: Fraction,
    error: Fraction,
    dim: int | None = None,
    half_side: Fraction = ONE,
    lipschitz: Fraction = ONE,
) -> PolyellipseClass:
    """The polyellipse class of the function whose rho needs about the lowest degree for `error`.

    rho is doubled in rho - 1 until the function is no longer proved to be analytic, or the
    degree that T7d asks for grows, and refined between the neighbours of the best one. Any
    rho gives a class that holds the function, so the search proves nothing; it takes some
    tens of suprema. Raises `HypothesisNotMet` if not even a small rho is proved.

    >>> from ucomp_verify.bounds import nodes_for_error
    >>> from ucomp_verify.functions import exp, variables
    >>> (x,) = variables(1)
    >>> task = {"mass": Fraction(1000), "error": Fraction(1, 10**8)}
    >>> nodes_for_error(class_of(exp(x), **task), **task).nodes
    13
    """
    require_kind("class", function, Function)
    m = max(function.dim, 1) if dim is None else require_whole("class", "the dimension", dim)
    scale = require_size("class", "the mass", mass) * require_size("class", "lipschitz", lipschitz)
    allowed = require_rational("class", "the error", error)
    require(allowed > 0, "class", f"eps = {shown(allowed)}", "a number > 0")
    target = float(min(max(scale / allowed, Fraction(1, 1 << 900)), Fraction(1 << 900)))
    seen = dict[Fraction, PolyellipseClass]()

    def cost(gap: Fraction) -> float:
        """About the degree that rho = 1 + gap needs, and infinity where nothing is proved."""
        try:
            found = polyellipse_class_of(
                function, 1 + gap, dim=m, half_side=half_side, lipschitz=lipschitz, tightness=ROUGH
            )
        except NotAnalytic:
            return inf
        seen[gap] = found
        size = float(min(max(found.bound, Fraction(1, 1 << 60)), Fraction(1 << 900)))
        wanted = log(4 * target) + log(size) - log(gap)
        return max(wanted, 1.0) / log(1 + gap)

    best = _best_gap(cost)
    if best not in seen:
        raise HypothesisNotMet(
            "class: found no ellipse on which the function is proved to be analytic and "
            "bounded; expected a function without poles near the cube, of few variables or of one "
            "linear form"
        )
    return seen[best]


def _best_gap(cost: Callable[[Fraction], float]) -> Fraction:
    """The best of the powers of 2 near the first that has a cost, refined between its
    neighbours by ever smaller steps."""
    cost = cache(cost)
    gap, step = ONE, ONE
    while cost(gap) == inf and gap > LEAST_GAP:
        gap /= 2
    for factor in (Fraction(2), Fraction(1, 2)):
        while cost(gap * factor) < cost(gap) and LEAST_GAP < gap < MOST_GAP:
            gap *= factor
    for _ in range(REFINEMENTS):
        step /= 2
        gap = min((gap, gap * (1 + step), gap * (1 - step / 2)), key=cost)
    return gap


def _centred(function: Function, dim: int) -> Function:
    """The function minus a rational near its value at the origin."""
    middle = function.enclose([Fraction(0)] * dim).mid()
    mantissa, exponent = middle.man_exp()
    value = Fraction(int(mantissa)) * Fraction(2) ** int(exponent)
    return function - round(value * UNIT) / Fraction(UNIT)
