"""T8: against every choice of nodes some polynomial is as bad as the bound says."""

from fractions import Fraction
from itertools import product
from math import comb, prod

import pytest
from flint import acb, arb, ctx
from hypothesis import given, target
from hypothesis import strategies as st

from tests.conftest import RecordEffective
from ucomp_verify.bounds import PolydiscClass, PolyellipseClass, polydisc_bound
from ucomp_verify.bounds.statement import HypothesisNotMet
from ucomp_verify.lower_bounds.ellipses import chebyshev_coefficients, largest_on_ellipse
from ucomp_verify.lower_bounds.lower import (
    class_lower_bound,
    grid_adversary,
    least_nodes_for_error,
    sup_normalised_lower_bound,
)
from ucomp_verify.lower_bounds.null_polynomials import NullPolynomial, least_degree, null_polynomial

Node = tuple[Fraction, ...]

ONE = Fraction(1)
MOST = {1: 8, 2: 5, 3: 3}  # nodes by the dimension

coordinates = st.one_of(
    st.fractions(-1, 1, max_denominator=60), st.fractions(-4, 4, max_denominator=5)
)


@st.composite
def cases(draw: st.DrawFn) -> tuple[list[Node], int]:
    """Nodes, of which some are equal or midpoints, and a number of midpoints along an axis."""
    dim = draw(st.integers(1, 3))
    size = draw(st.integers(1, MOST[dim]))
    side = 4 * dim * least_degree(dim, size) ** 2 + draw(st.integers(0, 5))
    midpoint = st.integers(0, side - 1).map(lambda i: Fraction(2 * i + 1, side) - 1)
    node = st.tuples(*[coordinates | midpoint] * dim)
    nodes = draw(st.lists(node, min_size=1, max_size=size))
    return (nodes * size)[:size], side


def grid(dim: int, side: int) -> list[Node]:
    return list(product([Fraction(i, side) for i in range(1 - side, side, 2)], repeat=dim))


@given(dim=st.integers(1, 4), size=st.integers(1, 60))
def test_the_degree_is_the_least_with_more_monomials_than_nodes(dim: int, size: int) -> None:
    k = least_degree(dim, size)
    assert k >= 1 and comb(dim + k, dim) > size >= comb(dim + k - 1, dim)


@given(case=cases())
def test_a_null_polynomial_vanishes_at_the_nodes_and_is_not_zero(
    case: tuple[list[Node], int],
) -> None:
    nodes, _ = case
    q = null_polynomial(nodes)
    assert q.terms and all(sum(alpha) <= least_degree(q.dim, len(nodes)) for alpha, _ in q.terms)
    assert all(q.at(node) == 0 for node in nodes)


@given(case=cases())
def test_the_maximum_on_the_cube_is_between_that_of_the_grid_and_what_markov_allows(
    case: tuple[list[Node], int],
) -> None:
    nodes, side = case
    q = null_polynomial(nodes)
    if side**q.dim > 700:
        side = 4 * q.dim * q.degree**2 if q.dim == 1 else 2 * q.dim * q.degree**2 + 1
    seen = max(abs(q.at(node)) for node in grid(q.dim, side))
    assert seen <= q.size.upper  # the grid of side n is within 1/n of every point
    assert q.size.lower * (1 - Fraction(q.dim * q.degree**2, side)) <= seen
    assert q.size.upper <= q.size.lower * Fraction(1002, 1000)


@given(case=cases())
def test_the_adversary_is_as_bad_as_the_bounds_say(
    case: tuple[list[Node], int], record_effective: RecordEffective
) -> None:
    nodes, side = case
    adversary = grid_adversary(nodes, side)
    dim, size = adversary.polynomial.dim, len(nodes)
    bound = sup_normalised_lower_bound(dim=dim, size=size, side=side).value
    error = adversary.error
    assert 0 < bound <= error.lower
    functions = PolyellipseClass(dim, Fraction(5, 4), Fraction(3))
    lower = class_lower_bound(functions, size=size, side=side).value
    factors = adversary.member(functions), adversary.better_member(functions)
    assert factors[0] <= factors[1]
    # `member` is rounded down, by less than 2^-60.
    assert lower * (1 - Fraction(1, 2**60)) <= factors[0] * adversary.grid_sum
    target(float(bound / error.upper))
    record_effective(1)


