"""The bounds by hand, their hypotheses, and extreme parameters."""

from collections.abc import Callable
from fractions import Fraction
from math import comb, e, exp, factorial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ucomp_verify.bounds import (
    Bound,
    ComplexBallClass,
    HypothesisNotMet,
    PolydiscClass,
    PolyellipseClass,
    RidgeClass,
    Sigmoid,
    SmoothClass,
    complex_ball_bound,
    core_bound,
    degree_within,
    greedy_bound,
    grid_bound,
    grid_size_bound,
    one_shot_size,
    packing_bound,
    polydisc_bound,
    polylog_degree,
    polylog_size,
    rate_bound,
    rate_side,
    ridge_bound,
    rounds_bound,
    small_ball_bound,
    universal_bound,
    universal_cells_bound,
)

ONE = Fraction(1)
SIZES = st.fractions(Fraction(1, 20), 9, max_denominator=20)
DIMS = st.integers(1, 4)
WIDE = PolyellipseClass(3, Fraction(9), ONE)
DISC = PolydiscClass(2, ONE, ONE, ONE)


def near(found: Fraction, exact: float) -> bool:
    """Above, up to what float64 may err, and not by more."""
    return abs(float(found) / exact - 1) < 1e-12


@given(dim=DIMS, order=st.integers(1, 6), b=SIZES, lam=SIZES, r=SIZES, w=SIZES, n=st.integers(1, 9))
def test_t3_and_t4b_are_their_formulas(
    dim: int, order: int, b: Fraction, lam: Fraction, r: Fraction, w: Fraction, n: int
) -> None:
    functions = SmoothClass(order, b, lam)
    exact = 2 * lam * w * b / factorial(order)
    assert small_ball_bound(functions, mass=w, radius=r).value == exact * r**order
    cells = grid_bound(functions, dim=dim, half_side=r, mass=w, side=n)
    assert near(cells.value, float(exact * (r / n) ** order) * dim ** (order / 2))
    square = (exact * (r / n) ** order) ** 2 * dim**order
    assert square <= cells.value**2 <= square * (1 + Fraction(1, 10**12))
    least = comb(dim + order - 1, dim)
    size = least * n**dim
    by_size = grid_size_bound(functions, dim=dim, half_side=r, mass=w, size=size)
    assert near(by_size.value, float(cells.value) * 2**order)
    p = order / dim
    several = rounds_bound(functions, dim=dim, half_side=r, mass=w, size=2 * size)
    doubled = grid_size_bound(functions, dim=dim, half_side=r, mass=w, size=2 * size)
    assert near(several.value, float(doubled.value) * 2**p / (1 - 2**-p))


@given(dim=DIMS, order=st.integers(1, 5), b=SIZES, r=SIZES, more=st.integers(1, 400))
def test_t4a_is_its_formula(dim: int, order: int, b: Fraction, r: Fraction, more: int) -> None:
    least = comb(dim + order - 1, dim)
    size, count = least + 2, least + 2 + more
    p = order / dim
    found = greedy_bound(SmoothClass(order, b), dim=dim, radius=r, count=count, size=size)
    jung = (dim / (2 * (dim + 1))) ** 0.5
    total = sum(n**-p for n in range(size + 1, count + 1))
    exact = 2 * count * float(b) / factorial(order) * (6 * jung * float(r)) ** order
    assert near(found.value, exact * least**p * total)


