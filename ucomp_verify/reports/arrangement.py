"""The entries of a report in the orders that readers want: repairs beside what they repair."""

from collections.abc import Sequence
from dataclasses import dataclass

from ucomp_verify.claims import Claim, Variant
from ucomp_verify.verdicts import Status

from .model import Entry


@dataclass(frozen=True)
class Group:
    """A claim and the claims of the same report that repair it."""

    head: Entry
    repairs: tuple[Entry, ...]

    @property
    def members(self) -> tuple[Entry, ...]:
        """The claim first, then its repairs."""
        return (self.head, *self.repairs)


def groups(entries: Sequence[Entry]) -> tuple[Group, ...]:
    """The entries in their order, each repair moved next to what it repairs.

    A claim stands alone if what it repairs is not among the entries.
    """
    repaired = {e.claim.slug: e.claim.repairs for e in entries}
    heads = [e for e in entries if _head(e.claim.slug, repaired) == e.claim.slug]
    return tuple(Group(h, _repairs(h, entries, repaired)) for h in heads)


@dataclass(frozen=True)
class Row:
    """Printed claims, and beside them what repairs them or is new about them."""

    printed: tuple[Entry, ...]
    beside: tuple[Entry, ...]


def rows(entries: Sequence[Entry]) -> tuple[Row, ...]:
    """The groups as rows; a new claim stands beside the first printed one with its label."""
    made = {g.head.claim.slug: _row(g) for g in groups(entries)}
    place = {row.printed[0].claim.source.label: slug for slug, row in _backwards(made)}
    for slug, row in list(made.items()):
        home = place.get(row.beside[0].claim.source.label) if row.beside else None
        if not row.printed and home is not None:
            made[home] = Row(made[home].printed, made[home].beside + made.pop(slug).beside)
    return tuple(made.values())


def _row(group: Group) -> Row:
    printed = group.head.claim.variant is Variant.PRINTED
    return Row((group.head,), group.repairs) if printed else Row((), group.members)


def _backwards(made: dict[str, Row]) -> list[tuple[str, Row]]:
    """The rows with a printed claim, last first."""
    return [(slug, row) for slug, row in reversed(made.items()) if row.printed]


def _repairs(head: Entry, entries: Sequence[Entry], of: dict[str, str | None]) -> tuple[Entry, ...]:
    slug = head.claim.slug
    return tuple(e for e in entries if e is not head and _head(e.claim.slug, of) == slug)


def _head(slug: str, repaired: dict[str, str | None]) -> str:
    """The claim at the start of the chain of repairs; `slug` itself if that is a circle."""
    seen = [slug]
    while (earlier := repaired[seen[-1]]) in repaired:
        if earlier in seen:
            return slug
        seen.append(earlier)
    return seen[-1]


def count(entries: Sequence[Entry]) -> dict[Status, int]:
    """How many entries have each status, strongest first; a status nobody has is 0."""
    return {status: sum(e.verdict.status is status for e in entries) for status in Status}


@dataclass(frozen=True)
class Neighbours:
    """The slugs of the claims next to one claim in the graph."""

    repairs: tuple[str, ...]
    repaired_by: tuple[str, ...]
    uses: tuple[str, ...]
    used_by: tuple[str, ...]


def neighbours(claim: Claim, entries: Sequence[Entry]) -> Neighbours:
    """What a claim names itself, and which claims among the entries name it."""
    claims = [e.claim for e in entries]
    return Neighbours(
        repairs=(claim.repairs,) if claim.repairs else (),
        repaired_by=tuple(c.slug for c in claims if c.repairs == claim.slug),
        uses=claim.uses,
        used_by=tuple(c.slug for c in claims if claim.slug in c.uses),
    )
