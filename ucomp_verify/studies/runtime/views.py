"""What is estimated and drawn from the rows of `runtime`."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

from ucomp_verify.findings import Estimate
from ucomp_verify.studies.figures import Curve, Figure, Panel
from ucomp_verify.studies.model import Row, Summary, Table
from ucomp_verify.studies.references import UnreadableReference

from .cells import METHODS

if TYPE_CHECKING:
    from ucomp_verify.studies.fits import PowerFit

SECONDS, BYTES = "cpu_seconds", "peak_bytes"
MEGABYTE = 1e6
FLOAT_DIGITS = 15


@dataclass(frozen=True)
class Series:
    """The rows of one method, m and k over all sizes and trials."""

    method: str
    m: int
    k: int
    rows: tuple[Row, ...]

    @property
    def label(self) -> str:
        """Its settings in words."""
        return f"{self.method}, m = {self.m}, k = {self.k}"

    def samples(self, name: str) -> dict[float, list[float]]:
        """What was measured, by the number of points."""
        found: dict[float, list[float]] = {}
        for row in self.rows:
            if name in row.measured:
                found.setdefault(float(row["d"]), []).append(float(row[name]))
        return found

    def typical(self, name: str) -> dict[float, float]:
        """The median over the trials, by the number of points."""
        return {d: median(values) for d, values in self.samples(name).items()}

    def fit(self, name: str) -> "PowerFit | None":
        """The power law through the medians; its `exponent` is minus that of growth."""
        from ucomp_verify.studies.fits import Statistic, fit_power

        return fit_power(self.samples(name), statistic=Statistic.MEDIAN)


def series_of(table: Table) -> tuple[Series, ...]:
    """All series, in the order of the methods."""
    by_key: dict[tuple[int, int, int], list[Row]] = {}
    for row in table.done:
        key = METHODS.index(row["method"]), int(row["m"]), int(row["k"])
        by_key.setdefault(key, []).append(row)
    return tuple(
        Series(METHODS[place], m, k, tuple(rows)) for (place, m, k), rows in sorted(by_key.items())
    )


def summaries(table: Table) -> tuple[Summary, ...]:
    """Exponents of d, then times by dimension and by order, each if there is something to say."""
    found = series_of(table)
    tables = (_exponents(found), *_by_dimension(found), *_by_order(found))
    return tuple(summary for summary in tables if summary.rows or summary.notes)


def findings(table: Table) -> tuple[Estimate, ...]:
    """The exponents of time in d, and how many times longer one dimension more takes."""
    found = series_of(table)
    exponents = [(one, fit) for one in found if (fit := one.fit(SECONDS)) is not None]
    estimates = [
        _estimate("time exponent", -fit.exponent, fit.standard_error, sum(fit.trials), one)
        for one, fit in exponents
    ]
    for before, after in _neighbours(found):
        logs = _log_ratios(before, after)
        if len(logs) > 1:
            mean, spread = _mean_and_error(logs)
            ratio = math.exp(mean)
            estimates.append(
                _estimate("time ratio to m - 1", ratio, ratio * spread, len(logs), after)
            )
    return tuple(estimates)


def _estimate(quantity: str, value: float, spread: float, trials: int, one: Series) -> Estimate:
    settings = (("method", one.method), ("m", str(one.m)), ("k", str(one.k)))
    return Estimate(value, spread, trials, FLOAT_DIGITS, quantity, settings)


def _neighbours(found: Sequence[Series]) -> list[tuple[Series, Series]]:
    """Series of the same method and order in m and m + 1 dimensions."""
    ordered = sorted(found, key=lambda s: (METHODS.index(s.method), s.k, s.m))
    return [
        (a, b) for a, b in pairwise(ordered) if (a.method, a.k, a.m + 1) == (b.method, b.k, b.m)
    ]


def _log_ratios(before: Series, after: Series) -> list[float]:
    low, high = before.typical(SECONDS), after.typical(SECONDS)
    return [math.log(high[d] / low[d]) for d in sorted({*low} & {*high}) if low[d] and high[d]]


def _mean_and_error(values: Sequence[float]) -> tuple[float, float]:
    """The mean, and its standard error."""
    from statistics import fmean, stdev

    return fmean(values), stdev(values) / math.sqrt(len(values))


def _exponents(found: Sequence[Series]) -> Summary:
    rows: list[tuple[str, ...]] = []
    notes = [
        "seconds ~ d^a: lines through logarithms of medians over trials, each size once; where "
        "0.1 d is below 2 N, N = binom(m + k, k), there is one cell, and the times are not yet ~ d"
    ]
    for one in found:
        times, memory = one.fit(SECONDS), one.fit(BYTES)
        if times is None:
            continue
        low, high = times.interval
        largest = times.points[-1]
        rows.append(
            (
                *(one.method, str(one.m), str(one.k)),
                f"{-times.exponent:.2f} +- {times.standard_error:.2f}",
                f"{-high:.2f} to {-low:.2f}",
                f"{largest.size:g}",
                f"{largest.value:.3g}",
                _megabytes(one),
                "" if memory is None else f"{-memory.exponent:.2f} +- {memory.standard_error:.2f}",
            )
        )
        notes.append(f"{one.label}: {times.about}")
    columns = ("method", "m", "k", "time exponent", "95 %", "largest d", "seconds", "MB at d")
    return Summary(
        "Growth with the number of points",
        (*columns, "memory exponent"),
        tuple(rows),
        tuple(notes) if rows else (),
    )


def _megabytes(one: Series) -> str:
    """At the largest size of which the memory is known."""
    known = one.typical(BYTES)
    return f"{known[max(known)] / MEGABYTE:.3g} at {max(known):g}" if known else ""


def _by_dimension(found: Sequence[Series]) -> tuple[Summary, ...]:
    """Seconds at the largest number of points that the method had in all of its dimensions."""
    dims = sorted({one.m for one in found})
    rows: list[tuple[str, ...]] = []
    for method, k in sorted({(METHODS.index(s.method), s.k) for s in found}):
        of_it = [s for s in found if s.method == METHODS[method] and s.k == k]
        sizes = [s.typical(SECONDS) for s in of_it]
        shared = [d for d in sizes[0] if all(d in known for known in sizes)]
        if len(of_it) > 1 and shared:
            size = max(shared)
            seconds = {s.m: f"{s.typical(SECONDS)[size]:.3g}" for s in of_it}
            rows.append((METHODS[method], str(k), f"{size:g}", *(seconds.get(m, "") for m in dims)))
    if not rows:
        return ()
    columns = ("method", "k", "d", *(f"m = {m}" for m in dims))
    return (Summary("CPU seconds by dimension", columns, tuple(rows)),)


def _by_order(found: Sequence[Series]) -> tuple[Summary, ...]:
    """Seconds for each k, where a method was run with several at one d and m."""
    orders = sorted({one.k for one in found})
    rows: list[tuple[str, ...]] = []
    for place, m, d in sorted(
        {(METHODS.index(s.method), s.m, d) for s in found for d in s.typical(SECONDS)}
    ):
        seconds = _at_orders(found, METHODS[place], m, d)
        if len(seconds) > 1:
            shown = (f"{seconds[k]:.3g}" if k in seconds else "" for k in orders)
            rows.append((METHODS[place], str(m), f"{d:g}", *shown))
    if not rows:
        return ()
    columns = ("method", "m", "d", *(f"k = {k}" for k in orders))
    return (Summary("CPU seconds by order", columns, tuple(rows)),)


def _at_orders(found: Iterable[Series], method: str, m: int, d: float) -> dict[int, float]:
    here = (s for s in found if (s.method, s.m) == (method, m))
    return {s.k: known[d] for s in here if d in (known := s.typical(SECONDS))}


def figures(table: Table) -> tuple[Figure, ...]:
    """Time and memory against d, with panels by m; time against k."""
    found = series_of(table)
    order = _main_order(found)
    of_order = [one for one in found if one.k == order]
    drawn = [
        _against_size(of_order, SECONDS, f"Time to compress d points at order {order}", "seconds"),
        _against_size(of_order, BYTES, f"Memory to compress d points at order {order}", "memory"),
        _against_order(found),
    ]
    return tuple(figure for figure in drawn if any(panel.curves for panel in figure.panels))


def _main_order(found: Sequence[Series]) -> int:
    """The order with the most sizes."""
    counts: dict[int, int] = {}
    for one in found:
        counts[one.k] = counts.get(one.k, 0) + len(one.rows)
    return max(counts, key=lambda k: counts[k], default=0)


def _against_size(found: Sequence[Series], name: str, title: str, slug: str) -> Figure:
    unit = MEGABYTE if name == BYTES else 1.0
    axis = "memory, MB" if name == BYTES else "CPU seconds"
    panels: list[Panel] = []
    for m in sorted({one.m for one in found}):
        here = [one for one in found if one.m == m]
        curves = [c for one in here if (c := _curve(one, name, unit)).x]
        guide = [] if name == BYTES else _guide(curves)
        panels.append(Panel(f"m = {m}", "number of points d", axis, (*curves, *guide)))
    told = "Medians over trials; bars from the least to the most of all runs. One thread."
    if name == BYTES:
        told = "The most that Python and NumPy held at a time; FLINT and LAPACK are not seen."
    kept = tuple(panel for panel in panels if panel.curves)
    return Figure(f"runtime-{slug}", title, kept, told)


def _curve(one: Series, name: str, unit: float) -> Curve:
    typical = sorted(one.typical(name).items())
    ends = ("cpu_least", "cpu_most") if name == SECONDS else (name, name)
    least, most = one.samples(ends[0]), one.samples(ends[1])
    return Curve(
        one.method,
        tuple(d for d, _ in typical),
        tuple(value / unit for _, value in typical),
        "points",
        METHODS.index(one.method),
        tuple(min(least[d]) / unit for d, _ in typical),
        tuple(max(most[d]) / unit for d, _ in typical),
    )


def _guide(curves: Sequence[Curve]) -> list[Curve]:
    """A line of slope 1 below all curves."""
    sizes = sorted({x for curve in curves for x in curve.x})
    if len(sizes) < 2:
        return []
    factor = 0.5 * min(y / x for c in curves for x, y in zip(c.x, c.y, strict=True))
    return [Curve.of("~ d", [(x, factor * x) for x in sizes], style="dashed", hue=-1)]


def drawn_beside(figure: Figure, rows: Sequence[Mapping[str, float]]) -> Figure:
    """The figure with published seconds in grey, in the panels "m = ..."; medians over rows.

    Rows have the columns m, d and runtime (see `references.published_rows`), of one order;
    UnreadableReference without them.
    """
    times: dict[tuple[int, float], list[float]] = {}
    for row in rows:
        missing = {"m", "d", "runtime"} - row.keys()
        if missing:
            raise UnreadableReference(
                f"found the columns {', '.join(row)}; expected {', '.join(sorted(missing))} as well"
            )
        times.setdefault((int(row["m"]), row["d"]), []).append(row["runtime"])
    panels: list[Panel] = []
    for panel in figure.panels:
        points = [(d, median(t)) for (m, d), t in times.items() if panel.title == f"m = {m}"]
        beside = [Curve.of("published", points, hue=-1)] if points else []
        panels.append(replace(panel, curves=(*panel.curves, *beside)))
    return replace(figure, panels=tuple(panels))


def _against_order(found: Sequence[Series]) -> Figure:
    """Where one method has several orders at one d: a panel for each m and d."""
    places = {(s.m, d) for s in found for d in s.typical(SECONDS)}
    panels: list[Panel] = []
    for m, d in sorted(places):
        curves: list[Curve] = []
        for hue, method in enumerate(METHODS):
            seconds = _at_orders(found, method, m, d)
            if len(seconds) > 1:
                points = [(float(k), t) for k, t in seconds.items()]
                curves.append(Curve.of(method, points, hue=hue))
        if curves:
            title = f"m = {m}, d = {d:g}"
            panels.append(Panel(title, "order k", "CPU seconds", tuple(curves), log_x=False))
    return Figure("runtime-order", "Time against the order", tuple(panels), "One thread.")
