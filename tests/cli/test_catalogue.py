import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.running import Cli, command
from ucomp_verify.claims.registry import CLAIMS

# Not pydantic, with which typer itself reads options.
HEAVY = {"sympy", "numpy", "scipy", "flint", "mpmath", "hypothesis", "jinja2", "rich", "pebble"}


def test_list_names_every_claim(cli: Cli) -> None:
    ran = cli("list")
    assert ran.code == 0
    assert ran.err == ""
    assert all(claim.slug in ran.out for claim in CLAIMS)


def test_list_in_json_is_one_document(cli: Cli) -> None:
    document = json.loads(cli("list", "--json").out)
    assert document["schema"] == "ucomp-list/1"
    assert [row["slug"] for row in document["claims"]] == [claim.slug for claim in CLAIMS]
    assert all(row["statement"] and row["label"] for row in document["claims"])


def _loaded(code: str, folder: Path) -> set[str]:
    """The heavy packages that are there once the code has run."""
    report = f"{code}\nimport sys\nprint('\\n', *sorted(m.split('.')[0] for m in sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", report], cwd=folder, capture_output=True, text=True, check=True
    )
    return HEAVY & set(done.stdout.splitlines()[-1].split())


@pytest.mark.parametrize("arguments", [["list"], ["list", "--json"], ["check", "--help"]])
def test_nothing_heavy_is_loaded(arguments: list[str], tmp_path: Path) -> None:
    assert not _loaded(f"from ucomp_verify.cli import main; main({arguments!r})", tmp_path)


def test_the_test_of_what_is_loaded_can_fail(tmp_path: Path) -> None:
    assert "numpy" in _loaded("import numpy", tmp_path)


def test_list_starts_fast(tmp_path: Path) -> None:
    """In processor time: what else runs on the machine must not count."""
    seconds = list[float]()
    for _ in range(3):
        before = os.times()
        assert command("list", cwd=tmp_path).code == 0
        after = os.times()
        user = after.children_user - before.children_user
        seconds.append(user + after.children_system - before.children_system)
    assert 0 < min(seconds) < 0.6, seconds


def test_explain_shows_statement_evidence_and_how_to_see_it_again(cli: Cli) -> None:
    ran = cli("explain", "levelset-remez")
    assert ran.code == 0
    assert "lemma:levelset-remez" in ran.out
    assert "refuted" in ran.out
    assert "python -m ucomp_verify.kernel" in ran.out


def test_explain_of_an_unknown_claim_names_close_ones(cli: Cli) -> None:
    ran = cli("explain", "small-bal")
    assert ran.code == 2
    assert "small-ball" in ran.err
    assert ran.out == ""


def test_the_graph_in_every_form(cli: Cli, tmp_path: Path) -> None:
    assert cli("graph").out.lstrip().startswith("<svg")
    assert cli("graph", "--format", "dot").out.startswith("digraph")
    assert json.loads(cli("graph", "--format", "json").out)
    ran = cli("graph", "--focus", "small-ball", "-o", "deep/graph.svg")
    assert (ran.code, ran.out) == (0, "")
    assert "small-ball" in (tmp_path / "deep" / "graph.svg").read_text()


@pytest.mark.slow  # all claims are checked
def test_the_graph_shows_verdicts_on_demand(cli: Cli) -> None:
    focus = ("graph", "--focus", "levelset-remez", "--format", "json")
    assert "refuted" in cli(*focus, "--verdicts").out
    assert "refuted" not in cli(*focus).out


@pytest.mark.parametrize(
    ("arguments", "text"),
    [(["--focus", "small-bal"], "small-ball"), (["-o", "."], "is a folder")],
)
def test_the_graph_refuses_what_it_cannot_do(cli: Cli, arguments: list[str], text: str) -> None:
    ran = cli("graph", *arguments)
    assert ran.code == 2
    assert text in ran.err


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["check"],
        ["list"],
        ["explain"],
        ["graph"],
        ["cert", "make"],
        ["cert", "check"],
        ["cert", "show"],
        ["compress"],
        ["replay"],
        ["selftest"],
        ["doctor"],
    ],
    ids=" ".join,
)
def test_every_command_has_help_with_an_example(cli: Cli, arguments: list[str]) -> None:
    ran = cli(*arguments, "--help")
    assert ran.code == 0
    assert " ".join(f"Example: ucomp-verify {' '.join(arguments)}".split()) in " ".join(
        ran.out.split()
    )
    assert ran.err == ""


def test_version(cli: Cli) -> None:
    from ucomp_verify import __version__

    assert cli("--version").out == f"ucomp-verify {__version__}\n"
