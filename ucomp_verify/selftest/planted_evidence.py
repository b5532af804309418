"""Faults in evidence, in how it is weighed, and in what is asked of a verdict."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from ucomp_verify.claims import Bearing, Reading
from ucomp_verify.claims.levelset_remez import LEVELSET_REMEZ
from ucomp_verify.evidence import Authority, Evidence, Method
from ucomp_verify.findings import Finding
from ucomp_verify.kernel import Fact, check
from ucomp_verify.verdicts import Status, decide

from . import detectors as see
from . import samples
from .types import Fault

_OTHER = "another-claim"
_THIRD = "a-third-claim"


@cache
def _fact() -> Fact:
    """A counterexample to the lemma on level sets, as the kernel established it."""
    return check(samples.level_set())


def _on(claim: str, bearing: Bearing, *assumes: str) -> Evidence:
    return see.evidence(_fact(), bearing, claim=claim, assumes=assumes)


def _says(bearing: Bearing, *assumes: str) -> Evidence:
    """A fact that is said to bear on the claim like this, assuming these."""
    return _on(see.CLAIM, bearing, *assumes)


def _sampled(bearing: Bearing, *, effective: int = 100, fails: bool = False) -> Evidence:
    finding = see.sample(effective=effective, fails=fails)
    return see.evidence(finding, bearing, method=Method.PROPERTY_TEST)


def _swapped(finding: Finding) -> Reading:
    """The shipped reading with refuting and proving confused."""
    reading = LEVELSET_REMEZ.read(finding)
    refutes = reading.bearing is Bearing.REFUTES
    return replace(reading, bearing=Bearing.PROVES) if refutes else reading


def _first_wins(claim: str, pieces: Sequence[Evidence]) -> object:
    """A weighing that looks at the first piece only."""
    return decide(claim, pieces[:1])


_PROVES, _REFUTES, _INSTANCE = Bearing.PROVES, Bearing.REFUTES, Bearing.INSTANCE


IN_EVIDENCE: tuple[Fault, ...] = (
    Fault(
        "false lemma",
        "evidence that proves a refuted claim",
        lambda: see.contradicted(_says(_REFUTES), _says(_PROVES)),
        lambda: see.contradicted(_says(_REFUTES)),
        "contradiction",
    ),
    Fault(
        "swapped reading",
        "a claim that reads its own counterexample as a proof",
        lambda: see.contradicts_the_shipped_reading(_swapped, _fact()),
        lambda: see.contradicts_the_shipped_reading(LEVELSET_REMEZ.read, _fact()),
        "contradiction",
    ),
    Fault(
        "vacuous property",
        "100 random cases, none of which met the hypotheses",
        lambda: see.short_of(Status.OBSERVED, _sampled(_INSTANCE, effective=0)),
        lambda: see.short_of(Status.OBSERVED, _sampled(_INSTANCE)),
        "the claim is open",
    ),
    Fault(
        "sample that pretends to refute",
        "a failing random case, not made a certificate",
        lambda: see.short_of(Status.REFUTED, _sampled(_REFUTES, fails=True)),
        lambda: see.short_of(Status.REFUTED, _says(_REFUTES)),
        "the claim is open",
    ),
    Fault(
        "sample that pretends to prove",
        "many random cases passed off as a proof",
        lambda: see.short_of(Status.PROVED, _sampled(_PROVES)),
        lambda: see.short_of(Status.PROVED, _says(_PROVES)),
        "the claim is o",  # open or observed, but not proved
    ),
    Fault(
        "sample dressed as a certificate",
        "random cases with the method of an exact check",
        lambda: see.short_of(Status.REFUTED, see.evidence(see.sample(fails=True), _REFUTES)),
        lambda: see.short_of(Status.REFUTED, _says(_REFUTES)),
        "the claim is open",
    ),
    Fault(
        "instance as a proof",
        "one case passed off as all",
        lambda: see.short_of(Status.PROVED, _says(_INSTANCE)),
        lambda: see.short_of(Status.PROVED, _says(_PROVES)),
        "the claim is checked",
    ),
    Fault(
        "circular assumptions",
        "two claims, each proved by assuming the other",
        lambda: see.short_of(
            Status.PROVED, _says(_PROVES, _OTHER), _on(_OTHER, _PROVES, see.CLAIM)
        ),
        lambda: see.short_of(Status.PROVED, _says(_PROVES, _OTHER), _on(_OTHER, _PROVES)),
        "the claim is ",
    ),
    Fault(
        "longer circle",
        "three claims that prove each other in turn",
        lambda: see.short_of(
            Status.PROVED,
            _says(_PROVES, _OTHER),
            _on(_OTHER, _PROVES, _THIRD),
            _on(_THIRD, _PROVES, see.CLAIM),
        ),
        lambda: see.short_of(
            Status.PROVED,
            _says(_PROVES, _OTHER),
            _on(_OTHER, _PROVES, _THIRD),
            _on(_THIRD, _PROVES),
        ),
        "the claim is ",
    ),
    Fault(
        "proof from itself",
        "a claim proved by assuming it",
        lambda: see.short_of(Status.PROVED, _says(_PROVES, see.CLAIM)),
        lambda: see.short_of(Status.PROVED, _says(_PROVES)),
        "the claim is ",
    ),
    Fault(
        "hidden assumption",
        "a proof that grants a theorem, passed off as one that grants nothing",
        lambda: see.short_of(Status.PROVED, _says(_PROVES, "Markov inequality")),
        lambda: see.short_of(Status.PROVED, _says(_PROVES)),
        "the claim is proved-granting",
    ),
    Fault(
        "proof from a refuted claim",
        "a proof that assumes what is refuted",
        lambda: see.short_of(Status.PROVED_GRANTING, _says(_PROVES, _OTHER), _on(_OTHER, _REFUTES)),
        lambda: see.short_of(Status.PROVED_GRANTING, _says(_PROVES, _OTHER)),
        "the claim is open",
    ),
    Fault(
        "forged order of facts",
        "a weighing in which the first piece of evidence wins",
        lambda: see.order_matters(_first_wins, [_says(_INSTANCE), _says(_REFUTES)]),
        lambda: see.order_matters(decide, [_says(_INSTANCE), _says(_REFUTES)]),
        "two orders, two verdicts",
    ),
    Fault(
        "evidence on another claim",
        "a fact about one claim weighed for another",
        lambda: see.misdirected(_on(_OTHER, _PROVES)),
        lambda: see.misdirected(_says(_PROVES)),
        "refused",
    ),
)

IN_STANDINGS: tuple[Fault, ...] = (
    Fault(
        "stale baseline",
        "recorded as refuted, now open: the counterexample is lost",
        lambda: see.unfulfilled(_sampled(_INSTANCE, effective=0), recorded=Status.REFUTED),
        lambda: see.unfulfilled(_says(_REFUTES), recorded=Status.REFUTED),
        "weaker than the baseline",
    ),
    Fault(
        "new refutation",
        "recorded as checked, now refuted",
        lambda: see.unfulfilled(_says(_REFUTES), recorded=Status.CHECKED),
        lambda: see.unfulfilled(_says(_INSTANCE), recorded=Status.CHECKED),
        "refuted",
    ),
    Fault(
        "lost proof",
        "recorded as proved, now only checked",
        lambda: see.unfulfilled(_says(_INSTANCE), recorded=Status.PROVED),
        lambda: see.unfulfilled(_says(_PROVES), recorded=Status.PROVED),
        "weaker than the baseline",
    ),
    Fault(
        "doubt passed over",
        "a failing random case of a claim that is checked",
        lambda: see.unfulfilled(
            _says(_INSTANCE), _sampled(_REFUTES, fails=True), recorded=Status.CHECKED
        ),
        lambda: see.unfulfilled(_says(_INSTANCE), recorded=Status.CHECKED),
        "a property test found a failing case",
    ),
    Fault(
        "open taken for a success",
        "nothing is known, and nothing is recorded",
        lambda: see.unfulfilled(_says(Bearing.SILENT)),
        lambda: see.unfulfilled(_says(_PROVES)),
        "undecided",
    ),
    Fault(
        "too little rigour",
        "random cases where an exact check is required",
        lambda: see.unfulfilled(_sampled(_INSTANCE), require=Authority.EXACT),
        lambda: see.unfulfilled(_says(_INSTANCE), require=Authority.EXACT),
        "below the authority required",
    ),
)
