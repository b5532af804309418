from dataclasses import replace
from pathlib import Path

import pytest

from tests.cli.running import Cli
from ucomp_verify.cli.environment import Requirement, requirements


def test_everything_needed_is_there(cli: Cli) -> None:
    ran = cli("doctor")
    assert ran.code == 0
    assert "ok     python-flint" in ran.out
    assert "ok     kernel               accepts what is right and rejects what is wrong" in ran.out
    assert "BROKEN" not in ran.out


def test_core_and_extras_are_read_from_the_package() -> None:
    found = {r.name: r for r in requirements()}
    assert (found["numpy"].least, found["numpy"].extra) == ("2", "")
    assert found["jax"].extra == "dlth"
    assert found["dask"].extra == "cluster"


@pytest.mark.parametrize(
    ("found", "least", "fulfilled"),
    [
        ("2.0", "2", True),
        ("2.10.1", "2.9", True),
        ("2.8.9", "2.9", False),
        ("10.0rc1", "9", True),
        ("2026.1", "", True),
        (None, "", False),
    ],
)
def test_versions_are_compared_as_numbers(found: str | None, least: str, fulfilled: bool) -> None:
    assert Requirement("x", least, "", found).fulfilled is fulfilled


@pytest.mark.parametrize("found", [None, "0.1"])
def test_a_missing_or_old_core_dependency_is_a_failure_with_a_cure(
    cli: Cli, monkeypatch: pytest.MonkeyPatch, found: str | None
) -> None:
    spoilt = tuple(replace(r, found=found) if r.name == "numpy" else r for r in requirements())
    monkeypatch.setattr("ucomp_verify.cli.doctor.requirements", lambda: spoilt)
    ran = cli("doctor")
    assert ran.code == 4
    assert "BROKEN numpy" in ran.out
    assert "pip install 'numpy>=2'" in ran.out
    assert "1 of these must be put right" in ran.out


def test_a_missing_extra_is_shown_with_its_cure_and_no_failure(
    cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    spoilt = tuple(replace(r, found=None) if r.extra else r for r in requirements())
    monkeypatch.setattr("ucomp_verify.cli.doctor.requirements", lambda: spoilt)
    ran = cli("doctor")
    assert ran.code == 0
    assert "absent jax" in ran.out
    assert "pip install 'ucomp-verify[dlth]'" in ran.out


def test_lost_certificates_are_a_failure(
    cli: Cli, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("ucomp_verify.evidence.gather.shipped_proofs", lambda: tmp_path)
    ran = cli("doctor")
    assert ran.code == 4
    assert "BROKEN certificates         0 in " in ran.out


@pytest.fixture
def blind_kernel(monkeypatch: pytest.MonkeyPatch) -> None:
    """A kernel that accepts any moments."""

    def blind(condition: bool, reason: str) -> None:
        del condition, reason

    monkeypatch.setattr("ucomp_verify.kernel.moments.require", blind)


@pytest.mark.usefixtures("blind_kernel")
def test_a_kernel_that_accepts_anything_is_a_failure(cli: Cli) -> None:
    ran = cli("doctor")
    assert ran.code == 4
    assert "a rule with a negative weight was accepted" in ran.out


def test_selftest_catches_all(cli: Cli) -> None:
    ran = cli("selftest")
    assert ran.code == 0
    assert "kill rate 100 %" in ran.out
    assert "MISSED" not in ran.out
    assert ran.out.count("caught  ") >= 20


@pytest.mark.usefixtures("blind_kernel")
def test_selftest_fails_if_one_is_missed(cli: Cli) -> None:
    ran = cli("selftest")
    assert ran.code == 1
    assert "MISSED  negative weight" in ran.out
    assert "kill rate 100 %" not in ran.out
