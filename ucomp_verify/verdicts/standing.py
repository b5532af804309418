"""Does a verdict stand as it was asked for, or as the baseline records it?"""

import enum
from dataclasses import dataclass

from ucomp_verify.evidence import Authority

from .types import Status, Verdict


class Standing(enum.Enum):
    """How a verdict compares with what was asked."""

    STANDS = "stands"
    MATCHES = "as the baseline records"
    BETTER = "better than the baseline: record it with --write-baseline"
    FALLS = "refuted"
    DOUBTED = "a property test found a failing case"
    UNDECIDED = "undecided"
    WEAKER = "weaker than the baseline records"
    OTHER = "not what the baseline records"
    BELOW = "below the authority required"

    @property
    def fulfilled(self) -> bool:
        """Whether nothing is wrong or missing."""
        return self in (Standing.STANDS, Standing.MATCHES, Standing.BETTER)


@dataclass(frozen=True)
class Expectation:
    """What the baseline records for a claim: its status, and at least this authority."""

    status: Status
    authority: Authority | None


_STRENGTH = {
    Status.OPEN: 0,
    Status.OBSERVED: 1,
    Status.CHECKED: 2,
    Status.PROVED_GRANTING: 3,
    Status.PROVED: 4,
}
_UNSETTLED = (Status.OPEN, Status.OBSERVED, Status.CHECKED)


def standing(
    verdict: Verdict, *, expected: Expectation | None = None, require: Authority | None = None
) -> Standing:
    """Compare a verdict with the baseline's expectation, if any, and the authority asked.

    A doubt is never excused. A refutation is excused by a baseline that records it. The
    baseline knows status and authority alone: what is granted is not compared.
    """
    if verdict.doubts and verdict.status is not Status.REFUTED:
        return Standing.DOUBTED
    found = _compare(verdict, expected) if expected else _alone(verdict.status)
    if found.fulfilled and require and (verdict.authority or 0) < require:
        return Standing.BELOW
    return found


def _alone(status: Status) -> Standing:
    if status is Status.REFUTED:
        return Standing.FALLS
    undecided = status in (Status.OPEN, Status.VACUOUS)
    return Standing.UNDECIDED if undecided else Standing.STANDS


def _compare(verdict: Verdict, expected: Expectation) -> Standing:
    found, recorded = verdict.status, expected.status
    gain = (verdict.authority or 0) - (expected.authority or 0)
    if found is recorded:
        return Standing.MATCHES if gain == 0 else Standing.BETTER if gain > 0 else Standing.WEAKER
    if found is Status.REFUTED:
        return Standing.FALLS
    if _stronger(found, recorded):
        return Standing.BETTER if gain >= 0 else Standing.OTHER
    weaker = found in _UNSETTLED or _stronger(recorded, found)
    return Standing.WEAKER if weaker else Standing.OTHER


def _stronger(one: Status, other: Status) -> bool:
    """Whether the first says more of the same; a refutation or vacuity says another thing."""
    return one in _STRENGTH and other in _STRENGTH and _STRENGTH[one] > _STRENGTH[other]
