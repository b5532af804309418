"""Classes of functions: what they refuse, how they lie in each other, and members of them."""

from collections.abc import Callable
from fractions import Fraction
from math import cos, hypot, pi, sin
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ucomp_verify.bounds import (
    ComplexBallClass,
    Cosine,
    HypothesisNotMet,
    PolydiscClass,
    PolyellipseClass,
    RidgeClass,
    Sigmoid,
    SmoothClass,
    Tanh,
    class_of,
    euclidean_ridge_class,
    nodes_for_error,
    polydisc_class_of,
    polyellipse_class_of,
    ridge_bound,
    sigmoid_class,
    smooth_class_of,
    tanh_class,
    universal_bound,
)
from ucomp_verify.functions import exp, sigmoid, variables

ONE = Fraction(1)
HALF: Any = 0.5
SIZES = st.fractions(Fraction(1, 20), 9, max_denominator=20)


def ellipse(rho: float, angle: float) -> complex:
    return complex((rho + 1 / rho) / 2 * cos(angle), (rho - 1 / rho) / 2 * sin(angle))


def distance(z: complex) -> float:
    """From [-1, 1]."""
    return hypot(max(abs(z.real) - 1, 0), z.imag)


@given(radius=SIZES, half_side=SIZES, angle=st.floats(0, 2 * pi))
def test_the_ellipse_lies_in_the_neighbourhood(
    radius: Fraction, half_side: Fraction, angle: float
) -> None:
    inner = PolydiscClass(1, half_side, radius, ONE).on_polyellipses()
    reach = float(radius / half_side)
    assert distance(ellipse(float(inner.rho), angle)) <= reach * (1 + 1e-9)
    top = ellipse(float(inner.rho), pi / 2)
    assert distance(top) >= reach * (1 - 1e-9)  # no larger ellipse does


@given(rho=SIZES.map(lambda x: 1 + x), half_side=SIZES, angle=st.floats(0, 2 * pi))
def test_the_neighbourhood_lies_in_the_ellipse(
    rho: Fraction, half_side: Fraction, angle: float
) -> None:
    inner = PolyellipseClass(1, rho, ONE, half_side=half_side).on_polydiscs()
    reach = float(inner.radius / half_side)
    assert distance(ellipse(float(rho), angle)) >= reach * (1 - 1e-9)
    assert distance(ellipse(float(rho), 0)) <= reach * (1 + 1e-9) + 1e-12  # no wider one does


@given(radius=SIZES, half_side=SIZES)
def test_both_inclusions_lose_something(radius: Fraction, half_side: Fraction) -> None:
    before = PolydiscClass(2, half_side, radius, ONE)
    assert before.on_polyellipses().on_polydiscs().radius < radius


@given(factor=SIZES, radius=SIZES, half_side=SIZES, order=st.integers(1, 5))
def test_changes_of_unit_can_be_undone(
    factor: Fraction, radius: Fraction, half_side: Fraction, order: int
) -> None:
    for functions in (
        SmoothClass(order, radius),
        PolydiscClass(2, half_side, radius, ONE),
        PolyellipseClass(2, 1 + radius, ONE, ONE, half_side),
        ComplexBallClass(radius, ONE),
        RidgeClass(Sigmoid(), 2, radius, half_side),
    ):
        assert functions.scaled(factor).scaled(1 / factor) == functions
        assert factor == 1 or functions.scaled(factor) != functions


def test_integers_are_kept_as_fractions() -> None:
    functions = SmoothClass(1, 3, 2).scaled(2)  # pyright: ignore[reportArgumentType]
    assert functions.derivative == Fraction(3, 2) and isinstance(functions.lipschitz, Fraction)


@pytest.mark.parametrize(
    ("call", "text"),
    [
        (lambda: SmoothClass(0, ONE), "smooth class: found the order = 0; expected an integer"),
        (lambda: SmoothClass(1, -ONE), "smooth class: found derivative = -1"),
        (lambda: SmoothClass(1, HALF), "derivative = 0.5 of type float; expected a Fraction or an"),
        (lambda: SmoothClass(1, ONE, -ONE), "smooth class: found lipschitz = -1"),
        (lambda: SmoothClass(1, ONE).scaled(0 * ONE), "change of unit: found the factor 0"),
        (lambda: PolydiscClass(0, ONE, ONE, ONE), "polydisc class: found the dimension = 0"),
        (lambda: PolydiscClass(1, ONE, 0 * ONE, ONE), "polydisc class: found the radius 0"),
        (lambda: PolydiscClass(1, -ONE, ONE, ONE), "polydisc class: found half_side = -1"),
        (lambda: PolydiscClass(1, ONE, ONE, -ONE), "polydisc class: found bound = -1"),
        (lambda: PolydiscClass(1, 0 * ONE, ONE, ONE).on_polyellipses(), "the cube of side 0"),
        (lambda: PolyellipseClass(1, ONE, ONE), "polyellipse class: found rho = 1; expected a"),
        (lambda: PolyellipseClass(0, 2 * ONE, ONE), "polyellipse class: found the dimension = 0"),
        (lambda: ComplexBallClass(0 * ONE, ONE), "class on complex balls: found the radius 0"),
        (lambda: RidgeClass(Sigmoid(), 0), "ridge class: found the dimension = 0"),
        (lambda: RidgeClass(Sigmoid(), 1, -ONE), "ridge class: found slope = -1"),
        (lambda: sigmoid_class(2).polyellipse(Fraction(9)), "ridge class: found the strip"),
        (lambda: sigmoid_class(2).polyellipse(ONE), "ridge class: found a strip of width 0"),
        (lambda: sigmoid_class(2).distance(-1), "ridge class: found the degree = -1"),
        (lambda: sigmoid_class(2, slope=0 * ONE).widest_rho(ONE), "found constant functions"),
    ],
)
def test_bad_input_is_refused(call: Callable[[], object], text: str) -> None:
    with pytest.raises(HypothesisNotMet, match=text):
        call()


