"""Results of studies for a report: what was run, what was estimated, and drawings."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from ucomp_verify.studies import Figure, Summary
from ucomp_verify.studies.results import FOLDER, Results, shipped_results


@dataclass(frozen=True)
class Drawing:
    """The SVG of a figure, and the text below it."""

    title: str
    markup: str
    caption: str


@dataclass(frozen=True)
class StudyReport:
    """One study: its tables and drawings, and where its rows come from.

    `is_current` says whether the code is still the one that made the rows; only then claims
    rest on them. `command` runs it again.
    """

    slug: str
    title: str
    about: str
    provenance: str
    versions: tuple[tuple[str, str], ...]
    is_current: bool
    summaries: tuple[Summary, ...]
    drawings: tuple[Drawing, ...]
    command: str


def study_reports(folder: Path = FOLDER) -> tuple[StudyReport, ...]:
    """The committed results in a folder, as they are shown."""
    return tuple(_report(results, folder) for results in shipped_results(folder))


def drawing_file(study: str, figure: Figure, folder: Path = FOLDER) -> Path:
    """Where the committed drawing of a figure lies."""
    return folder / f"{study}--{figure.slug}.svg"


def _report(results: Results, folder: Path) -> StudyReport:
    study = results.study
    return StudyReport(
        slug=study.slug,
        title=study.title,
        about=study.about,
        provenance=results.provenance,
        versions=results.versions,
        is_current=results.is_current,
        summaries=study.summaries(results.table),
        drawings=tuple(_drawings(study.slug, study.figures(results.table), folder)),
        command=f"ucomp-verify study run {study.slug} --grid default --store {study.slug}.db",
    )


def _drawings(study: str, figures: Iterable[Figure], folder: Path) -> Iterable[Drawing]:
    """Those committed; what is missing there is left out, as a report may lack matplotlib."""
    from .drawing import caption

    for figure in figures:
        path = drawing_file(study, figure, folder)
        if path.is_file():
            text = path.read_text(encoding="utf-8")
            yield Drawing(figure.title, text[text.index("<svg") :], caption(figure))
