"""Exact Caratheodory reduction of the support of a measure."""

from collections.abc import Iterator
from fractions import Fraction
from math import lcm
from operator import mul
from typing import TYPE_CHECKING

from ucomp_verify.algebra.multi_indices import num_monomials
from ucomp_verify.measures.atomic import AtomicMeasure
from ucomp_verify.measures.monomials import MomentSystem, moment_system

MAX_VALUES = 2 * 10**8  # of monomials at nodes: more might not fit into memory

if TYPE_CHECKING:  # FLINT and numpy take a while to import
    from .exact_elimination import Vertex
    from .selection import Candidates


def caratheodory_reduce(
    measure: AtomicMeasure, degree: int, *, exact_steps: bool = False
) -> AtomicMeasure:
    """A measure on some of the same nodes that has the same moments up to the degree.

    All of them agree exactly, the monomials of the new support are independent on it (so
    that it has at most as many nodes as their rank on the old one, and no more than
    binom(dim + degree, degree)), and a measure that already is such a one is returned as
    it is. Deterministic. Raises ValueError if the degree is no integer >= 0, or so large
    that the monomials have more than `MAX_VALUES` values at the nodes.

    A support is chosen in float64 and its weights solved for over Q. Where a weight turns
    out not to be positive, or the choice to be no solution, exact steps repair it, then a
    more careful choice is made, and at last exact steps alone do it all. With `exact_steps`
    they do it from the start: slower, and the same on every machine.
    (Tchakaloff 1957; Bayer and Teichmann, "The proof of Tchakaloff's theorem", 2006.)

    >>> caratheodory_reduce(AtomicMeasure.unit([(0,), (1,), (2,)]), 1).total_mass
    Fraction(3, 1)
    """
    require_degree(degree)
    degree = deciding_degree(degree, len(measure.support))
    _require_feasible(measure, degree)
    if not measure.support:
        return measure
    system = moment_system(measure, degree)
    vertex = _vertex(system, exact_steps=exact_steps)
    _require_same_moments(system, vertex)
    after = [Fraction(0)] * len(measure.nodes)
    for place, weight in _fractions(vertex, system.denominator).items():
        after[system.nodes[place]] = weight
    return AtomicMeasure(measure.nodes, after)


def deciding_degree(degree: int, count: int) -> int:
    """The degree, or a smaller one up to which equal moments on `count` nodes mean the same.

    For every node some product of count - 1 affine functions is 1 there and 0 at all others,
    so two measures on these nodes whose moments agree up to count - 1 are equal.

    >>> deciding_degree(1000, 6)
    5
    """
    return min(degree, max(count - 1, 0))


def require_degree(degree: object) -> None:
    """Refuse what is no integer >= 0."""
    if not isinstance(degree, int) or isinstance(degree, bool) or degree < 0:
        raise ValueError(f"found the degree {degree!r}; expected an integer >= 0")


def _require_feasible(measure: AtomicMeasure, degree: int) -> None:
    count, nodes = num_monomials(measure.dim, degree), len(measure.nodes)
    if count * nodes > MAX_VALUES:
        raise ValueError(
            f"found {count} monomials of degree <= {degree} on {nodes} nodes of dimension "
            f"{measure.dim}; expected at most {MAX_VALUES} values in all: lower the degree, or "
            "reduce the nodes in parts"
        )


def _vertex(system: MomentSystem, *, exact_steps: bool) -> "Vertex":
    """Weights > 0, in the system's unit, on nodes with independent monomials."""
    from flint import fmpq

    from .exact_elimination import eliminate, vertex_near

    if _independent(system):
        return {place: fmpq(weight) for place, weight in enumerate(system.weights)}
    unit = max(system.weights)
    for chosen in () if exact_steps else _choices(system, unit):
        guesses = [fmpq(*weight.as_integer_ratio()) * unit for weight in chosen.weights]
        vertex = vertex_near(system.columns(chosen.places), guesses, system.moments)
        if vertex is not None:
            return {chosen.places[j]: weight for j, weight in vertex.items()}
    return eliminate(system)


def _independent(system: MomentSystem) -> bool:
    """Whether no two measures on these nodes have the same moments."""
    from ucomp_verify.arithmetic.exact import independent

    count = len(system.nodes)
    if count > num_monomials(len(system.coordinates), system.degree):
        return False
    return len(independent(system.columns(range(count)))) == count


def _choices(system: MomentSystem, unit: int) -> "Iterator[Candidates]":
    """Supports chosen in float64: with quick features first, then with careful ones.

    On one thread: more of them gain nothing on matrices of this size.
    """
    import numpy as np
    from threadpoolctl import threadpool_limits

    from .features import quick_features
    from .refined_features import refined_features
    from .selection import select

    weights = np.array([weight / unit for weight in system.weights])
    for features_of in (quick_features, refined_features):
        with threadpool_limits(1):
            features = features_of(system)
            choices = () if features is None else select(features, weights)
        yield from choices


def _fractions(vertex: "Vertex", denominator: int) -> dict[int, Fraction]:
    from ucomp_verify.arithmetic.exact import to_fraction

    return {place: to_fraction(weight / denominator) for place, weight in vertex.items()}


def _require_same_moments(system: MomentSystem, vertex: "Vertex") -> None:
    """Compare all moments with those of the measure, in integers: a check of ourselves."""
    common = lcm(*(int(w.q) for w in vertex.values()))
    numerators = [int(w.p) * (common // int(w.q)) for w in vertex.values()]
    columns = zip(*system.columns(vertex), strict=True)
    after = [sum(map(mul, values, numerators)) for values in columns]
    if min(numerators) <= 0 or after != [common * moment for moment in system.moments]:
        raise ArithmeticError(
            f"the reduction to {len(vertex)} nodes changed a moment; expected the same "
            "moments. This is an error in ucomp_verify: please report the measure"
        )
