"""How faults are noticed: by the reader, the kernel, a reading, the weighing, the standing."""

from collections.abc import Callable, Sequence
from itertools import permutations

from ucomp_verify.claims import Bearing, Reading
from ucomp_verify.claims.levelset_remez import LEVELSET_REMEZ
from ucomp_verify.claims.tchakaloff import TCHAKALOFF
from ucomp_verify.evidence import Authority, Evidence, Method, Provenance
from ucomp_verify.findings import Finding, Sample
from ucomp_verify.kernel import (
    Certificate,
    MalformedCertificate,
    RejectedCertificate,
    check,
)
from ucomp_verify.kernel.certificates import Source
from ucomp_verify.kernel.facts import CubatureFact
from ucomp_verify.kernel.rationals import show
from ucomp_verify.kernel.reader import decode, parse
from ucomp_verify.verdicts import (
    ContradictoryEvidence,
    Expectation,
    Premises,
    Status,
    Verdict,
    decide,
    propagate,
    standing,
)

CLAIM = LEVELSET_REMEZ.slug
Read = Callable[[Finding], Reading]


def refused(certificate: Certificate, data: Source | None = None) -> str | None:
    """The kernel's reason to reject the certificate."""
    try:
        check(certificate, data)
    except RejectedCertificate as error:
        return f"rejected: {error}"
    return None


def unreadable(text: str) -> str | None:
    """The reader's reason not to read the text as a certificate."""
    try:
        decode(parse(text.encode()))
    except MalformedCertificate as error:
        return f"malformed: {error}"
    return None


def defective(certificate: Certificate) -> str | None:
    """The exact defect that the kernel reports."""
    fact = check(certificate)
    assert isinstance(fact, CubatureFact)
    return f"defect {show(fact.defect)}" if fact.defect else None


def no_instance(certificate: Certificate) -> str | None:
    """The certificate is right, and yet no instance of Tchakaloff's theorem."""
    bearing = TCHAKALOFF.read(check(certificate)).bearing
    return None if bearing is Bearing.INSTANCE else f"read as {bearing.value}"


def no_refutation(certificate: Certificate) -> str | None:
    """The certificate is right, and yet no counterexample to the lemma."""
    bearing = LEVELSET_REMEZ.read(check(certificate)).bearing
    return None if bearing is Bearing.REFUTES else f"read as {bearing.value}"


def evidence(
    finding: Finding,
    bearing: Bearing,
    *,
    claim: str = CLAIM,
    method: Method = Method.CERTIFICATE,
    assumes: Sequence[str] = (),
) -> Evidence:
    """The finding, said to bear on the claim like this."""
    origin = f"planted: {bearing.value} {claim}"
    provenance = Provenance(origin, "0" * 64, "ucomp-verify selftest")
    return Evidence(claim, method, Reading(bearing), finding, provenance, tuple(assumes))


def verdicts(*pieces: Evidence) -> dict[str, Verdict]:
    """The verdicts on the claims that the evidence is about."""
    slugs = sorted({e.claim for e in pieces})
    premises = [Premises(s, (), tuple(e for e in pieces if e.claim == s)) for s in slugs]
    return {v.claim: v for v in propagate(premises)}


def contradicted(*pieces: Evidence) -> str | None:
    """The contradiction between pieces of evidence."""
    try:
        verdicts(*pieces)
    except ContradictoryEvidence as error:
        return f"contradiction: {error}"
    return None


def contradicts_the_shipped_reading(read: Read, finding: Finding) -> str | None:
    """The contradiction between a reading of a finding and the one that is shipped."""
    readings = (read(finding), LEVELSET_REMEZ.read(finding))
    return contradicted(*(evidence(finding, reading.bearing) for reading in readings))


def short_of(status: Status, *pieces: Evidence, claim: str = CLAIM) -> str | None:
    """The status that the evidence gives the claim, if it is not this one."""
    found = verdicts(*pieces)[claim].status
    return None if found is status else f"the claim is {found.value}"


def misdirected(*pieces: Evidence) -> str | None:
    """The refusal to weigh evidence on one claim for another."""
    try:
        decide(CLAIM, pieces)
    except ValueError as error:
        return f"refused: {error}"
    return None


def order_matters(
    weigh: Callable[[str, Sequence[Evidence]], object], pieces: Sequence[Evidence]
) -> str | None:
    """Two orders of the evidence that are weighed differently."""
    outcomes = [weigh(CLAIM, order) for order in permutations(pieces)]
    return None if all(o == outcomes[0] for o in outcomes) else "two orders, two verdicts"


def unfulfilled(
    *pieces: Evidence, recorded: Status | None = None, require: Authority | None = None
) -> str | None:
    """How the verdict falls short of what is recorded and required."""
    expected = Expectation(recorded, Authority.FLOAT) if recorded else None
    verdict = verdicts(*pieces)[CLAIM]
    found = standing(verdict, expected=expected, require=require)
    return None if found.fulfilled else found.value


def sample(*, cases: int = 100, effective: int = 100, fails: bool = False) -> Sample:
    """Random cases of a property."""
    return Sample("planted", cases, effective, '{"x": 1}' if fails else None, seed=0)
