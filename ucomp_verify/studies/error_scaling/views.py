"""What is estimated and drawn from the rows of `error_scaling`: exponents, and Figure 2."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ucomp_verify.findings import Estimate
from ucomp_verify.studies.figures import Curve, Figure, Panel
from ucomp_verify.studies.model import Row, Summary, Table

if TYPE_CHECKING:
    from ucomp_verify.studies.fits import PowerFit, Statistic

FEWEST_CELLS = 8  # below them their number is no power of d, as it is rounded down
FLOOR = 1e-14  # of the means of errors in float64
METHODS = ("cells", "unbiased", "greedy")  # those whose errors follow a power of d


@dataclass(frozen=True)
class Series:
    """The rows of one method, m, k and precision, over all sizes and trials."""

    method: str
    m: int
    k: int
    precision: str
    rows: tuple[Row, ...]

    @property
    def in_float64(self) -> bool:
        """Whether some row was subtracted in float64, and so has a floor."""
        return any(row["path"] == "float64" for row in self.rows)

    @property
    def observed(self) -> float:
        """(k + 1) / m + 1/2."""
        return (self.k + 1) / self.m + 0.5

    @property
    def dps(self) -> int:
        """The least digits of a row."""
        return min(int(row["dps"]) for row in self.rows)

    def samples(self, name: str) -> dict[float, list[float]]:
        """The values of a column by size, of the sizes that are fitted."""
        found: dict[float, list[float]] = {}
        for row in self.rows:
            if not self._coarse(row):
                found.setdefault(float(row["d"]), []).append(float(row[name]))
        return found

    @property
    def left_out(self) -> list[int]:
        """The sizes with too few cells."""
        return sorted({int(row["d"]) for row in self.rows if self._coarse(row)})

    def _coarse(self, row: Row) -> bool:
        """Greedy has no cells: as many as its nodes would make."""
        from ucomp_verify.algebra import num_monomials

        if self.method != "greedy":
            return bool(row["cells"] < FEWEST_CELLS)
        return bool(row["nodes"] < FEWEST_CELLS * num_monomials(self.m, self.k))

    def fit(self, name: str, statistic: "Statistic") -> "PowerFit | None":
        """The power law through a statistic of a column."""
        from ucomp_verify.studies.fits import fit_power

        floor = FLOOR if self.in_float64 else 0.0
        return fit_power(self.samples(name), statistic=statistic, floor=floor)


def series_of(table: Table) -> tuple[Series, ...]:
    """All series of methods with a power law, in order."""
    by_key: dict[tuple[int, int, int, str], list[Row]] = {}
    for row in table.done:
        if row["method"] in METHODS:
            place = METHODS.index(row["method"])
            asked = str(row["precision"])
            by_key.setdefault((place, row["m"], row["k"], asked), []).append(row)
    return tuple(
        Series(METHODS[place], m, k, precision, tuple(rows))
        for (place, m, k, precision), rows in sorted(by_key.items(), key=lambda item: item[0])
    )


def summaries(table: Table) -> tuple[Summary, ...]:
    """The exponents of every series, and what `hp` attains."""
    return (_exponents(series_of(table)), *_hp(table))


def _exponents(all_series: Sequence[Series]) -> Summary:
    from ucomp_verify.studies.fits import Statistic

    rows: list[tuple[str, ...]] = []
    notes = [
        f"sizes with fewer than {FEWEST_CELLS} cells are left out: their number is rounded down; "
        f"of greedy those with fewer nodes than {FEWEST_CELLS} times the moments",
        "+-: the larger of the standard errors by residuals and by trials drawn again; "
        "(k+1)/m - 1: the paper's bound for a mean, (k+1)/m: that of one-shot cells",
    ]
    for one in all_series:
        mean, rms = one.fit("error", Statistic.MEAN), one.fit("rms", Statistic.RMS)
        label = f"{one.method}, m = {one.m}, k = {one.k}, {one.precision}"
        if mean is None or rms is None:
            notes.append(f"{label}: no fit, fewer than 3 sizes with errors above the floor")
            continue
        notes.append(f"{label}: {mean.about}; too few cells: {one.left_out or 'none'}")
        low, high = mean.interval
        rows.append(
            (
                *(one.method, str(one.m), str(one.k), one.precision),
                f"{mean.exponent:.3f} +- {mean.standard_error:.3f}",
                f"{low:.3f} to {high:.3f}",
                f"{rms.exponent:.3f} +- {rms.standard_error:.3f}",
                *(f"{one.observed - less:.3f}" for less in (1.5, 0.5, 0.0)),
                f"{min(p.value for p in mean.points):.1e}",
            )
        )
    columns = ("method", "m", "k", "precision", "exponent of mean |error|", "95 %", "of rms")
    laws = ("(k+1)/m - 1", "(k+1)/m", "(k+1)/m + 1/2", "least mean |error|")
    return Summary("Exponents of d", columns + laws, tuple(rows), tuple(notes))


def _hp(table: Table) -> tuple[Summary, ...]:
    rows: dict[tuple[int, int], list[Row]] = {}
    for row in table.done:
        if row["method"] == "hp":
            rows.setdefault((row["m"], row["d"]), []).append(row)
    if not rows:
        return ()
    lines = tuple(
        (
            *(str(m), str(d), str(len(found))),
            _range([row["degree"] for row in found]),
            _range([row["cells"] for row in found]),
            f"{sum(abs(row['error']) for row in found) / len(found):.1e}",
            f"{max(row['bound'] for row in found):.1e}",
        )
        for (m, d), found in sorted(rows.items())
    )
    columns = ("m", "d", "trials", "degrees", "cells", "mean |error|", "largest bound")
    return (Summary("Degree and cells chosen together (hp)", columns, lines),)


def _range(values: Sequence[int]) -> str:
    low, high = min(values), max(values)
    return str(low) if low == high else f"{low} to {high}"


def figures(table: Table) -> tuple[Figure, ...]:
    """Panels by m and curves by k, one figure a method, with dashed slopes."""
    all_series = series_of(table)
    methods = dict.fromkeys(one.method for one in all_series)
    return tuple(_figure(m, [s for s in all_series if s.method == m]) for m in methods)


def _figure(method: str, all_series: Sequence[Series]) -> Figure:
    panels = tuple(
        Panel(
            title=f"m = {m}",
            x_label="number of objects d",
            y_label="mean |f(compressed) - f(data)|",
            curves=tuple(c for one in all_series if one.m == m for c in _curves(one)),
        )
        for m in sorted({one.m for one in all_series})
    )
    return Figure(
        slug=f"error-scaling-{method}",
        title=f"Error of compressions to a tenth, {method}",
        panels=panels,
        caption=(
            "Means over trials of |error|, with their standard errors; dashed: d^-((k+1)/m + 1/2) "
            "through the last point. float64: the same rules, two sums subtracted."
        ),
    )


def _curves(one: Series) -> list[Curve]:
    """The means of all sizes, those left out of fits too, and the slope to compare with."""
    import numpy as np

    by_size: dict[int, list[float]] = {}
    for row in one.rows:
        by_size.setdefault(row["d"], []).append(abs(row["error"]))
    sizes = [d for d in sorted(by_size) if sum(by_size[d]) > 0]
    if not sizes:
        return []
    means = [float(np.mean(by_size[d])) for d in sizes]
    spreads = [float(np.std(by_size[d]) / len(by_size[d]) ** 0.5) for d in sizes]
    suffix = "" if one.precision == "auto" or one.method == "greedy" else f", {one.precision}"
    points = Curve(
        label=f"k = {one.k}{suffix}",
        x=tuple(map(float, sizes)),
        y=tuple(means),
        hue=-1 if one.precision == "float64" and one.method != "greedy" else one.k,
        low=tuple(m - s for m, s in zip(means, spreads, strict=True)),
        high=tuple(m + s for m, s in zip(means, spreads, strict=True)),
    )
    if one.in_float64 and one.method != "greedy":
        return [points]
    law = tuple(means[-1] * (d / sizes[-1]) ** -one.observed for d in sizes)
    return [points, Curve("", points.x, law, style="dashed", hue=one.k)]


def findings(table: Table) -> tuple[Estimate, ...]:
    """The exponents of the means of |error|; float64 series of cells only show the floor."""
    from ucomp_verify.studies.fits import Statistic

    found: list[Estimate] = []
    for one in series_of(table):
        fit = one.fit("error", Statistic.MEAN)
        if fit is None or fit.bootstrap_error is None:  # too few trials to know the spread
            continue
        if one.in_float64 and one.method != "greedy":
            continue
        names = (("method", one.method), ("m", str(one.m)), ("k", str(one.k)))
        spread, trials = fit.standard_error, sum(fit.trials)
        found.append(Estimate(fit.exponent, spread, trials, one.dps, "exponent", names))
    return tuple(found)
