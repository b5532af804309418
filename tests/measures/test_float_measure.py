"""Float measures: what they refuse, what they never do, and their exact mass."""

import pickle
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from ucomp_verify.measures import FloatMeasure, InvalidMeasure
from ucomp_verify.measures.float_measure import CHUNK

SOME = np.array([[0.0, 1.0], [2.0, 3.0], [4.0, 5.0]])

BAD: list[tuple[str, Any, Any, str]] = [
    (
        "a list",
        [[1.0]],
        None,
        r"found nodes of type list; expected a float64 array of shape \(d, m\)",
    ),
    ("float32", SOME.astype(np.float32), None, r"type float32 and shape \(3, 2\).*as_measure"),
    ("other bytes", SOME.astype(">f8"), None, "found nodes of type >f8"),
    ("one axis", SOME[0], None, r"shape \(2,\); expected"),
    ("no node", SOME[:0], None, r"shape \(0, 2\).*not empty"),
    ("no axis", SOME[:, :0], None, r"shape \(3, 0\).*not empty"),
    ("masked", np.ma.masked_array(SOME), None, "found nodes of type MaskedArray"),
    ("few weights", SOME, np.ones(2), "found 2 weights for 3 nodes.*None if all are 1"),
    ("a column", SOME, np.ones((3, 1)), r"found weights of type float64 and shape \(3, 1\)"),
    ("int weights", SOME, np.ones(3, int), "found weights of type int64"),
    ("nan", np.where(SOME == 3, np.nan, SOME), None, "found nan in nodes, row 1, column 1; "),
    ("inf", np.where(SOME > 1, np.inf, SOME), None, "inf in nodes, row 1, column 0 and 3 more"),
    ("negative", SOME, np.array([1, -2.5, -1]), "the weight -2.5 at node 1 and 1 more bad ones"),
    ("nan weight", SOME, np.array([1, 2, np.nan]), "the weight nan at node 2 in weights"),
    ("inf weight", SOME, np.array([np.inf, 2, 1]), "the weight inf at node 0 in weights"),
]


@pytest.mark.parametrize(
    ("nodes", "weights", "reason"), [b[1:] for b in BAD], ids=[b[0] for b in BAD]
)
def test_bad_arrays_are_refused(nodes: Any, weights: Any, reason: str) -> None:
    with pytest.raises(InvalidMeasure, match=reason):
        FloatMeasure(nodes, weights)


def test_a_bad_number_is_found_in_any_chunk() -> None:
    nodes = np.zeros((2 * CHUNK + 3, 1))
    nodes[CHUNK + 5] = nodes[-1] = np.nan
    with pytest.raises(InvalidMeasure, match=f"row {CHUNK + 5}, column 0 and 1 more bad ones"):
        FloatMeasure(nodes)
    weights = np.zeros(len(nodes))
    weights[-1] = -5e-324
    with pytest.raises(InvalidMeasure, match=f"the weight -5e-324 at node {2 * CHUNK + 2} in"):
        FloatMeasure(np.zeros((len(nodes), 1)), weights)


EVERY_WEIGHT = st.floats(0, 1e308) | st.sampled_from([0.0, -0.0, 5e-324, 1e-300, 1e-13, 1e300])


@settings(deadline=None)
@given(hnp.arrays(np.float64, st.integers(1, 40), elements=EVERY_WEIGHT))
def test_the_mass_is_exact(weights: Any) -> None:
    measure = FloatMeasure(np.zeros((len(weights), 1)), weights)
    assert measure.total_mass == sum(map(Fraction, weights.tolist()))
    assert measure.support.tolist() == [i for i, w in enumerate(weights) if w > 0]
    assert measure.support_size == len(measure.support)


def test_the_mass_is_exact_over_many_chunks() -> None:
    weights = np.random.default_rng(0).random(100_001) * 10.0 ** np.linspace(-300, 300, 100_001)
    measure = FloatMeasure(np.zeros((len(weights), 1)), weights)
    assert measure.total_mass == sum(map(Fraction, weights.tolist()))


def test_weights_of_one_are_none() -> None:
    measure = FloatMeasure(SOME)
    assert (measure.total_mass, measure.support_size) == (3, 3)
    assert measure.support.tolist() == [0, 1, 2]
    assert measure.exact().weights == (1, 1, 1)


def layouts(tmp: Path) -> list[Any]:
    np.save(tmp / "points.npy", SOME)
    frozen = SOME.copy()
    frozen.setflags(write=False)
    wide = np.repeat(SOME, 2, axis=1)[:, ::2]
    return [
        np.load(tmp / "points.npy", mmap_mode="r"),
        frozen,
        wide,
        np.asfortranarray(SOME),
        SOME[::-1].copy()[::-1],
    ]


def test_any_layout_is_taken_as_it_is(tmp_path: Path) -> None:
    for nodes in layouts(tmp_path):
        weights = np.array([1.0, 9, 2, 9, 3, 9])[::2]
        measure = FloatMeasure(nodes, weights)
        assert measure.nodes is nodes
        assert measure.weights is weights
        assert measure.exact() == FloatMeasure(SOME.copy(), weights.copy()).exact()
        assert np.shares_memory(measure.part(slice(1, 3)).nodes, nodes)


def test_parts_are_the_rows_asked_for() -> None:
    measure = FloatMeasure(SOME, np.array([1.0, 2, 3]))
    for places in (slice(1, 3), np.array([1, 2]), np.array([False, True, True]), [1, 2]):
        part = measure.part(places)
        assert part.exact().nodes == measure.exact().nodes[1:]
        assert part.total_mass == 5
    assert [len(chunk) for chunk in measure.chunks(2)] == [2, 1]
    assert [chunk.total_mass for chunk in measure.chunks(1)] == [1, 2, 3]


@pytest.mark.parametrize("places", [slice(3, 9), np.zeros(3, bool), 1, np.array([], int)])
def test_a_part_has_nodes(places: Any) -> None:
    with pytest.raises(InvalidMeasure, match="expected a slice, places or a mask"):
        FloatMeasure(SOME).part(places)


def test_measures_travel_between_processes() -> None:
    part = FloatMeasure(SOME, np.ones(3)).part(slice(1, 3))
    assert pickle.loads(pickle.dumps(part)).exact() == part.exact()
