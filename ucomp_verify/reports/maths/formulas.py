"""Text with LaTeX between dollar signs, taken apart, and its formulas as MathML."""

# ruff: noqa: RUF001  mathematical signs are meant

import re
from dataclasses import dataclass
from functools import cache
from xml.etree.ElementTree import Element, tostring

from .elements import tree

_LONG = 24  # letters and signs from which on a formula may be broken
_BREAKS = frozenset("=≠<>≤≥≈∼≡∝→↦⇒⟹⟺+−±·⋅,;")
_FORMULA = re.compile(r"(?<!\\)\$(.+?)(?<!\\)\$", re.DOTALL)


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
