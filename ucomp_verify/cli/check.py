"""`ucomp-verify check`: the verdicts on the claims, compared with what is asked of them."""

import enum
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ucomp_verify.cli.errors import Stop, refuse, say
from ucomp_verify.cli.exit_codes import ExitCode, combine

if TYPE_CHECKING:
    from ucomp_verify.cli.baseline import Baseline
    from ucomp_verify.cli.investigation import Effort, Investigation
    from ucomp_verify.cli.publish import Targets
    from ucomp_verify.evidence import Authority
    from ucomp_verify.reports.model import Entry, Report
    from ucomp_verify.verdicts import Standing

TIMEOUT = 120.0  # seconds for one certificate or property


class ProfileName(enum.StrEnum):
    """How many random cases a property is tried on."""

    QUICK = "quick"
    DEFAULT = "default"
    THOROUGH = "thorough"


class Rigour(enum.StrEnum):
    """The authority that a verdict must have."""

    FORMAL = "formal"
    EXACT = "exact"
    BALL = "ball"
    FLOAT = "float"


@dataclass(frozen=True)
class Demand:
    """What is asked of the verdicts on some claims."""

    asked: tuple[str, ...]
    baseline: "Baseline"
    require: "Authority | None"


def check(
    claims: Annotated[
        list[str] | None, typer.Argument(metavar="CLAIM", help="Slugs; all if none is given.")
    ] = None,
    profile: Annotated[
        ProfileName, typer.Option(help="How many random cases a property is tried on.")
    ] = ProfileName.DEFAULT,
    json_file: Annotated[
        Path | None, typer.Option("--json", metavar="FILE", help="JSON report; - for stdout.")
    ] = None,
    html_file: Annotated[
        Path | None, typer.Option("--html", metavar="FILE", help="One offline HTML page.")
    ] = None,
    junit_file: Annotated[
        Path | None, typer.Option("--junit", metavar="FILE", help="JUnit XML, for CI.")
    ] = None,
    baseline: Annotated[
        Path | None, typer.Option(metavar="FILE", help="What to expect; default: as shipped.")
    ] = None,
    no_baseline: Annotated[
        bool, typer.Option("--no-baseline", help="Excuse nothing: a refuted claim is exit 1.")
    ] = False,
    write_baseline: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Record these verdicts as a baseline.")
    ] = None,
    require: Annotated[
        Rigour | None, typer.Option(help="The authority that every verdict must have.")
    ] = None,
    seed: Annotated[int, typer.Option(min=0, metavar="N", help="Of the property tests.")] = 0,
    jobs: Annotated[
        int | None,
        typer.Option("-j", "--jobs", min=1, metavar="N", help="Processes; default: one a core."),
    ] = None,
    timeout: Annotated[
        float, typer.Option(min=0.001, metavar="SECONDS", help="For each piece of evidence.")
    ] = TIMEOUT,
    certificates: Annotated[
        list[Path] | None,
        typer.Option(
            exists=True, file_okay=False, metavar="DIR", help="More certificates: DIR/CLAIM/*.json."
        ),
    ] = None,
    failed: Annotated[
        bool, typer.Option("--failed", help="Only claims that did not stand in the last run here.")
    ] = False,
    failures: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="For failing cases; default: build/failures."),
    ] = None,
) -> int:
    """Compute the verdicts on the claims.

    They come from the certificates and from property tests, and are compared with what the
    baseline records.

    Exit code 0: all stand, or are as the baseline records; 1: refuted or rejected;
    2: bad arguments or input; 3: undecided; 4: something is missing; 5: nothing ran;
    6: time or memory limit; 130: interrupted, partial results were printed.
    """
    from ucomp_verify.cli import environment, last_run
    from ucomp_verify.cli.investigation import Effort
    from ucomp_verify.cli.publish import Targets
    from ucomp_verify.evidence.gather import Profile

    if baseline and no_baseline:
        refuse("--baseline and --no-baseline exclude each other; give one of them")
    asked = _asked(claims or [], failed=failed)
    targets = Targets(json_file, html_file, junit_file, write_baseline)
    demand = Demand(asked, _baseline(baseline, use=not no_baseline), _authority(require))
    recorded = _recorded(write_baseline)
    targets.prepare()
    workers = jobs or environment.cores()
    folders = tuple(certificates or ())
    effort = Effort(Profile(profile.value), seed, workers, timeout, folders)
    report, found = _examine(demand, effort)
    last_run.remember(asked, _not_as_asked(report))
    codes = [*_codes(report, found), *_publish(report, found, targets, recorded)]
    _save_failures(found, failures)
    return combine(codes)


