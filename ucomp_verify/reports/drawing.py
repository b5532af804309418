"""Figures drawn as SVG by matplotlib: the same figure gives the same bytes.

Text becomes outlines, so that a drawing looks the same without our fonts. What a logarithmic
axis cannot show is left out, and the caption counts it.
"""

import io
import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from html import escape
from importlib import import_module
from textwrap import wrap
from typing import Any

from ucomp_verify.studies.figures import Curve, Figure, Panel

from .escaping import xml_text

# Okabe and Ito (2008) without yellow, then dark tones of Tol (2021): the colour-blind see them.
COLOURS = (
    *("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9"),
    *("#882255", "#332288", "#999933", "#000000"),
)
MARKERS = "os^Dv<>PXp"
GREY = "#777777"

WIDTH = 9.375  # inches: 900 pixels in a browser
ROW, HEAD, LINE = 2.75, 0.35, 0.165
SHORT = 20  # a logarithmic axis over a smaller factor has labels between the powers
TEXT = 165  # letters in a line of the caption
LINES = 'stroke-linejoin="round" stroke-linecap="butt"'
SETTINGS: dict[str, Any] = {
    "svg.fonttype": "path",
    "font.family": "DejaVu Sans",  # comes with matplotlib
    "font.size": 8,
    "axes.titlesize": 9,
    "axes.labelsize": 8,
    "legend.fontsize": 7.5,
    "axes.linewidth": 0.6,
    "axes.grid": True,
    "axes.axisbelow": True,
    "grid.color": "#dddddd",
    "grid.linewidth": 0.4,
    "xtick.major.width": 0.6,
    "ytick.major.width": 0.6,
    "xtick.minor.width": 0.4,
    "ytick.minor.width": 0.4,
    "figure.constrained_layout.w_pad": 0.05,
    "figure.constrained_layout.h_pad": 0.05,
}


@dataclass
class _Left:
    """What is not drawn."""

    points: int = 0
    ends: int = 0
    curves: tuple[str, ...] = ()


def svg(figure: Figure) -> str:
    """An SVG document, 900 pixels wide, with the title and the caption in the drawing.

    ImportError without matplotlib.
    """
    return f'<?xml version="1.0" encoding="utf-8"?>\n{_element(figure, captioned=True)}\n'


def markup(figure: Figure) -> str:
    """The <svg> element for a page of HTML, with title and caption for readers of the screen.

    The caption is not in the drawing: `caption` has it. No two figures with different slugs
    share an id. ImportError without matplotlib.
    """
    return _element(figure, captioned=False)


def caption(figure: Figure) -> str:
    """The caption of the figure, and how much of it is not drawn and why.

    >>> line = Curve("a", (1.0, 2.0), (0.0, 3.0))
    >>> caption(Figure("f", "F", (Panel("p", "x", "y", (line,)),), "Errors."))
    'Errors. Not drawn: 1 point that is not > 0 on a logarithmic axis or not finite.'
    """
    left = _Left()
    for panel in figure.panels:
        list(_drawable(panel, left))
    told: list[str] = []
    if left.points:
        are = "point that is" if left.points == 1 else "points that are"
        logs = any(panel.log_x or panel.log_y for panel in figure.panels)
        why = "not > 0 on a logarithmic axis or not finite" if logs else "not finite"
        told.append(f"{left.points} {are} {why}")
    if left.curves:
        told.append(f"no points at all of {', '.join(dict.fromkeys(left.curves))}")
    text = [figure.caption, f"Not drawn: {'; '.join(told)}." if told else ""]
    if left.ends:
        have = "interval reaches 0 and is" if left.ends == 1 else "intervals reach 0 and are"
        text.append(f"{left.ends} {have} drawn down to the lowest point.")
    return " ".join(part for part in text if part)


def _element(given: Figure, *, captioned: bool) -> str:
    figure = _writable(given)
    style = _matplotlib("style")
    with style.context(["default", {**SETTINGS, "svg.hashsalt": figure.slug}]):
        drawn = _drawn(figure, wrap(caption(figure), TEXT) if captioned else [])
        written = io.StringIO()
        nothing = dict.fromkeys(("Date", "Creator", "Format", "Type"))
        drawn.savefig(written, format="svg", metadata=nothing)
    text = written.getvalue()
    return _named(text[text.index("<svg") :].rstrip(), figure)


def _writable(figure: Figure) -> Figure:
    """The figure with texts that XML can hold, and a font can show."""

    def panel(given: Panel) -> Panel:
        curves = tuple(replace(c, label=xml_text(c.label)) for c in given.curves)
        x, y = xml_text(given.x_label), xml_text(given.y_label)
        return replace(given, title=xml_text(given.title), x_label=x, y_label=y, curves=curves)

    title, told = xml_text(figure.title), xml_text(figure.caption)
    return replace(figure, title=title, caption=told, panels=tuple(map(panel, figure.panels)))


