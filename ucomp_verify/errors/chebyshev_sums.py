"""Sums of products of Chebyshev polynomials over many nodes, with a proved error, in float64.

T_j is computed in pairs of float64 by its recurrence, and rounded to an integer multiple of
2^-80, in limbs of 20 bits. Sums of products of limbs stay below 2^53, so that matrix products
in float64 are exact, in whatever order they add.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import accumulate

import numpy as np
import numpy.typing as npt

from ucomp_verify.algebra.multi_indices import MultiIndex, multi_indices, num_monomials

from .double_words import Array, Pair, added, multiplied, two_sum

LIMB, LIMBS = 20, 4
BITS = LIMB * LIMBS  # after the point
BLOCK = 1 << 12  # nodes; 2^12 products of two limbs up to 2^20 are at most 2^52
FLUSH = 1 << 8  # products that int64 adds up, four such sums together
ROOM = 1 << 20  # numbers in the rows of a block
MOST = 1 << 24  # sums of products of limbs


@dataclass(frozen=True, eq=False)
class Parts:
    """Nodes of shape (d, m), part after part; part p lies in a box around `centres[p]`.

    `sizes` counts the nodes of the parts, `centres` and the pairs `inverses`, of 1 / half
    side, have the shape (parts, m). `weights`, at most 1 in size, are None where all are 1.
    """

    nodes: Array
    weights: Pair | None
    sizes: Sequence[int]
    centres: Array
    inverses: Pair


def node_radius(order: int, dim: int) -> Fraction:
    """How far a weight times a product of T's at a node may be from what is added for it.

    With u = 2^-53: the scaled coordinate is within 10 u^2 <= 2^-102 of the true one, which
    moves T_j by at most j^2 2^-102 (Markov). A step of the recurrence errs by at most
    21 u^2 <= 2^-101, the i-th of them is multiplied by a value of U_(j-i), and so they give
    at most j^2 2^-102 in all. Each further product errs by 8 u^2, and each rounding to limbs
    by 0.51 * 2^-BITS. Factors are at most 1, so errors add; there is room for twice as much.
    """
    return Fraction(2, 1 << BITS) + Fraction(order**2 + dim + 1, 1 << 99)


def fits(dim: int, order: int) -> bool:
    """Whether `chebyshev_sums` has room for all multi-indices up to the order."""
    rows = (num_monomials(half, order) * LIMBS for half in (dim // 2, dim - dim // 2) if half)
    largest = max(rows)
    return order <= 500 and largest**2 <= MOST


def chebyshev_sums(parts: Parts, order: int) -> Iterator[list[int]]:
    """sum_i w_i T_alpha(t_i) * 2^(2 BITS) of each part, for the multi-indices up to the order.

    T_alpha(t) is the product of T_alpha_j(t_j). Each sum is wrong by at most the number of
    nodes times `node_radius` times 2^(2 BITS). All |t| are at most 1.
    """
    table = _Table(parts.nodes.shape[1], order)
    running, ends, place = _Running(table), list(accumulate(parts.sizes)), 0
    for start in range(0, len(parts.nodes), table.block):
        stop = min(start + table.block, len(parts.nodes))
        labels = np.searchsorted(ends, np.arange(start, stop), side="right")
        left, right = table.factors(parts, slice(start, stop), labels)
        position = start
        while position < stop:
            while ends[place] <= position:
                yield running.taken()
                place += 1
            end = min(stop, ends[place])
            running.add(left, right, slice(position - start, end - start))
            position = end
    for _ in range(place, len(ends)):
        yield running.taken()


@dataclass(frozen=True)
class _Table:
    """Which products of T's on the first axes and on the others make which T_alpha."""

    dim: int
    order: int

    @cached_property
    def halves(self) -> tuple[tuple[MultiIndex, ...], tuple[MultiIndex, ...]]:
        """The multi-indices on the first half of the axes, and on the second."""
        first = self.dim // 2
        return _up_to(first, self.order), _up_to(self.dim - first, self.order)

    @cached_property
    def pick(self) -> tuple[list[int], list[int]]:
        """For each multi-index its places in the two halves."""
        left, right = ({a: i for i, a in enumerate(half)} for half in self.halves)
        first, alphas = self.dim // 2, list(multi_indices(self.dim, self.order))
        return [left[a[:first]] for a in alphas], [right[a[first:]] for a in alphas]

    @cached_property
    def block(self) -> int:
        """Nodes at a time."""
        rows = LIMBS * max(map(len, self.halves))
        return max(min(BLOCK, ROOM // rows), 64)

    def factors(
        self, parts: Parts, places: slice, labels: npt.NDArray[np.intp]
    ) -> tuple[Array, Array]:
        """The limbs of both halves at some nodes, of shape (indices * LIMBS, nodes)."""
        t = _scaled(parts, places, labels)
        values = _chebyshev(t, self.order)
        first = self.dim // 2
        left = _products(values, range(first), self.halves[0])
        right = _products(values, range(first, self.dim), self.halves[1])
        if parts.weights is not None:
            right = multiplied(right, (parts.weights[0][places], parts.weights[1][places]))
        return _limbs(left), _limbs(right)


class _Running:
    """The sums over the part at hand."""

    def __init__(self, table: _Table) -> None:
        rows, columns = (LIMBS * len(half) for half in table.halves)
        self._total, self._table = np.zeros((rows, columns), np.int64), table
        self._added = 0
        self._carried = [0] * len(table.pick[0])

    def add(self, left: Array, right: Array, nodes: slice) -> None:
        """Add the sums over some nodes."""
        product = left[:, nodes] @ right[:, nodes].T
        np.add(self._total, product, out=self._total, dtype=np.int64, casting="unsafe")
        self._added += 1
        if self._added == FLUSH:
            self._carried = self.taken()

    def taken(self) -> list[int]:
        """The sums as integers; then everything is 0 again."""
        sums, self._carried = self._carried, [0] * len(self._carried)
        if not self._added:
            return sums
        first, second = self._table.pick
        shape = (len(self._table.halves[0]), LIMBS, -1, LIMBS)
        chosen = self._total.reshape(shape)[first, :, second, :]
        diagonals = np.zeros((2 * LIMBS - 1, len(first)), np.int64)
        for u in range(LIMBS):
            for v in range(LIMBS):
                diagonals[u + v] += chosen[:, u, v]
        for shift, diagonal in enumerate(diagonals.tolist()):
            sums = [s + (n << LIMB * shift) for s, n in zip(sums, diagonal, strict=True)]
        self._total[:] = 0
        self._added = 0
        return sums


def _up_to(axes: int, order: int) -> tuple[MultiIndex, ...]:
    return tuple(multi_indices(axes, order)) if axes else ((),)


def _scaled(parts: Parts, places: slice, labels: npt.NDArray[np.intp]) -> Pair:
    """(node - centre) / half side, of shape (m, nodes)."""
    shifted = two_sum(parts.nodes[places], -parts.centres[labels])
    t = multiplied(shifted, (parts.inverses[0][labels], parts.inverses[1][labels]))
    return np.ascontiguousarray(t[0].T), np.ascontiguousarray(t[1].T)


def _chebyshev(t: Pair, order: int) -> Pair:
    """T_0, ..., T_order by T_(j+1) = 2 t T_j - T_(j-1), of shape (order + 1, m, nodes)."""
    high, low = (np.zeros((order + 1, *t[0].shape)) for _ in range(2))
    high[0] = 1.0
    if order:
        high[1], low[1] = t
    twice = (2 * t[0], 2 * t[1])
    for j in range(2, order + 1):
        product = multiplied(twice, (high[j - 1], low[j - 1]))
        high[j], low[j] = added(product, (-high[j - 2], -low[j - 2]))
    return high, low


def _products(values: Pair, axes: range, indices: Sequence[MultiIndex]) -> Pair:
    """The products of T's on the axes, of shape (indices, nodes)."""
    if not axes:
        ones = np.ones((1, values[0].shape[2]))
        return ones, np.zeros_like(ones)
    columns = list(zip(*indices, strict=True))
    first = list(columns[0])
    out = (values[0][first, axes[0]], values[1][first, axes[0]])
    for axis, column in zip(axes[1:], columns[1:], strict=True):
        orders = list(column)
        out = multiplied(out, (values[0][orders, axis], values[1][orders, axis]))
    return out


def _limbs(values: Pair) -> Array:
    """The numbers times 2^BITS, rounded, in limbs from the lowest up: (rows * LIMBS, nodes).

    What is left of a number after each limb is exact; the last rounding is the only one.
    """
    rows, count = values[0].shape
    out = np.empty((rows, LIMBS, count))
    high, low = values
    for u in reversed(range(LIMBS)):
        high, low = two_sum(high * 2.0**LIMB, low * 2.0**LIMB)
        digit = np.rint(high, out=out[:, u])
        high = high - digit
    return out.reshape(rows * LIMBS, count)
