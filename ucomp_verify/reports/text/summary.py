"""What stands below the table: counts, what is not as asked, and the problems."""

from collections.abc import Iterable, Sequence
from textwrap import TextWrapper

from ucomp_verify.evidence import Problem
from ucomp_verify.reports import words
from ucomp_verify.reports.model import Entry, Report, count
from ucomp_verify.verdicts import Expectation

from .plain import visible


def summary(report: Report, *, width: int) -> str:
    """The counts, the claims that do not stand as asked with the reason, the problems."""
    blocks = (_counts(report), _not_as_asked(report.entries), _problems(report.problems))
    wrapped = ["\n".join(_wrapped(block, width)) for block in blocks if block]
    return "\n\n".join(wrapped) + "\n"


def _wrapped(lines: Iterable[str], width: int) -> list[str]:
    """The lines at most `width` long; a line that starts with `$ ` is a command, kept whole."""
    out: list[str] = []
    for line in lines:
        indent = " " * (len(line) - len(line.lstrip()) + 2)
        wrapper = TextWrapper(width, subsequent_indent=indent, break_long_words=False)
        command = line.lstrip().startswith("$ ")
        out.extend([line] if command else wrapper.wrap(line))
    return out


def _counts(report: Report) -> list[str]:
    found = ", ".join(f"{n} {s.value}" for s, n in count(report.entries).items() if n)
    total = len(report.entries)
    run = f"profile {report.profile}, seed {report.seed}, {report.seconds:.1f} s"
    claims = "1 claim" if total == 1 else f"{total} claims"
    return [f"{claims}: {found}" if found else claims, run]


def _not_as_asked(entries: Sequence[Entry]) -> list[str]:
    rest = [e for e in entries if not e.standing.fulfilled]
    if not rest:
        return ["All stand as asked."] if entries else []
    return ["Not as asked:", *(f"  {e.claim.slug}: {_reason(e)}" for e in rest)]


def _reason(entry: Entry) -> str:
    found = f"{entry.verdict.status.value}, {words.authority(entry.verdict)}"
    recorded = f"; the baseline has {_expected(entry.expected)}" if entry.expected else ""
    return f"{entry.standing.value} (found {found}{recorded})"


def _expected(expected: Expectation) -> str:
    by = f", {expected.authority.text}" if expected.authority else ""
    return f"{expected.status.value}{by}"


def _problems(problems: Sequence[Problem]) -> list[str]:
    if not problems:
        return []
    lines = [f"Problems ({len(problems)}), evidence that could not be had:"]
    for p in problems:
        lines.append(visible(f"  {p.claim}: {p.trouble.value}: {p.origin}"))
        lines.extend(f"    {line}" for line in visible(p.message).splitlines())
        lines.append(visible(f"    $ {p.reproduce}"))
    return lines
