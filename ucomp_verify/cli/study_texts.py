"""Studies as text for a terminal: tables of summaries, counts, times."""

import re
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import TYPE_CHECKING

from ucomp_verify.cli.terminal import width

if TYPE_CHECKING:
    from ucomp_verify.studies import Config, Row, Summary

_NUMBER = re.compile(r"[-+]?(\d|inf|nan)|-?$")
SHOWN = 5  # failed cells, or differences, that are told one by one


def shown(text: str) -> str:
    """Text of a file as one line that cannot steer the terminal."""
    from ucomp_verify.reports.text.plain import visible

    return visible(text).replace("\n", " ")


def settings(config: "Config") -> str:
    """The configuration as the user would write it: m=2, k=3.

    >>> from ucomp_verify.studies import Config
    >>> settings(Config.of(m=2, method="cells"))
    'm=2, method=cells'
    """
    return shown(", ".join(f"{name}={value}" for name, value in config.settings))


def duration(seconds: float) -> str:
    """A time with its two largest units.

    >>> [duration(s) for s in (0.04, 7.25, 59.96, 600, 3900, 200000)]
    ['0.04 s', '7.2 s', '1 min 0 s', '10 min 0 s', '1 h 5 min', '2 d 7 h']
    """
    if seconds < 59.95:
        return f"{seconds:.2g} s" if seconds < 1 else f"{seconds:.1f} s"
    whole = round(seconds)
    units = (("d", 86400), ("h", 3600), ("min", 60), ("s", 1))
    large = next(i for i, (_, size) in enumerate(units) if whole >= size)
    (name, size), (next_name, next_size) = units[large], units[large + 1]
    return f"{whole // size} {name} {whole % size // next_size} {next_name}"


def counted(number: int, what: str) -> str:
    """A number of things.

    >>> counted(1, "cell"), counted(12000, "cell")
    ('1 cell', '12,000 cells')
    """
    return f"{number:,} {what}" + ("" if number == 1 else "s")


def mixed_text(rows: "Iterable[Row]") -> str:
    """What is to be said of rows that were made with several versions of a library; or ''.

    A cluster refuses such workers. A store goes on after an update, and its old rows stay.
    """
    from ucomp_verify.studies.results import versions_in

    versions = versions_in(row.run for row in rows)
    several = [f"{name} {' and '.join(v)}" for name, v in versions.items() if len(v) > 1]
    if not several:
        return ""
    return shown(f"rows of {', '.join(several)}: last bits may differ; `study status` counts them")


def aligned(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """Lines of a table: columns of numbers to the right, the others to the left."""
    body = [[shown(cell) for cell in row] for row in rows]
    table = [list(columns), *body]
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    right = [all(map(_NUMBER.match, column)) for column in zip(*body, strict=True)]
    right = right or [False] * len(widths)
    padded = (
        (c.rjust(w) if r else c.ljust(w) for c, w, r in zip(row, widths, right, strict=True))
        for row in table
    )
    return ["  ".join(row).rstrip() for row in padded]


def summary_text(summary: "Summary") -> str:
    """A title, the table, and the notes below it."""
    lines = aligned(summary.columns, summary.rows) if summary.rows else ["(no rows yet)"]
    room = max(width() - 2, 40)
    notes = (textwrap.wrap(shown(note), room, subsequent_indent="  ") for note in summary.notes)
    return "\n".join([shown(summary.title), *(f"  {line}" for line in lines), *chain(*notes)])


def summaries_text(summaries: "Iterable[Summary]") -> str:
    """All summaries, with a line between them."""
    return "\n\n".join(map(summary_text, summaries))


def summary_body(summary: "Summary") -> dict[str, object]:
    """A summary for a JSON document."""
    return {
        "title": summary.title,
        "columns": summary.columns,
        "rows": summary.rows,
        "notes": summary.notes,
    }


def counts_text(counts: Mapping[str, int]) -> str:
    """Numbers by name, without those that are 0.

    >>> counts_text({"done": 40, "failed": 0, "open": 2})
    '40 done, 2 open'
    """
    return ", ".join(f"{number:,} {name}" for name, number in counts.items() if number) or "none"


def problems_text(rows: "Sequence[Row]") -> list[str]:
    """Each cell that did not end well with what went wrong, the first few of them."""
    lines = [f"  {r.status.value:<8} {settings(r.config)}: {_brief(r)}" for r in rows[:SHOWN]]
    more = len(rows) - SHOWN
    return [*lines, f"  and {more:,} more"] if more > 0 else lines


def _brief(row: "Row") -> str:
    last = row.problem.strip().splitlines() or ["nothing is known of it"]
    return textwrap.shorten(shown(last[-1]), 200, placeholder=" ...")
