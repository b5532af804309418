"""Evidence for the asked claims and for what they rest on, weighed into verdicts."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from ucomp_verify.claims.registry import CLAIMS, find
from ucomp_verify.evidence import Evidence
from ucomp_verify.evidence.gather import Gathered, Profile, gather, shipped_proofs
from ucomp_verify.evidence.problems import Problem
from ucomp_verify.verdicts import Premises, Verdict, closure, propagate

Progress = Callable[[int, int, str], None]


@dataclass(frozen=True)
class Effort:
    """How evidence is gathered: `folders` hold certificates beside the shipped ones."""

    profile: Profile
    seed: int
    jobs: int
    timeout: float
    folders: tuple[Path, ...] = ()


@dataclass(frozen=True)
class Investigation:
    """Verdicts on the asked claims and all that they rest on, and what went wrong."""

    verdicts: tuple[Verdict, ...]
    problems: tuple[Problem, ...]
    evidence: tuple[Evidence, ...]
    interrupted: bool

    def on(self, slug: str) -> Verdict:
        """The verdict on one of the claims."""
        return next(v for v in self.verdicts if v.claim == slug)


def investigate(
    asked: Sequence[str], effort: Effort, *, progress: Progress | None = None
) -> Investigation:
    """Gather for the asked claims, what they use and what their evidence assumes; decide.

    An interrupt ends the gathering; the verdicts then rest on what was there.
    """
    wanted, gathered, interrupted = set[str](), Gathered((), ()), False
    missing = _with_uses(asked)
    try:
        while missing:
            wanted |= missing
            gathered = _join(gathered, _gather(_ordered(missing), effort, progress))
            assumed = {a for e in gathered.evidence for a in e.assumes if _is_claim(a)}
            missing = _with_uses(assumed) - wanted
    except KeyboardInterrupt as stop:
        interrupted = True
        gathered = _join(gathered, *(part for part in stop.args if isinstance(part, Gathered)))
    verdicts = propagate([_premises(slug, gathered.evidence) for slug in _ordered(wanted)])
    return Investigation(verdicts, gathered.problems, gathered.evidence, interrupted)


def _gather(slugs: Sequence[str], effort: Effort, progress: Progress | None) -> Gathered:
    return gather(
        slugs,
        folders=(shipped_proofs(), *effort.folders),
        profile=effort.profile,
        seed=effort.seed,
        jobs=effort.jobs,
        timeout=effort.timeout,
        progress=progress,
    )


def _join(*parts: Gathered) -> Gathered:
    problems = dict.fromkeys(p for part in parts for p in part.problems)  # each one once
    return Gathered(tuple(e for part in parts for e in part.evidence), tuple(problems))


def _is_claim(slug: str) -> bool:
    return any(claim.slug == slug for claim in CLAIMS)


def _with_uses(slugs: Iterable[str]) -> set[str]:
    uses = {claim.slug: claim.uses for claim in CLAIMS}
    return {used for slug in slugs for used in (slug, *closure(slug, uses))}


def _ordered(slugs: Iterable[str]) -> list[str]:
    chosen = set(slugs)
    return [claim.slug for claim in CLAIMS if claim.slug in chosen]


def _premises(slug: str, evidence: Iterable[Evidence]) -> Premises:
    return Premises(slug, find(slug).uses, tuple(e for e in evidence if e.claim == slug))
