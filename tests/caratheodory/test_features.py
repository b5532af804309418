"""Bases of polynomials: orthonormal on the nodes, the same everywhere else, as many as the rank."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ucomp_verify.algebra import num_monomials
from ucomp_verify.caratheodory.arnoldi import Array, arnoldi
from ucomp_verify.caratheodory.product_basis import complete_basis, legendre_table, product_basis
from ucomp_verify.caratheodory.spaces import MonomialSpace, all_monomials, linear_in_last


def cloud(count: int, dim: int, *, seed: int = 0) -> Array:
    return np.random.default_rng(seed).uniform(-1, 1, (count, dim))


def spans_the_same(rows: Array, others: Array) -> bool:
    """Whether no row of either is independent of the rows of the other."""
    rank = np.linalg.matrix_rank(rows)
    both = np.linalg.matrix_rank(np.concatenate([rows, others]))
    return bool(rank == np.linalg.matrix_rank(others) == both)


def monomials(points: Array, space: MonomialSpace) -> Array:
    return np.array([np.prod(points**alpha, axis=1) for alpha in space.exponents])


@given(dim=st.integers(1, 3), degree=st.integers(0, 5), seed=st.integers(0, 99))
def test_polynomials_are_orthonormal_and_span_all(dim: int, degree: int, seed: int) -> None:
    points = cloud(150, dim, seed=seed)
    basis, rows = arnoldi(points, degree)
    assert len(basis) == len(rows) == num_monomials(dim, degree)
    assert np.allclose(rows @ rows.T, np.eye(len(rows)), atol=1e-13)
    assert spans_the_same(rows, monomials(points, all_monomials(dim, degree)))


@pytest.mark.parametrize("count", [60, 12, 5])
@pytest.mark.parametrize(
    "corners", [[(2, 2)], [(3, 0), (1, 1), (0, 4)], [(1, 3)], [(2, 1, 1), (0, 0, 3)]]
)
def test_any_downward_closed_space_is_spanned(corners: list[tuple[int, ...]], count: int) -> None:
    below = {a for c in corners for a in product(*(range(n + 1) for n in c))}
    space, points = MonomialSpace(tuple(below)), cloud(count, len(corners[0]), seed=3)
    basis, rows = arnoldi(points, space)
    assert len(basis) == min(len(space), count)
    assert spans_the_same(rows, monomials(points, space))


@given(dim=st.integers(1, 3), degree=st.integers(0, 5), seed=st.integers(0, 99))
def test_recurrences_give_the_same_polynomials_elsewhere(dim: int, degree: int, seed: int) -> None:
    points, others = cloud(150, dim, seed=seed), cloud(40, dim, seed=seed + 1)
    basis, rows = arnoldi(points, degree)
    assert np.allclose(basis.values(points), rows, atol=1e-12)
    shares = np.linalg.lstsq(complete_basis(dim, degree).values(points).T, rows.T, rcond=None)[0]
    assert np.allclose(basis.values(others), shares.T @ complete_basis(dim, degree).values(others))


def test_what_depends_on_smaller_monomials_is_passed_over_and_noticed_elsewhere() -> None:
    x = cloud(100, 1)
    basis, rows = arnoldi(np.c_[x, x**2], 3)
    assert len(rows) == 7  # the powers of x up to the sixth
    off = np.array([[0.5, 0.25], [0.5, 0.3]])
    misses = basis.unexplained(off, basis.values(off))
    assert misses[0] < 1e-9 < 1e-3 < misses[1]


@pytest.mark.parametrize("dim", [1, 2, 3, 5])
def test_products_are_orthonormal_on_the_cube(dim: int) -> None:
    axis, weights = np.polynomial.legendre.leggauss(4)
    grid = np.stack(np.meshgrid(*[axis] * dim), axis=-1).reshape(-1, dim)
    product = np.stack(np.meshgrid(*[weights / 2] * dim), axis=-1).reshape(-1, dim).prod(axis=1)
    rows = complete_basis(dim, 3).values(grid)
    assert np.allclose((rows * product) @ rows.T, np.eye(num_monomials(dim, 3)))


def test_legendre_polynomials_are_the_known_ones() -> None:
    x = np.linspace(-1, 1, 9)
    for degree, row in enumerate(legendre_table(x, 20)):
        known = np.polynomial.legendre.Legendre.basis(degree)(x)
        assert np.allclose(row, known * np.sqrt(2 * degree + 1))


@pytest.mark.parametrize("space", [all_monomials(1, 6), all_monomials(5, 3), linear_in_last(3, 4)])
@pytest.mark.parametrize("size", [3, 30])  # short groups and long ones go different ways
@pytest.mark.parametrize("weighted", [False, True])
def test_sums_over_groups(space: MonomialSpace, size: int, weighted: bool) -> None:
    points = cloud(7 * size, space.dim)
    weights = np.random.default_rng(1).uniform(0, 1, len(points)) if weighted else None
    basis = product_basis(space)
    every = basis.values(points) * (1 if weights is None else weights)
    sums = basis.group_sums(points, weights, size)
    assert np.allclose(sums, every.reshape(len(space), 7, size).sum(axis=2), atol=1e-12)
    assert spans_the_same(basis.values(points), monomials(points, space)) or size == 3


@given(degree=st.integers(1, 4), seed=st.integers(0, 99))
def test_chosen_monomials_are_spanned_on_varieties_too(degree: int, seed: int) -> None:
    x = cloud(60, 2, seed=seed)
    points = np.c_[x[:, 0], x[:, 0], x[:, 1]]
    space = linear_in_last(3, degree)
    basis, rows = arnoldi(points, space)
    assert spans_the_same(rows, monomials(points, space))
    assert np.allclose(basis.values(points), rows, atol=1e-11)


@pytest.mark.parametrize(
    ("exponents", "text"),
    [
        ((), "none at all"),
        (((0, -1),), "no tuples of integers >= 0"),
        (((0, 0), (0,)), "different lengths"),
        (((0, 0), (1, 1)), r"found \(1, 1\) without \(0, 1\); expected a downward closed set"),
    ],
)
def test_sets_of_exponents_that_span_no_such_space(
    exponents: tuple[tuple[int, ...], ...], text: str
) -> None:
    with pytest.raises(ValueError, match=text):
        MonomialSpace(exponents)


def test_spaces_are_equal_when_their_exponents_are() -> None:
    assert MonomialSpace(((1,), (0,), (0,))) == all_monomials(1, 1)
    assert all_monomials(3, 2).is_complete and not linear_in_last(3, 2).is_complete
