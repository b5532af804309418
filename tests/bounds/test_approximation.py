"""E1, E2, E3: distances from polynomials, against series, extremal functions and each other."""

from fractions import Fraction
from itertools import product
from math import comb, factorial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ucomp_verify.bounds import (
    HypothesisNotMet,
    chebyshev_distance,
    chebyshev_numbers,
    interval_distance,
    jung_radius,
    power_series_distance,
    taylor_distance,
)

ONE = Fraction(1)
RATIONALS = st.fractions(Fraction(1, 50), 20, max_denominator=50)
RHOS = st.fractions(Fraction(51, 50), 30, max_denominator=50)


def test_the_chebyshev_numbers_count_lattice_points() -> None:
    for dim in (1, 2, 3):
        points = list(product(range(-4, 5), repeat=dim))
        counts = [sum(sum(map(abs, p)) == j for p in points) for j in range(5)]
        assert chebyshev_numbers(dim, 4) == counts


@given(rho=RHOS, dim=st.integers(1, 5), degree=st.integers(0, 40))
def test_the_tail_is_the_whole_without_the_head(rho: Fraction, dim: int, degree: int) -> None:
    x = 1 / rho
    head = sum(a * x**j for j, a in enumerate(chebyshev_numbers(dim, degree)))
    assert chebyshev_distance(ONE, rho, dim, degree) == ((1 + x) / (1 - x)) ** dim - head


@given(rho=RHOS, degree=st.integers(0, 40))
def test_in_one_variable_the_tail_is_the_one_of_bernstein(rho: Fraction, degree: int) -> None:
    assert chebyshev_distance(ONE, rho, 1, degree) == 2 / rho**degree / (rho - 1)


@given(rho=RHOS, degree=st.integers(0, 12), dim=st.integers(1, 3))
def test_the_tail_falls_by_its_first_term(rho: Fraction, degree: int, dim: int) -> None:
    """So a missing or doubled term, or a shift of the degree, is found out."""
    term = chebyshev_numbers(dim, degree + 1)[-1] / rho ** (degree + 1)
    now, then = (chebyshev_distance(ONE, rho, dim, k) for k in (degree, degree + 1))
    assert now - then == term


@given(degree=st.integers(0, 9))
def test_the_distance_on_an_interval_is_attained(degree: int) -> None:
    """Of x^(k+1) on [-1, 1], by x^(k+1) - 2^-k T_(k+1), which equioscillates (Chebyshev)."""
    assert interval_distance(Fraction(factorial(degree + 1)), ONE, degree) == Fraction(1, 2**degree)


@given(bound=RATIONALS, length=RATIONALS, degree=st.integers(0, 30))
def test_chebyshev_nodes_gain_a_power_of_two(
    bound: Fraction, length: Fraction, degree: int
) -> None:
    taylor = taylor_distance(bound, length, degree)
    assert taylor == bound * length ** (degree + 1) / factorial(degree + 1)
    assert interval_distance(bound, length, degree) * 2**degree == taylor


@given(pole=st.fractions(Fraction(3, 2), 9, max_denominator=8), degree=st.integers(0, 9))
def test_power_series_of_a_pole_keep_their_distance(pole: Fraction, degree: int) -> None:
    """1/(a - w) on |w| <= 1 has remainder a^-(k+1) / (a - 1), and the bound for |z| < r is more."""
    remainder = pole ** -(degree + 1) / (pole - 1)
    for share in (Fraction(1, 4), Fraction(1, 2), Fraction(15, 16)):
        r = 1 + share * (pole - 1)
        assert power_series_distance(1 / (pole - r), 1 / r, degree) >= remainder


def test_the_power_series_bound_is_sharp_to_a_factor_that_grows_like_the_degree() -> None:
    degree, pole = 40, Fraction(2)
    r = pole * (1 - Fraction(1, degree))
    bound = power_series_distance(1 / (pole - r), 1 / r, degree)
    assert bound < 3 * degree * pole ** -(degree + 1) / (pole - 1)


