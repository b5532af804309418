"""Reduction to power sums: against SymPy's ways, and how its cost grows.

Rows of one group do the same work; pytest-benchmark prints their ratios. Every row
checks its result, so that nothing wrong is timed.
"""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from importlib import import_module
from typing import Any, cast

import pytest

from benchmarks.cases import every_orbit
from ucomp_verify.algebra import (
    MultisymmetricPolynomial,
    PowerSumPolynomial,
    multi_indices,
    point_symbols,
    to_power_sums,
)
from ucomp_verify.algebra.multisymmetric import to_terms
from ucomp_verify.algebra.reduction import monomials_to_power_sums
from ucomp_verify.algebra.vector_partitions import vector_partitions
from ucomp_verify.evidence.pool import run_all

ONE_VARIABLE = ((4, 6), (5, 8), (6, 8), (7, 10), (8, 6))
PLANE = (4, 5, 6)


def once(benchmark: Any, work: Any, *arguments: Any) -> Any:
    return benchmark.pedantic(work, arguments, rounds=1, iterations=1)


@pytest.mark.parametrize(("d", "degree"), ONE_VARIABLE)
def test_ours_from_all_terms(benchmark: Any, d: int, degree: int) -> None:
    benchmark.group = f"one variable a point, d = {d}, degree {degree}"
    polynomial = every_orbit(1, d, degree)
    result = benchmark(to_power_sums, to_terms(polynomial), d, 1)
    assert result.expand() == polynomial


@pytest.mark.parametrize(("d", "degree"), ONE_VARIABLE)
def test_sympy_symmetrize(benchmark: Any, d: int, degree: int) -> None:
    """To elementary polynomials only: Newton's formulas would come on top."""
    sympy: Any = import_module("sympy")
    benchmark.group = f"one variable a point, d = {d}, degree {degree}"
    letters = [x for (x,) in point_symbols(d, 1)]
    terms = {alpha: int(c) for alpha, c in to_terms(every_orbit(1, d, degree)).items()}
    expression = sympy.Poly(terms, *letters).as_expr()
    _, remainder = once(benchmark, sympy.symmetrize, expression, *letters)
    assert remainder == 0


@pytest.mark.parametrize("degree", PLANE)
def test_ours_in_the_plane(benchmark: Any, degree: int) -> None:
    benchmark.group = f"three points of the plane, degree {degree}"
    polynomial = every_orbit(2, 3, degree)
    result = benchmark(to_power_sums, to_terms(polynomial), 3, 2)
    assert result.expand() == polynomial


@pytest.mark.parametrize("degree", PLANE)
def test_a_linear_ansatz(benchmark: Any, degree: int) -> None:
    """Expand every product of power sums of order <= 3 and solve for coefficients."""
    benchmark.group = f"three points of the plane, degree {degree}"
    assert once(benchmark, solve_ansatz, every_orbit(2, 3, degree), degree)


def solve_ansatz(polynomial: MultisymmetricPolynomial, degree: int) -> bool:
    sympy: Any = import_module("sympy.polys.matrices")
    rational: Any = import_module("sympy").QQ
    products = [
        factors
        for order in range(degree + 1)
        for factors in vector_partitions(2, order, max_order=3)
    ]
    columns = [to_terms(PowerSumPolynomial(2, 3, {f: Fraction(1)}).expand()) for f in products]
    terms = to_terms(polynomial)
    monomials = sorted(set(terms).union(*columns))
    rows = [[rational(0)] * (len(columns) + 1) for _ in monomials]
    number = {alpha: i for i, alpha in enumerate(monomials)}
    for j, column in enumerate([*columns, terms]):
        for alpha, c in column.items():
            rows[number[alpha]][j] = rational(c.numerator, c.denominator)
    shape = (len(monomials), len(columns) + 1)
    matrix = sympy.DomainMatrix(rows, shape, rational).to_sparse()
    _, pivots = matrix.rref()
    return len(columns) not in pivots  # the polynomial is a combination of the products


@pytest.mark.parametrize("d", [2, 3])
def test_groebner_elimination(benchmark: Any, d: int) -> None:
    """A basis that rewrites polynomials of d points of the plane in power sums of order <= d."""
    benchmark.group = f"Groebner elimination, {d} points of the plane, at most {LIMIT} s"
    task = Task(partial(elimination_basis, d))
    ((_, outcome),) = once(benchmark, lambda: list(run_all([task], jobs=1, timeout=LIMIT)))
    if isinstance(outcome.error, TimeoutError):
        pytest.skip(f"no basis within {LIMIT} s")
    assert outcome.value


LIMIT = 60


@dataclass(frozen=True)
class Task:
    work: Callable[[], Any]


def elimination_basis(d: int) -> int:
    """The size of the lexicographic basis of the ideal of q_alpha - sum_i w_i^alpha."""
    sympy: Any = import_module("sympy")
    points = point_symbols(d, 2)
    alphas = [alpha for alpha in multi_indices(2, d) if any(alpha)]
    names = sympy.symbols(f"q0:{len(alphas)}")
    relations = [
        q - sum(x ** alpha[0] * y ** alpha[1] for x, y in cast("Any", points))
        for q, alpha in zip(names, alphas, strict=True)
    ]
    letters = [symbol for row in points for symbol in row]
    return len(sympy.groebner(relations, *letters, *names, order="lex").exprs)


@pytest.mark.parametrize("count", range(2, 11))
def test_growth_with_distinct_parts(benchmark: Any, count: int) -> None:
    benchmark.group = "distinct parts: as many products as set partitions (Bell numbers)"
    parts = tuple((2**i,) for i in range(count))
    products = benchmark.pedantic(
        monomials_to_power_sums, ({parts: Fraction(1)},), rounds=3, iterations=1
    )
    benchmark.extra_info["products"] = len(products)
    assert len(products) == (2, 5, 15, 52, 203, 877, 4140, 21147, 115975)[count - 2]


@pytest.mark.parametrize("degree", range(2, 9))
def test_growth_with_the_degree(benchmark: Any, degree: int) -> None:
    benchmark.group = "six points in space, all orbits up to a degree"
    polynomial = every_orbit(3, 6, degree)
    result = benchmark.pedantic(to_power_sums, (polynomial, 6, 3), rounds=1, iterations=1)
    benchmark.extra_info["orbits"] = len(polynomial.orbits)
    benchmark.extra_info["monomials"] = polynomial.num_terms
    assert result.order == min(6, degree)
