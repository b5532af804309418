"""What the kernel has established. Facts state mathematics and know nothing of the paper."""

from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

from .certificates import Factors, Growth, Implication, Polynomial, WeightedSet
from .rationals import MultiIndex


@dataclass(frozen=True)
class CubatureFact:
    """`support_size` of the source's nodes, positively weighted, match it up to `degree`.

    `defects` holds |difference| / mass of every moment that differs, in coordinates that
    map the source's bounding box to [-1, 1]^dim; none differ when the rule is exact.
    """

    source: str  # SHA-256 of the source measure
    dim: int
    degree: int
    num_nodes: int
    support_size: int
    defects: tuple[tuple[tuple[int, ...], Fraction], ...]
    support: tuple[int, ...] = ()  # the indices of these nodes

    @property
    def defect(self) -> Fraction:
        """The largest of the defects; 0 when the rule is exact."""
        return max((size for _, size in self.defects), default=Fraction(0))


@dataclass(frozen=True)
class IdentityFact:
    """The identity holds on every number of points, or on `num_points` of them."""

    dim: int
    num_points: int | None
    left: tuple[tuple[Fraction, Factors], ...]
    right: tuple[tuple[Fraction, Factors], ...]


@dataclass(frozen=True)
class SyzygyFact:
    """A nonzero polynomial in power sums (and an own point) that is 0 on unit points.

    On a weighted set of total weight `mass` it takes `value`, if one was given.
    """

    dim: int
    num_points: int
    terms: tuple[tuple[Fraction, MultiIndex, Factors], ...]
    mass: Fraction | None
    value: Fraction | None
    witness: WeightedSet | None = None  # this weighted set


@dataclass(frozen=True)
class LevelSetFact:
    """A polynomial with max |p| = 1 has |p| <= level on a `share` of the domain or more."""

    coefficients: tuple[Fraction, ...]
    domain: tuple[Fraction, ...]
    level: Fraction
    share: Fraction


@dataclass(frozen=True)
class CoveringFact:
    """A ball that holds the points has at least this squared radius."""

    points: tuple[tuple[Fraction, ...], ...]
    squared_diameter: Fraction
    squared_radius: Fraction


@dataclass(frozen=True)
class PackingFact:
    """Among the points every `subset_size` have at least this squared diameter."""

    points: tuple[tuple[Fraction, ...], ...]
    subset_size: int
    squared_radius: Fraction  # largest squared distance from the origin
    squared_diameter: Fraction  # of the closest subset


@dataclass(frozen=True)
class GrowthFact:
    """n copies of the source: weights on `size` nodes err by more than error * n^power.

    For every n >= 1 and all weights (nonnegative ones if the power is even), for one of
    the functions (sum c g)^power at least.
    """

    source: str
    nodes: tuple[tuple[Fraction, ...], ...]
    mass: Fraction
    squared_diameter: Fraction
    size: int
    power: int
    functions: tuple[Polynomial, ...]
    error: Fraction
    reason: Growth | None = None  # the bounds and obstructions that show it


@dataclass(frozen=True)
class CounterexampleFact:
    """The implication fails at `values`."""

    statement: Implication
    values: tuple[Fraction, ...]


Fact: TypeAlias = (CubatureFact | IdentityFact | SyzygyFact | LevelSetFact | CoveringFact) | (
    PackingFact | GrowthFact | CounterexampleFact
)
