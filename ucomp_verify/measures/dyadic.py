"""What float64 arrays are as integers times powers of two: their lattice, extent and sum."""

from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]

ROWS = 1 << 15  # rows at a time: their temporaries stay in the cache
_MANTISSA = (1 << 52) - 1
_NONE = 1 << 12  # above all exponents of float64


@dataclass(frozen=True)
class Extent:
    """On axis j all nodes lie in [lows[j], highs[j]], on multiples of 2^exponents[j].

    The exponents are the largest with this, and 0 on an axis of zeros.
    """

    lows: tuple[float, ...]
    highs: tuple[float, ...]
    exponents: tuple[int, ...]


def extent(nodes: Array, weights: Array | None = None) -> Extent | None:
    """The least box and the coarsest lattice of the nodes with a weight that is not 0.

    None if there is no such node. One pass over the data.
    """
    lows = np.full(nodes.shape[1], np.inf)
    highs, exponents = -lows, np.full(nodes.shape[1], _NONE)
    for start in range(0, len(nodes), ROWS):
        rows = nodes[start : start + ROWS]
        if weights is not None:
            kept = weights[start : start + ROWS] != 0
            rows = rows if kept.all() else rows[kept]
        if len(rows):
            columns = np.ascontiguousarray(rows.T)
            np.minimum(lows, columns.min(axis=1), out=lows)
            np.maximum(highs, columns.max(axis=1), out=highs)
            _lower(exponents, columns)
    if lows[0] == np.inf:
        return None
    exponents[exponents == _NONE] = 0
    return Extent(tuple(lows.tolist()), tuple(highs.tolist()), tuple(exponents.tolist()))


def lattice_exponent(values: Array) -> int | None:
    """The largest e with all values on multiples of 2^e; None if all are 0."""
    exponents = np.full(1, _NONE)
    for start in range(0, len(values), ROWS):
        _lower(exponents, np.ascontiguousarray(values[start : start + ROWS]).reshape(1, -1))
    return None if exponents[0] == _NONE else int(exponents[0])


def exact_sum(values: Array) -> Fraction:
    """The sum of float64 numbers, without rounding."""
    totals = np.zeros((2, 2048), np.int64)
    for start in range(0, len(values), ROWS):
        bits = np.ascontiguousarray(values[start : start + ROWS]).view(np.int64)
        exponents, mantissas = _parts(bits)
        mantissas = np.where(bits < 0, -mantissas, mantissas)
        # Halves of 26 and 27 bits: a sum of ROWS of them is exact in float64.
        for total, half in zip(totals, (mantissas >> 26, mantissas & (1 << 26) - 1), strict=True):
            total += np.bincount(exponents, half, minlength=2048).astype(np.int64)
    high, low = totals.tolist()
    whole = sum(((h << 26) + b) << e for e, (h, b) in enumerate(zip(high, low, strict=True)))
    return Fraction(whole, 1 << 1075)


def power_of_two(value: Fraction) -> int | None:
    """The exponent e if the value is 2^e."""
    p, q = value.numerator, value.denominator
    if p <= 0 or p & (p - 1) or q & (q - 1):
        return None
    return p.bit_length() - q.bit_length()


def times_power(values: Array, exponent: int) -> Array:
    """values * 2^exponent in a new array, exact unless the result leaves float64's range."""
    with np.errstate(over="ignore", under="ignore"):
        if -1022 <= exponent <= 1023:
            return values * 2.0**exponent
        return np.ldexp(values, exponent)


def is_whole(values: Array, units: Array) -> npt.NDArray[np.bool_]:
    """Where values * 2^e, of which `units` is the float64 product, are integers, or overflow.

    A product that underflows is no integer, or 0, which does not deceive.
    """
    whole = np.rint(units) == units
    if np.count_nonzero(units) != np.count_nonzero(values):
        whole &= (units != 0) | (values == 0)
    return whole


def _lower(exponents: npt.NDArray[np.int_], columns: Array) -> None:
    """Lower each exponent until the numbers of its row are multiples of that power of two."""
    for j, column in enumerate(columns):
        e = int(exponents[j])
        if e != _NONE and -1023 <= e <= 1022:
            # A product that overflows belongs to a number with far coarser last bit.
            units = times_power(column, -e)
            if is_whole(column, units).all():
                continue
        exponents[j] = min(e, _lattice(column))


def _lattice(column: Array) -> int:
    exponents, mantissas = _parts(column.view(np.int64))
    lowest = (mantissas & -mantissas).astype(np.float64).view(np.int64) >> 52
    return int(np.where(mantissas == 0, _NONE, exponents - 1075 + lowest - 1023).min())


def _parts(bits: Integers) -> tuple[Integers, Integers]:
    """Exponents e and mantissas with |x| = mantissa * 2^(e - 1075)."""
    exponents = (bits >> 52) & 0x7FF
    normal = exponents > 0
    return np.where(normal, exponents, 1), (bits & _MANTISSA) | (normal.astype(np.int64) << 52)
