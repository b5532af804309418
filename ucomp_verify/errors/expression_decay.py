"""The decay of the Chebyshev coefficients of one function, from its size on complex ellipses.

How far the function is analytic is searched for; its suprema there are proved.
"""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from ucomp_verify.bounds.classes import ONE
from ucomp_verify.bounds.powers import upper_value
from ucomp_verify.bounds.rounding import rounded_up
from ucomp_verify.bounds.statement import HypothesisNotMet, require
from ucomp_verify.functions import (
    Function,
    NotAnalytic,
    constant,
    supremum_on_polydisc,
    supremum_on_polyellipse,
)
from ucomp_verify.functions.expressions import Variable
from ucomp_verify.functions.ridges import ridge_of

from .boxes import Box
from .decay import Decay, Ellipses

WIDER = tuple(Fraction(r) for r in (1, 3, 7, 15, 63))  # the first that fails ends the search
NARROW = tuple(Fraction(1, 1 << j) for j in (1, 2, 4, 6, 9))  # tried if 1 already fails
BISECTIONS = 6
SHARES = tuple(Fraction(n, 20) for n in (3, 6, 10, 14, 17, 19))  # of the widest that is found
WORK, TIGHTNESS = 3000, Fraction(1, 8)  # of a supremum: the bounds need no more

Size = Callable[[Fraction], Fraction | None]  # sup |g| for a width, None where not analytic


def decay_of_expression(function: Function, box: Box) -> Decay:
    """Bounds of the coefficients of g on the box, from several products of ellipses.

    Raises `HypothesisNotMet` if g is not proved to be analytic in any neighbourhood of the
    box, or needs more variables than the box has axes.
    """
    line = _line(function, box)
    if line is None:
        unit = _moved(function, box)
        found = _sizes(lambda w: _supremum(unit, w, box.dim), function)
        used = [bool(h) for h in box.halves]
    else:
        used = [bool(u and h) for u, h in zip(line.slopes, box.halves, strict=True)]
        if not any(used):
            value = _substituted(line.profile, (constant(line.middle),))
            still = Ellipses(Fraction(0), (Fraction(0),) * box.dim)
            return Decay((still,), _constant_size(value), ridges=True)
        unit = _substituted(line.profile, (line.middle + line.length * Variable(0),))
        found = _sizes(lambda w: _supremum(unit, w, 1), function)
    options = [
        Ellipses(bound, tuple(rounded_up(1 / (1 + w)) if u else Fraction(0) for u in used))
        for w, bound in found.items()
    ]
    return Decay(tuple(options), min(found.values()), ridges=line is not None)


def neighbourhoods(function: Function, cube: Box) -> dict[Fraction, Fraction]:
    """Radii r with bounds of |g| on all points within r of the cube in every coordinate."""
    line, half = _line(function, cube), cube.halves[0]
    if line is None:
        moved = _moved(function, cube.with_halves((ONE,) * cube.dim))
        return _sizes(lambda r: _near(moved, half, r, cube.dim), function, unit=half or ONE)
    total = sum(map(abs, line.slopes), Fraction(0))
    if not total:
        return {half + 1: _constant_size(_substituted(line.profile, (constant(0),)))}
    unit = _substituted(line.profile, (line.middle + Variable(0),))
    reach = total * half
    found = _sizes(lambda r: _near(unit, reach, r, 1), function, unit=reach or ONE)
    return {r / total: bound for r, bound in found.items()}


def is_ridge(function: Function) -> bool:
    """Whether the function is seen to depend on one linear form at most."""
    return not function.dim or ridge_of(function) is not None


@dataclass(frozen=True)
class _Line:
    """profile(<slopes, w>), and the values of the form: middle +- length."""

    profile: Function
    slopes: tuple[Fraction, ...]
    middle: Fraction
    length: Fraction


def _line(function: Function, box: Box) -> _Line | None:
    """The function as one of a linear form, a constant too; None if it is not seen to be."""
    found = f"{function} of {function.dim} variables"
    require(function.dim <= box.dim, "expression", found, f"at most {box.dim}")
    nothing = (Fraction(0),) * box.dim
    if not function.dim:
        return _Line(function, nothing, Fraction(0), Fraction(0))
    ridge = ridge_of(function)
    if ridge is None:
        return None
    slopes = (*ridge.slopes, *nothing[len(ridge.slopes) :])
    middle = sum((u * c for u, c in zip(slopes, box.centre, strict=True)), Fraction(0))
    length = sum((abs(u) * h for u, h in zip(slopes, box.halves, strict=True)), Fraction(0))
    return _Line(ridge.profile, slopes, middle, length)


def _sizes(size: Size, function: Function, *, unit: Fraction = ONE) -> dict[Fraction, Fraction]:
    """Bounds for several widths up to about the largest that is possible."""
    found: dict[Fraction, Fraction] = {}

    def known(width: Fraction) -> bool:
        bound = size(width * unit)
        if bound is not None:
            found[width * unit] = bound
        return bound is not None

    _search(known)
    if not found:
        raise HypothesisNotMet(
            f"expression: found no neighbourhood of the box in which {function} is proved to be "
            "analytic and of a size that can be written; expected a function without poles or "
            "branch points on the box or very close to it, of few variables or of one linear "
            "form: take a smaller box, or a function that varies less"
        )
    widest = max(found) / unit
    for share in SHARES:
        known(widest * share)
    return found


def _search(known: Callable[[Fraction], bool]) -> None:
    """Try wider ones until one fails, then halve the gap a few times."""
    low, high = Fraction(0), None
    for width in WIDER:
        if not known(width):
            high = width
            break
        low = width
    if high is None:
        return
    for width in NARROW if not low else ():
        if known(width):
            low = width
            break
        high = width
    for _ in range(BISECTIONS if low else 0):
        middle = (low + high) / 2
        low, high = (middle, high) if known(middle) else (low, middle)


def _supremum(function: Function, width: Fraction, dim: int) -> Fraction | None:
    """On the ellipses with rho = 1 + width."""
    return _tried(
        lambda: supremum_on_polyellipse(function, 1 + width, dim, work=WORK, tightness=TIGHTNESS)
    )


def _near(function: Function, half: Fraction, radius: Fraction, dim: int) -> Fraction | None:
    return _tried(
        lambda: supremum_on_polydisc(function, half, radius, dim, work=WORK, tightness=TIGHTNESS)
    )


def _tried(supremum: Callable[[], Fraction]) -> Fraction | None:
    try:
        return rounded_up(supremum())
    except NotAnalytic:
        return None


def _moved(function: Function, box: Box) -> Function:
    """The function of the scaled coordinates, in [-1, 1]^m."""
    sides = zip(box.centre, box.halves, strict=True)
    return _substituted(function, tuple(c + h * Variable(j) for j, (c, h) in enumerate(sides)))


def _substituted(function: Function, values: tuple[Function, ...]) -> Function:
    """The function of other functions in place of the variables."""
    if isinstance(function, Variable):
        return values[function.place]
    if not function.parts:
        return function
    return function.made_of([_substituted(part, values) for part in function.parts])


def _constant_size(function: Function) -> Fraction:
    """An upper bound of the absolute value of a function without variables."""
    return upper_value(abs(function.enclose([])))
