"""Random graphs of evidence, circles among them, against what it says as implications."""

import re
from ast import literal_eval
from collections.abc import Callable
from dataclasses import replace
from itertools import product
from random import Random
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.verdicts.graphs import (
    CITED,
    SLUGS,
    TRUE,
    acyclic_graphs,
    against,
    certain_claims,
    circular_claims,
    circular_graphs,
    decided,
    graphs,
    models_of,
    on,
    premises,
    proofs_in,
    refuted_claims,
    using,
    verdicts,
)
from tests.verdicts.pieces import BALL, EMPTIES, EXACT, FORMAL, PROVES, REFUTES, piece
from ucomp_verify.evidence import Authority, Evidence
from ucomp_verify.verdicts import ContradictoryEvidence, Status, closure, decide, propagate

Recorder = Callable[[int], None]

PROOFS = (
    [on("d")],
    [on("c", "d", method=FORMAL), on("d", method=BALL)],
    [on("b", "c"), on("c", method=FORMAL), on("b", method=BALL)],
)
CONFLICTS = (
    [on("a"), against("a")],
    [on("a", "X"), against("a", "Y")],
    [on("a", "b"), against("a", "c")],
    [on("a"), against("a", "b"), on("b", "a")],
)
FALLS = (
    [against("a"), on("b", "a")],
    [against("b", "c"), on("c"), against("d", "b", "X"), on("d")],
)


@given(graphs())
def test_every_settled_verdict_follows_from_the_evidence(
    record_effective: Recorder, evidence: list[Evidence]
) -> None:
    found = decided(evidence)
    for verdict in (found or {}).values():
        if verdict.status in (*TRUE, Status.REFUTED):
            record_effective(1)
            for model in models_of(evidence):
                if all(model[name] for name in verdict.granting):
                    assert model[verdict.claim] is (verdict.status is not Status.REFUTED)


@given(graphs(*PROOFS))
def test_claims_are_proved_and_refuted_exactly_if_it_is_certain(
    record_effective: Recorder, evidence: list[Evidence]
) -> None:
    certain, impossible = certain_claims(evidence), refuted_claims(evidence)
    found = decided(evidence)
    if certain & impossible:
        assert found is None
    elif found is not None:
        record_effective(len(certain | impossible))
        for slug, v in found.items():
            settled = v.granting == ()
            assert (settled and v.status in (Status.PROVED, Status.VACUOUS)) is (slug in certain)
            assert (settled and v.status is Status.REFUTED) is (slug in impossible)


@given(graphs(*CONFLICTS))
def test_a_contradiction_is_one(record_effective: Recorder, evidence: list[Evidence]) -> None:
    try:
        propagate(premises(evidence))
    except ContradictoryEvidence as error:
        record_effective(1)
        named = re.search(r"one of (\[.*\]) is false", str(error))
        granted = cast("list[str]", literal_eval(named[1])) if named else []
        assert not any(all(model[name] for name in granted) for model in models_of(evidence))


@given(graphs(*PROOFS))
def test_a_proved_claim_has_the_authority_with_which_it_can_be_reached(
    record_effective: Recorder, evidence: list[Evidence]
) -> None:
    found = decided(evidence)
    by_authority = {
        level: certain_claims([e for e in evidence if e.authority >= level]) for level in Authority
    }
    for slug, verdict in (found or {}).items():
        if verdict.status is Status.PROVED:
            record_effective(1)
            assert verdict.authority == max(a for a in Authority if slug in by_authority[a])


@given(graphs(*FALLS))
def test_evidence_that_assumes_a_refuted_claim_does_not_count(
    record_effective: Recorder, evidence: list[Evidence]
) -> None:
    impossible = refuted_claims(evidence)
    kept = [e for e in evidence if impossible.isdisjoint(e.assumes)]
    if not impossible & certain_claims(evidence):
        record_effective(len(evidence) - len(kept))
        assert decided(evidence) == decided(kept)


