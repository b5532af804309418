"""How verdicts bear on each other: what is granted, and what is shaken."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from ucomp_verify.claims import Bearing
from ucomp_verify.evidence import Evidence

from .decide import judge
from .types import Status, Verdict
from .weighing import Weighed, bears, find_grounds, reachable, weigh

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
    is refuted, granting nothing, does not count. Only founded proofs discharge: what
    assumes itself in a circle stays granted. The authority of a verdict is no higher
    than that of the proofs that it takes from other claims, and it trusts what they trust.
    Among the claims that the paper's proof uses, directly or through others, the verdict
    names the fallen ones under `shaken_by`, the undecided under `unsettled`.
    Raises as `decide` does, and ValueError if two of the claims have one name.
    """
    uses = {c.claim: c.uses for c in claims}
    if len(uses) < len(claims):
        raise ValueError(f"expected every claim once, got {[c.claim for c in claims]}")
    fallen = _refuted([e for c in claims for e in c.evidence])
    live = {c.claim: [e for e in c.evidence if fallen.isdisjoint(e.assumes)] for c in claims}
    grounds = find_grounds([e for evidence in live.values() for e in evidence])
    verdicts = {claim: _decide(claim, evidence, grounds) for claim, evidence in live.items()}
    return tuple(_with_uses(verdicts[c.claim], closure(c.claim, uses), verdicts) for c in claims)


def _refuted(evidence: Sequence[Evidence]) -> set[str]:
    """The claims refuted by evidence that assumes only what is proved, granting nothing."""
    grounds = find_grounds(evidence)
    proved = {claim for claim, ground in grounds.items() if not ground.granting}
    refuted = {
        e.claim for e in evidence if bears(e, Bearing.REFUTES) and proved.issuperset(e.assumes)
    }
    # Raises on the contradictory ones: left out of each other's evidence they would hide.
    for claim in sorted(refuted & proved):
        _decide(claim, [e for e in evidence if e.claim == claim], grounds)
    return refuted


def _decide(claim: str, evidence: Sequence[Evidence], grounds: Mapping[str, Weighed]) -> Verdict:
    return judge(claim, [weigh(e, grounds) for e in evidence])


def closure(claim: str, uses: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """All claims that `claim` uses, directly or through others, sorted; not itself."""
    return tuple(sorted(reachable(claim, uses) - {claim}))


def _with_uses(verdict: Verdict, used: Sequence[str], verdicts: Mapping[str, Verdict]) -> Verdict:
    status = {slug: verdicts[slug].status for slug in used if slug in verdicts}
    return replace(
        verdict,
        shaken_by=tuple(slug for slug in status if status[slug] in _FALLEN),
        unsettled=tuple(slug for slug in status if status[slug] in _UNSETTLED),
    )
