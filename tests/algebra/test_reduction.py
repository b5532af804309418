"""Reduction to power sums: round trips, values, orders, other ways to the same result."""

import random
from fractions import Fraction
from importlib import import_module
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ucomp_verify.algebra.multisymmetric import (
    MultisymmetricPolynomial,
    NotSymmetric,
    Parts,
    from_terms,
    orbit_size,
    to_terms,
)
from ucomp_verify.algebra.power_sum_polynomial import PowerSumPolynomial
from ucomp_verify.algebra.power_sums import closed_form
from ucomp_verify.algebra.reduction import monomials_to_power_sums
from ucomp_verify.algebra.symmetric import point_symbols, to_power_sums
from ucomp_verify.algebra.vector_partitions import vector_partitions
from ucomp_verify.kernel import check

Node = tuple[int, ...]


def parts_lists(dim: int, most: int, largest: int = 3) -> st.SearchStrategy[Parts]:
    part = st.tuples(*[st.integers(0, largest)] * dim).filter(any)
    return st.lists(part, max_size=most).map(lambda parts: tuple(sorted(parts)))


@st.composite
def polynomials(draw: st.DrawFn) -> MultisymmetricPolynomial:
    """With up to four orbits of degree <= 7, d = 1 and powers above d included."""
    dim, num_points = draw(st.integers(1, 3)), draw(st.integers(1, 4))
    small = parts_lists(dim, num_points, 2).filter(lambda parts: sum(map(sum, parts)) <= 7)
    coefficients = st.fractions(max_denominator=9).filter(bool)
    orbits = draw(st.dictionaries(small, coefficients, max_size=4))
    return MultisymmetricPolynomial(dim, num_points, dict(sorted(orbits.items())))


def reduced(polynomial: MultisymmetricPolynomial) -> PowerSumPolynomial:
    return to_power_sums(polynomial, polynomial.num_points, polynomial.dim)


@given(polynomials())
def test_reducing_and_expanding_gives_it_back(polynomial: MultisymmetricPolynomial) -> None:
    assert reduced(polynomial).expand() == polynomial


@given(polynomials())
def test_no_order_exceeds_d_or_the_degree(polynomial: MultisymmetricPolynomial) -> None:
    result = reduced(polynomial)
    assert result.order <= min(polynomial.num_points, polynomial.degree)
    assert result.degree <= polynomial.degree


@given(polynomials().filter(lambda p: bool(p.orbits)))
def test_the_kernel_accepts_the_certificate(polynomial: MultisymmetricPolynomial) -> None:
    check(reduced(polynomial).certificate(polynomial))


@given(polynomials(), st.randoms(use_true_random=False))
def test_values_agree_before_and_after(
    polynomial: MultisymmetricPolynomial, draw: random.Random
) -> None:
    shape = (polynomial.num_points, polynomial.dim)
    nodes = [[Fraction(draw.randint(-9, 9), 4) for _ in range(shape[1])] for _ in range(shape[0])]
    flat = [x for node in nodes for x in node]
    value = Fraction(0)
    for exponents, coefficient in to_terms(polynomial).items():
        for x, e in zip(flat, exponents, strict=True):
            coefficient *= x**e
        value += coefficient
    assert reduced(polynomial).evaluate(nodes) == value


@given(polynomials(), st.data())
def test_relabelling_the_points_changes_nothing(
    polynomial: MultisymmetricPolynomial, data: st.DataObject
) -> None:
    d, m = polynomial.num_points, polynomial.dim
    order = data.draw(st.permutations(range(d)))
    relabelled = {
        tuple(e for i in order for e in exponents[i * m : (i + 1) * m]): c
        for exponents, c in to_terms(polynomial).items()
    }
    assert to_power_sums(relabelled, d, m) == reduced(polynomial)


@given(st.integers(1, 3).flatmap(lambda dim: parts_lists(dim, 5).filter(bool)))
def test_the_recurrence_agrees_with_the_closed_form(parts: Parts) -> None:
    closed = {factors: c for c, factors in closed_form(parts).right}
    assert monomials_to_power_sums({parts: Fraction(1)}) == closed


@given(polynomials())
def test_normalised_moments_differ_by_powers_of_d(polynomial: MultisymmetricPolynomial) -> None:
    result, d = reduced(polynomial), polynomial.num_points
    moments = result.in_moments(d)
    assert moments == {f: c * d**n for f, (c, n) in result.in_moments_of_any_size().items()}
    nodes = [tuple(range(i, i + polynomial.dim)) for i in range(d)]
    # q_alpha = d p_alpha: weights 1/d turn power sums into moments
    averaged = PowerSumPolynomial(polynomial.dim, d, moments)
    assert averaged.evaluate(nodes, [Fraction(1, d)] * d) == result.evaluate(nodes)


@pytest.mark.parametrize(("d", "degree"), [(1, 3), (2, 5), (3, 4), (4, 4)])
def test_it_agrees_with_symmetrize_for_one_variable_a_point(d: int, degree: int) -> None:
    sympy: Any = import_module("sympy")
    letters: list[Any] = [x for (x,) in point_symbols(d, 1)]
    expression = sympy.Add(*[sympy.Add(*letters) ** k for k in range(degree + 1)])
    expression += sympy.Add(*[x**degree for x in letters])
    result = to_power_sums(expression, d, 1)
    power_sums = {k: sympy.Add(*[x**k for x in letters]) for k in range(1, degree + 1)}
    back = sympy.Add(
        *[
            sympy.Rational(c.numerator, c.denominator)
            * sympy.Mul(*[power_sums[k] for (k,) in factors])
            for factors, c in result.products.items()
        ]
    )
    elementary, remainder, table = sympy.symmetrize(expression.expand(), *letters, formal=True)
    assert remainder == 0
    assert sympy.Poly(back, *letters) == sympy.Poly(elementary.subs(dict(table)), *letters)


