"""The slow solution by mpmath: against fractions, and for systems without one."""

from fractions import Fraction

import pytest
from flint import fmpq_mat, fmpz_mat
from hypothesis import assume, given
from hypothesis import strategies as st

from ucomp_verify.arithmetic.exact import independent, solve, to_fraction, to_rational
from ucomp_verify.arithmetic.reference import solve as reference

entries = st.integers(-1000, 1000)
systems = st.integers(1, 5).flatmap(
    lambda n: st.tuples(
        st.lists(st.lists(entries, min_size=n, max_size=n), min_size=n, max_size=n),
        st.lists(entries, min_size=n, max_size=n),
    )
)


@given(system=systems, digits=st.integers(5, 80))
def test_it_agrees_with_the_exact_solution(
    system: tuple[list[list[int]], list[int]], digits: int
) -> None:
    rows, right = system
    assume(fmpz_mat(rows).det() != 0)
    exact = fmpq_mat(fmpz_mat(rows)).solve(fmpq_mat(fmpz_mat(len(right), 1, right))).entries()
    exact = [to_fraction(v) for v in exact]
    assume(all(exact))
    for x, value in zip(reference(rows, right, digits), exact, strict=True):
        man, exp = x.man_exp
        found = Fraction(int(man)) * Fraction(2) ** int(exp) * (-1 if x < 0 < man else 1)
        assert abs(found - value) <= abs(value) * Fraction(2, 10**digits)


def test_a_singular_system_is_reported() -> None:
    with pytest.raises(ArithmeticError, match="expected an invertible system"):
        reference([[1, 2], [2, 4]], [1, 1], 10)


@given(value=st.fractions())
def test_fractions_pass_through_flint(value: Fraction) -> None:
    back = to_fraction(to_rational(value))
    assert back == value
    assert hash(back) == hash(value)
    assert (back.numerator, back.denominator) == (value.numerator, value.denominator)
    assert back + 1 == value + 1


@given(system=systems)
def test_exact_solutions_solve_every_equation(system: tuple[list[list[int]], list[int]]) -> None:
    rows, right = system
    chosen = independent(list(zip(*rows, strict=True)))
    columns = [[row[j] for row in rows] for j in chosen]
    assume(columns)
    solution = solve(columns, [to_rational(Fraction(b)) for b in right])
    consistent = (
        fmpz_mat(rows).rank()
        == fmpz_mat([[*row, b] for row, b in zip(rows, right, strict=True)]).rank()
    )
    assert (solution is not None) == consistent
    if solution is not None:
        for i, b in enumerate(right):
            assert sum(c[i] * to_fraction(x) for c, x in zip(columns, solution, strict=True)) == b


def test_dependent_columns_are_refused() -> None:
    with pytest.raises(ValueError, match="2 columns of rank 1; expected independent ones"):
        solve([(1, 2), (2, 4)], [to_rational(Fraction(1))] * 2)
