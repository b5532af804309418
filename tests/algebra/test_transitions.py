"""Exact ranks and changes of basis: what spans, from which degree on it is dependent."""

from collections.abc import Mapping
from fractions import Fraction
from math import factorial, prod
from typing import TYPE_CHECKING

import pytest
from flint import fmpq, fmpq_mat, fmpz_mat

from ucomp_verify.algebra import transitions
from ucomp_verify.algebra.bases import Family, expand, members
from ucomp_verify.algebra.hilbert import hilbert_series, num_relations
from ucomp_verify.algebra.multi_indices import MultiIndex
from ucomp_verify.algebra.multisymmetric import Parts
from ucomp_verify.algebra.reduction import power_sum_form
from ucomp_verify.algebra.transitions import (
    PRIME,
    NotABasis,
    exact_rank,
    first_relation_degree,
    is_basis,
    is_independent,
    multidegrees,
    rank_of_degree,
    spans,
    transition_matrix,
)
from ucomp_verify.algebra.vector_partitions import count_vector_partitions, of_order

if TYPE_CHECKING:
    from collections.abc import Sequence

GENERATING = [Family.POWER_SUM, Family.ELEMENTARY]
SMALL = [(1, 1), (1, 3), (2, 1), (2, 2), (2, 3), (3, 2), (3, 3)]


def rationals(row: "Sequence[fmpq]") -> list[Fraction]:
    return [Fraction(int(x.p), int(x.q)) for x in row]


@pytest.mark.parametrize(("dim", "num_points"), SMALL)
@pytest.mark.parametrize("family", GENERATING)
def test_orders_up_to_d_span(dim: int, num_points: int, family: Family) -> None:
    for degree in range(7):
        assert spans(dim, num_points, degree, family=family)
        whole = hilbert_series(dim, num_points, degree)[degree]
        assert rank_of_degree(family, dim, num_points, degree) == whole


@pytest.mark.parametrize(("dim", "num_points"), [(1, 1), (1, 3), (2, 2), (3, 2), (2, 4)])
def test_orders_below_d_do_not(dim: int, num_points: int, monkeypatch: pytest.MonkeyPatch) -> None:
    def below(family: Family, total: MultiIndex, count: int) -> tuple[Parts, ...]:
        names = members(family, total, count)
        if family is Family.MONOMIAL:
            return names
        return tuple(name for name in names if all(sum(alpha) < count for alpha in name))

    monkeypatch.setattr(transitions, "members", below)
    found = [spans(dim, num_points, degree) for degree in range(num_points + 1)]
    assert found == [True] * num_points + [False]


@pytest.mark.parametrize("degree", [1, 2, 3, 4, 5, 6])
def test_for_every_dimension_by_polynomials_linear_in_each_coordinate(degree: int) -> None:
    for num_points in range(1, degree + 1):
        assert spans(degree, num_points, degree)


@pytest.mark.parametrize("num_points", [1, 2, 3, 4, 5, 6])
def test_orders_up_to_d_span_up_to_degree_8(num_points: int) -> None:
    for dim in (1, 2, 3, 4):
        assert all(spans(dim, num_points, degree) for degree in range(9))
    assert spans(7, num_points, 7)


@pytest.mark.slow
@pytest.mark.parametrize("num_points", [1, 2, 3, 4, 5, 6])
def test_elementary_polynomials_span_up_to_degree_8(num_points: int) -> None:
    for dim, most in ((1, 8), (2, 8), (3, 8), (4, 7)):
        assert all(spans(dim, num_points, n, family=Family.ELEMENTARY) for n in range(most + 1))


@pytest.mark.parametrize(("dim", "num_points"), SMALL)
def test_power_sums_are_a_basis_up_to_degree_d_plus_1(dim: int, num_points: int) -> None:
    for degree in range(7):
        free = dim == 1 or num_points == 1 or degree <= num_points + 1
        assert is_basis(dim, num_points, degree) == free
        assert is_basis(dim, num_points, degree, family=Family.ELEMENTARY) == free
        assert is_independent(dim, num_points, degree, family=Family.POWER_SUM) == free


@pytest.mark.parametrize(("dim", "num_points"), SMALL)
def test_power_sums_of_any_order_are_a_basis_up_to_degree_d(dim: int, num_points: int) -> None:
    for degree in range(6):
        found = is_basis(dim, num_points, degree, family=Family.ANY_POWER_SUM)
        assert found == (degree <= num_points)
        assert spans(dim, num_points, degree, family=Family.ANY_POWER_SUM)


