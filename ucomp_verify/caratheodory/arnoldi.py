"""Polynomials orthonormal over nodes, by recurrences that also give their values elsewhere.

The multivariate Arnoldi process: each polynomial is an earlier one times a coordinate, made
orthogonal to all earlier ones, twice. (Brubeck, Nakatsukasa, Trefethen, "Vandermonde with
Arnoldi", 2021.) All of one degree are taken together, unless they are nearly dependent.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from typing import Any

import numpy as np
import numpy.typing as npt

from ucomp_verify.algebra.multi_indices import MultiIndex, num_monomials

from .product_basis import group_sums, legendre_table
from .spaces import MonomialSpace, all_monomials, quotients

Array = npt.NDArray[np.float64]
Places = npt.NDArray[np.intp]

blas: Any = import_module("scipy.linalg.blas")  # without types

DEPENDENT = 1e-12
"""A polynomial whose part that is new on the nodes is smaller, relatively, counts as none.

Rounding leaves about 1e-16 of an exactly dependent one.
"""

CLEAR = 1e-3
"""New parts that are larger, relatively, may be made orthonormal all at once.

By a Cholesky factorisation of their inner products, which squares the condition number, and
once more to repair what that loses.
"""

MAX_VALUES = 2 * 10**8  # of polynomials at nodes: more might not fit into memory


@dataclass(frozen=True)
class _Step:
    """A polynomial to orthonormalise: an earlier one times a coordinate, or taken directly."""

    alpha: MultiIndex
    axis: int
    parent: int  # its row; -1 for a product of Legendre polynomials


@dataclass(frozen=True, eq=False)
class _Level:
    """Steps of one degree: candidates = across @ earlier rows + triangle @ new rows."""

    steps: tuple[_Step, ...]
    across: Array
    triangle: Array
    dropped: "tuple[_Dropped, ...]" = ()


@dataclass(frozen=True, eq=False)
class _Dropped:
    """A step that gave nothing new: `size` * (its value) = shares @ rows, nearly."""

    step: _Step
    shares: Array
    size: float


@dataclass(frozen=True, eq=False)
class ArnoldiBasis:
    """Polynomials with the recurrences that produced them; orthonormal over some nodes."""

    levels: tuple[_Level, ...]
    count: int

    def __len__(self) -> int:
        """The number of polynomials."""
        return self.count

    def values(self, points: Array) -> Array:
        """Features of shape (r, n) at points of shape (n, dim)."""
        rows = np.empty((self.count, len(points)))
        stop = 0
        for level in self.levels:
            start, stop = stop, stop + len(level.steps)
            new = _candidates(level.steps, rows, points)
            if start:
                new -= level.across @ rows[:start]
            rows[start:stop] = _solve(level.triangle, new)
        return rows

    def group_sums(self, points: Array, weights: Array | None, size: int) -> Array:
        """Sums of weight * feature over each `size` points in turn: shape (r, n / size)."""
        return group_sums(self.values(points), weights, size)

    def unexplained(self, points: Array, rows: Array) -> Array:
        """How far, at most, a polynomial left out differs at each point from what replaces it.

        Relative to its root mean square on the nodes of the basis.
        """
        worst = np.zeros(len(points))
        for level in self.levels:
            for one in level.dropped:
                value = _candidates([one.step], rows, points)[0]
                miss = np.abs(value - one.shares @ rows[: one.shares.size])
                np.maximum(worst, miss / one.size, out=worst)
        return worst


def arnoldi(points: Array, space: MonomialSpace | int) -> tuple[ArnoldiBasis, Array]:
    """A basis of the space on the points, (n, dim), and its values there, orthonormal rows.

    The space may be given as a degree. As many rows as the rank of the monomials on the
    points, up to rounding. In a space of all monomials up to a degree a multiple of a monomial
    that depends on smaller ones depends on smaller ones too, so it is passed over. Where no
    multiple of an earlier polynomial stays in the space a product of Legendre polynomials is
    taken. Raises ValueError for more than `MAX_VALUES` values.
    """
    process = _Process(points, space)
    for degree in range(process.degree + 1):
        steps = process.steps(degree)
        if not steps:
            break
        process.add(steps)
    return ArnoldiBasis(tuple(process.levels), process.count), process.rows[: process.count]


class _Process:
    """The state of the Arnoldi process between degrees."""

    def __init__(self, points: Array, space: MonomialSpace | int) -> None:
        self.points, self.dim = points, points.shape[1]
        self.space = None if isinstance(space, int) else space
        self.degree = space if isinstance(space, int) else space.degree
        self.complete = self.space is None or self.space.is_complete
        size = num_monomials(self.dim, self.degree) if self.space is None else len(self.space)
        self.limit = min(size, len(points))
        _require_feasible(self.limit, len(points))
        self.rows = np.empty((self.limit, len(points)))
        self.count = 0
        self.places: dict[MultiIndex, int] = {}
        self.levels: list[_Level] = []
        self.planned = size <= len(points)  # and nothing dropped yet

    def steps(self, degree: int) -> Sequence[_Step]:
        if self.planned:
            space = self.space
            plan = _plan(space) if space is not None else _complete_plan(self.dim, self.degree)
            return plan[degree]
        if self.complete:
            return self._multiples(degree)
        assert self.space is not None
        return [
            self._from_any_parent(alpha) for alpha in self.space.exponents if sum(alpha) == degree
        ]

    def _multiples(self, degree: int) -> list[_Step]:
        """The monomials all of whose quotients are there."""
        if degree == 0:
            return [_Step((0,) * self.dim, 0, -1)]
        alphas = {
            (*beta[:axis], beta[axis] + 1, *beta[axis + 1 :])
            for beta in self.places
            if sum(beta) == degree - 1
            for axis in range(self.dim)
        }
        return [
            self._from_any_parent(alpha)
            for alpha in sorted(alphas)
            if all(smaller in self.places for _, smaller in quotients(alpha))
        ]

    def _from_any_parent(self, alpha: MultiIndex) -> _Step:
        for axis, smaller in quotients(alpha):
            if smaller in self.places and (self.complete or self._stays(smaller, axis)):
                return _Step(alpha, axis, self.places[smaller])
        return _Step(alpha, 0, -1)

    def _stays(self, parent: MultiIndex, axis: int) -> bool:
        assert self.space is not None
        return stays_within(self.space, parent, axis)

    def add(self, steps: Sequence[_Step]) -> None:
        level = self._together(steps)
        if level is None:
            level = self._one_by_one(steps)
            self.planned = self.planned and not level.dropped
        self.levels.append(level)
        for step in level.steps:
            self.places[step.alpha] = len(self.places)

    def _together(self, steps: Sequence[_Step]) -> _Level | None:
        """All at once; None if they are nearly dependent."""
        earlier, stop = self.rows[: self.count], self.count + len(steps)
        if stop > self.limit:
            return None
        new = _candidates(steps, self.rows, self.points)
        sizes = np.sqrt(np.einsum("ij,ij->i", new, new))
        across = np.zeros((len(steps), self.count))
        triangle = np.eye(len(steps))
        for _ in range(2):
            share = new @ earlier.T
            new -= share @ earlier
            across += triangle @ share
            factor = _cholesky(new @ new.T)
            if factor is None:
                return None
            triangle = triangle @ factor
            if (np.diag(triangle) <= CLEAR * sizes).any():
                return None
            new = _solve(factor, new)
        self.rows[self.count : stop] = new
        self.count = stop
        return _Level(tuple(steps), across, triangle)

    def _one_by_one(self, steps: Sequence[_Step]) -> _Level:
        """Passing over those that give nothing new."""
        start, kept, dropped = self.count, list[_Step](), list[_Dropped]()
        shares: list[Array] = []
        for step in steps:
            value = _candidates([step], self.rows, self.points)[0]
            share, new = self._new_part(value)
            size = float(np.linalg.norm(value))
            after = float(np.linalg.norm(new))
            if self.count == self.limit or not after > DEPENDENT * size:
                dropped.append(_Dropped(step, share, size or 1.0))
                continue
            self.rows[self.count] = new / after
            self.count += 1
            kept.append(step)
            shares.append(np.append(share, after))
        across = np.array([share[:start] for share in shares]).reshape(len(kept), start)
        triangle = np.zeros((len(kept), len(kept)))
        for i, share in enumerate(shares):
            triangle[i, : i + 1] = share[start:]
        return _Level(tuple(kept), across, triangle, tuple(dropped))

    def _new_part(self, value: Array) -> tuple[Array, Array]:
        """The shares of the rows in a value, and what is left of it."""
        rows = self.rows[: self.count]
        share, new = np.zeros(self.count), value
        for _ in range(2):
            part = rows @ new
            new = new - part @ rows
            share += part
        return share, new


def _require_feasible(rows: int, nodes: int) -> None:
    if rows * nodes > MAX_VALUES:
        raise ValueError(
            f"found as many as {rows} independent polynomials on {nodes} nodes; expected at most "
            f"{MAX_VALUES} values in all: lower the degree, or reduce the nodes in parts"
        )


def _candidates(steps: Sequence[_Step], rows: Array, points: Array) -> Array:
    """The polynomials of the steps, before they are made orthogonal."""
    if steps[0].parent >= 0 and steps[-1].parent >= 0:
        out = rows[[step.parent for step in steps]]
        out *= points[:, [step.axis for step in steps]].T
        return out
    out = np.empty((len(steps), len(points)))
    for row, step in zip(out, steps, strict=True):
        if step.parent < 0:
            row[:] = _product(points, step.alpha)
        else:
            np.multiply(rows[step.parent], points[:, step.axis], out=row)
    return out


def _product(points: Array, alpha: MultiIndex) -> Array:
    out = np.ones(len(points))
    for x, exponent in zip(points.T, alpha, strict=True):
        if exponent:
            out *= legendre_table(x, exponent)[-1]
    return out


def _cholesky(inner: Array) -> Array | None:
    try:
        return np.asarray(np.linalg.cholesky(inner), dtype=np.float64)
    except np.linalg.LinAlgError:
        return None


def _solve(triangle: Array, rows: Array) -> Array:
    """The inverse of a lower triangle times the rows, which are used up."""
    if len(triangle) == 1:
        rows /= triangle[0, 0]
        return rows
    return blas.dtrsm(1.0, triangle, rows.T, side=1, lower=1, trans_a=1, overwrite_b=1).T


@lru_cache(maxsize=32)
def _complete_plan(dim: int, degree: int) -> tuple[tuple[_Step, ...], ...]:
    return _plan(all_monomials(dim, degree))


@lru_cache(maxsize=32)
def _plan(space: MonomialSpace) -> tuple[tuple[_Step, ...], ...]:
    """The steps of each degree if nothing is dropped."""
    places = {alpha: i for i, alpha in enumerate(space.exponents)}
    plan: list[list[_Step]] = [[] for _ in range(space.degree + 1)]
    for alpha in space.exponents:
        parents = (
            (axis, places[beta])
            for axis, beta in quotients(alpha)
            if space.is_complete or stays_within(space, beta, axis)
        )
        axis, parent = next(parents, (0, -1))
        plan[sum(alpha)].append(_Step(alpha, axis, parent))
    return tuple(map(tuple, plan))


def stays_within(space: MonomialSpace, parent: MultiIndex, axis: int) -> bool:
    """Whether the polynomial of the parent, times the coordinate, is in the space.

    The polynomial is made of the monomials up to the parent, in graded order.

    >>> square = MonomialSpace(((0, 0), (0, 1), (1, 0), (1, 1)))
    >>> stays_within(square, (0, 1), 0), stays_within(square, (1, 0), 1)
    (True, False)
    """
    last = space.exponents.index(parent)
    return all(
        (*beta[:axis], beta[axis] + 1, *beta[axis + 1 :]) in space.as_set
        for beta in space.exponents[: last + 1]
    )
