"""What a prover hands to the kernel: a statement and its witness, in one object.

The fields of each class are the fields of its JSON form (see FORMAT.md).
"""

from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

from .rationals import MultiIndex, Natural, Points, Vector
from .refusals import expect

Factors: TypeAlias = tuple[MultiIndex, ...]  # a product of power sums, or parts
Polynomial: TypeAlias = tuple[tuple[Fraction, MultiIndex], ...]  # coefficient, exponents


@dataclass(frozen=True)
class Source:
    """The source measure; no weights means that all are 1.

    Without nodes it is float64 data with these SHA-256 digests of nodes and weights.
    """

    nodes: Points | None
    weights: Vector | None
    sha256: tuple[str, ...]


@dataclass(frozen=True)
class Cubature:
    """`weights` on `support` have the source's moments up to `degree`, exactly."""

    source: Source
    degree: Natural
    support: tuple[Natural, ...]
    weights: Vector


@dataclass(frozen=True)
class ApproximateCubature(Cubature):
    """`weights` on `support` have the source's moments up to a defect."""


@dataclass(frozen=True)
class PowerSumIdentity:
    """Sum of monomial multisymmetric functions = sum of products of power sums.

    On every number of points, or on `num_points` of them.
    """

    dim: Natural
    num_points: Natural | None
    left: tuple[tuple[Fraction, Factors], ...]
    right: tuple[tuple[Fraction, Factors], ...]


@dataclass(frozen=True)
class WeightedSet:
    """Points with weights; the own point is the one numbered `own`."""

    nodes: Points
    weights: Vector
    own: Natural


@dataclass(frozen=True)
class Syzygy:
    """Sum of coefficient * own point^exponents * power sums = 0 on unit points."""

    dim: Natural
    num_points: Natural
    terms: tuple[tuple[Fraction, MultiIndex, Factors], ...]
    witness: WeightedSet | None


@dataclass(frozen=True)
class LevelSet:
    """|p| <= level on the pieces; |p| <= 1 between the breakpoints `domain`, 1 at `peak`."""

    coefficients: Vector
    domain: Vector
    level: Fraction
    pieces: tuple[tuple[Fraction, Fraction], ...]
    peak: Fraction


@dataclass(frozen=True)
class Covering:
    """How large a ball that holds the points must be; the multipliers show it."""

    points: Points
    multipliers: Vector


@dataclass(frozen=True)
class Packing:
    """How close together the closest `subset_size` of the points are."""

    points: Points
    subset_size: Natural


@dataclass(frozen=True)
class Obstruction:
    """A combination of the functions that vanishes on `support`, not on the source."""

    support: tuple[Natural, ...]
    multipliers: Vector


@dataclass(frozen=True)
class Growth:
    """However n copies of the source keep weight on `size` nodes, some error is large.

    The functions are (sum c g)^power with g in `functions`. If no error exceeded
    error * n^power, the sums would lie between n * lower and n * upper, and the
    obstruction for the support that was kept forbids this.
    """

    source: Source
    size: Natural
    power: Natural
    functions: tuple[Polynomial, ...]
    error: Fraction
    lower: Vector
    upper: Vector
    obstructions: tuple[Obstruction, ...]


@dataclass(frozen=True)
class Relation:
    """The polynomial is "=", ">=" or ">" 0."""

    polynomial: Polynomial
    sign: str

    def __post_init__(self) -> None:
        expect(self.sign in ("=", ">=", ">"), 'a sign "=", ">=" or ">"', self.sign)


@dataclass(frozen=True)
class Implication:
    """For all real values of the variables, the hypotheses imply the conclusion."""

    variables: tuple[str, ...]
    hypotheses: tuple[Relation, ...]
    conclusion: Relation


@dataclass(frozen=True)
class Counterexample:
    """Values at which the hypotheses hold and the conclusion fails."""

    statement: Implication
    values: Vector


Certificate: TypeAlias = (Cubature | ApproximateCubature | PowerSumIdentity | Syzygy | LevelSet) | (
    Covering | Packing | Growth | Counterexample
)
