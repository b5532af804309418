"""No order of a report loses a claim, and repairs stand beside what they repair."""

from collections import Counter
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from tests.reports.examples import claim, report_on, small
from ucomp_verify.claims import Variant
from ucomp_verify.reports.arrangement import count, groups, neighbours, rows
from ucomp_verify.verdicts import Status

_SLUGS = st.sampled_from(["a", "b", "c", "d", "e", "f"])


@given(st.dictionaries(_SLUGS, st.none() | _SLUGS, min_size=1), st.sampled_from(Variant))
def test_every_claim_stands_once_whatever_repairs_what(
    repaired: dict[str, str | None], variant: Variant
) -> None:
    claims = [
        replace(claim(s), repairs=of, variant=variant if of else Variant.PRINTED)
        for s, of in repaired.items()
    ]
    entries = report_on(claims, ()).entries
    grouped = [e.claim.slug for g in groups(entries) for e in g.members]
    tabled = [e.claim.slug for r in rows(entries) for e in (*r.printed, *r.beside)]
    assert Counter(grouped) == Counter(tabled) == Counter(list(repaired))


def test_repairs_follow_what_they_repair() -> None:
    members = {g.head.claim.slug: g.repairs for g in groups(small().entries)}
    assert [e.claim.slug for e in members["polylog"]] == ["polylog-rate", "polylog-universal"]
    assert [e.claim.slug for e in members["small-ball"]] == ["small-ball-repaired"]


def test_a_repair_stands_alone_without_what_it_repairs() -> None:
    entries = [e for e in small().entries if e.claim.slug == "small-ball-repaired"]
    assert [g.head.claim.slug for g in groups(entries)] == ["small-ball-repaired"]
    assert rows(entries)[0].printed == () and rows(entries)[0].beside == tuple(entries)


def test_a_new_claim_stands_beside_the_printed_one_with_its_label() -> None:
    tight = claim("tchakaloff-tight", variant=Variant.NEW)
    entries = report_on((tight, claim("tchakaloff"), claim("other")), ()).entries
    first, second = rows(entries)
    assert [e.claim.slug for e in first.printed] == ["tchakaloff"]
    assert [e.claim.slug for e in first.beside] == ["tchakaloff-tight"]
    assert [e.claim.slug for e in second.printed] == ["other"]


def test_counts_add_up_and_name_every_status() -> None:
    counts = count(small().entries)
    assert list(counts) == list(Status)
    assert sum(counts.values()) == len(small().entries)
    assert all(counts.values())


def test_neighbours_are_found_in_both_directions() -> None:
    entries = small().entries
    near = {e.claim.slug: neighbours(e.claim, entries) for e in entries}
    assert near["small-ball"].repaired_by == ("small-ball-repaired",)
    assert near["small-ball-repaired"].repairs == ("small-ball",)
    assert near["ftsp"].used_by == ("ftsp-degree", "dynamics")
    assert near["polylog"].uses == ("packing", "lower-bound")
