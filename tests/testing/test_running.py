import warnings
from pathlib import Path
from typing import Any

import pytest

from tests.testing import faulty
from ucomp_verify.compressors import ExactReduction, RandomSubset
from ucomp_verify.testing import (
    Check,
    CheckResult,
    ConformanceWarning,
    NonConforming,
    Status,
    check_compressor,
    find_check,
    parametrize_with_checks,
)

CORE = ("core",)


def test_a_healthy_compressor_conforms() -> None:
    heard: list[CheckResult] = []
    results = check_compressor(faulty.healthy, levels=CORE, callback=heard.append)
    assert heard == results
    assert {r.status for r in results} == {Status.PASSED}
    assert next(r for r in results if r.name == "core-uniform-2d").figures["nodes"] == 15


def test_all_failures_are_in_the_error() -> None:
    with pytest.raises(NonConforming, match=r"(?s)loses_mass does not conform: 3 passed, .*again"):
        check_compressor(faulty.loses_mass, levels=CORE)


def test_failures_may_be_warnings_or_results_alone() -> None:
    with pytest.warns(ConformanceWarning, match="spoils_input, core-input-unchanged: found 300"):
        check_compressor(faulty.spoils_input, on_fail="warn", levels=CORE)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        results = check_compressor(faulty.spoils_input, on_fail=None, levels=CORE)
    assert [r.name for r in results if not r.status.conforms] == ["core-input-unchanged"]


def test_expected_failures_are_strict() -> None:
    known = {"core-input-unchanged": "normalises in place"}
    results = check_compressor(faulty.spoils_input, levels=CORE, expected_failures=known)
    (xfailed,) = (r for r in results if r.status is Status.XFAIL)
    assert xfailed.message.startswith("expected (normalises in place): found 300")
    with pytest.raises(NonConforming, match=r"passed; expected it to fail .normalises"):
        check_compressor(faulty.healthy, levels=CORE, expected_failures=known)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"levels": ("cor",)}, "found the level 'cor'; expected some of core, exact"),
        ({"on_fail": "ignore"}, "found on_fail='ignore'"),
        ({"expected_failures": {"core-x": "why"}}, "'core-x', which names no check"),
        ({"expected_failures": {"core-size": " "}}, "no reason for the expected failure"),
    ],
)
def test_wrong_options(options: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        check_compressor(faulty.healthy, **options)


def test_a_lower_degree_can_be_asked_for() -> None:
    def of_degree_2(points: Any, weights: Any, degree: int) -> Any:
        if degree > 2:
            raise ValueError("degree 2 at most")
        return faulty.healthy(points, weights, degree)

    results = check_compressor(of_degree_2, levels=CORE, max_degree=2)
    assert all("max_degree=2" in r.reproduce for r in results)


def test_a_failure_can_be_reproduced_as_it_says() -> None:
    (failed,) = (
        r
        for r in check_compressor(faulty.spoils_input, on_fail=None, levels=CORE)
        if not r.status.conforms
    )
    names = {"find_check": find_check, "compressor": faulty.spoils_input}
    with pytest.raises(AssertionError, match="changed by the call"):
        eval(failed.reproduce.partition(", data")[0], names)


@pytest.mark.slow
def test_what_hangs_or_crashes_does_not_end_the_suite() -> None:
    for fault, text in ((faulty.hangs, "no answer within 8 s"), (faulty.crashes, "exit code")):
        results = check_compressor(fault, on_fail=None, levels=CORE, timeout=8, jobs=1)
        wrong = {r.name: r for r in results if not r.status.conforms}
        assert set(wrong) == {"core-d5-few"}
        assert wrong["core-d5-few"].status is Status.ERROR
        assert text in wrong["core-d5-few"].message


@pytest.mark.slow
def test_processes_find_what_this_one_finds() -> None:
    here = check_compressor(faulty.needs_order, on_fail=None, levels=CORE)
    there = check_compressor(faulty.needs_order, on_fail=None, levels=CORE, timeout=60, jobs=2)
    shown = [(r.name, r.status, r.message, dict(r.figures)) for r in here]
    assert shown == [(r.name, r.status, r.message, dict(r.figures)) for r in there]


FEW = parametrize_with_checks(
    [faulty.healthy, ExactReduction(), faulty.spoils_input],
    expected_failures={("spoils_input", "core-input-unchanged"): "normalises in place"},
    levels=CORE,
)


@FEW
def test_conformance(compressor: Any, check: Check) -> None:
    check(compressor)


def test_ids_name_the_compressor_and_the_check() -> None:
    rows = FEW.args[1]
    ids = [row.id for row in rows]
    assert "ExactReduction()-core-uniform-2d" in ids
    assert [row.id for row in rows if row.marks] == ["spoils_input-core-input-unchanged"]
    (mark,) = next(row.marks for row in rows if row.marks)
    assert mark.kwargs == {"reason": "normalises in place", "strict": True}


def test_expected_failures_of_unknown_compressors_are_refused() -> None:
    with pytest.raises(ValueError, match="found expected failures of 'other'"):
        parametrize_with_checks([faulty.healthy], expected_failures={("other", "core-size"): "x"})
    with pytest.raises(ValueError, match="names no check"):
        parametrize_with_checks([faulty.healthy], expected_failures={"core-sighs": "x"})


def test_the_control_fails_with_numbers() -> None:
    results = check_compressor(RandomSubset(), on_fail=None, levels=CORE)
    failed = [r for r in results if not r.status.conforms]
    assert len(failed) > 15
    assert all(r.status is Status.FAILED and "found a defect of" in r.message for r in failed)


def test_the_example_of_the_package_runs(tmp_path: Path) -> None:
    (tmp_path / "mine.py").write_text(
        "def compress(points, weights, degree):\n    return weights\n"
    )
    from ucomp_verify.testing import CannotLoad, load_compressor

    mine = load_compressor(f"{tmp_path}/mine.py:compress")
    with pytest.raises(NonConforming, match="compress does not conform"):
        check_compressor(mine, levels=CORE)
    with pytest.raises(CannotLoad, match=r"found no 'squeeze' in .*mine.py; it has"):
        load_compressor(f"{tmp_path}/mine.py:squeeze")
    with pytest.raises(CannotLoad, match="expected MODULE:NAME"):
        load_compressor("mine.py")
    with pytest.raises(CannotLoad, match="no_such_module cannot be imported"):
        load_compressor("no_such_module:x")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"levels": []}, "found no level; expected some of core"),
        ({"seed": -1}, "found seed=-1; expected an integer >= 0"),
        ({"max_degree": -1}, "found max_degree=-1; expected an integer >= 0"),
        ({"timeout": 0.0}, "found timeout=0.0; expected seconds > 0"),
        ({"timeout": 9.0, "jobs": 0}, "found jobs=0; expected an integer >= 1"),
        ({"jobs": 2}, "found jobs=2 and no timeout; expected one"),
        ({"expected_failures": ["core-size"]}, "found expected failures in a list"),
        ({"expected_failures": {"core-size": None}}, "found no reason for the expected"),
    ],
)
def test_settings_that_cannot_be(options: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        check_compressor(faulty.healthy, **options)


def test_a_level_may_be_given_by_its_name_alone() -> None:
    results = check_compressor(faulty.healthy, levels="core")
    assert {r.level.value for r in results} == {"core"}


@pytest.mark.parametrize("compressors", [[], faulty.healthy])
def test_no_compressors_are_no_tests(compressors: Any) -> None:
    with pytest.raises(ValueError, match="expected a list of one or more"):
        parametrize_with_checks(compressors)
