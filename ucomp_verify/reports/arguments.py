"""Hand proofs, written in Markdown with formulas between dollar signs, as HTML."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

_FORMULA = re.compile(r"\$\$?([^$]+)\$\$?")
_HELD = re.compile("\ue000(\\d+)\ue001")  # private characters that no text holds


@dataclass(frozen=True)
class Argument:
    """The hand proof of the claim `slug`: where it stands, and its text (Markdown)."""

    slug: str
    path: str
    text: str


def arguments_in(
    folder: Path, slugs: Sequence[str], *, shown: Callable[[Path], str]
) -> tuple[Argument, ...]:
    """The files <slug>/argument.md of a folder, in the order of the slugs; `shown` names one."""
    paths = [(slug, folder / slug / "argument.md") for slug in slugs]
    return tuple(
        Argument(slug, shown(path), path.read_text(encoding="utf-8"))
        for slug, path in paths
        if path.is_file()
    )


def argument_html(text: str, formula: Callable[[str], str]) -> str:
    """The text as HTML: `formula` makes markup of the LaTeX of each formula.

    No markup of the text itself goes through. Headings start at level 4.
    """
    from markdown_it import MarkdownIt

    kept: list[str] = []

    def hold(match: re.Match[str]) -> str:
        kept.append(" ".join(match[1].split()))
        return f"\ue000{len(kept) - 1}\ue001"

    reader = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = reader.parse(_FORMULA.sub(hold, text))
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(6, int(token.tag[1:]) + 3)}"
    page = str(reader.renderer.render(tokens, reader.options, {}))
    return _HELD.sub(lambda match: formula(kept[int(match[1])]), page)
