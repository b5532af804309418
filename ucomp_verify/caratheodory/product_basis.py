"""Products of Legendre polynomials on the box, and their sums over groups of nodes, quickly."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from .spaces import MonomialSpace, all_monomials

Array = npt.NDArray[np.float64]
Places = npt.NDArray[np.intp]

LONG_GROUP = 24  # nodes in a group, from which matrix products beat the table of all features


@dataclass(frozen=True, eq=False)
class _Part:
    """Products over some of the axes, of the products over two parts of these axes."""

    axis: int  # the first of them
    exponents: tuple[tuple[int, ...], ...]  # graded; of an axis alone 0, 1, 2, ...
    parts: "tuple[_Part, _Part] | None"  # none of an axis alone
    rows: tuple[Places, Places]  # of the factors of each product in the two parts

    def values(self, tables: list[Array]) -> Array:
        """Shape (products, n), from the polynomials of each axis."""
        if self.parts is None:
            return tables[self.axis][: len(self.exponents)]
        left, right = (part.values(tables) for part in self.parts)
        out = left[self.rows[0]]
        out *= right[self.rows[1]]
        return out


@dataclass(frozen=True, eq=False)
class _Block:
    """Products of the left factors `rows` with the first `width` right ones, and which count."""

    rows: slice
    width: int
    wanted: Places  # in the block, flattened
    products: Places  # which these are


@dataclass(frozen=True, eq=False)
class ProductBasis:
    """Orthonormal for the uniform probability on [-1, 1]^dim; spans the space."""

    space: MonomialSpace
    whole: _Part
    blocks: tuple[_Block, ...]

    def __len__(self) -> int:
        """The number of polynomials."""
        return len(self.space)

    def values(self, points: Array) -> Array:
        """Features of shape (r, n) at points of shape (n, dim)."""
        return self.whole.values(self._tables(points))

    def group_sums(self, points: Array, weights: Array | None, size: int) -> Array:
        """Sums of weight * feature over each `size` points in turn: shape (r, n / size)."""
        if self.whole.parts is None or size < LONG_GROUP:
            return group_sums(self.values(points), weights, size)
        tables = self._tables(points)
        left, right = (
            part.values(tables).reshape(len(part.exponents), -1, size).transpose(1, 0, 2)
            for part in self.whole.parts
        )
        if weights is not None:
            right = right * weights.reshape(-1, 1, size)
        out = np.empty((len(self), len(points) // size))
        for block in self.blocks:
            sums = left[:, block.rows] @ right[:, : block.width].transpose(0, 2, 1)
            out[block.products] = sums.reshape(len(sums), -1)[:, block.wanted].T
        return out

    def _tables(self, points: Array) -> list[Array]:
        degrees = np.max(self.space.exponents, axis=0)
        return [legendre_table(x, int(k)) for x, k in zip(points.T, degrees, strict=True)]


def group_sums(features: Array, weights: Array | None, size: int) -> Array:
    """Sums of weight * feature over each `size` columns in turn: shape (r, n / size)."""
    if weights is None:
        return features.reshape(len(features), -1, size) @ np.ones(size)
    return (features * weights).reshape(len(features), -1, size) @ np.ones(size)


def legendre_table(x: Array, degree: int) -> Array:
    """Rows: Legendre polynomials up to the degree, orthonormal for the uniform probability."""
    x = np.ascontiguousarray(x)
    table = np.empty((degree + 1, x.size))
    table[0] = 1
    before = 0.0
    for n in range(degree):
        scale = (n + 1) / np.sqrt(4 * (n + 1) ** 2 - 1)
        np.multiply(x, table[n], out=table[n + 1])
        if n:
            table[n + 1] -= before * table[n - 1]
        table[n + 1] /= scale
        before = scale
    return table


@lru_cache(maxsize=32)
def product_basis(space: MonomialSpace) -> ProductBasis:
    """The products whose exponents are those of the space, in its order."""
    whole = _part(0, space.exponents)
    return ProductBasis(space, whole, tuple(_blocks(whole)))


@lru_cache(maxsize=32)
def complete_basis(dim: int, degree: int) -> ProductBasis:
    """The products up to a total degree."""
    return product_basis(all_monomials(dim, degree))


def _part(axis: int, exponents: tuple[tuple[int, ...], ...]) -> _Part:
    half = len(exponents[0]) // 2
    if not half:
        return _Part(axis, exponents, None, (np.empty(0, np.intp), np.empty(0, np.intp)))
    sides = [a[:half] for a in exponents], [a[half:] for a in exponents]
    parts = _part(axis, _graded(sides[0])), _part(axis + half, _graded(sides[1]))
    places = [{a: i for i, a in enumerate(part.exponents)} for part in parts]
    left, right = (
        np.array([place[a] for a in side], np.intp)
        for place, side in zip(places, sides, strict=True)
    )
    return _Part(axis, exponents, parts, (left, right))


def _graded(exponents: list[tuple[int, ...]]) -> tuple[tuple[int, ...], ...]:
    return tuple(sorted(set(exponents), key=lambda a: (sum(a), a)))


def _blocks(whole: _Part) -> Iterator[_Block]:
    """One block for each degree of the left factor."""
    if whole.parts is None:
        return
    degrees = np.array([sum(a) for a in whole.parts[0].exponents])
    for degree in range(int(degrees[-1]) + 1):
        first, last = np.searchsorted(degrees, [degree, degree + 1])
        rows, columns = whole.rows
        products = np.flatnonzero((rows >= first) & (rows < last))
        width = int(columns[products].max()) + 1
        wanted = (rows[products] - first) * width + columns[products]
        yield _Block(slice(int(first), int(last)), width, wanted, products)
