"""The hunt for violations of the bounds; the slow one runs as long as it is told.

UCOMP_HUNT_SECONDS says how many seconds (60 if it is not set), UCOMP_HUNT_REPORT the file
that gets the counts and the closest cases as JSON.
"""

import json
import os
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, replace
from fractions import Fraction
from pathlib import Path

import pytest

from tests.bounds.hunting import Sides, Subject, hunt, hunt_for
from tests.bounds.lower_subjects import LOWER
from tests.bounds.upper_subjects import UPPER

SUBJECTS = UPPER + LOWER
RecordEffective = Callable[[int], None]


@pytest.mark.parametrize("subject", SUBJECTS, ids=lambda s: s.name)
def test_no_violation_is_found(subject: Subject, record_effective: RecordEffective) -> None:
    tally = hunt(subject, examples=20)
    for seed in range(20):  # where the first draws meet no hypotheses, as always in CI or never
        if not tally.effective:
            hunt(subject, seed=seed, examples=20, tally=tally)
    record_effective(tally.effective)
    assert tally.ratio <= 1


@pytest.mark.slow
@pytest.mark.parametrize("subject", SUBJECTS, ids=lambda s: s.name)
def test_a_smaller_bound_is_found_to_be_false(subject: Subject) -> None:
    share = Fraction(subject.pressed)

    def smaller(case: object) -> Sides:
        sides = subject.sides(case)
        return replace(sides, right=sides.right * share)

    smaller_subject = replace(subject, sides=smaller)
    with pytest.raises(AssertionError, match=f"{subject.name} fails for"):
        hunt_long(smaller_subject)


def hunt_long(subject: Subject) -> None:
    for seed in range(20):
        hunt(subject, seed=seed, examples=100, shrink=False)


@pytest.mark.slow
def test_no_violation_is_found_for_long(capsys: pytest.CaptureFixture[str]) -> None:
    seconds = float(os.environ.get("UCOMP_HUNT_SECONDS") or 60)
    seed = time.time_ns()
    tallies = hunt_for(seconds, SUBJECTS, seed=seed)
    lines = [f"{'bound':<26} {'cases':>8} {'effective':>9} {'ratio':>7}  closest case"]
    for name, tally in tallies.items():
        lines.append(
            f"{name:<26} {tally.cases:>8} {tally.effective:>9} {tally.ratio:>7.4f}  {tally.example}"
        )
    with capsys.disabled():
        sys.stdout.write("\n" + "\n".join(lines) + "\n")
    report = os.environ.get("UCOMP_HUNT_REPORT")
    if report:
        bounds = {name: asdict(tally) for name, tally in tallies.items()}
        text = json.dumps({"seed": seed, "seconds": seconds, "bounds": bounds}, indent=1)
        Path(report).write_text(text + "\n", encoding="utf-8")
    assert all(tally.effective and tally.ratio <= 1 for tally in tallies.values())
