"""Boundary table of `ftsp-order-sharp`, and that its formal statement is what it says."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.claims.examples import bearing, counterexample
from ucomp_verify.claims import Bearing
from ucomp_verify.claims.ftsp_order_sharp import order_statement
from ucomp_verify.claims.identities import EQUIVARIANT_FORM, SHARP_ORDER
from ucomp_verify.findings import SymbolicIdentity
from ucomp_verify.kernel.algebra import evaluate


@pytest.mark.parametrize("d", [1, 2, 3, 10, 12])
def test_its_own_statement_is_an_instance(d: int) -> None:
    assert bearing("ftsp-order-sharp", counterexample(order_statement(d), range(2 * d))) is (
        Bearing.INSTANCE
    )


@pytest.mark.parametrize(
    ("d", "values"),
    [(2, 6), (1, 4), (2, 0), (1, 1)],  # the statement for another d, or no values at all
)
def test_a_statement_of_another_size_is_silent(d: int, values: int) -> None:
    fact = counterexample(order_statement(d), [Fraction(0)] * values)
    assert bearing("ftsp-order-sharp", fact) is Bearing.SILENT


@given(st.lists(st.integers(-9, 9), min_size=3, max_size=3), st.permutations(range(3)))
def test_rearranged_points_satisfy_every_relation(x: list[int], order: list[int]) -> None:
    at = tuple(map(Fraction, [*x, *(x[i] for i in order)]))
    statement = order_statement(3)
    for relation in (*statement.hypotheses, statement.conclusion):
        assert evaluate(relation.polynomial, at) == 0


def test_it_compares_power_sums() -> None:
    at = tuple(map(Fraction, (1, 5, 6, 2, 3, 7)))
    statement = order_statement(3)
    values = [
        evaluate(relation.polynomial, at)
        for relation in (*statement.hypotheses, statement.conclusion)
    ]
    assert values == [0, 0, 342 - 378]


@pytest.mark.parametrize(
    ("statement", "expected"),
    [(SHARP_ORDER, Bearing.INSTANCE), (EQUIVARIANT_FORM, Bearing.SILENT)],
)
def test_shifted_products_are_instances(statement: str, expected: Bearing) -> None:
    finding = SymbolicIdentity(statement, (("d", "11"),), "every m >= 1", "roots", 23)
    assert bearing("ftsp-order-sharp", finding) is expected
