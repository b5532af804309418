"""The parts of the reduction: exact solving, exact elimination, and the float64 guess."""

from collections.abc import Sequence
from fractions import Fraction

import numpy as np
import pytest
from flint import fmpq
from hypothesis import given
from hypothesis import strategies as st

from tests.measures.exactly import moments, monomial_rank
from ucomp_verify.arithmetic.exact import independent, solve
from ucomp_verify.caratheodory.exact_elimination import eliminate, vertex_near
from ucomp_verify.caratheodory.features import orthonormal_features, quick_features
from ucomp_verify.caratheodory.independence import monomials_independent
from ucomp_verify.caratheodory.refined_features import refined_features
from ucomp_verify.caratheodory.selection import SPARE, select
from ucomp_verify.measures import AtomicMeasure, exact_measure
from ucomp_verify.measures.monomials import moment_system
from ucomp_verify.strategies import degrees, exact_measures

BIG_PRIMES = (2**63 - 25, 2**63 - 165)

COLUMNS = st.integers(1, 5).flatmap(
    lambda rows: st.lists(
        st.lists(st.integers(-3, 3), min_size=rows, max_size=rows), min_size=1, max_size=6
    )
)


@given(columns=COLUMNS)
def test_independent_columns_are_the_first_and_as_many_as_the_rank(
    columns: list[list[int]],
) -> None:
    chosen = independent(columns)
    for j, column in enumerate(columns):
        before = [columns[i] for i in chosen if i < j]
        spanned = solve(before, _rational(column)) is not None if before else not any(column)
        assert (j in chosen) != spanned


@pytest.mark.parametrize("prime", BIG_PRIMES)
def test_columns_that_only_a_prime_makes_dependent(prime: int) -> None:
    assert independent([(1, 0), (1, prime), (0, 3 * prime)]) == [0, 1]
    assert independent([(1, 0, 0), (1, BIG_PRIMES[0] * BIG_PRIMES[1], 0)]) == [0, 1]


@given(columns=COLUMNS, data=st.data())
def test_solving_finds_the_combination(columns: list[list[int]], data: st.DataObject) -> None:
    basis = [columns[j] for j in independent(columns)]
    if not basis:
        return
    parts = st.lists(st.integers(-9, 9), min_size=len(basis), max_size=len(basis))
    wanted = data.draw(parts)
    rows = zip(*basis, strict=True)
    right = [sum(a * b for a, b in zip(row, wanted, strict=True)) for row in rows]
    assert solve(basis, _rational(right)) == wanted


def test_solving_says_when_there_is_no_solution_or_not_one() -> None:
    assert solve([(1, 1)], _rational([1, 2])) is None
    with pytest.raises(ValueError, match="2 columns of rank 1; expected independent"):
        solve([(1, 1), (2, 2)], _rational([1, 1]))


def _rational(values: Sequence[int]) -> list[fmpq]:
    return [fmpq(v) for v in values]


@given(before=exact_measures(), degree=degrees(max_degree=3))
def test_exact_steps_alone_reduce_as_well(before: AtomicMeasure, degree: int) -> None:
    system = moment_system(before, degree)
    vertex = {i: Fraction(int(w.p), int(w.q)) for i, w in eliminate(system).items()}
    nodes = [before.nodes[system.nodes[i]] for i in vertex]
    weights = [w / system.denominator for w in vertex.values()]
    assert min(weights) > 0
    assert moments(nodes, weights, degree) == moments(before.nodes, before.weights, degree)
    assert monomial_rank(nodes, degree) == len(nodes)


def test_exact_steps_alone_reduce_many_nodes() -> None:
    nodes = [(Fraction(i, 7), Fraction(i * i % 101)) for i in range(400)]
    before = AtomicMeasure.unit(nodes)
    vertex = eliminate(moment_system(before, 2))
    kept = [before.nodes[i] for i in vertex]
    weights = [Fraction(int(w.p), int(w.q)) for w in vertex.values()]
    assert moments(kept, weights, 2) == moments(nodes, before.weights, 2)
    assert len(kept) == 6 and min(weights) > 0


