"""The baseline, as the command line reads and writes it."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from ucomp_verify.cli.errors import refuse
from ucomp_verify.verdicts import (
    Expectation,
    Scope,
    UnreadableBaseline,
    Verdict,
    baseline_text,
    read_baseline,
)

Baseline = Mapping[str, Expectation]


def read(path: Path) -> Baseline:
    """The expectation for each claim that the file records; refuses any other file."""
    try:
        return read_baseline(path)
    except UnreadableBaseline as error:
        refuse(f"{error}; `ucomp-verify check --write-baseline FILE` makes one")


def require_known(baseline: Baseline, path: Path, slugs: Iterable[str]) -> None:
    """Refuse a baseline with a claim that is no longer in the registry: nothing drops out."""
    if unknown := sorted(baseline.keys() - set(slugs)):
        refuse(
            f"{path}: records {', '.join(unknown)}, not in the registry; if this is as it should "
            "be, take the entry out of the file"
        )


def to_text(verdicts: Iterable[Verdict], *, before: Baseline) -> str:
    """The verdicts as the text of a baseline, with the entries of `before` for other claims."""
    nothing = Scope(everything=False, families=(), cases=0, effective=0)
    recorded = {
        slug: Verdict(slug, expected.status, expected.authority, nothing, ())
        for slug, expected in before.items()
    }
    return baseline_text((recorded | {v.claim: v for v in verdicts}).values())
