"""Optimisers that use norms of gradients or parameters, weighted over objects."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from .layouts import Layout, Leaves
from .optimisers_base import AbstractOptimiser, Family, Real, State, adaptive, each, moments, zeros
from .optimisers_plain import SGD


@dataclass(frozen=True)
class NormClipped(AbstractOptimiser):
    """Another optimiser on gradients scaled down to the global norm `limit`, if theirs is larger.

    The norm is that of the original network: sqrt(sum_j c_j |g_j|^2), over all leaves.
    """

    inner: AbstractOptimiser
    limit: Real = 1.0

    @property
    def name(self) -> str:
        """That of the optimiser, with the clipping."""
        return f"global-norm clipping + {self.inner.name}"

    @property
    def family(self) -> Family:
        """Equivariant with SGD and other such optimisers, else mixed."""
        isometric = isinstance(self.inner, SGD) or self.inner.family is Family.EQUIVARIANT
        return Family.EQUIVARIANT if isometric else Family.MIXED

    def start(self, leaves: Leaves, layout: Layout) -> State:
        """That of the optimiser."""
        return self.inner.start(leaves, layout)

    def updates(
        self, leaves: Leaves, gradients: Leaves, state: State, layout: Layout
    ) -> tuple[Leaves, State]:
        """Those of the optimiser for the scaled gradients."""
        norm = layout.global_norm(gradients)
        if norm > self.limit:
            factor = self.limit / norm
            gradients = each(lambda g: factor * g, gradients)
        return self.inner.updates(leaves, gradients, state, layout)


@dataclass(frozen=True)
class LARS(AbstractOptimiser):
    """Momentum on gradients times trust * |w| / |g + decay * w|, leaf by leaf (You et al. 2017)."""

    rate: float = 0.05
    trust: float = 1e-3
    momentum: float = 0.9
    decay: float = 0.0

    @property
    def family(self) -> Family:
        """Equivariant: norms of whole leaves."""
        return Family.EQUIVARIANT

    def start(self, leaves: Leaves, layout: Layout) -> State:
        """An empty buffer."""
        return State(0, (zeros(leaves),))

    def updates(
        self, leaves: Leaves, gradients: Leaves, state: State, layout: Layout
    ) -> tuple[Leaves, State]:
        """The buffer of scaled steps."""
        decayed = each(lambda g, w: g + self.decay * w, gradients, leaves)
        ratios = _ratios(leaves, decayed, layout)
        steps = tuple(
            -self.rate * (1.0 if ratio is None else self.trust * ratio) * g
            for ratio, g in zip(ratios, decayed, strict=True)
        )
        buffer = each(lambda b, u: self.momentum * b + u, state.slots[0], steps)
        return buffer, State(state.count + 1, (buffer,))


@dataclass(frozen=True)
class LAMB(AbstractOptimiser):
    """Directions of Adam times |w| / |direction|, leaf by leaf (You et al. 2020)."""

    rate: float = 1e-2
    decays: tuple[float, float] = (0.9, 0.999)
    eps: float = 1e-6
    decay: float = 0.0

    @property
    def family(self) -> Family:
        """Mixed: coordinate-wise directions, then norms."""
        return Family.MIXED

    def start(self, leaves: Leaves, layout: Layout) -> State:
        """Both means 0."""
        return State(0, (zeros(leaves), zeros(leaves)))

    def updates(
        self, leaves: Leaves, gradients: Leaves, state: State, layout: Layout
    ) -> tuple[Leaves, State]:
        """-rate * ratio * (direction + decay * w)."""
        first, second, count = moments(gradients, state, self.decays)
        corrections = 1 - self.decays[0] ** count, 1 - self.decays[1] ** count
        directions = adaptive(first, second, corrections, self.eps)
        directions = each(lambda u, w: u + self.decay * w, directions, leaves)
        ratios = _ratios(leaves, directions, layout)
        moves = tuple(
            -self.rate * (1.0 if ratio is None else ratio) * u
            for ratio, u in zip(ratios, directions, strict=True)
        )
        return moves, State(count, (first, second))


def _ratios(leaves: Leaves, directions: Leaves, layout: Layout) -> list[Any]:
    """|w| / |u| for each leaf; None where one of them is 0."""
    ratios: list[Any] = []
    for i, (leaf, direction) in enumerate(zip(leaves, directions, strict=True)):
        size, length = layout.norm(i, leaf), layout.norm(i, direction)
        ratios.append(size / length if size > 0 and length > 0 else None)
    return ratios


@dataclass(frozen=True)
class NovoGrad(AbstractOptimiser):
    """Momentum on g / (sqrt(v) + eps), v the running |g|^2 of a leaf (Ginsburg et al. 2019)."""

    rate: float = 1e-2
    decays: tuple[float, float] = (0.9, 0.25)
    eps: float = 1e-6
    decay: float = 0.0

    @property
    def family(self) -> Family:
        """Equivariant: norms of whole leaves."""
        return Family.EQUIVARIANT

    def start(self, leaves: Leaves, layout: Layout) -> State:
        """An empty buffer, and a number for each leaf."""
        return State(0, (zeros(leaves), tuple(np.zeros(1) for _ in leaves)))

    def updates(
        self, leaves: Leaves, gradients: Leaves, state: State, layout: Layout
    ) -> tuple[Leaves, State]:
        """-rate times the buffer."""
        buffer, squares = state.slots
        found = tuple(np.array([layout.square_sum(i, g)]) for i, g in enumerate(gradients))
        share = self.decays[1] if state.count else 0.0
        squares = each(lambda v, n: share * v + (1 - share) * n, squares, found)
        lengths = [float(np.sqrt(v[0])) + self.eps for v in squares]
        pulls = tuple(
            g / length + self.decay * w
            for g, length, w in zip(gradients, lengths, leaves, strict=True)
        )
        buffer = each(lambda m, p: self.decays[0] * m + p, buffer, pulls)
        return each(lambda m: -self.rate * m, buffer), State(state.count + 1, (buffer, squares))
