r"""Text with LaTeX between dollar signs, taken apart; a formula as a clean MathML tree.

The LaTeX is read by latex2mathml. It leaves unknown commands in its output, builds
elements with parts missing and copies attributes from the formula; all of this is refused here, so
that what comes out may go into a page as it is.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from html import unescape
from typing import cast
from xml.etree.ElementTree import Element, tostring

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
_LONG = 24  # letters and signs from which on a formula may be broken
_BREAKS = frozenset("=≠<>≤≥≈∼≡∝→↦⇒⟹⟺+−±·⋅,;")  # noqa: RUF001  mathematical signs
_FORMULA = re.compile(r"(?<!\\)\$(.+?)(?<!\\)\$", re.DOTALL)


class UnreadableFormula(ValueError):
    """A formula is not LaTeX that can be shown; the text says what is wrong with it."""


@dataclass(frozen=True)
class Formula:
    """LaTeX, without the dollar signs around it."""

    latex: str


def pieces(text: str) -> tuple[str | Formula, ...]:
    r"""The text and the formulas of `text` in turn; `\$` is a dollar sign, `>=` is ≥.

    >>> pieces(r"Some $N$ of the nodes, N >= 1.")
    ('Some ', Formula(latex='N'), ' of the nodes, N ≥ 1.')
    """
    parts = _FORMULA.split(text)
    every = [Formula(p) if i % 2 else _typeset(p) for i, p in enumerate(parts)]
    return tuple(p for p in every if p)


def _typeset(text: str) -> str:
    return text.replace(r"\$", "$").replace(">=", "≥").replace("<=", "≤")


def symbol(letter: str) -> str:
    """The letter of a parameter as text with a formula in it.

    >>> symbol(r"\\alpha"), symbol("$k$")
    ('$\\\\alpha$', '$k$')
    """
    return letter if "$" in letter else f"${letter}$"


@cache
def mathml(latex: str) -> str:
    r"""The formula as `<math>` elements that need no further escaping.

    A long formula is several of them, between which a line may break.

    >>> mathml("d^2")
    '<math><msup><mi>d</mi><mn>2</mn></msup></math>'

    Raises `UnreadableFormula`.
    """
    whole = tree(latex)
    long = sum(1 for leaf in whole.iter() if not len(leaf)) > _LONG
    parts = _broken(whole) if long else [whole]
    return "<wbr>".join(tostring(part, encoding="unicode") for part in parts)


def _broken(whole: Element) -> list[Element]:
    """The formula in parts that end with a relation, a binary sign or a comma, as in TeX."""
    parts = [Element("math")]
    for child in whole:
        parts[-1].append(child)
        if child.tag == "mo" and (child.text or "") in _BREAKS and len(parts[-1]) > 1:
            child.set("form", "infix")
            parts.append(Element("math"))
    return [part for part in parts if len(part)]


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
    copy.extend(_unnested(children) if tag in ("math", "mrow") else children)
    return copy[0] if tag == "mrow" and len(copy) == 1 else copy


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
