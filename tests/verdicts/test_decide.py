"""The decision table, row by row and over every small collection of evidence."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import combinations, combinations_with_replacement, permutations
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.verdicts.pieces import (
    BALL,
    CITED,
    EFFECTLESS,
    EMPTIES,
    ESSENTIAL,
    EXACT,
    FLOAT,
    FORMAL,
    INSTANCE,
    POOL,
    PROVES,
    REFUTES,
    SAMPLING,
    SILENT,
    expected_status,
    piece,
    sample,
)
from ucomp_verify.claims import Bearing
from ucomp_verify.evidence import Authority, Evidence, Method
from ucomp_verify.findings import Estimate, Sample
from ucomp_verify.verdicts import ContradictoryEvidence, Scope, Status, Verdict, decide

Outcome = tuple[Status, Authority | None, tuple[str, ...]]


def _outcome(evidence: Iterable[Evidence]) -> Outcome | None:
    """Status, authority and granting; None if the evidence contradicts itself."""
    try:
        verdict = decide("claim", evidence)
    except ContradictoryEvidence:
        return None
    return verdict.status, verdict.authority, verdict.granting


def _status(*evidence: Evidence) -> Status:
    return decide("claim", evidence).status


ROWS: tuple[tuple[str, Sequence[Evidence], Outcome], ...] = (
    ("nothing", [], (Status.OPEN, None, ())),
    ("silence", [piece(SILENT)], (Status.OPEN, None, ())),
    ("a proof", [piece(PROVES)], (Status.PROVED, Authority.EXACT, ())),
    ("in balls", [piece(PROVES, BALL)], (Status.PROVED, Authority.BALL, ())),
    (
        "the strongest of two proofs",
        [piece(PROVES), piece(PROVES, FORMAL)],
        (Status.PROVED, Authority.FORMAL, ()),
    ),
    (
        "a proof that grants",
        [piece(PROVES, EXACT, CITED)],
        (Status.PROVED_GRANTING, Authority.EXACT, (CITED,)),
    ),
    (
        "granting nothing goes before authority",
        [piece(PROVES, FORMAL, CITED), piece(PROVES, BALL)],
        (Status.PROVED, Authority.BALL, ()),
    ),
    (
        "the authority is that of a proof that grants no more",
        [piece(PROVES, FORMAL, "A", "B"), piece(PROVES, BALL, "C")],
        (Status.PROVED_GRANTING, Authority.BALL, ("C",)),
    ),
    (
        "of two proofs that grant the same the stronger",
        [piece(PROVES, FORMAL, "B", "A"), piece(PROVES, BALL, "A", "B")],
        (Status.PROVED_GRANTING, Authority.FORMAL, ("A", "B")),
    ),
    ("a refutation", [piece(REFUTES)], (Status.REFUTED, Authority.EXACT, ())),
    (
        "a refutation that grants",
        [piece(REFUTES, BALL, CITED)],
        (Status.REFUTED, Authority.BALL, (CITED,)),
    ),
    (
        "a refutation goes before a proof that grants",
        [piece(REFUTES, BALL), piece(PROVES, FORMAL, CITED)],
        (Status.REFUTED, Authority.BALL, ()),
    ),
    (
        "a proof goes before a refutation that grants",
        [piece(PROVES, BALL), piece(REFUTES, FORMAL, CITED)],
        (Status.PROVED, Authority.BALL, ()),
    ),
    (
        "a refutation goes before instances",
        [piece(REFUTES), piece(INSTANCE, FORMAL)],
        (Status.REFUTED, Authority.EXACT, ()),
    ),
    ("emptiness", [piece(EMPTIES)], (Status.VACUOUS, Authority.EXACT, ())),
    (
        "emptiness goes before a proof",
        [piece(EMPTIES, BALL), piece(PROVES, FORMAL)],
        (Status.VACUOUS, Authority.BALL, ()),
    ),
    (
        "a proof goes before emptiness that grants",
        [piece(EMPTIES, FORMAL, CITED), piece(PROVES, BALL)],
        (Status.PROVED, Authority.BALL, ()),
    ),
    ("an instance", [piece(INSTANCE)], (Status.CHECKED, Authority.EXACT, ())),
    (
        "instances go before samples",
        [piece(INSTANCE, BALL), piece(INSTANCE, FLOAT)],
        (Status.CHECKED, Authority.BALL, ()),
    ),
    (
        "instances grant together what each of them grants",
        [piece(INSTANCE, BALL, "B"), piece(INSTANCE, EXACT, "A")],
        (Status.CHECKED, Authority.EXACT, ("A", "B")),
    ),
    (
        "so do samples",
        [piece(INSTANCE, FLOAT, "B"), piece(INSTANCE, Method.STUDY, "A")],
        (Status.OBSERVED, Authority.FLOAT, ("A", "B")),
    ),
    (
        "instances that grant nothing go before others",
        [piece(INSTANCE, BALL), piece(INSTANCE, FORMAL, CITED)],
        (Status.CHECKED, Authority.BALL, ()),
    ),
    ("a sample", [piece(INSTANCE, FLOAT)], (Status.OBSERVED, Authority.FLOAT, ())),
    ("a study", [piece(INSTANCE, Method.STUDY)], (Status.OBSERVED, Authority.FLOAT, ())),
    (
        "a sample that met no hypotheses",
        [piece(INSTANCE, FLOAT, finding=sample(effective=0))],
        (Status.OPEN, None, ()),
    ),
    ("sampling proves nothing", [piece(PROVES, FLOAT)], (Status.OPEN, None, ())),
    ("sampling empties nothing", [piece(EMPTIES, FLOAT)], (Status.OPEN, None, ())),
    ("sampling refutes nothing", [piece(REFUTES, FLOAT)], (Status.OPEN, None, ())),
    (
        "a doubt is stronger than an instance",
        [piece(REFUTES, FLOAT), piece(INSTANCE, FORMAL)],
        (Status.OPEN, None, ()),
    ),
    (
        "a doubt is weaker than a proof",
        [piece(REFUTES, FLOAT), piece(PROVES, BALL)],
        (Status.PROVED, Authority.BALL, ()),
    ),
)


@pytest.mark.parametrize(("evidence", "outcome"), [r[1:] for r in ROWS], ids=[r[0] for r in ROWS])
def test_decision_table(evidence: Sequence[Evidence], outcome: Outcome) -> None:
    for order in permutations([*evidence, piece(SILENT)]):
        assert _outcome(order) == outcome


def _decided(evidence: Iterable[Evidence]) -> Verdict | None:
    """The whole verdict; None if the evidence contradicts itself."""
    try:
        return decide("claim", evidence)
    except ContradictoryEvidence:
        return None


def _status_of(verdict: Verdict | None) -> Status | None:
    return None if verdict is None else verdict.status


def _assert_decided_in_any_order(chosen: Sequence[Evidence]) -> None:
    first = _decided(chosen)
    assert _status_of(first) is expected_status(chosen), chosen
    for order in permutations(chosen):
        assert _decided(order) == first, order


@pytest.mark.parametrize("size", [1, 2])
def test_every_collection_in_every_order(size: int) -> None:
    for chosen in combinations((*POOL, *EFFECTLESS), size):
        _assert_decided_in_any_order(chosen)


def test_every_three_essential_pieces_in_every_order() -> None:
    for chosen in combinations((*ESSENTIAL, *EFFECTLESS), 3):
        _assert_decided_in_any_order(chosen)


@pytest.mark.slow
def test_every_three_pieces_in_every_order() -> None:
    for chosen in combinations(POOL, 3):
        _assert_decided_in_any_order(chosen)


def test_every_four_essential_pieces() -> None:
    for chosen in combinations_with_replacement((*ESSENTIAL, *EFFECTLESS[:2]), 4):
        assert _status_of(_decided(chosen)) is expected_status(chosen), chosen


@pytest.mark.slow
def test_every_four_pieces() -> None:
    for chosen in combinations((*POOL, *EFFECTLESS), 4):
        assert _status_of(_decided(chosen)) is expected_status(chosen), chosen


def test_the_reference_table_reaches_every_outcome() -> None:
    found = {expected_status(chosen) for chosen in combinations(POOL, 2)}
    assert found == {None, *Status}


def _evidence() -> st.SearchStrategy[Evidence]:
    """Evidence that may agree with other evidence in everything but one field."""
    names = st.sampled_from(["A", "B", "C"])
    granting = st.lists(names, max_size=2, unique=True).map(tuple)
    plain = st.builds(
        piece,
        st.sampled_from(Bearing),
        st.sampled_from(Method),
        finding=st.none() | st.sampled_from([sample(cases=7), sample(cases=8)]),
        origin=st.sampled_from(["here", "there"]),
        trusts=st.lists(names, max_size=2).map(tuple),
        family=st.sampled_from(["", "d >= 1", "m = 1"]),
    )
    return st.tuples(plain, granting).map(lambda pair: replace(pair[0], assumes=pair[1]))


COLLECTIONS = st.lists(_evidence(), max_size=6)


@given(COLLECTIONS, st.randoms(use_true_random=False))
def test_the_whole_verdict_ignores_the_order(evidence: list[Evidence], chance: Random) -> None:
    shuffled = list(evidence)
    chance.shuffle(shuffled)
    assert _decided(shuffled) == _decided(evidence)


@given(COLLECTIONS, st.data())
def test_evidence_given_twice_counts_once(evidence: list[Evidence], data: st.DataObject) -> None:
    again = data.draw(st.lists(st.sampled_from(evidence), max_size=3)) if evidence else []
    assert _decided([*evidence, *again]) == _decided(evidence)


@given(COLLECTIONS, _evidence())
def test_silence_changes_nothing(evidence: list[Evidence], other: Evidence) -> None:
    silent = replace(other, reading=replace(other.reading, bearing=SILENT))
    assert _decided([*evidence, silent]) == _decided(evidence)


@given(COLLECTIONS, st.sampled_from(EFFECTLESS))
def test_a_sample_without_effective_cases_is_silent(
    evidence: list[Evidence], effectless: Evidence
) -> None:
    assert _decided([*evidence, effectless]) == _decided(evidence)


@given(COLLECTIONS, st.sampled_from(Bearing), st.sampled_from(Method), st.booleans())
def test_sampling_never_proves_and_never_refutes(
    evidence: list[Evidence], bearing: Bearing, method: Method, estimated: bool
) -> None:
    finding = Estimate(0.5, 0.1, 10, 16) if estimated else sample()
    before = _decided(evidence)
    after = _decided([*evidence, piece(bearing, method, finding=finding)])
    assert (before is None) is (after is None)
    if before is not None and after is not None:
        settled = {Status.PROVED, Status.PROVED_GRANTING, Status.VACUOUS, Status.REFUTED}
        assert (before.status in settled) is (after.status in settled)
        if before.status in settled:
            kept = {"doubts": (), "besides": ()}
            assert replace(after, **kept) == replace(before, **kept)


@given(COLLECTIONS)
def test_a_verdict_is_supported_by_its_own_basis(
    record_effective: Callable[[int], None], evidence: list[Evidence]
) -> None:
    verdict = _decided(evidence)
    if verdict is None or not verdict.basis:
        return
    record_effective(1)
    alone = decide("claim", verdict.basis)
    assert replace(alone, doubts=verdict.doubts, besides=verdict.besides) == verdict
    granted = set(verdict.granting)
    supporting = [e for e in verdict.basis if granted.issuperset(e.assumes)]
    assert verdict.authority == max(map(_authority, supporting))
    assert set(verdict.trusts) == {t for e in supporting for t in e.trusts}


@given(COLLECTIONS, st.sampled_from((PROVES, EMPTIES, REFUTES)), _evidence())
def test_more_evidence_never_takes_an_unconditional_status_away(
    record_effective: Callable[[int], None],
    others: list[Evidence],
    bearing: Bearing,
    more: Evidence,
) -> None:
    evidence = [*others, piece(bearing)]
    before, after = _decided(evidence), _decided([*evidence, more])
    true, false = {Status.PROVED, Status.VACUOUS}, {Status.REFUTED}
    if before is None:
        assert after is None or _settles_unconditionally(more)
    elif after is not None and not before.granting and before.status in true | false:
        record_effective(1)
        assert after.status in (true if before.status in true else false)
        assert after.granting == ()


def _settles_unconditionally(evidence: Evidence) -> bool:
    bearing = evidence.reading.bearing
    return bearing in (PROVES, EMPTIES, REFUTES) and not evidence.assumes


def _authority(evidence: Evidence) -> Authority:
    return Authority.FLOAT if isinstance(evidence.finding, Sample) else evidence.authority


def test_a_contradiction_names_both_sides() -> None:
    proof = piece(PROVES, origin="proof.json")
    refutation = piece(REFUTES, origin="refutation.json")
    says = r"claim: proof\.json proves it and refutation\.json refutes it; a check or a reading"
    with pytest.raises(ContradictoryEvidence, match=says):
        decide("claim", [refutation, proof])


@pytest.mark.parametrize("side", [PROVES, EMPTIES])
def test_a_contradiction_that_grants_names_what_may_be_false(side: Bearing) -> None:
    with pytest.raises(ContradictoryEvidence, match=r"one of \['A', 'B'\] is false, or a check"):
        decide("claim", [piece(side, EXACT, "B"), piece(REFUTES, BALL, "A")])


def test_emptiness_and_a_refutation_contradict() -> None:
    with pytest.raises(ContradictoryEvidence, match="granting nothing proves it and ball"):
        decide("claim", [piece(EMPTIES), piece(REFUTES, origin="ball")])


def test_a_proof_that_grants_its_own_claim_says_nothing() -> None:
    assert _status(piece(PROVES, EXACT, "claim")) is Status.OPEN
    assert _status(piece(PROVES, EXACT, "claim"), piece(INSTANCE)) is Status.CHECKED


@pytest.mark.parametrize("bearing", Bearing)
def test_evidence_on_another_claim_is_refused(bearing: Bearing) -> None:
    stray = piece(bearing, claim="another")
    with pytest.raises(ValueError, match="evidence on 'another' was given to decide on 'claim'"):
        decide("claim", [piece(INSTANCE), stray])


def test_a_verdict_is_neither_true_nor_false() -> None:
    with pytest.raises(TypeError, match=r"verdict on claim is 'proved'.*compare verdict\.status"):
        bool(decide("claim", [piece(PROVES)]))


def test_doubts_are_kept_beside_the_status() -> None:
    doubt = piece(REFUTES, FLOAT)
    for other, status in ((INSTANCE, Status.OPEN), (PROVES, Status.PROVED)):
        verdict = decide("claim", [piece(other), doubt])
        assert (verdict.status, verdict.doubts) == (status, (doubt,))
    assert decide("claim", [piece(REFUTES), doubt]).doubts == ()


def test_a_refutation_that_grants_is_no_doubt() -> None:
    verdict = decide("claim", [piece(PROVES), piece(REFUTES, EXACT, CITED)])
    assert (verdict.status, verdict.doubts) == (Status.PROVED, ())


def test_the_strongest_of_the_basis_comes_first() -> None:
    basis = [piece(PROVES, method) for method in (BALL, FORMAL, EXACT)]
    found = [e.method for e in decide("claim", basis).basis]
    assert found == [FORMAL, EXACT, BALL]


def test_samples_that_differ_in_their_counts_alone_have_an_order() -> None:
    basis = [piece(INSTANCE, FLOAT, finding=sample(cases=n), origin="here") for n in range(7, 12)]
    assert decide("claim", reversed(basis)) == decide("claim", basis)


def test_names_are_sorted() -> None:
    letters = tuple("fbdaec")
    verdict = decide(
        "claim", [piece(INSTANCE, EXACT, *letters, family=x, trusts=letters) for x in letters]
    )
    names = tuple(sorted(letters))
    assert verdict.granting == verdict.trusts == verdict.scope.families == names
    proof = decide("claim", [piece(PROVES, EXACT, *letters, trusts=letters)])
    assert proof.granting == proof.trusts == names


def test_a_doubtful_claim_rests_on_nothing() -> None:
    verdict = decide("claim", [piece(INSTANCE), piece(REFUTES, FLOAT)])
    assert (verdict.basis, verdict.authority, verdict.scope.text) == ((), None, "none")


SCOPES: tuple[tuple[Sequence[Evidence], Scope, str], ...] = (
    ([], Scope(False, (), 0, 0), "none"),
    ([piece(PROVES)], Scope(True, (), 1, 1), "all"),
    ([piece(EMPTIES)], Scope(True, (), 1, 1), "all"),
    ([piece(PROVES, EXACT, CITED)], Scope(True, (), 1, 1), "all"),
    (
        [piece(REFUTES, family="every d >= 1"), piece(REFUTES, BALL)],
        Scope(False, ("every d >= 1",), 2, 2),
        "family(every d >= 1), instances(2, 2 effective)",
    ),
    (
        [piece(INSTANCE, BALL, family="m = 1"), piece(INSTANCE, family="k = 1"), piece(SILENT)],
        Scope(False, ("k = 1", "m = 1"), 2, 2),
        "family(k = 1; m = 1), instances(2, 2 effective)",
    ),
    (
        [
            piece(INSTANCE, FLOAT, finding=sample(cases=100, effective=40)),
            piece(INSTANCE, FLOAT, finding=sample(cases=50, effective=0)),
            piece(INSTANCE, Method.STUDY, finding=Estimate(0.5, 0.1, 10, 16)),
        ],
        Scope(False, (), 101, 41),
        "instances(101, 41 effective)",
    ),
)


@pytest.mark.parametrize(("evidence", "scope", "text"), SCOPES)
def test_scope(evidence: Sequence[Evidence], scope: Scope, text: str) -> None:
    found = decide("claim", evidence).scope
    assert (found, found.text) == (scope, text)


@pytest.mark.parametrize("method", [m for m in Method if m not in SAMPLING])
def test_a_sample_under_a_rigorous_name_stays_a_sample(method: Method) -> None:
    assert _status(piece(INSTANCE, method, finding=sample())) is Status.OBSERVED
    verdict = decide("claim", [piece(INSTANCE, method, finding=sample())])
    assert verdict.authority is Authority.FLOAT
    assert isinstance(verdict.basis[0].finding, Sample)


@pytest.mark.parametrize(
    ("pieces", "status", "besides"),
    [
        ([piece(PROVES), piece(INSTANCE, BALL)], Status.PROVED, 1),
        ([piece(INSTANCE), piece(INSTANCE, FLOAT)], Status.CHECKED, 1),
        ([piece(INSTANCE), piece(INSTANCE, BALL)], Status.CHECKED, 0),
        ([piece(REFUTES), piece(INSTANCE)], Status.REFUTED, 0),
    ],
)
def test_what_speaks_for_a_claim_besides_its_basis_is_kept(
    pieces: list[Evidence], status: Status, besides: int
) -> None:
    verdict = decide("claim", pieces)
    assert verdict.status is status
    assert len(verdict.besides) == besides
    assert not set(verdict.besides) & set(verdict.basis)
