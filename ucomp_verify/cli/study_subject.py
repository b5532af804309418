"""What a command on studies is about: the study of a name, the rows of a file, some cells."""

import os
import sys
from collections.abc import Iterable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from ucomp_verify.cli.errors import Stop, refuse, say
from ucomp_verify.cli.exit_codes import ExitCode

if TYPE_CHECKING:
    from ucomp_verify.studies import Config, Study, Table
    from ucomp_verify.studies.model import Scalar

Wanted = dict[str, str]


def find_study(name: str) -> "tuple[str, Study]":
    """The place and the study of a slug or of MODULE:STUDY, also from the current folder."""
    from ucomp_verify.studies import UnknownStudy, load, place_of

    place = place_of(name)
    if "" not in sys.path and os.getcwd() not in sys.path:  # noqa: PTH109  sys.path has texts
        sys.path.insert(0, os.getcwd())  # noqa: PTH109
    try:
        return place, load(place)
    except UnknownStudy:
        raise
    except (Exception, SystemExit) as error:  # whatever a module of the user's does
        refuse(f"{place}: {type(error).__name__}: {error}; expected a module that can be imported")


def study_of(table: "Table", named: str | None) -> "Study":
    """The study that the rows are of; one that is not ours must be named by the user."""
    from ucomp_verify.studies import slugs

    if named is None and table.study not in slugs():
        refuse(
            f"found rows of the study {table.study!r}, which does not come with this program: "
            "add --study MODULE:STUDY"
        )
    _, study = find_study(named or table.study)
    if study.slug != table.study:
        refuse(f"--study: found {study.slug}; expected {table.study}, of which the rows are")
    return study


def rows_of(path: Path) -> "Table":
    """The rows of a store or of JSON lines, or those committed with a study of this name.

    Anything else is refused with the cure.
    """
    from ucomp_verify.studies import slugs
    from ucomp_verify.studies.files import read_table

    if not path.exists() and str(path) in slugs():
        return _committed(str(path))
    if not path.exists():
        refuse(f"{path}: no such file; expected a store, as `study run --store` makes it")
    if path.is_dir():
        refuse(f"{path}: is a folder; expected a store or JSON lines: name the file")
    return read_table(path)


def _committed(slug: str) -> "Table":
    from ucomp_verify.studies.results import FOLDER, read_results

    path = FOLDER / f"{slug}.jsonl"
    if not path.is_file():
        refuse(
            f"{slug}: no rows of this study are committed; name a store, as `ucomp-verify "
            f"study run {slug} --store S.db` makes it"
        )
    results = read_results(path)
    say(f"{slug}: {results.provenance}")
    return results.table


def cells_in(study: "Study", grid: str) -> "tuple[Config, ...]":
    """All cells of a grid; refused if there is no such grid, or it has what can be no cell."""
    try:
        return study.cells(grid)
    except ValueError as error:
        refuse(f"--grid: {error}")
    except Exception as error:  # a grid is a function of the user's: its error is bad input
        refuse(f"--grid: {study.slug}: the grid {grid} raised {type(error).__name__}: {error}")


def cells_of(study: "Study", grid: str, only: Sequence[str]) -> "tuple[Config, ...]":
    """The cells of a grid that have all settings of one of the demands in `only`.

    Unknown names and values that no cell has are refused; Stop with exit code 5 if no cell
    has such settings together.
    """
    cells = cells_in(study, grid)
    demands = [_demand(text, cells) for text in only]
    chosen = tuple(c for c in cells if not demands or any(_fits(c, d) for d in demands))
    if not chosen:
        what = f"no cell with {' or '.join(only)}" if only else "no cells at all"
        raise Stop(
            ExitCode.NOTHING,
            f"nothing ran: the grid {grid} of {study.slug} has {what}; "
            f"`ucomp-verify study list {study.slug}` shows the values",
        )
    return chosen


def _demand(text: str, cells: "Sequence[Config]") -> Wanted:
    wanted: Wanted = {}
    for part in text.split(","):
        name, equals, value = (piece.strip() for piece in part.partition("="))
        if not (name and equals and value):
            refuse(f"--only: found {part!r}; expected NAME=VALUE, such as m=1,k=3")
        if name in wanted:
            refuse(f"--only: found two values of {name} in {text!r}; repeat --only for each")
        _require_known(name, value, cells)
        wanted[name] = value
    return wanted


def _require_known(name: str, value: str, cells: "Sequence[Config]") -> None:
    values = values_of(cells)
    if name not in values:
        refuse(f"--only: found the setting {name!r}; expected one of {', '.join(values)}")
    if not any(_is(v, value) for v in values[name]):
        refuse(f"--only: found {name}={value}; expected one of {brief(values[name], most=30)}")


def values_of(cells: "Iterable[Config]") -> "dict[str, list[Scalar]]":
    """All values of each setting, in increasing order."""
    found: dict[str, dict[Scalar, None]] = {}
    for cell in cells:
        for name, value in cell.settings:
            found.setdefault(name, {})[value] = None
    return {name: sorted(values, key=_rank) for name, values in found.items()}


def _rank(value: "Scalar") -> tuple[bool, float, str]:
    text = isinstance(value, str)
    return (text, 0 if text else value, str(value))


def brief(values: "Sequence[Scalar]", *, most: int) -> str:
    """The values with commas; of many the first and the last ones.

    >>> brief([1, 2, 3], most=6), brief(range(100), most=6)
    ('1, 2, 3', '0, 1, 2, ..., 99 (100 values)')
    """
    if len(values) <= most:
        return ", ".join(map(str, values))
    first = ", ".join(map(str, values[: most // 2]))
    return f"{first}, ..., {values[-1]} ({len(values)} values)"


def _fits(config: "Config", wanted: Wanted) -> bool:
    return all(name in dict(config.settings) and _is(config[name], v) for name, v in wanted.items())


def _is(value: "Scalar", text: str) -> bool:
    """Whether the text means the value: 1e3 means 1000."""
    if isinstance(value, str):
        return value == text
    if isinstance(value, bool):
        return str(value).lower() == text.lower()
    try:
        return float(text) == value if isinstance(value, float) else Decimal(text) == value
    except (ValueError, ArithmeticError):
        return False
