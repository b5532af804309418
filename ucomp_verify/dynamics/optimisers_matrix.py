"""Optimisers that see leaves as matrices: factored means, orthogonalised and preconditioned steps.

Spectral rules are conjugated by the square roots of the weights: for M with one row an object,
f(J M M^T J^T) J M = J C^{-1/2} f(C^{1/2} M M^T C^{1/2}) C^{1/2} M, where J makes the copies.
"""

from dataclasses import dataclass
from math import sqrt
from typing import Any

import numpy as np

from .activations import Array
from .layouts import Layout, Leaves
from .optimisers_base import AbstractOptimiser, Family, State, average, each, squared, zeros
from .optimisers_plain import Adam

TINY = 1e-30  # added to squares by Adafactor


@dataclass(frozen=True)
class Adafactor(AbstractOptimiser):
    """Steps scaled by factored running means of squares (Shazeer and Stern, 2018), as in optax.

    A leaf is factored if both its sides have at least `least` entries in the original network;
    then row means, column means and all root mean squares count objects by their weights.
    """

    rate: float = 1e-2
    decay_power: float = 0.8
    clipping: float = 1.0
    least: int = 2
    floor: float = 1e-3

    @property
    def family(self) -> Family:
        """Mixed: coordinate-wise squares, means over objects."""
        return Family.MIXED

    def start(self, leaves: Leaves, layout: Layout) -> State:
        """For each leaf a row and a column of means, or one of all entries."""
        rows, columns = list[Array](), list[Array]()
        for i, leaf in enumerate(leaves):
            split = self._factored(i, leaf, layout)
            rows.append(leaf * 0 if not split else leaf.sum(axis=1, keepdims=True) * 0)
            columns.append(np.zeros(1) if not split else leaf.sum(axis=0, keepdims=True) * 0)
        return State(0, (tuple(rows), tuple(columns)))

    def updates(
        self, leaves: Leaves, gradients: Leaves, state: State, layout: Layout
    ) -> tuple[Leaves, State]:
        """-rate * (size of the leaf) * (clipped direction)."""
        keep = 1 - (state.count + 1.0) ** -self.decay_power
        moves, rows, columns = list[Array](), list[Array](), list[Array]()
        for i, (leaf, gradient) in enumerate(zip(leaves, gradients, strict=True)):
            row, column = state.slots[0][i], state.slots[1][i]
            squares = gradient * gradient + TINY
            if self._factored(i, leaf, layout):
                row = keep * row + (1 - keep) * layout.mean(i, squares, 1)
                column = keep * column + (1 - keep) * layout.mean(i, squares, 0)
                scale = _mean_of_rows(i, row, layout)
                direction = gradient / np.sqrt(row / scale) / np.sqrt(column)
            else:
                row = keep * row + (1 - keep) * squares
                direction = gradient / np.sqrt(row)
            size = max(1.0, _root_mean_square(i, direction, layout) / self.clipping)
            length = max(_root_mean_square(i, leaf, layout), self.floor)
            moves.append(-self.rate * (length / size) * direction)
            rows.append(row)
            columns.append(column)
        return tuple(moves), State(state.count + 1, (tuple(rows), tuple(columns)))

    def _factored(self, leaf: int, values: Array, layout: Layout) -> bool:
        sides = [layout.count(leaf, values, axis) for axis in range(values.ndim)]
        return values.ndim == 2 and min(sides) >= self.least


def _mean_of_rows(leaf: int, row: Array, layout: Layout) -> float:
    """The mean of a column of row means, over the rows of the original network."""
    return float(layout.sum(leaf, row, 0)[0, 0] / layout.count(leaf, row, 0))


def _root_mean_square(leaf: int, values: Array, layout: Layout) -> float:
    return sqrt(layout.square_sum(leaf, values) / layout.count(leaf, values))


