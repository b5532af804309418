"""The table of the conformance suite in the form that the report shows."""

from collections.abc import Mapping
from typing import Any

from benchmarks.tables import Cell, write_table

TONES = {"passed": "good", "failed": "bad", "error": "bad", "skipped": "faint"}
LONGEST = 300  # characters of a message


def publish(table: Mapping[str, Any], libraries: tuple[str, ...]) -> None:
    """Write the summary of each level, and then a line for each check."""
    rows = table["compressors"]
    shown = {name: row for name, row in rows.items() if "passed" in row}
    levels = list(next(iter(shown.values()))["passed"])
    write_table(
        "conformance",
        title="The conformance suite on our compressors and on other programs",
        note=f"Checks passed, by level, then check by check; a failed one tells why when it is "
        f"pointed at. RandomSubset is the control, which must fail. {table['note']}",
        columns=("check", *shown),
        rows=[
            *(
                [level, *(_share(row["passed"][level]) for row in shown.values())]
                for level in levels
            ),
            *(_line(check, shown) for check in table["checks"]),
        ],
        libraries=libraries,
        elsewhere={k: v for row in shown.values() for k, v in row["versions"].items()},
    )


def _share(passed: str) -> Cell:
    """How many of how many, good if all."""
    done, _, asked = passed.partition("/")
    return {"text": passed, "tone": "good" if done == asked else "bad"}


def _line(check: Mapping[str, str], shown: Mapping[str, Any]) -> list[Cell]:
    found = [_result(check["name"], row["results"]) for row in shown.values()]
    return [{"text": check["name"], "detail": check["asks"]}, *found]


def _result(name: str, results: list[dict[str, Any]]) -> Cell:
    entry = next((r for r in results if r["name"] == name), None)
    if entry is None:
        return {"text": "", "tone": "faint"}
    defect = entry.get("figures", {}).get("defect")
    text = f"{defect}" if entry["status"] == "passed" and defect is not None else entry["status"]
    detail = entry.get("message", "")[:LONGEST]
    return {"text": text, "tone": TONES.get(entry["status"], ""), "detail": detail}
