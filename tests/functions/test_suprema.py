"""Suprema on complex regions are above every value, near the largest, and poles are found."""

import cmath
from fractions import Fraction
from itertools import pairwise
from math import cosh, pi, tan
from math import sin as sine

import pytest
from flint import arb, ctx
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.functions.reference import value
from ucomp_verify.functions import (
    Function,
    NotAnalytic,
    constant,
    cos,
    exp,
    log,
    parse_function,
    sigmoid,
    supremum_on_polydisc,
    supremum_on_polyellipse,
    tanh,
    variables,
)
from ucomp_verify.functions.analyticity import by_slopes, prove_analytic
from ucomp_verify.functions.maximising import Objective, greatest
from ucomp_verify.functions.regions import Ellipse, Region, Stadium
from ucomp_verify.functions.suprema import boundary_objectives
from ucomp_verify.strategies import RationalRidge, functions, rational_ridges

X, Y = variables(2)
ONE = Fraction(1)


def in_stadium(half_side: Fraction, radius: Fraction, seeds: tuple[float, float, float]) -> complex:
    """A point within the radius of the interval, more often at its boundary."""
    s, turn, depth = seeds
    return s * float(half_side) + depth * float(radius) * cmath.exp(2j * pi * turn) * (1 - 1e-12)


def in_ellipse(half_side: Fraction, rho: Fraction, seeds: tuple[float, float, float]) -> complex:
    _, turn, depth = seeds
    r = 1 + depth * (float(rho) - 1) * (1 - 1e-12)
    return float(half_side) * (r * cmath.exp(2j * pi * turn) + cmath.exp(-2j * pi * turn) / r) / 2


SEEDS = st.tuples(
    st.floats(-1, 1) | st.sampled_from([-1.0, 1.0]),
    st.floats(0, 1) | st.sampled_from([0, 0.25, 0.5, 0.75]),
    st.floats(0, 1) | st.just(1.0),
)


@given(
    function=functions(2),
    radius=st.sampled_from([Fraction(1, 8), Fraction(1, 2), Fraction(2)]),
    seeds=st.tuples(SEEDS, SEEDS),
)
def test_no_value_on_a_polydisc_exceeds_the_bound(
    function: Function, radius: Fraction, seeds: tuple[tuple[float, float, float], ...]
) -> None:
    try:
        bound = supremum_on_polydisc(function, ONE, radius, 2, work=1000)
    except NotAnalytic:
        return
    point = [in_stadium(ONE, radius, s) for s in seeds]
    assert abs(value(function, point)) <= float(bound) * (1 + 1e-9)


@given(
    function=functions(2),
    rho=st.sampled_from([Fraction(9, 8), Fraction(3, 2), Fraction(3)]),
    seeds=st.tuples(SEEDS, SEEDS),
)
def test_no_value_on_a_polyellipse_exceeds_the_bound(
    function: Function, rho: Fraction, seeds: tuple[tuple[float, float, float], ...]
) -> None:
    try:
        bound = supremum_on_polyellipse(function, rho, 2, work=1000)
    except NotAnalytic:
        return
    point = [in_ellipse(ONE, rho, s) for s in seeds]
    assert abs(value(function, point)) <= float(bound) * (1 + 1e-9)


@given(
    ridge=rational_ridges(3, half_side=Fraction(2)),
    share=st.integers(1, 15).map(lambda n: Fraction(n, 16)),
)
def test_suprema_of_rational_ridges_are_the_exact_ones(
    ridge: RationalRidge, share: Fraction
) -> None:
    half_side = Fraction(2)
    reach = ridge.pole / sum(map(abs, ridge.slopes))
    radius = share * (reach - half_side)
    exact = ridge.size(half_side + radius)
    bound = supremum_on_polydisc(ridge.function, half_side, radius, 3)
    assert exact <= bound <= exact * Fraction(102, 100)
    rho = 1 + share * (reach / half_side - 1)
    exact = ridge.size(half_side * (rho + 1 / rho) / 2)
    bound = supremum_on_polyellipse(ridge.function, rho, 3, half_side)
    assert exact <= bound <= exact * Fraction(102, 100)


@given(
    ridge=rational_ridges(2),
    beyond=st.sampled_from([Fraction(0), Fraction(1, 100), Fraction(1), Fraction(10)]),
    sign=st.sampled_from([-1, 1]),
)
def test_poles_are_found_wherever_they_are(
    ridge: RationalRidge, beyond: Fraction, sign: int
) -> None:
    reach = ridge.pole / sum(map(abs, ridge.slopes))
    function = RationalRidge(tuple(sign * s for s in ridge.slopes), ridge.pole).function
    with pytest.raises(NotAnalytic, match="may have a pole or a branch point near the points with"):
        supremum_on_polydisc(function, ONE, (reach - ONE) * (1 + beyond), 2)


