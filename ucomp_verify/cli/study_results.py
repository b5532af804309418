"""`ucomp-verify study export | plot | fit`: what is made of the rows that are there."""

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from ucomp_verify.cli.errors import Stop, refuse, say
from ucomp_verify.cli.exit_codes import ExitCode
from ucomp_verify.studies.files import RowsKind

if TYPE_CHECKING:
    from ucomp_verify.studies import Figure, Study, Summary, Table

T = TypeVar("T")
STDOUT = Path("-")
SCHEMA = "ucomp-study-fit/1"

Rows = Annotated[
    Path,
    typer.Argument(
        metavar="ROWS",
        help="A store, what `export --to jsonl` wrote, or a study: the rows committed with it.",
    ),
]
Named = Annotated[
    str | None,
    typer.Option("--study", metavar="MODULE:STUDY", help="If the study is one of your own."),
]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON document.")]


def export(
    rows: Rows,
    output: Annotated[
        Path, typer.Option("-o", "--output", metavar="FILE", help="- for stdout (text alone).")
    ],
    to: Annotated[
        RowsKind,
        typer.Option(help="jsonl loses nothing and can be read again; the others have a table."),
    ] = RowsKind.JSONL,
) -> int:
    """Write the rows for other programs.

    JSON lines: a header, then an object a row. CSV and Parquet: a column for every setting,
    for what was found, for what was measured, and for the run. FILE is replaced in one step.
    """
    from ucomp_verify.cli.output import emit, prepare, replacing
    from ucomp_verify.cli.study_subject import rows_of
    from ucomp_verify.cli.study_texts import counted
    from ucomp_verify.studies.files import to_text, write_rows

    if output == STDOUT and to is RowsKind.PARQUET:
        refuse("--to parquet: writes bytes, which are not for stdout; name a file with -o")
    _protect(output, rows)
    if output != STDOUT:
        prepare(output)
    table = rows_of(rows)
    if output == STDOUT:
        emit(to_text(table, to))
        return ExitCode.STANDS
    if output.exists() and not output.is_file():  # a device or a pipe
        write_rows(table, output, to)
    else:
        with replacing(output) as temporary:
            write_rows(table, temporary, to)
    say(f"wrote {output}: {counted(len(table), 'row')}")
    return ExitCode.STANDS


def plot(
    rows: Rows,
    output: Annotated[
        Path,
        typer.Option(
            "-o", "--output", metavar="F.svg", help="Of several: F-NAME.svg; - for stdout."
        ),
    ],
    figure: Annotated[
        str | None, typer.Option(metavar="NAME", help="Only this figure, to the very FILE.")
    ] = None,
    reference: Annotated[
        Path | None,
        typer.Option(metavar="FILE.csv", help="What others published, to be drawn in grey."),
    ] = None,
    study: Named = None,
) -> int:
    """Draw the figures as SVG.

    The same rows give the same file. A reference is a table with a header: m, k, d, orig and
    comp for error-scaling, m, d and runtime (seconds) for runtime, d and least_error for
    polylog.

    Exit code 4: matplotlib is missing; 5: too few rows for any figure.
    """
    from ucomp_verify.cli.output import emit, prepare, write
    from ucomp_verify.cli.study_subject import rows_of, study_of

    _protect(output, rows)
    if output != STDOUT and output.suffix.lower() not in ("", ".svg"):
        refuse(f"-o: found {output}; figures are SVG: expected a name that ends in .svg")
    if output != STDOUT:
        prepare(output)
    table = rows_of(rows)
    drawn = _figures(study_of(table, study), table, reference)
    targets = _targets(drawn, output, figure)
    for path in targets:
        _protect(path, rows)
        if path != STDOUT:
            prepare(path)
    drawings = {path: _svg(figure) for path, figure in targets.items()}
    for path, drawing in drawings.items():
        if path == STDOUT:
            emit(drawing.rstrip())
            continue
        write(path, drawing)
        say(f"wrote {path}: {targets[path].title}")
    return ExitCode.STANDS


