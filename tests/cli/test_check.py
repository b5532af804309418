import errno
import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.evidence import Fake, doubt, piece, problem
from tests.cli.running import Cli
from ucomp_verify.claims import Bearing
from ucomp_verify.claims.registry import CLAIMS
from ucomp_verify.cli.investigation import Effort, investigate
from ucomp_verify.evidence import Evidence, Method, Trouble
from ucomp_verify.evidence.gather import Profile
from ucomp_verify.findings import Sample
from ucomp_verify.verdicts import Status, read_baseline, shipped_baseline

PROVES, REFUTES, INSTANCE = Bearing.PROVES, Bearing.REFUTES, Bearing.INSTANCE
ONE = "levelset-remez"  # uses no other claim
TWO = "tchakaloff"


@pytest.fixture
def nothing(monkeypatch: pytest.MonkeyPatch) -> Fake:
    return Fake().install(monkeypatch)


def _document(text: str) -> dict[str, Any]:
    return json.loads(text)


def test_a_printed_refutation_is_found_and_explained_in_json(cli: Cli) -> None:
    ran = cli("check", "--json", "-", "--no-baseline", ONE)
    document = _document(ran.out)
    assert document["schema"] == "ucomp-report/1"
    (claim,) = document["claims"]
    assert (claim["slug"], claim["status"], claim["authority"]) == (ONE, "refuted", "formal")
    assert any("p(x)" in e["shows"] for e in claim["evidence"])
    assert ran.code == 1


def test_the_shipped_baseline_excuses_it(cli: Cli) -> None:
    ran = cli("check", ONE)
    assert ran.code == 0
    assert ONE in ran.out
    assert "refuted" in ran.out


@pytest.mark.parametrize(
    ("evidence", "code"),
    [
        ([piece(ONE, PROVES)], 0),
        ([piece(ONE, INSTANCE)], 0),
        ([piece(ONE, REFUTES)], 1),
        ([piece(ONE, INSTANCE), doubt(ONE)], 1),
        ([piece(ONE, PROVES), doubt(ONE)], 1),
        ([piece(ONE, Bearing.EMPTIES)], 3),
        ([piece(ONE, Bearing.SILENT)], 3),
        ([], 3),
        ([piece(ONE, PROVES), piece(ONE, REFUTES)], 1),  # the framework contradicts itself
    ],
)
def test_exit_code_of_a_verdict(
    cli: Cli, monkeypatch: pytest.MonkeyPatch, evidence: list[Evidence], code: int
) -> None:
    Fake(evidence).install(monkeypatch)
    assert cli("check", "--no-baseline", ONE).code == code


@pytest.mark.parametrize(
    ("troubles", "code"),
    [
        ([Trouble.MALFORMED], 2),
        ([Trouble.REJECTED], 1),
        ([Trouble.TIMEOUT], 6),
        ([Trouble.MEMORY], 6),
        ([Trouble.CRASH], 4),
        ([Trouble.MISSING], 4),
        ([Trouble.TIMEOUT, Trouble.REJECTED, Trouble.MALFORMED], 1),
        ([Trouble.TIMEOUT, Trouble.MISSING], 4),
        ([Trouble.TIMEOUT, Trouble.MALFORMED], 2),
    ],
)
@pytest.mark.parametrize("bearing", [PROVES, Bearing.SILENT])
def test_a_problem_is_never_passed_over(
    cli: Cli,
    monkeypatch: pytest.MonkeyPatch,
    troubles: list[Trouble],
    code: int,
    bearing: Bearing,
) -> None:
    Fake([piece(ONE, bearing)], [problem(ONE, t) for t in troubles]).install(monkeypatch)
    ran = cli("check", "--no-baseline", ONE)
    assert ran.code == code
    assert "it is bad" in ran.out


