"""What the words of a report mean, and the few phrases that several formats share."""

from collections.abc import Sequence

from ucomp_verify.claims import Bearing, Claim, Variant
from ucomp_verify.evidence import Authority, Evidence
from ucomp_verify.findings import Comparisons, Enclosure, Estimate, FormalProof, Sample
from ucomp_verify.reports.model import Entry
from ucomp_verify.verdicts import Expectation, Scope, Standing, Status, Verdict

STATUS_MEANS = {
    Status.PROVED: "holds for all its parameters; the proof was checked and grants nothing",
    Status.PROVED_GRANTING: "proved, granting cited theorems or other claims, which are named",
    Status.CHECKED: "every instance tried holds, in exact or ball arithmetic; not proved",
    Status.OBSERVED: "seen in floating point or in random cases only",
    Status.OPEN: "no evidence settles it, or a random case fails without an exact certificate",
    Status.VACUOUS: "true for an empty reason: it says nothing",
    Status.REFUTED: "a counterexample, checked exactly, contradicts the sentence as stated",
}

STATUS_MARK = {
    Status.PROVED: "✓",
    Status.PROVED_GRANTING: "✓",
    Status.CHECKED: "≈",
    Status.OBSERVED: "~",
    Status.OPEN: "?",
    Status.VACUOUS: "∅",
    Status.REFUTED: "✗",
}

AUTHORITY_MEANS = {
    Authority.FORMAL: "a proof checked by a proof assistant",
    Authority.EXACT: "integers and rationals, no rounding",
    Authority.BALL: "ball arithmetic: rounded, with a rigorous radius",
    Authority.FLOAT: "floating point or random cases: never proves, never refutes",
}

VARIANT_MEANS = {
    Variant.PRINTED: "the sentence as the paper prints it",
    Variant.REPAIRED: "a corrected statement that replaces a printed one",
    Variant.NEW: "a statement that is not in the paper",
}


def authority(verdict: Verdict) -> str:
    """The authority in a word; a dash if there is no evidence."""
    return verdict.authority.text if verdict.authority else "-"


def authority_meaning(verdict: Verdict) -> str:
    """The authority with what it means; empty if there is no evidence."""
    known = verdict.authority
    return f"{known.text}; {AUTHORITY_MEANS[known]}" if known else ""


def lines(claim: Claim) -> str:
    """The lines of the LaTeX source, empty if they are not known."""
    if claim.source.lines is None:
        return ""
    first, last = claim.source.lines
    return f"line {first}" if first == last else f"lines {first}-{last}"


def shortly(names: Sequence[str], *, most: int = 2) -> str:
    """The first names, and how many more there are.

    >>> shortly(["a", "b", "c", "d"])
    'a, b and 2 more'
    """
    shown = ", ".join(names[:most])
    return f"{shown} and {len(names) - most} more" if len(names) > most else shown


def notes(verdict: Verdict) -> tuple[str, ...]:
    """In short: what a verdict grants, how many claims it uses have fallen, and doubts."""
    shaken, doubts = len(verdict.shaken_by), len(verdict.doubts)
    return tuple(
        text
        for count, text in (
            (len(verdict.granting), f"grants {shortly(verdict.granting, most=1)}"),
            (shaken, f"shaken by {several(shaken, 'claim')}"),
            (doubts, f"{several(doubts, 'random test')} failed"),
        )
        if count
    )


def line(entry: Entry) -> str:
    """What the table says of a claim below its title."""
    claim, verdict = entry.claim, entry.verdict
    variant = "" if claim.variant is Variant.PRINTED else claim.variant.value
    by = verdict.authority.text if verdict.authority else "no evidence yet"
    scope = short_scope(verdict.scope) if verdict.authority else ""
    return " · ".join(filter(None, (variant, claim.source.label, by, scope, *notes(verdict))))


