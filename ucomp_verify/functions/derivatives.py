"""Proved bounds of directional derivatives on boxes."""

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from .box_objectives import RealBox, ValueOnBox, derivative_objectives
from .elementary import NotAnalytic, ball
from .expressions import PREC, Function, Sum
from .maximising import exact, greatest
from .ridges import Ridge, ridge_of
from .series import series_length

if TYPE_CHECKING:
    from flint import arb

TIGHTNESS = Fraction(1, 64)
RIDGES_TIGHTER = 16  # times: one variable is cheap
WORK = 4000  # evaluations on boxes, which take a few tens of microseconds each
BITS = 64  # of a bound


def derivative_bound(
    function: Function,
    box: RealBox,
    order: int,
    *,
    tightness: Fraction = TIGHTNESS,
    work: int = WORK,
) -> Fraction:
    """A proved upper bound of |D^order g(x)[u, ..., u]| over all x of the box and |u|_2 = 1.

    Of |g| for order 0. The bound exceeds the supremum by at most about `tightness` of it
    unless `work` evaluations do not suffice, as may happen from three variables on; a ridge
    phi(<u, w> + b) takes one variable only. The derivative along u is a Taylor coefficient
    of t -> g(x + t u), enclosed by power series over boxes of points and directions.
    Raises `NotAnalytic` if no finite bound is found, as for a pole in the box.

    >>> from .expressions import variables
    >>> (x,) = variables(1)
    >>> float(derivative_bound(1 / (3 - x), [(Fraction(-1), Fraction(1))], 2))
    0.25
    """
    require_box(function, box)
    if order < 0:
        raise ValueError(f"found the derivative of order {order}; expected an order >= 0")
    from flint import ctx

    with ctx.workprec(PREC), series_length(order + 1):
        ridge = ridge_of(function)
        if ridge is not None:
            found = _ridge_bound(ridge, box, order, tightness=tightness, work=work)
        elif not function.dim:
            found = exact(function.enclose([]).abs_upper()) if not order else Fraction(0)
        else:
            found = _general_bound(function, box, order, tightness=tightness, work=work)
    if found is None:
        raise NotAnalytic(
            f"found no finite bound of the derivatives of order {order} of {function.shown} on the "
            f"box {_shown(box)} with at most {work} evaluations; expected a function that is "
            "analytic there: take a smaller box away from its poles, or more work"
        )
    return rounded_up(max(found, Fraction(0)))


def taylor_coefficients(
    function: Function,
    node: Sequence[Fraction],
    direction: Sequence[Fraction],
    length: int,
    *,
    prec: int = PREC,
) -> "list[arb]":
    """Balls that hold the first `length` Taylor coefficients of t -> g(node + t * direction).

    Number j is D^j g(node)[u, ..., u] / j! for u = direction. Raises `NotAnalytic` at a pole.
    """
    if len(node) != len(direction) or len(node) < function.dim or length < 1:
        raise ValueError(
            f"found {len(node)} and {len(direction)} coordinates and the length {length} for "
            f"{function.shown}; expected at least {function.dim} of each, and a length >= 1"
        )
    from flint import arb_series, ctx

    with ctx.workprec(prec), series_length(length):
        pairs = zip(node, direction, strict=True)
        lines = [arb_series([ball(Fraction(x)), ball(Fraction(u))]) for x, u in pairs]
        series = function.of(lines) if function.dim else arb_series([function.enclose([])])
        found: list[arb] = [series[j] for j in range(length)]
        if all(c.is_finite() for c in found):
            return found
    raise NotAnalytic(
        f"found no finite derivatives of {function.shown} at a node; expected a node away from "
        "its poles"
    )


def range_on(
    function: Function, box: RealBox, *, tightness: Fraction = TIGHTNESS, work: int = WORK
) -> tuple[Fraction, Fraction]:
    """Proved bounds from below and from above of the function on the box.

    Raises `NotAnalytic` if none are found.
    """
    require_box(function, box)
    from flint import ctx

    with ctx.workprec(PREC), series_length(1):
        ends = [
            greatest([ValueOnBox(function, box, sign).objective()], tightness=tightness, work=work)
            for sign in (-1, 1)
        ]
    lower, upper = ends
    if lower is None or upper is None:
        raise NotAnalytic(
            f"found no finite range of {function.shown} on the box {_shown(box)}; expected a "
            "function that is analytic there: take a smaller box away from its poles, or more work"
        )
    return -lower, upper


def require_box(function: Function, box: RealBox) -> None:
    """Raise ValueError unless the box has enough axes and ordered ends, and TypeError for what
    is no function."""
    if not isinstance(function, Function):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise TypeError(
            f"found {function!r} of type {type(function).__name__}; expected a function: make one "
            "of `variables`, or with `parse_function`"
        )
    if len(box) < function.dim:
        raise ValueError(
            f"found a box of {len(box)} intervals for {function.shown}; expected one for each of "
            f"its {function.dim} variables"
        )
    for place, (low, high) in enumerate(box):
        if not low <= high:
            raise ValueError(
                f"found the interval [{low}, {high}] of x{place + 1}; expected ends in order"
            )


def rounded_up(value: Fraction) -> Fraction:
    """A dyadic of `BITS` bits at least the value >= 0."""
    if not value:
        return value
    unit = Fraction(2) ** (value.numerator.bit_length() - value.denominator.bit_length() - BITS)
    return -(-value // unit) * unit


def _general_bound(
    function: Function, box: RealBox, order: int, *, tightness: Fraction, work: int
) -> Fraction | None:
    """By search, or for a sum of ridges by the sum of their bounds if that is less."""
    objectives = derivative_objectives(function, box, order)
    found = greatest(objectives, tightness=tightness, work=work)
    ridges = _ridges_of(function)
    if found is None or ridges is None:
        return found
    bounds = [_ridge_bound(r, box, order, tightness=tightness, work=work) for r in ridges]
    known = [bound for bound in bounds if bound is not None]
    return min(found, sum(known, Fraction(0))) if len(known) == len(bounds) else found


def _ridges_of(function: Function) -> list[Ridge] | None:
    """The ridges of which it is the sum; None if it is not seen as one."""
    ridge = ridge_of(function)
    if ridge is not None:
        return [ridge]
    if not isinstance(function, Sum):
        return None
    left, right = _ridges_of(function.left), _ridges_of(function.right)
    return None if left is None or right is None else [*left, *right]


def _ridge_bound(
    ridge: Ridge, box: RealBox, order: int, *, tightness: Fraction, work: int
) -> Fraction | None:
    """The supremum of |phi^(order)| on the range of the linear form times |slopes|^order."""
    line = [ridge.range(box)]
    tighter = tightness / RIDGES_TIGHTER
    found = greatest(
        derivative_objectives(ridge.profile, line, order), tightness=tighter, work=work
    )
    if found is None:
        return None
    length = ball(ridge.square) ** (order // 2)
    if order % 2:
        length *= ball(ridge.square).sqrt()
    return exact((ball(found) * length).upper())


def _shown(box: RealBox) -> str:
    return " x ".join(f"[{low}, {high}]" for low, high in box)
