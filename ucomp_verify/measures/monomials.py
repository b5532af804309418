"""Monomials and moments in integers: one exact linear system for a measure and a degree."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import lcm
from operator import mul

from ucomp_verify.algebra.multi_indices import multi_indices, num_monomials

from .atomic import AtomicMeasure

CHUNK = 1 << 20  # values of monomials at a time, which bounds the memory that they take


@dataclass(frozen=True)
class MomentSystem:
    """The weights solve sum_i weights[i] * columns(all)[i] = moments, in integers.

    `coordinates`, one tuple an axis, are what an affine map makes of the nodes of the
    support, equal nodes taken once; `nodes` says where they first stand in the measure. Such
    a map changes no space of polynomials up to a degree. `weights` are the measure's, times
    `denominator`. Methods take places in `nodes`, counted from 0.
    """

    nodes: tuple[int, ...]
    coordinates: tuple[tuple[int, ...], ...]
    widths: tuple[int, ...]  # half the extent of each axis, at least 1
    weights: tuple[int, ...]
    denominator: int
    degree: int

    def columns(self, places: Iterable[int]) -> list[tuple[int, ...]]:
        """The values of all monomials up to the degree, a tuple for each of the places."""
        return list(zip(*self._rows(list(places)), strict=True))

    def moments_on(self, places: Sequence[int]) -> tuple[int, ...]:
        """The sums of weight * monomial over the places, one for each monomial."""
        size = CHUNK // num_monomials(len(self.coordinates), self.degree) + 1
        chunks = [places[i : i + size] for i in range(0, len(places), size)]
        return tuple(map(sum, zip(*map(self._chunk_moments, chunks), strict=True)))

    @cached_property
    def moments(self) -> tuple[int, ...]:
        """The moments of the measure, one for each monomial."""
        return self.moments_on(range(len(self.nodes)))

    def _rows(self, places: Sequence[int]) -> list[list[int]]:
        return monomial_rows([[axis[i] for i in places] for axis in self.coordinates], self.degree)

    def _chunk_moments(self, places: Sequence[int]) -> list[int]:
        weights = [self.weights[i] for i in places]
        return [sum(map(mul, row, weights)) for row in self._rows(places)]


def moment_system(measure: AtomicMeasure, degree: int) -> MomentSystem:
    """The system of a measure with a nonempty support."""
    merged: dict[tuple[Fraction, ...], list[int]] = {}
    for i in measure.support:
        merged.setdefault(measure.nodes[i], []).append(i)
    masses = [sum((measure.weights[i] for i in same), Fraction(0)) for same in merged.values()]
    denominator, weights = _integers(masses)
    axes = [_centred(_integers(axis)[1]) for axis in zip(*merged, strict=True)]
    return MomentSystem(
        nodes=tuple(same[0] for same in merged.values()),
        coordinates=tuple(tuple(axis) for axis, _ in axes),
        widths=tuple(width for _, width in axes),
        weights=tuple(weights),
        denominator=denominator,
        degree=degree,
    )


def monomial_rows(coordinates: Sequence[Sequence[int]], degree: int) -> list[list[int]]:
    """The values of all monomials up to the degree, in the order of `multi_indices`.

    >>> monomial_rows([[2, 3]], 2)
    [[1, 1], [2, 3], [4, 9]]
    """
    place: dict[tuple[int, ...], int] = {}
    rows: list[list[int]] = []
    for alpha in multi_indices(len(coordinates), degree):
        place[alpha] = len(rows)
        axis = next((i for i, exponent in enumerate(alpha) if exponent), None)
        if axis is None:
            rows.append([1] * len(coordinates[0]))
            continue
        parent = (*alpha[:axis], alpha[axis] - 1, *alpha[axis + 1 :])
        rows.append(list(map(mul, rows[place[parent]], coordinates[axis])))
    return rows


def _integers(values: Sequence[Fraction]) -> tuple[int, list[int]]:
    """The least common denominator, and the numerators on it."""
    common = lcm(*{v.denominator for v in values})
    return common, [v.numerator * (common // v.denominator) for v in values]


def _centred(axis: Sequence[int]) -> tuple[list[int], int]:
    """Twice the coordinates, moved so that they lie between -width and width."""
    low, high = min(axis), max(axis)
    return [2 * x - low - high for x in axis], max(high - low, 1)
