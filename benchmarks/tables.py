"""Write a table of measured figures to where the report finds it."""

import json
import platform
from collections.abc import Mapping, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from ucomp_verify.reports.measurements import FORMAT

FOLDER = Path(__file__).parents[1] / "ucomp_verify" / "reports" / "measured"
LIBRARIES = ("numpy", "scipy", "python-flint", "mpmath")

Cell = str | Mapping[str, str]


def write_table(
    slug: str,
    *,
    title: str,
    note: str,
    columns: Sequence[str],
    rows: Sequence[Sequence[Cell]],
    libraries: Sequence[str] = (),
    elsewhere: Mapping[str, str] | None = None,
    figure: Any = None,
    command: str = "",
) -> Path:
    """Write the table, and the matplotlib figure beside it as SVG without dates or links.

    `elsewhere` are versions of programs that ran in another interpreter.
    """
    table = {
        "format": FORMAT,
        "title": title,
        "note": note,
        "command": command or f"python -m benchmarks.{slug.replace('-', '_')}",
        "machine": machine(),
        "versions": {**(elsewhere or {}), **versions((*LIBRARIES, *libraries))},
        "columns": list(columns),
        "rows": [list(row) for row in rows],
    }
    path = FOLDER / f"{slug}.json"
    path.write_text(json.dumps(table, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    if figure is not None:
        nothing = dict.fromkeys(("Date", "Creator", "Format", "Type"))
        figure.savefig(path.with_suffix(".svg"), metadata=nothing, bbox_inches="tight")
    return path


def machine() -> str:
    """The processor, one core of it, and the Python that ran."""
    info = Path("/proc/cpuinfo")
    lines = info.read_text().splitlines() if info.is_file() else []
    names = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    processor = names[0] if names else platform.machine()
    return f"one core of {processor}, Python {platform.python_version()}"


def versions(libraries: Sequence[str]) -> dict[str, str]:
    """The versions of those that are installed."""
    found: dict[str, str] = {}
    for name in libraries:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found
