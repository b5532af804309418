"""Room between the signs of a formula, as TeX leaves it and browsers by themselves do not."""

# ruff: noqa: RUF001  mathematical signs are meant

from collections.abc import Iterable, Sequence
from xml.etree.ElementTree import Element

_SCRIPTED = ("msub", "msup", "msubsup", "munder", "mover", "munderover")
_BARS = "|‖"
_SIGNS = frozenset("+−±")
_TIGHT = frozenset("|‖/′″‴!")
_BEFORE_UNARY = frozenset("([{,;=≠<>≤≥≈→⌊⌈⟨")


def tighten(row: Element) -> None:
    """Give bars, slashes and signs that stand before a number no room of their own, as TeX does."""
    before = "("
    for sign, opens in zip(row, _opening_bars(row), strict=True):
        text = sign.text or ""
        unary = text in _SIGNS and before in _BEFORE_UNARY
        if sign.tag == "mo" and (unary or text in _TIGHT):
            sign.attrib |= {"lspace": "0", "rspace": "0"}
        before = "(" if opens else text if sign.tag == "mo" else "x"


def _opening_bars(parts: Iterable[Element]) -> list[bool]:
    """Which parts are bars that open: the first, third, ... of each kind."""
    seen = dict.fromkeys(_BARS, 0)
    opening: list[bool] = []
    for part in parts:
        bar = part.text if part.tag == "mo" and part.text in seen else None
        if bar:
            seen[bar] += 1
        opening.append(bool(bar) and seen[bar or ""] % 2 == 1)
    return opening


def names_apart(parts: Sequence[Element]) -> list[Element]:
    """The parts with a thin space between a name, such as log, and its neighbours."""
    spaced = list(parts[:1])
    for before, after, opens in zip(parts, parts[1:], _opening_bars(parts)[1:], strict=False):
        followed = _is_name(before) and (opens or after.tag not in ("mo", "mspace"))
        if followed or (_is_name(after) and before.tag not in ("mo", "mspace")):
            spaced.append(Element("mspace", {"width": "0.167em"}))
        spaced.append(after)
    return spaced


def _is_name(element: Element) -> bool:
    """Whether an element is a name of several letters, maybe with scripts."""
    if element.tag in _SCRIPTED:
        return _is_name(element[0])
    return element.tag == "mi" and len(element.text or "") > 1
