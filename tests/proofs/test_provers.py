"""The committed certificates are what the provers write, and bear on their claims."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from ucomp_verify.claims import Bearing
from ucomp_verify.claims.registry import find
from ucomp_verify.kernel import check, load

PROOFS = Path(__file__).parents[2] / "proofs"
PROVERS = sorted(PROOFS.glob("*/prove.py"))
CERTIFICATES = sorted(PROOFS.glob("*/*.json"))


def by_slug(path: Path) -> str:
    return path.parent.name


def by_file(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


def test_there_are_provers_and_certificates() -> None:
    assert {p.parent for p in CERTIFICATES} == {p.parent for p in PROVERS} != set()


@pytest.mark.parametrize("prover", PROVERS, ids=by_slug)
def test_a_prover_writes_the_committed_certificates_again(prover: Path, tmp_path: Path) -> None:
    environment = os.environ | {"OMP_NUM_THREADS": "1"}
    subprocess.run([sys.executable, prover, tmp_path], check=True, env=environment)
    written = {path.name: path.read_bytes() for path in tmp_path.glob("*.json")}
    committed = {path.name: path.read_bytes() for path in prover.parent.glob("*.json")}
    assert written.keys() == committed.keys()
    assert [name for name in written if written[name] != committed[name]] == []


@pytest.mark.parametrize("path", CERTIFICATES, ids=by_file)
def test_a_certificate_bears_on_the_claim_of_its_folder(path: Path) -> None:
    reading = find(path.parent.name).read(check(load(path)))
    assert reading.bearing is not Bearing.SILENT
    assert reading.shows
