"""The import contracts hold, and each of them would notice an import that it forbids."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LINTER = Path(sys.executable).with_name("lint-imports")


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"PYTHONPATH": str(folder), "NO_COLOR": "1"}
    command = [str(LINTER), "--no-cache"]
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the package and its contracts."""
    ignore = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "ucomp_verify", tmp_path / "ucomp_verify", ignore=ignore)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_the_contracts_hold(copy: Path) -> None:
    result = lint(copy)
    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize(
    ("module", "line", "contract"),
    [
        ("kernel/moments.py", "import numpy", "the kernel uses the standard library only"),
        ("kernel/reader.py", "import ucomp_verify.claims.base", "flows one way"),
        ("claims/ftsp.py", "import numpy", "statements do not depend on floating-point"),
        ("claims/ftsp.py", "import ucomp_verify.verdicts.types", "flows one way"),
        ("verdicts/decide.py", "import ucomp_verify.reports.model", "flows one way"),
        ("reports/model.py", "import ucomp_verify.measures.atomic", "reports weigh nothing"),
        ("stray.py", "X = 1", "flows one way"),  # the layers are exhaustive
    ],
)
def test_a_planted_import_is_noticed(copy: Path, module: str, line: str, contract: str) -> None:
    path = copy / "ucomp_verify" / module
    before = path.read_text() if path.exists() else '"""A module of no layer."""\n'
    path.write_text(f"{before}\n{line}\n")
    result = lint(copy)
    assert result.returncode != 0
    assert contract in result.stdout + result.stderr


def test_only_the_command_line_and_the_kernels_main_print() -> None:
    selected = ["--select", "T20", "--isolated", "--no-cache", "--output-format", "concise"]
    ruff = Path(sys.executable).with_name("ruff")
    result = subprocess.run(
        [str(ruff), "check", *selected, str(ROOT / "ucomp_verify")],
        capture_output=True,
        text=True,
        check=False,
    )
    printing = {
        Path(line.partition(":")[0]).resolve().relative_to(ROOT / "ucomp_verify").as_posix()
        for line in result.stdout.splitlines()
        if "T201" in line
    }
    assert printing
    assert all(p.startswith("cli/") or p == "kernel/__main__.py" for p in printing), printing
