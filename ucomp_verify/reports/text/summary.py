"""What stands below the table: counts, what is not as asked, and the problems."""

from collections.abc import Sequence

from ucomp_verify.evidence import Problem
from ucomp_verify.reports import words
from ucomp_verify.reports.arrangement import count
from ucomp_verify.reports.model import Entry, Report

from .blocks import GAP, Block, command, lines


def summary(report: Report, *, width: int) -> str:
    """The counts, the claims that do not stand as asked with the reason, the problems."""
    blocks = [
        *_counts(report),
        *_not_as_asked(report.entries),
        *_problems(report.problems),
    ]
    return "\n".join(lines(blocks, width=width)) + "\n"


def _counts(report: Report) -> list[Block]:
    found = ", ".join(f"{n} {s.value}" for s, n in count(report.entries).items() if n)
    total = len(report.entries)
    claims = "1 claim" if total == 1 else f"{total} claims"
    run = f"profile {report.profile}, seed {report.seed}, {report.seconds:.1f} s"
    return [Block(f"{claims}: {found or 'nothing asked'}", hanging=2), Block(run)]


def _not_as_asked(entries: Sequence[Entry]) -> list[Block]:
    rest = [e for e in entries if not e.standing.fulfilled]
    if not rest:
        return [Block("All stand as asked.")] if entries else []
    told = [Block(f"{e.claim.slug}: {words.reason(e)}", 2, 2) for e in rest]
    return [GAP, Block(f"Not as asked ({len(rest)}):"), *told]


def _problems(problems: Sequence[Problem]) -> list[Block]:
    if not problems:
        return []
    told = [block for problem in problems for block in _problem(problem)]
    return [GAP, Block(f"Problems ({len(problems)}): evidence that could not be had"), *told]


def _problem(problem: Problem) -> list[Block]:
    about = f"{problem.claim}: " if problem.claim else ""
    return [
        Block(f"{about}{problem.trouble.value}: {problem.origin}", 2, 2),
        Block(problem.message, 4),
        command(problem.reproduce, indent=4),
    ]
