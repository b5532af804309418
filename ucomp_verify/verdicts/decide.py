"""From evidence to a verdict, by one pure function that ignores the order."""

from collections.abc import Iterable, Sequence
from typing import NoReturn

from ucomp_verify.claims import Bearing
from ucomp_verify.evidence import Authority, Evidence
from ucomp_verify.findings import Sample

from .types import ContradictoryEvidence, Scope, Status, Verdict


def decide(claim: str, evidence: Iterable[Evidence]) -> Verdict:
    """Weigh the evidence on one claim.

    Sampling never proves and never refutes. Evidence that grants nothing goes before
    evidence that grants something; a refutation goes before a proof that grants.
    Raises `ContradictoryEvidence` if equally unconditional evidence stands on both
    sides, and ValueError if some evidence is about another claim.
    """
    pieces = sorted(evidence, key=_order)
    for e in pieces:
        if e.claim != claim:
            raise ValueError(f"evidence on {e.claim!r} was given to decide on {claim!r}")
    rigorous = [e for e in pieces if e.authority > Authority.FLOAT]
    doubts = [e for e in pieces if e not in rigorous and e.reading.bearing is Bearing.REFUTES]
    for conditional in (False, True):
        settled = _settle(claim, [e for e in rigorous if bool(e.assumes) is conditional], doubts)
        if settled is not None:
            return settled
    if doubts:
        return _verdict(claim, Status.OPEN, [], doubts)
    instances = [e for e in pieces if e.reading.bearing is Bearing.INSTANCE and _effective(e)]
    exact = [e for e in instances if e.authority > Authority.FLOAT]
    if exact:
        return _verdict(claim, Status.CHECKED, exact)
    return _verdict(claim, Status.OBSERVED if instances else Status.OPEN, instances)


def _settle(claim: str, evidence: Sequence[Evidence], doubts: Sequence[Evidence]) -> Verdict | None:
    """The verdict if some of the rigorous evidence settles the claim by itself."""
    refuting = [e for e in evidence if e.reading.bearing is Bearing.REFUTES]
    emptying = [e for e in evidence if e.reading.bearing is Bearing.EMPTIES]
    proving = [e for e in evidence if e.reading.bearing is Bearing.PROVES]
    if refuting and (emptying or proving):
        _contradict(claim, (emptying or proving)[0], refuting[0])
    if refuting:
        return _verdict(claim, Status.REFUTED, refuting)
    if emptying:
        return _verdict(claim, Status.VACUOUS, emptying, doubts)
    if proving:
        granting = Status.PROVED_GRANTING if proving[0].assumes else Status.PROVED
        return _verdict(claim, granting, proving, doubts)
    return None


def _contradict(claim: str, proving: Evidence, refuting: Evidence) -> NoReturn:
    granted = sorted({*proving.assumes, *refuting.assumes})
    cause = f"one of {granted} is false, or a" if granted else "a"
    raise ContradictoryEvidence(
        f"{claim}: {proving.provenance.origin} proves it and {refuting.provenance.origin} "
        f"refutes it; {cause} check or a reading is wrong"
    )


def _verdict(
    claim: str, status: Status, basis: Sequence[Evidence], doubts: Sequence[Evidence] = ()
) -> Verdict:
    return Verdict(
        claim=claim,
        status=status,
        authority=max((e.authority for e in basis), default=None),
        scope=_scope(status, basis),
        basis=tuple(basis),
        granting=_least_granting(basis),
        trusts=tuple(sorted({t for e in basis for t in e.trusts})),
        doubts=tuple(doubts),
    )


def _scope(status: Status, basis: Sequence[Evidence]) -> Scope:
    everything = status in (Status.PROVED, Status.PROVED_GRANTING, Status.VACUOUS)
    families = tuple(sorted({e.reading.family for e in basis if e.reading.family}))
    counts = [_counts(e) for e in basis]
    return Scope(everything, families, sum(c for c, _ in counts), sum(e for _, e in counts))


def _counts(evidence: Evidence) -> tuple[int, int]:
    """Cases and effective cases of one piece of evidence."""
    finding = evidence.finding
    return (finding.cases, finding.effective) if isinstance(finding, Sample) else (1, 1)


def _effective(evidence: Evidence) -> bool:
    return _counts(evidence)[1] > 0


def _least_granting(basis: Sequence[Evidence]) -> tuple[str, ...]:
    """What the piece that grants the least grants: any one of the basis would do."""
    return min(
        (tuple(sorted(set(e.assumes))) for e in basis), key=lambda a: (len(a), a), default=()
    )


def _order(evidence: Evidence) -> tuple[int, str, str]:
    return (-evidence.authority, evidence.provenance.origin, repr(evidence.reading))
