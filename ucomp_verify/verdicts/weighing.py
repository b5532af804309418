"""What a piece of evidence comes to once the assumptions that are proved are discharged."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ucomp_verify.claims import Bearing
from ucomp_verify.evidence import Authority, Evidence

PROVING = (Bearing.PROVES, Bearing.EMPTIES)


@dataclass(frozen=True)
class Weighed:
    """Evidence, and what is still granted, how rigorous it is and what must be right.

    `through` are the claims by whose proofs assumptions were discharged, directly or
    further back: the authority is no higher than theirs, and what they trust is trusted.
    """

    evidence: Evidence
    granting: tuple[str, ...]
    authority: Authority
    trusts: tuple[str, ...]
    through: tuple[str, ...]

    @property
    def bearing(self) -> Bearing:
        """How the evidence bears on its claim."""
        return self.evidence.reading.bearing

    @property
    def rank(self) -> tuple[object, ...]:
        """Least for the best: by what is granted, then authority, then what it rests on."""
        size = len(self.granting)
        return (size, self.granting, -self.authority, len(self.through), self.through, self.trusts)


def bears(evidence: Evidence, *bearings: Bearing) -> bool:
    """Whether the evidence is rigorous and bears on its claim in one of these ways."""
    return evidence.reading.bearing in bearings and evidence.authority > Authority.FLOAT


def weigh(evidence: Evidence, grounds: Mapping[str, Weighed] | None = None) -> Weighed:
    """The evidence with the claims that have a ground discharged, or replaced by its grants."""
    used = [grounds[a] for a in evidence.assumes if a in grounds] if grounds else []
    discharged = {w.evidence.claim for w in used}
    kept = [a for a in evidence.assumes if a not in discharged]
    return Weighed(
        evidence,
        granting=_union(kept, *(w.granting for w in used)),
        authority=min([evidence.authority, *(w.authority for w in used)]),
        trusts=_union(evidence.trusts, *(w.trusts for w in used)),
        through=_union(discharged, *(w.through for w in used)),
    )


def _union(*parts: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({name for part in parts for name in part}))


def find_grounds(evidence: Sequence[Evidence]) -> dict[str, Weighed]:
    """For every claim that has a founded proof the best one: it never goes in a circle.

    An assumption that names a claim without proof stays granted, and so does one that
    names a claim whose only proofs go round in a circle.
    """
    proofs = [e for e in evidence if bears(e, *PROVING)]
    unfounded = {e.claim for e in proofs} - _founded(proofs).keys()
    leads_to = {
        claim: [a for e in proofs if e.claim == claim for a in e.assumes] for claim in unfounded
    }
    circular = {claim for claim in unfounded if claim in reachable(claim, leads_to)}
    return _founded([e for e in proofs if e.claim not in circular])


def _founded(proofs: Sequence[Evidence]) -> dict[str, Weighed]:
    """The best proof of each claim, best first, from those with a ground found earlier.

    To use a ground never improves on its rank, so what is found first is best (Knuth
    1977, A generalization of Dijkstra's algorithm).
    """
    waiting, grounds = {e.claim for e in proofs}, dict[str, Weighed]()
    while ready := [
        weigh(e, grounds) for e in proofs if e.claim in waiting and waiting.isdisjoint(e.assumes)
    ]:
        best = min(ready, key=lambda w: w.rank)
        grounds[best.evidence.claim] = best
        waiting.remove(best.evidence.claim)
    return grounds


def reachable(start: str, edges: Mapping[str, Iterable[str]]) -> set[str]:
    """The names to which at least one edge leads from `start`, over others or not."""
    seen, waiting = set[str](), list(edges.get(start, ()))
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            waiting.extend(edges.get(name, ()))
    return seen
