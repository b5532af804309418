"""A report to the files that were asked for and to stdout."""

import errno
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from ucomp_verify.cli.errors import refuse, say
from ucomp_verify.cli.exit_codes import ExitCode
from ucomp_verify.cli.output import emit, prepare, write
from ucomp_verify.cli.terminal import is_lively, width
from ucomp_verify.reports.model import Report

STDOUT = Path("-")


@dataclass(frozen=True)
class Targets:
    """The files that a check writes; `STDOUT` for JSON means stdout, without the table."""

    json: Path | None
    html: Path | None
    junit: Path | None
    baseline: Path | None

    @property
    def files(self) -> tuple[Path, ...]:
        """Those that are real files."""
        named = (self.json, self.html, self.junit, self.baseline)
        return tuple(p for p in named if p is not None and p != STDOUT)

    def prepare(self) -> None:
        """Refuse, before any work, a target that cannot be written."""
        if STDOUT in (self.html, self.junit, self.baseline):
            refuse("only --json writes to stdout (-); name a file for the others")
        if len({p.resolve() for p in self.files}) < len(self.files):
            refuse("two results would go to one file; name a file for each")
        for path in self.files:
            prepare(path)


def publish(report: Report, targets: Targets, baseline: str | None) -> Iterator[ExitCode]:
    """Write the files, then stdout; a file that fails does not keep the rest back.

    Gives the exit code of each file that failed. `baseline` is None if none is written.
    """
    makers: Iterable[tuple[Path | None, Callable[[], str]]] = (
        (targets.json if targets.json != STDOUT else None, lambda: _json(report)),
        (targets.html, lambda: _html(report)),
        (targets.junit, lambda: _junit(report)),
        (targets.baseline if baseline is not None else None, lambda: baseline or ""),
    )
    for path, make in makers:
        if path is not None:
            try:
                write(path, make())
                say(f"wrote {path}")
            except OSError as error:
                say(f"ucomp-verify: {path}: not written ({error.strerror})")
                yield ExitCode.MISSING if error.errno == errno.ENOSPC else ExitCode.USAGE
    emit(_json(report) if targets.json == STDOUT else _table(report))


def _json(report: Report) -> str:
    from ucomp_verify.reports.json_document import document, to_text

    return to_text(document(report))


def _html(report: Report) -> str:
    from ucomp_verify.evidence.gather import shipped_proofs, shown_path
    from ucomp_verify.reports.arguments import arguments_in
    from ucomp_verify.reports.html import html
    from ucomp_verify.reports.measurements import shipped_measurements
    from ucomp_verify.reports.studied import study_reports

    slugs = [entry.claim.slug for entry in report.entries]
    arguments = arguments_in(shipped_proofs(), slugs, shown=shown_path)
    return html(
        report,
        measurements=shipped_measurements(),
        arguments=arguments,
        studies=study_reports(),
    )


def _junit(report: Report) -> str:
    from ucomp_verify.reports.junit import junit

    return junit(report)


def _table(report: Report) -> str:
    from ucomp_verify.reports.text import table

    return table(report, width=width(), color=is_lively(sys.stdout))
