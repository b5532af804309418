"""`ucomp-verify study diff`: whether two runs found the same."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ucomp_verify.cli.errors import refuse
from ucomp_verify.cli.exit_codes import ExitCode

if TYPE_CHECKING:
    from ucomp_verify.studies import Config, Row, Table
    from ucomp_verify.studies.comparison import Difference, Differences

SCHEMA = "ucomp-study-diff/1"
SHOWN = 10  # differences
LONG = 80  # characters of a value


def diff(
    left: Annotated[Path, typer.Argument(metavar="A", help="A store or JSON lines.")],
    right: Annotated[Path, typer.Argument(metavar="B", help="A store or JSON lines.")],
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document.")] = False,
) -> int:
    """Compare two sets of rows bit for bit.

    Compared are settings, seeds, what was found, and problems; times and machines are left
    out. A cell that a limit or a crash has stopped has no result. Exit code 0: the same;
    1: some rows differ, the first ones are shown; 3: one side lacks cells, and the common
    ones are the same.
    """
    from ucomp_verify.cli.output import emit
    from ucomp_verify.cli.study_subject import rows_of
    from ucomp_verify.studies.comparison import differences

    one, other = rows_of(left), rows_of(right)
    if one.study != other.study:
        refuse(
            f"found rows of {one.study} and of {other.study}; expected those of one study: "
            "name other files"
        )
    found = differences(_ended(one), _ended(other))
    emit(_json(found) if as_json else "\n".join(_text(found, left, right)))
    if found.different:
        return ExitCode.REFUTED
    return ExitCode.UNDECIDED if found else ExitCode.STANDS


def _ended(table: "Table") -> "Table":
    """The rows of cells that nothing has stopped from outside, which a second run repeats."""
    from ucomp_verify.studies import Status, Table

    stopped = (Status.CRASHED, Status.TIMEOUT, Status.MEMORY)
    return Table(table.study, tuple(row for row in table if row.status not in stopped))


def _text(found: "Differences", left: Path, right: Path) -> Iterator[str]:
    from ucomp_verify.cli.study_texts import counted, settings

    yield f"{counted(found.same, 'row')} the same"
    if found.different:
        yield f"{counted(len(found.different), 'row')} different"
    for one in found.different[:SHOWN]:
        yield _line(one, left, right)
    if len(found.different) > SHOWN:
        yield f"  and {len(found.different) - SHOWN:,} more"
    for path, missing in ((left, found.extra), (right, found.missing)):
        if missing:
            yield f"{counted(len(missing), 'cell')} without a result in {path}, such as"
            yield f"  {settings(missing[0])}"


def _line(one: "Difference", left: Path, right: Path) -> str:
    from ucomp_verify.cli.study_texts import settings, shown

    name = one.names[0]
    values = (
        f"{shown(v)[:LONG]} in {p}" for v, p in zip(_values(one, name), (left, right), strict=True)
    )
    return f"  {settings(one.config)}: {shown(name)} is {', '.join(values)}"


def _values(one: "Difference", name: str) -> tuple[str, str]:
    return _value(one.first, name), _value(one.second, name)


def _value(row: "Row", name: str) -> str:
    """What the row has under a name of what was found, or under one of its own parts."""
    if name in row.found:
        return json.dumps(row.found[name])
    return str(getattr(row, name)) if name in ("seed", "status", "problem") else "nothing"


def _json(found: "Differences") -> str:
    def configs(these: "Sequence[Config]") -> list[dict[str, object]]:
        return [dict(config.settings) for config in these]

    different = [
        {
            "config": dict(one.config.settings),
            "names": one.names,
            "left": _value(one.first, one.names[0]),
            "right": _value(one.second, one.names[0]),
        }
        for one in found.different
    ]
    body = {
        "schema": SCHEMA,
        "same": found.same,
        "different": different,
        "missing_left": configs(found.extra),
        "missing_right": configs(found.missing),
    }
    return json.dumps(body, indent=1)
