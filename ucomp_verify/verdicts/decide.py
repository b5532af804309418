"""From evidence to a verdict, by one pure function that ignores the order."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NoReturn

from ucomp_verify.claims import Bearing
from ucomp_verify.evidence import Authority, Evidence
from ucomp_verify.findings import Comparisons, Estimate, Sample

from .types import ContradictoryEvidence, Scope, Status, Verdict
from .weighing import PROVING, Weighed, weigh


def decide(claim: str, evidence: Iterable[Evidence]) -> Verdict:
    """Weigh the evidence on one claim.

    Sampling never proves and never refutes. Evidence that grants nothing goes before
    evidence that grants something; a refutation that grants nothing goes before a proof
    that grants. A piece given twice counts once; a sample that met no hypotheses and a
    proof that grants the claim itself do not count. Raises `ContradictoryEvidence` if
    equally unconditional evidence stands on both sides, and ValueError if some evidence
    is about another claim.
    """
    return judge(claim, [weigh(e) for e in evidence])


def judge(claim: str, weighed: Iterable[Weighed]) -> Verdict:
    """As `decide`, of evidence whose assumptions are discharged as far as they can be."""
    pieces = [w for w in sorted(set(weighed), key=_order) if _counting(claim, w)]
    return _with_besides(_judged(claim, pieces), pieces)


def _judged(claim: str, pieces: Sequence[Weighed]) -> Verdict:
    """The verdict of pieces that count, strongest first."""
    rigorous = [w for w in pieces if w.authority > Authority.FLOAT]
    refuting = [w for w in pieces if w.bearing is Bearing.REFUTES]
    doubts = [w.evidence for w in refuting if w.authority is Authority.FLOAT]
    for conditional in (False, True):
        alike = [w for w in rigorous if bool(w.granting) is conditional]
        if settled := _settle(claim, alike, doubts):
            return _verdict(claim, *settled)
    if doubts:
        return _verdict(claim, Status.OPEN, [], doubts)
    instances = [w for w in pieces if w.bearing is Bearing.INSTANCE]
    exact = [w for w in instances if w.authority > Authority.FLOAT]
    if exact:
        return _verdict(claim, Status.CHECKED, _least_conditional(exact))
    status = Status.OBSERVED if instances else Status.OPEN
    return _verdict(claim, status, _least_conditional(instances))


def _with_besides(verdict: Verdict, pieces: Sequence[Weighed]) -> Verdict:
    """The verdict, with what speaks for the claim besides its basis if it stands."""
    if verdict.status in (Status.REFUTED, Status.OPEN):
        return verdict
    supporting = (Bearing.INSTANCE, *PROVING)
    every = dict.fromkeys(w.evidence for w in pieces if w.bearing in supporting)
    return replace(verdict, besides=tuple(e for e in every if e not in verdict.basis))


def _counting(claim: str, weighed: Weighed) -> bool:
    """Whether the piece says anything: it has an effective case and is no circle."""
    evidence = weighed.evidence
    if evidence.claim != claim:
        raise ValueError(f"evidence on {evidence.claim!r} was given to decide on {claim!r}")
    circle = weighed.bearing in PROVING and claim in (*weighed.granting, *weighed.through)
    return _counts(evidence)[1] > 0 and not circle


_Settled = tuple[Status, Sequence[Weighed], Sequence[Evidence]]


def _settle(claim: str, pieces: Sequence[Weighed], doubts: Sequence[Evidence]) -> _Settled | None:
    """Status, basis and doubts if some of the rigorous evidence settles the claim."""
    refuting = [w for w in pieces if w.bearing is Bearing.REFUTES]
    emptying = [w for w in pieces if w.bearing is Bearing.EMPTIES]
    proving = [w for w in pieces if w.bearing is Bearing.PROVES]
    if refuting and (emptying or proving):
        _contradict(claim, (emptying or proving)[0], refuting[0])
    if refuting:
        return Status.REFUTED, refuting, ()
    if emptying:
        return Status.VACUOUS, emptying, doubts
    if proving:
        return Status.PROVED_GRANTING if proving[0].granting else Status.PROVED, proving, doubts
    return None


def _contradict(claim: str, proving: Weighed, refuting: Weighed) -> NoReturn:
    granted = sorted({*proving.granting, *refuting.granting})
    cause = f"one of {granted} is false, or a" if granted else "a"
    raise ContradictoryEvidence(
        f"{claim}: {proving.evidence.provenance.origin} proves it and "
        f"{refuting.evidence.provenance.origin} refutes it; {cause} check or a reading is wrong"
    )


def _least_conditional(instances: Sequence[Weighed]) -> Sequence[Weighed]:
    """Those that grant nothing; all if each grants something."""
    return [w for w in instances if not w.granting] or instances


def _verdict(
    claim: str, status: Status, basis: Sequence[Weighed], doubts: Sequence[Evidence] = ()
) -> Verdict:
    granting = _granting(status, basis)
    supporting = [w for w in basis if set(w.granting) <= set(granting)]
    return Verdict(
        claim=claim,
        status=status,
        authority=max((w.authority for w in supporting), default=None),
        scope=_scope(status, [w.evidence for w in basis]),
        basis=tuple(w.evidence for w in basis),
        granting=granting,
        trusts=tuple(sorted({t for w in supporting for t in w.trusts})),
        doubts=tuple(doubts),
    )


def _granting(status: Status, basis: Sequence[Weighed]) -> tuple[str, ...]:
    """All that instances grant together; else the least, as one of the basis would do."""
    if status in (Status.CHECKED, Status.OBSERVED):
        return tuple(sorted({name for w in basis for name in w.granting}))
    return min((w.granting for w in basis), key=lambda g: (len(g), g), default=())


def _scope(status: Status, basis: Sequence[Evidence]) -> Scope:
    everything = status in (Status.PROVED, Status.PROVED_GRANTING, Status.VACUOUS)
    families = tuple(sorted({e.reading.family for e in basis if e.reading.family}))
    counts = [_counts(e) for e in basis]
    return Scope(everything, families, sum(c for c, _ in counts), sum(e for _, e in counts))


def _counts(evidence: Evidence) -> tuple[int, int]:
    """Cases and effective cases of one piece of evidence."""
    finding = evidence.finding
    counted = isinstance(finding, Sample | Comparisons)
    return (finding.cases, finding.effective) if counted else (1, 1)


def _order(weighed: Weighed) -> tuple[object, ...]:
    """Strongest first; total as long as one origin, digest and reading mean one fact."""
    e = weighed.evidence
    observed = repr(e.finding) if isinstance(e.finding, Sample | Estimate) else ""
    where = (e.provenance.origin, e.provenance.sha256, e.provenance.reproduce, e.method.value)
    return (-weighed.authority, *where, e.assumes, e.trusts, repr(e.reading), observed)
