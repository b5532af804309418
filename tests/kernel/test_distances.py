"""Coverings, packings and growth, against brute force and random rivals."""

from collections.abc import Callable
from fractions import Fraction
from itertools import combinations
from math import prod

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.kernel.gallery import shipped, valid
from ucomp_verify.kernel import RejectedCertificate, check, load
from ucomp_verify.kernel.certificates import (
    Covering,
    Growth,
    Obstruction,
    Packing,
    Polynomial,
    Source,
)
from ucomp_verify.kernel.facts import CoveringFact, GrowthFact, PackingFact
from ucomp_verify.kernel.rationals import Points, Vector
from ucomp_verify.writing import vector

Point = tuple[Fraction, ...]

small = st.integers(-6, 6)


@st.composite
def _points(draw: st.DrawFn) -> Points:
    dim = draw(st.integers(1, 3))
    rows = draw(st.lists(st.tuples(*[small] * dim), min_size=1, max_size=6))
    denominator = draw(st.integers(1, 4)) if any(map(any, rows)) else 1
    return Points(denominator, tuple(rows))


def _distance(x: Point, y: Point) -> Fraction:
    return sum(((a - b) ** 2 for a, b in zip(x, y, strict=True)), Fraction(0))


def _diameter(points: tuple[Point, ...] | list[Point]) -> Fraction:
    return max((_distance(x, y) for x in points for y in points), default=Fraction(0))


@given(_points(), st.data())
def test_no_ball_around_any_centre_is_smaller(points: Points, data: st.DataObject) -> None:
    rows = points.fractions()
    shares = data.draw(st.lists(st.integers(0, 5), min_size=len(rows), max_size=len(rows)))
    assume(any(shares))
    fact = check(Covering(points, vector(Fraction(s, sum(shares)) for s in shares)))
    assert isinstance(fact, CoveringFact)
    assert fact.points == rows and fact.squared_diameter == _diameter(rows)
    centre = data.draw(st.tuples(*[st.fractions(-6, 6, max_denominator=5)] * points.dim))
    assert fact.squared_radius <= max(_distance(x, centre) for x in rows)
    mean = tuple(
        sum((s * v for s, v in zip(shares, axis, strict=True)), Fraction(0)) / sum(shares)
        for axis in zip(*rows, strict=True)
    )
    spread = sum((s * _distance(x, mean) for s, x in zip(shares, rows, strict=True)), Fraction(0))
    assert fact.squared_radius == spread / sum(shares)


def test_the_bound_of_a_regular_triangle_is_its_circumscribed_circle() -> None:
    """Jung's ratio 1/3, in space: the points (1,0,0), (0,1,0), (0,0,1)."""
    corners = Points(1, ((1, 0, 0), (0, 1, 0), (0, 0, 1)))
    fact = check(Covering(corners, Vector(3, (1, 1, 1))))
    assert isinstance(fact, CoveringFact)
    assert (fact.squared_diameter, fact.squared_radius) == (2, Fraction(2, 3))


@given(_points(), st.integers(2, 6))
def test_the_closest_subset_is_found(points: Points, size: int) -> None:
    rows = points.fractions()
    assume(size <= len(rows))
    fact = check(Packing(points, size))
    assert isinstance(fact, PackingFact)
    origin = (Fraction(0),) * points.dim
    assert fact == PackingFact(
        rows,
        size,
        max(_distance(x, origin) for x in rows),
        min(_diameter(list(chosen)) for chosen in combinations(rows, size)),
    )


def _value(g: Polynomial, x: Point) -> Fraction:
    return sum(
        (
            c * prod((v**e for v, e in zip(x, alpha, strict=True)), start=Fraction(1))
            for c, alpha in g
        ),
        Fraction(0),
    )


GROWTHS = [path for path in (*valid(), *shipped()) if b'"growth"' in path.read_bytes()[:90]]


