"""The table of verdicts: one row a claim, what repairs it indented below."""

from collections.abc import Sequence
from io import StringIO
from typing import TYPE_CHECKING, TypeAlias

from ucomp_verify.reports import words
from ucomp_verify.reports.arrangement import groups
from ucomp_verify.reports.model import Entry, Report
from ucomp_verify.verdicts import Status

from .plain import plain, visible
from .summary import summary

if TYPE_CHECKING:
    from rich.table import Table
    from rich.text import Text

_STYLE = {
    Status.PROVED: "green",
    Status.PROVED_GRANTING: "green",
    Status.CHECKED: "cyan",
    Status.OBSERVED: "blue",
    Status.OPEN: "yellow",
    Status.VACUOUS: "magenta",
    Status.REFUTED: "red",
}
_DIM = "dim"

# A layout is the width from which it is used, and its columns: a heading and the items
# that stand below each other in it. Items are the keys of `_items`.
_Layout: TypeAlias = tuple[int, tuple[tuple[str, tuple[str, ...]], ...]]
_LAYOUTS: tuple[_Layout, ...] = (
    (
        170,
        (
            ("claim", ("slug",)),
            ("label", ("label",)),
            ("variant", ("variant",)),
            ("status", ("status",)),
            ("by", ("authority",)),
            ("standing", ("standing",)),
            ("scope", ("scope",)),
            ("rests on", ("notes",)),
        ),
    ),
    (
        80,
        (
            ("claim", ("slug", "label, variant")),
            ("verdict", ("status", "authority, standing")),
            ("scope", ("scope", "notes")),
        ),
    ),
    (0, (("claim", ("slug", "label, variant", "status, authority", "below")),)),
)
_WRAPPED = ("scope", "rests on")


def table(report: Report, *, width: int, color: bool) -> str:
    """Every claim with its verdict, the counts, what is not as asked, and the problems.

    Printed claims are followed by their repairs. No line of the table is longer than
    `width`; below it only commands to copy may be.
    """
    body = _verdicts(report.entries, width)
    return _render(body, width=width, color=color) + "\n" + summary(report, width=width)


def _render(body: "Table", *, width: int, color: bool) -> str:
    from rich.console import Console

    stream = StringIO()
    console = Console(
        file=stream,
        width=width,
        force_terminal=color,
        color_system="standard" if color else None,
        no_color=not color,
        legacy_windows=False,
    )
    console.print(body)
    return "".join(f"{line.rstrip()}\n" for line in stream.getvalue().splitlines())


def _verdicts(entries: Sequence[Entry], width: int) -> "Table":
    from rich import box
    from rich.table import Table

    columns = next(columns for least, columns in _LAYOUTS if width >= least)
    grid = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 1, 0, 0))
    for heading, _ in columns:
        whole = len(columns) > 1 and heading not in _WRAPPED
        grid.add_column(heading, overflow="fold", no_wrap=whole)
    for group in groups(entries):
        for entry in group.members:
            items = _items(entry, indent="  " if entry is not group.head else "")
            grid.add_row(*(_cell(items, names) for _, names in columns))
    return grid


def _cell(items: dict[str, "Text"], names: Sequence[str]) -> "Text":
    """The items below each other, those that are empty left out."""
    from rich.text import Text

    return Text("\n").join(items[name] for name in names if items[name])


def _items(entry: Entry, *, indent: str) -> dict[str, "Text"]:
    """All that a layout may show of one claim."""
    from rich.text import Text

    claim, verdict = entry.claim, entry.verdict
    style, mark = _STYLE[verdict.status], words.STATUS_MARK[verdict.status]
    slug, label, variant = visible(claim.slug), visible(claim.source.label), claim.variant.value
    status, authority = verdict.status.value, words.authority(verdict)
    standing = entry.standing.name.lower()
    asked = _DIM if entry.standing.fulfilled else "bold red"
    scope, notes = words.short_scope(verdict.scope), "; ".join(words.notes(verdict))
    return {
        "slug": Text.assemble((mark, style), f" {indent}{slug}"),
        "label": Text(label, _DIM),
        "variant": Text(variant),
        "label, variant": Text(f"  {indent}{label}, {variant}", _DIM),
        "status": Text(status, style),
        "authority": Text(authority),
        "standing": Text(standing, asked),
        "authority, standing": Text.assemble((f"{authority}, ", _DIM), (standing, asked)),
        "status, authority": Text.assemble(
            f"  {indent}", (status, style), f", {authority}, ", (standing, asked)
        ),
        "scope": Text(_shown(scope)),
        "notes": Text(_shown(notes), _DIM),
        "below": Text(f"  {indent}" + _shown("; ".join(filter(None, (scope, notes))))),
    }


def _shown(text: str) -> str:
    return visible(plain(text))
