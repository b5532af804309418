"""The polynomial that makes the printed lower bound empty, and that a wrong one is noticed."""

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ucomp_verify.algebra import separation
from ucomp_verify.algebra.separation import check_separation, squared_distances

POINT = st.lists(st.fractions(-2, 2, max_denominator=5), min_size=2, max_size=2)


def test_all_identities_hold() -> None:
    assert check_separation(max_dim=3, max_nodes=3) == 3 * (1 + 2 + 3) + 1


@given(point=POINT, nodes=st.lists(POINT, min_size=1, max_size=4))
def test_it_vanishes_on_the_nodes_alone(point: list[Fraction], nodes: list[list[Fraction]]) -> None:
    value = squared_distances(point, nodes)
    assert value >= 0
    assert (value == 0) == (point in nodes)


def test_a_product_that_forgets_a_node_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    def forgetful(point: list[Any], nodes: list[list[Any]]) -> Any:
        return squared_distances(point, nodes[1:])

    monkeypatch.setattr(separation, "squared_distances", forgetful)
    with pytest.raises(ValueError, match="the product of 1 squared distances in dim 1 is not 0"):
        check_separation(max_dim=1, max_nodes=1)
