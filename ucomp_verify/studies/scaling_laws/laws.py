"""Exponents of losses against sizes, and how those of two arms compare.

All arms of a trial share data, networks and batches, and all sizes of a trial share the
teacher. So whole trials are drawn again for ratios and differences (percentile bootstrap, with
the factor sqrt(n / (n - 1)) for n trials; the same draws on every run).
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from statistics import fmean
from typing import TYPE_CHECKING, Any

from ucomp_verify.studies.fits import LEAST_TRIALS, PowerFit, fit_power
from ucomp_verify.studies.model import Row, Table

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

RESAMPLES = 2000


@dataclass(frozen=True)
class Compared:
    """A number made of exponents of two arms, with a 95 % interval; None with too few trials."""

    value: float
    error: float | None
    interval: tuple[float, float] | None


@dataclass(frozen=True)
class Laws:
    """The rows of one part at one order, steps and batch, with the same trials at all sizes."""

    part: str
    k: int
    steps: int
    sizes: tuple[int, ...]
    trials: tuple[int, ...]
    arms: tuple[str, ...]
    rows: Mapping[tuple[int, int], Row]  # by d and trial

    @property
    def label(self) -> str:
        """What it is about, in words."""
        what = "data sets" if self.part == "data" else "widths"
        return f"{what}, k = {self.k}, {self.steps} steps"

    def samples(self, arm: str) -> dict[float, list[float]]:
        """The losses of all trials by what the arm has at most: d, or the budget d'."""
        found: dict[float, list[float]] = {}
        for d in self.sizes:
            rows = [self.rows[d, trial] for trial in self.trials]
            found[self.place(arm, d)] = [float(row[f"{arm}_loss"]) for row in rows]
        return found

    def place(self, arm: str, d: int) -> float:
        """d for the original, else d' = [16 sqrt d]."""
        return float(d if arm == "original" else self.rows[d, self.trials[0]]["budget"])

    def fit(self, arm: str) -> PowerFit | None:
        """The power law through the mean losses; None with fewer than 3 sizes."""
        return fit_power(self.samples(arm))

    def compared(self, arm: str, other: str, how: Callable[..., "NDArray[np.float64]"]) -> Compared:
        """how(exponent of arm, exponent of other), as of `ratio` or `difference`."""
        import numpy as np

        every = np.arange(len(self.trials))[None]
        value = float(how(self._slopes(arm, every), self._slopes(other, every))[0])
        count = len(self.trials)
        if count < LEAST_TRIALS:
            return Compared(value, None, None)
        drawn = np.random.default_rng(0).integers(count, size=(RESAMPLES, count))
        values = how(self._slopes(arm, drawn), self._slopes(other, drawn))
        wider = (count / (count - 1)) ** 0.5
        low, high = (value + wider * (float(q) - value) for q in np.percentile(values, (2.5, 97.5)))
        return Compared(value, wider * float(values.std()), (low, high))

    def apart(self, arm: str, other: str) -> Compared:
        """The exponent of `arm` minus that of `other`, both against d'.

        With few trials the interval is by the residuals of the line through the logarithms of
        the ratios of mean losses (Student's law): arms of a trial share most of their noise.
        """
        found = self.compared(arm, other, difference)
        return found if found.interval is not None else self._by_residuals(arm, other)

    def _by_residuals(self, arm: str, other: str) -> Compared:
        import numpy as np

        stats: Any = import_module("scipy.stats")
        one, two = self.samples(arm), self.samples(other)
        where = np.log(np.array(list(one)))
        logs = [math.log(fmean(two[size]) / fmean(one[size])) for size in one]
        line = stats.linregress(where, np.array(logs))
        value, error = float(line.slope), float(line.stderr)
        width = float(stats.t.ppf(0.975, len(where) - 2)) * error
        return Compared(value, error, (value - width, value + width))

    def _slopes(self, arm: str, drawn: "NDArray[np.int64]") -> "NDArray[np.float64]":
        """The exponent for each row of trials that were drawn."""
        import numpy as np

        samples = self.samples(arm)
        where = np.log(np.array(list(samples)))
        centred = where - where.mean()
        means = np.array([np.array(values)[drawn].mean(axis=1) for values in samples.values()])
        return -(centred @ np.log(means)) / float(centred @ centred)


def ratio(one: "NDArray[np.float64]", other: "NDArray[np.float64]") -> "NDArray[np.float64]":
    """one / other."""
    return one / other


def difference(one: "NDArray[np.float64]", other: "NDArray[np.float64]") -> "NDArray[np.float64]":
    """one - other."""
    return one - other


def laws_of(table: Table, arms: Mapping[str, tuple[str, ...]]) -> tuple[Laws, ...]:
    """The laws of all parts with at least 3 sizes and a trial that has ended at all of them.

    `arms` has the arms of each part. Trials that miss a size are left out.
    """
    groups: dict[tuple[str, int, int, int], dict[tuple[int, int], Row]] = {}
    for row in table.done:
        key = row["part"], int(row["k"]), int(row["steps"]), int(row["batch"])
        groups.setdefault(key, {})[int(row["d"]), int(row["trial"])] = row
    found = (
        _laws(part, k, steps, arms[part], rows)
        for (part, k, steps, _), rows in sorted(groups.items())
    )
    return tuple(laws for laws in found if laws is not None)


def _laws(
    part: str, k: int, steps: int, arms: tuple[str, ...], rows: Mapping[tuple[int, int], Row]
) -> Laws | None:
    sizes = tuple(sorted({d for d, _ in rows}))
    trials = sorted({trial for _, trial in rows})
    whole = tuple(trial for trial in trials if all((d, trial) in rows for d in sizes))
    if len(sizes) < 3 or not whole:
        return None
    return Laws(part, k, steps, sizes, whole, arms, rows)