def _figures(study: "Study", table: "Table", reference: Path | None) -> "tuple[Figure, ...]":
    """The figures, with what others published if that is asked for."""
    figures, beside = study.figures(table), study.beside
    if reference is None:
        return figures
    if beside is None:
        refuse(f"--reference: {study.slug} has no figure to draw published rows into; leave it out")
    return _with_published(reference, lambda rows: tuple(beside(f, rows) for f in figures))


def _with_published(reference: Path, made: "Callable[[Sequence[Mapping[str, float]]], T]") -> "T":
    """What is made of the rows in the file; exit code 2 if these are no such rows."""
    from ucomp_verify.studies.references import UnreadableReference, published_rows

    try:
        return made(published_rows(reference))
    except (UnreadableReference, ValueError) as error:
        refuse(f"--reference: {error}")


def _targets(figures: "Sequence[Figure]", output: Path, name: str | None) -> "dict[Path, Figure]":
    """Which figure goes to which file."""
    if name is not None and not any(f.slug == name for f in figures):
        known = ", ".join(f.slug for f in figures) or "none, for there are too few rows"
        refuse(f"--figure: found {name!r}; expected one of {known}")
    chosen = [f for f in figures if name in (None, f.slug)]
    if not chosen:
        raise Stop(ExitCode.NOTHING, "nothing to draw yet: run more cells of the study")
    if len(chosen) == 1:
        return {output: chosen[0]}
    if output == STDOUT:
        names = ", ".join(f.slug for f in chosen)
        refuse(f"-o -: found {len(chosen)} figures; choose one of them by --figure: {names}")
    return {output.with_stem(f"{output.stem}-{f.slug}"): f for f in chosen}


def _svg(figure: "Figure") -> str:
    try:
        from ucomp_verify.reports.drawing import svg

        return svg(figure)
    except ImportError as error:
        raise ImportError(f"{error}: pip install 'ucomp-verify[report]'") from None


def fit(
    rows: Rows,
    reference: Annotated[
        Path | None,
        typer.Option(metavar="FILE.csv", help="What others published, to be fitted beside."),
    ] = None,
    study: Named = None,
    as_json: AsJson = False,
) -> int:
    """Show the fits and tables of the rows.

    The same as at the end of a run. Every fit says its range, its number of trials, and
    what was excluded and why. With a reference (m, k, d, orig and comp for error-scaling) one
    more table has the exponents of both at the sizes that both have.
    """
    from ucomp_verify.cli.output import emit
    from ucomp_verify.cli.study_subject import rows_of, study_of
    from ucomp_verify.cli.study_texts import counted, mixed_text, summaries_text, summary_body

    table = rows_of(rows)
    if not len(table.done):
        raise Stop(ExitCode.NOTHING, f"{rows}: no cell is done yet; run the study first")
    subject = study_of(table, study)
    summaries = (*subject.summaries(table), *_comparison(subject, table, reference))
    if as_json:
        body = {"schema": SCHEMA, "study": table.study, "rows": len(table)}
        tables = [summary_body(s) for s in summaries]
        emit(json.dumps({**body, "summaries": tables}, indent=1))
    else:
        counts = f"{table.study}: {counted(len(table.done), 'cell')} done"
        if bad := len(table) - len(table.done):
            are = "is" if bad == 1 else "are"
            counts += f"; {counted(bad, 'cell')} ended badly and {are} in no table"
        mixed = mixed_text(table)
        emit("\n\n".join(filter(None, (summaries_text(summaries), mixed, counts))))
    return ExitCode.STANDS


def _comparison(study: "Study", table: "Table", reference: Path | None) -> "tuple[Summary, ...]":
    """The table beside the published rows, if that is asked for."""
    if reference is None:
        return ()
    compared = study.compared
    if compared is None:
        refuse(
            f"--reference: {study.slug} has nothing to compare with published rows; leave it out"
        )
    return (_with_published(reference, lambda rows: compared(table, rows)),)


def _protect(output: Path, source: Path) -> None:
    """Refuse to write over the rows that are read, or over any store."""
    from ucomp_verify.studies.files import is_store

    if output == STDOUT or not output.is_file():
        return
    if source.exists() and output.samefile(source):
        refuse(f"{output}: holds the rows that are read; name another file")
    if is_store(output):
        refuse(f"{output}: is a store, which nothing overwrites; name another file")
