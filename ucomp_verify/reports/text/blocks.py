"""Pieces of text that know their indentation, and lines made of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from textwrap import wrap

from .plain import plain, visible


@dataclass(frozen=True)
class Block:
    """Some text. Later lines are indented by `hanging` more than the first.

    A `verbatim` block, such as a command to copy, is never broken nor typeset.
    """

    text: str
    indent: int = 0
    hanging: int = 0
    verbatim: bool = False


GAP = Block("", verbatim=True)


def item(name: str, text: str, *, indent: int = 2) -> Block:
    """A name and what it stands for, in two columns."""
    return Block(f"{name:<11} {text}", indent, 12)


def command(text: str, *, indent: int) -> Block:
    """A command on a line of its own."""
    return Block(f"$ {text}", indent, verbatim=True)


def lines(blocks: Iterable[Block], *, width: int) -> list[str]:
    """The blocks as lines, formulas in plain letters, at most `width` long.

    Only verbatim blocks and single words may be longer.

    >>> lines([Block("one two three", indent=1, hanging=2)], width=8)
    [' one two', '   three']
    """
    return [line for block in blocks for line in _lines(block, width)]


def _lines(block: Block, width: int) -> list[str]:
    first = " " * block.indent
    if block.verbatim:
        return [(first + visible(block.text).replace("\n", " ")).rstrip()]
    later = first + " " * block.hanging
    return [
        line
        for paragraph in visible(plain(block.text)).splitlines()
        for line in wrap(
            paragraph,
            width,
            initial_indent=first,
            subsequent_indent=later,
            break_long_words=False,
            break_on_hyphens=False,
        )
    ]
