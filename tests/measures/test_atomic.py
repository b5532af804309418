import pickle
from dataclasses import FrozenInstanceError
from fractions import Fraction
from typing import Any, cast

import numpy as np
import pytest

from ucomp_verify.measures import AtomicMeasure


def test_what_it_knows() -> None:
    measure = AtomicMeasure([(0, Fraction(1, 3)), (1, 2), (0, 0)], [2, 0, Fraction(1, 2)])
    assert (measure.dim, measure.support, measure.total_mass) == (2, (0, 2), Fraction(5, 2))
    assert measure.nodes[1] == (1, 2)
    assert all(type(x) is Fraction for row in measure.nodes for x in row)


def test_unit_weights() -> None:
    assert AtomicMeasure.unit([(0,), (5,)]) == AtomicMeasure([(0,), (5,)], [1, 1])


def test_equal_measures_hash_alike_and_survive_pickling() -> None:
    measure = AtomicMeasure.unit([(Fraction(1, 2),)])
    copy = pickle.loads(pickle.dumps(measure))
    assert copy == measure and hash(copy) == hash(measure)


def test_the_input_is_copied_and_the_measure_frozen() -> None:
    nodes, weights = [[1, 2], [3, 4]], [1, 1]
    measure = AtomicMeasure(nodes, weights)
    nodes[0][0], weights[0] = 9, 9
    assert measure.nodes[0] == (1, 2) and measure.weights == (1, 1)
    with pytest.raises(FrozenInstanceError):
        measure.weights = ()  # pyright: ignore[reportAttributeAccessIssue] (it must fail)


@pytest.mark.parametrize(
    ("nodes", "weights", "text"),
    [
        ([], [], "found no nodes; expected at least one"),
        ([()], [1], "found nodes without coordinates"),
        ([(1, 2), (3,)], [1, 1], "node 1 has 1 coordinates and node 0 has 2"),
        ([(1,), (2,)], [1], "found 1 weights for 2 nodes"),
        ([(1,), (2,)], [1, Fraction(-1, 2)], "weight 1 is -1/2; expected weights >= 0"),
        ([(0.5,)], [1], "coordinate 0 of node 0 is 0.5 of type float; .* `exact_measure`"),
        ([(1,)], [float("nan")], "weight 0 is nan of type float"),
        ([(True,)], [1], "of type bool"),
        ([(np.int64(1),)], [1], "of type int64"),
        ([("1",)], [1], "is '1' of type str"),
    ],
)
def test_refused(nodes: object, weights: object, text: str) -> None:
    with pytest.raises(ValueError, match=text):
        AtomicMeasure(cast("Any", nodes), cast("Any", weights))
