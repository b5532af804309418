"""The conformance suite on our compressors and on programs of others, as a table.

`python -m benchmarks.conformance [--only NAME]` writes table.json and table.md beside this
file, and the table of the report. Each check runs in a process with a time limit. A program
that is not installed keeps the row it has, or has the reason for a row; so another
interpreter can add its own.
"""

import argparse
import json
import sys
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from benchmarks.conformance.publishing import publish
from ucomp_verify.testing import CHECKS, CheckResult, Level, Status, load_compressor
from ucomp_verify.testing.running import run_checks

FOLDER = Path(__file__).parent
SCHEMA = "ucomp-conformance-table/1"
TIMEOUT = 60.0  # seconds a check
LEVELS = tuple(Level)

NOTE = (
    "nnls, highs, goodpoints and coreax get features of ours, orthonormal on the nodes with a "
    "weight, whose rank is that of the data. On complex numbers, strings and a wrong number of "
    "weights the thin wrappers are judged, not the programs."
)

OURS = (
    "ExactReduction",
    "Cells",
    "BalancedCells",
    "Greedy",
    "Hybrid",
    "MergeReduce",
    "UnbiasedReduction",
    "RandomSubset",
)
PEERS = {
    "hp_cells": "ucomp-verify",
    "nnls": "scipy",
    "highs": "scipy",
    "pyrecombine": "pyrecombine",
    "goodpoints": "goodpoints",
    "coreax": "coreax",
}

ORDER = (*OURS[:-1], *PEERS, OURS[-1])


def main() -> None:
    """Run what is asked for, and write the table anew."""
    parser = argparse.ArgumentParser(prog="benchmarks.conformance")
    parser.add_argument("--only", action="append", metavar="NAME")
    parser.add_argument("-j", "--jobs", type=int, default=1)
    options = parser.parse_args()
    for name in options.only or ORDER:
        row = _row(name, _table()["compressors"].get(name), options.jobs)
        table = _table()  # another interpreter may have written its rows meanwhile
        table["compressors"][name] = row
        _say(f"{name}: {_summary(table['compressors'][name])}")
        _write(table)


def _table() -> dict[str, Any]:
    path = FOLDER / "table.json"
    table: dict[str, Any] = json.loads(path.read_text()) if path.exists() else {}
    asks = {c.name: c.asks for c in CHECKS}
    return {
        "schema": SCHEMA,
        "timeout": TIMEOUT,
        "note": NOTE,
        "checks": [{"name": n, "asks": a} for n, a in asks.items()],
        "compressors": {
            name: table["compressors"][name]
            for name in ORDER
            if name in table.get("compressors", {})
        },
    }


def _row(name: str, before: Any, jobs: int) -> dict[str, Any]:
    place = f"ucomp_verify.compressors:{name}"
    versions = {"ucomp-verify": version("ucomp-verify"), "numpy": version("numpy")}
    if name in PEERS:
        place = f"benchmarks.conformance.programs:{name}"
        try:
            versions[PEERS[name]] = version(PEERS[name])
        except PackageNotFoundError:
            return before or {"skipped": f"{PEERS[name]} is not installed", "results": []}
    load = partial(load_compressor, place)
    results = list(run_checks(load, CHECKS, timeout=TIMEOUT, jobs=jobs))
    return {
        "place": place,
        "versions": versions,
        "passed": {level.value: _count(results, level) for level in LEVELS},
        "conforms": all(r.status.conforms for r in results),
        "results": [_entry(r) for r in results],
    }


def _count(results: list[CheckResult], level: Level) -> str:
    asked = [r for r in results if r.level is level and r.status is not Status.SKIPPED]
    return f"{sum(r.status.conforms for r in asked)}/{len(asked)}"


def _entry(r: CheckResult) -> dict[str, Any]:
    entry: dict[str, Any] = {"name": r.name, "status": r.status.value}
    if r.message:
        entry |= {"kind": r.kind, "message": r.message}
    shown = {k: v for k, v in r.figures.items() if k not in ("refusal", "cpu_seconds", "peak_mib")}
    return entry | ({"figures": shown} if shown else {})


def _summary(row: dict[str, Any]) -> str:
    if "passed" not in row:
        return str(row["skipped"])
    return ", ".join(f"{level} {count}" for level, count in row["passed"].items())


def _write(table: dict[str, Any]) -> None:
    rows = table["compressors"]
    table["compressors"] = {name: rows[name] for name in ORDER if name in rows}
    (FOLDER / "table.json").write_text(json.dumps(table, indent=1) + "\n")
    (FOLDER / "table.md").write_text(_markdown(table))
    publish(table, tuple(PEERS.values()))


def _markdown(table: dict[str, Any]) -> str:
    """How many checks of each level pass, and which fail."""
    rows = table["compressors"]
    head = f"| compressor | {' | '.join(LEVELS)} | fails |\n|---|{'---|' * len(LEVELS)}---|\n"
    lines = [
        f"| {name} | {' | '.join(row['passed'].values())} | {_fails(row)} |"
        if "passed" in row
        else f"| {name} | {'| ' * len(LEVELS)}| {row['skipped']} |"
        for name, row in rows.items()
    ]
    return head + "\n".join(lines) + f"\n\n{NOTE}\n"


def _fails(row: dict[str, Any]) -> str:
    failed = [r["name"] for r in row["results"] if r["status"] in ("failed", "error")]
    more = f" and {len(failed) - 8} more" if len(failed) > 8 else ""
    return ", ".join(failed[:8]) + more if failed else "nothing"


def _say(text: str) -> None:
    sys.stderr.write(f"{text}\n")


if __name__ == "__main__":
    main()
