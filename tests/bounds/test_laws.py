"""Laws of the bounds: change of unit, homogeneity, monotonicity; and printed forms that break."""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from math import comb, exp, factorial

import pytest
from hypothesis import Phase, find, given, settings
from hypothesis import strategies as st

from tests.bounds.hunting import Case, cases, reduced_in_cells
from ucomp_verify.bounds import (
    ComplexBallClass,
    PolydiscClass,
    PolyellipseClass,
    RidgeClass,
    Sigmoid,
    SmoothClass,
    complex_ball_bound,
    enclosing_radius,
    greedy_bound,
    grid_bound,
    grid_size_bound,
    packing_bound,
    polydisc_bound,
    polylog_size,
    rate_bound,
    rate_side,
    ridge_bound,
    rounds_bound,
    small_ball_bound,
    universal_bound,
    universal_cells_bound,
)
from ucomp_verify.measures import AtomicMeasure

SIZES = st.fractions(Fraction(1, 20), 9, max_denominator=20)
MORE = SIZES.map(lambda x: 1 + x)
BUDGET = settings(max_examples=2000, database=None, phases=(Phase.generate,))


@dataclass(frozen=True)
class Setting:
    """One value for each letter; `size` is the number of nodes or of cells."""

    dim: int
    order: int
    reach: Fraction
    radius: Fraction
    bound: Fraction
    lipschitz: Fraction
    mass: Fraction
    size: int

    def scaled(self, factor: Fraction) -> "Setting":
        derivative = self.bound / factor**self.order
        return self.but(reach=self.reach * factor, radius=self.radius * factor, bound=derivative)

    def but(self, **changes: object) -> "Setting":
        return Setting(**{**self.__dict__, **changes})  # pyright: ignore[reportArgumentType]


SETTINGS = st.builds(
    Setting, st.integers(1, 4), st.integers(1, 6), SIZES, SIZES, SIZES, SIZES, SIZES,
    st.integers(1, 9),
)  # fmt: skip


def smooth(s: Setting) -> SmoothClass:
    return SmoothClass(s.order, s.bound, s.lipschitz)


def disc(s: Setting) -> PolydiscClass:
    return PolydiscClass(s.dim, s.reach, s.radius, s.bound, s.lipschitz)


def nodes(s: Setting) -> int:
    return 2 * comb(s.dim + s.order - 1, s.dim) * s.size


