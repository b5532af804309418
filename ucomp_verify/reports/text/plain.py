r"""Formulas as text for a terminal: `$\sum_i c_i w_i^2 \le d$` becomes ∑ᵢ cᵢ wᵢ² ≤ d."""

# ruff: noqa: RUF001  mathematical signs are meant

import re
import unicodedata
from collections.abc import Callable, Sequence
from functools import cache
from xml.etree.ElementTree import Element

from ucomp_verify.reports.maths import Formula, UnreadableFormula, pieces, tree

_RAISED = str.maketrans(
    "0123456789+−=()abcdefghijklmnoprstuvwxyz",
    "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ",
)
_LOWERED = str.maketrans("0123456789+−=()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ")
_SPACED = re.compile(r"[=≠<>≤≥≪≫≈∼≃≅≡∝∈∉∋⊂⊆⊃⊇→←↔↦⇒⇐⇔⟹⟺⟶⟵⟼∣:≔∧∨∪∩∖]+|[:=]=")
_ATOM = re.compile(r"\w[′²³ᵃ-ᶻ⁰-₟]*|[\d.]+|\(\w+\)|\|[^|]*\|")
_ACCENTS = {
    "^": "\u0302", "ˆ": "\u0302", "~": "\u0303", "˜": "\u0303", "¯": "\u0304", "―": "\u0304",
    "˙": "\u0307", "¨": "\u0308", "→": "\u20d7",
}  # fmt: skip
_OPENING, _CLOSING, _SUMS = frozenset("([{⌊⌈⟨√∂∇∀∃¬"), frozenset(")]}⌋⌉⟩,;.!/"), frozenset("∑∏∫⋃⋂")
_BINARY = ("+", "−", "±", "×", "·", "∘", "⋅")


@cache
def plain(text: str) -> str:
    r"""The text with its formulas in letters and signs that a terminal can show.

    A formula that cannot be read stays LaTeX, between its dollar signs.

    >>> plain(r"$|\phi(c') - \phi(c)| \le 2 \Lambda W \frac{B s^{k+1}}{(k+1)!}$ for all $c$")
    '|ϕ(c′) − ϕ(c)| ≤ 2ΛW (Bsᵏ⁺¹)/((k+1)!) for all c'
    >>> plain(r"at most $\binom{m+k}{k}$")
    'at most binom(m+k, k)'
    """
    return "".join(p if isinstance(p, str) else _formula(p) for p in pieces(text))


def _formula(formula: Formula) -> str:
    try:
        linear = _row(list(tree(formula.latex)), top=True)
    except UnreadableFormula:
        return f"${formula.latex}$"
    return unicodedata.normalize("NFC", re.sub(r" +", " ", linear).strip())


def _row(elements: Sequence[Element], *, top: bool = False) -> str:
    """The elements one after the other, with spaces where they help."""
    written, last = "", None
    parts = _without_binomial_parentheses(elements)
    for element, following in zip(parts, [*parts[1:], None], strict=True):
        part = _linear(element, top=top)
        if _is_fraction(element) and (_is_slash(last) or _is_slash(following)):
            part = _grouped(part)
        if top and element.tag == "mo" and part in _BINARY and _operand(written):
            part = f" {part} "
        elif last is not None and _apart(last, element, part):
            part = f" {part}"
        written, last = written + part, element
    return written


def _is_fraction(element: Element) -> bool:
    styled = element.tag == "mstyle" and len(element) == 1
    return element.tag == "mfrac" or (styled and _is_fraction(element[0]))


def _is_slash(element: Element | None) -> bool:
    return element is not None and element.text == "/"


def _operand(written: str) -> bool:
    """Whether what is written can be the left side of a binary sign."""
    return bool(written) and not written.endswith(" ") and written[-1] not in _OPENING


