"""Optimisers that move each coordinate by its own gradients."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from .layouts import Layout, Leaves
from .optimisers_base import (
    AbstractOptimiser,
    Family,
    Real,
    State,
    adaptive,
    average,
    each,
    moments,
    squared,
    zeros,
)


@dataclass(frozen=True)
class CoordinateWise(AbstractOptimiser):
    """An optimiser for which dividing gradients by the weights is exact."""

    @property
    def family(self) -> Family:
        """Coordinate-wise."""
        return Family.COORDINATE_WISE


@dataclass(frozen=True)
class SGD(CoordinateWise):
    """w - rate * g, with momentum if that is not 0: buffer = momentum * buffer + g.

    Nesterov's variant goes along momentum * buffer + g. With rational settings rational
    parameters stay rational.
    """

    rate: Real = 0.1
    momentum: Real = 0
    nesterov: bool = False

    @property
    def name(self) -> str:
        """SGD, momentum or Nesterov."""
        return "SGD" if not self.momentum else "Nesterov" if self.nesterov else "momentum"

    def start(self, leaves: Leaves, layout: Layout) -> State:
        """An empty buffer."""
        return State(0, (zeros(leaves),) if self.momentum else ())

    def updates(
        self, leaves: Leaves, gradients: Leaves, state: State, layout: Layout
    ) -> tuple[Leaves, State]:
        """-rate times the buffer."""
        if not self.momentum:
            return each(lambda g: -self.rate * g, gradients), State(state.count + 1)
        buffer = each(lambda b, g: self.momentum * b + g, state.slots[0], gradients)
        ahead = (
            each(lambda b, g: self.momentum * b + g, buffer, gradients) if self.nesterov else buffer
        )
        return each(lambda b: -self.rate * b, ahead), State(state.count + 1, (buffer,))


@dataclass(frozen=True)
class Adam(CoordinateWise):
    """Adam (Kingma and Ba, 2015), with decoupled decay of the parameters AdamW (Loshchilov and
    Hutter, 2019)."""

    rate: float = 1e-3
    decays: tuple[float, float] = (0.9, 0.999)
    eps: float = 1e-8
    decay: float = 0.0

    @property
    def name(self) -> str:
        """Adam or AdamW."""
        return "AdamW" if self.decay else "Adam"

    def start(self, leaves: Leaves, layout: Layout) -> State:
        """Both means 0."""
        return State(0, (zeros(leaves), zeros(leaves)))

    def updates(
        self, leaves: Leaves, gradients: Leaves, state: State, layout: Layout
    ) -> tuple[Leaves, State]:
        """-rate * (direction + decay * w)."""
        first, second, count = moments(gradients, state, self.decays)
        corrections = 1 - self.decays[0] ** count, 1 - self.decays[1] ** count
        directions = adaptive(first, second, corrections, self.eps)
        if self.decay:
            directions = each(lambda u, w: u + self.decay * w, directions, leaves)
        return each(lambda u: -self.rate * u, directions), State(count, (first, second))


@dataclass(frozen=True)
class RMSprop(CoordinateWise):
    """w - rate * g / (sqrt(v) + eps), v the running mean of squares (as in PyTorch)."""

    rate: float = 1e-3
    smoothing: float = 0.99
    eps: float = 1e-8

    def start(self, leaves: Leaves, layout: Layout) -> State:
        """The mean 0."""
        return State(0, (zeros(leaves),))

    def updates(
        self, leaves: Leaves, gradients: Leaves, state: State, layout: Layout
    ) -> tuple[Leaves, State]:
        """-rate * g / (sqrt(v) + eps)."""
        squares = average(self.smoothing, state.slots[0], squared(gradients))
        moves = each(lambda g, v: -self.rate * (g / (np.sqrt(v) + self.eps)), gradients, squares)
        return moves, State(state.count + 1, (squares,))


@dataclass(frozen=True)
class Adagrad(CoordinateWise):
    """w - rate * g / (sqrt(v) + eps), v the `initial` value plus the sum of squares so far."""

    rate: float = 1e-2
    initial: float = 0.0
    eps: float = 1e-10

    def start(self, leaves: Leaves, layout: Layout) -> State:
        """All sums the initial value."""
        return State(0, (each(lambda w: w * 0 + self.initial, leaves),))

    def updates(
        self, leaves: Leaves, gradients: Leaves, state: State, layout: Layout
    ) -> tuple[Leaves, State]:
        """-rate * g / (sqrt(v) + eps)."""
        sums = each(lambda v, g: v + g * g, state.slots[0], gradients)
        moves = each(lambda g, v: -self.rate * (g / (np.sqrt(v) + self.eps)), gradients, sums)
        return moves, State(state.count + 1, (sums,))


@dataclass(frozen=True)
class Lion(CoordinateWise):
    """w - rate * (sign(a m + (1 - a) g) + decay * w), then m = b m + (1 - b) g (Chen et al. 2023).

    It is not continuous in the parameters, so no bound for analytic maps applies.
    """

    rate: float = 1e-4
    decays: tuple[float, float] = (0.9, 0.99)
    decay: float = 0.0

    def start(self, leaves: Leaves, layout: Layout) -> State:
        """The mean 0."""
        return State(0, (zeros(leaves),))

    def updates(
        self, leaves: Leaves, gradients: Leaves, state: State, layout: Layout
    ) -> tuple[Leaves, State]:
        """-rate * (sign + decay * w)."""
        mixed = average(self.decays[0], state.slots[0], gradients)
        moves = each(lambda c, w: -self.rate * (np.sign(c) + self.decay * w), mixed, leaves)
        mean = average(self.decays[1], state.slots[0], gradients)
        return moves, State(state.count + 1, (mean,))


@dataclass(frozen=True)
class ValueClipped(AbstractOptimiser):
    """Another optimiser on gradients whose entries are cut off at -limit and limit."""

    inner: AbstractOptimiser
    limit: Real = 1.0

    @property
    def name(self) -> str:
        """That of the optimiser, with the clipping."""
        return f"value clipping + {self.inner.name}"

    @property
    def family(self) -> Family:
        """Coordinate-wise if the optimiser is."""
        plain = self.inner.family is Family.COORDINATE_WISE
        return Family.COORDINATE_WISE if plain else Family.MIXED

    def start(self, leaves: Leaves, layout: Layout) -> State:
        """That of the optimiser."""
        return self.inner.start(leaves, layout)

    def updates(
        self, leaves: Leaves, gradients: Leaves, state: State, layout: Layout
    ) -> tuple[Leaves, State]:
        """Those of the optimiser for the clipped gradients."""
        limit: Any = self.limit
        cut = each(lambda g: np.maximum(np.minimum(g, limit), -limit), gradients)
        return self.inner.updates(leaves, cut, state, layout)


@dataclass(frozen=True)
class Penalised(AbstractOptimiser):
    """Another optimiser with the penalty rate / 2 * sum_j c_j |w_j|^2 in the loss (coupled L2).

    By original object the gradient of this penalty is rate * w_j. With `weighted` false the
    penalty is rate / 2 * sum_j |w_j|^2, which the copies do not have: its gradient is
    rate * w_j / c_j.
    """

    inner: AbstractOptimiser
    rate: Real = 0.05
    weighted: bool = True

    @property
    def name(self) -> str:
        """That of the optimiser, with the penalty."""
        return f"L2 in the loss + {self.inner.name}"

    @property
    def family(self) -> Family:
        """That of the optimiser."""
        return self.inner.family

    def start(self, leaves: Leaves, layout: Layout) -> State:
        """That of the optimiser."""
        return self.inner.start(leaves, layout)

    def updates(
        self, leaves: Leaves, gradients: Leaves, state: State, layout: Layout
    ) -> tuple[Leaves, State]:
        """Those of the optimiser for gradients with that of the penalty."""
        pulls = leaves if self.weighted else layout.scaled(leaves, -1)
        penalised = each(lambda g, w: g + self.rate * w, gradients, pulls)
        return self.inner.updates(leaves, penalised, state, layout)
