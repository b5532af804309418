"""Estimates for the claim on Fig. 8, from the rows of its study."""

from collections.abc import Iterator, Sequence
from math import log10
from statistics import median, stdev

from ucomp_verify.findings import Estimate
from ucomp_verify.studies.model import Row, Table

from .tables import SINGLE, best, fitted, is_rounding, of_figure, single, stop

LARGEST = "largest error at the best degree"
ROUNDING = "log10 of the error of float64 weights over that of exact ones, where float64 stops"
BEST = "log10 of the best error that float64 sees over the best exact one"
RATE = "rate of the error in d' over log rho of the nearest pole"
FROM = "degree from which on float64 weights by power sums are mostly rounding"
FLOOR = "median error of float64 weights by power sums from that degree on"


def findings(table: Table) -> tuple[Estimate, ...]:
    """Estimates for the claim on Fig. 8, by the names of quantities above.

    The spread is the standard deviation over trials; of the rate, the standard error.
    """
    return (*_figure_findings(table), *_floor_findings(table), *_rate_findings(table))


def _figure_findings(table: Table) -> Iterator[Estimate]:
    for (size, d), trials in of_figure(table).items():
        names = (("m", "1"), ("d", f"{d}"), ("d'", size))
        chosen = [best(rows) for rows in trials]
        errors = [row["error"] for row in chosen]
        dps = min(row["dps"] for row in chosen)
        yield Estimate(max(errors), _spread(errors), len(errors), dps, LARGEST, names)
        stops = [(row, low) for row, low in zip(map(stop, trials), chosen, strict=True) if row]
        if stops:
            over = [row["log10_over_monomial"] for row, _ in stops]
            yield Estimate(median(over), _spread(over), len(over), dps, ROUNDING, names)
        seen = [(row["error_monomial"], low["log10_error"]) for row, low in stops]
        gaps = [log10(error) - low for error, low in seen if error > 0]
        if gaps:
            yield Estimate(median(gaps), _spread(gaps), len(gaps), dps, BEST, names)


def _floor_findings(table: Table) -> Iterator[Estimate]:
    by_rule: dict[str, list[Row]] = {}
    for (size, _), trials in of_figure(table).items():
        by_rule.setdefault(size, []).extend(row for rows in trials for row in rows)
    for size, rows in by_rule.items():
        clean = [row["k"] for row in rows if not is_rounding(row)]
        beyond = [row for row in rows if row["k"] > max(clean, default=-1)]
        if beyond:
            names = (("m", "1"), ("d'", size))
            errors = [row["error_monomial"] for row in beyond]
            dps = min(row["dps"] for row in beyond)
            first = min(row["k"] for row in beyond)
            yield Estimate(float(first), 0.0, len(beyond), dps, FROM, names)
            yield Estimate(median(errors), _spread(errors), len(errors), dps, FLOOR, names)


def _rate_findings(table: Table) -> Iterator[Estimate]:
    ratios: dict[int, list[float]] = {}
    dps: dict[int, int] = {}
    for d, _, rows in single(table):
        fit = fitted(rows)
        if fit is not None:
            ratios.setdefault(d, []).append(fit.rate / rows[0]["pole_rate"])
            dps[d] = min(row["dps"] for row in rows)
    for d, values in ratios.items():
        mean = sum(values) / len(values)
        names = (("m", "1"), ("d", f"{d}"), ("d'", SINGLE))
        error = _spread(values) / len(values) ** 0.5
        yield Estimate(mean, error, len(values), dps[d], RATE, names)


def _spread(values: Sequence[float]) -> float:
    return stdev(values) if len(values) > 1 else 0.0
