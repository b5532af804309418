"""Laws fitted to errors at several sizes: exponents and rates, with what is known of them.

The line is through the logarithms, by ordinary least squares, unweighted: each size counts
once, however many trials it has. The interval comes from trials drawn again within each size
(Efron 1979, percentile bootstrap, with the factor n / (n - 1) for n trials; the same draws on
every run), so it says how far chance moved the fit; whether there is a straight line at all is
seen in the residuals, and `standard_error` is the larger of the two kinds.
"""

import enum
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Samples: TypeAlias = Mapping[int, Sequence[float]] | Mapping[float, Sequence[float]]

RESAMPLES = 2000
LEVEL = 0.95
LEAST_TRIALS = 5  # fewer cannot be drawn again: their own interval is far too short


class Statistic(enum.StrEnum):
    """What is taken of the absolute values of all trials at one size."""

    MEAN = "mean"
    RMS = "rms"
    MEDIAN = "median"


class Excluded(NamedTuple):
    """A size that is not in a fit, and why."""

    size: float
    reason: str


class Point(NamedTuple):
    """A size in a fit: the statistic, the number of trials, log10 of statistic over law."""

    size: float
    value: float
    trials: int
    residual: float


@dataclass(frozen=True, kw_only=True)
class AbstractFit:
    """What every fit tells of itself.

    `log10_scale` is log10 of the law at size 1 (power) or at size 0 (exponential).
    `regression_error` is the standard error by the residuals; `bootstrap_error` the one by
    trials drawn again, None with fewer than 5 trials at some size. `interval` has the level
    95 % and is by the trials ("bootstrap"), or else by Student's law on the residuals
    ("regression").
    """

    statistic: Statistic
    log10_scale: float
    regression_error: float
    bootstrap_error: float | None
    interval: tuple[float, float]
    interval_by: str
    points: tuple[Point, ...]
    excluded: tuple[Excluded, ...]

    @property
    def standard_error(self) -> float:
        """The larger of the two standard errors."""
        return max(self.regression_error, self.bootstrap_error or 0.0)

    @property
    def sizes(self) -> tuple[float, ...]:
        """The sizes in the fit, increasing."""
        return tuple(point.size for point in self.points)

    @property
    def trials(self) -> tuple[int, ...]:
        """The number of trials at each of `sizes`."""
        return tuple(point.trials for point in self.points)

    @property
    def residuals(self) -> tuple[float, ...]:
        """log10 of statistic over law at each of `sizes`."""
        return tuple(point.residual for point in self.points)

    @property
    def largest_residual(self) -> float:
        """The largest |residual|, in decimal digits."""
        return max(abs(residual) for residual in self.residuals)

    @property
    def about(self) -> str:
        """The range, the trials, the residuals and what was excluded, in one line."""
        least, most = min(self.trials), max(self.trials)
        trials = str(least) if least == most else f"{least} to {most}"
        text = (
            f"{len(self.points)} sizes from {self.sizes[0]:g} to {self.sizes[-1]:g}, "
            f"{trials} trial{'' if most == 1 else 's'} each, {self.statistic} of |values|, "
            f"residuals up to {self.largest_residual:.2g} digits, interval by {self.interval_by}"
        )
        left = "; ".join(f"{one.size:g}: {one.reason}" for one in self.excluded)
        return f"{text}; excluded {left}" if left else text


@dataclass(frozen=True, kw_only=True)
class PowerFit(AbstractFit):
    """statistic = 10^log10_scale * size^(-exponent)."""

    exponent: float

    def at(self, size: float) -> float:
        """The law at this size."""
        return 10.0 ** (self.log10_scale - self.exponent * math.log10(size))


@dataclass(frozen=True, kw_only=True)
class ExponentialFit(AbstractFit):
    """statistic = 10^log10_scale * exp(-rate * size): `rate` is per unit of size, base e."""

    rate: float

    def at(self, size: float) -> float:
        """The law at this size."""
        return 10.0 ** (self.log10_scale - self.rate * size / math.log(10))


