"""The table of a long hunt for violations of the bounds.

The hunt is a test that runs as long as it is told, with fresh seeds, and counts its cases:

    UCOMP_HUNT_SECONDS=1800 UCOMP_HUNT_REPORT=hunt.json pytest -m slow tests/bounds/test_hunt.py
    python -m benchmarks.hunt hunt.json
"""

import json
import sys
from pathlib import Path
from typing import Any, cast

from benchmarks.tables import Cell, write_table

NOTE = (
    "Random data, weights, degrees and functions of each class, drawn by Hypothesis, which was "
    "told to press the ratio of the two sides of each bound towards 1. In {effective:,} of "
    "{cases:,} cases the hypotheses were met and the comparison, in exact or ball arithmetic, "
    "could have failed; none did. The ratio is the largest one met, with the case where it was "
    "met. The hunt is UCOMP_HUNT_SECONDS={seconds:.0f} pytest -m slow tests/bounds/test_hunt.py."
)
LONGEST = 160  # characters of a case; the rest is in the tooltip


def main(path: Path) -> None:
    """Write the table of the report that the test wrote."""
    found = cast("dict[str, Any]", json.loads(path.read_text(encoding="utf-8")))
    tallies = cast("dict[str, dict[str, Any]]", found["bounds"])
    cases = sum(t["cases"] for t in tallies.values())
    effective = sum(t["effective"] for t in tallies.values())
    write_table(
        "hunt",
        title=f"The hunt for violations of the bounds: {found['seconds'] / 60:.0f} minutes",
        note=NOTE.format(cases=cases, effective=effective, seconds=found["seconds"]),
        columns=("bound", "cases", "could fail", "largest ratio", "where"),
        rows=[_row(name, tally) for name, tally in tallies.items()],
        libraries=("hypothesis",),
    )


def _row(name: str, tally: dict[str, Any]) -> list[Cell]:
    example = str(tally["example"])
    short = example if len(example) <= LONGEST else f"{example[:LONGEST]} ..."
    return [
        name,
        f"{tally['cases']:,}",
        f"{tally['effective']:,}",
        {"text": f"{tally['ratio']:.4f}", "tone": "good" if tally["ratio"] <= 1 else "bad"},
        {"text": short, "tone": "faint", "detail": example},
    ]


if __name__ == "__main__":
    main(Path(sys.argv[1]))
