"""`ucomp-verify study list`: the studies there are, and one of them in full."""

import json
import textwrap
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ucomp_verify.cli.errors import say
from ucomp_verify.cli.exit_codes import ExitCode

if TYPE_CHECKING:
    from ucomp_verify.studies import Study

SCHEMA = "ucomp-study-list/1"
INDENT = "    "
MOST = 8  # values of a setting that are shown

Loaded = dict[str, "Study | str"]  # by slug or place; a text says why it could not be loaded


def list_studies(
    study: Annotated[
        str | None,
        typer.Argument(metavar="STUDY", help="A slug or MODULE:STUDY: tell all about it."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document.")] = False,
) -> int:
    """List the studies with their grids, or tell all about one.

    With STUDY: the settings of its cells and their values in each grid, which `run --only`
    selects by, and what every column of the rows means.
    """
    from ucomp_verify.cli.output import emit
    from ucomp_verify.cli.study_subject import find_study

    loaded: Loaded = dict([find_study(study)]) if study else _all()
    if as_json:
        rows = [_row(name, found) for name, found in loaded.items()]
        emit(json.dumps({"schema": SCHEMA, "studies": rows}, indent=1))
    elif study:
        emit("\n".join(line for found in loaded.values() for line in _full(study, found)))
    else:
        emit("\n".join(line for name, found in loaded.items() for line in _short(name, found)))
    broken = [name for name, found in loaded.items() if isinstance(found, str)]
    for name in broken:
        say(f"ucomp-verify: {name} cannot be loaded: install the package again")
    return ExitCode.MISSING if broken else ExitCode.STANDS


def _all() -> Loaded:
    from ucomp_verify.studies import UnknownStudy, load, place_of, slugs

    found: Loaded = {}
    for slug in slugs():
        try:
            found[slug] = load(place_of(slug))
        except UnknownStudy as error:
            found[slug] = str(error.args[0])
    return found


def _row(name: str, found: "Study | str") -> dict[str, Any]:
    if isinstance(found, str):
        return {"slug": name, "problem": found}
    from ucomp_verify.cli.study_subject import cells_in, values_of

    grids = {grid: cells_in(found, grid) for grid in found.grids}
    return {
        "slug": found.slug,
        "title": found.title,
        "about": found.about,
        "version": found.version,
        "claims": found.claims,
        "grids": {
            grid: {"cells": len(cells), "settings": values_of(cells)}
            for grid, cells in grids.items()
        },
        "columns": {column.name: column.meaning for column in found.columns},
    }


def _short(name: str, found: "Study | str") -> Iterator[str]:
    if isinstance(found, str):
        yield f"{name}\n{INDENT}cannot be loaded: {found}"
        return
    from ucomp_verify.cli.study_subject import cells_in
    from ucomp_verify.cli.study_texts import counted

    sizes = {grid: counted(len(cells_in(found, grid)), "cell") for grid in found.grids}
    grids = ", ".join(f"{grid} ({size})" for grid, size in sizes.items())
    yield f"{found.slug}\n{INDENT}{found.title}\n{INDENT}grids: {grids}"


def _full(name: str, found: "Study | str") -> Iterator[str]:
    from ucomp_verify.cli.study_subject import brief, cells_in, values_of
    from ucomp_verify.cli.study_texts import aligned, counted

    assert not isinstance(found, str)
    yield f"{found.slug}: {found.title}\n"
    yield _wrapped(found.about)
    for grid in found.grids:
        cells = cells_in(found, grid)
        yield f"\ngrid {grid}: {counted(len(cells), 'cell')}"
        rows = [(setting, brief(v, most=MOST)) for setting, v in values_of(cells).items()]
        yield from (INDENT + line for line in aligned(("setting", "values"), rows))
    yield "\ncolumns of the rows"
    columns = [(column.name, column.meaning) for column in found.columns]
    yield from (INDENT + line for line in aligned(("name", "meaning"), columns))
    if found.claims:
        yield f"\nclaims that it bears on: {', '.join(found.claims)}"
    yield f"\nstart: ucomp-verify study run {name} --grid {next(iter(found.grids))} --store s.db"


def _wrapped(text: str) -> str:
    """The text in paragraphs as wide as the terminal."""
    from ucomp_verify.cli.terminal import width

    paragraphs = text.strip().split("\n\n")
    return "\n\n".join(textwrap.fill(" ".join(p.split()), width()) for p in paragraphs)
