"""Results of other libraries, as they might save them."""

from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from ucomp_verify.measures import Rule, UnreadableInput, read_rule
from ucomp_verify.measures.float_measure import CHUNK

POINTS = np.array([[0.0, 0.0], [1.0, 2.0], [0.1, 0.7], [1.0, 2.0]])
HALF = Fraction(1, 2)


def rule(tmp_path: Path, **arrays: Any) -> Rule:
    np.savez(tmp_path / "result.npz", **arrays)
    return read_rule(tmp_path / "result.npz", POINTS)


def test_indices_and_weights(tmp_path: Path) -> None:
    assert rule(tmp_path, indices=[2, 0], weights=[0.5, 0.1]) == Rule((2, 0), (HALF, Fraction(0.1)))
    assert rule(tmp_path, indices=np.array([[3.0]]), weights=np.array([[2]])) == Rule(
        (3,), (Fraction(2),)
    )


def test_points_and_weights(tmp_path: Path) -> None:
    found = rule(tmp_path, points=POINTS[[2, 1, 0]], weights=[1.0, 0.5, 2.0])
    assert found == Rule((2, 1, 0), (Fraction(1), HALF, Fraction(2)))
    assert rule(tmp_path, points=np.array([[-0.0, 0.0]]), weights=[1.0]).indices == (0,)


def test_equal_points_stand_for_equal_rows_in_turn(tmp_path: Path) -> None:
    assert rule(tmp_path, points=POINTS[[1, 1]], weights=[1.0, 2.0]).indices == (1, 3)
    assert rule(tmp_path, points=POINTS[[1, 1, 1]], weights=[1.0, 2, 3]).indices == (1, 3, 1)


def test_rows_are_found_far_down_as_well(tmp_path: Path) -> None:
    points = np.arange(2.0 * (CHUNK + 10)).reshape(-1, 2)
    kept = [3, CHUNK - 1, CHUNK, CHUNK + 9]
    np.savez(tmp_path / "r.npz", points=points[kept], weights=np.ones(4))
    assert read_rule(tmp_path / "r.npz", points).indices == tuple(kept)


def test_points_on_the_line_may_be_one_dimensional(tmp_path: Path) -> None:
    np.savez(tmp_path / "r.npz", points=[2.0, 1.0], weights=[1.0, 1.0])
    assert read_rule(tmp_path / "r.npz", np.array([[1.0], [2.0]])).indices == (1, 0)


def test_dense_weights(tmp_path: Path) -> None:
    assert rule(tmp_path, weights=[0, 0.5, 0, 3]) == Rule((1, 3), (HALF, Fraction(3)))


def test_indices_and_points_that_agree(tmp_path: Path) -> None:
    found = rule(tmp_path, indices=[3, 0], points=POINTS[[3, 0]], weights=[1.0, 1.0])
    assert found.indices == (3, 0)


def test_weight_0_is_left_out(tmp_path: Path) -> None:
    assert rule(tmp_path, indices=[0, 1], weights=[0.0, 1.0]).indices == (1,)


@pytest.mark.parametrize(
    ("indices", "weights"), [([0, 1], [-1.0, 2.0]), ([1, 1], [1.0, 1.0]), ([0, 99], [1.0, 1.0])]
)
def test_wrong_rules_are_left_for_the_kernel_to_refuse(
    tmp_path: Path, indices: list[int], weights: list[float]
) -> None:
    found = rule(tmp_path, indices=indices, weights=weights)
    assert found == Rule(tuple(indices), tuple(map(Fraction, weights)))


@pytest.mark.parametrize(
    ("arrays", "reason"),
    [
        ({"indices": [0, -1], "weights": [1, 1]}, "the index -1.0 in place 1; expected integers"),
        ({"indices": [0.5], "weights": [1.0]}, "the index 0.5 in place 0"),
        ({"indices": [np.nan], "weights": [1.0]}, "the index nan in place 0"),
        ({"indices": [np.inf], "weights": [1.0]}, "the index inf in place 0"),
        ({"indices": [0, 1], "weights": [1.0]}, "1 weights for 2 nodes"),
        ({"indices": [[0, 1], [2, 3]], "weights": [1.0]}, r"indices of shape \(2, 2\)"),
        ({"indices": [0], "weights": [np.nan]}, "the weight nan at index 0"),
        ({"indices": [0], "weights": [-np.inf]}, "the weight -inf at index 0"),
        ({"indices": [0], "weights": [0.0]}, "no weight but 0"),
        ({"indices": [], "weights": []}, "no weight but 0"),
        ({"indices": ["a"], "weights": [1.0]}, "'indices' of type <U1"),
        ({"weights": [1.0, 1.0]}, "2 weights for 4 nodes"),
        ({"indices": [0]}, "the arrays indices; expected indices and weights, or points"),
        ({"a": [0], "b": [1]}, "the arrays a, b; expected indices and weights"),
        ({"points": [[1.0]], "weights": [1.0]}, r"points of shape \(1, 1\) for data of shape"),
        (
            {"points": [[0.0, 0.0], [1.0, 2.5]], "weights": [1.0, 1.0]},
            r"\[1.0, 2.5\] in row 1, which is no data row \(nearest: row 1, \[1.0, 2.0\], at "
            r"distance 0.5\).*unscaled",
        ),
        ({"points": [[0.1, np.float32(0.7)]], "weights": [1.0]}, "nearest: row 2, .*1.2e-08"),
        ({"points": [[np.nan, 0.0]], "weights": [1.0]}, "which is no data row"),
        (
            {"indices": [1], "points": [[0.0, 0.0]], "weights": [1.0]},
            r"the index 1 and the point \[0.0, 0.0\] in place 0, which differ",
        ),
        (
            {"indices": [0, 1], "points": [[0.0, 0.0]], "weights": [1.0, 1.0]},
            "2 indices and 1 points",
        ),
    ],
)
def test_unreadable_results(tmp_path: Path, arrays: dict[str, Any], reason: str) -> None:
    with pytest.raises(UnreadableInput, match=reason):
        rule(tmp_path, **arrays)


def test_other_files_are_refused(tmp_path: Path) -> None:
    np.save(tmp_path / "r.npy", np.zeros(3))
    with pytest.raises(UnreadableInput, match=r"ends in '\.npy'; expected \.npz"):
        read_rule(tmp_path / "r.npy", POINTS)
    with pytest.raises(UnreadableInput, match="no file of this name"):
        read_rule(tmp_path / "missing.npz", POINTS)
