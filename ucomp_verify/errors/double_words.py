"""Pairs of float64 numbers that stand for their sum: about 106 bits, arrays at a time.

With u = 2^-53 a product of two pairs is within 8 u^2 of the true one, relative to it, and a
sum within 4 u^2 (Joldes, Muller and Popescu, "Tight and rigorous error bounds for basic
building blocks of double-word arithmetic", 2017, algorithms 6 and 10), as long as nothing
leaves the range of float64: numbers here lie between 2^-300 and 2^300 or are below 2^-900.
"""

from collections.abc import Sequence
from fractions import Fraction
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Array: TypeAlias = npt.NDArray[np.float64]
Pair: TypeAlias = tuple[Array, Array]

SPLITTER = 134217729.0  # 2^27 + 1, of Veltkamp


def pairs_of(values: Sequence[Fraction]) -> Pair:
    """The pairs nearest to rationals: each is within 2^-105 of it, relative to it."""
    high = [float(v) for v in values]
    low = [float(v - Fraction(h)) for v, h in zip(values, high, strict=True)]
    return np.array(high), np.array(low)


def two_sum(a: Array, b: Array) -> Pair:
    """The rounded sum and its error, exactly (Knuth)."""
    total = a + b
    part = total - a
    return total, (a - (total - part)) + (b - part)


def multiplied(x: Pair, y: Pair) -> Pair:
    """The product of two pairs."""
    high = x[0] * y[0]
    low = _product_error(x[0], y[0], high)
    low += x[0] * y[1] + x[1] * y[0]
    return _renewed(high, low)


def added(x: Pair, y: Pair) -> Pair:
    """The sum of two pairs."""
    high, error = two_sum(x[0], y[0])
    low, rest = two_sum(x[1], y[1])
    error += low
    high, error = _renewed(high, error)
    error += rest
    return _renewed(high, error)


def _renewed(high: Array, low: Array) -> Pair:
    """The same sum with |low| at most half an ulp of high, if |low| <= |high| (Dekker)."""
    total = high + low
    return total, low - (total - high)


def _halves(x: Array) -> Pair:
    scaled = SPLITTER * x
    high = scaled - (scaled - x)
    return high, x - high


def _product_error(a: Array, b: Array, product: Array) -> Array:
    """a * b - product, exactly (Dekker, with Veltkamp's splitting)."""
    first, second = _halves(a), _halves(b)
    error = first[0] * second[0] - product
    error += first[0] * second[1]
    error += first[1] * second[0]
    error += first[1] * second[1]
    return error
