"""What a compressor returns: some of the nodes with weights, and how rigorous these are."""

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, TypeAlias

from .atomic import AtomicMeasure
from .float_measure import FloatMeasure, Measure
from .rules import Rule

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from .arrays import Array


@dataclass(frozen=True)
class ExactWeights:
    """Weights > 0 as rationals: the moments agree exactly."""

    values: tuple[Fraction, ...]


@dataclass(frozen=True)
class BallWeights:
    """Each true weight lies within its radius of its midpoint, and is > 0.

    There are weights with exactly the moments asked for, and these balls hold them, as
    ball arithmetic at `prec` bits has shown.
    """

    values: tuple[Fraction, ...]  # the midpoints, dyadic
    radii: tuple[Fraction, ...]
    prec: int

    def __post_init__(self) -> None:
        if any(v <= r for v, r in zip(self.values, self.radii, strict=True)):
            raise ValueError("found a ball that holds 0; expected weights certified positive")


@dataclass(frozen=True)
class FloatWeights:
    """Weights in float64: the moments agree up to rounding, which nothing here bounds."""

    values: tuple[float, ...]


Weights: TypeAlias = ExactWeights | BallWeights | FloatWeights


@dataclass(frozen=True)
class Compression:
    """`weights` on the nodes `indices` of `source` have its moments up to `degree`.

    `indices` increase and count from 0. `cells` lists the groups of nodes (by index) that
    were matched one by one, each with its own moments; empty when the moments agree only
    as a whole.
    """

    source: Measure
    degree: int
    indices: tuple[int, ...]
    weights: Weights
    cells: tuple["npt.NDArray[np.intp]", ...] = ()

    def __len__(self) -> int:
        """The number of nodes kept."""
        return len(self.indices)

    @property
    def rule(self) -> Rule:
        """The rule with the weights as they are, midpoints for balls, as exact rationals."""
        return Rule(self.indices, tuple(Fraction(v) for v in self.weights.values))

    def rounded(self) -> "Array":
        """The weights rounded to float64, shape (len(self),)."""
        import numpy as np

        return np.array([float(v) for v in self.weights.values])

    def to_atomic(self) -> AtomicMeasure:
        """The compressed measure on all nodes of the source, weight 0 where one was dropped."""
        source = self.source.exact() if isinstance(self.source, FloatMeasure) else self.source
        weights = [Fraction(0)] * len(source.nodes)
        for index, weight in zip(self.indices, self.weights.values, strict=True):
            weights[index] = Fraction(weight)
        return AtomicMeasure(source.nodes, weights)
