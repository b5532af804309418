"""What is estimated and drawn from the rows of `half_exponent`."""

import math
from collections.abc import Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Any

from ucomp_verify.findings import Estimate
from ucomp_verify.studies.figures import Curve, Figure, Panel
from ucomp_verify.studies.model import Row, Summary, Table

if TYPE_CHECKING:
    from ucomp_verify.studies.fits import PowerFit

PAIRS = ((1, 1), (1, 2), (2, 1), (2, 3), (3, 2))
FEWEST_CELLS = 8
LEVELS = (0.25, 0.5, 1.0, 1.5, 2.0, 3.0)
Key = tuple[str, int, int]


METHODS = ("unbiased", "forced", "fair")


def expected_exponent(method: str, m: int, k: int) -> float | None:
    """(k + 1) / m, and 1/2 more if unbiased; no theorem knows that of a fair coin."""
    if method == "fair":
        return None
    return (k + 1) / m + (0.5 if method == "unbiased" else 0.0)


def rows_of(table: Table, test: str) -> Mapping[Key, list[Row]]:
    """The rows of a kind, by method, m and k."""
    found: dict[Key, list[Row]] = {}
    for row in table.done:
        if row["test"] == test:
            found.setdefault((row["method"], row["m"], row["k"]), []).append(row)
    return {key: found[key] for key in sorted(found)}


def fit_of(rows: list[Row]) -> "PowerFit | None":
    """The power law through the root mean squares over vectors and trials."""
    from ucomp_verify.studies.fits import Statistic, fit_power

    samples: dict[float, list[float]] = {}
    for row in rows:
        if row["cells"] >= FEWEST_CELLS:
            samples.setdefault(float(row["d"]), []).append(float(row["rms"]))
    return fit_power(samples, statistic=Statistic.RMS)


def summaries(table: Table) -> tuple[Summary, ...]:
    """Exponents, the test of the mean weights, and the tails; those that have rows."""
    parts = (_exponents(table), _means(table), _tails(table))
    return tuple(part for part in parts if part.rows)


def _exponents(table: Table) -> Summary:
    rows: list[tuple[str, ...]] = []
    notes = [f"sizes with fewer than {FEWEST_CELLS} cells are left out"]
    for (method, m, k), found in rows_of(table, "exponent").items():
        fit, label = fit_of(found), f"{method}, m = {m}, k = {k}"
        if fit is None:
            notes.append(f"{label}: no fit, fewer than 3 sizes")
            continue
        low, high = fit.interval
        law = expected_exponent(method, m, k)
        notes.append(f"{label}: {fit.about}")
        rows.append(
            (
                *(method, str(m), str(k), f"{fit.exponent:.3f} +- {fit.standard_error:.3f}"),
                f"{low:.3f} to {high:.3f}",
                *(("-", "-") if law is None else (f"{law:.3f}", f"{fit.exponent - law:+.3f}")),
            )
        )
    columns = ("method", "m", "k", "exponent of the rms error", "95 %", "expected", "difference")
    return Summary("Exponents of d", columns, tuple(rows), tuple(notes))


def _means(table: Table) -> Summary:
    rows = tuple(
        (
            *(method, str(m), str(k), str(len(found)), str(found[0]["repeats"])),
            f"{max(row['z'] for row in found):.2f}",
            f"{math.sqrt(sum(row['z_rms'] ** 2 for row in found) / len(found)):.2f}",
            f"{min(row['p'] for row in found):.2g}",
            f"{uniform_p([row['p'] for row in found]):.2g}",
        )
        for (method, m, k), found in rows_of(table, "mean").items()
    )
    columns = ("method", "m", "k", "clouds", "repeats", "largest z", "rms z", "least p", "all p")
    note = "E c' = c makes the rms z about 1 and every p uniform; all p: Fisher's combination"
    return Summary("Mean weights", columns, rows, (note,))


def uniform_p(values: list[float]) -> float:
    """Fisher's p-value of independent p-values together."""
    stats: Any = import_module("scipy.stats")
    if min(values) <= 0:
        return 0.0
    return float(stats.combine_pvalues(values, method="fisher").pvalue)


def _tails(table: Table) -> Summary:
    rows = tuple(
        (
            *(method, str(m), str(k), str(row["cells"]), str(row["repeats"])),
            *(f"{row['variance']:.3g}", f"{row['bias']:.2g}"),
            *(f"{row[f'above_{level:g}'] / row['repeats']:.3g}" for level in LEVELS),
        )
        for (method, m, k), found in rows_of(table, "tail").items()
        for row in found
    )
    columns = ("method", "m", "k", "cells", "repeats", "mean square / S^2", "|mean| / S")
    bounds = ", ".join(f"{tail_bound(level):.3g}" for level in LEVELS)
    note = f"T9 for unbiased: mean square at most S^2, frequencies at most {bounds}"
    return Summary("Tails", columns + tuple(f"> {t:g} S" for t in LEVELS), rows, (note,))


def tail_bound(level: float) -> float:
    """2 exp(-t^2 / 2), at most 1: the bound of P(|error| >= t S)."""
    return min(1.0, 2 * math.exp(-(level**2) / 2))


def figures(table: Table) -> tuple[Figure, ...]:
    """The rms errors of both methods, a panel for each (m, k)."""
    by_key = rows_of(table, "exponent")
    if not by_key:
        return ()
    pairs = sorted({(m, k) for _, m, k in by_key})
    panels = tuple(
        Panel(
            title=f"m = {m}, k = {k}",
            x_label="number of points d",
            y_label="rms error",
            curves=tuple(
                curve
                for hue, method in enumerate(METHODS)
                if (method, m, k) in by_key
                for curve in _curves(method, m, k, by_key[method, m, k], hue)
            ),
        )
        for m, k in pairs
    )
    caption = "Dashed: d^-((k+1)/m + 1/2) and d^-((k+1)/m) through the last points."
    return (Figure("half-exponent", "Unbiased and forced directions", panels, caption),)


def _curves(method: str, m: int, k: int, rows: list[Row], hue: int) -> list[Curve]:
    by_size: dict[float, list[float]] = {}
    for row in rows:
        by_size.setdefault(float(row["d"]), []).append(float(row["rms"]))
    sizes = sorted(by_size)
    values = [math.sqrt(sum(v * v for v in by_size[d]) / len(by_size[d])) for d in sizes]
    points, power = (
        Curve(method, tuple(sizes), tuple(values), hue=hue),
        expected_exponent(method, m, k),
    )
    if power is None:
        return [points]
    law = tuple(values[-1] * (d / sizes[-1]) ** -power for d in sizes)
    return [points, Curve("", points.x, law, style="dashed", hue=hue)]


def findings(table: Table) -> tuple[Estimate, ...]:
    """The exponents, the mean squares over S^2, and the p-values of E c' = c."""
    found: list[Estimate] = []
    for (method, m, k), rows in rows_of(table, "exponent").items():
        fit = fit_of(rows)
        if fit is None or fit.bootstrap_error is None:
            continue
        names = (("method", method), ("m", str(m)), ("k", str(k)))
        dps, trials = min(int(row["dps"]) for row in rows), sum(fit.trials)
        found.append(Estimate(fit.exponent, fit.standard_error, trials, dps, "exponent", names))
    return tuple(found)
