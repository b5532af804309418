"""Everything about one claim: what it says, what is known, and how to see it again."""

from collections.abc import Iterable, Sequence
from textwrap import wrap

from ucomp_verify.claims import Claim
from ucomp_verify.evidence import Evidence
from ucomp_verify.findings import Sample
from ucomp_verify.reports import words
from ucomp_verify.reports.maths import symbol
from ucomp_verify.reports.model import Entry

from .plain import plain, visible


def explain(entry: Entry, entries: Sequence[Entry], *, width: int) -> str:
    """The claim, its verdict, every piece of evidence, and its neighbours in `entries`.

    Formulas are shown in plain letters. Lines fit `width`, but for commands to copy.
    """
    page = _Page(width)
    _statement(page, entry.claim)
    _verdict(page, entry)
    _evidence(page, "Evidence", entry.verdict.basis)
    _evidence(page, "Doubts: a random case fails, which refutes nothing", entry.verdict.doubts)
    _neighbours(page, entry.claim, entries)
    return page.text()


class _Page:
    """Lines of text, wrapped as they are added."""

    def __init__(self, width: int) -> None:
        self._width = max(width, 40)
        self._lines: list[str] = []

    def heading(self, text: str) -> None:
        """A line in front of which there is an empty one."""
        self._lines.extend(["", visible(text)])

    def paragraph(self, text: str, *, indent: int = 2, hanging: int = 0) -> None:
        """Text in lines; formulas become plain."""
        lead = " " * indent
        for line in visible(plain(text)).splitlines():
            first, later = lead, lead + " " * hanging
            self._lines.extend(
                wrap(line, self._width, initial_indent=first, subsequent_indent=later)
            )

    def item(self, name: str, text: str, *, indent: int = 2) -> None:
        """A name and what it stands for, in two columns; nothing if that is empty."""
        if text:
            self.paragraph(f"{name:<11} {text}", indent=indent, hanging=12)

    def command(self, text: str, *, indent: int) -> None:
        """A command on a line of its own, never broken."""
        self._lines.append(" " * indent + "$ " + visible(text))

    def text(self) -> str:
        """The page."""
        return "\n".join(self._lines).lstrip("\n") + "\n"
