"""The machinery of the tests can fail: each guard is tripped once, in a run of its own."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent


def _environment(**changes: str) -> dict[str, str]:
    """That of this run without what chooses a profile or requires parts, and with changes."""
    chosen = ("CI", "HYPOTHESIS_PROFILE", "UCOMP_REQUIRE_ALL", "PYTEST_ADDOPTS")
    outer = {k: v for k, v in os.environ.items() if k not in chosen}
    return {**outer, "PYTHONDONTWRITEBYTECODE": "1", **changes}


def _pytest(folder: Path, source: str, **environment: str) -> tuple[int, str]:
    """Exit status and output of a run of this one test file under our conftest."""
    tests = folder / "tests"
    tests.mkdir()
    for name in ("conftest.py", "optional.py"):
        shutil.copy(HERE / name, tests)
    (tests / "test_it.py").write_text(source)
    (folder / "pytest.ini").write_text("[pytest]\naddopts = --import-mode=importlib -rs -q\n")
    run = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider"]
    done = subprocess.run(
        run,
        cwd=folder,
        env=_environment(**environment),
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


COUNTS = """
from hypothesis import given, strategies as st

def test_once(record_effective):
    record_effective(7)

@given(st.integers())
def test_each(record_effective, n):
    record_effective(1)

def test_none(record_effective):
    record_effective(0)

def test_forgotten(record_effective):
    pass
"""


def test_effective_cases_are_shown_and_none_at_all_fails(tmp_path: Path) -> None:
    status, output = _pytest(tmp_path, COUNTS)
    assert status == 1
    assert "       7  tests/test_it.py::test_once" in output
    assert "      60  tests/test_it.py::test_each" in output
    assert "       0  tests/test_it.py::test_none" in output
    assert output.count("met in no case: it shows nothing") >= 2
    assert "2 failed, 2 passed" in output


PARTS = """
import pytest
from tests.optional import require_module, require_program

def test_there():
    assert require_program("no-such-program", "sh").name == "sh"
    assert require_module("json").dumps(1) == "1"

def test_program():
    require_program("no-such-program", "nor-this")

def test_module():
    require_module("json.no_such_module")

def test_broken(tmp_path, monkeypatch):
    (tmp_path / "broken_part.py").write_text("import something_else_that_is_missing")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(ModuleNotFoundError, match="something_else_that_is_missing"):
        require_module("broken_part")
"""


def test_missing_parts_skip_with_a_reason(tmp_path: Path) -> None:
    status, output = _pytest(tmp_path, PARTS)
    assert status == 0
    assert "the program no-such-program or nor-this is not in PATH" in output
    assert "the module json.no_such_module is not installed" in output
    assert "2 passed, 2 skipped" in output


def test_missing_parts_fail_where_all_are_required(tmp_path: Path) -> None:
    status, output = _pytest(tmp_path, PARTS, UCOMP_REQUIRE_ALL="1")
    assert status == 1
    assert "2 failed, 2 passed" in output
    assert "UCOMP_REQUIRE_ALL=1 asks for all parts" in output


PROFILE = """
import conftest
from hypothesis import settings
chosen = settings()
print(f"<{chosen.max_examples} {chosen.deadline} {chosen.derandomize} {chosen.database}>")
"""


@pytest.mark.parametrize(
    ("environment", "shown"),
    [
        ({}, "<60 None False DirectoryBased"),
        ({"CI": "true"}, "<60 None True None>"),
        ({"HYPOTHESIS_PROFILE": "ci"}, "<60 None True None>"),
        ({"HYPOTHESIS_PROFILE": "thorough"}, "<1000 None False DirectoryBased"),
        ({"CI": "true", "HYPOTHESIS_PROFILE": "thorough"}, "<1000 None True None>"),
    ],
)
def test_profiles(environment: dict[str, str], shown: str) -> None:
    run = [sys.executable, "-c", PROFILE]
    done = subprocess.run(
        run, cwd=HERE, env=_environment(**environment), capture_output=True, text=True, check=False
    )
    assert shown in done.stdout, done.stderr


FAILING = """
from hypothesis import given, strategies as st

@given(st.text())
def test_fails(text):
    assert not text
"""


@pytest.mark.parametrize("in_ci", [True, False])
def test_nothing_is_stored_in_the_tree_in_ci(tmp_path: Path, in_ci: bool) -> None:
    status, _ = _pytest(tmp_path, FAILING, **({"CI": "true"} if in_ci else {}))
    assert status == 1
    assert (tmp_path / ".hypothesis").exists() is not in_ci
