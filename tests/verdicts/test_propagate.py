"""What is granted and what is shaken, case by case."""

from collections.abc import Mapping
from itertools import pairwise, permutations

import pytest

from tests.verdicts.graphs import SLUGS, Graph, against, on, premises, using, verdicts
from tests.verdicts.pieces import (
    BALL,
    EMPTIES,
    EXACT,
    FLOAT,
    FORMAL,
    INSTANCE,
    PROVES,
    REFUTES,
    piece,
)
from ucomp_verify.evidence import Authority
from ucomp_verify.verdicts import ContradictoryEvidence, Premises, Status, propagate


def _outcomes(evidence: Graph) -> dict[str, tuple[str, ...]]:
    """Status and grants in words, by slug."""
    return {s: (v.status.value, *v.granting) for s, v in verdicts(evidence).items()}


OPEN = ("open",)
TABLE: tuple[tuple[str, Graph, dict[str, tuple[str, ...]]], ...] = (
    ("a proved assumption is discharged", [on("a", "b"), on("b")], {"a": ("proved",)}),
    (
        "so is a vacuous one: it is true",
        [on("a", "b"), piece(EMPTIES, claim="b")],
        {"a": ("proved",), "b": ("vacuous",)},
    ),
    ("through others", [on("a", "b"), on("b", "c"), on("c")], {"a": ("proved",)}),
    (
        "one proved on further assumptions is replaced by these",
        [on("a", "b", "Y"), on("b", "c"), on("c", "X")],
        {"a": ("proved-granting", "X", "Y"), "b": ("proved-granting", "X")},
    ),
    ("an open one stays granted", [on("a", "b")], {"a": ("proved-granting", "b"), "b": OPEN}),
    (
        "so does a checked one",
        [on("a", "b"), piece(INSTANCE, claim="b")],
        {"a": ("proved-granting", "b"), "b": ("checked",)},
    ),
    (
        "an observed one",
        [on("a", "b"), piece(INSTANCE, FLOAT, claim="b")],
        {"a": ("proved-granting", "b"), "b": ("observed",)},
    ),
    (
        "and one refuted on an assumption",
        [on("a", "b"), against("b", "X")],
        {"a": ("proved-granting", "b"), "b": ("refuted", "X")},
    ),
    (
        "even if that assumption is proved on another",
        [on("a", "b"), against("b", "c"), on("c", "X")],
        {"a": ("proved-granting", "b"), "b": ("refuted", "X")},
    ),
    (
        "what assumes a refuted claim does not count",
        [on("a", "b"), piece(INSTANCE, claim="a"), against("b")],
        {"a": ("checked",), "b": ("refuted",)},
    ),
    (
        "nor does a refutation that assumes it",
        [against("a", "b"), on("a", "X"), against("b")],
        {"a": ("proved-granting", "X")},
    ),
    (
        "a refutation is discharged like a proof",
        [against("a", "b"), on("a", "X"), on("b")],
        {"a": ("refuted",), "b": ("proved",)},
    ),
    (
        "and then fells what assumes the claim",
        [on("c", "a"), against("a", "b"), on("b", "d"), on("d")],
        {"a": ("refuted",), "b": ("proved",), "c": OPEN},
    ),
    (
        "a circle of one proves nothing",
        [on("a", "a")],
        {"a": OPEN},
    ),
    (
        "a circle of two proves nothing",
        [on("a", "b"), on("b", "a")],
        {"a": ("proved-granting", "b"), "b": ("proved-granting", "a")},
    ),
    (
        "nor a circle of three, to one that leans on it",
        [on("a", "b"), on("b", "c"), on("c", "a"), on("d", "c", "X")],
        {
            "a": ("proved-granting", "b"),
            "b": ("proved-granting", "c"),
            "c": ("proved-granting", "a"),
            "d": ("proved-granting", "X", "c"),
        },
    ),
    (
        "a ground under one of a circle carries all",
        [on("a", "b"), on("b", "c"), on("c", "a"), on("b", "d"), on("d")],
        {"a": ("proved",), "b": ("proved",), "c": ("proved",)},
    ),
    (
        "likewise if it grants something",
        [on("a", "b"), on("b", "a"), on("b", "X")],
        {"a": ("proved-granting", "X"), "b": ("proved-granting", "X")},
    ),
    (
        "the proof that grants least is taken",
        [on("a", "X", "Y"), on("a", "b"), on("b", "c"), on("c", "X")],
        {"a": ("proved-granting", "X")},
    ),
    (
        "found late, what grants nothing is taken",
        [on("a", "X"), on("a", "b"), on("b", "c"), on("c", "d"), on("d")],
        {"a": ("proved",)},
    ),
    (
        "instances are discharged too",
        [piece(INSTANCE, EXACT, "b", "X", claim="a"), on("b")],
        {"a": ("checked", "X")},
    ),
    (
        "a sample proves no assumption",
        [on("a", "b"), piece(PROVES, FLOAT, claim="b")],
        {"a": ("proved-granting", "b"), "b": OPEN},
    ),
    (
        "and refutes none",
        [on("a", "b"), piece(REFUTES, FLOAT, claim="b")],
        {"a": ("proved-granting", "b"), "b": OPEN},
    ),
)


