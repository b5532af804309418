"""Tensor moments and their components."""

from collections import Counter
from fractions import Fraction
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ucomp_verify.algebra import multi_indices, to_power_sums
from ucomp_verify.algebra.tensor_moments import (
    component_index,
    moment,
    moment_tensor,
    multiplicity,
)

POINTS = st.lists(st.tuples(st.integers(-5, 5), st.integers(-5, 5)), min_size=1, max_size=4)


@given(POINTS, st.integers(0, 4))
def test_the_tensor_is_symmetric_and_its_components_are_moments(
    nodes: list[tuple[int, int]], order: int
) -> None:
    tensor = moment_tensor(nodes, order)
    assert len(tensor) == 2**order
    for axes, value in tensor.items():
        assert value == moment(nodes, component_index(axes, 2))
        assert all(tensor[tuple(other)] == value for other in permutations(axes))


@pytest.mark.parametrize(("dim", "order"), [(1, 5), (2, 3), (3, 4)])
def test_multiplicities_count_components(dim: int, order: int) -> None:
    axes = moment_tensor([(1,) * dim], order)
    counted = Counter(component_index(a, dim) for a in axes)
    assert dict(counted) == {
        alpha: multiplicity(alpha) for alpha in multi_indices(dim, order) if sum(alpha) == order
    }


@given(POINTS, st.data())
def test_a_weight_counts_copies(nodes: list[tuple[int, int]], data: st.DataObject) -> None:
    counts = data.draw(st.lists(st.integers(1, 3), min_size=len(nodes), max_size=len(nodes)))
    copies = [x for x, n in zip(nodes, counts, strict=True) for _ in range(n)]
    assert moment(nodes, (2, 1), counts) == moment(copies, (2, 1))


@given(POINTS)
def test_a_symmetric_polynomial_is_its_form_in_moments(nodes: list[tuple[int, int]]) -> None:
    d = len(nodes)
    rows = [tuple(int(i == j) for j in range(d) for _ in range(2)) for i in range(d)]
    product_sum = dict.fromkeys(rows, Fraction(3))  # 3 sum_i x_i y_i
    form = to_power_sums(product_sum, d, 2).in_moments(d)
    value = Fraction(0)
    for factors, coefficient in form.items():
        for alpha in factors:
            coefficient *= moment(nodes, alpha)
        value += coefficient
    assert value == 3 * sum(x * y for x, y in nodes)


@pytest.mark.parametrize(("nodes", "weights"), [([], None), ([(1, 1)], [0]), ([(1, 1)], [1, 2])])
def test_there_must_be_mass(nodes: list[tuple[int, int]], weights: list[int] | None) -> None:
    with pytest.raises(ValueError, match=r"nodes and \d weights of sum"):
        moment(nodes, (1, 0), weights)


def test_axes_must_exist() -> None:
    with pytest.raises(ValueError, match="expected axes from 0 to 1"):
        component_index((0, 2), 2)
