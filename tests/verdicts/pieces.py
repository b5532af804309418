"""Made-up evidence, and what DESIGN 2 and 3 say about any collection of it."""

from collections.abc import Collection, Iterable
from fractions import Fraction
from itertools import product

from ucomp_verify.claims import Bearing, Reading
from ucomp_verify.evidence import Evidence, Method, Provenance
from ucomp_verify.findings import Enclosure, Finding, Sample
from ucomp_verify.verdicts import Status

PROVES, EMPTIES, REFUTES = Bearing.PROVES, Bearing.EMPTIES, Bearing.REFUTES
INSTANCE, SILENT = Bearing.INSTANCE, Bearing.SILENT

FLOAT, BALL, EXACT, FORMAL = (
    Method.PROPERTY_TEST,
    Method.ENCLOSURE,
    Method.CERTIFICATE,
    Method.FORMAL_PROOF,
)
SAMPLING = (Method.STUDY, Method.PROPERTY_TEST)
CITED = "Markov inequality"


def sample(*, cases: int = 9, effective: int = 7) -> Sample:
    """A sample of a property in which nothing failed."""
    return Sample("property", cases, effective, None, 0)


def piece(
    bearing: Bearing,
    method: Method = EXACT,
    *assumes: str,
    claim: str = "claim",
    finding: Finding | None = None,
    origin: str = "",
    trusts: tuple[str, ...] = (),
    family: str = "",
) -> Evidence:
    """Evidence on a claim; its origin tells it from evidence that bears otherwise."""
    found = sample() if method in SAMPLING else Enclosure(Fraction(0), Fraction(1), 53)
    name = origin or f"{method.value} {bearing.value} granting {'+'.join(assumes) or 'nothing'}"
    return Evidence(
        claim,
        method,
        Reading(bearing, family=family),
        finding or found,
        Provenance(name, "", ""),
        assumes,
        trusts,
    )


POOL = tuple(
    piece(bearing, method, *assumes)
    for method, bearing, assumes in product(Method, Bearing, [(), (CITED,)])
)
"""Every method, with every bearing, granting nothing or something."""

EFFECTLESS = tuple(
    piece(bearing, FLOAT, finding=sample(effective=0), origin=f"no case {bearing.value}")
    for bearing in Bearing
)
"""Samples whose hypotheses were never met."""

ESSENTIAL = tuple(
    piece(bearing, method, *assumes)
    for method, bearing, assumes in product(
        (FLOAT, BALL, FORMAL), (PROVES, EMPTIES, REFUTES, INSTANCE), [(), (CITED,)]
    )
)
"""Of the pool, one method for each way that a method can count."""


def expected_status(evidence: Iterable[Evidence]) -> Status | None:
    """The status by DESIGN 2 and 3, None for a contradiction: the first row that applies.

    Written as a table over the set of (bearing, rigorous?, granting?) that is there.
    """
    there = {
        (e.reading.bearing, e.method not in SAMPLING, bool(e.assumes))
        for e in evidence
        if not isinstance(e.finding, Sample) or e.finding.effective > 0
    }

    def has(*bearings: Bearing, rigorous: bool, granting: Collection[bool]) -> bool:
        return not there.isdisjoint(product(bearings, [rigorous], granting))

    def both_sides(granting: bool) -> bool:
        return has(REFUTES, rigorous=True, granting=[granting]) and has(
            PROVES, EMPTIES, rigorous=True, granting=[granting]
        )

    rows = (
        (None, both_sides(granting=False)),
        (Status.REFUTED, has(REFUTES, rigorous=True, granting=[False])),
        (Status.VACUOUS, has(EMPTIES, rigorous=True, granting=[False])),
        (Status.PROVED, has(PROVES, rigorous=True, granting=[False])),
        (None, both_sides(granting=True)),
        (Status.REFUTED, has(REFUTES, rigorous=True, granting=[True])),
        (Status.VACUOUS, has(EMPTIES, rigorous=True, granting=[True])),
        (Status.PROVED_GRANTING, has(PROVES, rigorous=True, granting=[True])),
        (Status.OPEN, has(REFUTES, rigorous=False, granting=[False, True])),
        (Status.CHECKED, has(INSTANCE, rigorous=True, granting=[False, True])),
        (Status.OBSERVED, has(INSTANCE, rigorous=False, granting=[False, True])),
        (Status.OPEN, True),
    )
    return next(status for status, applies in rows if applies)
