"""Exact reduction: every property for every kind of measure, degenerate ones included."""

import math
from fractions import Fraction
from typing import Any, cast

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.measures.exactly import moments, monomial_rank
from ucomp_verify.algebra import num_monomials
from ucomp_verify.caratheodory import (
    atomic_reduction,
    caratheodory_reduce,
    exact_elimination,
    refined_features,
)
from ucomp_verify.kernel import check
from ucomp_verify.measures import AtomicMeasure, cubature_certificate, exact_measure
from ucomp_verify.measures.monomials import MomentSystem
from ucomp_verify.strategies import degrees, exact_measures

BIG_PRIME = 2**63 - 25  # the first prime that ranks are looked for with


def line(*values: int) -> AtomicMeasure:
    return AtomicMeasure.unit([(v,) for v in values])


def require_reduction(before: AtomicMeasure, after: AtomicMeasure, degree: int) -> None:
    """All that is promised of a reduction, from the definitions."""
    kept, old = set(after.support), [before.nodes[i] for i in before.support]
    assert after.nodes == before.nodes
    assert kept <= set(before.support)
    assert min(after.weights) >= 0
    assert moments(after.nodes, after.weights, degree) == moments(
        before.nodes, before.weights, degree
    )
    rank = monomial_rank([after.nodes[i] for i in after.support], degree)
    assert len(kept) == rank <= monomial_rank(old, degree)
    assert rank <= min(num_monomials(before.dim, degree), len(old))


@given(before=exact_measures(), degree=degrees())
@example(before=line(0, 1, 2, 3, 4), degree=2)
@example(before=line(0, BIG_PRIME), degree=1)
@example(before=line(*(BIG_PRIME * i for i in range(9))), degree=2)
@example(before=line(5, 5, 5), degree=3)
@example(before=AtomicMeasure([(0,), (1,), (2,)], [0, 3, 0]), degree=0)
def test_the_reduction_is_what_it_promises(before: AtomicMeasure, degree: int) -> None:
    require_reduction(before, caratheodory_reduce(before, degree), degree)


@given(before=exact_measures(), degree=degrees())
def test_the_kernel_accepts_it(before: AtomicMeasure, degree: int) -> None:
    after = caratheodory_reduce(before, degree)
    fact = cast("Any", check(cubature_certificate(before, after, degree)))
    assert (fact.defect, fact.num_nodes) == (0, len(before.nodes))
    assert fact.support_size == len(after.support)


@given(before=exact_measures(), degree=degrees())
def test_a_second_reduction_changes_nothing(before: AtomicMeasure, degree: int) -> None:
    after = caratheodory_reduce(before, degree)
    assert caratheodory_reduce(after, degree) == after


@given(before=exact_measures(max_nodes=12), degree=degrees(max_degree=3), data=st.data())
def test_the_order_of_the_nodes_changes_no_moment(
    before: AtomicMeasure, degree: int, data: st.DataObject
) -> None:
    order = data.draw(st.permutations(range(len(before.nodes))))
    shuffled = AtomicMeasure([before.nodes[i] for i in order], [before.weights[i] for i in order])
    one, other = caratheodory_reduce(before, degree), caratheodory_reduce(shuffled, degree)
    assert moments(one.nodes, one.weights, degree) == moments(other.nodes, other.weights, degree)


@given(before=exact_measures(), degree=degrees())
def test_it_is_deterministic(before: AtomicMeasure, degree: int) -> None:
    assert caratheodory_reduce(before, degree) == caratheodory_reduce(before, degree)


def test_generic_nodes_keep_as_many_as_there_are_monomials() -> None:
    points = np.random.default_rng(1).uniform(-1, 1, (60, 2))
    assert len(caratheodory_reduce(exact_measure(points), 3).support) == num_monomials(2, 3)


def test_no_mass_is_returned_as_it_is() -> None:
    nothing = AtomicMeasure([(1,), (2,)], [0, 0])
    assert caratheodory_reduce(nothing, 2) is nothing