@given(acyclic_graphs())
def test_without_circles_only_what_is_not_proved_is_granted(
    record_effective: Recorder, evidence: list[Evidence]
) -> None:
    found = decided(evidence) or {}
    for verdict in found.values():
        for name in verdict.granting:
            record_effective(1)
            assert name in CITED or found[name].status not in TRUE


@given(acyclic_graphs())
def test_the_verdicts_as_evidence_give_the_verdicts(
    record_effective: Recorder, evidence: list[Evidence]
) -> None:
    found = decided(evidence)
    bearing = {
        Status.PROVED: PROVES,
        Status.PROVED_GRANTING: PROVES,
        Status.VACUOUS: EMPTIES,
        Status.REFUTED: REFUTES,
    }
    settled = [v for v in (found or {}).values() if v.status in bearing]
    record_effective(len(settled))
    again = verdicts([piece(bearing[v.status], EXACT, *v.granting, claim=v.claim) for v in settled])
    for verdict in settled:
        repeated = again[verdict.claim]
        assert (repeated.status, repeated.granting) == (verdict.status, verdict.granting)


@given(graphs(), st.permutations(SLUGS), st.randoms(use_true_random=False))
def test_no_order_matters(evidence: list[Evidence], slugs: list[str], chance: Random) -> None:
    shuffled = list(evidence)
    chance.shuffle(shuffled)
    assert decided(shuffled, slugs) == decided(evidence)


@given(graphs(), st.integers(1, 3))
def test_claims_that_nothing_assumes_change_nothing(evidence: list[Evidence], more: int) -> None:
    strangers = [f"stranger-{i}" for i in range(more)]
    found = decided(evidence, (*SLUGS, *strangers))
    alone = decided(evidence)
    assert (found is None) is (alone is None)
    if found is not None and alone is not None:
        assert {s: found[s] for s in SLUGS} == alone


@given(circular_graphs())
def test_a_circle_is_worth_no_more_than_an_open_claim(
    record_effective: Recorder, evidence: list[Evidence]
) -> None:
    """What goes round in a circle may be left out: no verdict on another claim changes."""
    circle = circular_claims(evidence)
    found, proofs = decided(evidence), proofs_in(evidence)
    without = decided([e for e in evidence if e.claim not in circle or e not in proofs])
    record_effective(len(circle))
    if found is not None and without is not None:
        for slug in set(SLUGS) - circle:
            assert found[slug] == without[slug]
    for slug in circle if found else ():
        assert found is None or found[slug].status is not Status.PROVED


@given(st.sets(st.tuples(st.sampled_from(SLUGS), st.sampled_from(SLUGS))), graphs())
def test_uses_are_followed_to_the_end_and_change_no_status(
    record_effective: Recorder, edges: set[tuple[str, str]], evidence: list[Evidence]
) -> None:
    plain = decided(evidence)
    if plain is None:
        return
    uses = {s: sorted(end for start, end in edges if start == s) for s in SLUGS}
    reached = set(edges)
    for middle, start, end in product(SLUGS, repeat=3):
        if {(start, middle), (middle, end)} <= reached:
            reached.add((start, end))
    for slug, verdict in using(uses, evidence).items():
        used = {end for start, end in reached if start == slug} - {slug}
        assert closure(slug, uses) == tuple(sorted(used))
        fallen = {s for s in used if plain[s].status in (Status.REFUTED, Status.VACUOUS)}
        sound = {s for s in used if plain[s].status in (Status.PROVED, Status.PROVED_GRANTING)}
        assert set(verdict.shaken_by) == fallen
        assert set(verdict.unsettled) == used - fallen - sound
        assert replace(verdict, shaken_by=(), unsettled=()) == plain[slug]
        record_effective(len(used))


@given(graphs())
def test_one_claim_alone_is_decided(evidence: list[Evidence]) -> None:
    own = [e for e in evidence if e.claim == "a" and not set(e.assumes) & set(SLUGS)]
    try:
        decided = decide("a", own)
    except ContradictoryEvidence:
        with pytest.raises(ContradictoryEvidence, match=r"a: .* proves it and .* refutes it"):
            propagate(premises(own, "a"))
    else:
        assert propagate(premises(own, "a")) == (decided,)
