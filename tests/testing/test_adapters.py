from collections.abc import Callable
from fractions import Fraction
from importlib import import_module
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from flint import fmpq

from tests.testing import faulty
from ucomp_verify.compressors import ExactReduction, RandomSubset
from ucomp_verify.measures import BallWeights, Compression, FloatMeasure
from ucomp_verify.testing import Case, Violation, adapt
from ucomp_verify.testing.rules import LOOSE, check_moments
from ucomp_verify.testing.types import NotApplicable, Raised

MPMATH: Any = import_module("mpmath")  # without types
CASE = Case("three", np.array([[0.0], [1.0], [2.0]]), np.ones(3), 1)


def returning(raw: Any, **options: Any) -> Any:
    def compressor(points: Any, weights: Any, degree: int) -> Any:
        return raw

    return adapt(compressor, **options).compress(CASE)


@pytest.mark.parametrize(
    ("raw", "options"),
    [
        (([0, 2], [1.5, 1.5]), {}),
        ((np.array([0, 2]), np.array([1.5, 1.5])), {}),
        ((np.array([0.0, 2.0]), [1.5, 1.5]), {"result": "indices"}),
        (([0, 1, 2], [1.5, 0.0, 1.5]), {}),
        ([1.5, 0, 1.5], {}),
        (np.array([1.5, 0, 1.5]), {"result": "dense"}),
        ((np.array([[0.0], [2.0]]), [1.5, 1.5]), {}),
        ((np.array([0.0, 2.0]), [1.5, 1.5]), {"result": "points"}),
        ({"indices": [0, 2], "weights": [1.5, 1.5]}, {}),
        ({"points": [[0], [2]], "weights": [1.5, 1.5]}, {}),
        (SimpleNamespace(indices=[0, 2], weights=[1.5, 1.5]), {}),
        (SimpleNamespace(nodes=[[0], [2]], weights=[1.5, 1.5]), {}),
        (([0, 2], [MPMATH.mpf("1.5")] * 2), {}),
    ],
)
def test_forms_of_a_result(raw: Any, options: dict[str, Any]) -> None:
    found = returning(raw, **options)
    assert found.indices == (0, 2)
    assert found.nodes == ((Fraction(0),), (Fraction(2),))
    assert found.weights == (Fraction(3, 2), Fraction(3, 2))
    assert not found.exact


@pytest.mark.parametrize("weight", [Fraction(3, 2), fmpq(3, 2)])
def test_rationals_are_judged_as_exact(weight: Any) -> None:
    assert returning(([0, 2], [weight, weight])).exact
    assert not returning(([0, 2], [weight, 1.5])).exact


def test_balls_are_judged_by_their_radii() -> None:
    nodes = np.array([[0.0], [1.0], [2.0], [3.0]])
    case = Case("four", nodes, np.ones(4), 1)
    tiny = Fraction(1, 10**12)

    def balls(shift: Fraction) -> Any:
        values = (Fraction(2) + shift, Fraction(2))
        return Compression(FloatMeasure(nodes), 1, (0, 3), BallWeights(values, (tiny, tiny), 53))

    def judge(shift: Fraction) -> Any:
        found = adapt(lambda points, weights, degree: balls(shift)).compress(case)  # pyright: ignore
        return check_moments(case, found, LOOSE)

    assert judge(Fraction(0)) == {"defect": "0"}
    assert judge(tiny)["defect"] == "2.5e-13"
    with pytest.raises(Violation, match=r"found a defect of 7.5e-13; .* 5.0e-13, the radii"):
        judge(3 * tiny)


def test_free_nodes_need_be_no_data() -> None:
    found = returning(([[0.5]], [3.0]), free_nodes=True)
    assert (found.nodes, found.indices) == (((Fraction(1, 2),),), None)
    with pytest.raises(Violation, match=r"point 0 of the result, \[0.5\], is no node"):
        returning(([[0.5]], [3.0]))


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (None, "result of type NoneType; expected \\(indices, weights\\)"),
        (([0, 3], [1, 1]), "index 1 of the result is 3; expected 0 to 2"),
        (([0, -1], [1, 1]), "index 1 of the result is -1; expected 0 to 2"),
        (([0, 1], [1.0]), "found 1 weights and 2 nodes in the result; expected as many"),
        ([1.0, 2.0, 3.0, 4.0], "found 4 weights and 3 nodes .* one weight for every node"),
        (([0], [float("nan")]), "weight 0 of the result is nan; expected a finite number"),
        (([0], [float("inf")]), "weight 0 of the result is inf"),
        (([0], ["1"] * 2), "found 2 weights and 1 nodes"),
        ((np.zeros((1, 2)), [3.0]), r"points of shape \(1, 2\) in the result; expected \(n, 1\)"),
        ((np.array([[np.nan]]), [3.0]), "a coordinate that is not finite"),
    ],
)
def test_results_that_cannot_be_read(raw: Any, message: str) -> None:
    with pytest.raises(Violation, match=message):
        returning(raw)