@pytest.mark.parametrize(("dim", "size", "side"), [(1, 3, 37), (2, 2, 9), (2, 3, 32), (3, 2, 12)])
def test_the_sum_over_the_grid_is_that_over_its_nodes(dim: int, size: int, side: int) -> None:
    nodes = [tuple(Fraction(i + 1, j + 2) for j in range(dim)) for i in range(size)]
    adversary = grid_adversary(nodes, side)
    direct = sum((adversary.polynomial.at(node) ** 2 for node in grid(dim, side)), Fraction(0))
    assert adversary.grid_sum == direct


@pytest.mark.parametrize(
    ("dim", "size", "side", "share"),
    [
        (1, 1, 4, Fraction(4, 4 * 8)),
        (1, 8, 256, Fraction(256, 4 * 8 * 64)),
        (2, 2, 8, Fraction(64, 4 * 16**2)),
        (2, 5, 33, Fraction(33**2, 4 * 64**2)),  # k = 2: 8 m k^2 = 64
        (3, 4, 48, Fraction(48**3, 4 * 96**3)),
    ],
)
def test_the_bounds_are_the_formulas_of_the_claim(
    dim: int, size: int, side: int, share: Fraction
) -> None:
    assert sup_normalised_lower_bound(dim=dim, size=size, side=side).value == share
    functions = PolyellipseClass(dim, Fraction(3, 2), Fraction(5), lipschitz=Fraction(1, 7))
    degree = {(1, 1): 1, (1, 8): 8, (2, 2): 1, (2, 5): 2, (3, 4): 2}[dim, size]
    value = Fraction(5, 7) * share * Fraction(2, 3) ** (2 * degree)
    assert class_lower_bound(functions, size=size, side=side).value == value


def test_a_bound_nine_times_as_large_is_false() -> None:
    # q = x - 1/3 is largest at -1 alone: its mean square is a quarter of its maximum.
    bound = sup_normalised_lower_bound(dim=1, size=1, side=1000).value
    error = grid_adversary([(Fraction(1, 3),)], 1000).error
    assert 7 * bound < error.lower <= error.upper < 9 * bound


def test_the_grid_must_be_as_fine_as_the_theorem_asks() -> None:
    assert sup_normalised_lower_bound(dim=2, size=1, side=8).value == Fraction(1, 16)
    with pytest.raises(HypothesisNotMet, match=r"found n = 7; expected n >= 4 m k\^2 = 8"):
        sup_normalised_lower_bound(dim=2, size=1, side=7)
    # Four nodes can be all of a grid of four, and then nothing tells them apart.
    with pytest.raises(HypothesisNotMet, match="expected n >= 4 m k"):
        grid_adversary(grid(1, 4), 4)
    with pytest.raises(HypothesisNotMet, match="number of nodes = 0"):
        sup_normalised_lower_bound(dim=1, size=0, side=8)


def on_ellipse(q: NullPolynomial, rho: Fraction, angle: Fraction) -> arb:
    """|q| at the boundary point of E_rho with the angle (in turns), for one variable."""
    z = acb(0, 2 * arb.pi() * arb(angle.numerator) / angle.denominator).exp()
    r = arb(rho.numerator) / rho.denominator
    point = (z * r + 1 / (z * r)) / 2
    return abs(sum((point ** alpha[0] * c for alpha, c in q.terms), acb(0)))


@given(
    nodes=st.lists(coordinates.map(lambda x: (x,)), min_size=1, max_size=5),
    rho=st.fractions(Fraction(11, 10), 6, max_denominator=10),
)
def test_the_members_are_in_the_class_and_the_better_one_just_so(
    nodes: list[Node], rho: Fraction
) -> None:
    functions = PolyellipseClass(1, rho, Fraction(2))
    adversary = grid_adversary(nodes, 4 * len(nodes) ** 2)
    angles = [Fraction(i, 240) for i in range(121)]
    with ctx.workprec(100):
        most = max(float(on_ellipse(adversary.polynomial, rho, a).mid()) for a in angles)
        plain, better = (
            float(f) for f in (adversary.member(functions), adversary.better_member(functions))
        )
    assert plain * most**2 <= 2 * (1 + 1e-12)
    assert 2 * 0.97 <= better * most**2 <= 2 * (1 + 1e-12)


