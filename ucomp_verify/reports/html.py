"""The report as one offline HTML file: no request leaves the page."""

from base64 import b64encode
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, cast
from xml.etree.ElementTree import tostring

from ucomp_verify.claims import Variant
from ucomp_verify.evidence import Authority
from ucomp_verify.verdicts import Status

from . import words
from .arguments import Argument, argument_html
from .arrangement import count, groups, neighbours, rows
from .escaping import xml_text
from .graph.drawing import drawing
from .maths import UnreadableFormula, mathml, pieces, symbol
from .measurements import Measurement
from .model import Report
from .studied import StudyReport
from .tightness import ratios

if TYPE_CHECKING:
    from jinja2 import Environment as Templates
    from markupsafe import Markup

_FOLDER = Path(__file__).with_name("templates")
_STYLES = ("palette.css", "report.css", "claims.css", "graph.css", "measured.css")


def html(
    report: Report,
    *,
    measurements: Sequence[Measurement] = (),
    arguments: Sequence[Argument] = (),
    studies: Sequence[StudyReport] = (),
) -> str:
    """The whole report as one HTML file, with styles, script, formulas and graph inside.

    The hand proofs are shown with their claims; no status rests on them.
    """
    claims = [e.claim for e in report.entries]
    verdicts = {e.claim.slug: e.verdict for e in report.entries}
    script = _read("report.js")
    page = _templates().get_template("report.html.jinja")
    return page.render(
        report=report,
        measurements=measurements,
        studies=studies,
        arguments={a.slug: a for a in arguments},
        tightness=ratios(report.entries),
        groups=groups(report.entries),
        rows=rows(report.entries),
        entries={e.claim.slug: e for e in report.entries},
        counts=count(report.entries),
        near={c.slug: neighbours(c, report.entries) for c in claims},
        graph=_trusted(tostring(drawing(claims, verdicts, None), encoding="unicode")),
        style=_trusted("".join(map(_read, _STYLES))),
        script=_trusted(script),
        script_hash=b64encode(sha256(script.encode()).digest()).decode(),
    )


def _read(name: str) -> str:
    return (_FOLDER / name).read_text(encoding="utf-8")


def _trusted(markup: str) -> "Markup":
    """Markup of our own, committed or built as a tree, which is put into the page as it is."""
    from markupsafe import Markup

    return Markup(markup)  # noqa: S704  never called on text of a report


def _templates() -> "Templates":
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    templates = Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_finalize,
    )
    templates.filters.update(maths=maths, symbol=symbol, drawn=_trusted, proof=_proof)
    known = cast("dict[str, object]", templates.globals)
    known.update(words=words, Status=Status, Authority=Authority, Variant=Variant)
    return templates


def _finalize(value: object) -> object:
    """Text without the control characters that no browser shows; markup is left alone."""
    return xml_text(value) if type(value) is str else value


def maths(text: str) -> "Markup":
    r"""The text as HTML, its formulas as MathML; one that cannot be read stays, marked.

    >>> print(maths(r"$d^2$ & more"))
    <math><msup><mi>d</mi><mn>2</mn></msup></math> &amp; more
    """
    return _trusted("").join(
        xml_text(piece) if isinstance(piece, str) else _formula(piece.latex)
        for piece in pieces(text)
    )


def _proof(argument: Argument) -> "Markup":
    """The hand proof as HTML; Markdown has escaped all that is not a formula."""
    return _trusted(argument_html(xml_text(argument.text), lambda latex: str(_formula(latex))))


def _formula(latex: str) -> "Markup":
    from markupsafe import Markup

    try:
        return _trusted(xml_text(mathml(latex)))
    except UnreadableFormula as error:
        marked = '<code class="unreadable" title="{}">${}$</code>'
        return Markup(marked).format(xml_text(str(error)), xml_text(latex))  # noqa: S704  constant
