"""Monomials and moments in integers: one exact linear system for a measure and a degree."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import lcm
from operator import mul

from ucomp_verify.algebra.multi_indices import multi_indices, num_monomials

from .atomic import AtomicMeasure
from .splitting import splitting

ROOM = 1 << 25  # bytes that the monomials of some nodes take at a time
LONG = 1000  # bits of monomials that take longer as a product of two long ones


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
        columns = [[axis[i] for i in places] for axis in self.coordinates]
        weights = [self.weights[i] for i in places]
        return tuple(monomial_sums(columns, weights, self.degree))

    @cached_property
    def moments(self) -> tuple[int, ...]:
        """The moments of the measure, one for each monomial."""
        return self.moments_on(range(len(self.nodes)))

    def _rows(self, places: Sequence[int]) -> list[list[int]]:
        return monomial_rows([[axis[i] for i in places] for axis in self.coordinates], self.degree)


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


def monomial_sums(
    coordinates: Sequence[Sequence[int]], weights: Sequence[int] | None, degree: int
) -> list[int]:
    """sum_i weights[i] * coordinates[:, i]^alpha for all alpha up to the degree.

    In the order of `multi_indices`, in Python's integers, of any size and sign; weights are 1
    if None. Short monomials are formed up to half the degree, and multiplied in pairs on the
    way into the sums; long ones are multiplied by one coordinate at a time.

    >>> monomial_sums([[2, 3]], [1, 10], 2)
    [11, 32, 94]
    """
    totals = [0] * num_monomials(len(coordinates), degree)
    if not coordinates[0]:
        return totals
    bits = max(max(max(axis), -min(axis)).bit_length() for axis in coordinates)
    add, order = (_add_sums, (degree + 1) // 2) if degree * bits < LONG else (_add_long, degree)
    row = 2 * num_monomials(len(coordinates), order) * (36 + order * bits // 7)
    size = max(ROOM // row, 1)
    for start in range(0, len(coordinates[0]), size):
        part = slice(start, start + size)
        columns = [axis[part] for axis in coordinates]
        add(totals, columns, None if weights is None else weights[part], degree)
    return totals


def _add_long(
    totals: list[int], columns: list[Sequence[int]], weights: Sequence[int] | None, degree: int
) -> None:
    for place, row in enumerate(monomial_rows(columns, degree)):
        totals[place] += sum(row) if weights is None else sum(map(mul, row, weights))


def _add_sums(
    totals: list[int], columns: list[Sequence[int]], weights: Sequence[int] | None, degree: int
) -> None:
    split = splitting(len(columns), degree)
    ones: Sequence[int] = [1] * len(columns[0])
    left: list[list[Sequence[int]]] = [[ones]]
    if split.half:
        left.append(columns)
    for order in range(2, split.half + 1):
        prefixes = zip(columns, split.ends[order - 1], strict=True)
        left.append(
            [list(map(mul, row, x)) for x, end in prefixes for row in left[order - 1][:end]]
        )
    right = [[rows[i] for i in turn] for rows, turn in zip(left, split.turns, strict=True)]
    if weights is not None:
        orders = right[: split.degree - split.half + 1]
        right = [[weights]] + [[list(map(mul, r, weights)) for r in rows] for rows in orders[1:]]
    for p in split.products:
        factors = right[p.right][p.start : p.end]
        for a, places in zip(left[p.left][p.first : p.last], p.places, strict=True):
            for b, place in zip(factors, places, strict=True):
                totals[place] += sum(a) if b is ones else sum(map(mul, a, b))


def _integers(values: Sequence[Fraction]) -> tuple[int, list[int]]:
    """The least common denominator, and the numerators on it."""
    common = lcm(*{v.denominator for v in values})
    return common, [v.numerator * (common // v.denominator) for v in values]


def _centred(axis: Sequence[int]) -> tuple[list[int], int]:
    """Twice the coordinates, moved so that they lie between -width and width."""
    low, high = min(axis), max(axis)
    return [2 * x - low - high for x in axis], max(high - low, 1)