@given(
    nodes=st.lists(st.tuples(coordinates, coordinates), min_size=1, max_size=5),
    angles=st.tuples(st.integers(0, 359), st.integers(0, 359)),
)
def test_the_members_are_in_the_class_in_the_plane(
    nodes: list[Node], angles: tuple[int, int]
) -> None:
    functions = PolyellipseClass(2, Fraction(3, 2), ONE)
    adversary = grid_adversary(nodes, 8 * least_degree(2, len(nodes)) ** 2)
    with ctx.workprec(100):
        turns = [acb(0, arb.pi() * a / 180).exp() * 3 / 2 for a in angles]
        point = [(z + 1 / z) / 2 for z in turns]
        value = sum(
            (
                c * prod((z**a for z, a in zip(point, alpha, strict=True)), start=acb(1))
                for alpha, c in adversary.polynomial.terms
            ),
            acb(0),
        )
        size = float(abs(value).mid()) ** 2
    assert float(adversary.member(functions)) * size <= 1 + 1e-12
    assert float(adversary.better_member(functions)) * size <= 1 + 1e-12


@given(coefficients=st.lists(st.fractions(-3, 3, max_denominator=4), min_size=1, max_size=7))
def test_chebyshev_polynomials_on_an_ellipse_are_largest_at_its_end(
    coefficients: list[Fraction],
) -> None:
    rho = Fraction(3)
    axis = (rho + 1 / rho) / 2
    positive = [abs(c) for c in chebyshev_coefficients([abs(c) for c in coefficients])]
    # With coefficients >= 0 in x the maximum is at the end of the long axis.
    at_end = sum((abs(c) * axis**i for i, c in enumerate(coefficients)), Fraction(0)) ** 2
    found = largest_on_ellipse([abs(c) for c in coefficients], rho)
    assert found.lower <= at_end <= found.upper <= at_end + Fraction(1, 10**20)
    assert len(positive) == len(coefficients)


@given(
    dim=st.integers(1, 3),
    side=st.integers(1, 400),
    rho=st.fractions(Fraction(11, 10), 5, max_denominator=10),
    exponent=st.integers(0, 25),
)
def test_fewer_nodes_than_the_least_have_a_larger_error(
    dim: int, side: int, rho: Fraction, exponent: int, record_effective: RecordEffective
) -> None:
    functions = PolyellipseClass(dim, rho, Fraction(2), lipschitz=Fraction(3))
    error = Fraction(1, 10**exponent)
    least = least_nodes_for_error(functions, side=side, error=error)
    if least > 1:
        assert class_lower_bound(functions, size=least - 1, side=side).value > error
        record_effective(1)
    degree = least_degree(dim, least)
    if side >= 4 * dim * degree**2:  # else the grid is too coarse to say more
        assert class_lower_bound(functions, size=least, side=side).value <= error


@given(factor=st.fractions(Fraction(1, 9), 9), size=st.integers(1, 5))
def test_a_change_of_unit_changes_nothing(factor: Fraction, size: int) -> None:
    side = 4 * size**2
    ellipse = PolyellipseClass(1, Fraction(2), Fraction(5), Fraction(1, 2))
    disc = PolydiscClass(1, Fraction(1, 3), Fraction(1, 4), Fraction(5))
    for functions in (ellipse, disc):
        before = class_lower_bound(functions, size=size, side=side)
        after = class_lower_bound(functions.scaled(factor), size=size, side=side)
        assert abs(before.value - after.value) <= before.value / 2**50


@given(
    radius=st.fractions(Fraction(1, 5), 4, max_denominator=10),
    side=st.integers(64, 200),
    cells=st.integers(1, 4),
)
def test_the_polydisc_class_has_lower_bounds_below_its_upper_bounds(
    radius: Fraction, side: int, cells: int
) -> None:
    functions = PolydiscClass(1, ONE, radius, ONE)
    if functions.half_side >= cells * radius:
        return
    for degree in range(4 // cells):
        size = cells * (degree + 1)
        lower = class_lower_bound(functions, size=size, side=side).value
        upper = polydisc_bound(functions, mass=Fraction(side), side=cells, degree=degree).value
        assert lower <= upper


def test_the_ellipse_around_a_polydisc_class_reaches_as_far() -> None:
    # (rho + 1/rho) / 2 = 1 + r/R at rho = 2, r/R = 1/4: the ellipse holds all within r.
    disc = PolydiscClass(2, Fraction(4), ONE, Fraction(3))
    ellipse = PolyellipseClass(2, Fraction(2), Fraction(3), half_side=Fraction(4))
    lower = class_lower_bound(disc, size=2, side=9).value
    assert lower == class_lower_bound(ellipse, size=2, side=9).value
    assert least_nodes_for_error(disc, side=90, error=Fraction(1, 100)) == least_nodes_for_error(
        ellipse, side=90, error=Fraction(1, 100)
    )