@pytest.mark.parametrize(("name", "evidence", "expected"), TABLE)
def test_table(name: str, evidence: Graph, expected: Mapping[str, tuple[str, ...]]) -> None:
    for slugs in permutations(SLUGS):
        found = {v.claim: v for v in propagate(premises(evidence, slugs))}
        assert {s: (found[s].status.value, *found[s].granting) for s in expected} == expected, name


def test_the_authority_is_no_higher_than_that_of_a_discharged_claim() -> None:
    found = verdicts([on("a", "b", method=FORMAL), on("b", "c"), on("c", method=BALL)])
    assert [found[s].authority for s in "abc"] == [Authority.BALL] * 3


def test_a_claim_trusts_what_a_discharged_claim_trusts() -> None:
    checker, library = (("kernel",), ("FLINT",))
    found = verdicts(
        [
            piece(PROVES, EXACT, "b", claim="a", trusts=checker),
            piece(PROVES, BALL, claim="b", trusts=library),
        ]
    )
    assert found["a"].trusts == ("FLINT", "kernel")
    assert found["b"].trusts == library


def test_a_proof_through_the_claim_itself_is_no_support() -> None:
    own, circle = on("a", method=BALL), on("a", "b", method=FORMAL)
    found = verdicts([circle, own, on("b", "a", method=FORMAL)])
    assert found["a"].basis == (own,)
    assert [found[s].authority for s in "ab"] == [Authority.BALL] * 2


def test_the_basis_shows_the_evidence_as_it_was_given() -> None:
    proof = on("a", "b")
    assert verdicts([proof, on("b")])["a"].basis == (proof,)


def test_an_assumption_settled_elsewhere_resolves_a_contradiction() -> None:
    """On its own the evidence on `a` contradicts itself; what `b` turns out to be decides."""
    both = [on("a", "X"), against("a", "b")]
    with pytest.raises(ContradictoryEvidence, match=r"one of \['X', 'b'\] is false"):
        propagate(premises(both))
    assert _outcomes([*both, on("b")])["a"] == ("refuted",)
    assert _outcomes([*both, against("b")])["a"] == ("proved-granting", "X")


CONTRADICTIONS: tuple[Graph, ...] = (
    [on("a", "b"), on("b"), against("a")],
    [on("a"), on("b", "a"), against("a", "b")],
    # Each refutation assumes the other claim: they must not hide one another.
    [on("a"), against("a", "b"), on("b", "a"), against("b")],
)


@pytest.mark.parametrize("evidence", CONTRADICTIONS)
def test_contradictions_through_other_claims_are_found(evidence: Graph) -> None:
    for slugs in permutations(SLUGS):
        with pytest.raises(ContradictoryEvidence, match="a check or a reading is wrong"):
            propagate(premises(evidence, slugs))


def test_the_first_of_several_contradictions_is_named() -> None:
    every = [e for slug in reversed(SLUGS) for e in (on(slug), against(slug))]
    with pytest.raises(ContradictoryEvidence, match=r"^a: "):
        propagate(premises(every))


def test_a_claim_given_twice_is_refused() -> None:
    with pytest.raises(ValueError, match=r"every claim once, got \['a', 'b', 'a'\]"):
        propagate(premises([], ("a", "b", "a")))


def test_evidence_filed_under_another_claim_is_refused() -> None:
    with pytest.raises(ValueError, match="evidence on 'b' was given to decide on 'a'"):
        propagate([Premises("a", (), (on("b"),)), Premises("b", (), ())])


def test_a_long_chain_and_a_long_circle_end() -> None:
    slugs = [f"claim-{i:03}" for i in range(150)]
    chain = [on(s, after) for s, after in pairwise(slugs)]
    grounded = verdicts([*chain, on(slugs[-1], method=BALL)], slugs)
    assert {(v.status, v.authority) for v in grounded.values()} == {(Status.PROVED, Authority.BALL)}
    circular = verdicts([*chain, on(slugs[-1], slugs[0])], slugs)
    assert {v.status for v in circular.values()} == {Status.PROVED_GRANTING}
    assert all(len(v.granting) == 1 for v in circular.values())


# What the paper's proofs use.


def test_shaken_and_unsettled_through_the_closure_of_uses() -> None:
    uses = {"a": ["b"], "b": ["c", "d"], "c": ["a"], "d": ["missing"]}
    found = using(uses, [on("a"), on("b", "X"), against("c")])
    assert {s: (v.shaken_by, v.unsettled) for s, v in found.items()} == {
        "a": (("c",), ("d",)),
        "b": (("c",), ("d",)),
        "c": ((), ("d",)),
        "d": ((), ()),
    }


@pytest.mark.parametrize(
    ("evidence", "shaken", "unsettled"),
    [
        ([], False, True),
        ([piece(INSTANCE, FLOAT, claim="b")], False, True),
        ([piece(INSTANCE, claim="b")], False, True),
        ([on("b", "X")], False, False),
        ([on("b")], False, False),
        ([piece(EMPTIES, claim="b")], True, False),
        ([against("b", "X")], True, False),
        ([against("b")], True, False),
    ],
)
def test_which_status_shakes(evidence: Graph, shaken: bool, unsettled: bool) -> None:
    found = using({"a": ["b"]}, [on("a"), *evidence])["a"]
    assert found.status is Status.PROVED
    assert (found.shaken_by == ("b",), found.unsettled == ("b",)) == (shaken, unsettled)