@dataclass(frozen=True)
class Muon(AbstractOptimiser):
    """Matrices go along an orthogonalised momentum (Jordan et al. 2024), vectors by Adam.

    Newton-Schulz iterations as in optax. The step of a matrix is multiplied by
    sqrt(max(1, columns / rows)) for the shape that it has in the original network.
    """

    rate: float = 0.02
    momentum: float = 0.95
    coefficients: tuple[float, float, float] = (3.4445, -4.775, 2.0315)
    iterations: int = 5
    eps: float = 1e-8

    @property
    def family(self) -> Family:
        """Mixed: spectral for matrices, coordinate-wise for vectors."""
        return Family.MIXED

    def start(self, leaves: Leaves, layout: Layout) -> State:
        """Empty means."""
        return State(0, (zeros(leaves), zeros(leaves)))

    def updates(
        self, leaves: Leaves, gradients: Leaves, state: State, layout: Layout
    ) -> tuple[Leaves, State]:
        """-rate * shape factor * orthogonal direction, or the step of Adam."""
        count, beta = state.count + 1, self.momentum
        buffer = average(beta, state.slots[0], gradients)
        ahead = each(
            lambda m, g: beta * m / (1 - beta ** (count + 1)) + (1 - beta) * g / (1 - beta**count),
            buffer,
            gradients,
        )
        spread = layout.rooted(ahead, inverse=False)
        found = layout.rooted(tuple(map(self._orthogonal, spread)), inverse=True)
        vectors, second = self._vectors(gradients, state)
        moves: list[Array] = []
        for i, leaf in enumerate(leaves):
            if leaf.ndim == 2:
                rows, columns = layout.count(i, leaf, 0), layout.count(i, leaf, 1)
                moves.append(-self.rate * sqrt(max(1.0, columns / rows)) * found[i])
            else:
                moves.append(-self.rate * vectors[0][i])
        first = tuple(b if b.ndim == 2 else m for b, m in zip(buffer, vectors[1], strict=True))
        return tuple(moves), State(count, (first, second))

    def _orthogonal(self, matrix: Array) -> Array:
        """An approximation of the polar factor: all singular values are moved towards 1."""
        if matrix.ndim != 2:
            return matrix
        a, b, c = self.coefficients
        flat = matrix.T if matrix.shape[0] > matrix.shape[1] else matrix
        flat = flat / (float(np.linalg.norm(flat)) + self.eps)
        for _ in range(self.iterations):
            gram = flat @ flat.T
            flat = a * flat + (b * gram + c * gram @ gram) @ flat
        return flat.T if matrix.shape[0] > matrix.shape[1] else flat

    def _vectors(self, gradients: Leaves, state: State) -> tuple[tuple[Leaves, Leaves], Leaves]:
        """The directions of Adam with Nesterov's momentum, and both means."""
        (one, two), count = Adam().decays, state.count + 1
        first = average(one, state.slots[0], gradients)
        second = average(two, state.slots[1], squared(gradients))
        ahead = each(
            lambda m, g: one * m / (1 - one ** (count + 1)) + (1 - one) * g / (1 - one**count),
            first,
            gradients,
        )
        steps = each(lambda m, v: m / (np.sqrt(v / (1 - two**count)) + self.eps), ahead, second)
        return (steps, first), second


@dataclass(frozen=True)
class Shampoo(AbstractOptimiser):
    """Matrices go along L^{-1/4} G R^{-1/4} (Gupta, Koren and Singer, 2018), vectors along g.

    L and R are running means of G G^T and G^T G, plus eps: a square matrix for each side of a
    leaf. Sides above `largest` are refused.
    """

    rate: float = 0.05
    smoothing: float = 0.95
    eps: float = 1e-6
    largest: int = 2048

    @property
    def family(self) -> Family:
        """Equivariant: spectral on both sides."""
        return Family.EQUIVARIANT

    def start(self, leaves: Leaves, layout: Layout) -> State:
        """Means of products, 0 by 0 for vectors; ValueError for sides above `largest`."""
        sizes = [leaf.shape if leaf.ndim == 2 else (0, 0) for leaf in leaves]
        for size in (n for pair in sizes for n in pair):
            if size > self.largest:
                raise ValueError(
                    f"found a side of {size}; expected at most {self.largest}: Shampoo keeps a "
                    "square matrix for each side of a leaf, take another optimiser"
                )
        left = tuple(np.zeros((n, n)) for n, _ in sizes)
        return State(0, (left, tuple(np.zeros((n, n)) for _, n in sizes)))

    def updates(
        self, leaves: Leaves, gradients: Leaves, state: State, layout: Layout
    ) -> tuple[Leaves, State]:
        """-rate times the preconditioned gradients."""
        spread = layout.rooted(gradients, inverse=False)
        left = self._averaged(state.slots[0], spread, transposed=False)
        right = self._averaged(state.slots[1], spread, transposed=True)
        found = tuple(
            g if g.ndim != 2 else _power(a, self.eps) @ g @ _power(b, self.eps)
            for g, a, b in zip(spread, left, right, strict=True)
        )
        moves = each(lambda u: -self.rate * u, layout.rooted(found, inverse=True))
        return moves, State(state.count + 1, (left, right))

    def _averaged(self, means: Leaves, leaves: Leaves, *, transposed: bool) -> Leaves:
        out: list[Array] = []
        for mean, leaf in zip(means, leaves, strict=True):
            if leaf.ndim == 2:
                product = leaf.T @ leaf if transposed else leaf @ leaf.T
                mean = self.smoothing * mean + (1 - self.smoothing) * product
            out.append(mean)
        return tuple(out)


def _power(mean: Array, eps: float) -> Any:
    """(mean + eps)^{-1/4} of a symmetric matrix with eigenvalues >= 0 up to rounding."""
    values, vectors = np.linalg.eigh(mean)
    return (vectors * (np.maximum(values, 0) + eps) ** -0.25) @ vectors.T
