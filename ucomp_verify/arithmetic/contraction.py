"""How far an approximate inverse is from the inverse: a proof in integers, at float64 speed.

A float64 product of matrices of integers is exact, in any order of summation, as long as no
sum of absolute values exceeds 2^53. So BLAS multiplies here, and no rounding takes place.
"""

from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]

EXACT = 52  # bits that sums in float64 may have here, one less than they could
MOST_BITS = 22  # of a limb
MATRIX_ERROR = 2.0**-45
"""How well the float64 matrix has to be known, absolutely; it leaves a limb more than enough."""
ENOUGH = Fraction(1, 2)  # of a contraction: the errors below grow by 1 / (1 - ENOUGH) at most


@dataclass(frozen=True, eq=False)
class Contraction:
    """An approximate inverse R with ||I - R A|| <= `factor` < 1 in the maximum row sum.

    R is `rows` * 2^(exponents - bits), by rows, in integers of at most `bits` bits. Hence A
    is invertible, and ||x|| <= ||R A x|| / (1 - factor) for every x.
    """

    rows: "Array"  # integers
    exponents: Integers
    bits: int
    factor: Fraction

    def bound(self, residual: list[int]) -> Fraction:
        """A bound of ||x|| for every x with |A x| <= residual, entry by entry."""
        shift = max(max(residual).bit_length() - self.bits, 0)
        upper = np.array([(r >> shift) + 1 for r in residual], np.float64)
        sums = (np.abs(self.rows) @ upper).tolist()
        least = int(self.exponents.min())
        image = max(
            int(s) << e for s, e in zip(sums, (self.exponents - least).tolist(), strict=True)
        )
        return image * Fraction(2) ** (shift + least - self.bits) / (1 - self.factor)


def contraction(matrix: "Array", inverse: "Array") -> Contraction | None:
    """Proves that a matrix has an inverse near the given one; None if it cannot.

    The true A is anywhere within `MATRIX_ERROR` of the float64 `matrix`, entry by entry, and
    its entries are at most 1 in size. In integers, with R = rows * 2^(e - r) and
    A = (high * 2^-a + low * 2^-2a) + error, where |error| <= 2^-2a / 2 + MATRIX_ERROR <= 2^-2a:

        2^(r + a - e) (I - R A) = (2^(r + a - e) I - rows @ high) - rows @ low / 2^a - rest

    with |rest| <= (sum_l |rows[i, l]|) * 2^-a. Both products are exact, since n 2^(r + a) is
    at most 2^52; so are the subtraction from a number below 2^53, and the sums in int64.
    """
    count = len(matrix)
    bits = min((EXACT - count.bit_length()) // 2, MOST_BITS)
    largest = np.abs(inverse).max(axis=1)
    if not np.isfinite(largest).all() or not largest.all():
        return None
    exponents = np.frexp(largest)[1].astype(np.int64)
    powers = 2 * bits - exponents  # of 2, which the diagonal should be
    if powers.min() < 1 or powers.max() > EXACT:
        return None
    rows = np.rint(np.ldexp(inverse, (bits - exponents)[:, None]))
    scaled = np.ldexp(matrix, bits)
    high = np.rint(scaled)
    low = np.rint(np.ldexp(scaled - high, bits))
    if np.abs(high).max() > 2**bits:
        return None
    sums = _row_sums(rows @ high, rows @ low, rows, powers, bits)
    if sums is None:
        return None
    most = int(powers.max())
    shifted = zip(sums, (most - powers).tolist(), strict=True)
    factor = Fraction(max(s << p for s, p in shifted), 1 << most)
    return Contraction(rows, exponents, bits, factor) if factor <= ENOUGH else None


def _row_sums(
    high: "Array", low: "Array", rows: "Array", powers: Integers, bits: int
) -> list[int] | None:
    """Bounds of the row sums of 2^power |I - R A|; None if they are huge."""
    count = len(rows)
    high[np.diag_indices(count)] -= np.ldexp(1.0, powers)
    if np.abs(high).max() * count > 2.0**60:
        return None
    entries = np.abs(high).astype(np.int64) + (np.abs(low).astype(np.int64) >> bits) + 1
    rest = (np.abs(rows).sum(axis=1).astype(np.int64) >> bits) + 1
    return (entries.sum(axis=1) + count * rest).tolist()
