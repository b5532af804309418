"""Members of the families, against sums over points as they are defined."""

from collections.abc import Iterator
from fractions import Fraction
from itertools import product
from math import prod

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ucomp_verify.algebra.bases import Family, expand, members
from ucomp_verify.algebra.hilbert import hilbert_coefficient
from ucomp_verify.algebra.multi_indices import MultiIndex
from ucomp_verify.algebra.multisymmetric import MultisymmetricPolynomial, Parts, to_terms

Point = tuple[int, ...]
PRODUCTS = [Family.POWER_SUM, Family.ANY_POWER_SUM, Family.ELEMENTARY]
TOTALS = [(0,), (4,), (1, 1), (2, 1), (2, 2), (1, 1, 1), (0, 2, 1)]


def value(polynomial: MultisymmetricPolynomial, points: list[Point]) -> Fraction:
    flat = [v for x in points for v in x]
    return sum(
        (
            c * prod(v**e for v, e in zip(flat, exponents, strict=True))
            for exponents, c in to_terms(polynomial).items()
        ),
        start=Fraction(0),
    )


def power_sum(alpha: MultiIndex, points: list[Point]) -> int:
    return sum(prod(v**e for v, e in zip(x, alpha, strict=True)) for x in points)


def choices(dim: int) -> Iterator[int | None]:
    """A point gives the factor 1 or one of its coordinates times t."""
    yield None
    yield from range(dim)


def elementary(alpha: MultiIndex, points: list[Point]) -> int:
    """The coefficient of t^alpha in prod_i (1 + <w_i, t>)."""
    dim, total = len(alpha), 0
    for axes in product(choices(dim), repeat=len(points)):
        if all(axes.count(axis) == alpha[axis] for axis in range(dim)):
            total += prod(x[a] for x, a in zip(points, axes, strict=True) if a is not None)
    return total


def defined(family: Family, name: Parts, points: list[Point]) -> int:
    single = elementary if family is Family.ELEMENTARY else power_sum
    return prod(single(alpha, points) for alpha in name)


@given(st.data(), st.sampled_from(PRODUCTS), st.sampled_from(TOTALS), st.integers(1, 3))
def test_products_have_the_values_of_their_factors(
    data: st.DataObject, family: Family, total: MultiIndex, num_points: int
) -> None:
    dim = len(total)
    point = st.tuples(*[st.integers(-3, 3)] * dim)
    points = data.draw(st.lists(point, min_size=num_points, max_size=num_points))
    for name in members(family, total, num_points):
        polynomial = expand(family, name, dim=dim, num_points=num_points)
        assert value(polynomial, points) == defined(family, name, points)


@pytest.mark.parametrize("total", TOTALS)
@pytest.mark.parametrize("num_points", [1, 2, 3, 5])
def test_the_orbits_are_a_basis(total: MultiIndex, num_points: int) -> None:
    names = members(Family.MONOMIAL, total, num_points)
    assert len(names) == hilbert_coefficient(total, num_points)
    for name in names:
        polynomial = expand(Family.MONOMIAL, name, dim=len(total), num_points=num_points)
        assert polynomial.orbits == {name: 1}


@pytest.mark.parametrize("total", TOTALS)
def test_members_are_named_by_what_they_may_contain(total: MultiIndex) -> None:
    every = set(members(Family.ANY_POWER_SUM, total, 2))
    assert set(members(Family.MONOMIAL, total, 2)) == {n for n in every if len(n) <= 2}
    low = {n for n in every if all(sum(alpha) <= 2 for alpha in n)}
    assert set(members(Family.POWER_SUM, total, 2)) == low
    assert members(Family.ELEMENTARY, total, 2) == members(Family.POWER_SUM, total, 2)


def test_an_elementary_polynomial_of_order_above_d_is_zero() -> None:
    assert expand(Family.ELEMENTARY, ((2, 1),), dim=2, num_points=2).orbits == {}
    assert expand(Family.ELEMENTARY, ((2, 1),), dim=2, num_points=3).num_terms == 3
    assert expand(Family.MONOMIAL, ((1,), (1,)), dim=1, num_points=1).orbits == {}


@pytest.mark.parametrize("family", Family)
def test_the_empty_product_is_one(family: Family) -> None:
    (name,) = members(family, (0, 0), 2)
    assert expand(family, name, dim=2, num_points=2).orbits == {(): 1}


def test_there_is_a_point() -> None:
    with pytest.raises(ValueError, match="expected at least one point, got 0"):
        members(Family.MONOMIAL, (1,), 0)
