"""A slow, independent solution of a linear system by mpmath, for comparison."""

from collections.abc import Sequence
from importlib import import_module
from typing import Any

GUARD_DIGITS = 20
RAISES = 12  # of the precision, each to twice as much


def solve(rows: Sequence[Sequence[int]], right: Sequence[int], digits: int) -> list[Any]:
    """The solution of a square system of integers, to about `digits` digits of each entry, as mpf.

    Nothing here is certified: the precision is doubled until two solutions agree. Raises
    ArithmeticError if they never do, as for a singular system.

    >>> [int(x) for x in solve([[1, 1], [0, 2]], [3, 4], 20)]
    [1, 2]
    """
    size = max(abs(v).bit_length() for row in rows for v in row)
    dps, before = digits + GUARD_DIGITS + size // 3, None
    for _ in range(RAISES):
        after = _solved(rows, right, dps)
        if before is not None and after is not None and _agree(before, after, digits):
            return after
        before, dps = after, 2 * dps
    raise ArithmeticError(
        f"found no agreement on {digits} digits between solutions at up to {dps} digits; "
        "expected an invertible system"
    )


def _solved(rows: Sequence[Sequence[int]], right: Sequence[int], dps: int) -> list[Any] | None:
    mp: Any = import_module("mpmath").mp
    with mp.workdps(dps):
        try:
            return list(mp.lu_solve(mp.matrix(rows), mp.matrix(list(right))))
        except ZeroDivisionError:
            return None


def _agree(before: Sequence[Any], after: Sequence[Any], digits: int) -> bool:
    mp: Any = import_module("mpmath").mp
    with mp.workdps(digits + GUARD_DIGITS):
        bound = mp.mpf(10) ** -digits
        return all(abs(a - b) <= bound * abs(b) for a, b in zip(before, after, strict=True))
