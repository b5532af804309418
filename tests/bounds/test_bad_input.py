"""What the library refuses, and how: what was found, what was expected; nothing hangs."""

from collections.abc import Callable
from fractions import Fraction
from math import comb
from typing import Any

import pytest

from ucomp_verify import bounds, functions, lower_bounds
from ucomp_verify.bounds.approximation import chebyshev_distance
from ucomp_verify.errors.boxes import Box
from ucomp_verify.errors.expansions import decay_on
from ucomp_verify.functions import exp, polynomial, variables
from ucomp_verify.lower_bounds.null_polynomials import least_degree
from ucomp_verify.measures.rules import Rule

ONE = Fraction(1)
SMOOTH, ELLIPSE = bounds.SmoothClass(2, ONE), bounds.PolyellipseClass(2, Fraction(3), ONE)
RIDGE = bounds.sigmoid_class(2)
TASK: dict[str, Any] = {"mass": ONE, "error": Fraction(1, 100)}
X, Y = variables(2)
ANY: Any = None  # what the type checker would not let pass
TEXT: Any = "sigmoid"


REFUSALS: list[tuple[Callable[[], object], str]] = [
    (lambda: bounds.nodes_for_error(ANY, **TASK), "found functions of type NoneType; expected a"),
    (lambda: bounds.nodes_for_error([RIDGE, TEXT], **TASK), "found functions of type str"),
    (lambda: bounds.nodes_for_error(bounds.sigmoid_class(10**9), **TASK), "at most 1024"),
    (
        lambda: bounds.nodes_for_error(bounds.sigmoid_class(2, half_side=ONE * 10**300), **TASK),
        "found slope times half side = about 2",
    ),
    (
        lambda: bounds.nodes_for_error(
            bounds.PolydiscClass(2, ONE, Fraction(1, 10**300), ONE), **TASK
        ),
        "found half side over radius = about 2",
    ),
    (lambda: bounds.class_of(TEXT, **TASK), "found a str; expected a Function"),
    (lambda: bounds.class_of(ANY, **TASK), "found a NoneType; expected a Function"),
    (lambda: bounds.rate_bound(ANY, mass=ONE, size=9), "found a NoneType; expected a Polydisc"),
    (lambda: bounds.universal_bound(ANY, mass=ONE, degree=9), "expected a PolyellipseClass"),
    (lambda: bounds.ridge_bound(ANY, mass=ONE, side=1, degree=9), "expected a RidgeClass"),
    (lambda: bounds.small_ball_bound(ANY, mass=ONE, radius=ONE), "expected a SmoothClass"),
    (lambda: lower_bounds.class_lower_bound(ANY, size=1, side=99), "PolyellipseClass or Polydisc"),
    (
        lambda: lower_bounds.smooth_lower_bound(ANY, dim=1, size=1, parts=1),
        "expected a SmoothClass",
    ),
    (
        lambda: lower_bounds.smooth_lower_bound(
            bounds.SmoothClass(500, ONE), dim=2, size=1, parts=1
        ),
        "found the order 500; expected at most 64",
    ),
    (
        lambda: lower_bounds.bump_adversary(SMOOTH, [[Fraction(0)]], dim=2),
        "found a node of 1 coordinates; expected 2",
    ),
    (lambda: polynomial({(-1,): 1}), r"found the exponents \(-1,\); expected integers >= 0"),
    (lambda: variables(-1), "found -1 variables"),
    (lambda: Rule((1, 2), (ONE,)), "found 2 indices and 1 weights"),
    (
        lambda: bounds.PolydiscClass(1, ONE, ONE, ONE).on_cells(0),
        "found the number along an axis = 0; expected an integer >= 1",
    ),
]


@pytest.mark.parametrize(("call", "message"), REFUSALS)
def test_bad_input_is_refused(call: Callable[[], object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        call()


FLOATS: tuple[Callable[[], object], ...] = (
    lambda: functions.exp(ANY),
    lambda: functions.constant(0.5),  # pyright: ignore[reportArgumentType]
    lambda: polynomial({(1,): 0.5}),  # pyright: ignore[reportArgumentType]
    lambda: functions.DeepSet(TEXT, X),
    lambda: functions.derivative_bound(TEXT, [(ONE, ONE)], 1),
    lambda: Rule((1,), (0.5,)),  # pyright: ignore[reportArgumentType]
)


@pytest.mark.parametrize("call", FLOATS)
def test_what_is_no_rational_and_no_function_is_refused(call: Callable[[], object]) -> None:
    with pytest.raises(TypeError, match=r"found .* of type \w+.*; expected"):
        call()


def test_integers_are_functions() -> None:
    one = functions.exp(0)  # pyright: ignore[reportArgumentType]
    assert functions.derivative_bound(one, [], 0) == 1


def test_variables_that_do_not_occur_cost_nothing() -> None:
    *_, last = variables(20)
    few = functions.supremum_on_polydisc(exp(X * Y), ONE, ONE, 2)
    assert functions.supremum_on_polydisc(exp(X * last), ONE, ONE, 20) == few


def test_too_many_variables_and_too_large_values_are_refused() -> None:
    many = exp(functions.total([v * v for v in variables(20)]))
    with pytest.raises(functions.NotAnalytic, match="found 20 variables, so that"):
        functions.supremum_on_polydisc(many, ONE, ONE, 20)
    with pytest.raises(functions.NotAnalytic, match=r"found a size of about 2\^"):
        functions.range_on(exp(X), [(Fraction(0), Fraction(10**9))])
    with pytest.raises(ValueError, match="is proved to be analytic and of a size"):
        decay_on(exp(exp(exp(30 * X))), Box.cube(1, ONE))


@pytest.mark.parametrize("dim", [1, 3, 40])
def test_long_distances_are_rounded_up_by_little(dim: int) -> None:
    rho = 1 + Fraction(3**60, 2**101)
    y, inner, total = 1 / (rho - 1), Fraction(0), Fraction(0)
    for i in range(1, dim + 1):
        inner = (inner + comb(5, i - 1)) * y
        total += (comb(dim, i) << i) * inner
    exact = total / rho**5
    assert exact <= chebyshev_distance(ONE, rho, dim, 5) <= exact * (1 + Fraction(1, 1 << 99))


def test_a_thin_ellipse_is_a_class_on_polydiscs() -> None:
    thin = bounds.PolyellipseClass(2, 1 + Fraction(1, 10**30), ONE)
    assert thin.on_polydiscs().on_polyellipses().rho > 1


def test_the_least_degree_of_huge_numbers_is_found_at_once() -> None:
    degree = least_degree(2, 10**60)
    assert (degree + 1) * degree <= 2 * 10**60 < (degree + 2) * (degree + 1)


def test_a_scaling_factor_that_is_no_number_is_refused() -> None:
    with pytest.raises(ValueError, match="found the factor = '2' of type str; expected a Fraction"):
        bounds.PolydiscClass(1, ONE, ONE, ONE).scaled("2")  # pyright: ignore[reportArgumentType]
    assert ELLIPSE.scaled(Fraction(2)).half_side == 2