RANDOM = np.random.default_rng(0)
ANGLES = RANDOM.uniform(0, 2 * math.pi, 300)
TINY = RANDOM.uniform(-1, 1, (100, 2)) * 1e-6

HARD: dict[str, tuple[Any, int, int]] = {
    "on a circle up to rounding": (np.c_[np.cos(ANGLES), np.sin(ANGLES)], 4, 15),
    "on a line up to rounding": (np.outer(RANDOM.uniform(-1, 1, 300), [1, 0.3]), 3, 10),
    "exactly on a line": (np.outer(np.arange(-150.0, 150.0), [1, 2]), 4, 5),
    "a lattice finer than the degree": (np.array(list(np.ndindex(4, 4, 4)), float), 5, 44),
    "two tight clusters": (np.r_[TINY, 1 + TINY], 4, 15),
    "far from the origin": (1e8 + RANDOM.uniform(-1, 1, (200, 2)), 4, 15),
    "heavy tails": (RANDOM.standard_cauchy((300, 2)), 5, 21),
    "sizes from 1e-150 to 1e150": (10 ** RANDOM.uniform(-150, 150, (60, 2)), 2, 6),
    "high degree on a line": (RANDOM.uniform(-1, 1, (100, 1)), 30, 31),
    "ten copies of each row": (np.repeat(RANDOM.normal(size=(30, 2)), 10, axis=0), 3, 10),
    "fewer nodes than monomials": (RANDOM.normal(size=(12, 2)), 5, 12),
    "subnormal numbers": (RANDOM.integers(0, 99, (80, 2)) * 5e-324, 3, 10),
}


@pytest.mark.parametrize("name", HARD)
def test_hard_data_are_reduced_to_their_rank(name: str) -> None:
    points, degree, rank = HARD[name]
    before = exact_measure(points)
    after = caratheodory_reduce(before, degree)
    assert len(after.support) <= rank
    fact = cast("Any", check(cubature_certificate(before, after, degree)))
    assert fact.defect == 0


def test_without_any_good_float64_choice_exact_steps_do_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    points, degree, _ = HARD["on a circle up to rounding"]
    before = exact_measure(points[:100])
    called: list[str] = []
    exact_steps = exact_elimination.eliminate

    def watched(system: MomentSystem) -> exact_elimination.Vertex:
        called.append("eliminate")
        return exact_steps(system)

    def blind(system: MomentSystem) -> None:
        del system

    monkeypatch.setattr(refined_features, "refined_features", blind)
    monkeypatch.setattr(exact_elimination, "eliminate", watched)
    require_reduction(before, caratheodory_reduce(before, degree), degree)
    assert called == ["eliminate"]


def test_weights_of_very_different_sizes() -> None:
    points = np.random.default_rng(2).uniform(-1, 1, (300, 2))
    powers = np.random.default_rng(3).integers(-1000, 1000, 300).tolist()
    before = AtomicMeasure(exact_measure(points).nodes, [Fraction(2) ** p for p in powers])
    require_reduction(before, caratheodory_reduce(before, 2), 2)


@pytest.mark.parametrize("degree", [-1, 1.0, "2", True, None])
def test_bad_degrees_are_refused(degree: object) -> None:
    with pytest.raises(ValueError, match=r"found the degree .*; expected an integer >= 0"):
        caratheodory_reduce(line(0, 1), cast("Any", degree))


def test_more_monomials_than_anybody_could_check_are_refused() -> None:
    with pytest.raises(ValueError, match="lower the degree, or reduce the nodes in parts"):
        caratheodory_reduce(AtomicMeasure.unit([(i,) * 60 for i in range(30)]), 20)


@given(before=exact_measures(), degree=degrees())
def test_exact_steps_alone_reduce_without_any_float(before: AtomicMeasure, degree: int) -> None:
    from unittest.mock import patch

    with patch.object(atomic_reduction, "_choices", side_effect=AssertionError("float64")):
        after = caratheodory_reduce(before, degree, exact_steps=True)
    require_reduction(before, after, degree)
