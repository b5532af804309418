"""Boundary table of `quasi-uniform-counting`, and that its formal statement is right."""

from fractions import Fraction

import pytest

from tests.claims.examples import bearing, counterexample
from ucomp_verify.claims import Bearing
from ucomp_verify.claims.quasi_uniform_counting import counting_statement
from ucomp_verify.kernel import RejectedCertificate, check
from ucomp_verify.kernel.certificates import Counterexample
from ucomp_verify.writing import vector

HALF = Fraction(1, 2)


def row(nodes: list[Fraction], y: Fraction, a: int, b: int) -> Counterexample:
    return Counterexample(counting_statement(len(nodes)), vector([*nodes, y, a, b]))


@pytest.mark.parametrize("d", [1, 2, 5])
def test_its_own_statement_refutes(d: int) -> None:
    fact = counterexample(counting_statement(d), [0] * (d + 3))
    assert bearing("quasi-uniform-counting", fact) is Bearing.REFUTES


@pytest.mark.parametrize(("d", "values"), [(1, 5), (2, 3), (1, 0)])
def test_a_statement_of_another_size_is_silent(d: int, values: int) -> None:
    fact = counterexample(counting_statement(d), [0] * values)
    assert bearing("quasi-uniform-counting", fact) is Bearing.SILENT


def test_equal_cells_on_the_zero_line_break_the_count() -> None:
    check(row([Fraction(1, 4), Fraction(3, 4)], HALF, -1, 2))


@pytest.mark.parametrize(
    ("certificate", "reason"),
    [
        # One cell is wider than 1/d: [0, 0.55] for nodes at 0.3 and 0.8.
        (row([Fraction(3, 10), Fraction(8, 10)], HALF, -1, 2), "hypothesis 3 does not hold"),
        (row([Fraction(3, 4), Fraction(1, 4)], HALF, -1, 2), "hypothesis 2 does not hold"),
        (row([HALF], HALF, -1, 3), "hypothesis 6 does not hold"),  # max |q| = 2
        (row([HALF], HALF, 0, 0), "hypothesis 7 does not hold"),  # max |q| = 0
        (row([HALF], Fraction(1), -1, 2), "the conclusion holds"),  # |q| = 1 at the node
        (row([HALF], Fraction(2), -1, 2), "hypothesis 4 does not hold"),  # outside the square
    ],
)
def test_the_formal_statement_asks_for_what_it_says(
    certificate: Counterexample, reason: str
) -> None:
    with pytest.raises(RejectedCertificate, match=reason):
        check(certificate)