def fit_power(
    samples: Samples,
    *,
    statistic: Statistic = Statistic.MEAN,
    floor: float = 0.0,
    least_sizes: int = 3,
) -> PowerFit | None:
    """The power law nearest to the trials at each size; None with too few sizes left.

    `samples` has the values of all trials by the size; a trial that failed is a nan, and its
    size is excluded, as is one whose statistic is below `floor` (see `usable`). ValueError
    for sizes that are not > 0, a floor < 0, `least_sizes` < 3.

    >>> fit = fit_power({d: [d**-1.5] for d in (10, 100, 1000)})
    >>> fit is not None and round(fit.exponent, 12)
    1.5
    """
    kept, excluded = usable(samples, statistic=statistic, floor=floor)
    _require(all(0 < size < math.inf for size in samples), "sizes that are not > 0", "> 0")
    fitted = _fit(kept, excluded, statistic, math.log10, least_sizes)
    return None if fitted is None else PowerFit(**fitted.told, exponent=fitted.decay)


def fit_exponential(
    samples: Samples,
    *,
    statistic: Statistic = Statistic.MEAN,
    floor: float = 0.0,
    least_sizes: int = 3,
) -> ExponentialFit | None:
    """The law exp(-rate * size) nearest to the trials at each size; None with too few left.

    Arguments as for `fit_power`; sizes may be <= 0.

    >>> fit = fit_exponential({k: [2.0**-k] for k in (1, 2, 5)})
    >>> fit is not None and abs(fit.rate - math.log(2)) < 1e-12
    True
    """
    kept, excluded = usable(samples, statistic=statistic, floor=floor)
    _require(all(math.isfinite(size) for size in samples), "sizes not finite", "finite ones")
    fitted = _fit(kept, excluded, statistic, lambda size: size / math.log(10), least_sizes)
    return None if fitted is None else ExponentialFit(**fitted.told, rate=fitted.decay)


def usable(
    samples: Samples, *, statistic: Statistic, floor: float = 0.0
) -> tuple[dict[float, tuple[float, ...]], tuple[Excluded, ...]]:
    """The |values| of the sizes that can be fitted, increasing, and the others with a reason.

    A size is excluded if it has no trials, a trial that failed (nan or infinite: the others
    may be the easy ones), a trial that is exactly 0, or a statistic below the floor.
    """
    _require(0 <= floor < math.inf, f"the floor {floor}", "a finite one >= 0")
    kept: dict[float, tuple[float, ...]] = {}
    excluded: list[Excluded] = []
    for size, given in sorted(samples.items()):
        values = tuple(abs(float(value)) for value in given)
        reason = _reason(values, statistic, floor)
        if reason:
            excluded.append(Excluded(float(size), reason))
        else:
            kept[float(size)] = values
    return kept, tuple(excluded)


def log10_statistic(values: Sequence[float], statistic: Statistic) -> float:
    """log10 of the statistic of |values|; no square is too small, as they are scaled first."""
    import numpy as np

    scale = max(abs(value) for value in values)
    taken = _taken(np.abs(np.asarray(values, dtype=float)) / scale, statistic, axis=-1)
    return math.log10(scale) + math.log10(float(taken))


def _reason(values: Sequence[float], statistic: Statistic, floor: float) -> str:
    failed = sum(not math.isfinite(value) for value in values)
    zeros = sum(value == 0 for value in values)
    if not values:
        return "no trials"
    if failed:
        return f"{failed} trial{'s' if failed > 1 else ''} failed"
    if zeros:
        return "all zero" if zeros == len(values) else f"{zeros} of {len(values)} trials are zero"
    taken = 10.0 ** log10_statistic(values, statistic)
    return f"{statistic} {taken:.2g} is below the floor {floor:.2g}" if taken < floor else ""


class _Fitted(NamedTuple):
    decay: float
    told: dict[str, Any]


