"""The environment of a report, and what may be imported to make one."""

import subprocess
import sys
from importlib.metadata import version

import pytest

from tests.reports.examples import full, small
from ucomp_verify.reports import environment
from ucomp_verify.verdicts import Standing, Status

_HEAVY = ("numpy", "scipy", "sympy", "mpmath", "flint", "hypothesis", "jinja2", "pydantic", "rich")


def _loaded_after(code: str) -> set[str]:
    """Which of the heavy modules a fresh interpreter has loaded after this code."""
    listed = f"{code}; import sys; print(*[m for m in {_HEAVY} if m in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", listed], capture_output=True, text=True, check=True, timeout=60
    )
    return set(done.stdout.split())


def test_the_environment_names_the_versions_that_are_installed() -> None:
    found = environment()
    versions = dict(found.versions)
    assert next(iter(versions)) == "ucomp-verify"
    assert versions["numpy"] == version("numpy")
    assert "pytest" in versions and "ruff" not in versions
    assert found.python.endswith(".".join(map(str, sys.version_info[:3])))
    assert found.platform


@pytest.mark.parametrize(
    "code",
    [
        "from ucomp_verify.reports import environment; environment()",
        "from ucomp_verify.reports import text, graph, html, junit, json_document",
        "from ucomp_verify.claims.registry import CLAIMS; "
        "from ucomp_verify.reports.text import listing; listing(CLAIMS, width=80)",
    ],
)
def test_nothing_heavy_is_imported(code: str) -> None:
    assert _loaded_after(code) == set()


def test_the_test_for_heavy_imports_can_fail() -> None:
    assert "rich" in _loaded_after("import rich")


def test_the_examples_have_every_status_and_standing() -> None:
    entries = small().entries
    assert {e.verdict.status for e in entries} == set(Status)
    assert {e.standing for e in entries} == set(Standing)
    assert {e.verdict.status for e in full().entries} == set(Status)