def test_a_refutation_goes_before_a_problem(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    Fake([piece(ONE, REFUTES)], [problem(ONE, Trouble.MISSING)]).install(monkeypatch)
    assert cli("check", "--no-baseline", ONE).code == 1


def test_an_unknown_claim_is_named_with_close_ones(cli: Cli, nothing: Fake) -> None:
    ran = cli("check", "levelset-remes")
    assert ran.code == 2
    assert "levelset-remez" in ran.err
    assert ran.out == ""
    assert nothing.calls == []


def test_evidence_is_gathered_for_what_is_used_and_only_the_asked_is_reported(
    cli: Cli, nothing: Fake
) -> None:
    ran = cli("check", "--no-baseline", "--json", "-", "small-ball")
    used = {"small-ball", "tchakaloff", "small-ball-enclosing", "deep-set-extension"}
    assert used <= set(nothing.calls[0])
    assert [c["slug"] for c in _document(ran.out)["claims"]] == ["small-ball"]


def test_what_evidence_assumes_is_gathered_too(monkeypatch: pytest.MonkeyPatch) -> None:
    fake = Fake([piece(ONE, PROVES, assumes=(TWO, "Markov inequality")), piece(TWO, PROVES)])
    fake.install(monkeypatch)
    found = investigate([ONE], Effort(Profile.QUICK, seed=0, jobs=1, timeout=1))
    assert found.on(ONE).granting == ("Markov inequality",)
    assert [TWO in call for call in fake.calls] == [False, True]


def test_a_claim_asked_twice_is_reported_once_in_the_order_of_the_registry(
    cli: Cli, nothing: Fake
) -> None:
    del nothing
    ran = cli("check", "--json", "-", ONE, TWO, ONE)
    slugs = [c["slug"] for c in _document(ran.out)["claims"]]
    assert slugs == [c.slug for c in CLAIMS if c.slug in (ONE, TWO)]


def test_all_claims_are_asked_by_default(cli: Cli, nothing: Fake) -> None:
    del nothing
    ran = cli("check", "--json", "-", "--no-baseline")
    assert [c["slug"] for c in _document(ran.out)["claims"]] == [c.slug for c in CLAIMS]
    assert ran.code == 3


def test_more_certificates_are_looked_for_where_it_is_said(
    cli: Cli, nothing: Fake, tmp_path: Path
) -> None:
    (tmp_path / "a").mkdir()
    cli("check", ONE, "--certificates", "a", "--certificates", tmp_path)
    assert nothing.folders[1:] == (Path("a"), tmp_path)


def test_require_is_about_authority(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    finding = Sample("reductions", 9, 9, None, seed=0)
    seen = piece(ONE, INSTANCE, finding=finding, method=Method.PROPERTY_TEST)
    Fake([seen]).install(monkeypatch)
    codes = [cli("check", "--no-baseline", *r, ONE).code for r in ([], ["--require", "exact"])]
    assert codes == [0, 3]
    Fake([piece(ONE, INSTANCE)]).install(monkeypatch)
    codes = [cli("check", "--no-baseline", "--require", r, ONE).code for r in ("exact", "formal")]
    assert codes == [0, 3]


# Results


def test_every_file_is_written_beside_the_table(
    cli: Cli, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    Fake([piece(ONE, PROVES)]).install(monkeypatch)
    options = ["--json", "o/r.json", "--html", "o/r.html", "--junit", "o/r.xml"]
    ran = cli("check", ONE, "--no-baseline", *options)
    assert ran.code == 0
    assert ONE in ran.out
    assert _document((tmp_path / "o/r.json").read_text())["schema"] == "ucomp-report/1"
    assert "<html" in (tmp_path / "o/r.html").read_text()
    assert "<testsuite" in (tmp_path / "o/r.xml").read_text()
    assert ran.err.count("wrote ") == 3


@pytest.mark.parametrize(
    ("options", "text"),
    [
        (["--json", "."], "is a folder"),
        (["--html", "file/r.html"], "cannot be written"),
        (["--html", "-"], "only --json writes to stdout"),
        (["--junit", "x", "--html", "x"], "two results would go to one file"),
        (["--baseline", "b", "--no-baseline"], "exclude each other"),
        (["--baseline", "b"], "`ucomp-verify check --write-baseline FILE` makes one"),
        (["--baseline", "file"], "file: expected JSON"),
        (["--write-baseline", "file"], "file: expected JSON"),
    ],
)
def test_what_cannot_be_written_or_read_is_told_before_the_work(
    cli: Cli, nothing: Fake, tmp_path: Path, options: list[str], text: str
) -> None:
    (tmp_path / "file").write_text("precious")
    ran = cli("check", *options)
    assert ran.code == 2
    assert text in ran.err
    assert ran.out == ""
    assert nothing.calls == []
    assert (tmp_path / "file").read_text() == "precious"


def test_a_disk_that_fills_up_keeps_the_table_and_the_old_file(
    cli: Cli, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    Fake([piece(ONE, PROVES)]).install(monkeypatch)
    (tmp_path / "r.json").write_text("old")

    def full(path: Path, data: bytes) -> int:
        del data
        raise OSError(errno.ENOSPC, "No space left on device", str(path))

    monkeypatch.setattr(Path, "write_bytes", full)
    ran = cli("check", ONE, "--no-baseline", "--json", "r.json")
    assert ran.code == 4
    assert "r.json: not written (No space left" in ran.err
    assert ONE in ran.out
    assert (tmp_path / "r.json").read_text() == "old"


def test_an_interrupt_keeps_what_was_there(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    Fake([piece(ONE, PROVES)], interrupt=True).install(monkeypatch)
    ran = cli("check", "--json", "-", "--no-baseline", ONE, TWO)
    status = {c["slug"]: c["status"] for c in _document(ran.out)["claims"]}
    assert status == {ONE: "proved", TWO: "open"}
    assert ran.code == 130
    assert "interrupted" in ran.err


# Baselines


def test_a_recorded_verdict_matches_and_a_lost_one_is_noticed(
    cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    Fake([piece(ONE, REFUTES)]).install(monkeypatch)
    assert cli("check", ONE, "--no-baseline", "--write-baseline", "b.json").code == 1
    assert cli("check", ONE, "--baseline", "b.json").code == 0
    Fake().install(monkeypatch)
    assert cli("check", ONE, "--baseline", "b.json").code == 3
    Fake([piece(ONE, PROVES)]).install(monkeypatch)
    assert cli("check", ONE, "--baseline", "b.json").code == 3  # it changed: look at it


def test_a_doubt_is_not_excused_by_any_baseline(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    Fake([doubt(ONE)]).install(monkeypatch)
    cli("check", ONE, "--no-baseline", "--write-baseline", "b.json")
    assert cli("check", ONE, "--baseline", "b.json").code == 1


def test_writing_a_baseline_keeps_the_entries_of_other_claims(
    cli: Cli, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    Fake([piece(ONE, REFUTES), piece(TWO, PROVES)]).install(monkeypatch)
    for slug in (ONE, TWO):
        cli("check", slug, "--no-baseline", "--write-baseline", "b.json")
    recorded = _document((tmp_path / "b.json").read_text())
    assert recorded["schema"] == "ucomp-baseline/1"
    assert recorded["claims"] == {
        ONE: {"status": "refuted", "authority": "exact"},
        TWO: {"status": "proved", "authority": "exact"},
    }


def test_no_baseline_is_recorded_from_a_run_with_problems(
    cli: Cli, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    Fake([piece(ONE, PROVES)], [problem(ONE, Trouble.TIMEOUT)]).install(monkeypatch)
    ran = cli("check", ONE, "--no-baseline", "--write-baseline", "b.json")
    assert ran.code == 6
    assert "b.json: not written" in ran.err
    assert not (tmp_path / "b.json").exists()


_SCHEMA = '"schema": "ucomp-baseline/1"'


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ('{"schema": "other"}', _SCHEMA),
        (f"{{{_SCHEMA}}}", "exactly the fields"),
        (f'{{{_SCHEMA}, "claims": []}}', "an object by slug"),
        (
            f'{{{_SCHEMA}, "claims": {{"ftsp": {{"status": "fine"}}}}}}',
            "exactly the fields status, authority",
        ),
        (
            f'{{{_SCHEMA}, "claims": {{"ftsp": {{"status": "open", "authority": 1}}}}}}',
            "an authority among",
        ),
        (
            f'{{{_SCHEMA}, "claims": {{"x": {{"status": "open", "authority": null}}}}}}',
            "records x, not in the registry",
        ),
        ("[" * 100_000, "expected JSON"),
    ],
)
def test_a_file_that_is_no_baseline_is_refused(
    cli: Cli, nothing: Fake, tmp_path: Path, body: str, text: str
) -> None:
    (tmp_path / "b.json").write_text(body)
    ran = cli("check", "--baseline", "b.json")
    assert ran.code == 2
    assert text in ran.err
    assert nothing.calls == []


def test_the_shipped_baseline_excuses_refutations_of_printed_statements_only() -> None:
    recorded = read_baseline(shipped_baseline())
    refuted = {slug for slug, e in recorded.items() if e.status is Status.REFUTED}
    assert recorded.keys() == {c.slug for c in CLAIMS}
    assert refuted <= {c.slug for c in CLAIMS if c.variant.value == "printed"}
    assert {"levelset-remez", "small-ball", "universal-compression"} <= refuted


# The last run


def test_failed_takes_up_where_the_last_run_stopped(
    cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake = Fake([piece(ONE, REFUTES), piece(TWO, PROVES)]).install(monkeypatch)
    assert cli("check", "--no-baseline", ONE, TWO).code == 1
    ran = cli("check", "--no-baseline", "--failed", "--json", "-")
    assert [c["slug"] for c in _document(ran.out)["claims"]] == [ONE]
    fake.evidence = (piece(ONE, PROVES),)
    assert cli("check", "--no-baseline", "--failed").code == 0
    ran = cli("check", "--no-baseline", "--failed")
    assert ran.code == 5
    assert "stood in the last run" in ran.err


def test_a_claim_with_a_problem_has_failed(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    Fake([piece(ONE, PROVES)], [problem(ONE, Trouble.TIMEOUT)]).install(monkeypatch)
    assert cli("check", "--no-baseline", ONE).code == 6
    assert cli("check", "--no-baseline", "--failed").code == 6


def test_failed_without_a_run_runs_nothing(cli: Cli, nothing: Fake) -> None:
    ran = cli("check", "--failed")
    assert ran.code == 5
    assert "no run is on record" in ran.err
    assert nothing.calls == []


def test_a_run_of_some_claims_keeps_the_record_of_the_others(
    cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    Fake([piece(ONE, REFUTES), piece(TWO, REFUTES)]).install(monkeypatch)
    cli("check", "--no-baseline", ONE)
    cli("check", "--no-baseline", TWO)
    ran = cli("check", "--no-baseline", "--failed", "--json", "-")
    assert {c["slug"] for c in _document(ran.out)["claims"]} == {ONE, TWO}


def test_the_record_is_of_one_folder(
    cli: Cli, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    Fake([piece(ONE, REFUTES)]).install(monkeypatch)
    cli("check", "--no-baseline", ONE)
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    assert cli("check", "--no-baseline", "--failed").code == 5


@pytest.mark.parametrize("content", ["", "[]", '{"schema": "x"}', "{", '{"failed": 3}'])
def test_a_spoilt_record_is_no_record(
    cli: Cli, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, content: str
) -> None:
    Fake([piece(ONE, REFUTES)]).install(monkeypatch)
    cli("check", "--no-baseline", ONE)
    (record,) = (tmp_path / "cache").rglob("*.json")
    record.write_text(content)
    assert cli("check", "--failed").code == 5


def test_a_cache_that_cannot_be_written_is_no_failure(
    cli: Cli, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    Fake([piece(ONE, PROVES)]).install(monkeypatch)
    assert cli("check", "--no-baseline", ONE).code == 0
