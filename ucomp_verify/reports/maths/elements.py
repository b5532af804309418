r"""A formula as a tree of MathML elements that may go into a page as it is.

The LaTeX is read by latex2mathml. It leaves unknown commands in its output, builds
elements with parts missing and copies attributes from the formula; all of this is
refused here, and what fonts and browsers make ugly is put right.
"""

# ruff: noqa: RUF001  mathematical signs are meant

import re
from collections.abc import Callable, Sequence
from html import unescape
from typing import cast
from xml.etree.ElementTree import Element

from .spacing import names_apart, tighten

_CHILDREN = {
    "mfrac": 2, "mroot": 2, "msub": 2, "msup": 2, "munder": 2, "mover": 2, "msubsup": 3,
    "munderover": 3,
}  # fmt: skip
_ANY = {
    "math", "mi", "mn", "mo", "mpadded", "mrow", "mspace", "msqrt", "mstyle", "mtable", "mtd",
    "mtext", "mtr",
}  # fmt: skip
_ATTRIBUTES = {
    "accent", "columnalign", "displaystyle", "fence", "form", "linethickness", "lspace", "maxsize",
    "minsize", "movablelimits", "rspace", "scriptlevel", "stretchy", "width",
}  # fmt: skip
_ROWS = ("math", "mrow", "msqrt", "mstyle", "mtd")
_PRIMES = frozenset("′″‴")


class UnreadableFormula(ValueError):
    """A formula is not LaTeX that can be shown; the text says what is wrong with it."""


def tree(latex: str) -> Element:
    """The formula as a MathML tree of known elements, each with all its parts.

    Raises `UnreadableFormula`.
    """
    from latex2mathml.converter import convert_to_element

    _require_balance(latex)
    convert = cast("Callable[[str], Element]", convert_to_element)
    try:
        root = _clean(convert(latex))
    except UnreadableFormula as error:
        raise UnreadableFormula(f"{error} in the formula {latex!r}") from None
    except Exception as error:  # each of the reader's errors has a class of its own
        kind = type(error).__name__
        raise UnreadableFormula(f"the formula {latex!r} is not complete: {kind}") from error
    if not len(root):
        raise UnreadableFormula("a formula is empty")
    return root


def _require_balance(latex: str) -> None:
    bare = re.sub(r"\\.", "", latex)
    if bare.count("{") != bare.count("}"):
        raise UnreadableFormula(f"the braces of the formula {latex!r} do not match")


def _clean(element: Element) -> Element:
    """A copy with the entities read, letters of one word joined and nothing unknown."""
    tag = element.tag
    if tag not in _ANY and len(element) != _CHILDREN.get(tag):
        raise UnreadableFormula(f"expected a whole formula, found a {tag} of {len(element)} parts")
    copy = Element(tag, {k: v for k, v in element.attrib.items() if k in _ATTRIBUTES})
    copy.text = unescape(element.text or "")
    if "\\" in copy.text:
        raise UnreadableFormula(f"expected a known command, found {copy.text}")
    children = [_clean(child) for child in element]
    if tag == "mrow" and _spells(element):
        return _word("".join(c.text or "" for c in children))
    if tag == "mo" and len(copy.text) > 1 and copy.text.isalpha():
        return _word(copy.text)
    if copy.text in _PRIMES:
        copy.tag = "mo"
    copy.extend(names_apart(_unnested(children)) if tag in _ROWS else children)
    tighten(copy)
    if tag in ("msup", "msubsup"):
        return _primed(copy)
    return copy[0] if tag == "mrow" and len(copy) == 1 else copy


def _primed(element: Element) -> Element:
    """The element with a prime beside its base: fonts raise the sign itself."""
    base, *lower, upper = element
    prime = upper[0] if upper.tag == "mrow" and len(upper) else upper
    if prime.text not in _PRIMES:
        return element
    primed = _row([base, prime])
    rest = [e for e in upper if e is not prime]
    if not rest and not lower:
        return primed
    scripted = Element(element.tag if rest else "msub")
    scripted.extend([primed, *lower, *([_row(rest)] if rest else [])])
    return scripted


def _row(parts: Sequence[Element]) -> Element:
    """The parts as one element."""
    row = Element("mrow")
    row.extend(parts)
    tighten(row)
    return row[0] if len(row) == 1 else row


def _spells(element: Element) -> bool:
    """Whether an element holds the upright letters of one word, one by one."""
    normal = [c.tag == "mi" and c.get("mathvariant") == "normal" for c in element]
    return len(normal) > 1 and all(normal)


def _word(text: str) -> Element:
    word = Element("mi")
    word.text = text
    return word


def _unnested(children: list[Element]) -> list[Element]:
    """The parts of the only child, if that is a row."""
    return list(children[0]) if len(children) == 1 and children[0].tag == "mrow" else children
