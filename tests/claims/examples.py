"""Facts to read: what the kernel would say, without the certificates."""

from collections.abc import Sequence
from fractions import Fraction

from ucomp_verify.claims import Bearing
from ucomp_verify.claims.registry import find
from ucomp_verify.findings import Enclosure, Estimate, Finding, Sample
from ucomp_verify.kernel.certificates import Implication, Polynomial
from ucomp_verify.kernel.facts import (
    CounterexampleFact,
    CoveringFact,
    CubatureFact,
    GrowthFact,
    IdentityFact,
    LevelSetFact,
    PackingFact,
    SyzygyFact,
)

Alpha = tuple[int, ...]


def bearing(slug: str, finding: Finding) -> Bearing:
    """What the claim makes of the finding."""
    return find(slug).read(finding).bearing


def cubature(
    dim: int, degree: int, num_nodes: int, support: int, *, defect: Fraction | int = 0
) -> CubatureFact:
    zero = (0,) * dim
    defects = ((zero, Fraction(defect)),) if defect else ()
    return CubatureFact("source", dim, degree, num_nodes, support, defects)


def identity(
    parts: Sequence[Alpha], right: Sequence[Sequence[Alpha]], num_points: int | None = None
) -> IdentityFact:
    left = ((Fraction(1), tuple(parts)),)
    terms = tuple((Fraction(1), tuple(factors)) for factors in right)
    return IdentityFact(len(parts[0]), num_points, left, terms)


def syzygy(
    dim: int,
    num_points: int,
    terms: Sequence[tuple[Alpha, Sequence[Alpha]]],
    *,
    mass: Fraction | int | None = None,
    value: Fraction | int | None = None,
) -> SyzygyFact:
    exact = tuple((Fraction(1), own, tuple(fs)) for own, fs in terms)
    as_fraction = [None if v is None else Fraction(v) for v in (mass, value)]
    return SyzygyFact(dim, num_points, exact, as_fraction[0], as_fraction[1])


def level_set(coefficients: Sequence[int], level: Fraction, share: Fraction) -> LevelSetFact:
    domain = (Fraction(0), Fraction(1))
    return LevelSetFact(tuple(map(Fraction, coefficients)), domain, level, share)


def covering(dim: int, diameter: Fraction | int, radius: Fraction | int) -> CoveringFact:
    """Squared diameter and squared radius of some set."""
    return CoveringFact(((Fraction(0),) * dim,), Fraction(diameter), Fraction(radius))


def packing(
    dim: int, num_points: int, size: int, *, radius: Fraction | int, diameter: Fraction | int
) -> PackingFact:
    """Squared radius and squared diameter of the closest subset."""
    points = tuple((Fraction(i), *[Fraction(0)] * (dim - 1)) for i in range(num_points))
    return PackingFact(points, size, Fraction(radius), Fraction(diameter))


def growth(
    num_nodes: int,
    size: int,
    *,
    power: int,
    error: Fraction | int,
    degree: int = 0,
    dim: int = 1,
    squared_diameter: Fraction | int = 4,
) -> GrowthFact:
    nodes = tuple((Fraction(i), *[Fraction(0)] * (dim - 1)) for i in range(num_nodes))
    top = (degree, *[0] * (dim - 1))
    function: Polynomial = ((Fraction(1), top),)
    return GrowthFact(
        "source",
        nodes,
        Fraction(num_nodes),
        Fraction(squared_diameter),
        size,
        power,
        (function,),
        Fraction(error),
    )


def counterexample(statement: Implication, values: Sequence[Fraction | int]) -> CounterexampleFact:
    return CounterexampleFact(statement, tuple(map(Fraction, values)))


UNRELATED: tuple[Finding, ...] = (
    Enclosure(Fraction(0), Fraction(1), 53),
    Estimate(1.0, 0.1, 10, 15),
    Sample("reductions", 10, 10, None, 0),
    covering(1, 1, Fraction(1, 4)),
)
"""Findings that say nothing about any claim by themselves."""