@pytest.fixture(scope="module")
def growth_facts() -> list[tuple[Growth, GrowthFact]]:
    """The growth certificates that are quickly checked, with their facts."""
    out: list[tuple[Growth, GrowthFact]] = []
    for path in GROWTHS:
        certificate = load(path)
        assert isinstance(certificate, Growth)
        if len(certificate.obstructions) < 40:
            fact = check(certificate)
            assert isinstance(fact, GrowthFact)
            out.append((certificate, fact))
    return out


@given(st.data(), st.integers(1, 4))
def test_no_rival_keeps_all_errors_small(
    growth_facts: list[tuple[Growth, GrowthFact]], data: st.DataObject, copies: int
) -> None:
    """n copies of the source, any weights on few of its nodes: some error is as large as stated."""
    certificate, fact = data.draw(st.sampled_from(growth_facts))
    count = len(fact.nodes)
    masses = (
        [Fraction(1)] * count
        if certificate.source.weights is None
        else certificate.source.weights.fractions()
    )
    kept = data.draw(st.permutations(range(count)))[: fact.size]
    least = 0 if fact.power % 2 == 0 else -9
    weights = [
        Fraction(w, 2) * copies
        for w in data.draw(st.lists(st.integers(least, 9), min_size=len(kept), max_size=len(kept)))
    ]
    errors: list[Fraction] = []
    for g in fact.functions:
        true = copies * sum(
            (w * _value(g, x) for w, x in zip(masses, fact.nodes, strict=True)), Fraction(0)
        )
        rival = sum(
            (w * _value(g, fact.nodes[i]) for w, i in zip(weights, kept, strict=True)), Fraction(0)
        )
        errors.append(abs(rival**fact.power - true**fact.power))
    assert max(errors) > fact.error * copies**fact.power
    assert fact.mass == sum(masses) and fact.squared_diameter == _diameter(fact.nodes)


def _one_node(low: Fraction, high: Fraction, power: int, error: Fraction) -> Growth:
    """A node at 2 of weight 3, nothing kept, and the function x: the sum is 6."""
    obstruction = Obstruction((), Vector(1, (1,)))
    g: Polynomial = ((Fraction(1), (1,)),)
    source = Source(Points(1, ((2,),)), Vector(1, (3,)), ())
    return Growth(source, 0, power, (g,), error, vector([low]), vector([high]), (obstruction,))


@given(
    st.fractions(-8, 8, max_denominator=6),
    st.fractions(-8, 9, max_denominator=6),
    st.integers(1, 3),
    st.fractions(0, 9, max_denominator=3),
)
def test_bounds_are_accepted_if_and_only_if_they_follow(
    low: Fraction, high: Fraction, power: int, error: Fraction
) -> None:
    """From |S^p - 6^p| <= error it must follow that low <= S <= high, where S >= 0 if p is even."""
    c = _one_node(low, high, power, error)
    even = power % 2 == 0
    below = low**power <= 6**power - error and (low >= 0 or not even)
    above = high**power >= 6**power + error and (high >= 0 or not even)
    if not (below or (even and low == 0)):
        expected = "a lower bound is not shown"
    elif not above:
        expected = "an upper bound is not shown"
    elif low <= 0:
        expected = "the combination may be 0"
    else:
        fact = check(c)
        assert isinstance(fact, GrowthFact)
        assert (fact.mass, fact.squared_diameter, fact.error) == (3, 0, error)
        return
    with pytest.raises(RejectedCertificate, match=f"^{expected}"):
        check(c)


@given(
    st.fractions(0, 3, max_denominator=4), st.fractions(0, 8, max_denominator=4), st.integers(1, 4)
)
def test_a_sum_within_the_error_lies_between_accepted_bounds(
    record_effective: Callable[[int], None], low: Fraction, total: Fraction, power: int
) -> None:
    """The reason itself: S with |S^p - 6^p| <= error is at least every bound that is accepted."""
    error = abs(total**power - 6**power)
    assume(low > 0)
    try:
        check(_one_node(low, Fraction(100), power, error))
    except RejectedCertificate:
        return
    record_effective(1)
    assert low <= total