@pytest.mark.parametrize("degree", [10**3, 10**5, 10**9])
def test_a_huge_degree_is_quick_and_tight(degree: int) -> None:
    from flint import arb, ctx

    rho = Fraction(1 + 2.0**-20)
    found = chebyshev_distance(ONE, rho, 3, degree)
    with ctx.workprec(600):
        y = arb(2) ** 20
        terms = [
            comb(3, i) * 2**i * comb(degree, j) * y ** (i - j) for i in (1, 2, 3) for j in range(i)
        ]
        exact = sum(terms, arb(0)) * (1 + 1 / y) ** -degree
        given_value = arb(found.numerator) / found.denominator
        assert exact <= given_value
        assert given_value <= exact * (1 + arb(2) ** -90)


def test_values_too_small_to_be_written_are_still_above_zero() -> None:
    for tiny in (
        power_series_distance(ONE, Fraction(1, 2), 10**30),
        taylor_distance(ONE, ONE, 10**7),
        chebyshev_distance(ONE, Fraction(10**9), 2, 10**12),
    ):
        assert 0 < tiny < Fraction(1, 2 ** (10**6))
    assert power_series_distance(ONE, Fraction(0), 10**30) == 0


def test_values_too_large_to_be_written_are_refused() -> None:
    with pytest.raises(ValueError, match="it says nothing"):
        taylor_distance(ONE, Fraction(10**9), 10**6)


@given(diameter=RATIONALS, dim=st.integers(1, 50))
def test_the_radius_of_jung_is_tight(diameter: Fraction, dim: int) -> None:
    square = Fraction(dim, 2 * (dim + 1)) * diameter**2
    assert square <= jung_radius(diameter, dim) ** 2 <= square * (1 + Fraction(1, 10**15))


def test_a_regular_simplex_attains_the_radius_of_jung() -> None:
    """The unit vectors of R^(m+1): squared diameter 2, squared radius 1 - 1/(m+1)."""
    for dim in range(1, 6):
        radius = jung_radius(Fraction(1), dim)
        assert 0 <= 2 * radius**2 - (1 - Fraction(1, dim + 1)) < Fraction(1, 10**15)


@pytest.mark.parametrize(
    ("call", "text"),
    [
        (lambda: taylor_distance(ONE, ONE, -1), "E1: found the degree = -1; expected an integer"),
        (lambda: taylor_distance(-ONE, ONE, 1), "E1: found the bound of the derivative = -1"),
        (lambda: taylor_distance(ONE, -ONE, 1), "E1: found the radius = -1; expected a number"),
        (lambda: taylor_distance(0.5, ONE, 1), "0.5 of type float; expected a Fraction or an int"),  # pyright: ignore[reportArgumentType]
        (lambda: interval_distance(ONE, -ONE, 1), "E1: found half the length = -1"),
        (lambda: power_series_distance(ONE, ONE, 1), "E2: found q = 1; expected 0 <= q < 1"),
        (lambda: power_series_distance(ONE, -ONE, 1), "E2: found q = -1; expected 0 <= q < 1"),
        (lambda: power_series_distance(ONE, ONE / 2, -1), "E2: found the degree = -1"),
        (lambda: chebyshev_distance(ONE, ONE, 1, 1), "E3: found rho = 1; expected a number > 1"),
        (lambda: chebyshev_distance(ONE, 2 * ONE, 0, 1), "E3: found the dimension = 0"),
        (lambda: chebyshev_distance(ONE, 2 * ONE, 1, -1), "E3: found the degree = -1"),
        (lambda: jung_radius(-ONE, 1), "Jung: found the diameter = -1"),
        (lambda: jung_radius(ONE, 0), "Jung: found the dimension = 0; expected an integer >= 1"),
    ],
)
def test_bad_input_is_refused(call: object, text: str) -> None:
    assert callable(call)
    with pytest.raises(HypothesisNotMet, match=text):
        call()
