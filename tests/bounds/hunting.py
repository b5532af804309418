"""What the hunt for violations is made of: data, functions of known size, and subjects.

A subject says how to draw cases of one bound, and what its two sides are. To add one, write a
function from a case to `Sides` and put it into a table of subjects, as `upper_subjects` does.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import perm
from typing import Any

import hypothesis
from hypothesis import HealthCheck, Phase, given, settings, target
from hypothesis import strategies as st

from ucomp_verify.bounds.powers import root_power_above
from ucomp_verify.caratheodory import caratheodory_reduce
from ucomp_verify.measures import AtomicMeasure

Node = tuple[Fraction, ...]

SLOW_DRAWS = (HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large)


@dataclass(frozen=True)
class Sides:
    """left <= right is claimed; `effective` if it could have failed."""

    left: Fraction
    right: Fraction
    effective: bool

    @property
    def ratio(self) -> float:
        """left / right, and 0 for cases that are not effective."""
        if not self.effective:
            return 0.0
        return float(self.left / self.right) if self.right else float("inf")


@dataclass(frozen=True)
class Subject:
    """`sides` of every case: the claim is left <= right.

    `pressed` is a share of the right side that some case is known to exceed: a bound that is
    smaller by this factor is found to be false.
    """

    name: str
    cases: st.SearchStrategy[Any]
    sides: Callable[[Any], Sides]
    pressed: float


@dataclass
class Tally:
    """Cases of a subject so far, and the one that came closest."""

    cases: int = 0
    effective: int = 0
    ratio: float = 0.0
    example: str = ""
    seeds: list[int] = field(default_factory=list[int])


def hunt(
    subject: Subject,
    *,
    examples: int,
    seed: int | None = None,
    tally: Tally | None = None,
    shrink: bool = True,
) -> Tally:
    """Press left / right to its limit; AssertionError if it goes above 1."""
    count = Tally() if tally is None else tally
    count.seeds += [] if seed is None else [seed]

    @settings(
        max_examples=examples,
        database=None,
        deadline=None,
        phases=(Phase.generate, Phase.target, *([Phase.shrink] if shrink else [])),
        suppress_health_check=SLOW_DRAWS,
    )
    @given(case=subject.cases)
    def check(case: Any) -> None:
        sides = subject.sides(case)
        count.cases += 1
        count.effective += sides.effective
        if sides.ratio > count.ratio:
            count.ratio, count.example = sides.ratio, repr(case)
        target(min(sides.ratio, 2.0), label="left / right")
        assert sides.left <= sides.right, f"{subject.name} fails for {case!r}"

    (check if seed is None else hypothesis.seed(seed)(check))()
    return count


def hunt_for(seconds: float, subjects: Sequence[Subject], *, seed: int) -> dict[str, Tally]:
    """Hunt all subjects in turn, again and again with new seeds, until the time has passed."""
    tallies = {subject.name: Tally() for subject in subjects}
    start, turn = time.monotonic(), 0
    while not turn or time.monotonic() - start < seconds:
        for subject in subjects:
            hunt(subject, seed=seed + turn, examples=100, tally=tallies[subject.name])
            if turn and time.monotonic() - start >= seconds:
                break
        turn += 1
    return tallies


@dataclass(frozen=True)
class Pole:
    """factor / (gap + reach |u|_1 - <u, w>) on [-reach, reach]^dim: all constants are exact."""

    slopes: Node
    gap: Fraction
    factor: Fraction
    reach: Fraction

    def at(self, node: Node) -> Fraction:
        return self.factor / (
            self._pole - sum(u * x for u, x in zip(self.slopes, node, strict=True))
        )

    def size(self, reach: Fraction) -> Fraction | None:
        """The supremum where all |z_i| <= reach; None if it is not finite."""
        gap = self._pole - reach * _sum_norm(self.slopes)
        return abs(self.factor) / gap if gap > 0 else None

    def derivative(self, order: int) -> Fraction:
        """The supremum of derivatives along unit vectors on the cube, order >= 1."""
        length = root_power_above(_square(self.slopes), order)
        return abs(self.factor) * perm(order) * length / self.gap ** (order + 1)

    @property
    def _pole(self) -> Fraction:
        return self.gap + self.reach * _sum_norm(self.slopes)


@dataclass(frozen=True)
class Power:
    """factor * <u, w>^exponent on [-reach, reach]^dim."""

    slopes: Node
    exponent: int
    factor: Fraction
    reach: Fraction

    def at(self, node: Node) -> Fraction:
        form = sum((u * x for u, x in zip(self.slopes, node, strict=True)), Fraction(0))
        return self.factor * form**self.exponent

    def size(self, reach: Fraction) -> Fraction | None:
        return abs(self.factor) * (reach * _sum_norm(self.slopes)) ** self.exponent

    def derivative(self, order: int) -> Fraction:
        if order > self.exponent:
            return Fraction(0)
        rest = (self.reach * _sum_norm(self.slopes)) ** (self.exponent - order)
        length = root_power_above(_square(self.slopes), order)
        return abs(self.factor) * perm(self.exponent, order) * length * rest


@dataclass(frozen=True)
class Case:
    """A measure on [-half_side, half_side]^dim, a degree, a function, and a free parameter."""

    measure: AtomicMeasure
    half_side: Fraction
    degree: int
    terms: tuple[Pole | Power, ...]
    side: int
    share: Fraction

    @property
    def dim(self) -> int:
        return self.measure.dim

    @property
    def mass(self) -> Fraction:
        return self.measure.total_mass

    def derivative(self, order: int) -> Fraction:
        """A bound of the derivatives of this order on the cube."""
        return sum((t.derivative(order) for t in self.terms), Fraction(0))

    def size(self, reach: Fraction) -> Fraction | None:
        """A bound of |g| where all |z_i| <= reach, if the terms have no pole there."""
        sizes = [t.size(reach) for t in self.terms]
        return None if None in sizes else sum((s for s in sizes if s), Fraction(0))

    def widening(self, most: Fraction) -> Fraction:
        """A number > 0 up to `most` by which the coordinates can grow without a pole."""
        room = [t.gap / _sum_norm(t.slopes) for t in self.terms if isinstance(t, Pole)]
        return self.share * min([most, *room])

    def error(self, after: AtomicMeasure) -> Fraction:
        """|int g d(after) - int g d(before)|, exactly."""
        changes = zip(after.nodes, after.weights, self.measure.weights, strict=True)
        terms = ((c - b) * t.at(w) for w, c, b in changes if c != b for t in self.terms)
        return abs(sum(terms, Fraction(0)))

    def sides(self, after: AtomicMeasure, right: Fraction) -> Sides:
        """The error of a reduction against a bound of it."""
        left = self.error(after)
        return Sides(left, right, left > 0 and len(after.support) < len(self.measure.support))


def cases(
    *,
    dims: Sequence[int] = (1, 2),
    max_degree: int = 4,
    min_nodes: int = 1,
    max_nodes: int = 14,
    unit: bool = False,
) -> st.SearchStrategy[Case]:
    """Cases in cubes of several sizes; with `unit` all weights are 1."""
    return st.tuples(
        st.sampled_from(dims),
        st.sampled_from([Fraction(1), Fraction(1, 2), Fraction(3), Fraction(10)]),
    ).flatmap(lambda pair: _cases(*pair, max_degree, (min_nodes, max_nodes), unit))


def reduced(case: Case, degree: int) -> AtomicMeasure:
    """One reduction of all nodes."""
    return caratheodory_reduce(case.measure, degree)


def reduced_in_cells(case: Case, degree: int, side: int) -> AtomicMeasure:
    """One reduction in each of side^dim equal half-open cells of the cube."""
    return reduce_parts(case.measure, cells_of(case.measure, case.half_side, side), degree)


def cells_of(measure: AtomicMeasure, half_side: Fraction, side: int) -> list[list[int]]:
    """The support, cut by the cells."""
    parts: dict[tuple[int, ...], list[int]] = {}
    for i in measure.support:
        place = tuple(
            min(side - 1, int((x + half_side) * side // (2 * half_side))) for x in measure.nodes[i]
        )
        parts.setdefault(place, []).append(i)
    return list(parts.values())


def reduce_parts(measure: AtomicMeasure, parts: list[list[int]], degree: int) -> AtomicMeasure:
    """Each part of the support reduced once, the other nodes as they are."""
    weights = list(measure.weights)
    for part in parts:
        inner = AtomicMeasure([measure.nodes[i] for i in part], [weights[i] for i in part])
        for i, weight in zip(part, caratheodory_reduce(inner, degree).weights, strict=True):
            weights[i] = weight
    return AtomicMeasure(measure.nodes, weights)


def _cases(
    dim: int, half_side: Fraction, max_degree: int, nodes: tuple[int, int], unit: bool
) -> st.SearchStrategy[Case]:
    places = st.one_of(
        st.integers(-8, 8).map(lambda n: Fraction(n, 8)),
        st.sampled_from([Fraction(-1), Fraction(1)]),
    )
    node = st.tuples(*[places.map(lambda x: x * half_side)] * dim)
    weights = st.just(Fraction(1))
    if not unit:
        weights |= st.integers(0, 9).map(Fraction) | st.sampled_from([Fraction(1, 7), Fraction(50)])
    rows = st.lists(st.tuples(node, weights), min_size=nodes[0], max_size=nodes[1])
    massive = rows.filter(lambda pairs: any(w for _, w in pairs))
    measures = massive.map(lambda pairs: AtomicMeasure(*zip(*pairs, strict=True)))
    return st.builds(
        Case,
        measures,
        st.just(half_side),
        st.integers(0, max_degree),
        st.lists(_terms(dim, half_side), min_size=1, max_size=2).map(tuple),
        st.integers(1, 4),
        st.integers(1, 31).map(lambda n: Fraction(n, 32)),
    )


def _terms(dim: int, half_side: Fraction) -> st.SearchStrategy[Pole | Power]:
    entries = st.integers(-4, 4).map(Fraction)
    slopes = st.lists(entries, min_size=dim, max_size=dim).filter(any).map(tuple)
    factors = st.sampled_from([Fraction(1), Fraction(-1), Fraction(3, 2)])
    gaps = st.sampled_from([Fraction(n, 4) for n in (1, 2, 4, 12, 40)]).map(lambda x: x * half_side)
    poles = st.builds(Pole, slopes, gaps, factors, st.just(half_side))
    return poles | st.builds(Power, slopes, st.integers(1, 6), factors, st.just(half_side))


def _sum_norm(slopes: Node) -> Fraction:
    return sum(map(abs, slopes), Fraction(0))


def _square(slopes: Node) -> Fraction:
    return sum((u**2 for u in slopes), Fraction(0))
