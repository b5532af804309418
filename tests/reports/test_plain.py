"""Formulas in letters that a terminal can show."""

# ruff: noqa: RUF001  mathematical signs are meant

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.reports.examples import HOSTILE
from ucomp_verify.reports.text import plain, visible


@pytest.mark.parametrize(
    ("latex", "letters"),
    [
        (r"\sum_{i=1}^d c'_i g(w_i)", "∑ᵢ₌₁ᵈ c′ᵢg(wᵢ)"),
        (r"N_{m,k} = \binom{m+k}{k}", "N_(m,k) = binom(m+k, k)"),
        (r"-1 \le x \le -2", "−1 ≤ x ≤ −2"),
        (r"\frac{|S_t|}{|D|} \ge 1 - \left(\frac{t}{2}\right)^{1/k}", "|Sₜ|/|D| ≥ 1 − (t/2)^(1/k)"),
        (r"\operatorname{diam}(X) \le 4R", "diam(X) ≤ 4R"),
        (r"\max_{|\alpha| \le k} |p_\alpha|", "max_(|α| ≤ k) |p_α|"),
        (r"\sqrt{2} + \sqrt{m+1}", "√2 + √(m+1)"),
        (r"p_{10}^2", "p₁₀²"),
        (r"(\tfrac{1}{8}/2)^{1/3} \cdot 2/\tfrac{1}{3}", "((1/8)/2)^(1/3) · 2/(1/3)"),
        (r"\tanh^{2m}(\mathrm{arccosh}(1/t)/(2k))", "tanh²ᵐ(arccosh(1/t)/(2k))"),
        (r"T : V^d \to V^d", "T: Vᵈ → Vᵈ"),
        (r"w_{i_1}^{\alpha_1}", "w_(i₁)^(α₁)"),
        (r"\begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}", "(1, 2; 3, 4)"),
        (r"\hat w + \bar p", "ŵ + p̄"),
        (r"\int g \, d\mu", "∫ g dμ"),
        (r"2 \Lambda W \frac{B s^{k+1}}{(k+1)!}", "2ΛW (Bsᵏ⁺¹)/((k+1)!)"),
    ],
)
def test_a_formula_reads_as_it_is_written_by_hand(latex: str, letters: str) -> None:
    assert plain(f"${latex}$") == letters


def test_text_around_formulas_is_kept() -> None:
    assert plain("For $d$ >= 1, so $d^2$.") == "For d ≥ 1, so d²."


def test_a_formula_that_cannot_be_read_stays_latex() -> None:
    assert plain(r"so $\foo x$ holds") == r"so $\foo x$ holds"


@given(st.text(max_size=40))
def test_any_text_can_be_shown(text: str) -> None:
    shown = visible(plain(text))
    assert all(c == "\n" or c.isprintable() for c in shown)


def test_control_characters_are_shown_and_not_sent() -> None:
    assert "\x1b" in HOSTILE
    assert visible(HOSTILE) == HOSTILE.replace("\x1b", r"\x1b").replace("\x00", r"\x00")
