"""Exponents and errors beside those of rows that others published, at the same sizes."""

from collections.abc import Mapping, Sequence
from math import hypot, nan
from statistics import fmean, geometric_mean

from ucomp_verify.studies.fits import PowerFit, Statistic, fit_power, usable
from ucomp_verify.studies.model import Summary, Table
from ucomp_verify.studies.references import published_errors

from .views import FLOOR, Series, series_of

COLUMNS = (
    *("method", "m", "k", "precision", "sizes", "exponent of mean |error|", "published"),
    *("difference / s.e.", "|error| / published"),
)
NOTES = (
    "both are fitted at the sizes that are in both tables: without those whose published mean is "
    f"below {FLOOR:g}, as float64 shows no smaller one, and those left out of the table above",
    "difference / s.e.: of the exponents, over the root of the sum of the squares of their "
    "standard errors; |error| / published: geometric mean over the sizes of ratios of means",
)
Samples = Mapping[float, Sequence[float]]


def compared(table: Table, rows: Sequence[Mapping[str, float]]) -> Summary:
    """A line for each series with at least three sizes in common with the published rows.

    `rows` have m, k, d, orig and comp; UnreadableReference without these.
    """
    errors = published_errors(rows)
    lines: list[tuple[str, ...]] = []
    alone: list[str] = []
    for one in series_of(table):
        found = _compared(one, errors.get((one.m, one.k), {}))
        if found is None:
            alone.append(f"{one.method} {one.m}, {one.k}, {one.precision}")
        else:
            lines.append((one.method, str(one.m), str(one.k), one.precision, *found))
    left = [f"fewer than three sizes in common: {'; '.join(alone)}"] if alone else []
    return Summary("Exponents beside the published rows", COLUMNS, tuple(lines), (*NOTES, *left))


def _compared(one: Series, published: Samples) -> tuple[str, ...] | None:
    """Sizes, both exponents, how far they are apart, and the ratio of errors."""
    ours, theirs = _in_common(one, published)
    mine, other = fit_power(ours), fit_power(theirs)
    if mine is None or other is None:
        return None
    error = hypot(mine.standard_error, other.standard_error)
    apart = (mine.exponent - other.exponent) / error if error else nan
    ratio = geometric_mean(_mean(ours[d]) / _mean(theirs[d]) for d in ours)
    sizes = f"{len(ours)} from {min(ours):g} to {max(ours):g}"
    return sizes, _text(mine), _text(other), f"{apart:+.2f}", f"{ratio:.2f}"


def _in_common(one: Series, published: Samples) -> tuple[Samples, Samples]:
    """The trials of both, by the sizes that can be fitted in both."""
    floor = FLOOR if one.in_float64 else 0.0
    ours, _ = usable(one.samples("error"), statistic=Statistic.MEAN, floor=floor)
    theirs, _ = usable(published, statistic=Statistic.MEAN, floor=FLOOR)
    both = sorted(ours.keys() & theirs.keys())
    return {d: ours[d] for d in both}, {d: theirs[d] for d in both}


def _mean(values: Sequence[float]) -> float:
    return fmean(map(abs, values))


def _text(fit: PowerFit) -> str:
    return f"{fit.exponent:.3f} +- {fit.standard_error:.3f}"