def several(number: int, noun: str) -> str:
    """A number of things.

    >>> several(1, "claim"), several(2, "claim")
    ('1 claim', '2 claims')
    """
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def short_scope(scope: Scope) -> str:
    """The scope in few words; `Scope.text` has all of it.

    >>> short_scope(Scope(False, ("every d >= 1", "m = 1", "m = 2"), 100, 93))
    'family(every d >= 1 and 2 more), 93 of 100 cases'
    """
    if scope.everything:
        return "all"
    family = f"family({shortly(scope.families, most=1)})" if scope.families else ""
    some = f"{scope.effective} of {scope.cases} cases"
    every = several(scope.cases, "instance") if scope.cases else ""
    cases = every if scope.cases == scope.effective else some
    return ", ".join(filter(None, (family, cases))) or "none"


def expectation(expected: Expectation) -> str:
    """What the baseline records, in a phrase."""
    by = f", {expected.authority.text}" if expected.authority else ""
    return f"{expected.status.value}{by}"


def standing(entry: Entry) -> str:
    """How a claim stands, and what the baseline records if that is something else."""
    if entry.standing is Standing.FALLS and entry.expected is None:
        return "refuted, and no baseline records that"
    if entry.expected is None or entry.standing is Standing.MATCHES:
        return entry.standing.value
    return f"{entry.standing.value}; the baseline has {expectation(entry.expected)}"


def reason(entry: Entry) -> str:
    """What was found for a claim, and why it does not stand as asked."""
    by = f", {entry.verdict.authority.text}" if entry.verdict.authority else ""
    return f"{entry.verdict.status.value}{by}; {standing(entry)}"


def bearing(evidence: Evidence) -> str:
    """How a piece of evidence bears on its claim, as a verb or noun."""
    if evidence.authority is Authority.FLOAT and evidence.reading.bearing is Bearing.REFUTES:
        return "fails in a random case"
    return evidence.reading.bearing.value


def parameters(evidence: Evidence) -> str:
    """The instance that a piece of evidence is about: its parameters, or its family."""
    named = ", ".join(f"{name} = {value}" for name, value in evidence.reading.parameters)
    family = f"for {evidence.reading.family}" if evidence.reading.family else ""
    return "; ".join(filter(None, (named, family)))


def formal_statement(evidence: Evidence) -> tuple[str, ...]:
    """The statement of a formal proof as the proof assistant prints it, line by line."""
    match evidence.finding:
        case FormalProof(statement=statement):
            return tuple(statement.splitlines())
        case _:
            return ()


def finding(evidence: Evidence) -> str:
    """What was found, in a phrase, where that is more than a fact of the kernel."""
    match evidence.finding:
        case Sample() as s:
            failing = f"; fails for {s.falsifying}" if s.falsifying is not None else ""
            tried = f"{s.cases} random cases, {s.effective} met the hypotheses, seed {s.seed}"
            return f"{s.property}: {tried}{failing}"
        case FormalProof() as p:
            axioms = f"axioms: {', '.join(p.axioms)}" if p.axioms else "no axioms"
            where = "on this machine" if p.here else f"log of another machine, {p.date[:10]}"
            return f"theorem {p.theorem} in {p.file}; {axioms}; {p.assistant}, {where}"
        case Comparisons(ratio=r) as c if r is not None:
            at = ", ".join(f"{name} = {value}" for name, value in c.at)
            ratio = f"{float(r.lower):.4g}" if r.prec == 0 else f"{float(r.upper):.4g}"
            by = f"balls of {c.prec} bits" if c.prec else "rationals"
            decided = f"{c.effective} of {c.cases} instances decided in {by}"
            return f"{decided}; largest ratio {ratio} at {at}"
        case Enclosure() as e:
            return f"between {float(e.lower):.12g} and {float(e.upper):.12g}, {e.prec} bits"
        case Estimate() as e:
            of = ", ".join(f"{name} = {value}" for name, value in e.parameters)
            what = f"{e.quantity} ({of}): " if e.quantity else ""
            return f"{what}{e.value:.4g} +- {e.spread:.2g}, {e.trials} trials, {e.dps} digits"
        case _:
            return ""