@given(count=st.integers(2, 500), share=SIZES, dim=DIMS, r=SIZES)
def test_l1_is_the_least_of_its_formulas(
    count: int, share: Fraction, dim: int, r: Fraction
) -> None:
    size = 2 + int((count - 2) * share / 9)
    x = (count / (size - 1)) ** (1 / dim)
    factors = [2.0, 6 / x] + ([4 / (x - 1)] if x > 1 else [])
    factors += [2 / ((count - 1) // (size - 1))] if dim == 1 else []
    found = packing_bound(count, size, radius=r, dim=dim)
    assert near(found.value, min(factors) * float(r))


@given(dim=DIMS, r=SIZES, rho=SIZES, g=SIZES, w=SIZES, size=st.integers(1, 10**6))
def test_t7c_is_its_formula(
    dim: int, r: Fraction, rho: Fraction, g: Fraction, w: Fraction, size: int
) -> None:
    functions = PolydiscClass(dim, r, rho, g, Fraction(3))
    side = rate_side(functions)
    assert side - 1 < e * float(r / rho) < side
    if size < side**dim:
        with pytest.raises(HypothesisNotMet, match=f"T7c: found d' = {size}; expected at least"):
            rate_bound(functions, mass=w, size=size)
        return
    rate = (factorial(dim) * size) ** (1 / dim) / side
    if rate < 500:
        constant = 2 * exp((dim + 1) / 2) / (1 - 1 / e)
        found = rate_bound(functions, mass=w, size=size)
        assert near(found.value, constant * float(3 * w * g) * exp(-rate))


@given(dim=DIMS, r=SIZES, rho=SIZES, size=st.integers(1, 10**5))
def test_t7c_follows_from_t7a(dim: int, r: Fraction, rho: Fraction, size: int) -> None:
    functions = PolydiscClass(dim, r, rho, ONE)
    side = rate_side(functions)
    if size >= side**dim:
        degree = degree_within(dim, size, side=side)
        direct = polydisc_bound(functions, mass=ONE, side=side, degree=degree)
        assert direct.value <= rate_bound(functions, mass=ONE, size=size).value


@given(dim=DIMS, r=SIZES, rho=SIZES, g=SIZES, w=SIZES, eps=SIZES)
def test_t7b_follows_from_t7a(
    dim: int, r: Fraction, rho: Fraction, g: Fraction, w: Fraction, eps: Fraction
) -> None:
    functions = PolydiscClass(dim, r, rho, g)
    error = eps / 10**6
    side, degree = polylog_degree(functions, mass=w, error=error)
    assert polydisc_bound(functions, mass=w, side=side, degree=degree).value <= error
    assert one_shot_size(dim, degree, side) <= polylog_size(functions, mass=w, error=error)
    assert 2**degree * error < 4 * g * w or degree == 0  # the least k
    assert 2 ** (degree + 1) * error >= 4 * g * w


def test_t7b_at_powers_of_two() -> None:
    for power in range(1, 80):
        for shift, more in ((Fraction(0), 0), (Fraction(1, 10**30), 1)):
            error = 4 / (Fraction(2) ** power + shift)
            assert polylog_degree(DISC, mass=ONE, error=error) == (2, power - 1 + more)


@given(radius=SIZES, n=st.integers(1, 5), k=st.integers(0, 12), dim=DIMS)
def test_chebyshev_series_in_cells_beat_power_series(
    radius: Fraction, n: int, k: int, dim: int
) -> None:
    """E3 has 2^-k beside E2, but A_k > 1: from some degree on."""
    functions = PolydiscClass(dim, ONE, radius, ONE)
    if n * radius > 1 and k >= 4 * dim:
        taylor = polydisc_bound(functions, mass=ONE, side=n, degree=k)
        series = universal_cells_bound(functions, mass=ONE, side=n, degree=k)
        assert series.value < taylor.value * 4**dim * comb(k + dim, dim) / 2**k


def test_the_euclidean_ball_is_a_polydisc_in_cells() -> None:
    ball = ComplexBallClass(Fraction(3), Fraction(2))
    for dim, side in ((1, 2), (4, 3)):
        discs = ball.on_polydiscs(dim, ONE)
        cells = polydisc_bound(discs, mass=ONE, side=side, degree=3)
        root = {1: 1, 4: 2}[dim]
        one = complex_ball_bound(ball, mass=ONE, radius=Fraction(root, side), degree=3)
        assert cells.value == one.value


@pytest.mark.parametrize(
    ("bound", "limit"),
    [
        (lambda: polydisc_bound(DISC, mass=ONE, side=2, degree=10**8), 2**-1000),
        (
            lambda: universal_bound(WIDE, mass=ONE, degree=10**8),
            1e-300,
        ),
        (lambda: rate_bound(DISC, mass=ONE, size=10**100), 1e-300),
        (lambda: small_ball_bound(SmoothClass(10**6, ONE), mass=ONE, radius=ONE), 1e-300),
        (
            lambda: grid_bound(SmoothClass(3, ONE), dim=2, half_side=ONE, mass=ONE, side=10**200),
            1e-300,
        ),
        (
            lambda: greedy_bound(
                SmoothClass(40, ONE), dim=1, radius=ONE, count=10**30, size=10**20
            ),
            1e-300,
        ),
        (lambda: ridge_bound(RidgeClass(Sigmoid(), 2), mass=ONE, side=1, degree=10**6), 1e-300),
    ],
)
def test_extreme_parameters_are_quick(bound: Callable[[], Bound], limit: float) -> None:
    assert 0 < bound().value < limit


@pytest.mark.parametrize("zero", ["mass", "bound", "lipschitz", "half_side"])
def test_zeros_give_zero(zero: str) -> None:
    values = {"mass": ONE, "bound": ONE, "lipschitz": ONE, "half_side": ONE, zero: Fraction(0)}
    mass = values["mass"]
    smooth = SmoothClass(2, values["bound"], values["lipschitz"])
    disc = PolydiscClass(2, values["half_side"], ONE, values["bound"], values["lipschitz"])
    where = {"dim": 2, "half_side": values["half_side"], "mass": mass}
    assert grid_bound(smooth, side=2, **where).value == 0  # pyright: ignore[reportArgumentType]
    assert rounds_bound(smooth, size=20, **where).value == 0  # pyright: ignore[reportArgumentType]
    assert polydisc_bound(disc, mass=mass, side=2, degree=3).value == 0
    assert polylog_size(disc, mass=mass, error=ONE / 10**9) >= 1
    assert rate_bound(disc, mass=mass, size=100).value >= 0


def test_bounds_say_what_they_are() -> None:
    found = grid_bound(SmoothClass(2, ONE), dim=1, half_side=ONE, mass=ONE, side=3)
    assert (found.theorem, found.claim) == ("T4b", "one-shot-compression")
    assert found.hypotheses[0] == "the nodes lie in [-R, R]^m, R = 1"
    assert float(found) == float(found.value)


@pytest.mark.parametrize(
    ("call", "text"),
    [
        (lambda: core_bound(ONE, mass=-ONE), "CI: found the mass = -1; expected a number >= 0"),
        (lambda: core_bound(-ONE, mass=ONE), "CI: found the distance = -1"),
        (lambda: core_bound(ONE, mass=ONE, lipschitz=-ONE), "CI: found the Lipschitz constant"),
        (lambda: small_ball_bound(SmoothClass(1, ONE), mass=ONE, radius=-ONE), "T3: found the rad"),
        (lambda: packing_bound(3, 4, radius=ONE, dim=1), "L1: found N = 4, d = 3; expected 2 <="),
        (lambda: packing_bound(3, 1, radius=ONE, dim=1), "L1: found N = 1, d = 3; expected 2 <="),
        (lambda: packing_bound(3, 2, radius=-ONE, dim=1), "L1: found the radius = -1"),
        (lambda: packing_bound(3, 2, radius=ONE, dim=0), "L1: found the dimension = 0"),
        (
            lambda: greedy_bound(SmoothClass(6, ONE), dim=1, radius=ONE, count=10, size=3),
            "T4a: found d' = 3, d = 10; expected 6 <= d' < d",
        ),
        (
            lambda: greedy_bound(SmoothClass(1, ONE), dim=1, radius=ONE, count=3, size=3),
            "T4a: found d' = 3, d = 3; expected 1 <= d' < d",
        ),
        (
            lambda: grid_bound(SmoothClass(1, ONE), dim=1, half_side=ONE, mass=ONE, side=0),
            "T4b: found n = 0; expected an integer >= 1",
        ),
        (
            lambda: grid_size_bound(SmoothClass(3, ONE), dim=2, half_side=ONE, mass=ONE, size=5),
            "T4b: found d' = 5; expected at least 6",
        ),
        (
            lambda: rounds_bound(SmoothClass(3, ONE), dim=2, half_side=ONE, mass=ONE, size=11),
            "T4b in rounds: found d' = 11; expected at least 2N = 12",
        ),
        (
            lambda: polydisc_bound(DISC, mass=ONE, side=1, degree=3),
            r"T7a: found R / \(n rho\) = 1; expected less than 1: take more cells",
        ),
        (
            lambda: complex_ball_bound(ComplexBallClass(ONE, ONE), mass=ONE, radius=ONE, degree=3),
            "T7a: found s / rho = 1; expected less than 1: take smaller balls",
        ),
        (
            lambda: polylog_degree(DISC, mass=ONE, error=Fraction(0)),
            "T7b: found eps = 0; expected a number > 0",
        ),
        (lambda: rate_bound(DISC, mass=ONE, size=8), "T7c: found d' = 8; expected at least n"),
        (lambda: one_shot_size(0, 1, 1), "one shot: found the dimension = 0"),
        (lambda: one_shot_size(1, -1, 1), "one shot: found the degree = -1"),
        (lambda: degree_within(2, 3, side=2), "nodes: found d' = 3; expected >= 4"),
        (lambda: universal_cells_bound(DISC, mass=ONE, side=0, degree=3), "T7d: found n = 0"),
    ],
)
def test_hypotheses_are_checked(call: Callable[[], object], text: str) -> None:
    with pytest.raises(HypothesisNotMet, match=text):
        call()