def _fit(
    kept: Mapping[float, tuple[float, ...]],
    excluded: tuple[Excluded, ...],
    statistic: Statistic,
    place: Callable[[float], float],
    least_sizes: int,
) -> _Fitted | None:
    """The line through (place(size), log10 of the statistic)."""
    import numpy as np

    _require(least_sizes >= 3, f"least_sizes = {least_sizes}", "3 or more, as a line takes two")
    if len(kept) < least_sizes:
        return None
    stats: Any = import_module("scipy.stats")
    where = np.array([place(size) for size in kept])
    logs = np.array([log10_statistic(values, statistic) for values in kept.values()])
    line = stats.linregress(where, logs)
    slope, intercept = float(line.slope), float(line.intercept)
    enough = min(len(values) for values in kept.values()) >= LEAST_TRIALS
    spread = _bootstrap(tuple(kept.values()), statistic, where, slope) if enough else None
    residuals = logs - (intercept + slope * where)
    # SciPy's own comes from 1 - r^2: nan for a constant, wrong by 1e-8 for a straight line.
    freedom, centred = len(kept) - 2, where - where.mean()
    error = math.sqrt(float(residuals @ residuals) / freedom / float(centred @ centred))
    width = float(stats.t.ppf((1 + LEVEL) / 2, freedom)) * error
    low, high = (slope - width, slope + width) if spread is None else spread[1]
    told = {
        "statistic": statistic,
        "log10_scale": intercept,
        "regression_error": error,
        "bootstrap_error": None if spread is None else spread[0],
        "interval": (-high, -low),
        "interval_by": "regression" if spread is None else "bootstrap",
        "points": tuple(
            Point(size, 10.0 ** float(log), len(values), float(residual))
            for (size, values), log, residual in zip(kept.items(), logs, residuals, strict=True)
        ),
        "excluded": excluded,
    }
    return _Fitted(-slope, told)


def _bootstrap(
    samples: tuple[tuple[float, ...], ...],
    statistic: Statistic,
    where: "NDArray[np.float64]",
    slope: float,
) -> tuple[float, tuple[float, float]]:
    """The standard error of the slope, and the percentile interval, by drawn trials."""
    import numpy as np

    stats: Any = import_module("scipy.stats")
    centred = where - where.mean()
    shares = centred / (centred @ centred)
    scaled = [np.array(values) / max(values) for values in samples]
    scales = [math.log10(max(values)) for values in samples]

    def drawn_slope(*drawn: "NDArray[np.float64]", axis: int) -> "NDArray[np.float64]":
        parts = (
            share * (scale + np.log10(_taken(one, statistic, axis=axis)))
            for share, scale, one in zip(shares, scales, drawn, strict=True)
        )
        return np.sum(np.stack(tuple(parts)), axis=0)

    found = stats.bootstrap(
        scaled,
        drawn_slope,
        n_resamples=RESAMPLES,
        confidence_level=LEVEL,
        method="percentile",
        vectorized=True,
        axis=-1,
        random_state=np.random.default_rng(0),  # `rng` from SciPy 1.15
    )
    # n trials drawn from n spread less than the trials did, by (n - 1) / n in the variance.
    least = min(len(values) for values in samples)
    wider = math.sqrt(least / (least - 1))
    low, high = found.confidence_interval
    ends = slope + wider * (float(low) - slope), slope + wider * (float(high) - slope)
    return wider * float(found.standard_error), ends


def _taken(values: "NDArray[np.float64]", statistic: Statistic, *, axis: int) -> Any:
    import numpy as np

    if statistic is Statistic.MEAN:
        return np.mean(values, axis=axis)
    if statistic is Statistic.RMS:
        return np.sqrt(np.mean(values**2, axis=axis))
    return np.median(values, axis=axis)


def _require(holds: bool, found: str, expected: str) -> None:  # noqa: FBT001 (the condition itself)
    if not holds:
        raise ValueError(f"found {found}; expected {expected}")