@pytest.mark.parametrize(
    "text",
    [
        "1/(x1 - 1/2)",  # |g| is small on the boundary of a large region
        "1/(x1**2 + 1/4)",
        "1/(x1*x2 + 1/2)",
        "1/(x1**2 + x2**2 - 1/2)",
        "exp(1/x1)",
        "0*(1/x1)",
        "log(x1**2)",
        "log(x1 + x2 + 1)",
        "sigmoid(4*x1)",
        "sigmoid(6*x1*x2)",
        "tanh(2*x1 + x2**2)",
        "sin(1/(x1 - 1/10))",
        "1/(x1 - x1)",
        "(1/x1)**0",
        "1/(1/x1)",
    ],
)
def test_singularities_inside_are_found(text: str) -> None:
    function = parse_function(text, 2)
    with pytest.raises(NotAnalytic, match=r"may have a pole|no finite enclosure"):
        supremum_on_polydisc(function, ONE, ONE, 2)
    with pytest.raises(NotAnalytic, match=r"may have a pole|no finite enclosure"):
        supremum_on_polyellipse(function, Fraction(3), 2)


def test_the_boundary_alone_would_not_show_the_pole() -> None:
    function = 1 / (X - Fraction(1, 2))
    on_the_boundary = [abs(value(function, [10 * cmath.exp(1j * k / 10)])) for k in range(63)]
    assert max(on_the_boundary) < 0.2
    with pytest.raises(NotAnalytic, match=r"x1 = 0\.5"):
        supremum_on_polydisc(function, Fraction(0), Fraction(10), 1)


@pytest.mark.parametrize(
    ("function", "region", "exact"),
    [
        (X**3, Stadium(ONE, ONE), 8.0),
        (exp(X + Y), Stadium(ONE, Fraction(1, 2)), cmath.exp(3).real),
        (cos(X), Stadium(ONE, ONE), cosh(1.0)),
        (tanh(X), Stadium(Fraction(2), ONE), tan(1.0)),
        (log(3 + X), Stadium(ONE, ONE), cmath.log(5).real),
        (sigmoid(X), Stadium(Fraction(10), Fraction(3)), 1 / sine(3)),
        (1 / (5 - X * Y), Stadium(ONE, ONE), 1.0),
        (X * Y, Stadium(ONE, ONE), 4.0),
        (X, Ellipse(Fraction(2), Fraction(2)), 2.5),
        (cos(X), Ellipse(Fraction(4), Fraction(2)), cosh(3.0)),
        (1 / (X * X + 4), Ellipse(ONE, Fraction(3)), 1 / (4 - (4 / 3) ** 2)),
        (X * X - 2 * X * Y + Y * Y - 9, Ellipse(ONE, Fraction(2)), 9 + 4 * 0.75**2),
        (1 / (X**2 + Y**2 + 9), Ellipse(ONE, Fraction(2)), 1 / (9 - 2 * 0.75**2)),
    ],
)
def test_suprema_known_in_closed_form(function: Function, region: Region, exact: float) -> None:
    if isinstance(region, Stadium):
        bound = supremum_on_polydisc(function, region.half_side, region.radius, function.dim)
    else:
        assert isinstance(region, Ellipse)
        bound = supremum_on_polyellipse(function, region.rho, function.dim, region.half_side)
    assert exact * (1 - 1e-12) <= bound <= exact * 1.02


@settings(max_examples=20)
@given(function=functions(1), unit=st.sampled_from([Fraction(1, 3), Fraction(7), Fraction(1000)]))
def test_a_change_of_unit_changes_nothing(function: Function, unit: Fraction) -> None:
    def scaled(inner: Function) -> Function:
        return inner / unit if inner == X else inner.made_of([scaled(p) for p in inner.parts])

    radius = Fraction(1, 8)
    try:
        before = supremum_on_polydisc(function, ONE, radius, 1)
    except NotAnalytic:
        return
    after = supremum_on_polydisc(scaled(function), unit, radius * unit, 1)
    assert after <= before * Fraction(52, 50) and before <= after * Fraction(52, 50)


def test_larger_regions_have_larger_suprema() -> None:
    sizes = [supremum_on_polyellipse(sigmoid(X + Y / 2), Fraction(n, 4), 2) for n in range(5, 16)]
    assert all(a <= b * Fraction(102, 100) for a, b in pairwise(sizes))


