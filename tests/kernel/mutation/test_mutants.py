"""The tests of the kernel notice nearly every change of its code.

mutmut changes one operator, number, text or argument of the kernel at a time, and runs
the tests that reach it. A change that no test notices must match `survivors.toml`, which
says why it is harmless; and every entry there must be met, so that none outlives its code.

    make mutants

prints what survived and is not listed. It takes some four minutes on two cores, so it is run
when the kernel or its tests have changed since `survivors.toml` was last found complete:
a fast test compares their hash with the one noted there.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.kernel.mutation.noted import ROOT, TABLE, TESTS, state

CONFIG = """
[tool.mutmut]
source_paths = ["ucomp_verify/kernel"]
also_copy = ["ucomp_verify", "tests", "pyproject.toml"]
pytest_add_cli_args_test_selection = [{tests}]
timeout_multiplier = 2.0
timeout_constant = 2.0
"""

# Prints the changes that the mutants named on the standard input make.
DIFFS = """
import json, sys
from mutmut.mutation.diff_apply import get_diff_for_mutant
print(json.dumps({name: get_diff_for_mutant(name) for name in json.load(sys.stdin)}))
"""

# The decoders are made once in a process: a forked one would inherit those without the
# change, and mutmut would take them to be needed by the first test alone.
CONFTEST = """
import pytest
from ucomp_verify.kernel import reader

@pytest.fixture(autouse=True)
def _decoders_are_made_anew():
    reader.decoder.cache_clear()
"""

SURVIVED, NO_TESTS = 0, 33  # what mutmut notes as the exit status of the tests
TOO_SLOW = (-24, 24, 36, 152, 255)


@dataclass(frozen=True)
class Mutant:
    """A change of one function: the lines that it removes and adds."""

    name: str
    change: str

    def __str__(self) -> str:
        return f"{self.name}\n{self.change}"


@dataclass(frozen=True)
class Outcome:
    """How many mutants there are, which no test noticed, and which ran out of time."""

    total: int
    survivors: list[Mutant]
    too_slow: list[Mutant]


@dataclass(frozen=True)
class Excuse:
    """Why the changes that a pattern matches are harmless."""

    function: str
    change: str
    reason: str

    def covers(self, mutant: Mutant) -> bool:
        """The mutant is of this function and changes this."""
        function = mutant.name.rsplit("__mutmut_", 1)[0]
        return bool(re.search(self.function, function) and re.search(self.change, mutant.change))


def excuses() -> tuple[Excuse, ...]:
    """The table in `survivors.toml`."""
    table = tomllib.loads(TABLE.read_text(encoding="utf-8"))
    return tuple(Excuse(**entry) for entry in table["survivors"])


def _copied(folder: Path) -> Path:
    """A copy of what the tests of the kernel need, set up for mutmut."""
    project = folder / "project"
    leave = shutil.ignore_patterns("__pycache__", "mutants", "mutation")
    for name in ("ucomp_verify", "tests/kernel"):
        shutil.copytree(ROOT / name, project / name, ignore=leave)
    for name in ("tests/conftest.py", "pyproject.toml"):
        shutil.copy(ROOT / name, project / name)
    (project / "tests/kernel/conftest.py").write_text(CONFTEST)
    tests = ", ".join(f'"tests/kernel/test_{name}.py"' for name in TESTS)
    with (project / "pyproject.toml").open("a") as config:
        config.write(CONFIG.format(tests=tests))
    return project


def _python(project: Path, *arguments: str, stdin: str = "") -> str:
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=project,
        env={**os.environ, "HYPOTHESIS_PROFILE": "ci"},
        input=stdin,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, (done.stdout + done.stderr)[-3000:]
    return done.stdout


def _mutants(project: Path, names: list[str]) -> list[Mutant]:
    """The mutants of these names, with what they change."""
    diffs: dict[str, str] = json.loads(_python(project, "-c", DIFFS, stdin=json.dumps(names)))
    lines = {name: re.findall(r"^[-+] .*", diff, re.MULTILINE) for name, diff in diffs.items()}
    return [Mutant(name, "\n".join(changed)) for name, changed in lines.items()]


def _statuses(project: Path) -> dict[str, int]:
    """What became of each mutant: the exit status of its tests."""
    out: dict[str, int] = {}
    for path in (project / "mutants/ucomp_verify/kernel").glob("*.meta"):
        out |= json.loads(path.read_text())["exit_code_by_key"]
    return out


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    """What became of all mutants."""
    project = _copied(tmp_path_factory.mktemp("mutation"))
    _python(project, "-m", "mutmut", "run", "--max-children", str(os.cpu_count() or 2))
    statuses = _statuses(project)
    alive, slow = (
        sorted(name for name, status in statuses.items() if status in kind)
        for kind in ((SURVIVED, NO_TESTS), TOO_SLOW)
    )
    return Outcome(len(statuses), _mutants(project, alive), _mutants(project, slow))


@pytest.mark.slow
@pytest.mark.mutation
def test_every_survivor_is_explained(outcome: Outcome) -> None:
    table = excuses()
    unexplained = [m for m in outcome.survivors if not any(excuse.covers(m) for excuse in table)]
    assert not unexplained, "\n\n".join(map(str, unexplained))


@pytest.mark.slow
@pytest.mark.mutation
def test_every_explanation_is_needed(outcome: Outcome) -> None:
    met = [*outcome.survivors, *outcome.too_slow]  # a slow machine must not make one idle
    idle = [e for e in excuses() if not any(e.covers(mutant) for mutant in met)]
    assert not idle, "\n".join(f"{e.function}: {e.change}" for e in idle)


@pytest.mark.slow
@pytest.mark.mutation
def test_few_survive(outcome: Outcome) -> None:
    assert outcome.total > 1500
    assert len(outcome.survivors) < outcome.total / 20, f"{len(outcome.survivors)} survived"


def test_the_survivors_are_those_of_the_kernel_as_it_is() -> None:
    table = tomllib.loads(TABLE.read_text(encoding="utf-8"))
    assert table["complete_for"] == state(), (
        "the kernel or its tests changed: run `make mutants`, which notes it if they pass"
    )


def test_a_changed_kernel_is_another_state(tmp_path: Path) -> None:
    for folder in ("ucomp_verify/kernel", "tests/kernel"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    assert state(tmp_path) == state()
    with (tmp_path / "ucomp_verify/kernel/rationals.py").open("a") as file:
        file.write("\n")
    assert state(tmp_path) != state()


def test_explanations_say_something() -> None:
    assert all(len(excuse.reason) > 20 for excuse in excuses())
    assert len({(e.function, e.change) for e in excuses()}) == len(excuses())
