"""What README says: its Python runs, its comments are the outputs, its commands exist."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS: list[str] = re.findall(r"```python\n(.*?)```", TEXT, re.DOTALL)


@pytest.mark.parametrize("block", BLOCKS)
def test_the_python_in_it_prints_what_its_comments_say(block: str) -> None:
    result = subprocess.run(
        [sys.executable, "-c", block], capture_output=True, text=True, check=False, cwd=ROOT
    )
    assert result.returncode == 0, result.stderr
    printed = result.stdout.splitlines()
    comments = [line.split("#")[1].strip() for line in block.splitlines() if "print(" in line]
    assert len(printed) == len(comments) > 0
    for line, comment in zip(printed, comments, strict=True):
        assert comment.startswith(line), (line, comment)


def test_there_are_examples() -> None:
    assert len(BLOCKS) >= 2


@pytest.mark.parametrize("target", ["verify", "test", "test-fast", "lint", "bench", "clean"])
def test_every_target_exists(target: str) -> None:
    assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text(), re.MULTILINE)


def test_every_command_exists() -> None:
    from ucomp_verify.cli.app import app

    named = set(re.findall(r"ucomp-verify (\w+)", TEXT))
    known = {c.name or getattr(c.callback, "__name__", "") for c in app.registered_commands}
    known |= {group.name for group in app.registered_groups}
    assert named <= known, named - known


def test_every_link_leads_somewhere() -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", TEXT):
        assert target.startswith("http") or (ROOT / target).exists(), target
