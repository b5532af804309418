"""Rates of the mean-field experiment: slopes in the width kept, and floors of other optimisers."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import TYPE_CHECKING, NamedTuple

from ucomp_verify.studies.figures import Curve, Panel
from ucomp_verify.studies.model import Row, Table

from .comparing import Factor, Interval, column, steps_of

if TYPE_CHECKING:
    from ucomp_verify.studies.fits import PowerFit

DESCENT = "SGD"
STEPS = (1, 10, 100)
FLOOR = 1e-14  # of gaps of outputs near 1 in float64
CONTROLS = ("fair",)  # with weights 1 the gap is no error of sampling


class Slope(NamedTuple):
    """What a slope is of: k is None for a control, whose neurons do not depend on it."""

    arm: str
    k: int | None
    step: int


@dataclass(frozen=True)
class Floor:
    """Gaps of one optimiser beside those of gradient descent, trial by trial.

    `from_lower` is the gap over that at the next lower order of the study.
    """

    optimiser: str
    eps: float
    k: int
    step: int
    gap: Interval
    ratios: tuple[float, ...]
    factor: Factor
    lower: int
    from_lower: Factor | None


def mean_field_rows(table: Table) -> Table:
    """The rows of the experiment."""
    return table.done.where(experiment="mean-field")


def fit_label(key: Slope) -> str:
    """The words for a slope in notes."""
    return f"{key.arm}{'' if key.k is None else f', k = {key.k}'}, T = {key.step}"


def samples_of(rows: Iterable[Row], key: Slope) -> dict[float, list[float]]:
    """Gaps by the number of neurons: that kept or, for the controls of all orders, asked for."""
    by_size: dict[int, list[Row]] = {}
    for row in rows:
        if f"gap_{key.arm}_at_{key.step}" in row.found:
            by_size.setdefault(row["size"], []).append(row)
    found: dict[float, list[float]] = {}
    for size, some in sorted(by_size.items()):
        place = float(size) if key.k is None else fmean(column(some, "nodes"))
        found[place] = column(some, f"gap_{key.arm}_at_{key.step}")
    return found


def fits_of(table: Table) -> Iterator[tuple[Slope, "PowerFit | None"]]:
    """The slopes of gradient descent, by step and order; None where there are too few sizes."""
    from ucomp_verify.studies.fits import fit_power

    for key, rows in _slopes(table):
        yield key, fit_power(samples_of(rows, key), floor=FLOOR)


def _slopes(table: Table) -> Iterator[tuple[Slope, tuple[Row, ...]]]:
    rows = mean_field_rows(table).where(optimiser=DESCENT)
    several = [k for k in rows.values("k") if len({r["size"] for r in rows.where(k=k)}) > 1]
    for step in STEPS:
        if not any(f"gap_fair_at_{step}" in row.found for row in rows):
            continue
        for k in several:
            yield Slope("compressed", k, step), rows.where(k=k).rows
        for arm in CONTROLS if several else ():
            used = tuple(row for row in rows if row["k"] in several)
            yield Slope(arm, None, step), used


def floors_of(table: Table) -> Iterator[Floor]:
    """The gaps of optimisers other than gradient descent, where that was run beside them."""
    rows = mean_field_rows(table)
    groups: dict[tuple[str, float, int, int], dict[int, Row]] = {}
    for row in rows:
        key = (row["optimiser"], row["eps"], row["size"], row["k"])
        groups.setdefault(key, {})[row["trial"]] = row
    for (optimiser, eps, size, k), own in sorted(groups.items()):
        descent = groups.get((DESCENT, 0.0, size, k), {})
        shared = sorted(own.keys() & descent.keys())
        if optimiser == DESCENT or not shared:
            continue
        lower = max(
            (o[3] for o in groups if o[:3] == (optimiser, eps, size) and o[3] < k), default=0
        )
        below = groups.get((optimiser, eps, size, lower), {})
        for step in (t for t in STEPS if t in steps_of(own[shared[0]])):
            yield _floor((optimiser, eps, k, step), own, descent, (lower, below))


def _floor(
    key: tuple[str, float, int, int],
    own: dict[int, Row],
    descent: dict[int, Row],
    lower: tuple[int, dict[int, Row]],
) -> Floor:
    name = f"gap_compressed_at_{key[3]}"
    shared = sorted(own.keys() & descent.keys())
    mine, theirs = (
        column([own[t] for t in shared], name),
        column([descent[t] for t in shared], name),
    )
    both = sorted(own.keys() & lower[1].keys())
    return Floor(
        *key, Interval.of(mine),
        tuple(a / b for a, b in zip(mine, theirs, strict=True)), Factor.of(mine, theirs), lower[0],
        Factor.of(column([own[t] for t in both], name), column([lower[1][t] for t in both], name))
        if both else None,
    )  # fmt: skip


def rate_panels(table: Table) -> tuple[Panel, ...]:
    """Gaps against neurons kept, a panel a step, with the slopes to compare with."""
    by_step: dict[int, list[Curve]] = {}
    for key, rows in _slopes(table):
        samples = samples_of(rows, key)
        by_step.setdefault(key.step, []).extend(_curves(key, samples))
    return tuple(
        Panel(f"T = {step}", "neurons kept d'", "largest prediction gap", tuple(curves))
        for step, curves in by_step.items()
    )


def _curves(
    key: Slope, samples: dict[float, Sequence[float]] | dict[float, list[float]]
) -> list[Curve]:
    sizes = tuple(samples)
    means = tuple(fmean(samples[size]) for size in sizes)
    hue = key.k if key.k is not None else -1
    label = key.arm if key.k is None else f"k = {key.k}"
    slope = 0.5 if key.k is None else (key.k + 1) / 2
    law = tuple(means[-1] * (size / sizes[-1]) ** -slope for size in sizes)
    points = Curve(label, sizes, means, hue=hue)
    return [points, Curve("", sizes, law, "dashed", hue)]
