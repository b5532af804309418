from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.testing import faulty
from ucomp_verify.testing import Case, adapt, failing_test, find_check, literal_case, shrink
from ucomp_verify.testing.running import run_check


@pytest.mark.parametrize(
    ("fault", "name", "most"),
    [
        ("loses_mass", "core-uniform-2d", 2),
        ("ignores_weights", "core-exponential-weights", 2),
        ("drops_light_nodes", "core-light-weights", 4),
        ("negative_pair", "core-uniform-1d", 12),
        ("spoils_input", "core-input-unchanged", 2),
        ("accepts_anything", "robust-nan-in-points", 1),
    ],
)
def test_failing_data_become_small_and_still_fail(fault: str, name: str, most: int) -> None:
    compressor, check = adapt(getattr(faulty, fault)), find_check(name)
    before = run_check(compressor, check)
    small = shrink(compressor, check, check.case(), before.kind, seconds=5)
    assert len(small.points) == len(small.weights) <= most
    after = run_check(compressor, check, case=small)
    assert (after.status, after.kind) == (before.status, before.kind)


def test_what_does_not_fail_is_left_as_it_is() -> None:
    check = find_check("core-uniform-2d")
    case = check.case()
    assert shrink(adapt(faulty.healthy), check, case, "mass") is case


@pytest.mark.parametrize("name", ["core-uniform-2d", "robust-nan-in-points", "robust-empty"])
def test_the_written_test_fails_as_the_check_did(name: str, tmp_path: Path) -> None:
    check = find_check(name)
    place = f"{faulty.__file__}:accepts_anything" if "robust" in name else ""
    place = place or f"{faulty.__file__}:loses_mass"
    compressor = adapt(getattr(faulty, place.rpartition(":")[2]))
    result = run_check(compressor, check)
    case = shrink(compressor, check, check.case(), result.kind, seconds=2)
    text = failing_test(check, result, case, f"load_compressor({place!r})")
    space: dict[str, Any] = {}
    exec(compile(text, str(tmp_path / "test_it.py"), "exec"), space)
    (test,) = (f for n, f in space.items() if n.startswith("test_"))
    with pytest.raises(AssertionError, match="expected"):
        test()
    assert text.startswith('"""A failure of the conformance suite.')
    assert max(map(len, text.splitlines())) <= 120


def test_literals_are_the_same_numbers() -> None:
    points = np.array([[0.1, -np.inf], [5e-324, 1e308]])
    case = literal_case(
        [[x.hex() for x in row] for row in points.tolist()], ["nan", "0x0p+0"], dim=2, degree=3
    )
    assert case.points.tolist() == points.tolist()
    assert np.isnan(case.weights[0])
    assert literal_case([], [], dim=2, degree=1).points.shape == (0, 2)


def test_large_data_are_drawn_anew() -> None:
    check = find_check("scale-1e5-nodes")
    rows = np.zeros((5000, 2))
    large = Case(check.recipe.name, rows, np.ones(5000), 2, seed=4)
    result = run_check(adapt(faulty.loses_mass), check, case=large)
    text = failing_test(check, result, large, "adapt(len)")
    assert 'make_case("1e5-nodes", seed=4)' in text
    assert "POINTS" not in text