def fine(s: Setting) -> int:
    """Cells along an axis for which R / (n rho) < 1."""
    return int(s.reach // s.radius) + s.size


def small_ball(s: Setting) -> Fraction:
    return small_ball_bound(smooth(s), mass=s.mass, radius=s.reach).value


def greedy(s: Setting) -> Fraction:
    return greedy_bound(smooth(s), dim=s.dim, radius=s.reach, count=4000, size=nodes(s)).value


def grid(s: Setting) -> Fraction:
    return grid_bound(smooth(s), dim=s.dim, half_side=s.reach, mass=s.mass, side=s.size).value


def grid_by_size(s: Setting) -> Fraction:
    return grid_size_bound(
        smooth(s), dim=s.dim, half_side=s.reach, mass=s.mass, size=nodes(s)
    ).value


def rounds(s: Setting) -> Fraction:
    return rounds_bound(smooth(s), dim=s.dim, half_side=s.reach, mass=s.mass, size=nodes(s)).value


def polydisc(s: Setting) -> Fraction:
    return polydisc_bound(disc(s), mass=s.mass, side=fine(s), degree=s.order).value


def complex_balls(s: Setting) -> Fraction:
    functions = ComplexBallClass(s.radius, s.bound, s.lipschitz)
    inner = s.reach / fine(s)
    return complex_ball_bound(functions, mass=s.mass, radius=inner, degree=s.order).value


def rate(s: Setting) -> Fraction:
    size = s.size * rate_side(disc(s)) ** s.dim
    return rate_bound(disc(s), mass=s.mass, size=size).value


def universal(s: Setting) -> Fraction:
    functions = PolyellipseClass(s.dim, 1 + s.radius / s.reach, s.bound, s.lipschitz, s.reach)
    return universal_bound(functions, mass=s.mass, degree=s.order).value


def in_cells(s: Setting) -> Fraction:
    return universal_cells_bound(disc(s), mass=s.mass, side=s.size, degree=s.order).value


def ridge(s: Setting) -> Fraction:
    functions = RidgeClass(Sigmoid(), s.dim, 1 / s.radius, s.reach, s.lipschitz)
    return ridge_bound(functions, mass=s.mass, side=s.size, degree=s.order).value


SMOOTH = [small_ball, greedy, grid, grid_by_size, rounds]
ANALYTIC = [polydisc, complex_balls, rate, universal, in_cells, ridge]
ALL = [*SMOOTH, *ANALYTIC]
Formula = Callable[[Setting], Fraction]


@pytest.mark.parametrize("formula", ALL)
@settings(max_examples=12)
@given(s=SETTINGS, factor=SIZES)
def test_a_change_of_unit_changes_no_bound(formula: Formula, s: Setting, factor: Fraction) -> None:
    """Exactly, as what is irrational has no unit."""
    after = s.scaled(factor)
    if formula in ANALYTIC:
        after = after.but(bound=s.bound)
    assert formula(after) == formula(s)


@pytest.mark.parametrize("formula", ALL)
@settings(max_examples=12)
@given(s=SETTINGS, factor=SIZES, name=st.sampled_from(["mass", "lipschitz", "bound"]))
def test_bounds_are_homogeneous(formula: Formula, s: Setting, factor: Fraction, name: str) -> None:
    if (formula, name) in {(greedy, "mass"), (ridge, "bound")}:
        return
    after = s.but(**{name: getattr(s, name) * factor})
    assert formula(after) == formula(s) * factor


@pytest.mark.parametrize("formula", ALL)
@settings(max_examples=12)
@given(s=SETTINGS, more=MORE, step=st.integers(1, 5))
def test_bounds_are_monotone(formula: Formula, s: Setting, more: Fraction, step: int) -> None:
    value = formula(s)
    assert formula(s.but(size=s.size + step)) <= value
    if formula in SMOOTH:
        assert formula(s.but(reach=s.reach * more)) > value
        return
    if formula is not rate:
        assert formula(s.but(order=s.order + step)) < value
    if formula in (universal, in_cells, ridge):
        assert (
            formula(s.but(radius=s.radius * more)) <= value <= formula(s.but(reach=s.reach * more))
        )


@given(s=SETTINGS, factor=SIZES, more=MORE)
def test_laws_of_the_closed_form(s: Setting, factor: Fraction, more: Fraction) -> None:
    error = Fraction(1, 1000)
    size = polylog_size(disc(s), mass=s.mass, error=error)
    other = s.scaled(factor).but(bound=s.bound)
    assert polylog_size(disc(other), mass=s.mass, error=error) == size
    assert polylog_size(disc(s), mass=s.mass * factor, error=error * factor) == size
    for larger in (s.but(reach=s.reach * more), s.but(bound=s.bound * more)):
        assert polylog_size(disc(larger), mass=s.mass, error=error) >= size
    assert polylog_size(disc(s), mass=s.mass, error=error / more) >= size
    assert polylog_size(disc(s.but(radius=s.radius * more)), mass=s.mass, error=error) <= size


@given(count=st.integers(2, 300), more=st.integers(1, 50), dim=st.integers(1, 4), r=SIZES, f=SIZES)
def test_laws_of_packing(count: int, more: int, dim: int, r: Fraction, f: Fraction) -> None:
    size = 2 + (count - 2) // 3
    value = packing_bound(count, size, radius=r, dim=dim).value
    assert packing_bound(count, size, radius=r * f, dim=dim).value == value * f
    assert packing_bound(count + more, size, radius=r, dim=dim).value <= value
    if size < count:
        assert packing_bound(count, size + 1, radius=r, dim=dim).value >= value


@settings(max_examples=15)
@given(case=cases(dims=(2,)), shift=SIZES)
def test_radii_do_not_depend_on_the_frame(case: Case, shift: Fraction) -> None:
    """Moved, and turned by the rational rotation (3, 4) / 5: up to what the search may miss."""
    measure = case.measure
    turned = [((3 * x - 4 * y) / 5 + shift, (4 * x + 3 * y) / 5) for x, y in measure.nodes]
    found = enclosing_radius(AtomicMeasure(turned, measure.weights))
    before = enclosing_radius(measure)
    assert abs(found - before) <= before / 50


# The printed forms, and what Hypothesis finds against them within a fixed budget.


@dataclass(frozen=True)
class Printed:
    """exp(-(m! rho d')^(1/m) / e), of the printed rate."""

    dim: int
    rho: Fraction
    size: int

    @property
    def rate(self) -> float:
        return (factorial(self.dim) * float(self.rho) * self.size) ** (1 / self.dim) / exp(1)


def test_the_printed_exponent_depends_on_the_unit() -> None:
    case, factor = find(
        st.tuples(st.builds(Printed, st.integers(1, 3), SIZES, st.integers(1, 99)), SIZES),
        lambda pair: (
            abs(Printed(pair[0].dim, pair[0].rho * pair[1], pair[0].size).rate - pair[0].rate) > 0.1
        ),
        settings=BUDGET,
    )
    disc = PolydiscClass(case.dim, Fraction(1), case.rho, Fraction(1))
    size = case.size * rate_side(disc) ** case.dim
    repaired = [rate_bound(c, mass=Fraction(1), size=size) for c in (disc, disc.scaled(factor))]
    assert repaired[0].value == repaired[1].value


def test_the_printed_rate_without_constants_fails() -> None:
    """d d'^(1-1/m) exp(-(m! rho d')^(1/m) / e), for functions with |g| <= 1 that are analytic
    within rho of the cube: the unit of length makes rho as large as one likes."""

    def fails(case: Case) -> bool:
        radius = case.widening(8 * case.half_side)
        size = case.size(case.half_side + radius)
        if not size:
            return False
        after = reduced_in_cells(case, case.degree, case.side)
        kept = len(after.support)
        rate = Printed(case.dim, radius, kept).rate
        printed = len(case.measure.nodes) * kept ** (1 - 1 / case.dim) * exp(-rate)
        return kept < len(case.measure.nodes) and float(case.error(after) / size) > printed

    found = find(cases(dims=(1,), max_degree=1, unit=True), fails, settings=BUDGET)
    assert found.half_side > Fraction(1, 2)


def test_the_printed_rate_of_fixed_order_without_constants_fails() -> None:
    """d d'^(1-(k+1)/m), for functions whose derivatives of order k+1 are at most 1."""

    def fails(case: Case) -> bool:
        derivative = case.derivative(case.degree + 1)
        if not derivative:
            return False
        after = reduced_in_cells(case, case.degree, 1)
        kept = len(after.support)
        printed = len(case.measure.nodes) * kept ** (1 - (case.degree + 1) / case.dim)
        return kept < len(case.measure.nodes) and float(case.error(after) / derivative) > printed

    assert find(cases(unit=True), fails, settings=BUDGET).half_side > 1


def test_the_printed_packing_bound_fails_at_the_boundary() -> None:
    def fails(case: Case) -> bool:
        points, size = case.measure.nodes, case.degree + 2
        x = Fraction(len(points), size - 1) - 1
        if size > len(points) or x == 1 or comb(len(points), size) > 500:
            return False
        radius = max(max(map(abs, p)) for p in points)
        least = min(max(p)[0] - min(p)[0] for p in combinations(points, size))
        return least > 0 and least * (float(x) - 1) > 4 * radius if x > 1 else least > 0

    found = find(cases(dims=(1,), max_degree=4, unit=True), fails, settings=BUDGET)
    count, size = len(found.measure.nodes), found.degree + 2
    assert Fraction(count, size - 1) < 2  # the bound is negative
    assert packing_bound(count, size, radius=found.half_side, dim=1).value > 0