def test_a_vertex_near_a_poor_guess_is_repaired_or_refused() -> None:
    columns = [(1, 0), (1, 1), (1, 2), (1, 3)]
    target = (4, 6)  # of weight 1 on all
    ones = vertex_near(columns, [fmpq(1)] * 4, target)
    assert ones is not None and len(ones) == 2
    assert sum(ones.values(), fmpq(0)) == 4
    assert vertex_near(columns, [fmpq(w) for w in (10, 9, 8, 7)], target) is None
    assert vertex_near(columns[2:], [fmpq(1)] * 2, target) is None  # these cannot
    assert vertex_near(columns[:1], [fmpq(1)], target) is None


@given(before=exact_measures(max_nodes=40), degree=degrees())
def test_features_are_orthonormal_and_as_many_as_the_rank(
    before: AtomicMeasure, degree: int
) -> None:
    system = moment_system(before, degree)
    features = quick_features(system)
    assert np.allclose(features @ features.T, np.eye(len(features)), atol=1e-3)
    assert len(features) <= monomial_rank([before.nodes[i] for i in system.nodes], degree)


def test_careful_features_see_what_rounding_hides() -> None:
    angles = np.random.default_rng(0).uniform(0, 6, 200)
    circle = moment_system(exact_measure(np.c_[np.cos(angles), np.sin(angles)]), 4)
    assert len(quick_features(circle)) == 9  # the rank on an exact circle
    features = refined_features(circle)
    assert features is not None and features.shape == (15, 200)
    assert np.allclose(features @ features.T, np.eye(15), atol=1e-9)


@pytest.mark.parametrize(("count", "dim", "degree"), [(30, 1, 3), (500, 2, 4), (3000, 3, 4)])
def test_the_float64_choice_keeps_the_sums_of_the_features(
    count: int, dim: int, degree: int
) -> None:
    points = np.random.default_rng(0).uniform(-1, 1, (count, dim))
    features = orthonormal_features(points, degree)
    weights = np.random.default_rng(1).uniform(0, 1, count)
    narrow, wide = select(features, weights)
    assert len(narrow.places) == len(features)
    assert len(wide.places) == len(features) + SPARE
    for chosen in (narrow, wide):
        assert min(chosen.weights) > 0
        after = features[:, list(chosen.places)] @ np.array(chosen.weights)
        assert np.allclose(after, features @ weights, atol=1e-9 * weights.sum())


@given(
    nodes=st.lists(st.tuples(st.integers(-3, 3), st.integers(-3, 3)), min_size=1, max_size=9),
    degree=degrees(max_degree=4),
)
def test_monomials_are_independent_where_the_rank_says_so(
    nodes: list[tuple[int, int]], degree: int
) -> None:
    exact = [(Fraction(x), Fraction(y)) for x, y in nodes]
    axes = [list(axis) for axis in zip(*nodes, strict=True)]
    assert monomials_independent(axes, degree) == (monomial_rank(exact, degree) == len(nodes))
    if degree:
        line = [[x for x, _ in nodes], [0] * len(nodes)]
        distinct = len(set(line[0])) == len(nodes) <= degree + 1
        assert monomials_independent(line, degree) == distinct


def test_columns_made_for_the_prime_are_independent_all_the_same() -> None:
    """Not the first ones, but as many as the rank."""
    columns = [(1, 0), (1, BIG_PRIMES[0]), (0, 1)]
    chosen = independent(columns)
    assert len(chosen) == 2
    assert solve([columns[j] for j in chosen], _rational([5, 7])) is not None


@pytest.mark.parametrize("degree", range(6))
def test_a_line_has_no_more_independent_nodes_than_the_degree_plus_one(degree: int) -> None:
    for count in (degree + 1, degree + 2):
        line = [list(range(count)), [0] * count]
        assert monomials_independent(line, degree) == (count == degree + 1)