@pytest.mark.parametrize(("dim", "num_points"), SMALL)
def test_the_first_relation(dim: int, num_points: int) -> None:
    first = first_relation_degree(dim, num_points, up_to=6)
    assert first == (num_points + 2 if dim > 1 and num_points > 1 else None)
    higher = first_relation_degree(dim, num_points, up_to=6, family=Family.ANY_POWER_SUM)
    assert higher == num_points + 1
    assert first_relation_degree(dim, num_points, up_to=6, family=Family.MONOMIAL) is None


@pytest.mark.parametrize(("dim", "num_points"), SMALL)
def test_what_the_rank_lacks_is_the_number_of_relations(dim: int, num_points: int) -> None:
    for degree in range(7):
        products = count_vector_partitions(dim, degree, max_order=num_points)
        lacking = products - rank_of_degree(Family.POWER_SUM, dim, num_points, degree)
        assert lacking == num_relations(dim, num_points, degree)


@pytest.mark.parametrize(("total", "num_points"), [((4,), 2), ((2, 1), 2), ((2, 2), 4), ((3,), 1)])
def test_the_way_there_and_back_is_the_identity(total: MultiIndex, num_points: int) -> None:
    kinds = [Family.MONOMIAL, *GENERATING]
    for a in kinds:
        for b in kinds:
            there = transition_matrix(a, b, total, num_points)
            back = transition_matrix(b, a, total, num_points)
            size = there.nrows()
            one = fmpq_mat(fmpz_mat([[int(i == j) for j in range(size)] for i in range(size)]))
            assert there * back == one


@pytest.mark.parametrize(
    ("total", "num_points"), [((6,), 3), ((3,), 2), ((2, 1), 2), ((2, 1, 1), 3), ((2, 2), 3)]
)
def test_orbits_in_power_sums_are_what_the_reduction_finds(
    total: MultiIndex, num_points: int
) -> None:
    matrix = transition_matrix(Family.MONOMIAL, Family.POWER_SUM, total, num_points)
    columns = members(Family.POWER_SUM, total, num_points)
    for name, row in zip(members(Family.MONOMIAL, total, num_points), matrix.tolist(), strict=True):
        found = {key: c for key, c in zip(columns, rationals(row), strict=True) if c}
        orbit = expand(Family.MONOMIAL, name, dim=len(total), num_points=num_points)
        assert found == dict(power_sum_form(orbit))


def by_exponential(alpha: MultiIndex, columns: tuple[Parts, ...]) -> Mapping[Parts, Fraction]:
    """e_alpha from prod_i (1 + <w_i, t>) = exp(sum of (-1)^(k-1) / k * sum_i <w_i, t>^k)."""
    out: dict[Parts, Fraction] = {}
    for parts in columns:
        c = Fraction(1)
        for part in parts:
            k = sum(part)
            c *= Fraction((-1) ** (k - 1) * factorial(k - 1), prod(map(factorial, part)))
        out[parts] = c / prod(factorial(parts.count(part)) for part in set(parts))
    return out


@pytest.mark.parametrize("alpha", [(1,), (5,), (2, 1), (2, 2), (1, 1, 1), (2, 0, 2)])
def test_elementary_polynomials_are_the_exponential_of_power_sums(alpha: MultiIndex) -> None:
    d = sum(alpha)
    rows = members(Family.ELEMENTARY, alpha, d)
    columns = members(Family.POWER_SUM, alpha, d)
    matrix = transition_matrix(Family.ELEMENTARY, Family.POWER_SUM, alpha, d)
    row = rationals(matrix.tolist()[rows.index((alpha,))])
    assert dict(zip(columns, row, strict=True)) == by_exponential(alpha, columns)


def test_dependent_products_are_no_basis_to_change_to() -> None:
    with pytest.raises(NotABasis, match=r"6 products .* have rank 5 among 5 orbits"):
        transition_matrix(Family.MONOMIAL, Family.POWER_SUM, (2, 2), 2)


def test_a_rank_that_falls_modulo_the_prime_is_still_exact() -> None:
    assert exact_rank(fmpz_mat([[PRIME, 0], [0, 1]])) == 2
    assert exact_rank(fmpz_mat([[1, 2], [2, 4], [3, 6]])) == 1


@pytest.mark.parametrize(("dim", "degree"), [(1, 5), (2, 4), (3, 4), (4, 3)])
def test_multidegrees_stand_for_all_their_permutations(dim: int, degree: int) -> None:
    found = list(multidegrees(dim, degree))
    assert sorted(found) == sorted({tuple(sorted(a, reverse=True)) for a in of_order(dim, degree)})
