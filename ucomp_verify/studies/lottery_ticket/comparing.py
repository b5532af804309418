"""What rows of training runs say of the arms: means with intervals, and factors between arms."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from math import exp, log
from statistics import fmean, stdev
from typing import Any

from ucomp_verify.studies.figures import Curve, Panel
from ucomp_verify.studies.model import Row

LEVEL = 0.95
GEOMETRIC = "gaps are geometric means over trials, in brackets 95 % intervals by the trials"
FOLLOWS = 0.05  # a loss within this share of the original's is said to follow it


@dataclass(frozen=True)
class Interval:
    """A mean over trials with its 95 % interval by Student's law; without ends for one trial."""

    mean: float
    ends: tuple[float, float] | None
    trials: int
    spread: float  # standard error of the mean, 0 for one trial

    @classmethod
    def of(cls, values: Sequence[float]) -> "Interval":
        """That of the values; ValueError if there are none."""
        if not values:
            raise ValueError("found no values; expected one a trial, at least one")
        mean, count = fmean(values), len(values)
        if count == 1:
            return cls(mean, None, 1, 0.0)
        stats: Any = import_module("scipy.stats")
        error = stdev(values) / count**0.5
        width = float(stats.t.ppf((1 + LEVEL) / 2, count - 1)) * error
        return cls(mean, (mean - width, mean + width), count, error)

    @classmethod
    def geometric(cls, values: Sequence[float]) -> "Interval":
        """The geometric mean of values > 0 and its interval; that of `of` if some value is 0."""
        if min(values, default=0) <= 0:
            return cls.of(values)
        found = cls.of([log(value) for value in values])
        ends = None if found.ends is None else (exp(found.ends[0]), exp(found.ends[1]))
        return cls(exp(found.mean), ends, found.trials, exp(found.mean) * found.spread)

    @property
    def text(self) -> str:
        """The mean, and the ends if they are known."""
        ends = "" if self.ends is None else f" ({self.ends[0]:.3g} to {self.ends[1]:.3g})"
        return f"{self.mean:.3g}{ends}"


@dataclass(frozen=True)
class Factor:
    """How many times larger the values of one arm are than those of another, trial by trial.

    The mean is geometric; the interval is that of the logarithms.
    """

    value: float
    ends: tuple[float, float] | None
    trials: int

    @classmethod
    def of(cls, larger: Sequence[float], smaller: Sequence[float]) -> "Factor":
        """Of pairs of values > 0, one a trial."""
        pairs = zip(larger, smaller, strict=True)
        found = Interval.geometric([one / other for one, other in pairs])
        return cls(found.mean, found.ends, found.trials)

    @property
    def text(self) -> str:
        """The factor with its interval."""
        if self.ends is None:
            return f"{self.value:.3g} (one trial, no interval)"
        low, high = self.ends
        return f"{self.value:.3g} (95 %: {low:.3g} to {high:.3g}, {self.trials} trials)"

    @property
    def verdict(self) -> str:
        """What the factor, control over compressed, says of the moments; by its interval."""
        if self.ends is None:
            return "no statement on one trial"
        if self.ends[0] > 1:
            return "evidence for moment matching"
        if self.ends[1] < 1:
            return "the fair control is closer, without any moments"
        return "not told apart on these trials"


def column(rows: Sequence[Row], name: str) -> list[float]:
    """What all rows found under this name."""
    return [float(row[name]) for row in rows]


def ratios(rows: Sequence[Row], above: str, below: str) -> list[float]:
    """The quotients of two columns."""
    return [float(row[above]) / float(row[below]) for row in rows]


def steps_of(row: Row) -> list[int]:
    """The steps at which the runs of a row were looked at."""
    start = "loss_original_at_"
    return sorted(int(name.removeprefix(start)) for name in row.found if name.startswith(start))


def loss_deviations(rows: Sequence[Row], arm: str) -> list[float]:
    """For each row the largest |loss / original's - 1| along the curves."""
    return [
        max(
            abs(row[f"loss_{arm}_at_{t}"] / row[f"loss_original_at_{t}"] - 1) for t in steps_of(row)
        )
        for row in rows
    ]


def told(label: str, what: str, larger: Sequence[float], smaller: Sequence[float]) -> str:
    """One sentence: the factor of the fair control over the compressed arm, and what it says."""
    if min(*larger, *smaller) <= 0:
        return f"{label}: {what}, no factor: the gap of some trial is 0"
    factor = Factor.of(larger, smaller)
    return f"{label}: {what}, fair control / compressed = {factor.text}: {factor.verdict}"


def loss_sentence(label: str, rows: Sequence[Row], arms: Mapping[str, str], last: int) -> str:
    """Which arms end with the loss of the original, and what follows from it.

    `arms` has the words for the compressed arm, "fair" and "paper";
    """
    ends = {
        arm: Interval.of(
            [abs(r - 1) for r in ratios(rows, f"loss_{arm}_at_{last}", f"loss_original_at_{last}")]
        )
        for arm in arms
    }
    off = ", ".join(f"{arms[arm]} {100 * found.mean:.2g} %" for arm, found in ends.items())
    trials = "in the one trial, " if len(rows) == 1 else ""
    text = f"{label}: {trials}losses at the end differ from the original's by {off}"
    near = {arm: max([found.mean, *(found.ends or ())]) < FOLLOWS for arm, found in ends.items()}
    if near["fair"] and near["paper"]:
        return f"{text}: both controls follow it too, so the curve shows nothing of moments"
    if near["fair"]:
        return f"{text}: the fair control follows it too, so the weights are enough for that"
    first = next(iter(arms))
    if near[first]:
        return f"{text}: only the compressed run follows it within {100 * FOLLOWS:.0f} %"
    return f"{text}: none is sure to follow it within {100 * FOLLOWS:.0f} %"


def panel_in_time(
    title: str,
    rows: Sequence[Row],
    arms: Mapping[str, tuple[str, int]],
    quantity: str,
    y_label: str,
    *,
    relative: bool = False,
) -> Panel:
    """Means over trials of a quantity against the step, a curve an arm; `relative` to `moved`.

    `arms` has the label and the hue of each.
    """
    curves = tuple(
        Curve.of(label, _mean_curve(rows, f"{quantity}_{arm}", relative=relative), hue=hue)
        for arm, (label, hue) in arms.items()
        if f"{quantity}_{arm}_at_0" in rows[0].found
    )
    return Panel(title, "step", y_label, curves)


def _mean_curve(rows: Sequence[Row], name: str, *, relative: bool) -> list[tuple[float, float]]:
    return [
        (
            float(step),
            fmean(row[f"{name}_at_{step}"] / (row["moved"] if relative else 1) for row in rows),
        )
        for step in steps_of(rows[0])
    ]
