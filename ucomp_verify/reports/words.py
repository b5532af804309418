"""What the words of a report mean, and the few phrases that several formats share."""

from collections.abc import Sequence

from ucomp_verify.claims import Claim, Variant
from ucomp_verify.evidence import Authority
from ucomp_verify.verdicts import Status, Verdict

STATUS_MEANS = {
    Status.PROVED: "holds for all its parameters; the proof was checked and grants nothing",
    Status.PROVED_GRANTING: "proved, granting cited theorems or other claims, which are named",
    Status.CHECKED: "every instance tried holds, in exact or ball arithmetic; not proved",
    Status.OBSERVED: "seen in floating point or in random cases only",
    Status.OPEN: "no evidence settles it, or a random case fails without an exact certificate",
    Status.VACUOUS: "true for an empty reason: it says nothing",
    Status.REFUTED: "false: a counterexample, checked exactly, contradicts the sentence as stated",
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
    return verdict.authority.text if verdict.authority else "–"


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


def notes(verdict: Verdict, *, most: int = 2) -> tuple[str, ...]:
    """What a verdict grants, what doubts it, and which claims it uses have fallen."""
    told = (
        ("grants ", verdict.granting),
        ("doubted by ", tuple(e.provenance.origin for e in verdict.doubts)),
        ("shaken by ", verdict.shaken_by),
    )
    return tuple(word + shortly(names, most=most) for word, names in told if names)
