"""Formulas become MathML that is whole and harmless, or are refused with the reason."""

from pathlib import Path
from xml.etree.ElementTree import fromstring

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.reports.examples import HOSTILE
from ucomp_verify.claims import Claim
from ucomp_verify.claims.registry import CLAIMS
from ucomp_verify.kernel import check, load
from ucomp_verify.reports.maths import Formula, UnreadableFormula, mathml, pieces, symbol, tree
from ucomp_verify.reports.text import plain

_PROOFS = Path(__file__).parents[2] / "proofs"
_SMALL = 60_000  # bytes; larger certificates take long and show nothing in another form
_LATEX = st.text(st.sampled_from(r"\{}^_$&<>'ab12+-|,( )") | st.characters(), max_size=30)


def _texts(claim: Claim) -> list[str]:
    letters = [t for p in claim.parameters for t in (symbol(p.symbol), p.meaning, p.domain)]
    return [claim.title, claim.statement, claim.reading, *letters]


def _formulas(text: str) -> list[str]:
    return [p.latex for p in pieces(text) if isinstance(p, Formula)]


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda c: c.slug)
def test_every_formula_of_the_registry_can_be_shown(claim: Claim) -> None:
    for text in _texts(claim):
        for latex in _formulas(text):
            assert mathml(latex).startswith("<math>")
        assert "$" not in plain(text) and "\\" not in plain(text), text


def test_every_formula_that_a_shipped_certificate_shows_can_be_shown() -> None:
    shown = 0
    for claim in CLAIMS:
        files = sorted((_PROOFS / claim.slug).glob("*.json"))
        for file in [f for f in files if f.stat().st_size < _SMALL][:5]:
            reading = claim.read(check(load(file)))
            for latex in _formulas(reading.shows):
                assert mathml(latex).startswith("<math>")
                shown += 1
            assert "\\" not in plain(reading.shows), file
    assert shown > 20


@pytest.mark.parametrize(
    ("latex", "reason"),
    [
        (r"\foo x", "expected a known command, found .foo in the formula"),
        (r"\frac{a}", "a mfrac of 1 parts"),
        ("x^", "is not complete"),
        (r"\binom", "is not complete"),
        ("a}", "braces .* do not match"),
        ("{a", "braces .* do not match"),
        (" ", "is not complete"),
        (r"\href{javascript:alert(1)}{x} \bar", "not complete|known command|parts"),
    ],
)
def test_an_unreadable_formula_is_refused_with_the_reason(latex: str, reason: str) -> None:
    with pytest.raises(UnreadableFormula, match=reason):
        mathml(latex)


@pytest.mark.parametrize(
    "latex",
    [
        r"\text{<script>alert(1)</script>}",
        r"\href{javascript:alert(1)}{x}",
        "a < b > c & d",
        r"\text{&lt;script&gt;alert(1)}",
        r"\class{evil}{x}",
        r"\text{a" + '" onclick="alert(1)}',
    ],
)
def test_no_formula_brings_markup_of_its_own(latex: str) -> None:
    try:
        markup = mathml(latex)
    except UnreadableFormula:
        return
    elements = list(fromstring(f"<p>{markup.replace('<wbr>', '')}</p>").iter())
    assert not {e.tag for e in elements} & {"script", "a", "annotation-xml", "maction"}
    names = {name for e in elements for name in e.attrib}
    assert not names & {"href", "class", "style"} and not any(n.startswith("on") for n in names)


@given(_LATEX)
def test_any_formula_is_shown_whole_or_refused(latex: str) -> None:
    try:
        elements = list(tree(latex).iter())
    except UnreadableFormula:
        return
    parts = {"mfrac": 2, "msub": 2, "msup": 2, "msubsup": 3, "munder": 2, "mover": 2, "mroot": 2}
    for element in elements:
        assert len(element) == parts.get(element.tag, len(element))
        assert "\\" not in (element.text or "")


@given(st.text(max_size=60))
def test_text_without_dollars_is_kept(text: str) -> None:
    kept = text.replace("$", "").replace("\\", "")
    typeset = kept.replace(">=", "≥").replace("<=", "≤")
    assert "".join(p for p in pieces(kept) if isinstance(p, str)) == typeset


def test_escaped_dollars_are_text() -> None:
    assert pieces(r"costs \$5, not $x$") == ("costs $5, not ", Formula("x"))


def test_a_long_formula_may_be_broken_after_its_signs() -> None:
    broken = mathml(" + ".join(f"q_{{{n}}}^2" for n in range(20)) + " = 0")
    parts = broken.split("<wbr>")
    assert len(parts) > 10
    assert all(part.startswith("<math>") and part.endswith("</math>") for part in parts)
    assert "<wbr>" not in mathml("a + b = c")


def test_a_prime_stands_beside_its_letter() -> None:
    assert mathml("c'_i") == mathml("c_i'")
    primed = fromstring(mathml("c'_i"))[0]
    assert primed.tag == "msub" and [e.text for e in primed[0]] == ["c", "′"]  # noqa: RUF001


def test_hostile_text_outside_formulas_stays_text() -> None:
    assert "".join(p for p in pieces(HOSTILE) if isinstance(p, str)) == HOSTILE


@pytest.mark.parametrize("latex", [r"2 \log d", r"\max_i |w_i|", r"\left(\sup p\right)"])
def test_names_are_set_off_once(latex: str) -> None:
    assert "<mspace" in mathml(latex)
    assert '<mspace width="0.167em" /><mspace' not in mathml(latex)


@pytest.mark.parametrize("latex", [r"\exp(x)", r"a, \log", r"|\log|", "a + b", r"\deg, b"])
def test_names_before_parentheses_and_signs_are_not_set_off(latex: str) -> None:
    assert "<mspace" not in mathml(latex)


@pytest.mark.parametrize(
    ("latex", "tight"),
    [
        ("-1", 1),
        ("(-1, -2)", 2),
        ("a - b", 0),
        ("a/b", 1),
        ("x = -1", 1),
        ("|x| - 1", 2),
        ("|-1| - 1", 3),
    ],
)
def test_signs_of_numbers_bars_and_slashes_have_no_room(latex: str, tight: int) -> None:
    assert mathml(latex).count('lspace="0" rspace="0"') == tight
