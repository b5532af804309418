"""The formal proofs: the table fits the theories, the log fits both, and the script can fail."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.optional import bare_path, require_program
from ucomp_verify.claims.registry import CLAIMS
from ucomp_verify.evidence.formal import headlines, read_log, read_ties, theories_digest

ROCQ = Path(__file__).parents[2] / "proofs" / "rocq"
THEORIES = ROCQ / "theories"
README = (ROCQ / "README.md").read_text(encoding="utf-8")
TIES = {tie.theorem: tie for tie in read_ties(ROCQ / "theorems.toml")}
HEADLINES = headlines(THEORIES)
SMALL = "Tchakaloff"  # a theory that needs no other


def checked(folder: Path, build: Path) -> subprocess.CompletedProcess[str]:
    """What the script says of the theories in a folder like proofs/rocq."""
    command = ["sh", str(folder / "check.sh"), str(build)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def copy(folder: Path, *, theories: tuple[str, ...] = (SMALL,)) -> Path:
    """The script and some theories in a new folder."""
    target = folder / "rocq"
    (target / "theories").mkdir(parents=True)
    for name in ("check.sh", "log.awk", "uncomment.awk", "packages.txt"):
        shutil.copy(ROCQ / name, target / name)
    for name in theories:
        shutil.copy(THEORIES / f"{name}.v", target / "theories")
    head = (ROCQ / "_CoqProject").read_text().splitlines()[:2]
    lines = [*head, *(f"theories/{name}.v" for name in theories)]
    (target / "_CoqProject").write_text("\n".join(lines) + "\n")
    return target


def test_every_headline_is_tied_and_every_tie_is_a_headline() -> None:
    assert {name for name, (claims, _) in HEADLINES.items() if claims} == set(TIES)


@pytest.mark.parametrize("theorem", sorted(TIES))
def test_the_table_names_the_claims_of_the_theory(theorem: str) -> None:
    assert set(TIES[theorem].claims) == set(HEADLINES[theorem][0])
    assert set(TIES[theorem].claims) <= {claim.slug for claim in CLAIMS}


def test_there_are_many_headlines() -> None:
    assert len(HEADLINES) >= 30


def test_the_readme_names_every_headline_and_how_it_bears() -> None:
    rows = re.findall(r"^\| `(\w+)\.v` \| `(\w+)` \| (.*?) \|", README, re.MULTILINE)
    said = {f"{module}.{name}": bearing for module, name, bearing in rows}
    assert said == {name: _bearing(name) for name in HEADLINES}


def _bearing(name: str) -> str:
    if name not in TIES:
        return "-"
    tie = TIES[name]
    return f"{tie.bearing.value} {', '.join(f'`{claim}`' for claim in tie.claims)}"


def test_the_committed_log_is_of_these_theories() -> None:
    log = read_log(ROCQ / "checked.log", here=False)
    assert log.theories == theories_digest(THEORIES), "run proofs/rocq/check.sh, commit its log"
    assert {t.theorem for t in log.theorems} == set(HEADLINES)
    stale = [t.theorem for t in log.theorems if t.theorem in TIES]
    assert [n for n in stale if TIES[n].sha256 != _logged(log, n)] == []


def _logged(log: object, name: str) -> str:
    from ucomp_verify.evidence.formal import Log

    assert isinstance(log, Log)
    return next(t.sha256 for t in log.theorems if t.theorem == name)


def test_every_theory_is_built() -> None:
    listed = re.findall(r"^theories/(\w+)\.v$", (ROCQ / "_CoqProject").read_text(), re.MULTILINE)
    assert sorted(listed) == sorted(path.stem for path in THEORIES.glob("*.v"))


@pytest.mark.parametrize("path", sorted(THEORIES.glob("*.v")), ids=lambda p: p.stem)
def test_every_theory_says_at_its_head_what_it_proves(path: Path) -> None:
    text = path.read_text()
    assert text.startswith("(*"), "expected a comment that says what is proved"
    assert len(text.splitlines()) <= 500


def test_without_rocq_the_script_says_so(tmp_path: Path) -> None:
    command = ["sh", str(ROCQ / "check.sh"), str(tmp_path / "build")]
    alone = {"PATH": bare_path(tmp_path / "bin")}
    found = subprocess.run(command, capture_output=True, text=True, check=False, env=alone)
    assert found.returncode == 77
    assert "coqc not found: proofs not checked" in found.stdout


def test_a_theory_that_is_not_listed_is_noticed(tmp_path: Path) -> None:
    require_program("coqc")
    folder = copy(tmp_path)
    (folder / "theories" / "Forgotten.v").write_text("Definition x := tt.\n")
    found = checked(folder, tmp_path / "build")
    assert found.returncode == 1
    assert "theories/Forgotten.v is not in _CoqProject" in found.stdout


@pytest.mark.parametrize(
    "line",
    [
        "Lemma gap : False. Proof. Admitted.",
        "Axiom gap : False.",
        "Lemma gap : False. Proof. admit. Abort.",
        "Parameter gap : False.",
        "Unset Guard Checking.",
        "Conjecture gap : False.",
        "Local Axiom gap : False.",
        "Lemma any : True. Proof. exact I. Qed. Axiom gap : False.",
        'Set Warnings "-local-declaration".',
    ],
)
def test_what_is_not_proved_is_noticed(tmp_path: Path, line: str) -> None:
    require_program("coqc")
    folder = copy(tmp_path)
    with (folder / "theories" / f"{SMALL}.v").open("a") as file:
        file.write(f"\n{line}\n")
    found = checked(folder, tmp_path / "build")
    assert found.returncode == 1
    assert "holds an unproved statement or switches a check off" in found.stdout
    assert not (tmp_path / "build" / "checked.log").exists()


def test_no_theory_has_the_name_of_the_library_whose_axioms_are_allowed(tmp_path: Path) -> None:
    require_program("coqc")
    folder = copy(tmp_path, theories=())
    text = "(* HEADLINE sure : - : words *)\nTheorem sure : True. Proof. exact I. Qed.\n"
    (folder / "theories" / "boolp.v").write_text(text)
    with (folder / "_CoqProject").open("a") as file:
        file.write("theories/boolp.v\n")
    found = checked(folder, tmp_path / "build")
    assert found.returncode == 1
    assert "has the name of the library whose axioms are allowed" in found.stdout


def test_words_in_comments_are_no_commands(tmp_path: Path) -> None:
    require_program("awk")
    text = "a (* Admitted. (* Axiom *) Parameter *) b\n(* Abort\n*) c (*) d *) e\n"
    command = ["awk", "-f", str(ROCQ / "uncomment.awk")]
    found = subprocess.run(command, input=text, capture_output=True, text=True, check=True)
    assert found.stdout.split() == ["a", "b", "c", "e"]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("Lemma gap : 0%N = 1%N. Proof. by []. Qed.", "FAIL: the build"),
        ("Hypothesis gap : False.", "FAIL: the build"),  # outside a section it is an axiom
        ("(* HEADLINE nowhere : tchakaloff : words *)", "FAIL: a headline is no theorem"),
        (
            'Local Set Warnings "-all".\nModule Type T. Axiom x : False. End T.',
            "holds an unproved statement",
        ),
    ],
)
def test_a_build_that_fails_is_no_proof(tmp_path: Path, line: str, text: str) -> None:
    require_program("coqc")
    folder = copy(tmp_path)
    with (folder / "theories" / f"{SMALL}.v").open("a") as file:
        file.write(f"\n{line}\n")
    found = checked(folder, tmp_path / "build")
    assert found.returncode == 1, found.stdout
    assert text in found.stdout
    assert not (tmp_path / "build" / "checked.log").exists()


@pytest.mark.slow
def test_an_axiom_of_a_library_that_is_not_allowed_is_noticed(tmp_path: Path) -> None:
    require_program("coqc")
    folder = copy(tmp_path)
    lines = [
        "From Coq Require Classical_Prop.",
        "(* HEADLINE by_cases : tchakaloff : it rests on the excluded middle of another library *)",
        "Theorem by_cases (A : Prop) : A \\/ ~ A.",
        "Proof. exact (Classical_Prop.classic A). Qed.",
    ]
    with (folder / "theories" / f"{SMALL}.v").open("a") as file:
        file.write("\n" + "\n".join(lines) + "\n")
    found = checked(folder, tmp_path / "build")
    assert found.returncode == 1
    assert "an assumption that is not allowed" in found.stdout, found.stdout
    assert "rests on Classical_Prop.classic" in found.stdout


@pytest.mark.slow
def test_all_proofs_are_accepted_as_the_log_says(tmp_path: Path) -> None:
    require_program("coqc")
    found = checked(ROCQ, tmp_path / "build")
    assert found.returncode == 0, found.stdout
    fresh = read_log(tmp_path / "build" / "checked.log", here=True)
    committed = read_log(ROCQ / "checked.log", here=False)
    assert fresh.theorems == committed.theorems
    assert len(found.stdout.splitlines()) == len(HEADLINES) + 1
