"""Made-up evidence in place of what would be gathered."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest

from ucomp_verify.claims import Bearing, Reading
from ucomp_verify.evidence import Evidence, Method, Problem, Provenance, Trouble
from ucomp_verify.evidence.gather import Gathered, Profile
from ucomp_verify.findings import Finding, Sample
from ucomp_verify.kernel import check
from ucomp_verify.selftest import samples


def piece(
    claim: str,
    bearing: Bearing,
    *,
    finding: Finding | None = None,
    method: Method = Method.CERTIFICATE,
    assumes: tuple[str, ...] = (),
) -> Evidence:
    """Evidence with this bearing on the claim."""
    provenance = Provenance(f"made up for {claim}", "0" * 64, "true")
    found = finding or check(samples.RULE)
    return Evidence(claim, method, Reading(bearing), found, provenance, assumes)


def doubt(claim: str) -> Evidence:
    """A property test of the claim that found a failing case."""
    sample = Sample("reductions", 9, 9, '{"degree": 1}', seed=0)
    return piece(claim, Bearing.REFUTES, finding=sample, method=Method.PROPERTY_TEST)


def problem(claim: str, trouble: Trouble, origin: str = "bad.json") -> Problem:
    """Trouble with a certificate of the claim."""
    return Problem(claim, trouble, origin, "it is bad", "true")


class Fake:
    """Gathers what it was given, and remembers what it was asked."""

    def __init__(
        self,
        evidence: Iterable[Evidence] = (),
        problems: Iterable[Problem] = (),
        *,
        interrupt: bool = False,
    ) -> None:
        self.evidence, self.problems = tuple(evidence), tuple(problems)
        self.interrupt = interrupt
        self.calls: list[tuple[str, ...]] = []
        self.folders: tuple[Path, ...] = ()

    def __call__(
        self,
        slugs: Sequence[str],
        *,
        folders: Sequence[Path],
        profile: Profile,
        seed: int,
        jobs: int,
        timeout: float,
        progress: object = None,
    ) -> Gathered:
        del profile, seed, jobs, timeout, progress
        self.calls.append(tuple(slugs))
        self.folders = tuple(folders)
        mine = tuple(e for e in self.evidence if e.claim in slugs)
        if self.interrupt:
            raise KeyboardInterrupt(Gathered(mine, self.problems))
        return Gathered(mine, self.problems)

    def install(self, monkeypatch: pytest.MonkeyPatch) -> "Fake":
        """Take the place of the real one."""
        monkeypatch.setattr("ucomp_verify.cli.investigation.gather", self)
        return self
