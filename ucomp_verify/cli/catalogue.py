"""`ucomp-verify list | explain | graph`: what the claims say and how they hang together."""

import enum
import json
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ucomp_verify.cli.errors import say
from ucomp_verify.cli.exit_codes import ExitCode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ucomp_verify.claims import Claim
    from ucomp_verify.cli.investigation import Effort, Investigation


SHOWN = 6  # pieces of evidence that `explain` tells in full


class GraphFormat(enum.StrEnum):
    """How the dependency graph is written."""

    SVG = "svg"
    DOT = "dot"
    JSON = "json"


def list_claims(
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document.")] = False,
) -> int:
    """List the claims: slug, title, label."""
    from ucomp_verify.claims.registry import CLAIMS
    from ucomp_verify.cli.output import emit
    from ucomp_verify.cli.terminal import width

    if as_json:
        body = {"schema": "ucomp-list/1", "claims": [_row(claim) for claim in CLAIMS]}
        emit(json.dumps(body, indent=1))
    else:
        from ucomp_verify.reports.text import listing

        emit(listing(CLAIMS, width=width()))
    return ExitCode.STANDS


def _row(claim: "Claim") -> dict[str, object]:
    return {
        "slug": claim.slug,
        "label": claim.source.label,
        "lines": claim.source.lines,
        "variant": claim.variant.value,
        "kind": claim.kind.value,
        "title": claim.title,
        "statement": claim.statement,
        "uses": claim.uses,
        "repairs": claim.repairs,
    }


def explain(
    claim: Annotated[str, typer.Argument(metavar="CLAIM", help="Its slug, as `list` shows it.")],
    everything: Annotated[
        bool, typer.Option("--all", help="Every piece of evidence, not only the first ones.")
    ] = False,
) -> int:
    """Tell everything about one claim.

    Its statement, the hypotheses, what the verdict rests on, how to see it again.
    """
    from ucomp_verify.claims.registry import find
    from ucomp_verify.cli.baseline import read
    from ucomp_verify.cli.output import emit
    from ucomp_verify.cli.terminal import width
    from ucomp_verify.evidence.gather import shipped_proofs, shown_path
    from ucomp_verify.reports.model import Entry
    from ucomp_verify.reports.text import explain as told
    from ucomp_verify.verdicts import shipped_baseline, standing

    found, recorded = _look([find(claim).slug]), read(shipped_baseline())
    entries = [
        Entry(find(v.claim), v, standing(v, expected=expected), expected)
        for v in found.verdicts
        for expected in [recorded.get(v.claim)]
    ]
    entry = next(e for e in entries if e.claim.slug == claim)
    argument = shipped_proofs() / claim / "argument.md"
    text = told(
        entry,
        entries,
        width=width(),
        most=None if everything else SHOWN,
        argument=shown_path(argument) if argument.is_file() else "",
    )
    emit("\n\n".join([text, *_studies(claim)]))
    return ExitCode.INTERRUPTED if found.interrupted else ExitCode.STANDS


def _studies(claim: str) -> "Iterator[str]":
    """The tables of the studies that are made for the claim, from their committed rows."""
    from ucomp_verify.cli.study_texts import summaries_text
    from ucomp_verify.evidence.studied import studies_on
    from ucomp_verify.studies.results import FOLDER, read_results

    for name, _ in studies_on([claim]):
        results = read_results(FOLDER / f"{name}.jsonl")
        yield f"Study {name}: {results.study.title}\n{results.provenance}"
        yield summaries_text(results.study.summaries(results.table))


def graph(
    focus: Annotated[
        str | None, typer.Option(metavar="CLAIM", help="Only this claim and its neighbourhood.")
    ] = None,
    form: Annotated[GraphFormat, typer.Option("--format")] = GraphFormat.SVG,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help="Default: stdout.")
    ] = None,
    verdicts: Annotated[
        bool, typer.Option("--verdicts/--no-verdicts", help="Compute and show the verdicts too.")
    ] = False,
) -> int:
    """Draw which claim uses and repairs which."""
    from ucomp_verify.claims.registry import CLAIMS, find
    from ucomp_verify.cli.output import emit, prepare, write
    from ucomp_verify.reports import graph as drawing

    if focus:
        find(focus)
    if output:
        prepare(output)
    found = _look([c.slug for c in CLAIMS]) if verdicts else None
    shown = {v.claim: v for v in found.verdicts} if found else None
    forms = {
        GraphFormat.SVG: drawing.svg,
        GraphFormat.DOT: drawing.dot,
        GraphFormat.JSON: drawing.graph_json,
    }
    text = forms[form](CLAIMS, shown, focus)
    if output:
        write(output, text)
        say(f"wrote {output}")
    else:
        emit(text)
    return ExitCode.INTERRUPTED if found and found.interrupted else ExitCode.STANDS


def _look(slugs: list[str]) -> "Investigation":
    """Quickly gathered evidence; what went wrong is said on stderr."""
    from ucomp_verify.cli.investigation import investigate
    from ucomp_verify.cli.terminal import progress

    start = time.perf_counter()
    with progress("gathering evidence") as bar:
        found = investigate(slugs, _quick(), progress=bar)
    for problem in found.problems:
        say(f"{problem.trouble.value}: {problem.origin}: {problem.message}")
    say(f"evidence gathered in {time.perf_counter() - start:.1f} s (profile quick)")
    return found


def _quick() -> "Effort":
    from ucomp_verify.cli.check import TIMEOUT
    from ucomp_verify.cli.environment import cores
    from ucomp_verify.cli.investigation import Effort
    from ucomp_verify.evidence.gather import Profile

    return Effort(Profile.QUICK, seed=0, jobs=cores(), timeout=TIMEOUT)
