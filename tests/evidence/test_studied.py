"""Committed results of studies become evidence, as long as their code is the code of today."""

from dataclasses import replace
from pathlib import Path

import pytest

from ucomp_verify.claims import Bearing
from ucomp_verify.claims.registry import CLAIMS, find
from ucomp_verify.evidence import Method, Trouble
from ucomp_verify.evidence.gather import Profile, gather, shipped_proofs
from ucomp_verify.evidence.studied import StaleResults, studies_on, study_findings
from ucomp_verify.findings import Estimate
from ucomp_verify.studies import Table, code_of, load, place_of, slugs
from ucomp_verify.studies.results import FOLDER, read_results, write_results

SLUG, CLAIM = "half-exponent", "half-exponent"


def copied(folder: Path, *, code: str) -> None:
    """The committed results, as if this code had made them."""
    found = read_results(FOLDER / f"{SLUG}.jsonl")
    run = {"code": code, "at": "2026-01-02T00:00:00+00:00"}
    rows = tuple(replace(row, run=run) for row in found.table)
    write_results(
        Table(SLUG, rows), folder / f"{SLUG}.jsonl", version=found.version, machine="a machine"
    )


def test_every_claim_that_a_study_is_made_for_reads_some_of_its_estimates() -> None:
    for results in (read_results(path) for path in sorted(FOLDER.glob("*.jsonl"))):
        estimates = results.study.findings(results.table)
        for claim in results.study.claims:
            read = {find(claim).read(e).bearing for e in estimates}
            assert read - {Bearing.SILENT}, claim


def test_results_of_today_speak_and_stale_ones_are_refused(tmp_path: Path) -> None:
    copied(tmp_path, code=code_of(place_of(SLUG)))
    findings, digest = study_findings(SLUG, tmp_path)
    assert findings
    assert len(digest) == 64
    copied(tmp_path, code="0" * 64)
    with pytest.raises(StaleResults, match="made by other code"):
        study_findings(SLUG, tmp_path)


def test_only_studies_with_results_on_the_claims_asked_for_are_read(tmp_path: Path) -> None:
    assert list(studies_on([CLAIM], tmp_path)) == []
    copied(tmp_path, code="0" * 64)
    assert list(studies_on([CLAIM], tmp_path)) == [(SLUG, [CLAIM])]
    assert list(studies_on(["tchakaloff"], tmp_path)) == []


def test_studies_are_made_for_claims_that_exist() -> None:
    known = {claim.slug for claim in CLAIMS}
    assert all(set(load(place_of(slug)).claims) <= known for slug in slugs())


def test_a_study_is_evidence_of_the_lowest_authority() -> None:
    found = gather(
        [CLAIM],
        folders=[shipped_proofs()],
        profile=Profile.QUICK,
        seed=0,
        jobs=0,
        timeout=100,
    )
    studied = [e for e in found.evidence if e.method is Method.STUDY]
    assert studied
    assert all(isinstance(e.finding, Estimate) for e in studied)
    assert {e.authority.text for e in studied} == {"float"}
    assert not [p for p in found.problems if p.trouble is Trouble.STALE]
