"""Evidence on claims from certificates, checks, tests and studies, gathered in processes."""

import enum
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import cast

from ucomp_verify.claims import Bearing, Claim, Reading
from ucomp_verify.claims.registry import CLAIMS, find
from ucomp_verify.findings import Finding, Sample
from ucomp_verify.kernel import MalformedCertificate, RejectedCertificate, check, load
from ucomp_verify.studies.results import UnreadableResults

from .base import Evidence, Method, Provenance
from .formal import formal_evidence
from .pool import run_all
from .problems import Problem, Trouble
from .studied import StaleResults, studies_on, study_findings
from .symbolic import CHECKS, SymbolicCheckFailed, run_check

Progress = Callable[[int, int, str], None]
Found = tuple[Sequence[Finding], str]
"""What a piece of work finds, and the SHA-256 of what it was found in."""


class Profile(enum.Enum):
    """How many random cases a property is tried on."""

    QUICK = "quick"
    DEFAULT = "default"
    THOROUGH = "thorough"

    @property
    def cases(self) -> int:
        """Cases a property."""
        return {"quick": 20, "default": 100, "thorough": 2000}[self.value]


@dataclass(frozen=True)
class Gathered:
    """Evidence and what could not be had of it, both in an order that is always the same."""

    evidence: tuple[Evidence, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class _Job:
    """A piece of work for another process, and the claims that its finding is offered to."""

    origin: str
    reproduce: str
    method: Method
    home: str
    claims: tuple[str, ...]
    work: Callable[[], Found]
    assumes: tuple[str, ...] = ()


def gather(
    slugs: Sequence[str],
    *,
    folders: Sequence[Path],
    profile: Profile,
    seed: int,
    jobs: int,
    timeout: float,
    progress: Progress | None = None,
) -> Gathered:
    """All evidence on the claims: certificates in folder/<slug>/, formal proofs in
    folder/rocq/, symbolic checks, decided instances, properties.

    A fact is offered to the claim whose folder holds it and to the claims that draw on
    that folder. With `jobs` = 0 the work is done in this process, where `timeout`
    (seconds a piece of work) cannot be enforced. Raises KeyError on an unknown claim, and
    on an interrupt KeyboardInterrupt with what was gathered as its argument.
    """
    claims = [find(slug) for slug in slugs]
    work = [
        *_certificate_jobs(claims, folders),
        *_symbolic_jobs(claims),
        *_instance_jobs(claims),
        *_property_jobs(claims, profile, seed),
        *_study_jobs(claims),
    ]
    proved = [formal_evidence([c.slug for c in claims], folder / "rocq") for folder in folders]
    evidence = [piece for found in proved for piece in found.evidence]
    problems = [*_strangers(folders), *(p for found in proved for p in found.problems)]
    try:
        for done, (job, outcome) in enumerate(run_all(work, jobs=jobs, timeout=timeout), 1):
            if progress:
                progress(done, len(work), job.origin)
            if outcome.error is None:
                findings, digest = cast("Found", outcome.value)
                evidence.extend(e for f in findings for e in _read(job, f, digest))
            else:
                problems.append(_problem(job, outcome.error))
    except KeyboardInterrupt:  # what is there is kept, and goes with the interrupt
        raise KeyboardInterrupt(_in_order(evidence, problems)) from None
    return _in_order(evidence, problems)


def _in_order(evidence: Sequence[Evidence], problems: Sequence[Problem]) -> Gathered:
    return Gathered(
        tuple(sorted(evidence, key=lambda e: (e.claim, e.provenance.origin))),
        tuple(sorted(problems, key=lambda p: (p.claim, p.origin))),
    )


def shipped_proofs() -> Path:
    """The folder of the committed certificates: in the repository, or in the wheel."""
    package = Path(__file__).resolve().parents[1]
    inside = package / "_proofs"
    return inside if inside.is_dir() else package.parent / "proofs"


def _certificate_jobs(claims: Iterable[Claim], folders: Sequence[Path]) -> Iterator[_Job]:
    readers: dict[str, list[str]] = {}
    for claim in claims:
        for home in (claim.slug, *claim.draws_on):
            readers.setdefault(home, []).append(claim.slug)
    for home, slugs in readers.items():
        for path in sorted(p for folder in folders for p in (folder / home).glob("*.json")):
            name = shown_path(path)
            reproduce = f"python -m ucomp_verify.kernel {name}"
            work = partial(_check_file, path)
            yield _Job(name, reproduce, Method.CERTIFICATE, home, tuple(slugs), work)


def _symbolic_jobs(claims: Iterable[Claim]) -> Iterator[_Job]:
    asked = [claim.slug for claim in claims]
    for subject in CHECKS:
        slugs = tuple(slug for slug in subject.claims if slug in asked)
        if slugs:
            work = partial(_symbolic, subject.name)
            reproduce = f"ucomp-verify check {slugs[0]}"
            origin = f"symbolic {subject.name}"
            yield _Job(origin, reproduce, Method.SYMBOLIC, "", slugs, work)


def _instance_jobs(claims: Iterable[Claim]) -> Iterator[_Job]:
    from .instances.table import SLUGS, instance_checks

    asked = [claim.slug for claim in claims]
    for home in (slug for slug in SLUGS if slug in asked):
        for number, subject in enumerate(instance_checks(home)):
            slugs = tuple(slug for slug in subject.claims if slug in asked)
            work = partial(_instances, home, number)
            origin, reproduce = f"instances {subject.family}", f"ucomp-verify check {home}"
            yield _Job(
                origin, reproduce, Method.INSTANCES, "", slugs, work, assumes=subject.assumes
            )


def _property_jobs(claims: Iterable[Claim], profile: Profile, seed: int) -> Iterator[_Job]:
    from .properties import PROPERTIES

    asked = [claim.slug for claim in claims]
    for subject in PROPERTIES:
        slugs = tuple(slug for slug in subject.claims if slug in asked)
        if slugs:
            work = partial(_sample, subject.name, profile.cases, seed)
            origin = f"property {subject.name}"
            flags = f"--profile {profile.value} --seed {seed}"
            reproduce = f"ucomp-verify check {slugs[0]} {flags}"
            yield _Job(origin, reproduce, Method.PROPERTY_TEST, "", slugs, work)


def _study_jobs(claims: Iterable[Claim]) -> Iterator[_Job]:
    for name, slugs in studies_on([claim.slug for claim in claims]):
        work = partial(study_findings, name)
        reproduce = f"ucomp-verify study fit {name}"
        yield _Job(f"study {name}", reproduce, Method.STUDY, "", tuple(slugs), work)


def _strangers(folders: Sequence[Path]) -> Iterator[Problem]:
    """Folders of certificates that belong to no claim, and folders that are not there."""
    known = {claim.slug for claim in CLAIMS}
    for folder in folders:
        if not folder.is_dir():
            message = "no such folder; expected one that holds <slug>/*.json"
            yield Problem(
                "", Trouble.MISSING, shown_path(folder), message, f"ls {shown_path(folder)}"
            )
        for path in sorted(folder.glob("*/*.json")):
            if path.parent.name not in known:
                message = f"there is no claim {path.parent.name!r}; see `ucomp-verify list`"
                yield Problem("", Trouble.MALFORMED, shown_path(path), message, "ucomp-verify list")


def _check_file(path: Path) -> Found:
    return (check(load(path)),), sha256(path.read_bytes()).hexdigest()


def _symbolic(name: str) -> Found:
    finding, digest = run_check(name)
    return (finding,), digest


def _instances(home: str, number: int) -> Found:
    from .instances.table import run_instances

    finding, digest = run_instances(home, number)
    return (finding,), digest


def _sample(name: str, cases: int, seed: int) -> Found:
    from . import properties

    here = Path(__file__).parent
    source = b"".join((here / f"{m}.py").read_bytes() for m in _PROPERTY_MODULES)
    return (properties.sample(name, cases=cases, seed=seed),), sha256(source).hexdigest()


_PROPERTY_MODULES = ("compressions", "properties", "unbiased")
_TRUSTS = {
    Method.SYMBOLIC: ("ucomp_verify.algebra", "SymPy", "python-flint", "Python"),
    Method.CERTIFICATE: ("kernel", "Python"),
    Method.INSTANCES: (
        "ucomp_verify.bounds",
        "ucomp_verify.lower_bounds",
        "ucomp_verify.functions",
        "ucomp_verify.caratheodory",
        "python-flint",
        "Python",
    ),
    Method.PROPERTY_TEST: ("kernel", "Python", "Hypothesis", "python-flint"),
    Method.STUDY: ("ucomp_verify.studies", "float64", "NumPy", "SciPy", "Python"),
}


def _read(job: _Job, finding: Finding, digest: str) -> Iterator[Evidence]:
    for slug in job.claims:
        reading = _sampled(finding) if isinstance(finding, Sample) else find(slug).read(finding)
        if reading.bearing is not Bearing.SILENT or slug == job.home:
            provenance = Provenance(job.origin, digest, job.reproduce)
            trusts = _TRUSTS[job.method]
            assumes = tuple(dict.fromkeys((*reading.assumes, *job.assumes)))
            yield Evidence(slug, job.method, reading, finding, provenance, assumes, trusts)


def _sampled(finding: Sample) -> Reading:
    """A property stands for its claim: a failing case speaks against it, others for it."""
    parameters = (("property", finding.property), ("seed", str(finding.seed)))
    if finding.falsifying is not None:
        return Reading(Bearing.REFUTES, parameters, shows=f"it fails for {finding.falsifying}")
    shows = f"it held in {finding.effective} cases of {finding.cases} drawn"
    bearing = Bearing.INSTANCE if finding.effective else Bearing.SILENT
    return Reading(bearing, parameters, shows=shows)


def _problem(job: _Job, error: BaseException) -> Problem:
    trouble = next((t for kind, t in _TROUBLES if isinstance(error, kind)), Trouble.CRASH)
    message = f"{type(error).__name__}: {error}" if trouble is Trouble.CRASH else str(error)
    return Problem(job.home or job.claims[0], trouble, job.origin, message, job.reproduce)


_TROUBLES: tuple[tuple[type[BaseException], Trouble], ...] = (
    (MalformedCertificate, Trouble.MALFORMED),
    (RejectedCertificate, Trouble.REJECTED),
    (SymbolicCheckFailed, Trouble.REJECTED),
    (StaleResults, Trouble.STALE),
    (UnreadableResults, Trouble.MALFORMED),
    (TimeoutError, Trouble.TIMEOUT),
    (MemoryError, Trouble.MEMORY),
    (OSError, Trouble.MALFORMED),
)


def shown_path(path: Path) -> str:
    """The path as a user would type it: relative to the working folder if it is below."""
    shown = os.path.relpath(path)
    return str(path) if shown.startswith("..") else shown
