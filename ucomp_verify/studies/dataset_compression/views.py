"""What is estimated and drawn from the rows of `dataset_compression`."""

import math
from collections.abc import Mapping, Sequence
from importlib import import_module
from statistics import fmean, stdev
from typing import Any, NamedTuple

from ucomp_verify.findings import Estimate
from ucomp_verify.studies.figures import Curve, Figure, Panel
from ucomp_verify.studies.model import Row, Summary, Table

from .slope_views import FLOAT_DIGITS, slope_figures, slope_findings, slope_summary

PARTS = 10
FEW_STEPS = "400"  # epochs of the figure: with all examples a step, as many steps
REMARKED = 8  # trials on which the remark on many steps was made: it is read from later ones
ARMS = {
    "compressed": "sums of x^a and y x^a kept",
    "isotropic": "all moments of (x, y) kept, as in the paper",
    "zeroth": "sums of 1 and y kept (k = 0), in as many cells of two examples",
    "random": "random subset, weights d / d': the fair control",
    "naive": "the first d' examples, weights 1: the paper's control",
}
SETTINGS = ("optimiser", "batch", "d", "size", "k", "epochs")
NAMES = ("optimiser", "batch", "d", "d'", "k", "epochs")
Key = tuple[str, int, int, int, int, int]


class Interval(NamedTuple):
    """A mean with its standard error and 95 % interval by Student's law; nan with one value."""

    mean: float
    error: float
    low: float
    high: float


def mean_of(values: Sequence[float]) -> Interval:
    """The mean of independent values."""
    mean, count = fmean(values), len(values)
    if count < 2:
        return Interval(mean, math.nan, math.nan, math.nan)
    stats: Any = import_module("scipy.stats")
    error = stdev(values) / math.sqrt(count)
    width = float(stats.t.ppf(0.975, count - 1)) * error
    return Interval(mean, error, mean - width, mean + width)


def ratio_of(rows: Sequence[Row], arm: str) -> Interval:
    """The end loss of an arm over that of the original: geometric mean over the trials."""
    logs = [math.log(row[f"{arm}_{PARTS}"] / row[f"original_{PARTS}"]) for row in rows]
    found = mean_of(logs)
    ratio = math.exp(found.mean)
    return Interval(ratio, ratio * found.error, math.exp(found.low), math.exp(found.high))


def trainings(table: Table) -> Mapping[Key, list[Row]]:
    """The rows of trainings by their settings but the trial."""
    found: dict[Key, list[Row]] = {}
    for row in table.done:
        if row["test"] == "training":
            optimiser, *numbers = (row[name] for name in SETTINGS)
            batch, d, size, k, epochs = (int(number) for number in numbers)
            found.setdefault((optimiser, batch, d, size, k, epochs), []).append(row)
    return {key: found[key] for key in sorted(found)}


def summaries(table: Table) -> tuple[Summary, ...]:
    """End losses against the original's, prediction gaps, and exponents of gaps."""
    parts = (_ratios(table), _gaps(table), slope_summary(table))
    return tuple(part for part in parts if part.rows)


def _settings(key: Key) -> tuple[str, ...]:
    optimiser, batch, *numbers = key
    return optimiser, str(batch) if batch else "all", *(str(number) for number in numbers)


def _ratios(table: Table) -> Summary:
    rows = tuple(
        (
            *_settings(key),
            str(len(found)),
            arm,
            _text(ratio_of(found, arm)),
            _least_most(found, arm),
        )
        for key, found in trainings(table).items()
        for arm in ARMS
    )
    columns = (*NAMES, "trials", "arm", "ratio [95 %]", "from to")
    notes = (
        *(f"{arm}: {meaning}" for arm, meaning in ARMS.items()),
        "geometric means over trials, intervals by Student's law of the logarithms; a loss is "
        "divided by the sum of weights, so random and naive differ by chance alone",
    )
    return Summary("Test loss at the end over that of the original", columns, rows, notes)


def _least_most(rows: Sequence[Row], arm: str) -> str:
    ratios = [row[f"{arm}_{PARTS}"] / row[f"original_{PARTS}"] for row in rows]
    return f"{min(ratios):.3f} to {max(ratios):.3f}"


def _text(found: Interval) -> str:
    if math.isnan(found.low):
        return f"{found.mean:.3f}"
    return f"{found.mean:.3f} [{found.low:.3f}, {found.high:.3f}]"


def _gaps(table: Table) -> Summary:
    rows = tuple(
        (
            *_settings(key),
            str(len(found)),
            *(_text(mean_of([row[f"{arm}_gap"] for row in found])) for arm in ARMS),
        )
        for key, found in trainings(table).items()
    )
    columns = (*NAMES, "trials", *ARMS)
    note = "rms difference of predictions at the end over the rms change in training; means [95 %]"
    return Summary("Prediction gaps", columns, rows, (note,))


def figures(table: Table) -> tuple[Figure, ...]:
    """Test losses during training, a panel for each optimiser; gaps against the size."""
    by_rest: dict[tuple[int, ...], list[Panel]] = {}
    for key, rows in trainings(table).items():
        by_rest.setdefault(key[1:], []).append(_losses(key, rows))
    caption = "Geometric means over trials of the test loss; the rate falls to 0 by a cosine."
    drawn = [
        Figure(_slug(rest), "Training on fewer examples", tuple(panels), caption)
        for rest, panels in sorted(by_rest.items())
    ]
    return (*drawn, *slope_figures(table))


def _slug(rest: tuple[int, ...]) -> str:
    batch, d, size, k, epochs = rest
    return f"dataset-compression-{batch or 'full'}-{d}-{size}-{k}-{epochs}"


def _losses(key: Key, rows: Sequence[Row]) -> Panel:
    optimiser, batch, d, size, k, epochs = key
    curves = tuple(
        Curve.of(arm, points, style="dashed" if arm == "original" else "points", hue=hue)
        for hue, arm in enumerate(("original", *ARMS))
        for points in [[(epochs * p / PARTS, _typical(rows, arm, p)) for p in range(PARTS + 1)]]
    )
    batches = f"batches of {batch}" if batch else "full batch"
    title = f"{optimiser}, {batches}, {d} to {size}, k = {k}"
    return Panel(title, "epoch", "test loss", curves, log_x=False)


def _typical(rows: Sequence[Row], arm: str, part: int) -> float:
    return math.exp(fmean(math.log(row[f"{arm}_{part}"]) for row in rows))


def findings(table: Table) -> tuple[Estimate, ...]:
    """End losses over the original's, prediction gaps, and exponents of gaps.

    Those of many steps are of trials that were not seen before the claim was written.
    """
    found: list[Estimate] = []
    for key, all_rows in trainings(table).items():
        rows = [row for row in all_rows if row["trial"] >= _first_trial(key)]
        if len(rows) < 2:
            continue
        for arm in ARMS:
            what = (*zip(NAMES, _settings(key), strict=True), ("arm", arm))
            for quantity, of in (
                ("test loss at the end over that of the original", ratio_of(rows, arm)),
                ("prediction gap over change", mean_of([row[f"{arm}_gap"] for row in rows])),
            ):
                found.append(Estimate(of.mean, of.error, len(rows), FLOAT_DIGITS, quantity, what))
    return (*found, *slope_findings(table))


def _first_trial(key: Key) -> int:
    _, batch, *_, epochs = _settings(key)
    return 0 if (batch, epochs) == ("all", FEW_STEPS) else REMARKED