@pytest.mark.parametrize(
    ("terms", "message"),
    [
        ({(1, 0): 1}, r"\(1, 0\) and \(0, 1\) .* coefficients are 1 and 0"),
        ({(1, 0): 1, (0, 1): 2}, r"\(1, 0\) and \(0, 1\) .* coefficients are 1 and 2"),
        ({(2, 1): 3, (1, 2): 3, (0, 3): 1}, r"\(0, 3\) and \(3, 0\) .* 1 and 0"),
    ],
)
def test_what_a_permutation_changes_is_refused(
    terms: dict[tuple[int, ...], int], message: str
) -> None:
    with pytest.raises(NotSymmetric, match=message):
        to_power_sums(terms, 2, 1)


def test_forms_of_one_polynomial_give_one_result() -> None:
    sympy: Any = import_module("sympy")
    (a, b), (c, d) = points = point_symbols(2, 2)
    expression: Any = a * d + b * c
    letters = sympy.symbols("x y u v")
    _, x, y, u, v = sympy.ring("x,y,u,v", sympy.QQ)
    results = [
        to_power_sums(expression, 2, 2),
        to_power_sums(sympy.Poly(expression, a, b, c, d), 2, 2),
        to_power_sums(x * v + y * u, 2, 2),
        to_power_sums({(1, 0, 0, 1): 1, (0, 1, 1, 0): 1}, 2, 2),
        to_power_sums(
            letters[0] * letters[3] + letters[1] * letters[2],
            2,
            2,
            variables=(letters[:2], letters[2:]),
        ),
    ]
    assert results == [results[0]] * 5
    assert results[0].products == {((0, 1), (1, 0)): 1, ((1, 1),): -1}
    assert points == ((a, b), (c, d))


@pytest.mark.parametrize(
    ("expression", "message"),
    [
        ("0.5*w1_1 + 0.5*w2_1", "expected rational coefficients, got 0.5"),
        ("w1_1 + w2_1 + z", r"found \['z'\]; pass variables="),
        ("sqrt(2)*w1_1 + sqrt(2)*w2_1", "expected rational coefficients"),
    ],
)
def test_other_coefficients_and_symbols_are_refused(expression: str, message: str) -> None:
    sympy: Any = import_module("sympy")
    with pytest.raises(ValueError, match=message):
        to_power_sums(sympy.sympify(expression), 2, 1)


@pytest.mark.parametrize(
    ("terms", "num_points", "dim", "message"),
    [
        ({(1,): 1}, 2, 1, "expected 2 x 1 exponents, point by point, got 1"),
        ({(1,): 1}, 0, 1, "expected at least one point"),
    ],
)
def test_shapes_are_checked(
    terms: dict[tuple[int, ...], int], num_points: int, dim: int, message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        to_power_sums(terms, num_points, dim)


def test_ghosts() -> None:
    nothing: dict[tuple[int, ...], int] = {}
    assert to_power_sums(nothing, 3, 2).products == {}
    assert to_power_sums({(0, 0, 0): Fraction(7, 3)}, 3, 1).products == {(): Fraction(7, 3)}
    # d = 1: any polynomial of one point is one in its coordinates
    assert to_power_sums({(2, 1): 5}, 1, 2).products == {((0, 1), (1, 0), (1, 0)): 5}
    huge = 10**400
    assert to_power_sums({(1, 0): huge, (0, 1): huge}, 2, 1).products == {((1,),): huge}


def test_twelve_parts() -> None:
    parts: Parts = ((1,),) * 12
    polynomial = MultisymmetricPolynomial(1, 12, {parts: Fraction(1)})
    result = reduced(polynomial)
    assert len(result.products) == 77  # the partitions of 12: Newton's formula for e_12
    check(result.certificate(polynomial))


def test_ten_distinct_parts_have_a_product_for_every_set_partition() -> None:
    parts = tuple((2**i,) for i in range(10))
    assert len(monomials_to_power_sums({parts: Fraction(1)})) == 115_975


def test_all_orbits_of_six_points_in_space_up_to_degree_eight() -> None:
    draw = random.Random(1)
    orbits = [p for order in range(9) for p in vector_partitions(3, order, max_parts=6)]
    polynomial = MultisymmetricPolynomial(
        3, 6, {parts: Fraction(draw.choice([-3, -2, -1, 1, 2, 3])) for parts in orbits}
    )
    assert polynomial.num_terms == 1_562_275  # binom(26, 8) monomials
    result = reduced(polynomial)
    assert result.order == 6
    check(result.certificate(polynomial))


@given(parts_lists(2, 3), st.integers(3, 5))
def test_orbit_sizes_count_the_monomials(parts: Parts, num_points: int) -> None:
    blocks = [*parts, *[(0, 0)] * (num_points - len(parts))]
    assert orbit_size(parts, num_points) == len(set(permutations(blocks)))


@given(polynomials())
def test_terms_and_orbits_are_one_polynomial(polynomial: MultisymmetricPolynomial) -> None:
    terms = to_terms(polynomial)
    assert len(terms) == polynomial.num_terms
    again = from_terms(terms, num_points=polynomial.num_points, dim=polynomial.dim)
    assert again == polynomial


def test_weights_and_nodes_must_be_as_many() -> None:
    with pytest.raises(ValueError, match="2 nodes but 1 weights"):
        PowerSumPolynomial(1, None, {((1,),): Fraction(1)}).evaluate([(1,), (2,)], [1])


def test_an_identity_for_any_number_of_points_asks_for_one() -> None:
    with pytest.raises(ValueError, match="say for how many points"):
        PowerSumPolynomial(1, None, {((1,),): Fraction(1)}).expand()
