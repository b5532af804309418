"""What an optimiser is here: written once, for objects with weights; weights 1 give the usual one.

Every sum over objects is weighted (claim `weighted-statistics-rule`); gradients are those of one
original object. Then integer weights do exactly what copies of objects would.
"""

import enum
from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, TypeAlias, overload

import numpy as np

from .activations import Array
from .layouts import Layout, Leaves

Real: TypeAlias = float | Fraction


class Family(enum.StrEnum):
    """What an optimiser does with objects; its value says which simple rule is enough."""

    COORDINATE_WISE = "coordinate-wise"  # divide gradients by the weights
    EQUIVARIANT = "equivariant"  # train sqrt(c_j) w_j with its own gradients
    MIXED = "mixed"  # neither: sums over objects must be weighted


@dataclass(frozen=True)
class State:
    """What an optimiser remembers: the number of steps taken, and arrays for each leaf."""

    count: int = 0
    slots: tuple[Leaves, ...] = ()


@dataclass(frozen=True)
class AbstractOptimiser(ABC):
    """A rule that turns gradients by original object into changes of the parameters."""

    @property
    @abstractmethod
    def family(self) -> Family:
        """Which rule for weighted objects is exact for it."""

    @property
    def name(self) -> str:
        """The name under which it is known."""
        return type(self).__name__

    def start(self, leaves: Leaves, layout: Layout) -> State:
        """The state before the first step."""
        del leaves, layout
        return State()

    @abstractmethod
    def updates(
        self, leaves: Leaves, gradients: Leaves, state: State, layout: Layout
    ) -> tuple[Leaves, State]:
        """What is to be added to the leaves, and the state after the step.

        `gradients` are by original object: c_j^{-1} dL/dw_j.
        """


def zeros(leaves: Leaves) -> Leaves:
    """Arrays of zeros like the leaves; of fractions if they are."""
    return tuple(leaf * 0 for leaf in leaves)


@overload
def each(function: Callable[[Any], Array], one: Leaves, /) -> Leaves: ...
@overload
def each(function: Callable[[Any, Any], Array], one: Leaves, two: Leaves, /) -> Leaves: ...


def each(function: Callable[..., Array], *rows: Leaves) -> Leaves:
    """The function of the entries of all rows, leaf by leaf."""
    return tuple(function(*leaves) for leaves in zip(*rows, strict=True))


def squared(leaves: Leaves) -> Leaves:
    """The squares of all entries."""
    return each(lambda g: g * g, leaves)


def average(decay: Real, old: Leaves, new: Leaves) -> Leaves:
    """decay * old + (1 - decay) * new."""
    return each(lambda m, g: decay * m + (1 - decay) * g, old, new)


def moments(
    gradients: Leaves, state: State, decays: tuple[Real, Real]
) -> tuple[Leaves, Leaves, int]:
    """The running means of gradients and of their squares, and the number of this step."""
    first, second = state.slots
    first = average(decays[0], first, gradients)
    second = average(decays[1], second, squared(gradients))
    return first, second, state.count + 1


def adaptive(first: Leaves, second: Leaves, corrections: tuple[Any, Any], eps: Real) -> Leaves:
    """The directions of Adam: m / a / (sqrt(v / b) + eps) for corrections a and b."""
    a, b = corrections
    return each(lambda m, v: (m / a) / (np.sqrt(v / b) + eps), first, second)