def _apart(before: Element, after: Element, text: str) -> bool:
    """Whether a space is needed between two neighbours: at names, sums and fractions."""
    ended = _linear(before)[-1:]
    if (
        ended in _OPENING
        or _is_slash(before)
        or text[:1] in _CLOSING
        or (before.tag == "mo" and ended in "|‖+−±")
    ):
        return False
    if _is_name(before):
        return text[:1] != "("
    if _is_sum(before) or _is_fraction(before):
        return True
    return after.tag != "mo" and (_is_name(after) or _is_sum(after) or _is_fraction(after))


def _is_name(element: Element) -> bool:
    return (element.tag == "mi" and len(element.text or "") > 1) or _is(element, _is_name)


def _is_sum(element: Element) -> bool:
    return (element.text or "") in _SUMS or _is(element, _is_sum)


def _is(element: Element, sort: Callable[[Element], bool]) -> bool:
    """Whether the letter or sign that carries the scripts is of a sort."""
    scripted = element.tag in ("msub", "msup", "msubsup", "munder", "mover", "munderover")
    return scripted and sort(element[0])


def _without_binomial_parentheses(elements: Sequence[Element]) -> list[Element]:
    """The elements but the parentheses around binomials, which bring their own."""
    binomial = [e.get("linethickness") == "0" for e in elements]
    near = [any(binomial[max(i - 1, 0) : i + 2]) and not b for i, b in enumerate(binomial)]
    return [e for e, n in zip(elements, near, strict=True) if not (n and e.text in ("(", ")"))]


def _linear(element: Element, *, top: bool = False) -> str:
    children = list(element)
    match element.tag:
        case "mfrac":
            return _fraction(element)
        case "msub" | "munder":
            return _linear(children[0]) + _script(children[1], _LOWERED, "_")
        case "msup":
            return _linear(children[0]) + _script(children[1], _RAISED, "^")
        case "mover":
            accent = _ACCENTS.get(_linear(children[1]))
            return _linear(children[0]) + (accent or _script(children[1], _RAISED, "^"))
        case "msubsup" | "munderover":
            return _both_scripts(*children)
        case "msqrt":
            return "√" + _grouped(_row(children))
        case "mroot":
            return _script(children[1], _RAISED, "") + "√" + _grouped(_linear(children[0]))
        case "mtable":
            return "; ".join(", ".join(map(_linear, line)) for line in element)
        case "mspace":
            return " "
        case _:
            return _row(children, top=top) if children else _sign(element)


def _sign(element: Element) -> str:
    text = element.text or ""
    if text == ":":
        return ": "
    if element.tag != "mo":
        return text.replace("\u00a0", " ")
    if text in (",", ";"):
        return f"{text} "
    return f" {text} " if _SPACED.fullmatch(text) else text.replace("\u2061", "")


def _fraction(element: Element) -> str:
    above, below = _linear(element[0]), _linear(element[1])
    if element.get("linethickness") == "0":
        return f"binom({above}, {below})"
    return f"{_grouped(above)}/{_grouped(below)}"


def _both_scripts(base: Element, lower: Element, upper: Element) -> str:
    return _linear(base) + _script(lower, _LOWERED, "_") + _script(upper, _RAISED, "^")


def _script(element: Element, table: dict[int, int], mark: str) -> str:
    """Raised or lowered letters where all of them exist, else `^(...)` or `_(...)`."""
    text = _linear(element)
    tight = text.replace(" ", "")
    if all(ord(letter) in table for letter in tight):
        return tight.translate(table)
    return mark + (text if len(text) == 1 else f"({text.replace(', ', ',')})")


def _grouped(text: str) -> str:
    """The text, in parentheses unless it is one letter or number, maybe with scripts."""
    return text if len(text) < 2 or _ATOM.fullmatch(text) else f"({text})"


def visible(text: str) -> str:
    r"""The text with control characters, which could steer a terminal, made visible.

    >>> visible("a\x1b[31m\tb")
    'a\\x1b[31m b'
    """
    spaced = re.sub(r"[\t\r]", " ", text)
    return "".join(c if c == "\n" or c.isprintable() else ascii(c)[1:-1] for c in spaced)
