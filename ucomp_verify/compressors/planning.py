"""Which degree and how many cells give the smallest proved bound, or the fewest nodes.

Predictions (boxes of the cells in float64) find candidates; for the best of them the bound
is proved: exact masses, and radii rounded up from exact boxes.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, partial
from math import isqrt
from typing import TYPE_CHECKING, TypeAlias

from ucomp_verify.algebra import num_monomials
from ucomp_verify.measures import FloatMeasure, Measure, frame_of

from .cellwise import part_of
from .partitions import (
    Cells,
    Partition,
    cells_within,
    centred_points,
    nodes_kept,
    partition,
    support_of,
)

if TYPE_CHECKING:
    from .partitions import Array, Places

Remainder: TypeAlias = Callable[[int, Fraction], Fraction]

FINALISTS = 3  # candidates with the best predictions, for which the bound is proved
DENSE_DEGREES = 40  # all are tried up to this one, then steps of a twentieth
FINE_BITS = 10  # of radii rounded up, so that many cells ask for few remainders
COARSE_BITS = 3  # the same for predictions, if there are more cells than FEW
FEW = 16


@dataclass(frozen=True, eq=False)
class Plan:
    """Cells of indices, a degree, and a proved bound of the error for the class of functions.

    One reduction a cell keeps at most `size` nodes.
    """

    degree: int
    cells: Cells
    bound: Fraction
    size: int


@dataclass(frozen=True, eq=False)
class Problem:
    """A measure with mass, a class of functions, and a way to cut cells."""

    measure: Measure
    remainder: Remainder
    kind: Partition
    seed: int
    max_monomials: int
    negligible: Fraction  # a bound below this one is as good as any
    support: "Places"
    points: "Array"  # of the support, centred
    shares: "Array"  # of the mass, one a place
    scale: Fraction  # what the length 1 of `points` is in the measure's coordinates


def problem_of(
    measure: Measure,
    remainder: Remainder,
    kind: Partition,
    *,
    seed: int,
    max_monomials: int,
    negligible: Fraction,
) -> Problem:
    """The problem, prepared."""
    support = support_of(measure)
    frame = frame_of(measure)
    sides = [(b - a) * u for a, b, u in zip(frame.lows, frame.highs, frame.units, strict=True)]
    return Problem(
        measure=measure,
        remainder=remainder,
        kind=kind,
        seed=seed,
        max_monomials=max_monomials,
        negligible=negligible,
        support=support,
        points=centred_points(measure, support),
        shares=_shares(measure, support),
        scale=max(sides) / 2,
    )


def smallest_bound(problem: Problem, degree: int, size: int) -> Plan:
    """The plan with the smallest bound that was found, or the first that is negligible."""
    if len(problem.support) <= size:
        return _keep_all(problem, degree)
    candidates: list[tuple[Fraction, int, Cells]] = []
    for k in _degrees(problem, degree, size):
        rank = num_monomials(problem.measure.dim, k)
        cells = cells_within(problem.points, size, rank, problem.kind, seed=problem.seed)
        candidates.append((_predicted(problem, k, cells), k, cells))
        if candidates[-1][0] <= problem.negligible:
            return _plan(problem, k, cells)
    if not candidates:
        rank = num_monomials(problem.measure.dim, degree)
        raise ValueError(
            f"found the size {size}; expected at least {rank}, the number of monomials of degree "
            f"<= {degree}: give a larger size or a lower degree"
        )
    candidates.sort(key=lambda candidate: candidate[:2])
    plans = [_plan(problem, k, cells) for _, k, cells in candidates[:FINALISTS]]
    return min(plans, key=lambda plan: plan.bound)


def smallest_size(problem: Problem, degree: int, bound: Fraction) -> Plan:
    """The plan of the fewest nodes that was found with at most this bound."""
    best = _keep_all(problem, degree)
    cut = cache(partial(_cut, problem))
    # High degrees need few nodes or none will do: they leave little to try for the others.
    for k in reversed(list(_degrees(problem, degree, len(problem.support) - 1))):
        rank = num_monomials(problem.measure.dim, k)
        most = (best.size - 1) // rank
        count = _fewest(lambda c, k=k: _predicted(problem, k, cut(c)) <= bound, most)
        while count <= most:
            plan = _plan(problem, k, cut(count))
            if plan.bound <= bound and plan.size < best.size:
                best = plan
                break
            count += max(1, count // 50)
    return best


def _degrees(problem: Problem, least: int, size: int) -> Iterator[int]:
    """The least degree and more, while one cell fits the size and the cost allows it."""
    degree = least
    while num_monomials(problem.measure.dim, degree) <= size:
        yield degree
        degree += max(1, (degree - DENSE_DEGREES) // 20)
        if num_monomials(problem.measure.dim, degree) > problem.max_monomials:
            return


def _fewest(good: Callable[[int], bool], most: int) -> int:
    """The smallest count >= 1 that is good, as if larger ones were so too; most + 1 if none."""
    if most < 1 or not good(most):
        return most + 1
    low, high = 0, most
    while high - low > 1:
        middle = min(max(2 * low, 1), (low + high) // 2)  # small counts first: they are cheap
        low, high = (low, middle) if good(middle) else (middle, high)
    return high


def _cut(problem: Problem, count: int) -> Cells:
    return partition(problem.points, count, problem.kind, seed=problem.seed)


def _keep_all(problem: Problem, degree: int) -> Plan:
    """Every node a cell of its own, which changes nothing."""
    return Plan(degree, tuple(problem.support[:, None]), Fraction(0), len(problem.support))


def _predicted(problem: Problem, degree: int, cells: Cells) -> Fraction:
    """About what `_plan` proves, from boxes in float64."""
    import numpy as np

    order, starts = np.concatenate(cells), np.cumsum([0, *map(len, cells[:-1])])
    inside = problem.points[order]
    boxes = np.maximum.reduceat(inside, starts) - np.minimum.reduceat(inside, starts)
    masses = np.add.reduceat(problem.shares[order], starts)
    bits = FINE_BITS if len(cells) <= FEW else COARSE_BITS
    radii: list[float] = (np.linalg.norm(boxes, axis=1) / 2).tolist()
    shared: dict[Fraction, float] = {}
    for radius, mass in zip(radii, masses.tolist(), strict=True):
        rounded = _rounded_up(Fraction(radius) * problem.scale, bits)
        shared[rounded] = shared.get(rounded, 0.0) + mass
    parts = (Fraction(mass) * problem.remainder(degree, r) for r, mass in shared.items())
    return 2 * problem.measure.total_mass * sum(parts, Fraction(0))


def _plan(problem: Problem, degree: int, cells: Cells) -> Plan:
    """The plan with its bound proved: 2 * mass * remainder(degree, radius), over all cells."""
    nodes = tuple(problem.support[cell] for cell in cells)
    remainder = cache(partial(problem.remainder, degree))
    total = Fraction(0)
    for cell in nodes:
        part = part_of(problem.measure, cell)
        total += 2 * part.total_mass * remainder(_rounded_up(half_diagonal(part), FINE_BITS))
    rank = num_monomials(problem.measure.dim, degree)
    return Plan(degree, nodes, total, nodes_kept(cells, rank))


def half_diagonal(part: Measure) -> Fraction:
    """Half the diagonal of the box of the nodes, rounded up: the radius of a ball around them.

    >>> from ucomp_verify.measures import AtomicMeasure
    >>> half_diagonal(AtomicMeasure.unit([(0, 0), (3, 4)]))
    Fraction(5, 2)
    """
    frame = frame_of(part)
    sides = ((b - a) * u for a, b, u in zip(frame.lows, frame.highs, frame.units, strict=True))
    square = sum((side**2 for side in sides), Fraction(0)) / 4
    return _root_above(square)


def _root_above(value: Fraction) -> Fraction:
    """A dyadic >= the root of a value >= 0, with some 64 bits."""
    if not value:
        return value
    shift = max(0, 64 + (value.denominator.bit_length() - value.numerator.bit_length()) // 2)
    whole = -(-(value.numerator << 2 * shift) // value.denominator)
    return Fraction(isqrt(whole - 1) + 1, 1 << shift)


def _rounded_up(value: Fraction, bits: int) -> Fraction:
    """A dyadic >= value >= 0 of so many significant bits, or one more."""
    if not value:
        return value
    unit = Fraction(2) ** (value.numerator.bit_length() - value.denominator.bit_length() - bits)
    return -(-value // unit) * unit


def _shares(measure: Measure, support: "Places") -> "Array":
    import numpy as np

    if not isinstance(measure, FloatMeasure):
        return np.array([float(w / measure.total_mass) for w in measure.weights if w])
    if measure.weights is None:
        return np.full(len(support), 1 / len(support))
    weights = measure.weights[support] / measure.weights.max()
    return weights / weights.sum()