def _asked(names: Sequence[str], *, failed: bool) -> tuple[str, ...]:
    """The slugs to check, in the order of the registry, each once."""
    from ucomp_verify.claims.registry import CLAIMS, find
    from ucomp_verify.cli import last_run

    chosen = {find(name).slug for name in names} or {claim.slug for claim in CLAIMS}
    if failed:
        before = last_run.recall()
        if before is None:
            raise Stop(ExitCode.NOTHING, "no run is on record in this folder: run `check` first")
        chosen &= set(before)
        if not chosen:
            raise Stop(ExitCode.NOTHING, "nothing to run: these claims stood in the last run")
    return tuple(claim.slug for claim in CLAIMS if claim.slug in chosen)


def _baseline(path: Path | None, *, use: bool) -> "Baseline":
    from ucomp_verify.claims.registry import CLAIMS
    from ucomp_verify.cli import baseline
    from ucomp_verify.verdicts import shipped_baseline

    if not use:
        return {}
    place = path or shipped_baseline()
    recorded = baseline.read(place)
    baseline.require_known(recorded, place, [claim.slug for claim in CLAIMS])
    return recorded


def _recorded(path: Path | None) -> "Baseline":
    """What the baseline that is to be written holds already."""
    from ucomp_verify.cli import baseline

    return baseline.read(path) if path and path.exists() else {}


def _authority(rigour: Rigour | None) -> "Authority | None":
    from ucomp_verify.evidence import Authority

    return Authority[rigour.value.upper()] if rigour else None


def _examine(demand: Demand, effort: "Effort") -> "tuple[Report, Investigation]":
    from ucomp_verify.cli.investigation import investigate
    from ucomp_verify.cli.terminal import progress
    from ucomp_verify.reports.model import Report, environment

    start = time.perf_counter()
    with progress("gathering evidence") as bar:
        found = investigate(demand.asked, effort, progress=bar)
    seconds = time.perf_counter() - start
    entries = tuple(_entry(slug, found, demand) for slug in demand.asked)
    profile, seed = effort.profile.value, effort.seed
    return Report(entries, found.problems, environment(), profile, seed, seconds), found


def _not_as_asked(report: "Report") -> set[str]:
    """The claims that do not stand, or whose evidence could not all be had."""
    troubled = {problem.claim for problem in report.problems if problem.claim}
    return troubled | {e.claim.slug for e in report.entries if not e.standing.fulfilled}


def _entry(slug: str, found: "Investigation", demand: Demand) -> "Entry":
    from ucomp_verify.claims.registry import find
    from ucomp_verify.reports.model import Entry
    from ucomp_verify.verdicts import standing

    verdict, expected = found.on(slug), demand.baseline.get(slug)
    compared = standing(verdict, expected=expected, require=demand.require)
    return Entry(find(slug), verdict, compared, expected)


def _codes(report: "Report", found: "Investigation") -> Iterator[ExitCode]:
    """The exit code of every verdict and of every problem."""
    from ucomp_verify.evidence import Trouble

    of_trouble = {
        Trouble.MALFORMED: ExitCode.USAGE,
        Trouble.REJECTED: ExitCode.REFUTED,
        Trouble.TIMEOUT: ExitCode.LIMIT,
        Trouble.MEMORY: ExitCode.LIMIT,
        Trouble.CRASH: ExitCode.MISSING,
        Trouble.STALE: ExitCode.UNDECIDED,
        Trouble.MISSING: ExitCode.MISSING,
    }
    if found.interrupted:
        yield ExitCode.INTERRUPTED
    yield from (of_trouble[problem.trouble] for problem in found.problems)
    yield from (code_of(entry.standing) for entry in report.entries)


def code_of(standing: "Standing") -> ExitCode:
    """What the standing of one claim means for the exit code."""
    from ucomp_verify.verdicts import Standing

    if standing in (Standing.FALLS, Standing.DOUBTED):
        return ExitCode.REFUTED
    return ExitCode.STANDS if standing.fulfilled else ExitCode.UNDECIDED


def _publish(
    report: "Report", found: "Investigation", targets: "Targets", recorded: "Baseline"
) -> Iterable[ExitCode]:
    from ucomp_verify.cli.publish import publish

    if found.interrupted:
        say("interrupted: the verdicts rest on what was there so far")
    new = None
    if targets.baseline and (found.interrupted or found.problems):
        say(f"ucomp-verify: {targets.baseline}: not written, for not all evidence could be had")
        yield ExitCode.UNDECIDED
    elif targets.baseline:
        new = _new_baseline(report, recorded)
    yield from publish(report, targets, new)


def _new_baseline(report: "Report", recorded: "Baseline") -> str:
    from ucomp_verify.cli import baseline

    return baseline.to_text([entry.verdict for entry in report.entries], before=recorded)


def _save_failures(found: "Investigation", folder: Path | None) -> None:
    """Keep each failing case in a file, and say how to run it again."""
    from ucomp_verify.cli.failures import FOLDER, find_failures, save

    for failure in find_failures(found.problems, found.evidence):
        try:
            path = save(failure, folder or FOLDER)
        except OSError as error:
            say(f"ucomp-verify: the failing case is not kept ({error})")
            return
        say(f"run the failing case again: ucomp-verify replay {path}")