def test_a_region_up_to_just_before_the_pole() -> None:
    near = ONE - Fraction(1, 10**6)
    assert supremum_on_polydisc(1 / (2 - X), ONE, near, 1) == pytest.approx(10**6, rel=0.02)
    with pytest.raises(NotAnalytic, match=r"take a smaller one"):
        supremum_on_polydisc(1 / (2 - X), ONE, ONE, 1)
    assert supremum_on_polydisc(1 / (4 - X * Y), ONE, Fraction(99, 100), 2) < 26


def test_functions_of_no_variable() -> None:
    assert supremum_on_polydisc(constant(-3), ONE, ONE, 1) == 3
    with pytest.raises(NotAnalytic):
        supremum_on_polydisc(1 / (exp(constant(0)) - 1), ONE, ONE, 1)


def test_little_work_proves_nothing() -> None:
    with pytest.raises(NotAnalytic):
        prove_analytic(1 / (4 - X * Y), Stadium(ONE, Fraction(9, 10)), work=3)
    few = supremum_on_polydisc(exp(X * Y), ONE, ONE, 2, work=40)
    assert few >= supremum_on_polydisc(exp(X * Y), ONE, ONE, 2) >= 54


@pytest.mark.parametrize("region", [Stadium(Fraction(2), ONE), Ellipse(Fraction(2), Fraction(3))])
def test_only_rectangles_without_a_point_are_outside(region: Region) -> None:
    wide, high = region.extents
    zero = Fraction(0)
    assert region.outside((wide + ONE, wide + 2, zero, zero))
    assert region.outside((zero, zero, high + Fraction(1, 100), high + 1))
    assert not region.outside((wide, wide + 1, zero, ONE)) and not region.outside(
        (-ONE, ONE, -ONE, ONE)
    )
    corner = (wide * Fraction(99, 100), wide, high * Fraction(99, 100), high)
    assert region.outside(corner)
    for piece in region.pieces():
        z, _ = piece(arb(0.5))
        x, y = Fraction(float(z.real.mid())), Fraction(float(z.imag.mid()))
        shrunk = (x * Fraction(999, 1000), y * Fraction(999, 1000))
        grown = (x * Fraction(1001, 1000), y * Fraction(1001, 1000))
        assert not region.outside((shrunk[0], shrunk[0], shrunk[1], shrunk[1]))
        assert region.outside((grown[0], grown[0], grown[1], grown[1]))


@pytest.mark.parametrize("region", [Stadium(Fraction(2), ONE), Ellipse(Fraction(2), Fraction(3))])
@pytest.mark.parametrize("text", ["exp(x1*x2 - x1)", "1/(30 - x1 - x2**3)", "x1 + 2*x2"])
def test_slopes_on_the_boundary_are_those_of_the_values(text: str, region: Region) -> None:
    step = arb(2) ** -30
    with ctx.workprec(128):
        for objective in boundary_objectives(parse_function(text, 2), region):
            place = [arb(0.3), arb(0.8)]
            value, slopes = objective.slopes(place)
            assert value.overlaps(objective.value(place))
            for i in range(2):
                ends = [
                    [s + sign * step * (i == j) for j, s in enumerate(place)] for sign in (-1, 1)
                ]
                change = (objective.value(ends[1]) - objective.value(ends[0])) / (2 * step)
                assert float(slopes[i]) == pytest.approx(float(change), rel=1e-9, abs=1e-9)


def test_bad_regions_are_refused() -> None:
    with pytest.raises(ValueError, match="found half_side 1 and radius -1"):
        supremum_on_polydisc(X, ONE, Fraction(-1), 1)
    with pytest.raises(ValueError, match="found rho = 1, half_side 1; expected rho > 1"):
        supremum_on_polyellipse(X, ONE, 1)
    with pytest.raises(ValueError, match=r"found dim 1 for x1 \+ x2; expected at least 2"):
        supremum_on_polydisc(X + Y, ONE, ONE, 1)


def test_slopes_prove_nothing_beyond_a_branch_point() -> None:
    """1/z is finite on a cell across the cut of log, where log has no continuous values."""
    line = (Fraction(-2), Fraction(-1))
    across, above = (Fraction(-1, 10), Fraction(3, 10)), (Fraction(1, 10), Fraction(3, 10))
    with ctx.workprec(128):
        assert by_slopes(log(X), [0], (line, across)) is None
        assert by_slopes(log(X), [0], (line, above)) is not None


def test_what_is_not_halved_any_more_counts_with_its_upper_end() -> None:
    wide = arb(1, 0.5)
    point = Objective(0, lambda _: wide, lambda _: (wide, []))
    found = greatest([point], tightness=ONE, work=10)
    assert found is not None and Fraction(3, 2) <= found < Fraction(151, 100)
