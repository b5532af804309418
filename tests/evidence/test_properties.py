"""Property tests as evidence: they count, they find planted faults, they replay."""

import json

import pytest

from ucomp_verify.claims.registry import find
from ucomp_verify.evidence import properties
from ucomp_verify.evidence.properties import PROPERTIES, Case, Property, run_case, sample


@pytest.mark.parametrize("name", [p.name for p in PROPERTIES])
def test_every_property_holds_and_is_not_vacuous(name: str) -> None:
    result = sample(name, cases=60, seed=7)
    assert result.falsifying is None
    assert result.effective > result.cases // 4


@pytest.mark.parametrize("subject", PROPERTIES, ids=lambda p: p.name)
def test_every_property_belongs_to_known_claims(subject: Property) -> None:
    assert [find(slug).slug for slug in subject.claims] == list(subject.claims)


def test_the_same_seed_draws_the_same_cases(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[str] = []
    original = properties.find_property("identities")

    def failure(case: Case) -> str | None:
        drawn.append(json.dumps(case, sort_keys=True))
        return None

    spy = Property(original.name, original.claims, original.cases, failure)
    monkeypatch.setattr(properties, "PROPERTIES", (spy,))
    runs: list[list[str]] = []
    for seed in (1, 1, 2):
        drawn.clear()
        sample("identities", cases=30, seed=seed)
        runs.append(list(drawn))
    assert runs[0] == runs[1] != runs[2]


def test_a_planted_fault_is_found_shrunk_and_replayed(monkeypatch: pytest.MonkeyPatch) -> None:
    original = properties.find_property("packings")

    def failure(case: Case) -> str | None:
        return "three points" if len(case["points"]) >= 3 else None

    faulty = Property(original.name, original.claims, original.cases, failure)
    monkeypatch.setattr(properties, "PROPERTIES", (faulty,))
    result = sample("packings", cases=200, seed=0)
    assert result.falsifying is not None
    case = json.loads(result.falsifying)
    assert len(case["points"]) == 3  # the simplest failing case
    assert run_case("packings", case) == "three points"
    assert run_case("packings", case | {"points": []}) is None


def test_cases_outside_the_hypotheses_are_not_effective(monkeypatch: pytest.MonkeyPatch) -> None:
    original = properties.find_property("packings")
    empty = Property(original.name, original.claims, original.cases, lambda _: "")
    monkeypatch.setattr(properties, "PROPERTIES", (empty,))
    result = sample("packings", cases=20, seed=0)
    assert (result.effective, result.falsifying) == (0, None)
    assert result.cases > 0


def test_an_unknown_property_lists_the_known_ones() -> None:
    with pytest.raises(KeyError, match="no property 'packing'; known: identities, "):
        run_case("packing", {})
