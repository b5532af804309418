"""`cert export` and `cert check --checker rocq`."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.cli.running import Cli
from tests.kernel.gallery import HERE, POINTS, WEIGHTS
from tests.optional import bare_path, missing, require_program
from ucomp_verify.cli import rocq_checker

VALID, FORGED = HERE / "valid", HERE / "forged"
LINE, NAMED = VALID / "cubature-line.json", VALID / "cubature-named.json"
APPROXIMATE = VALID / "approximate-cubature-line.json"


@pytest.fixture
def tools() -> None:
    for name in ("coqc", "ocamlfind", "ocamlopt"):
        require_program(name)
    if subprocess.run(
        ["ocamlfind", "query", "zarith"], capture_output=True, check=False
    ).returncode:
        missing("the OCaml library zarith is not installed")


@pytest.mark.usefixtures("tools")
@pytest.mark.parametrize(
    ("path", "code", "text"),
    [
        (LINE, 0, "3 of 5 nodes in dimension 1 have all moments up to degree 3, defect 0"),
        (VALID / "level-set-line.json", 0, "|p| <= 1/2 on a share 1/2 of the interval"),
        (VALID / "power-sum-identity-pairs.json", 0, "equal on every number of points"),
        (VALID / "syzygy-own-point.json", 0, "zero on 2 points; on the weighted set 4"),
        (APPROXIMATE, 1, "the defect 1/20 is larger than 1/10000000000"),
        (FORGED / "cubature" / "wrong-moment.json", 1, "the moments differ"),
        (HERE / "malformed" / "absent.json", 2, "No such file"),
        (NAMED, 2, "give the data of SHA-256"),
        (VALID / "packing-line.json", 3, "no checker in Rocq for Packing"),
    ],
    ids=lambda value: value.stem if isinstance(value, Path) else "",
)
def test_the_checker_answers_like_the_kernel(cli: Cli, path: Path, code: int, text: str) -> None:
    word = {0: "accepted", 1: "rejected", 2: "malformed", 3: "unchecked"}[code]
    ran = cli("cert", "check", path, "--checker", "rocq")
    assert (ran.code, ran.err) == (code, "")
    assert ran.out.startswith(f"{word:<10} {path}: ") and text in ran.out
    if code < 2:
        assert cli("cert", "check", path).code == code


@pytest.mark.usefixtures("tools")
def test_limits_and_data_are_those_of_the_kernel(cli: Cli) -> None:
    check = ("cert", "check", "--checker", "rocq")
    assert cli(*check, APPROXIMATE, "--max-defect", "0.05").code == 0
    assert cli(*check, APPROXIMATE, "--max-defect", "0.0499").code == 1
    assert cli(*check, APPROXIMATE, "--max-defect", "1", "--require", "exact").code == 1
    assert cli(*check, NAMED, "--points", POINTS, "--weights", WEIGHTS).code == 0
    assert cli(*check, NAMED, "--points", POINTS).code == 1
    assert cli(*check, LINE, FORGED / "cubature" / "wrong-moment.json", NAMED).code == 1


def build_in(monkeypatch: pytest.MonkeyPatch, build: Path) -> None:
    """Let the checker be built, and looked for, in this folder."""

    def folder(_: Path) -> Path:
        return build

    monkeypatch.setattr(rocq_checker, "_build_folder", folder)


def test_without_the_tools_it_says_what_to_install(
    cli: Cli, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", bare_path(tmp_path / "bin"))
    build_in(monkeypatch, tmp_path / "build")
    ran = cli("cert", "check", LINE, "--checker", "rocq")
    assert (ran.code, ran.out) == (4, "")
    assert "coqc not found" in ran.err
    assert "apt-get install coq ocaml-nox ocaml-findlib libzarith-ocaml-dev" in ran.err


def test_a_program_of_other_sources_is_not_used(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from ucomp_verify.cli.errors import Stop

    (tmp_path / "ucomp-checker").write_text("#!/bin/sh\necho accepted anything\n")
    (tmp_path / "sources.sha256").write_text("0" * 64 + "\n")
    build_in(monkeypatch, tmp_path)
    monkeypatch.setenv("PATH", "")
    with pytest.raises(Stop, match="could not be built"):
        rocq_checker.find_checker()


def test_a_theory_and_lines_are_written(cli: Cli, tmp_path: Path) -> None:
    assert cli("cert", "export", LINE, "--to", "rocq", "-o", "c.v").code == 0
    text = (tmp_path / "c.v").read_text()
    assert "Cubature.check_exact certificate = true" in text
    assert "Definition fact F := check_exact_sound F accepted." in text
    assert cli("cert", "export", LINE, "--to", "lines", "-o", "c.txt").code == 0
    assert (tmp_path / "c.txt").read_text().splitlines()[:3] == [
        "ucomp-lines 1 cubature",
        "dim 1",
        "degree 3",
    ]


def test_negative_numbers_and_named_data_are_written(cli: Cli, tmp_path: Path) -> None:
    named = ("cert", "export", NAMED, "--to", "lines", "-o", "c.txt")
    assert cli(*named, "--points", POINTS, "--weights", WEIGHTS).code == 0
    assert "node 4 1\n" in (tmp_path / "c.txt").read_text()
    level = VALID / "level-set-line.json"
    assert cli("cert", "export", level, "--to", "rocq", "-o", "c.v").code == 0
    assert "[(-0x1); 0x1]" in (tmp_path / "c.v").read_text()


@pytest.mark.parametrize(
    ("name", "to", "code", "text"),
    [
        ("packing-line.json", "rocq", 2, "no checker in Rocq for Packing"),
        ("cubature-named.json", "rocq", 2, "give the data of SHA-256"),
    ],
)
def test_what_cannot_be_written_is_refused(
    cli: Cli, tmp_path: Path, name: str, to: str, code: int, text: str
) -> None:
    ran = cli("cert", "export", VALID / name, "--to", to, "-o", "c.v")
    assert ran.code == code and text in ran.err
    assert not (tmp_path / "c.v").exists()


def test_the_certificate_is_never_overwritten(cli: Cli, tmp_path: Path) -> None:
    shutil.copy(LINE, tmp_path / "c.json")
    ran = cli("cert", "export", "c.json", "--to", "rocq", "-o", "c.json")
    assert ran.code == 2 and "is an input" in ran.err


def test_a_false_approximate_rule_has_no_theory(cli: Cli, tmp_path: Path) -> None:
    body: Any = json.loads(APPROXIMATE.read_text())
    body["weights"]["numerators"][0] = "-5"
    (tmp_path / "c.json").write_text(json.dumps(body))
    ran = cli("cert", "export", "c.json", "--to", "rocq", "-o", "c.v")
    assert ran.code == 1 and "the weight at node 0 is not positive" in ran.err
