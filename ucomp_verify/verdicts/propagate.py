"""How verdicts bear on each other: what is granted, and what is shaken."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from ucomp_verify.evidence import Evidence

from .decide import decide
from .types import Status, Verdict

_FALLEN = (Status.REFUTED, Status.VACUOUS)
_UNSETTLED = (Status.OPEN, Status.OBSERVED, Status.CHECKED)


@dataclass(frozen=True)
class Premises:
    """One claim with its evidence and the claims that the paper's proof of it uses."""

    claim: str
    uses: tuple[str, ...]
    evidence: tuple[Evidence, ...]


def propagate(claims: Sequence[Premises]) -> tuple[Verdict, ...]:
    """Decide every claim, in the order given, and carry the verdicts along.

    An assumption that names a proved claim is discharged, one that names a claim proved
    on further assumptions is replaced by these, and evidence that assumes a claim that
    is refuted, granting nothing, does not count. Starting with nothing discharged this
    is repeated until nothing changes, so evidence that assumes itself in a circle never
    proves. Among the claims that the paper's proof uses, directly or through others,
    the verdict names the fallen ones under `shaken_by`, the undecided under `unsettled`.
    """
    verdicts = {c.claim: decide(c.claim, c.evidence) for c in claims}
    for _ in range(len(claims) + 1):
        revised = {c.claim: decide(c.claim, _discharged(c.evidence, verdicts)) for c in claims}
        if revised == verdicts:
            break
        verdicts = revised
    uses = {c.claim: c.uses for c in claims}
    return tuple(_with_uses(verdicts[c.claim], closure(c.claim, uses), verdicts) for c in claims)


def _discharged(evidence: Sequence[Evidence], verdicts: Mapping[str, Verdict]) -> list[Evidence]:
    kept: list[Evidence] = []
    for piece in evidence:
        named = [verdicts[a] for a in piece.assumes if a in verdicts]
        if not any(v.status is Status.REFUTED and not v.granting for v in named):
            granted = {g for a in piece.assumes for g in _remaining(a, verdicts)}
            kept.append(replace(piece, assumes=tuple(sorted(granted))))
    return kept


def _remaining(assumption: str, verdicts: Mapping[str, Verdict]) -> tuple[str, ...]:
    """What is still granted when a claim or cited theorem is assumed."""
    verdict = verdicts.get(assumption)
    if verdict is None or assumption in verdict.granting:
        return (assumption,)
    if verdict.status in (Status.PROVED, Status.PROVED_GRANTING, Status.VACUOUS):
        return verdict.granting
    return (assumption,)


def closure(claim: str, uses: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """All claims that `claim` uses, directly or through others, sorted; not itself."""
    seen: set[str] = set()
    waiting = list(uses.get(claim, ()))
    while waiting:
        slug = waiting.pop()
        if slug not in seen:
            seen.add(slug)
            waiting.extend(uses.get(slug, ()))
    return tuple(sorted(seen - {claim}))


def _with_uses(verdict: Verdict, used: Sequence[str], verdicts: Mapping[str, Verdict]) -> Verdict:
    status = {slug: verdicts[slug].status for slug in used if slug in verdicts}
    return replace(
        verdict,
        shaken_by=tuple(slug for slug in status if status[slug] in _FALLEN),
        unsettled=tuple(slug for slug in status if status[slug] in _UNSETTLED),
    )
