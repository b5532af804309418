"""The notebooks run, their committed outputs are the new ones, and they hold no logic.

What a notebook shows is brought up to date by the command in `REFRESH`, the notebook and
its percent script by `jupytext --sync notebooks/NAME.ipynb`.
"""

import ast
import json
import re
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.optional import require_module
from ucomp_verify.claims.registry import find

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
REFRESH = (
    "jupyter execute --inplace --NotebookClient.coalesce_streams=True "
    "--NotebookClient.record_timing=False notebooks/{name}"
)

MOST_LINES = 12  # a code cell
MOST_BYTES = 260_000  # a notebook with its outputs, nine pictures among them
STATEMENTS = (ast.Import, ast.ImportFrom, ast.Assign, ast.Expr, ast.For, ast.Try)
STANDARD = {"dataclasses", "fractions", "itertools", "math"}
LIBRARIES = STANDARD | {"IPython", "matplotlib", "numpy", "sympy", "ucomp_verify"}
PICTURES = ("image/png", "image/svg+xml")  # other fonts draw others: only that there is one counts
ABSOLUTE = re.compile(r"""(?<![\w.}/])/(home|root|usr|tmp|opt|work|Users|var)/|\b[A-Z]:\\""")

# notebooks that lead through several claims
MAPS = {"bounds", "error-scaling", "lottery-ticket", "dataset-compression", "scaling-laws"}

each_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


@dataclass(frozen=True)
class Cell:
    """A cell as its file holds it; the text that one output stream got is in one piece."""

    kind: str
    source: str
    outputs: tuple[tuple[str, str], ...]


def read(text: str) -> list[Cell]:
    return [
        Cell(cell["cell_type"], "".join(cell["source"]), _outputs(cell.get("outputs", [])))
        for cell in json.loads(text)["cells"]
    ]


def _outputs(outputs: Iterable[dict[str, Any]]) -> tuple[tuple[str, str], ...]:
    """Streams and displayed texts by name and by MIME type, without execution counts."""
    found: list[tuple[str, str]] = []
    for output in outputs:
        if output["output_type"] == "stream":
            name, text = output["name"], "".join(output["text"])
            joins = bool(found) and found[-1][0] == name
            found.append((name, found.pop()[1] + text if joins else text))
        elif output["output_type"] == "error":
            found.append(("error", f"{output['ename']}: {output['evalue']}"))
        else:
            data = sorted(output["data"].items())
            found.extend(_shown(kind, "".join(text)) for kind, text in data)
    return tuple(found)


def _shown(kind: str, text: str) -> tuple[str, str]:
    return (kind, "a picture" if kind in PICTURES and text else text)


def differences(committed: Sequence[Cell], new: Sequence[Cell]) -> list[str]:
    """One line for each cell whose outputs are others than the committed ones."""
    return [
        f"cell {i}: {a.outputs} became {b.outputs}"
        for i, (a, b) in enumerate(zip(committed, new, strict=True))
        if a.outputs != b.outputs
    ]


def logic(source: str) -> list[str]:
    """What a code cell holds that belongs into the package."""
    lines = [line for line in source.splitlines() if line.strip()]
    found = [f"{len(lines)} lines"] if len(lines) > MOST_LINES else []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.stmt) and not isinstance(node, STATEMENTS):
            found.append(type(node).__name__)
        if isinstance(node, ast.Import | ast.ImportFrom):
            found.extend(f"import of {name}" for name in _roots(node) - LIBRARIES)
    return found


def _roots(node: ast.Import | ast.ImportFrom) -> set[str]:
    if isinstance(node, ast.ImportFrom):
        return {(node.module or ".").partition(".")[0]}
    return {alias.name.partition(".")[0] for alias in node.names}


def execute(text: str, folder: Path) -> list[Cell]:
    """The cells after a run from a clean kernel in that folder; raises if one of them does."""
    nbformat, nbclient = require_module("nbformat"), require_module("nbclient")
    require_module("ipykernel")
    require_module("matplotlib")
    notebook = nbformat.reads(text, as_version=4)
    resources = {"metadata": {"path": str(folder)}}
    nbclient.NotebookClient(notebook, timeout=120, resources=resources).execute()
    return read(nbformat.writes(notebook))


