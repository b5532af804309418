"""The exact defect of a result and the exact rank of the data, in integers.

It shares no code with the compressors that it judges.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from operator import mul
from typing import TYPE_CHECKING, Any

from ucomp_verify.algebra.multi_indices import MultiIndex, multi_indices

from .cases import Case
from .results import Found

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from ucomp_verify.measures.arrays import Array

    Integers = npt.NDArray[np.int64]

Exact = Sequence[Sequence[int]]  # integer coordinates, one list an axis

PRIME = 2**61 - 1  # a rank over this field is that over Q but for freak determinants
WORD = 62  # bits that a sum of int64 may take
ROWS = 1 << 14  # nodes at a time in int64


@dataclass(frozen=True)
class Defect:
    """max |sum c' u^alpha - sum c u^alpha| / sum c, u in [-1, 1]^m on the box of the support.

    `value` is the maximum over |alpha| <= degree, attained at `worst`; `first` is the first
    moment above a bound, in graded order, None if there is none, with its relative gap.
    """

    value: Fraction
    worst: MultiIndex
    first: MultiIndex | None
    gap: Fraction


def defect(case: Case, found: Found, bound: Fraction) -> Defect:
    """The exact defect of a result, and the first moment that is off by more than `bound`.

    The case must have mass.
    """
    source, theirs, widths = _coordinates(case, found)
    unit = lcm(*{w.denominator for w in found.weights}, *_denominators(case.weights))
    before = _source_sums(source, case.weights, unit, case.degree)
    after = _sums(theirs, [int(w * unit) for w in found.weights], case.degree)
    mass = before[0]
    gaps: list[tuple[Fraction, MultiIndex]] = []
    for alpha, a, b in zip(multi_indices(case.dim, case.degree), before, after, strict=True):
        scale = mass
        for width, exponent in zip(widths, alpha, strict=True):
            scale *= width**exponent
        gaps.append((Fraction(abs(b - a), scale), alpha))
    value = max(gap for gap, _ in gaps)
    worst = next(alpha for gap, alpha in gaps if gap == value)
    first = next(((alpha, gap) for gap, alpha in gaps if gap > bound), None)
    return Defect(value, worst, *(first or (None, Fraction(0))))


def node_gap(case: Case, found: Found) -> Fraction:
    """sum |c' - c| / sum c over the distinct nodes: at least the defect for any degree.

    For a degree of at least the number of distinct nodes only the measure itself has its
    moments, and this is 0.
    """
    change: dict[tuple[Fraction, ...], Fraction] = {}
    for row, w in zip(case.points.tolist(), case.weights.tolist(), strict=True):
        node = tuple(Fraction(x) for x in row)
        change[node] = change.get(node, Fraction(0)) - Fraction(w)
    mass = -sum(change.values())
    for node, w in zip(found.nodes, found.weights, strict=True):
        change[node] = change.get(node, Fraction(0)) + w
    return sum(map(abs, change.values()), Fraction(0)) / mass


def rank_of(case: Case) -> int:
    """The rank over Q of the monomials up to the degree on the nodes with a weight.

    Computed modulo a prime of 61 bits.
    """
    from flint import nmod_mat

    rows = {tuple(map(Fraction, row)) for row in support_rows(case)}
    axes = [_integers_of(list(axis), _unit_of(axis)) for axis in zip(*sorted(rows), strict=True)]
    columns = [[x % PRIME for x in axis] for axis in axes]
    values = list(_monomials(columns, case.degree, PRIME))
    flat = [v for row in values for v in row]
    return int(nmod_mat(len(values), len(rows), flat, PRIME).rank())


def support_rows(case: Case) -> list[list[float]]:
    """The nodes with a weight."""
    return case.points[case.weights > 0].tolist()


def _coordinates(case: Case, found: Found) -> "tuple[Integers | Exact, Exact, list[int]]":
    """Integer coordinates of the nodes of the case and of the result, and half extents."""
    fast = _fast_coordinates(case, found)
    if fast is not None:
        return fast
    keep = case.weights > 0
    source: list[list[int]] = []
    theirs: list[list[int]] = []
    widths: list[int] = []
    for j in range(case.dim):
        axis = [Fraction(x) for x in case.points[keep, j].tolist()]
        other = [node[j] for node in found.nodes]
        unit = _unit_of([*axis, *other])
        mine, others = _integers_of(axis, unit), _integers_of(other, unit)
        low, high = min(mine), max(mine)
        source.append([2 * x - low - high for x in mine])
        theirs.append([2 * x - low - high for x in others])
        widths.append(max(high - low, 1))
    return source, theirs, widths


def _fast_coordinates(case: Case, found: Found) -> "tuple[Integers, Exact, list[int]] | None":
    """The same in int64, for all nodes, where coordinates have few enough binary digits."""
    import numpy as np

    if len(case.points) < ROWS or not case.weights.all() or found.indices is None:
        return None
    for shift in range(20):
        moved = np.ldexp(case.points, shift)
        if not (np.rint(moved) == moved).all() or np.abs(moved).max() >= 2**30:
            continue
        whole = moved.astype(np.int64)
        low, high = whole.min(axis=0), whole.max(axis=0)
        centred = 2 * whole - low - high
        widths = np.maximum(high - low, 1)
        if case.degree * int(widths.max()).bit_length() + ROWS.bit_length() > WORD:
            return None
        theirs = centred[list(found.indices)].T.tolist()
        return centred.T, theirs, widths.tolist()
    return None


def _source_sums(source: "Integers | Exact", weights: "Array", unit: int, degree: int) -> list[int]:
    import numpy as np

    if not isinstance(source, np.ndarray):
        exact = [int(Fraction(w) * unit) for w in weights.tolist() if w > 0]
        return _sums(source, exact, degree)
    if (weights == weights[0]).all():
        common = int(Fraction(weights[0].item()) * unit)
        return [common * total for total in _word_sums(source, degree)]
    return _sums(source.tolist(), [int(Fraction(w) * unit) for w in weights.tolist()], degree)


def _word_sums(source: "Integers", degree: int) -> list[int]:
    """Sums of the monomials, in int64 as far as its bits last."""
    totals: list[int] = []
    for start in range(0, source.shape[1], ROWS):
        part = [
            sum_of.sum().item() for sum_of in _monomials(source[:, start : start + ROWS], degree)
        ]
        totals = part if not totals else [a + b for a, b in zip(totals, part, strict=True)]
    return totals


def _sums(axes: Exact, weights: Sequence[int], degree: int) -> list[int]:
    return [sum(map(mul, row, weights)) for row in _monomials(axes, degree)]


def _monomials(axes: Any, degree: int, prime: int = 0) -> "Iterator[Any]":
    """The values of all monomials on the nodes, in graded order, modulo `prime` if given."""
    import numpy as np

    arrays = isinstance(axes, np.ndarray)
    rows: dict[MultiIndex, Any] = {}
    for alpha in multi_indices(len(axes), degree):
        axis = next((i for i, exponent in enumerate(alpha) if exponent), None)
        if axis is None:
            row: Any = np.ones_like(axes[0]) if arrays else [1] * len(axes[0])
        else:
            parent = rows[(*alpha[:axis], alpha[axis] - 1, *alpha[axis + 1 :])]
            row = parent * axes[axis] if arrays else list(map(mul, parent, axes[axis]))
            row = [v % prime for v in row] if prime else row
        rows[alpha] = row
        yield row


def _unit_of(values: Sequence[Fraction]) -> int:
    return lcm(*{v.denominator for v in values})


def _integers_of(values: Sequence[Fraction], unit: int) -> list[int]:
    return [v.numerator * (unit // v.denominator) for v in values]


def _denominators(weights: "Array") -> set[int]:
    if (weights == weights[0]).all():
        return {Fraction(weights[0].item()).denominator}
    return {Fraction(w).denominator for w in weights.tolist()}
