"""Tables of figures that benchmarks measured once and that were committed with the project.

They are no evidence: no verdict reads them. Each says by which command, on which machine and
with which versions it was made.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

FORMAT = "ucomp-measurement 1"
TONES = ("", "good", "bad", "faint")

_FOLDER = Path(__file__).with_name("measured")


@dataclass(frozen=True)
class Cell:
    """The text of a cell, how it is meant (one of `TONES`), and what a reader may ask for."""

    text: str
    tone: str = ""
    detail: str = ""

    def __post_init__(self) -> None:
        if self.tone not in TONES:
            raise ValueError(f"found the tone {self.tone!r}; expected one of {TONES}")


@dataclass(frozen=True)
class Measurement:
    """A table, where it comes from, and a drawing of it (SVG text) or ''."""

    slug: str
    title: str
    note: str
    command: str
    machine: str
    versions: tuple[tuple[str, str], ...]
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    plot: str

    def __post_init__(self) -> None:
        for row in self.rows:
            if len(row) != len(self.columns):
                raise ValueError(
                    f"{self.slug}: found a row of {len(row)} cells; expected {len(self.columns)}"
                )


def shipped_measurements(folder: Path = _FOLDER) -> tuple[Measurement, ...]:
    """The measurements in the .json files of a folder, in the order of the file names.

    Raises ValueError for a file of another format.
    """
    return tuple(_measurement(path) for path in sorted(folder.glob("*.json")))


def _measurement(path: Path) -> Measurement:
    table = cast("dict[str, Any]", json.loads(path.read_text(encoding="utf-8")))
    if table.get("format") != FORMAT:
        found = table.get("format")
        raise ValueError(f"{path.name}: found the format {found!r}; expected {FORMAT!r}")
    plot = path.with_suffix(".svg")
    return Measurement(
        slug=path.stem,
        title=table["title"],
        note=table["note"],
        command=table["command"],
        machine=table["machine"],
        versions=tuple(sorted(table["versions"].items())),
        columns=tuple(table["columns"]),
        rows=tuple(tuple(map(_cell, row)) for row in table["rows"]),
        plot=_drawing(plot) if plot.is_file() else "",
    )


def _cell(cell: str | dict[str, str]) -> Cell:
    return Cell(cell) if isinstance(cell, str) else Cell(**cell)


def _drawing(path: Path) -> str:
    """The <svg> element of a file, without what stands before it."""
    text = path.read_text(encoding="utf-8")
    return text[text.index("<svg") :]
