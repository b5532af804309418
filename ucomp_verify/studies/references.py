"""What others have published, read from their tables and drawn beside our own figures."""

import csv
import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from .figures import Curve, Figure, Panel

GREY = -1


class UnreadableReference(ValueError):
    """The file is no table of numbers; the text says where and what was expected."""


def published_rows(path: Path) -> tuple[Mapping[str, float], ...]:
    """The rows of a CSV file with a header, as numbers by the names of the columns.

    Raises UnreadableReference for a missing or empty file, for rows of another length than
    the header, and for what is no finite number.
    """
    try:
        lines = list(csv.reader(Path(path).read_text(encoding="utf-8").splitlines()))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise UnreadableReference(f"{path}: {error}; expected a CSV file with a header") from None
    if len(lines) < 2 or len(set(lines[0])) != len(lines[0]):
        raise UnreadableReference(
            f"{path}: found {len(lines)} lines; expected a header with different names, and rows"
        )
    names = [name.strip() for name in lines[0]]
    numbered = ((n, line) for n, line in enumerate(lines[1:], start=2) if line)
    return tuple(_row(path, number, names, line) for number, line in numbered)


def _row(path: Path, number: int, names: Sequence[str], line: Sequence[str]) -> dict[str, float]:
    if len(line) != len(names):
        raise UnreadableReference(
            f"{path}, line {number}: found {len(line)} entries; expected {len(names)}, one for "
            "each name in the header"
        )
    found: dict[str, float] = {}
    for name, text in zip(names, line, strict=True):
        try:
            found[name] = float(text)
        except ValueError:
            found[name] = math.nan
        if not math.isfinite(found[name]):
            raise UnreadableReference(
                f"{path}, line {number}: found {text!r} as {name}; expected a finite number"
            )
    return found


def published_errors(
    rows: Sequence[Mapping[str, float]],
) -> dict[tuple[int, int], dict[float, list[float]]]:
    """comp - orig of every trial, by (m, k), then by d; ValueError without these columns.

    >>> row = {"m": 1, "k": 2, "d": 1000, "orig": 0.5, "comp": 0.75}
    >>> published_errors([row])
    {(1, 2): {1000.0: [0.25]}}
    """
    found: dict[tuple[int, int], dict[float, list[float]]] = {}
    for row in rows:
        missing = {"m", "k", "d", "orig", "comp"} - row.keys()
        if missing:
            raise UnreadableReference(
                f"found the columns {', '.join(row)}; expected {', '.join(sorted(missing))} as well"
            )
        by_size = found.setdefault((int(row["m"]), int(row["k"])), {})
        by_size.setdefault(float(row["d"]), []).append(row["comp"] - row["orig"])
    return found


def drawn_beside(figure: Figure, rows: Sequence[Mapping[str, float]]) -> Figure:
    """The figure with the published mean |error| in grey, in the panels "m = ...".

    Only k that the panel has curves for are drawn, under one label; sizes where all errors are
    0 are left out.
    """
    errors = published_errors(rows)
    panels: list[Panel] = []
    for panel in figure.panels:
        wanted = {curve.label for curve in panel.curves}
        curves = [
            Curve.of("published", _means(sizes), hue=GREY)
            for (m, k), sizes in sorted(errors.items())
            if panel.title.split(",")[0] == f"m = {m}"
            and any(label.startswith(f"k = {k}") for label in wanted)
        ]
        panels.append(replace(panel, curves=(*panel.curves, *curves)))
    return replace(figure, panels=tuple(panels))


def _means(sizes: Mapping[float, Sequence[float]]) -> list[tuple[float, float]]:
    means = ((d, sum(map(abs, errors)) / len(errors)) for d, errors in sizes.items())
    return [(d, mean) for d, mean in means if mean > 0]
