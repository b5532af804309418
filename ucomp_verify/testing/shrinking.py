"""Makes the data of a failure small, as long as it still fails in the same way."""

import time
from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from .adapters import Adapter
from .cases import Case
from .running import run_check
from .suite import Check
from .types import Status


def shrink(
    compressor: Adapter, check: Check, case: Case, kind: str, *, seconds: float = 20.0
) -> Case:
    """A case with no more nodes that fails the check with a violation of the same kind.

    Blocks of nodes are left out, from halves down to single ones, then the degree is lowered,
    and numbers are rounded to few digits, until nothing more can go or the time is up.
    """
    end = time.perf_counter() + seconds
    if not _fails(compressor, check, case, kind):
        return case  # it hung, or depends on more than its data: leave it as it is
    improved = True
    while improved and time.perf_counter() < end:
        improved = False
        for smaller in _smaller(case):
            if time.perf_counter() > end:
                break
            if _fails(compressor, check, smaller, kind):
                case, improved = smaller, True
                break
    return case


def _fails(compressor: Adapter, check: Check, case: Case, kind: str) -> bool:
    result = run_check(compressor, check, case=case)
    return result.status in (Status.FAILED, Status.ERROR) and result.kind == kind


def _smaller(case: Case) -> Iterator[Case]:
    """Cases that are simpler in one respect, the boldest first."""
    count = len(case.points)
    block = count // 2
    while block:
        for start in range(0, count, block):
            keep = np.delete(np.arange(count), np.s_[start : start + block])
            if len(keep):
                yield replace(case, points=case.points[keep], weights=case.weights[keep])
        block //= 2
    if case.degree > 0:
        yield replace(case, degree=case.degree // 2)
        yield replace(case, degree=case.degree - 1)
    yield from _rounder(case)


def _rounder(case: Case) -> Iterator[Case]:
    for digits in (0, 1, 2):
        points, weights = np.round(case.points, digits), np.round(case.weights, digits)
        if not _same(points, case.points) and _fewer_digits(case.points, digits):
            yield replace(case, points=points)
        if not _same(weights, case.weights) and _fewer_digits(case.weights, digits):
            yield replace(case, weights=weights)


def _same(a: object, b: object) -> bool:
    return np.asarray(a).tobytes() == np.asarray(b).tobytes()


def _fewer_digits(array: object, digits: int) -> bool:
    """Whether the array is not rounded yet to more digits than it would be."""
    values = np.asarray(array)
    return all(not _same(np.round(values, coarser), values) for coarser in range(digits))
