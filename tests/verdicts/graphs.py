"""Evidence on several claims, and what it says as implications between sentences."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import product

from hypothesis import strategies as st

from tests.verdicts.pieces import (
    BALL,
    EMPTIES,
    EXACT,
    FLOAT,
    FORMAL,
    INSTANCE,
    PROVES,
    REFUTES,
    SAMPLING,
    piece,
)
from ucomp_verify.claims import Bearing
from ucomp_verify.evidence import Evidence, Method
from ucomp_verify.verdicts import ContradictoryEvidence, Premises, Status, Verdict, propagate

SLUGS: tuple[str, ...] = ("a", "b", "c", "d")
CITED: tuple[str, ...] = ("X", "Y")
TRUE = (Status.PROVED, Status.PROVED_GRANTING, Status.VACUOUS)

Graph = Sequence[Evidence]


def premises(evidence: Graph, slugs: Iterable[str] = SLUGS) -> list[Premises]:
    """Each claim with its evidence."""
    return [Premises(s, (), tuple(e for e in evidence if e.claim == s)) for s in slugs]


def verdicts(evidence: Graph, slugs: Iterable[str] = SLUGS) -> dict[str, Verdict]:
    """The verdicts by slug."""
    return {v.claim: v for v in propagate(premises(evidence, slugs))}


def decided(evidence: Graph, slugs: Iterable[str] = SLUGS) -> dict[str, Verdict] | None:
    """The verdicts by slug; None if the evidence contradicts itself."""
    try:
        return verdicts(evidence, slugs)
    except ContradictoryEvidence:
        return None


def using(uses: Mapping[str, Sequence[str]], evidence: Graph) -> dict[str, Verdict]:
    """The verdicts by slug, where the paper's proofs use these claims."""
    claims = [replace(p, uses=tuple(uses.get(p.claim, ()))) for p in premises(evidence)]
    return {v.claim: v for v in propagate(claims)}


def on(claim: str, *assumes: str, method: Method = EXACT) -> Evidence:
    """A proof of a claim."""
    return piece(PROVES, method, *assumes, claim=claim)


def against(claim: str, *assumes: str, method: Method = EXACT) -> Evidence:
    """A refutation of a claim."""
    return piece(REFUTES, method, *assumes, claim=claim)


def _about(claim: str, names: Sequence[str]) -> st.SearchStrategy[Evidence]:
    bearings = st.sampled_from((PROVES, PROVES, PROVES, EMPTIES, REFUTES, INSTANCE))
    methods = st.sampled_from((FLOAT, BALL, EXACT, FORMAL))
    assumes = st.lists(st.sampled_from(names), max_size=2, unique=True)

    def made(parts: tuple[Bearing, Method, list[str]]) -> Evidence:
        bearing, method, assumed = parts
        return piece(bearing, method, *assumed, claim=claim)

    return st.tuples(bearings, methods, assumes).map(made)


def acyclic_graphs() -> st.SearchStrategy[list[Evidence]]:
    """Evidence that assumes theorems and later claims."""
    any_claim = st.sampled_from(range(len(SLUGS)))
    return st.lists(
        any_claim.flatmap(lambda i: _about(SLUGS[i], (*SLUGS[i + 1 :], *CITED))),
        min_size=1,
        max_size=10,
    )


def circular_graphs() -> st.SearchStrategy[list[Evidence]]:
    """Evidence that assumes any claims, with a circle of proofs put in."""
    any_claim = st.sampled_from(SLUGS)
    some = st.lists(any_claim.flatmap(lambda s: _about(s, (*SLUGS, *CITED))), max_size=6)
    circles = st.lists(any_claim, min_size=1, max_size=4, unique=True).map(
        lambda ring: [on(s, after) for s, after in zip(ring, ring[1:] + ring[:1], strict=True)]
    )
    return st.tuples(some, circles).map(lambda parts: [*parts[0], *parts[1]])


def graphs(*more: Graph) -> st.SearchStrategy[list[Evidence]]:
    """Evidence of either kind, and one of the given collections if there are any."""
    plain = st.one_of(acyclic_graphs(), circular_graphs())
    added = st.sampled_from(more or ((),))
    return st.tuples(plain, added).map(lambda parts: [*parts[0], *parts[1]])


def rigorous_in(evidence: Graph) -> list[Evidence]:
    """What is no sample."""
    return [e for e in evidence if e.method not in SAMPLING]


def models_of(evidence: Graph) -> Iterator[dict[str, bool]]:
    """All truth values of claims and theorems with which all the evidence is right."""
    names: tuple[str, ...] = (*SLUGS, *CITED)
    settling = [e for e in rigorous_in(evidence) if e.reading.bearing is not INSTANCE]
    for values in product([False, True], repeat=len(names)):
        model = dict(zip(names, values, strict=True))
        if all(
            model[e.claim] is (e.reading.bearing is not REFUTES)
            for e in settling
            if all(model[a] for a in e.assumes)
        ):
            yield model


def proofs_in(evidence: Graph) -> list[Evidence]:
    """What shows that a claim is true."""
    return [e for e in rigorous_in(evidence) if e.reading.bearing in (PROVES, EMPTIES)]


def certain_claims(evidence: Graph) -> set[str]:
    """The claims that are true with whatever truth values agree with the proofs."""
    models = list(models_of(proofs_in(evidence)))
    return {s for s in SLUGS if all(model[s] for model in models)}


def refuted_claims(evidence: Graph) -> set[str]:
    """The claims that evidence refutes which assumes certain claims alone."""
    certain = certain_claims(evidence)
    refuting = [e for e in rigorous_in(evidence) if e.reading.bearing is REFUTES]
    return {e.claim for e in refuting if certain.issuperset(e.assumes)}


def circular_claims(evidence: Graph) -> set[str]:
    """The claims that have proofs, all of them through the claim itself, by brute force."""
    impossible = refuted_claims(evidence)
    proofs = [e for e in proofs_in(evidence) if impossible.isdisjoint(e.assumes)]
    claims, founded = {e.claim for e in proofs}, set[str]()
    for _ in SLUGS:
        founded |= {e.claim for e in proofs if set(e.assumes) & claims <= founded}
    step = {(e.claim, a) for e in proofs for a in e.assumes if {e.claim, a} <= claims - founded}
    for middle, start, end in product(SLUGS, repeat=3):
        if {(start, middle), (middle, end)} <= step:
            step.add((start, end))
    return {slug for slug in SLUGS if (slug, slug) in step}