def _named(element: str, figure: Figure) -> str:
    """The element with ids of its own, and with a title and description."""
    prefix = re.sub(r"[^A-Za-z0-9-]", "-", figure.slug) + "-"
    owned = re.sub(r'(\bid="|href="#|url\(#)', rf"\g<1>{prefix}", element)
    told = (
        f'<title id="{prefix}title">{escape(figure.title)}</title>\n'
        f'<desc id="{prefix}about">{escape(caption(figure))}</desc>\n'
    )
    role = (
        f'<svg role="img" aria-labelledby="{prefix}title" aria-describedby="{prefix}about" {LINES} '
    )
    # matplotlib's own style would be one of everything on the page.
    scoped = re.sub(r"<defs>\s*<style.*?</style>\s*</defs>", "", owned, count=1, flags=re.DOTALL)
    head, rest = scoped.split(">", 1)
    return f"{head.replace('<svg ', role, 1)}>\n{told}{rest.lstrip()}"


def _drawn(figure: Figure, below: Sequence[str]) -> Any:
    """A matplotlib figure that no pyplot knows of."""
    count = max(len(figure.panels), 1)
    columns = 2 if count == 4 else min(count, 3)
    rows = -(-count // columns)
    handles = _Legend.of(figure)
    caption_height = LINE * len(below) + (0.1 if below else 0)
    legend_height = LINE * handles.lines + (0.12 if handles.lines else 0)
    height = HEAD + ROW * rows + legend_height + caption_height
    bottom, above = caption_height / height, (caption_height + legend_height) / height
    whole = _matplotlib("figure").Figure(figsize=(WIDTH, height), layout="constrained")
    whole.get_layout_engine().set(rect=(0, above, 1, 1 - HEAD / height - above))
    whole.text(
        0.008, 1 - 0.1 / height, figure.title, va="top", size=10.5, weight="bold", parse_math=False
    )
    for number, line in enumerate(reversed(below)):
        y = (0.08 + LINE * number) / height
        whole.text(0.008, y, line, va="bottom", size=7.5, color="#444444", parse_math=False)
    for number, panel in enumerate(figure.panels):
        axes = whole.add_subplot(rows, columns, number + 1)
        _draw(axes, panel, labelled=not handles.shared)
    if handles.shared:
        _legend(whole, handles, bottom)
    return whole


@dataclass(frozen=True)
class _Legend:
    """One legend below all panels, or one in each if a label means two things."""

    curves: tuple[Curve, ...]
    shared: bool

    @classmethod
    def of(cls, figure: Figure) -> "_Legend":
        drawn = [c for panel in figure.panels for c in _drawable(panel, _Left()) if c.label]
        marks = {(c.label, c.hue, c.style): c for c in drawn}
        shared = len({c.label for c in drawn}) == len(marks)
        return cls(tuple(marks.values()) if shared else (), shared)

    @property
    def columns(self) -> int:
        widest = max((len(c.label) for c in self.curves), default=1)
        return max(1, min(len(self.curves), 130 // (widest + 7)))

    @property
    def lines(self) -> int:
        return -(-len(self.curves) // self.columns)


def _legend(whole: Any, handles: _Legend, bottom: float) -> None:
    if not handles.curves:
        return
    unseen = whole.axes[0]
    shown = [_sample(unseen, curve) for curve in handles.curves]
    found = whole.legend(
        shown,
        [curve.label for curve in handles.curves],
        loc="lower center",
        bbox_to_anchor=(0.5, bottom),
        borderaxespad=0.2,
        ncols=handles.columns,
        frameon=False,
        columnspacing=1.4,
        handlelength=2.2,
    )
    _plain(found.get_texts())


def _draw(axes: Any, panel: Panel, *, labelled: bool) -> None:
    _plain([axes.set_title(panel.title, loc="left")])
    _plain([axes.set_xlabel(panel.x_label), axes.set_ylabel(panel.y_label)])
    curves = list(_drawable(panel, _Left()))
    if not curves:
        axes.text(0.5, 0.5, "no data", transform=axes.transAxes, ha="center", color=GREY)
        axes.set(xticks=[], yticks=[])
        return
    axes.set(xscale="log" if panel.log_x else "linear", yscale="log" if panel.log_y else "linear")
    if not panel.log_x and all(x.is_integer() for c in curves for x in map(float, c.x)):
        axes.xaxis.set_major_locator(_matplotlib("ticker").MaxNLocator("auto", integer=True))
    _widen(axes.set_xlim, [x for c in curves for x in c.x], log=panel.log_x)
    _widen(axes.set_ylim, [y for c in curves for y in (*c.y, *c.low, *c.high)], log=panel.log_y)
    for curve in sorted(curves, key=lambda c: c.style != "band"):
        _draw_curve(axes, curve)
    for axis, log in ((axes.xaxis, panel.log_x), (axes.yaxis, panel.log_y)):
        if log:
            _label_ticks(axis)
    if labelled and any(curve.label for curve in curves):
        named = [curve for curve in curves if curve.label]
        shown = [_sample(axes, curve) for curve in named]
        names = [curve.label for curve in named]
        _plain(axes.legend(shown, names, fontsize=6.5, framealpha=0.7).get_texts())


def _widen(set_limits: Any, values: Sequence[float], *, log: bool) -> None:
    """Room about a single value; matplotlib would warn."""
    low, high = min(values), max(values)
    if low == high:
        set_limits(*((low / 2, 2 * low) if log else (low - 1, low + 1)))


def _label_ticks(axis: Any) -> None:
    """Powers of ten, and 2 and 5 times them where there are hardly any."""
    low, high = axis.get_view_interval()
    few = high < SHORT * low

    def shown(value: float, _place: int) -> str:
        power = math.floor(math.log10(value) + 1e-9)
        factor = round(value / 10.0**power)
        return f"${factor}\\times 10^{{{power}}}$" if few and factor in (2, 5) else ""

    axis.set_minor_formatter(_matplotlib("ticker").FuncFormatter(shown))


def _draw_curve(axes: Any, curve: Curve) -> None:
    look = _look(curve)
    if curve.style == "band":
        axes.fill_between(curve.x, curve.low, curve.high, **look)
        return
    axes.plot(curve.x, curve.y, **look)
    if curve.low and curve.high:
        colour, level = look["color"], look["zorder"]
        axes.vlines(curve.x, curve.low, curve.high, color=colour, linewidth=0.8, zorder=level)


def _sample(axes: Any, curve: Curve) -> Any:
    """What stands for the curve in a legend."""
    if curve.style == "band":
        return _matplotlib("patches").Patch(**_look(curve))
    return _matplotlib("lines").Line2D([], [], **_look(curve))


def _look(curve: Curve) -> dict[str, Any]:
    colour = COLOURS[curve.hue % len(COLOURS)] if curve.hue >= 0 else GREY
    marker = MARKERS[curve.hue % len(MARKERS)] if curve.hue >= 0 else "x"
    if curve.style == "band":
        return {"color": colour, "alpha": 0.2, "linewidth": 0}
    if curve.style == "dashed":
        return {"color": colour, "linestyle": (0, (4, 2)), "linewidth": 0.8, "zorder": 2}
    if curve.style == "line":
        return {"color": colour, "linewidth": 1.2, "zorder": 2.5}
    return {
        "color": colour,
        "linewidth": 0.7,
        "marker": marker,
        "markersize": 3.2,
        "markeredgewidth": 0.7 if marker == "x" else 0,
        "zorder": 3,
    }


def _drawable(panel: Panel, left: _Left) -> Iterator[Curve]:
    """The curves of a panel with what its axes can show; `left` counts the rest."""
    seen = [c for curve in panel.curves if (c := _shown(curve, panel, left)).x]
    low = min((y for c in seen for y in (*c.y, *c.low) if y > 0), default=1.0)
    for curve in seen:
        clipped = tuple(max(y, low) if panel.log_y else y for y in curve.low)
        left.ends += sum(a != b for a, b in zip(clipped, curve.low, strict=True))
        yield replace(curve, low=clipped)


def _shown(curve: Curve, panel: Panel, left: _Left) -> Curve:
    """The points of a curve that the axes can show; those of a band have a y between its ends."""
    ys = curve.high if curve.style == "band" else curve.y
    kept = [
        i
        for i, (x, y) in enumerate(zip(curve.x, ys, strict=True))
        if _fits(x, log=panel.log_x) and _fits(y, log=panel.log_y)
    ]
    left.points += len(curve.x) - len(kept)
    if not kept:
        left.curves = (*left.curves, curve.label or "a curve")
    x, y, low, high = (_picked(v, kept) for v in (curve.x, curve.y, curve.low, curve.high))
    return replace(curve, x=x, y=y, low=low, high=high)


def _picked(values: Sequence[float], places: Iterable[int]) -> tuple[float, ...]:
    return tuple(values[i] for i in places) if values else ()


def _fits(value: float, *, log: bool) -> bool:
    return math.isfinite(value) and (value > 0 or not log)


def _plain(texts: Iterable[Any]) -> None:
    """No text of ours is a formula, whatever dollars it has."""
    for text in texts:
        text.set_parse_math(False)


def _matplotlib(part: str) -> Any:
    try:
        return import_module(f"matplotlib.{part}")
    except ImportError as error:
        raise ImportError(
            f"drawing needs matplotlib: {error}; pip install ucomp-verify[report]"
        ) from error