@given(degree=st.integers(0, 25), slope=SIZES, half_side=SIZES, side=st.integers(1, 4))
def test_ridges_do_better_than_their_polyellipses(
    degree: int, slope: Fraction, half_side: Fraction, side: int
) -> None:
    """The same ellipse bounds both, but one variable has the shorter tail."""
    ridges = RidgeClass(Sigmoid(), 2, slope, half_side)
    cells = RidgeClass(Sigmoid(), 2, slope, half_side / side)
    best = ridge_bound(ridges, mass=ONE, side=side, degree=degree).value
    for part in (Fraction(1, 2), Fraction(9, 10)):
        inner = cells.polyellipse(cells.widest_rho(part * 3))
        assert best < universal_bound(inner, mass=ONE, degree=degree).value


@pytest.mark.parametrize("phi", [Sigmoid(), Tanh(), Cosine()])
def test_the_table_of_strips_is_near_the_best_one(phi: Sigmoid | Tanh | Cosine) -> None:
    """Against `RidgeMixture`, which searches for the strip."""
    from ucomp_verify.bounds import RidgeMixture

    for degree in (0, 1, 5, 20, 60):
        for length in (Fraction(1, 10), ONE, Fraction(7)):
            table = RidgeClass(phi, 1, length).distance(degree)
            searched = RidgeMixture(phi, length)(degree, ONE)
            assert table <= searched * Fraction(11, 10)


def test_named_ridges() -> None:
    assert sigmoid_class(2).phi == Sigmoid() and tanh_class(3).phi == Tanh()
    assert euclidean_ridge_class(Tanh(), 4, length=Fraction(3)).slope == 6


@given(rho=st.fractions(Fraction(6, 5), 5, max_denominator=10))
def test_the_class_of_a_function_holds_it(rho: Fraction) -> None:
    x, y = variables(2)
    found = polyellipse_class_of(sigmoid((x + y) / 2), rho, dim=2)
    for angle in (0.1, 1.0, 1.5):
        z = ellipse(float(rho), angle)
        inside = abs(1 / (1 + 2.718281828459045 ** (-z)) - 0.5)
        assert inside <= float(found.bound)


def test_classes_of_functions() -> None:
    (x,) = variables(1)
    smooth = smooth_class_of(exp(x), 3, dim=1)
    assert 2.718 < smooth.derivative < 2.8
    disc = polydisc_class_of(1 / (3 - x), ONE, dim=1)
    assert Fraction(2, 3) - Fraction(1, 100) < disc.bound < Fraction(7, 10)
    with pytest.raises(ValueError, match="1/"):
        polydisc_class_of(1 / (3 - x), Fraction(2), dim=1)


@pytest.mark.parametrize("text", ["sigmoid", "pole", "entire", "polynomial"])
def test_the_rho_that_is_found_is_nearly_the_best(text: str) -> None:
    x, y = variables(2)
    function = {
        "sigmoid": sigmoid((x + y) / 2),
        "pole": 1 / (3 - x - y),
        "entire": exp(2 * x - y),
        "polynomial": x**2 + 2 * x,
    }[text]
    mass, error = Fraction(10**6), Fraction(1, 10**8)
    best = class_of(function, mass=mass, error=error, dim=2)
    plan = nodes_for_error(best, mass=mass, error=error)
    assert plan.bound.value <= error
    for factor in (Fraction(2, 3), Fraction(5, 6), Fraction(6, 5), Fraction(3, 2)):
        try:
            other = polyellipse_class_of(function, 1 + (best.rho - 1) * factor, dim=2)
        except ValueError:
            continue
        degree = nodes_for_error(other, mass=mass, error=error).degree
        assert plan.degree <= degree + 1


def test_a_pole_on_the_cube_has_no_class() -> None:
    (x,) = variables(1)
    with pytest.raises(HypothesisNotMet, match="class: found no ellipse"):
        class_of(1 / x, mass=ONE, error=ONE)
