"""A study of the user's own: the documented one runs, and its hash covers what it imports."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from ucomp_verify.studies import Config
from ucomp_verify.studies.code_hash import essence
from ucomp_verify.studies.engine import Task, perform

ROOT = Path(__file__).parents[2]
STUDY = """
from ucomp_verify.studies.config import Config, Result
from ucomp_verify.studies.model import Study
from {cell}
STUDY = Study("own", "", "", 1, {{"default": lambda: [Config.of(d=1)]}}, (), {made},
              lambda t: (), lambda t: (), lambda t: ())
"""
CELL = """
from functools import partial
import helper
def cell(config, seeds, share=1):
    return None
def make(share):
    return lambda config, seeds: None
"""
IN_THREADS = """
import gc, time
from concurrent.futures import ThreadPoolExecutor
from ucomp_verify.studies.code_hash import ROOT, essence
gc.callbacks.append(lambda *_: time.sleep(0))  # threads take turns inside the parser, too
gc.set_threshold(50)
texts = [path.read_text(encoding="utf-8") for path in sorted(ROOT.rglob("*.py"))[:100]]
with ThreadPoolExecutor(4) as threads:
    print(list(threads.map(essence, texts)) == [essence(text) for text in texts])
"""
PRINT = "from ucomp_verify.studies import code_of; print(code_of('own:STUDY'))"


def _run(folder: Path, *command: str) -> str:
    path = os.pathsep.join([str(folder), str(ROOT)])
    ran = subprocess.run(
        [sys.executable, *command],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


def _hash(folder: Path, *, made: str = "cell", helper: str = "A = 1", package: str = "") -> str:
    (folder / "own.py").write_text(STUDY.format(cell="cells import *", made=made))
    (folder / "cells.py").write_text(CELL + package)
    (folder / "helper.py").write_text(helper)
    return _run(folder, "-c", PRINT)


def test_the_hash_covers_modules_of_the_same_folder(tmp_path: Path) -> None:
    first = _hash(tmp_path)
    assert _hash(tmp_path, helper="A = 1  # the same") == first
    assert _hash(tmp_path, helper="A = 2") != first


@pytest.mark.parametrize("made", ["partial(cell, share={})", "make({})"])
def test_settings_of_a_cell_that_is_made_with_the_study_count(tmp_path: Path, made: str) -> None:
    """Else a change of the share would mix rows of two studies in one store."""
    first = _hash(tmp_path, made=made.format(1))
    assert _hash(tmp_path, made=made.format(2)) != first
    assert _hash(tmp_path, made=made.format("1 ")) != _hash(tmp_path, made=made.format(2))


def test_what_stands_beside_a_docstring_counts() -> None:
    assert essence("def f(): 'doc'; return 1") != essence("def f(): 'doc'; return 2")
    assert essence("def f():\n  'größe'; return 1") != essence("def f():\n  'größe'; return 2")
    assert essence("def f():\n  '''a\n  b'''; x = 1") == essence("def f():\n  '''c'''; x = 1")


def test_threads_may_ask_at_once(tmp_path: Path) -> None:
    """Python 3.11 counts the depth of the parser for all threads together (gh-106905)."""
    assert _run(tmp_path, "-c", IN_THREADS) == "True\n"


def test_a_form_feed_moves_no_lines() -> None:
    """It ends no line for the parser: what is left out must be the docstring, not the code."""
    source = "\x0cx = 1\ndef f():\n    'doc'\n    return {}\n"
    assert essence(source.format(1)) != essence(source.format(2))
    assert essence(source) == essence(source.replace("doc", "another"))


def test_a_file_that_changes_during_a_run_is_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The next process would load it: its rows would be stamped as those of the old code."""
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])
    (tmp_path / "changing_own.py").write_text(STUDY.format(cell="changing import *", made="cell"))
    cells = tmp_path / "changing.py"
    cells.write_text("def cell(config, seeds):\n    return Result({'a': 1})\n")
    task = Task("changing_own:STUDY", Config.of(d=1).text)
    first = perform(task).run["code"]
    assert perform(task).run["code"] == first
    cells.write_text(cells.read_text() + "# a comment\n")
    assert perform(task).run["code"] == first
    cells.write_text(cells.read_text().replace("1", "1 + 1"))
    assert perform(task).run["code"] != first


@pytest.mark.slow
def test_the_documented_study_runs(tmp_path: Path) -> None:
    text = (ROOT / "docs" / "own-study.md").read_text(encoding="utf-8")
    (block,) = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    (tmp_path / "sampling.py").write_text(block, encoding="utf-8")
    main = ("-c", "from ucomp_verify.cli import main; main()")
    out = _run(tmp_path, *main, "study", "run", "sampling:STUDY", "--store", "s.db", "-j", "1")
    exponent = re.search(r"Exponent of d\n +exponent\n +(0\.\d+) \+- ", out)
    assert exponent
    assert abs(float(exponent[1]) - 0.5) < 0.2
    assert "sampling, 80 cells: 80 done" in out