def test_equal_rows_are_told_apart_in_order() -> None:
    case = Case("twins", np.array([[1.0], [1.0], [2.0]]), np.ones(3), 1)
    adapter = adapt(lambda points, weights, degree: (points[[1, 0]], [1, 1]))  # pyright: ignore
    assert adapter.compress(case).indices == (0, 1)


def test_a_seed_and_a_size_are_passed_to_what_takes_them() -> None:
    seen: list[Any] = []

    def with_all(points: Any, weights: Any, degree: int, size: Any = None, *, seed: int = 9) -> Any:
        seen.append((degree, size, seed))
        return weights

    adapter = adapt(with_all)
    adapter.compress(CASE, size=2, seed=5)
    adapter.compress(CASE)
    assert seen == [(1, 2, 5), (1, None, 0)]

    def with_a_state(points: Any, weights: Any, degree: int, random_state: int) -> Any:
        seen.append(random_state)
        return weights

    assert not adapt(with_a_state).takes_size
    adapt(with_a_state).compress(CASE, seed=3)
    assert seen[-1] == 3
    with pytest.raises(NotApplicable, match="takes no size"):
        adapt(with_a_state).compress(CASE, size=2)


@pytest.mark.parametrize("ours", [ExactReduction(), ExactReduction, RandomSubset()])
def test_our_compressors_are_adapted_from_arrays(ours: Any) -> None:
    found = adapt(ours).compress(CASE)
    assert found.exact
    assert len(found) == 2
    assert adapt(adapt(ours)) == adapt(ours)


def test_what_is_raised_is_kept_for_the_check() -> None:
    with pytest.raises(Raised, match="InvalidMeasure: found nan"):
        adapt(ExactReduction()).raw(np.array([[np.nan]]), np.ones(1), 1)


def test_data_are_passed_as_copies() -> None:
    adapt(faulty.spoils_input).compress(CASE)
    assert CASE.weights.tolist() == [1.0, 1.0, 1.0]


@pytest.mark.parametrize(
    ("make", "error", "message"),
    [
        (lambda: adapt(3), TypeError, "found a value of type int; expected a function"),
        (lambda: adapt(len, result="sparse"), ValueError, "found the form 'sparse'; expected"),
    ],
)
def test_what_is_no_compressor(
    make: Callable[[], Any], error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message):
        make()


def test_an_option_is_no_size() -> None:
    def reduce(points: Any, weights: Any, degree: int, tolerance: float = 1e-9) -> Any:
        assert tolerance == 1e-9
        return weights

    assert not adapt(reduce).takes_size
    assert len(adapt(reduce).compress(CASE)) == 3


def _with_size(points: Any, weights: Any, degree: int, size: int = 10) -> Any:
    return weights


def _with_default(points: Any, weights: Any, degree: int, most: int | None = None) -> Any:
    return weights


def _with_fourth(points: Any, weights: Any, degree: int, most: int) -> Any:
    return weights


@pytest.mark.parametrize("reduce", [_with_size, _with_default, _with_fourth])
def test_a_fourth_argument_is_a_size(reduce: Callable[..., Any]) -> None:
    assert adapt(reduce).takes_size


def test_a_pair_with_a_third_part_is_refused_and_three_weights_are_not() -> None:
    arrays = np.array([0, 1]), np.ones(2), np.array([2.0, 3.0])
    with pytest.raises(Violation, match="found a tuple of 3 parts; expected"):
        returning(arrays)
    with pytest.raises(Violation, match=r"weight 0 of the result is .*; expected a finite"):
        returning(iter(arrays))
    assert len(returning((1.0, 1.0, 1.0))) == 3


def test_the_end_of_the_process_is_an_error_like_others() -> None:
    def ends(points: Any, weights: Any, degree: int) -> Any:
        raise SystemExit(3)

    with pytest.raises(Raised, match="SystemExit: 3"):
        adapt(ends).compress(CASE)
