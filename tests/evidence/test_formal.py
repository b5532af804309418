"""Formal evidence: from a log of the theories as they are, tied to the statement that was read."""

from hashlib import sha256
from pathlib import Path

import pytest

from ucomp_verify.claims import Bearing
from ucomp_verify.evidence import Authority, Trouble
from ucomp_verify.evidence.formal import (
    MalformedLog,
    Proved,
    formal_evidence,
    headlines,
    read_log,
    read_ties,
    theories_digest,
)
from ucomp_verify.findings import FormalProof

THEORY = """(* A theory.
   More words. *)
(* HEADLINE tchakaloff : tchakaloff, support-reduction : some nodes are enough: N of them *)
Theorem tchakaloff : True.
Proof. exact I. Qed.
(* HEADLINE core : - : a lemma of no claim *)
Theorem core : True.
Proof. exact I. Qed.
"""
STATEMENT = ["Reduce.tchakaloff", "     : forall x : nat,", "       x = x"]
DIGEST = sha256(b"Reduce.tchakaloff : forall x : nat, x = x").hexdigest()
TIE = f"""[[theorem]]
name = "Reduce.tchakaloff"
sha256 = "{DIGEST}"
claims = ["tchakaloff"]
bearing = "proves"
"""


def log_of(theories: str, *, statement: list[str] = STATEMENT, axioms: str = "none") -> str:
    return "\n".join(
        [
            "ucomp-rocq-log 1",
            "date 2026-01-02T03:04:05Z",
            "machine Linux x86_64",
            "rocq 8.16.1",
            f"theories {theories}",
            "theorem Reduce.tchakaloff",
            *(f"| {line}" for line in statement),
            f"assumptions {axioms}",
            "end 1",
            "",
        ]
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """proofs/rocq with one theory, a table and a log of another machine."""
    rocq = tmp_path / "proofs" / "rocq"
    (rocq / "theories").mkdir(parents=True)
    (rocq / "theories" / "Reduce.v").write_text(THEORY)
    (rocq / "theorems.toml").write_text(TIE)
    (rocq / "checked.log").write_text(log_of(theories_digest(rocq / "theories")))
    return rocq


def only(found: Proved) -> FormalProof:
    assert found.problems == () and len(found.evidence) == 1
    finding = found.evidence[0].finding
    assert isinstance(finding, FormalProof)
    return finding


def test_a_tied_theorem_proves_its_claim(folder: Path) -> None:
    found = formal_evidence(["tchakaloff", "ftsp"], folder)
    finding, piece = only(found), found.evidence[0]
    assert piece.claim == "tchakaloff"
    assert piece.authority is Authority.FORMAL
    assert piece.reading.bearing is Bearing.PROVES
    assert piece.reading.shows == finding.words == "some nodes are enough: N of them"
    assert finding.statement == "\n".join(STATEMENT)
    assert finding.file == "proofs/rocq/theories/Reduce.v"
    assert "a log of another machine" in piece.trusts and not finding.here
    assert piece.provenance.sha256 == DIGEST


def test_a_log_of_this_machine_is_preferred(folder: Path) -> None:
    own = folder.parents[1] / "build" / "rocq"
    own.mkdir(parents=True)
    (own / "checked.log").write_text(log_of(theories_digest(folder / "theories")))
    found = formal_evidence(["tchakaloff"], folder)
    assert only(found).here and "a log of another machine" not in found.evidence[0].trusts


def test_axioms_are_trusted_by_name(folder: Path) -> None:
    digest = theories_digest(folder / "theories")
    (folder / "checked.log").write_text(log_of(digest, axioms="classic sig_not_dec"))
    found = formal_evidence(["tchakaloff"], folder)
    assert only(found).axioms == ("classic", "sig_not_dec")
    assert {"axiom classic", "axiom sig_not_dec"} <= set(found.evidence[0].trusts)


def test_nothing_is_asked_of_a_claim_without_a_theorem(folder: Path) -> None:
    (folder / "checked.log").unlink()
    assert formal_evidence(["ftsp"], folder) == Proved((), ())


def test_no_folder_is_no_evidence(tmp_path: Path) -> None:
    assert formal_evidence(["tchakaloff"], tmp_path / "rocq") == Proved((), ())


def changed_theory(folder: Path) -> None:
    (folder / "theories" / "Reduce.v").write_text(THEORY + "(* one more word *)\n")


def no_log(folder: Path) -> None:
    (folder / "checked.log").unlink()


def new_statement(folder: Path) -> None:
    digest = theories_digest(folder / "theories")
    (folder / "checked.log").write_text(log_of(digest, statement=["Reduce.tchakaloff : True"]))


def other_theorem(folder: Path) -> None:
    (folder / "theorems.toml").write_text(TIE.replace("Reduce.tchakaloff", "Reduce.core"))


def cut_off(folder: Path) -> None:
    text = (folder / "checked.log").read_text()
    (folder / "checked.log").write_text(text.replace("end 1\n", ""))


def unknown_bearing(folder: Path) -> None:
    (folder / "theorems.toml").write_text(TIE.replace('"proves"', '"settles"'))


@pytest.mark.parametrize(
    ("change", "trouble", "text"),
    [
        (changed_theory, Trouble.MISSING, "no log is there of these theories as they are now"),
        (no_log, Trouble.MISSING, "sh proofs/rocq/check.sh"),
        (new_statement, Trouble.REJECTED, "says something else than it did: read it"),
        (other_theorem, Trouble.REJECTED, "Reduce.core is not in the log"),
        (cut_off, Trouble.MALFORMED, "incomplete"),
        (unknown_bearing, Trouble.MALFORMED, "'settles' is not a valid Bearing"),
    ],
)
def test_what_is_stale_or_untied_counts_for_nothing(
    folder: Path, change: object, trouble: Trouble, text: str
) -> None:
    assert callable(change)
    change(folder)
    found = formal_evidence(["tchakaloff"], folder)
    assert found.evidence == ()
    assert [p.trouble for p in found.problems] == [trouble]
    assert text in found.problems[0].message


@pytest.mark.parametrize(
    ("line", "by"),
    [
        ("ucomp-rocq-log 1", "ucomp-rocq-log 2"),
        ("assumptions none", "assumption none"),
        ("end 1", "end 2"),
        ("rocq 8.16.1", "coq 8.16.1"),
    ],
)
def test_a_log_that_was_not_written_by_the_script(folder: Path, line: str, by: str) -> None:
    text = (folder / "checked.log").read_text()
    assert line in text
    (folder / "checked.log").write_text(text.replace(line, by))
    with pytest.raises(MalformedLog):
        read_log(folder / "checked.log", here=False)


def test_headlines_are_read_from_the_theories(folder: Path) -> None:
    assert headlines(folder / "theories") == {
        "Reduce.tchakaloff": (
            ("tchakaloff", "support-reduction"),
            "some nodes are enough: N of them",
        ),
        "Reduce.core": ((), "a lemma of no claim"),
    }


def test_a_tie_may_grant_cited_theorems(folder: Path) -> None:
    (folder / "theorems.toml").write_text(TIE + 'assumes = ["Jung 1901"]\n')
    assert read_ties(folder / "theorems.toml")[0].assumes == ("Jung 1901",)
    assert formal_evidence(["tchakaloff"], folder).evidence[0].assumes == ("Jung 1901",)
