"""Drawings are the same bytes every time, hold every point that can be drawn, and say the rest."""

import math
import re
import sys
from dataclasses import replace
from functools import cache
from typing import Any
from xml.etree import ElementTree

import pytest

from tests.optional import require_module
from ucomp_verify.reports.drawing import caption, markup, svg
from ucomp_verify.studies.figures import Curve, Figure, Panel

matplotlib: Any = require_module("matplotlib")

X = (1e3, 1e4, 1e5)
ERRORS = Curve("k = 2", X, (1e-3, 1e-5, 1e-7), "points", 0, (5e-4, 5e-6, 0.0), (2e-3, 2e-5, 2e-7))
SLOPE = Curve("slope -2", X, (1.0, 1e-2, 1e-4), "dashed", -1)
BAND = Curve("proved", X, (1.0, 1.0, 1.0), "band", 3, (1e-3, 1e-4, 1e-5), (1.0, 0.1, 0.01))
PANEL = Panel("m = 1", "nodes d", "error", (ERRORS, SLOPE, BAND))
FIGURE = Figure("scaling", "Error against d", (PANEL,), "Means.")
TWO = replace(FIGURE, panels=(PANEL, replace(PANEL, title="m = 2")))
NAMESPACE = {"s": "http://www.w3.org/2000/svg"}


@cache
def _drawn(figure: Figure) -> str:
    return svg(figure)


def _parsed(figure: Figure) -> ElementTree.Element:
    return ElementTree.fromstring(_drawn(figure))


def _markers(figure: Figure) -> int:
    """Markers on curves: uses of a shape, inside a line of the axes."""
    parts = _parsed(figure).iterfind(".//s:g", NAMESPACE)
    lines = [g for g in parts if re.fullmatch(r"[\w-]*-line2d_\d+", g.get("id", ""))]
    clipped = [g.findall("s:g[@clip-path]/s:use", NAMESPACE) for g in lines]
    return sum(len(uses) for uses in clipped)


def test_the_same_figure_gives_the_same_bytes() -> None:
    assert svg(FIGURE) == _drawn(FIGURE)
    assert _drawn(FIGURE) != _drawn(TWO)


def test_a_single_point_has_room_and_brings_no_warning() -> None:
    for log in (True, False):
        dot = Panel("m = 1", "d", "error", (Curve("k", (1e3,), (1e-3,)),), log_x=log, log_y=log)
        assert _markers(Figure("dot", "One size", (dot,))) == 1


def test_settings_of_the_user_change_nothing_and_stay() -> None:
    plain = _drawn(FIGURE)
    ours = {"font.size": 20, "svg.fonttype": "none", "axes.grid": False, "lines.linewidth": 9}
    with matplotlib.rc_context(ours):
        before = dict(matplotlib.rcParams)
        assert svg(FIGURE) == plain
        assert dict(matplotlib.rcParams) == before


def test_no_date_no_font_and_nothing_from_elsewhere() -> None:
    text = _drawn(FIGURE)
    assert not re.search(r"20\d\d-\d\d|<text|font-family|<style|<script|<metadata>\s*\S", text)
    assert set(re.findall(r'="(http[^"]*)"', text)) <= {
        "http://www.w3.org/2000/svg",
        "http://www.w3.org/1999/xlink",
    }


def test_every_reference_has_its_one_id() -> None:
    text = markup(FIGURE)
    ids = re.findall(r'\bid="([^"]+)"', text)
    used = re.findall(r'href="#([^"]+)"|url\(#([^)]+)\)', text)
    assert len(ids) == len(set(ids)) and all(name.startswith("scaling-") for name in ids)
    assert {a or b for a, b in used} <= set(ids)


def test_two_figures_on_a_page_share_no_id() -> None:
    def ids(figure: Figure) -> set[str]:
        return set(re.findall(r'\bid="([^"]+)"', markup(figure)))

    assert not ids(FIGURE) & ids(replace(FIGURE, slug="scaling-2"))


def test_markup_is_one_element_that_a_reader_of_the_screen_understands() -> None:
    text = markup(FIGURE)
    root = ElementTree.fromstring(text)
    assert root.get("role") == "img"
    names = {e.get("id"): e.text for e in root}
    assert names[root.get("aria-labelledby")] == "Error against d"
    assert names[root.get("aria-describedby")] == caption(FIGURE)
    assert text.startswith("<svg ") and text.endswith("</svg>")


def test_every_point_has_a_marker() -> None:
    assert _markers(FIGURE) == 3
    assert _markers(TWO) == 6


def test_points_that_cannot_be_drawn_are_counted() -> None:
    curve = replace(ERRORS, y=(1e-3, 0.0, math.nan), low=(), high=())
    gone = Curve("empty", (), (), hue=1)
    figure = replace(FIGURE, panels=(replace(PANEL, curves=(curve, gone)),))
    assert _markers(figure) == 1
    assert caption(figure).endswith(
        "Not drawn: 2 points that are not > 0 on a logarithmic axis or not finite; "
        "no points at all of empty."
    )
    linear = replace(PANEL, curves=(curve,), log_x=False, log_y=False)
    assert _markers(replace(figure, panels=(linear,))) == 2
    assert "1 point that is not finite" in caption(replace(figure, panels=(linear,)))


def test_intervals_down_to_zero_are_counted() -> None:
    end = "drawn down to the lowest point."
    assert caption(FIGURE) == f"Means. 1 interval reaches 0 and is {end}"
    assert caption(TWO) == f"Means. 2 intervals reach 0 and are {end}"
    assert caption(replace(FIGURE, panels=(replace(PANEL, log_y=False),))) == "Means."


def test_a_figure_without_points_says_so() -> None:
    empty = replace(FIGURE, panels=(Panel("m = 1", "d", "error", ()),))
    assert "<!-- no data -->" in svg(empty)
    assert "<!-- no data -->" not in _drawn(FIGURE)
    assert "<svg" in svg(replace(FIGURE, panels=()))


def test_one_label_with_two_looks_gets_a_legend_in_each_panel() -> None:
    other = replace(PANEL, curves=(replace(ERRORS, hue=4),))
    assert _drawn(TWO).count("<!-- k = 2 -->") == 1
    assert svg(replace(FIGURE, panels=(PANEL, other))).count("<!-- k = 2 -->") == 2


@pytest.mark.parametrize("text", ["", "<script>&amp;", "$x_{1}^$ \\frac", "--> \x07 \"'"])
def test_any_text_is_escaped(text: str) -> None:
    curve = replace(ERRORS, label=text)
    panel = Panel(text, text, text, (curve,))
    root = ElementTree.fromstring(markup(Figure("f<&", text, (panel,), text)))
    title = root.find("s:title", NAMESPACE)
    assert title is not None
    assert (title.text or "") == text.replace("\x07", "\\x07")


@pytest.mark.slow
def test_five_panels_of_twelve_curves_fit() -> None:
    curves = tuple(replace(ERRORS, label=f"k = {k}", hue=k, low=(), high=()) for k in range(12))
    root = _parsed(replace(FIGURE, panels=(replace(PANEL, curves=curves),) * 5))
    assert root.get("width") == "675pt"
    strokes = re.findall(r"stroke: (#\w+)", _drawn(FIGURE))
    assert {"#0072b2", "#777777"} <= set(strokes)


def test_without_matplotlib_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib.style", None)
    with pytest.raises(ImportError, match=r"pip install ucomp-verify\[report\]"):
        svg(FIGURE)