@pytest.fixture
def clean(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine without settings or kernels of a user; the kernel is this interpreter's."""
    for name in ("IPYTHONDIR", "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR"):
        monkeypatch.setenv(name, str(tmp_path / name))
    monkeypatch.delenv("JUPYTER_PATH", raising=False)
    monkeypatch.setenv("JUPYTER_PLATFORM_DIRS", "1")
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.setenv("HYPOTHESIS_STORAGE_DIRECTORY", str(tmp_path / "hypothesis"))
    return tmp_path


def test_there_are_notebooks() -> None:
    assert (FOLDER / "ftsp.ipynb") in NOTEBOOKS


@pytest.mark.slow
@each_notebook
@pytest.mark.parametrize("folder", [FOLDER, ROOT], ids=["notebooks", "root"])
@pytest.mark.usefixtures("clean")
def test_it_runs_and_shows_what_is_committed(path: Path, folder: Path) -> None:
    text = path.read_text(encoding="utf-8")
    found = differences(read(text), execute(text, folder))
    command = REFRESH.format(name=path.name)
    assert not found, "\n".join([*found, f"if the new outputs are right: {command}"])


@pytest.mark.usefixtures("clean")
def test_a_cell_that_raises_and_a_stale_output_are_noticed(tmp_path: Path) -> None:
    v4 = require_module("nbformat.v4")
    nbformat = require_module("nbformat")
    errors = require_module("nbclient.exceptions")

    def notebook(source: str) -> str:
        stale = v4.new_output("stream", name="stdout", text="5\n")
        cell = v4.new_code_cell(source, outputs=[stale], execution_count=1)
        return nbformat.writes(v4.new_notebook(cells=[cell]))

    text = notebook("print(2, '+', 2)")
    assert "5" in differences(read(text), execute(text, tmp_path))[0]
    with pytest.raises(errors.CellExecutionError, match="ZeroDivisionError"):
        execute(notebook("1 / 0"), tmp_path)


@each_notebook
def test_every_code_cell_ran_once_in_order(path: Path) -> None:
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    counts = [cell["execution_count"] for cell in cells if cell["cell_type"] == "code"]
    assert counts == list(range(1, len(counts) + 1))


@each_notebook
def test_it_is_named_after_a_claim_or_a_map_of_them(path: Path) -> None:
    assert path.stem in MAPS or find(path.stem).slug == path.stem


@each_notebook
def test_it_holds_no_logic(path: Path) -> None:
    cells = [c for c in read(path.read_text(encoding="utf-8")) if c.kind == "code"]
    found = {i: logic(cell.source) for i, cell in enumerate(cells) if logic(cell.source)}
    assert not found, f"move this into the package, with tests: {found}"


@pytest.mark.parametrize(
    ("source", "named"),
    [
        ("def double(x):\n    return 2 * x", "FunctionDef"),
        ("class Point:\n    pass", "ClassDef"),
        ("for x in 1, 2:\n    if x > 1:\n        print(x)", "If"),
        ("while True:\n    break", "While"),
        ("import requests", "import of requests"),
        ("from .helpers import draw", "import of helpers"),
        ("x = 1\n" * (MOST_LINES + 1), f"{MOST_LINES + 1} lines"),
    ],
)
def test_planted_logic_is_noticed(source: str, named: str) -> None:
    assert named in logic(source)


@each_notebook
def test_it_is_small_and_names_no_path_of_a_machine(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text.encode()) < MOST_BYTES
    assert not ABSOLUTE.search(text)
    assert str(ROOT) not in text
    assert sys.prefix not in text


@pytest.mark.parametrize("text", ['"/home/a/b.json"', "at '/usr/lib/x'", r"C:\data"])
def test_a_planted_path_is_noticed(text: str) -> None:
    assert ABSOLUTE.search(text)


@each_notebook
def test_it_agrees_with_its_percent_script(path: Path) -> None:
    jupytext, nbformat = require_module("jupytext"), require_module("nbformat")
    script = read(nbformat.writes(jupytext.read(path.with_suffix(".py"))))
    committed = read(path.read_text(encoding="utf-8"))
    assert [(c.kind, c.source) for c in script] == [(c.kind, c.source) for c in committed]
