"""What is asked of arrays of other types and layouts: the same measure, the same rule."""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from .adapters import Adapter
from .cases import Case
from .refusals import refusal_of
from .rules import LOOSE, check_rule, shown
from .types import Figures, NotApplicable, Raised

Change = Callable[[Any], Any]
"""One array, points or weights, in another type or layout."""


@dataclass(frozen=True)
class AcceptsArrays:
    """The same numbers in another type or layout are the same measure.

    The result is a rule of at most N nodes; where `may_refuse`, a ValueError or TypeError
    with a text is right, too.
    """

    change: Change
    may_refuse: bool = False

    @property
    def asks(self) -> str:
        """In words."""
        text = f"the same measure: a rule of at most N nodes, defect at most {shown(LOOSE)}"
        return f"{text}, or a clear refusal" if self.may_refuse else text

    def __call__(self, compressor: Adapter, case: Case) -> Figures:
        """The figures of the result."""
        if not compressor.takes_arrays:
            raise NotApplicable("it reads files, which have one type of array")
        points, weights = self.change(case.points.copy()), self.change(case.weights.copy())
        try:
            raw = compressor.raw(points, weights, case.degree, seed=case.seed)
        except Raised as raised:
            if not self.may_refuse:
                raise
            return {"refusal": refusal_of(raised)}
        return check_rule(case, compressor.read(raw, case), bound=LOOSE, sharp=False)


def as_int64(array: Any) -> Any:
    """Integers."""
    return array.astype(np.int64)


def as_float32(array: Any) -> Any:
    """Single precision, which holds these numbers exactly."""
    return array.astype(np.float32)


def as_big_endian(array: Any) -> Any:
    """The other byte order."""
    return array.astype(">f8")


def as_objects(array: Any) -> Any:
    """Python floats in an array of objects."""
    return array.astype(object)


def as_fractions(array: Any) -> Any:
    """Fractions in an array of objects."""
    out = np.empty(array.shape, dtype=object)
    for place, value in np.ndenumerate(array):
        out[place] = Fraction(value)
    return out


def as_lists(array: Any) -> Any:
    """Nested lists."""
    return array.tolist()


def in_fortran_order(array: Any) -> Any:
    """Columns are contiguous."""
    return np.asfortranarray(array)


def strided(array: Any) -> Any:
    """Every other place of a larger array, filled with NaN between."""
    wide = np.full(tuple(2 * n for n in array.shape), np.nan)
    view = wide[tuple(slice(None, None, 2) for _ in array.shape)]
    view[...] = array
    return view


def reversed_view(array: Any) -> Any:
    """Negative strides."""
    return array[::-1].copy()[::-1]


def read_only(array: Any) -> Any:
    """An array that cannot be written to."""
    array.flags.writeable = False
    return array
