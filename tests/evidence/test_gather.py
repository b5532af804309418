"""Evidence from certificate folders: read once, offered to every claim that draws on it."""

import json
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import pytest

from ucomp_verify.claims import Bearing
from ucomp_verify.claims.registry import CLAIMS, UnknownClaim
from ucomp_verify.evidence import Method, Trouble
from ucomp_verify.evidence.gather import Gathered, Profile, gather, shipped_proofs
from ucomp_verify.kernel.certificates import LevelSet
from ucomp_verify.writing import save, vector

ALL = [claim.slug for claim in CLAIMS]
GATHERED = {Method.CERTIFICATE, Method.SYMBOLIC, Method.INSTANCES, Method.PROPERTY_TEST}
HALF, ONE = Fraction(1, 2), Fraction(1)
LINE = LevelSet(vector([0, 1]), vector([-1, 1]), HALF, ((-HALF, HALF),), ONE)


def collect(slugs: Sequence[str], *folders: Path, jobs: int = 0) -> Gathered:
    return gather(slugs, folders=folders, profile=Profile.QUICK, seed=0, jobs=jobs, timeout=60)


@pytest.fixture
def certificates_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """No symbolic checks, instances and properties, which have tests of their own."""
    monkeypatch.setattr("ucomp_verify.evidence.gather.CHECKS", ())
    monkeypatch.setattr("ucomp_verify.evidence.instances.table.SLUGS", ())
    monkeypatch.setattr("ucomp_verify.evidence.properties.PROPERTIES", ())


def test_a_certificate_becomes_evidence_with_its_provenance(tmp_path: Path) -> None:
    save(LINE, tmp_path / "levelset-remez" / "line.json")
    (piece,) = collect(["levelset-remez"], tmp_path).evidence
    assert piece.reading.bearing is Bearing.REFUTES
    assert piece.method is Method.CERTIFICATE
    assert piece.provenance.origin.endswith("levelset-remez/line.json")
    assert piece.provenance.reproduce.startswith("python -m ucomp_verify.kernel ")
    assert len(piece.provenance.sha256) == 64


@pytest.mark.usefixtures("certificates_alone")
def test_a_fact_is_offered_to_the_claims_that_draw_on_its_folder() -> None:
    found = collect(["ftsp-degree", "universal-compression"], shipped_proofs()).evidence
    homes = {(e.claim, Path(e.provenance.origin).parent.name) for e in found}
    assert ("ftsp-degree", "ftsp") in homes
    assert ("universal-compression", "small-ball") in homes
    assert {e.claim for e in found} == {"ftsp-degree", "universal-compression"}


@pytest.mark.parametrize(
    ("text", "trouble", "message"),
    [
        ("{", Trouble.MALFORMED, "not a certificate in JSON"),
        ("not-normalised", Trouble.REJECTED, "not 1 at the peak"),
    ],
)
def test_a_bad_certificate_is_a_problem_and_no_evidence(
    tmp_path: Path, text: str, trouble: Trouble, message: str
) -> None:
    path = tmp_path / "levelset-remez" / "bad.json"
    half_line = LevelSet(vector([0, HALF]), LINE.domain, HALF, LINE.pieces, ONE)
    save(half_line, path)
    if text == "{":
        path.write_text(text)
    found = collect(["levelset-remez"], tmp_path)
    assert found.evidence == ()
    (problem,) = found.problems
    assert problem.trouble is trouble
    assert message in problem.message


def test_folders_of_no_claim_and_missing_folders_are_problems(tmp_path: Path) -> None:
    save(LINE, tmp_path / "levelset-remes" / "line.json")
    missing = tmp_path / "missing"
    found = collect(["levelset-remez"], tmp_path, missing)
    messages = {p.trouble: p.message for p in found.problems}
    assert messages.keys() == {Trouble.MISSING, Trouble.MALFORMED}
    assert "no claim 'levelset-remes'" in messages[Trouble.MALFORMED]


def test_an_unknown_claim_is_refused() -> None:
    with pytest.raises(UnknownClaim, match="levelset-remez"):
        collect(["levelset-remes"], shipped_proofs())


def test_a_certificate_in_the_wrong_folder_is_kept_as_silent(tmp_path: Path) -> None:
    save(LINE, tmp_path / "small-ball" / "line.json")
    (piece,) = collect(["small-ball"], tmp_path).evidence
    assert piece.reading.bearing is Bearing.SILENT


def test_processes_and_their_number_change_nothing() -> None:
    slugs = ["levelset-remez", "ftsp-order-sharp", "fixed-smoothness-rate", "half-exponent"]
    alone = collect(slugs, shipped_proofs())
    assert alone == collect(slugs, shipped_proofs(), jobs=2)
    assert {e.claim for e in alone.evidence} == set(slugs)
    assert {e.method for e in alone.evidence} >= GATHERED


@pytest.mark.usefixtures("certificates_alone")
def test_every_committed_certificate_is_read_somewhere() -> None:
    found = collect(ALL, shipped_proofs())
    assert found.problems == ()
    origins = {Path(e.provenance.origin).resolve() for e in found.evidence}
    assert set(shipped_proofs().glob("*/*.json")) <= origins


@pytest.mark.slow
def test_all_evidence_is_had_without_a_problem() -> None:
    found = collect(ALL, shipped_proofs())
    assert found.problems == ()
    assert {e.method for e in found.evidence} > GATHERED


def test_the_shipped_folder_holds_certificates() -> None:
    path = next(shipped_proofs().glob("*/*.json"))
    assert json.loads(path.read_text())["format"] == "ucomp-certificate 1"
