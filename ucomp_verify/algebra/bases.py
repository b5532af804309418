"""Families of symmetric polynomials of one multidegree, expanded in orbits.

A member is named by a multiset of nonzero multi-indices that add up to the multidegree:
an orbit m_parts, a product of power sums q_alpha, or a product of elementary ones
e_alpha, the coefficients of t^alpha in prod_i (1 + <w_i, t>).
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from enum import Enum
from fractions import Fraction
from itertools import combinations
from math import factorial, prod

from .multi_indices import MultiIndex
from .multisymmetric import MultisymmetricPolynomial, Parts, repetitions
from .vector_partitions import vector_partitions_of

Sums = dict[Parts, int]  # coefficients of the sums M_parts over ordered distinct points


class Family(Enum):
    """Which symmetric polynomials of d points; each is of the multidegree of its name."""

    MONOMIAL = "monomial"
    """The orbits m_parts of at most d parts: a basis by definition."""
    POWER_SUM = "power sums"
    """The products of q_alpha with |alpha| <= d."""
    ANY_POWER_SUM = "power sums of any order"
    """The products of all q_alpha."""
    ELEMENTARY = "elementary"
    """The products of e_alpha; those with |alpha| > d are zero and left out."""


def members(family: Family, total: MultiIndex, num_points: int) -> tuple[Parts, ...]:
    """The names of the members of multidegree `total`, those of fewest parts first.

    >>> members(Family.POWER_SUM, (3,), 2)
    (((1,), (2,)), ((1,), (1,), (1,)))
    """
    if num_points < 1:
        raise ValueError(f"expected at least one point, got {num_points}")
    parts = num_points if family is Family.MONOMIAL else None
    order = num_points if family in (Family.POWER_SUM, Family.ELEMENTARY) else None
    found = vector_partitions_of(total, max_parts=parts, max_order=order)
    return tuple(sorted(found, key=lambda name: (len(name), name)))


def expand(family: Family, name: Parts, *, dim: int, num_points: int) -> MultisymmetricPolynomial:
    """The member of the family as a polynomial of `num_points` points of R^dim.

    >>> expand(Family.ELEMENTARY, ((1,), (1,)), dim=1, num_points=2).orbits
    {((1,), (1,)): Fraction(2, 1), ((2,),): Fraction(1, 1)}
    """
    orbits = expansions(family, [name], num_points)[0]
    kept = {parts: Fraction(c) for parts, c in sorted(orbits.items())}
    return MultisymmetricPolynomial(dim, num_points, kept)


def expansions(family: Family, names: Sequence[Parts], num_points: int) -> list[dict[Parts, int]]:
    """The coefficients of the orbits in every member named; products share their factors."""
    if family is Family.MONOMIAL:
        return [{name: 1} if len(name) <= num_points else {} for name in names]
    elementary = family is Family.ELEMENTARY
    times = _times_elementary if elementary else _times_power_sum
    known: dict[Parts, Sums] = {(): {(): 1}}

    def expanded(name: Parts) -> Sums:
        if name not in known:
            known[name] = times(expanded(name[:-1]), name[-1], num_points)
        return known[name]

    scales = [_scale(name) if elementary else 1 for name in names]
    return [
        {parts: c * repetitions(parts) // scale for parts, c in expanded(name).items()}
        for name, scale in zip(names, scales, strict=True)
    ]


def _scale(name: Parts) -> int:
    """What `_times_elementary` has multiplied a product by, to stay with integers."""
    return prod(factorial(n) for alpha in name for n in alpha)


def _plus(alpha: MultiIndex, beta: MultiIndex) -> MultiIndex:
    return tuple(a + b for a, b in zip(alpha, beta, strict=True))


def _times_power_sum(sums: Sums, alpha: MultiIndex, num_points: int) -> Sums:
    """q_alpha M_parts = M_(parts, alpha) + sum_i M_(.., part_i + alpha, ..)."""
    out: Sums = defaultdict(int)
    for parts, coefficient in sums.items():
        for i, part in enumerate(parts):
            merged = (*parts[:i], _plus(part, alpha), *parts[i + 1 :])
            out[tuple(sorted(merged))] += coefficient
        if len(parts) < num_points:
            out[tuple(sorted((*parts, alpha)))] += coefficient
    return out


def _times_elementary(sums: Sums, alpha: MultiIndex, num_points: int) -> Sums:
    """alpha! e_alpha gives |alpha| points one coordinate each, alpha_a of them w_a."""
    out: Sums = defaultdict(int)
    scale = _scale((alpha,))
    for parts, coefficient in sums.items():
        for old, new in _placements(alpha, range(len(parts))):
            if len(parts) + sum(new) <= num_points:
                moved = [_plus(part, old.get(i, _unit(alpha))) for i, part in enumerate(parts)]
                moved += [_unit(alpha, axis) for axis, n in enumerate(new) for _ in range(n)]
                out[tuple(sorted(moved))] += coefficient * (scale // prod(map(factorial, new)))
    return out


def _unit(alpha: MultiIndex, axis: int | None = None) -> MultiIndex:
    return tuple(int(a == axis) for a in range(len(alpha)))


def _placements(
    alpha: MultiIndex, free: Sequence[int], axis: int = 0
) -> Iterator[tuple[dict[int, MultiIndex], MultiIndex]]:
    """Which old parts grow by which coordinate, and how many new parts each gives."""
    if axis == len(alpha):
        yield {}, ()
        return
    for count in range(min(alpha[axis], len(free)) + 1):
        for chosen in combinations(free, count):
            left = [i for i in free if i not in chosen]
            grown = dict.fromkeys(chosen, _unit(alpha, axis))
            for old, new in _placements(alpha, left, axis + 1):
                yield grown | old, (alpha[axis] - count, *new)
