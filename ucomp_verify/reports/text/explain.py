"""Everything about one claim: what it says, what is known, and how to see it again."""

from collections.abc import Mapping, Sequence

from ucomp_verify.claims import Claim
from ucomp_verify.evidence import Evidence
from ucomp_verify.reports import words
from ucomp_verify.reports.arrangement import neighbours
from ucomp_verify.reports.maths import symbol
from ucomp_verify.reports.model import Entry
from ucomp_verify.verdicts import Status

from .blocks import GAP, Block, command, item, lines


def explain(
    entry: Entry,
    entries: Sequence[Entry],
    *,
    width: int,
    most: int | None = None,
    argument: str = "",
) -> str:
    """The claim, its verdict, the evidence, and its neighbours in `entries`.

    Formulas are shown in plain letters. Lines fit `width`, but for commands to copy. The
    first `most` pieces of evidence are shown in full (default: all); `argument` names the
    file of a hand proof, which no status rests on.
    """
    told = "by hand, and no status rests on it"
    blocks = [
        *_claim(entry.claim),
        *_verdict(entry),
        *([item("argument", f"{argument} ({told})")] if argument else []),
        *_evidence("Evidence", entry.verdict.basis, most),
        *_evidence("Besides, on which nothing rests", entry.verdict.besides, most),
        *_evidence(
            "Doubts: a random case fails, which refutes nothing", entry.verdict.doubts, None
        ),
        *_neighbours(entry.claim, entries),
    ]
    return "\n".join(lines(blocks, width=max(width, 40))) + "\n"


def _claim(claim: Claim) -> list[Block]:
    source = ", ".join(filter(None, (claim.source.label, words.lines(claim))))
    blocks = [
        Block(claim.title),
        Block(f"{claim.slug}: {claim.kind.value}, {claim.variant.value}, {source}"),
        GAP,
        Block(claim.statement, 2),
    ]
    if claim.reading:
        blocks += [GAP, Block("Reading taken"), Block(claim.reading, 2)]
    if claim.parameters:
        blocks += [GAP, Block("Parameters")]
    return blocks + [
        Block(f"{symbol(p.symbol)}: {p.meaning}; {p.domain}", 2, 4) for p in claim.parameters
    ]


def _verdict(entry: Entry) -> list[Block]:
    verdict = entry.verdict
    status = verdict.status
    told = [
        ("status", f"{status.value}; {words.STATUS_MEANS[status]}"),
        ("authority", words.authority_meaning(verdict)),
        ("scope", verdict.scope.text),
        ("grants", "; ".join(verdict.granting) or "nothing"),
        ("trusts", "; ".join(verdict.trusts)),
        ("shaken by", ", ".join(verdict.shaken_by)),
        ("unsettled", ", ".join(verdict.unsettled)),
        ("standing", words.standing(entry)),
    ]
    return [GAP, Block("Verdict"), *(item(name, text) for name, text in told if text)]


def _evidence(heading: str, evidence: Sequence[Evidence], most: int | None) -> list[Block]:
    if not evidence:
        return []
    shown = evidence[:most]
    pieces = [block for number, e in enumerate(shown, 1) for block in _piece(number, e)]
    left = len(evidence) - len(shown)
    more = [Block(f"and {left} more: see them with --all", 2)] if left else []
    return [GAP, Block(f"{heading} ({len(evidence)})"), *pieces, *more]


def _piece(number: int, evidence: Evidence) -> list[Block]:
    origin = evidence.provenance
    head = f"{number}. {evidence.method.value} ({evidence.authority.text}): "
    shown = evidence.reading.shows or words.finding(evidence) or "see the certificate"
    told = [
        ("found", words.finding(evidence) if evidence.reading.shows else ""),
        ("instance", words.parameters(evidence)),
        ("assumes", "; ".join(evidence.assumes)),
        ("trusts", "; ".join(evidence.trusts)),
        ("from", f"{origin.origin}, SHA-256 {origin.sha256[:12]}"),
    ]
    items = [item(name, text, indent=5) for name, text in told if text]
    first = Block(f"{head}{words.bearing(evidence)}; {shown}", 2, 3)
    formal = [Block(line, 5, verbatim=True) for line in words.formal_statement(evidence)]
    return [first, *items, *formal, command(origin.reproduce, indent=5)]


def _neighbours(claim: Claim, entries: Sequence[Entry]) -> list[Block]:
    status = {e.claim.slug: e.verdict.status for e in entries}
    near = neighbours(claim, entries)
    told = [
        ("repairs", _named(near.repairs, status)),
        ("repaired by", _named(near.repaired_by, status)),
        ("uses", _named(near.uses, status)),
        ("used by", _named(near.used_by, status)),
    ]
    items = [item(name, text) for name, text in told if text]
    return [GAP, Block("Related claims"), *items] if items else []


def _named(slugs: Sequence[str], status: Mapping[str, Status]) -> str:
    """The slugs, with the status of each that the report holds."""
    known = {slug: f" ({found.value})" for slug, found in status.items()}
    return ", ".join(f"{slug}{known.get(slug, '')}" for slug in slugs)
