"""Integers as rows of float64 limbs: exact sums of monomials by matrix products.

A limb of L bits lies between -2^(L-1) and 2^(L-1). All that is computed with limbs are sums
of products below 2^53 in absolute value, which float64 holds exactly. An array of limbs has
the shape (numbers, limbs, nodes), the lowest limb first.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from ucomp_verify.algebra.multi_indices import num_monomials

from .dyadic import times_power
from .splitting import Product, Splitting, splitting

Array = npt.NDArray[np.float64]

EXACT = 53  # bits that float64 adds up without rounding
BATCH = 1 << 25  # bytes of sums that are kept at a time
BLOCK = 1 << 21  # bytes that the monomials of a block of nodes take: they stay in the cache
SMALLEST_BLOCK = 64  # nodes
_LIMB_BITS = range(20, 24)  # fewer would allow blocks larger than pays
_CALL, _PASS, _MULTIPLY = 900.0, 0.25, 0.05  # nanoseconds: a call, an entry, a term of a product
_SUMS = 1 << 9  # blocks whose sums int64 holds together: 53 + 9 < 63 bits


@dataclass(frozen=True)
class Axis:
    """Coordinates n = 2 x / 2^exponent - low - high of the nodes x, with |n| < 2^bits.

    With `narrow` float64 holds them and what they are computed from.
    """

    exponent: int
    low: int
    high: int
    bits: int
    narrow: bool


@dataclass(frozen=True, eq=False)
class Piece:
    """Nodes of shape (d, m) and weights of shape (d,), multiples of 2^exponent of any sign.

    The weights are None if all are 1.
    """

    nodes: Array
    weights: Array | None
    exponent: int

    def block(self, start: int, stop: int) -> tuple[Array, Array | None]:
        """Some of the nodes, and their weights as integers in float64."""
        nodes = self.nodes[start:stop]
        if self.weights is None:
            return nodes, None
        return nodes, times_power(self.weights[start:stop], -self.exponent)


@dataclass(frozen=True)
class LimbPlan:
    """How moments up to a degree are summed: limbs of `limb` bits, `block` nodes at a time.

    `weight_bits` is 0 where all weights are 1.
    """

    axes: tuple[Axis, ...]
    degree: int
    weight_bits: int
    limb: int
    block: int

    def __reduce__(self) -> tuple[Any, ...]:
        """Travel to other processes without what each of them computes for itself."""
        return LimbPlan, (self.axes, self.degree, self.weight_bits, self.limb, self.block)

    @property
    def bits(self) -> int:
        """Bits of the largest coordinate."""
        return max(axis.bits for axis in self.axes)

    @cached_property
    def split(self) -> Splitting:
        """The factors of the monomials."""
        return splitting(len(self.axes), self.degree)

    @cached_property
    def left(self) -> tuple[int, ...]:
        """Limbs of a monomial, by its order."""
        counts = [1]
        for order in range(1, self.split.half + 1):
            counts.append(self._limbs(order * self.bits, counts[-1], counts[1:2]))
        return tuple(counts)

    @cached_property
    def right(self) -> tuple[int, ...]:
        """Limbs of a weight times a monomial, by its order."""
        if not self.weight_bits:
            return self.left
        own = -(-(self.weight_bits + 1) // self.limb)
        orders = range(1, self.split.half + 1)
        bits = [order * self.bits + self.weight_bits for order in orders]
        return (own, *(self._limbs(b, own, [c]) for b, c in zip(bits, self.left[1:], strict=True)))

    def _limbs(self, bits: int, first: int, second: "list[int] | tuple[int, ...]") -> int:
        return max(-(-(bits + 1) // self.limb), first + (second[0] if second else 1) - 1)

    def cost(self, count: int, pieces: int = 1) -> float:
        """About how many nanoseconds the sums over `count` nodes take, in so many pieces."""
        split, own = self.split, self.left[1] if self.degree else 1
        passes, calls = 8.0 * len(self.axes) * own, 20.0 + 8 * len(self.axes)
        for order in range(2, split.half + 1):
            work = 2 * own * self.left[order - 1] + 5 * self.left[order]
            passes += split.counts[order] * work
            calls += 2 * own * len(self.axes) + 5 * self.left[order]
        if self.weight_bits:
            for order in range(1, self.degree - split.half + 1):
                work = 2 * self.right[0] * self.left[order] + 5 * self.right[order]
                passes += split.counts[order] * work
                calls += 2 * self.right[0] + 5 * self.right[order]
        terms = sum(self.rows(p)[0] * self.rows(p)[1] for p in split.products)
        calls += 5 * len(split.products)
        ends = 4.0 * sum(self.left[p.left] + 2 for p in split.products)
        ends += 6 * num_monomials(split.dim, split.degree)
        each = _PASS * passes + _MULTIPLY * terms
        blocks = -(-count // self.block) + pieces - 1
        return _CALL * (blocks * calls + pieces * ends) + count * each

    def rows(self, product: Product) -> tuple[int, int]:
        """Rows of the two matrices of a product."""
        left, right = product.last - product.first, product.end - product.start
        return left * self.left[product.left], right * self.right[product.right]


def plans(axes: tuple[Axis, ...], degree: int, weight_bits: int, count: int) -> Iterator[LimbPlan]:
    """Plans for `count` nodes, with limbs of several sizes."""
    for limb in _LIMB_BITS:
        yield _plan(axes, degree, weight_bits, limb, count)


def _plan(axes: tuple[Axis, ...], degree: int, weight_bits: int, limb: int, count: int) -> LimbPlan:
    most = 1 << (EXACT + 2 - 2 * limb)
    plan = LimbPlan(axes, degree, weight_bits, limb, most)
    split = plan.split
    rows = 2 * split.counts[-1] * max(plan.left[-1], plan.right[degree - split.half])
    block = max(BLOCK // (8 * rows), SMALLEST_BLOCK)
    return LimbPlan(axes, degree, weight_bits, limb, max(min(most, block, count), 1))


def limb_sums(pieces: Sequence[Piece], plan: LimbPlan) -> list[list[int]]:
    """sum_i weights[i] / 2^exponent * n_i^alpha for each piece, in the order of `multi_indices`."""
    count = num_monomials(len(plan.axes), plan.degree)
    totals = [[0] * count for _ in pieces]
    for batch in _batches(plan):
        sums = _Sums(plan, batch)
        for piece, total in zip(pieces, totals, strict=True):
            for start in range(0, len(piece.nodes), plan.block):
                sums.add(*piece.block(start, start + plan.block))
            sums.flush(total)
    return totals


def _batches(plan: LimbPlan) -> Iterator[list[Product]]:
    """The products in groups whose sums take about BATCH bytes each."""
    batch, used = list[Product](), 0
    for product in plan.split.products:
        for piece in _pieces(product, plan):
            rows, columns = plan.rows(piece)
            if batch and used + 8 * rows * columns > BATCH:
                yield batch
                batch, used = [], 0
            batch.append(piece)
            used += 8 * rows * columns
    yield batch


def _pieces(product: Product, plan: LimbPlan) -> Iterator[Product]:
    rows, columns = plan.rows(product)
    count = product.last - product.first
    size = max(BATCH * count // (8 * rows * columns), 1)
    if size >= count:
        yield product
        return
    p = product
    for first in range(0, count, size):
        last = min(first + size, count)
        ends = (p.first + first, p.first + last)
        yield Product(p.left, *ends, p.right, p.start, p.end, p.places[first:last])


class _Sums:
    """Running sums of some products, and the memory in which their blocks are computed."""

    def __init__(self, plan: LimbPlan, products: list[Product]) -> None:
        self._plan, self._products, self._added = plan, products, 0
        split, n = plan.split, plan.block
        shapes = zip(split.counts, plan.left, strict=True)
        self._left = [np.empty((count, limbs, n)) for count, limbs in shapes]
        self._left[0][:] = 1.0
        orders = range(plan.degree - split.half + 1)
        self._right = [np.empty((split.counts[t], plan.right[t], n)) for t in orders]
        self._right[0][:] = 1.0
        self._turns = [np.array(turn) for turn in split.turns]
        largest = max(a.size for a in (*self._left, *self._right))
        self._room, self._more = np.empty(largest), np.empty(n * max(split.counts))
        self._sums = [np.zeros(plan.rows(p), np.int64) for p in products]
        self._totals: dict[int, int] = {}

    def add(self, nodes: Array, weights: Array | None) -> None:
        """Add the sums over the nodes, at most a block of them."""
        n = len(nodes)
        left = [a[:, :, :n] for a in self._left]
        right = [a[:, :, :n] for a in self._right]
        if self._plan.degree:
            self._coordinates(nodes, left[1])
        for order in range(2, len(left)):
            self._monomials(left, order)
        self._right_factors(left, right, weights)
        for product, total in zip(self._products, self._sums, strict=True):
            a = left[product.left][product.first : product.last].reshape(-1, n)
            b = right[product.right][product.start : product.end].reshape(-1, n)
            np.add(total, a @ b.T, out=total, dtype=np.int64, casting="unsafe")
        self._added += 1
        if self._added == _SUMS:
            self._empty()

    def flush(self, totals: list[int]) -> None:
        """Add all sums to `totals`."""
        self._empty()
        for place, value in self._totals.items():
            totals[place] += value
        self._totals = {}

    def _coordinates(self, nodes: Array, out: Array) -> None:
        limb, wide = self._plan.limb, False
        for j, axis in enumerate(self._plan.axes):
            units = times_power(nodes[:, j], -axis.exponent)
            low = float(axis.low)
            above = units - low
            if axis.narrow:
                above *= 2.0
                above -= float(axis.high - axis.low)
                _split(above, out[j], limb)
                continue
            # above + rest is the difference without rounding (Knuth's two-sum).
            back = above - units
            rest = (units - (above - back)) - (low + back)
            _split(2.0 * above, out[j], limb)
            low_part = np.empty_like(out[j])
            _split(2.0 * rest, low_part, limb)
            out[j] += low_part
            out[j] -= _limbs_of(axis.high - axis.low, len(out[j]), limb)[:, None]
            wide = True
        if wide:
            self._carry(out)

    def _monomials(self, left: list[Array], order: int) -> None:
        """Those of an order from those of the order below, times each variable."""
        lower, out, start = left[order - 1], left[order], 0
        for v, count in enumerate(self._plan.split.ends[order - 1]):
            self._multiply(lower[:count], left[1][v], out[start : start + count])
            start += count
        self._carry(out)

    def _right_factors(self, left: list[Array], right: list[Array], weights: Array | None) -> None:
        if weights is not None:
            _split(weights, right[0][0], self._plan.limb)
        for order in range(1, len(right)):
            turned = left[order].take(self._turns[order], axis=0)
            if weights is None:
                right[order][:] = turned
            else:
                self._multiply(turned, right[0][0], right[order])
                self._carry(right[order])

    def _multiply(self, numbers: Array, factor: Array, out: Array) -> None:
        """The products of numbers, of shape (c, l, n), with factors of shape (l', n)."""
        limbs = numbers.shape[1]
        out[:, limbs:] = 0.0
        np.multiply(numbers, factor[0], out=out[:, :limbs])
        room = self._room[: numbers.size].reshape(numbers.shape)
        for u in range(1, len(factor)):
            np.multiply(numbers, factor[u], out=room)
            out[:, u : u + limbs] += room

    def _carry(self, numbers: Array) -> None:
        """Bring all limbs but the last between -2^(L-1) and 2^(L-1)."""
        base = 2.0**self._plan.limb
        count, limbs, n = numbers.shape
        above = self._more[: count * n].reshape(count, n)
        for u in range(limbs - 1):
            digit = numbers[:, u]
            np.multiply(digit, 1 / base, out=above)
            np.rint(above, out=above)
            numbers[:, u + 1] += above
            above *= base
            digit -= above

    def _empty(self) -> None:
        """Move the sums to Python's integers."""
        for product, total in zip(self._products, self._sums, strict=True):
            for row, places in zip(self._values(product, total), product.places, strict=True):
                for value, place in zip(row, places, strict=True):
                    self._totals[place] = self._totals.get(place, 0) + value
            total[:] = 0
        self._added = 0

    def _values(self, product: Product, total: npt.NDArray[np.int64]) -> list[list[int]]:
        """The integers whose limbs' products have the sums `total`."""
        plan = self._plan
        a, b = plan.left[product.left], plan.right[product.right]
        shape = (product.last - product.first, product.end - product.start)
        sums = total.reshape(shape[0], a, shape[1], b)
        halves = np.zeros((2, *shape, a + b - 1), np.int64)
        for u in range(a):
            halves[0, :, :, u : u + b] += sums[:, u] & 0x7FFFFFFF
            halves[1, :, :, u : u + b] += sums[:, u] >> 31
        values = [[0] * shape[1] for _ in range(shape[0])]
        for half, shift in zip(halves.tolist(), (0, 31), strict=True):
            for row, out in zip(half, values, strict=True):
                for j, limbs in enumerate(row):
                    out[j] += _joined(limbs, plan.limb) << shift
        return values


def _joined(limbs: list[int], bits: int) -> int:
    value = 0
    for limb in reversed(limbs):
        value = (value << bits) + limb
    return value


def _split(values: Array, out: Array, limb: int) -> None:
    """The limbs of integers in float64, from the highest down; `values` is used up."""
    for u in range(len(out) - 1, 0, -1):
        digit = np.rint(values * 2.0 ** (-limb * u), out=out[u])
        values -= digit * 2.0 ** (limb * u)
    out[0] = values


def _limbs_of(value: int, count: int, limb: int) -> Array:
    """The limbs of one integer >= 0, from 0 to 2^limb - 1, the last one larger."""
    limbs = [float(value >> limb * u & (1 << limb) - 1) for u in range(count - 1)]
    return np.array([*limbs, float(value >> limb * (count - 1))])
