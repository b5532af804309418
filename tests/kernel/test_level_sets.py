"""Bernstein bounds, and what a level set states, against values at points."""

from collections.abc import Callable
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from ucomp_verify.kernel import RejectedCertificate, check
from ucomp_verify.kernel.certificates import LevelSet
from ucomp_verify.kernel.facts import LevelSetFact
from ucomp_verify.kernel.geometry import bernstein_range
from ucomp_verify.kernel.rationals import Vector
from ucomp_verify.writing import vector

rationals = st.fractions(-3, 3, max_denominator=12)
abs_rationals = st.fractions(0, 3, max_denominator=12)
polynomials = st.lists(rationals, min_size=1, max_size=6)
shares = st.fractions(0, 1, max_denominator=50)


def _value(p: list[Fraction], x: Fraction) -> Fraction:
    return sum((c * x**i for i, c in enumerate(p)), Fraction(0))


@given(polynomials, rationals, rationals, st.lists(shares, min_size=1, max_size=8))
def test_values_lie_between_the_bounds(
    p: list[Fraction], a: Fraction, b: Fraction, ts: list[Fraction]
) -> None:
    low, high = bernstein_range(p, a, b)
    for t in (Fraction(0), Fraction(1), *ts):
        assert low <= _value(p, a + t * (b - a)) <= high


@given(rationals, rationals, rationals, rationals)
def test_the_bounds_of_a_line_are_attained(
    c: Fraction, m: Fraction, a: Fraction, b: Fraction
) -> None:
    ends = sorted([c + m * a, c + m * b])
    assert bernstein_range([c, m], a, b) == tuple(ends)


def test_the_bounds_of_a_parabola_are_its_bernstein_coefficients() -> None:
    """x^2 on [-1, 1] has the coefficients 1, -1, 1; on [0, 2] it has 0, 0, 4."""
    square = [Fraction(0), Fraction(0), Fraction(1)]
    assert bernstein_range(square, Fraction(-1), Fraction(1)) == (-1, 1)
    assert bernstein_range(square, Fraction(0), Fraction(2)) == (0, 4)
    assert bernstein_range([Fraction(7)], Fraction(-1), Fraction(1)) == (7, 7)


@given(polynomials, rationals, st.fractions(Fraction(1, 100), 1, max_denominator=100))
def test_the_bounds_close_in_on_short_intervals(
    p: list[Fraction], a: Fraction, width: Fraction
) -> None:
    """Halving an interval does not widen the bounds, and they are close on a short one."""
    low, high = bernstein_range(p, a, a + width)
    for x, y in pairwise((a, a + width / 2, a + width)):
        inner = bernstein_range(p, x, y)
        assert low <= inner[0] <= inner[1] <= high
    slopes = sum(abs(c) * i * 5**i for i, c in enumerate(p))
    assert high - low <= 2 * width * slopes


@st.composite
def _level_sets(draw: st.DrawFn) -> tuple[LevelSet, list[Fraction]]:
    """A polynomial divided by its value at the peak, with any domain, pieces and level.

    If no coefficient is negative, nor any point, the peak is at the right end.
    """
    tame = draw(st.booleans())
    p = draw(st.lists(abs_rationals, min_size=1, max_size=6) if tame else polynomials)
    ends = draw(st.lists(abs_rationals if tame else rationals, min_size=2, max_size=4, unique=True))
    low, high = min(ends), max(ends)
    peak = high if tame else draw(rationals)
    top = _value(p, peak)
    assume(top != 0)
    cuts = sorted({low + t * (high - low) for t in draw(st.lists(shares, max_size=5))})
    level = draw(st.fractions(0, 2, max_denominator=8))
    scaled = vector(c / abs(top) for c in p)
    c = LevelSet(scaled, vector(sorted(ends)), level, tuple(pairwise(cuts))[::2], peak)
    return c, draw(st.lists(shares, min_size=4, max_size=4))


@given(_level_sets())
def test_what_is_accepted_is_true_at_points(
    record_effective: Callable[[int], None], case: tuple[LevelSet, list[Fraction]]
) -> None:
    c, ts = case
    try:
        fact = check(c)
    except RejectedCertificate:
        return
    record_effective(1)
    assert isinstance(fact, LevelSetFact)
    p, domain = list(fact.coefficients), fact.domain
    assert p[-1] != 0 and domain[0] <= c.peak <= domain[-1]
    assert abs(_value(p, c.peak)) == 1
    for t in ts:
        assert abs(_value(p, domain[0] + t * (domain[-1] - domain[0]))) <= 1
        for a, b in c.pieces:
            assert domain[0] <= a < b <= domain[-1]
            assert abs(_value(p, a + t * (b - a))) <= c.level
    covered = sum((b - a for a, b in c.pieces), Fraction(0))
    assert fact.share == covered / (domain[-1] - domain[0]) <= 1


def _chebyshev(degree: int) -> list[Fraction]:
    older, newer = [Fraction(1)], [Fraction(0), Fraction(1)]
    for _ in range(degree):
        doubled = [Fraction(0), *(2 * c for c in newer)]
        older, newer = (
            newer,
            [c - (older[i] if i < len(older) else 0) for i, c in enumerate(doubled)],
        )
    return older


@pytest.mark.parametrize(
    ("degree", "shown"), [(1, True), (2, True), (3, True), (4, False), (5, False)]
)
def test_an_inner_maximum_is_shown_where_it_is_a_breakpoint(degree: int, shown: bool) -> None:
    """The extrema of the Chebyshev polynomials up to degree 3 are rational, those of others not."""
    breakpoints = vector([Fraction(i, 80) for i in range(-80, 81)])
    coefficients = vector(_chebyshev(degree))
    piece = (Fraction(1, 1000), Fraction(1, 500))
    level = max(map(abs, bernstein_range(_chebyshev(degree), *piece)))
    c = LevelSet(coefficients, breakpoints, level, (piece,), Fraction(1))
    if shown:
        fact = check(c)
        assert isinstance(fact, LevelSetFact) and fact.share == Fraction(1, 2000)
    else:
        with pytest.raises(RejectedCertificate, match=r"\|p\| <= 1 is not shown"):
            check(c)


def test_pieces_may_touch_and_the_whole_domain_may_be_one() -> None:
    half = Fraction(1, 2)
    touching = ((-Fraction(1), -half), (-half, half), (half, Fraction(1)))
    fact = check(
        LevelSet(Vector(1, (0, 1)), Vector(1, (-1, 1)), Fraction(1), touching, Fraction(-1))
    )
    assert isinstance(fact, LevelSetFact) and fact.share == 1


def test_a_constant_is_a_polynomial() -> None:
    fact = check(LevelSet(Vector(1, (-1,)), Vector(1, (2, 5)), Fraction(0), (), Fraction(3)))
    assert isinstance(fact, LevelSetFact) and fact.share == 0
