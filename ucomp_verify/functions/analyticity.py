"""Proofs that a function is analytic on a product of regions, by covers of finite enclosures.

Sums, products, powers, exp, sin and cos of analytic functions are analytic; a quotient,
sigmoid, tanh or log is where its enclosures on a cover by boxes are finite: then the
denominator has no zero in any box, and the argument of log no value in (-oo, 0].
"""

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, NoReturn, TypeAlias

from .duals import Dual
from .elementary import NotAnalytic, apply, ball, reciprocal
from .expressions import Constant, Elementary, Function, Reciprocal
from .regions import Region
from .ridges import Ridge, linear, ridge_of

if TYPE_CHECKING:
    from flint import acb, arb

Cell: TypeAlias = tuple[tuple[Fraction, Fraction], ...]  # real and imaginary parts by turns
ENTIRE = ("exp", "sin", "cos")
DEPTH = 40  # halvings of each side, after which a pole is taken to be there


def prove_analytic(function: Function, region: Region, *, work: int) -> None:
    """Return if the function is proved to be analytic on the product of the closed regions.

    Every variable runs through the region. Raises `NotAnalytic` if there is a pole or a branch
    point, and if one is so near that `work` boxes do not suffice.
    """
    for part in function.parts:
        prove_analytic(part, region, work=work)
    if isinstance(function, Elementary) and function.name in ENTIRE:
        return
    if isinstance(function, Elementary | Reciprocal):
        ridge = ridge_of(function)
        if ridge is None:
            near = _uncovered(function, region, work)
        else:  # the profile on the values of the linear form
            near = _uncovered(ridge.profile, region.scaled(ridge.sum_norm), work)
        if near is not None:
            _refuse(function, near, ridge)


def _uncovered(function: Function, region: Region, work: int) -> Cell | None:
    """None once the function has finite enclosures on boxes that cover the product of regions;
    else a box on which none is found. Boxes without one are halved, depth first."""
    places = sorted(places_of(function))
    wide, high = region.extents
    start = [side for _ in places for side in ((-wide, wide), (-high, high))]
    if start:  # the values at conjugate points are conjugate
        start[1] = (Fraction(0), high)
    cells: list[tuple[Cell, int]] = [(tuple(start), 0)]
    for _ in range(work):
        if not cells:
            return None
        cell, depth = cells.pop()
        if _outside(cell, region) or _finite(function, places, cell):
            continue
        if depth >= DEPTH * len(cell):
            return cell
        cells += [(half, depth + 1) for half in _halves(cell)]
    return cells[-1][0] if cells else None


def _refuse(function: Function, cell: Cell, ridge: Ridge | None) -> NoReturn:
    near = ", ".join(
        f"{float((a + b) / 2):.6g}{float((c + d) / 2):+.6g}i"
        for (a, b), (c, d) in zip(cell[::2], cell[1::2], strict=True)
    )
    where = f"({near})"
    if ridge is not None:
        form = linear(ridge.slopes)
        where = f"the points with {form.shown} = {near}"
    raise NotAnalytic(
        f"found that {function.shown} may have a pole or a branch point near {where}; expected a "
        "function that is analytic on the whole region: take a smaller one"
    )


def places_of(function: Function) -> set[int]:
    """The variables that occur."""
    place = getattr(function, "place", None)
    if place is not None:
        return {place}
    return {p for part in function.parts for p in places_of(part)}


def _outside(cell: Cell, region: Region) -> bool:
    """Whether some coordinate is certainly not in its region."""
    return any(
        region.outside((*real, *imaginary))
        for real, imaginary in zip(cell[::2], cell[1::2], strict=True)
    )


def _halves(cell: Cell) -> list[Cell]:
    """The cell in two, across its longest side."""
    longest = max(range(len(cell)), key=lambda i: cell[i][1] - cell[i][0])
    low, high = cell[longest]
    middle = (low + high) / 2
    before, after = cell[:longest], cell[longest + 1 :]
    return [(*before, half, *after) for half in ((low, middle), (middle, high))]


def _finite(function: Function, places: Sequence[int], cell: Cell) -> bool:
    """Whether the operation on top has a finite enclosure on the cell."""
    from flint import acb

    inner = function.parts[0] if function.parts else Constant(Fraction(0))
    try:
        point = _point(places, cell, function.dim)
        direct: acb = acb(inner.value_at(point)) if inner.dim else acb(inner.enclose([]))
        operation = _operation(function)
        if operation(direct).is_finite():
            return True
        better = by_slopes(inner, places, cell)
        return better is not None and operation(better).is_finite()
    except NotAnalytic:
        return False


def _operation(function: Function) -> "Callable[[acb], acb]":
    if isinstance(function, Elementary):
        name = function.name
        return lambda z: apply(name, z)
    return reciprocal


def by_slopes(inner: Function, places: Sequence[int], cell: Cell) -> "acb | None":
    """The values of an analytic function on a cell, from its value at the centre and its slopes
    (the mean value theorem, for the real and the imaginary part)."""
    from flint import acb

    if not places:
        return None
    point = _point(places, cell, inner.dim)
    middle = [acb(z.real.mid(), z.imag.mid()) for z in point]
    count = len(places)
    duals = [Dual(z, [acb(0)] * count) for z in point]
    for j, place in enumerate(places):
        if place < len(duals):
            duals[place].slopes[j] = acb(1)
    result = inner.value_at(duals)
    if not isinstance(result, Dual) or not result.value.is_finite():
        return None  # beyond a branch point slopes may be finite, but of no use
    total: acb = inner.value_at(middle)
    for j, place in enumerate(places):
        if place < len(point):
            total += result.slopes[j] * (point[place] - middle[place])
    return total


def _point(places: Sequence[int], cell: Cell, dim: int) -> "list[acb]":
    from flint import acb

    point = [acb(0)] * dim
    for j, place in enumerate(places):
        if place < dim:
            point[place] = acb(_interval(*cell[2 * j]), _interval(*cell[2 * j + 1]))
    return point


def _interval(low: Fraction, high: Fraction) -> "arb":
    return ball(low).union(ball(high))
