"""The best pair of a number of cells and a degree, by branch and bound.

It is exact where the bounds fall as either grows; rounding may spoil that by less than SLACK.
"""

from collections.abc import Callable
from fractions import Fraction
from functools import cache
from heapq import heappop, heappush

from .analytic import degree_within
from .families import Family
from .grid import one_shot_size
from .powers import TINY, whole_root

SLACK = 1 + Fraction(1, 1 << 30)


def fewest_nodes(family: Family, error: Fraction, *, below: int | None) -> tuple[int, int] | None:
    """Cells along an axis and degree of a bound <= error, with the fewest nodes.

    None if that takes `below` nodes or more.
    """

    @cache
    def enough(side: int, degree: int) -> bool:
        return family.bound(side, degree).value <= error

    if family.degree is not None:
        degree, least = family.degree, family.least_side
        side = family.most_side or _first(lambda n: enough(n, degree), least)
        return _if_below(family, (side, degree), below)
    top = _first(lambda k: enough(family.least_side, k), 0)
    best = _if_below(family, (family.least_side, top), below)
    limit = _nodes(family, best) if best else below
    assert limit is not None
    # Degrees from, up to before, and cells along an axis at least; the most hopeful part first.
    parts = [] if family.most_side else [(0, 0, top, family.least_side)]
    while parts and parts[0][0] < limit:
        _, start, stop, side = heappop(parts)
        middle = (start + stop) // 2
        found = _first_side(enough, family.dim, (start, middle), side, limit)
        count = one_shot_size(family.dim, middle, found)
        if count < limit and enough(found, middle):
            best, limit = (found, middle), count
        for left, right, least in ((start, middle, found), (middle + 1, stop, side)):
            if left < right:
                fewest = one_shot_size(family.dim, left, least)
                heappush(parts, (fewest, left, right, least))
    return best


def _first_side(
    enough: Callable[[int, int], bool], dim: int, degrees: tuple[int, int], side: int, limit: int
) -> int:
    """The least number >= `side` of cells that is enough for the second of the degrees.

    Or one up to that, if even so many are too many nodes, `limit` or more, for the first.
    """
    low, high, step = side, side, 1
    while not enough(high, degrees[1]):
        low, high, step = high + 1, high + step, 2 * step
        if one_shot_size(dim, degrees[0], low) >= limit:
            return low
    return _first_within(low, high, lambda n: enough(n, degrees[1]))


def smallest_value(family: Family, size: int, *, below: Fraction | None) -> tuple[int, int] | None:
    """Cells along an axis and degree of at most `size` nodes with the smallest bound.

    None if there are none, or none with a bound less than `below`.
    """

    @cache
    def side_of(degree: int) -> int:
        side = whole_root(size // one_shot_size(family.dim, degree, 1), family.dim)
        return min(side, family.most_side or side)

    degrees = _degrees(family, size)
    best: tuple[int, int] | None = None
    parts = [(Fraction(0), *degrees)] if degrees else []  # what the bounds are at least, degrees
    while parts and (below is None or parts[0][0] < below * SLACK):
        _, start, stop = heappop(parts)
        low, high = side_of(stop), side_of(start)
        value = family.bound(low, stop).value
        if below is None or value < below:
            best, below = (low, stop), value
        if below <= TINY:
            break
        if low == high:
            continue
        middle = (start + stop) // 2
        for left, right in ((start, middle), (middle + 1, stop)):
            heappush(parts, (family.bound(side_of(left), right).value, left, right))
    return best


def _degrees(family: Family, size: int) -> tuple[int, int] | None:
    """The degrees that some cells of the family keep at most `size` nodes with."""
    least = family.degree or 0
    if one_shot_size(family.dim, least, family.least_side) > size:
        return None
    if family.degree is not None:
        return least, least
    return 0, degree_within(family.dim, size, side=family.least_side)


def _first(holds: Callable[[int], bool], least: int) -> int:
    """The least integer >= `least` from which on it holds."""
    if holds(least):
        return least
    low, step = least, 1
    while not holds(low + step):
        low, step = low + step, 2 * step
    return _first_within(low + 1, low + step, holds)


def _first_within(low: int, high: int, holds: Callable[[int], bool]) -> int:
    """The least integer from low to high for which it holds, as it does for high."""
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if holds(middle) else (middle + 1, high)
    return low


def _nodes(family: Family, plan: tuple[int, int]) -> int:
    return one_shot_size(family.dim, plan[1], plan[0])


def _if_below(family: Family, plan: tuple[int, int], below: int | None) -> tuple[int, int] | None:
    return plan if below is None or _nodes(family, plan) < below else None
