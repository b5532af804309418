import json
from pathlib import Path

import pytest

from tests.cli.evidence import Fake, doubt, piece, problem
from tests.cli.running import Cli
from ucomp_verify.claims import Bearing
from ucomp_verify.evidence import Trouble
from ucomp_verify.selftest import samples
from ucomp_verify.writing import save

RIGHT, WRONG = samples.RULE, samples.rule((0, 1, 2), (2, -1, 2))


def test_a_rejected_certificate_is_kept_and_passes_once_mended(cli: Cli, tmp_path: Path) -> None:
    bad = tmp_path / "mine" / "tchakaloff" / "bad.json"
    save(WRONG, bad)
    ran = cli("check", "tchakaloff", "--no-baseline", "--certificates", "mine", "-j", "1")
    assert ran.code == 1
    assert "not positive" in ran.out
    (failure,) = (tmp_path / "build" / "failures").iterdir()
    assert f"ucomp-verify replay {Path('build/failures') / failure.name}" in ran.err
    ran = cli("replay", failure)
    assert ran.code == 1
    assert "still fails: rejected: the weight at node 1 is not positive" in ran.out
    save(RIGHT, bad)
    ran = cli("replay", failure)
    assert (ran.code, "passes now" in ran.out) == (0, True)
    bad.write_text("{")
    ran = cli("replay", failure)
    assert (ran.code, "still fails: malformed" in ran.out) == (1, True)
    bad.unlink()
    assert cli("replay", failure).code == 2


def test_a_failing_case_of_a_property_is_kept(
    cli: Cli, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    Fake([doubt("tchakaloff")]).install(monkeypatch)
    assert cli("check", "tchakaloff", "--failures", "kept").code == 1
    (failure,) = (tmp_path / "kept").iterdir()
    assert json.loads(failure.read_text()) == {
        "schema": "ucomp-failure/1",
        "claim": "tchakaloff",
        "kind": "property",
        "property": "reductions",
        "case": {"degree": 1},
    }


def test_without_a_failure_no_folder_is_made(
    cli: Cli, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    Fake([piece("tchakaloff", Bearing.PROVES)]).install(monkeypatch)
    assert cli("check", "tchakaloff", "--no-baseline").code == 0
    assert not (tmp_path / "build").exists()


def test_two_failures_of_one_name_are_two_files(
    cli: Cli, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    troubles = [problem("tchakaloff", Trouble.REJECTED, f"{d}/bad.json") for d in "ab"]
    Fake([], troubles).install(monkeypatch)
    for _ in range(2):
        cli("check", "tchakaloff", "--failures", "kept")
    assert len(list((tmp_path / "kept").iterdir())) == 2


def _failure(path: Path, **fields: object) -> Path:
    path.write_text(json.dumps({"schema": "ucomp-failure/1", "claim": "ftsp", **fields}))
    return path


def test_a_case_that_holds_passes(cli: Cli, tmp_path: Path) -> None:
    case = {"parts": [[1, 0], [0, 1]]}
    path = _failure(tmp_path / "f.json", kind="property", property="identities", case=case)
    ran = cli("replay", path)
    assert ran.code == 0
    assert ran.out == "ftsp: property identities: passes now\n"


def test_a_case_that_fails_still_fails(
    cli: Cli, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def fails(name: str, case: object) -> str:
        return f"{name} fails in {case}"

    monkeypatch.setattr("ucomp_verify.evidence.properties.run_case", fails)
    path = _failure(tmp_path / "f.json", kind="property", property="identities", case={"a": 1})
    ran = cli("replay", path)
    assert ran.code == 1
    assert "still fails: identities fails in {'a': 1}" in ran.out


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ({"kind": "property", "property": "none", "case": {}}, "no property 'none'; known: "),
        ({"kind": "property", "property": "identities", "case": {}}, "does not fit the property"),
        ({"kind": "property", "property": "identities"}, 'expected "kind"'),
        ({"kind": "certificate"}, 'expected "kind"'),
        ({"kind": "other"}, 'expected "kind"'),
        ({"schema": "ucomp-failure/2"}, '"schema": "ucomp-failure/1"'),
    ],
)
def test_a_file_that_is_no_failure_is_refused(
    cli: Cli, tmp_path: Path, fields: dict[str, object], text: str
) -> None:
    ran = cli("replay", _failure(tmp_path / "f.json", **fields))
    assert ran.code == 2
    assert text in ran.err


def test_what_is_no_json_is_refused(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "f.json").write_text("[" * 100_000)
    ran = cli("replay", tmp_path / "f.json")
    assert ran.code == 2
    assert "expected a failure in JSON" in ran.err
