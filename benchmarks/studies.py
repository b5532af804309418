"""Committed results of studies: made from stores, and run again in part after a change of code.

`python -m benchmarks.studies publish STORE...` writes the rows of stores, with drawings, to where
verdicts and the report find them. `python -m benchmarks.studies rerun STUDY... --cells 40` runs
some cells of the committed results again; if all give the same bits, the results count as those
of the code as it is, and say so.
"""

import argparse
import random
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.tables import machine
from ucomp_verify.reports.drawing import markup
from ucomp_verify.reports.studied import drawing_file
from ucomp_verify.studies import Row, Status, Study, Table, load, place_of
from ucomp_verify.studies.config import Scalar, canonical
from ucomp_verify.studies.engine import Task, perform
from ucomp_verify.studies.results import FOLDER, Results, read_results, write_results
from ucomp_verify.studies.store import Store


def main() -> int:
    """0 if all was written; 1 if some cell gives something else today."""
    options = _options()
    if options.action == "publish":
        for path in options.what:
            publish(Path(path))
        return 0
    good = [rerun(name, options.cells) for name in options.what]  # all of them
    return int(not all(good))


def _options() -> Any:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("action", choices=("publish", "rerun"))
    parser.add_argument("what", nargs="+", help="stores, or the names of studies")
    parser.add_argument("--cells", type=int, default=40, help="at least, for rerun")
    found = parser.parse_args()
    if found.cells < 1:
        parser.error(f"--cells: found {found.cells}; expected 1 or more")
    return found


def publish(store: Path) -> None:
    """The rows of the store as committed results; ValueError unless every cell ended well.

    ValueError, too, if a cell found two things in two runs.
    """
    with Store.read(store) as opened:
        table, disputes = opened.table(), opened.disputes()
    if disputes:
        raise ValueError(f"{store}: found {len(disputes)} cells with two results; expected none")
    failed = [row for row in table if row.status is not Status.DONE]
    if failed:
        raise ValueError(f"{store}: found {len(failed)} cells that failed; run them again first")
    study = load(place_of(table.study))
    path = FOLDER / f"{study.slug}.jsonl"
    write_results(table, path, version=study.version, machine=machine())
    draw(study, read_results(path).table)
    say(f"{path.name}: {len(table)} rows, {path.stat().st_size / 1e3:.0f} kB")


def draw(study: Study, table: Table) -> None:
    """The drawings of the results, and none that are left from before."""
    for old in FOLDER.glob(f"{study.slug}--*.svg"):
        old.unlink()
    for figure in study.figures(table):
        drawing_file(study.slug, figure).write_text(markup(figure) + "\n", encoding="utf-8")


def rerun(name: str, count: int) -> bool:
    """Whether a sample of the committed rows comes out the same; then they are current."""
    path = FOLDER / f"{name}.jsonl"
    results = read_results(path)
    chosen = sample(results, count)
    other = [row for row in chosen if not same(name, row)]
    for row in other:
        say(f"{name}: {row.config.text} gives something else: publish new results")
    if not other:
        _restamp(results, path, len(chosen))
        draw(results.study, results.table)
        say(f"{name}: {len(chosen)} of {len(results.table)} cells gave the same bits")
    return not other


def sample(results: Results, count: int) -> list[Row]:
    """So many rows or more, drawn anew for every state of the code: other ones each time.

    Every value of every setting but the trial is among them, so that a method of few cells
    is not left out.
    """
    rows = list(results.table)
    random.Random(results.study_code).shuffle(rows)
    seen = set[tuple[str, Scalar]]()
    first: list[Row] = []
    for row in rows:
        if new := {s for s in row.config.settings if s[0] != "trial"} - seen:
            seen |= new
            first.append(row)
    chosen = {row.config for row in first}
    others = [row for row in rows if row.config not in chosen]
    return [*first, *others[: max(0, count - len(first))]]


def same(name: str, row: Row) -> bool:
    """Whether the cell finds today, bit for bit, what the row has."""
    ended = perform(Task(place_of(name), row.config.text))
    return ended.status is row.status and canonical(ended.found) == canonical(row.found)


def _restamp(results: Results, path: Path, count: int) -> None:
    """The same rows, as those of the code of today."""
    today = datetime.now(UTC).date().isoformat()
    told = f"code changed after that; on {today} {count} of the cells gave the same bits again"
    run = {**dict(results.versions), "code": results.study_code}
    days = (results.dates[0], results.dates[1])
    rows = [replace(row, run={**run, "at": days[i > 0]}) for i, row in enumerate(results.table)]
    table = Table(results.slug, tuple(rows))
    write_results(table, path, version=results.version, machine=results.machine, rerun=told)


def say(text: str) -> None:
    """To the terminal."""
    sys.stdout.write(f"{text}\n")


if __name__ == "__main__":
    sys.exit(main())
