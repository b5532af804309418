"""Fig. 8 drawn with certified errors, the rate, and what float64 makes of it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from statistics import geometric_mean
from typing import Any

from ucomp_verify.studies.figures import Curve, Figure, Panel
from ucomp_verify.studies.model import Row, Table
from ucomp_verify.studies.references import UnreadableReference

from .tables import best, by_trial, fitted, of_figure, single, stop

GREY = -1


def figures(table: Table) -> tuple[Figure, ...]:
    """Error against degree, best error against d, and the rate; those with rows."""
    made = (_degrees(table), _sizes(table), _rate(table))
    return tuple(figure for figure in made if any(panel.curves for panel in figure.panels))


def drawn_beside(figure: Figure, rows: Sequence[Mapping[str, float]]) -> Figure:
    """The figure with the authors' best errors, columns d and least_error, in grey.

    They belong to d' = 120 ln d and are drawn where best errors stand against d.
    UnreadableReference without these columns.
    """
    if figure.slug != "polylog-best":
        return figure
    errors: dict[float, list[float]] = {}
    for row in rows:
        if missing := {"d", "least_error"} - row.keys():
            raise UnreadableReference(
                f"found the columns {', '.join(row)}; expected {', '.join(sorted(missing))} as well"
            )
        errors.setdefault(row["d"], []).append(row["least_error"])
    largest = Curve.of("published, largest", [(d, max(e)) for d, e in errors.items()], hue=GREY)
    panels = (
        replace(p, curves=(*p.curves, largest)) if "120 ln d" in p.title else p
        for p in figure.panels
    )
    return replace(figure, panels=tuple(panels))


def _degrees(table: Table) -> Figure:
    panels: list[Panel] = []
    for size in _rules(table):
        groups = [(d, trials) for (rule, d), trials in of_figure(table).items() if rule == size]
        exact = [
            Curve.of(f"d = {d}", _means(trials, "error"), hue=hue)
            for hue, (d, trials) in enumerate(groups)
        ]
        rounded = [
            Curve.of(f"float64, d = {d}", _means(trials, "error_monomial"), style="dashed", hue=hue)
            for hue, (d, trials) in enumerate(groups)
        ]
        panels.append(
            Panel(f"d' = {size}", "k", "error", (*exact, *rounded), log_x=False, log_y=True)
        )
    return Figure(
        "polylog-degree",
        "Error against the degree at d' = 120 ln d and 20 ln^2 d",
        tuple(panels),
        "Geometric means over trials. Points: certified errors of exact weights; dashed: certified "
        "errors of weights that float64 finds on the same supports by raw power sums.",
    )


def _means(trials: Sequence[Sequence[Row]], name: str) -> list[tuple[float, float]]:
    values: dict[float, list[float]] = {}
    for row in (row for rows in trials for row in rows):
        if row.found.get(name):
            values.setdefault(row["k"], []).append(row[name])
    return [(k, geometric_mean(found)) for k, found in values.items()]


def _sizes(table: Table) -> Figure:
    panels = tuple(
        Panel(f"best k, d' = {size}", "d", "error", tuple(_of_sizes(table, size)))
        for size in _rules(table)
    )
    return Figure(
        "polylog-best",
        "Error at the best degree against d",
        panels,
        "The largest of the trials. T7d's bound is for the same rules. The float64 curves are what "
        "a float64 program sees at the degree where its error first rises.",
    )


def _of_sizes(table: Table, size: str) -> Iterator[Curve]:
    exact: list[tuple[float, float]] = []
    bounds: list[tuple[float, float]] = []
    seen: list[tuple[float, float]] = []
    for (rule, d), trials in of_figure(table).items():
        if rule == size:
            chosen = [best(rows) for rows in trials]
            exact.append((d, max(row["error"] for row in chosen)))
            bounds.append((d, max(float(row["bound"]) for row in chosen)))
            seen += [
                (d, max(row["seen_monomial"] for row in stops))
                for stops in [_stops(trials)]
                if stops
            ]
    yield Curve.of("exact weights, certified", exact, hue=0)
    yield Curve.of("T7d, proved", bounds, style="dashed", hue=0)
    yield Curve.of("float64, where it stops", seen, hue=1)


def _stops(trials: Sequence[Sequence[Row]]) -> list[Row]:
    return [row for row in map(stop, trials) if row is not None]


def _rate(table: Table) -> Figure:
    curves: list[Curve] = []
    for hue, (d, trial, rows) in enumerate(single(table)):
        name = f"d = {d}, trial {trial}"
        curves.append(Curve.of(name, [(r["nodes"], r["error"]) for r in rows], hue=hue))
        bounds = [(r["nodes"], float(r["bound"])) for r in rows]
        curves.append(Curve.of(f"T7d, trial {trial}", bounds, style="dashed", hue=hue))
        fit: Any = fitted(rows)
        if fit is not None:
            line = [(size, fit.at(size)) for size in fit.sizes]
            curves.append(Curve.of(f"rate {fit.rate:.3f}", line, style="line", hue=hue))
    panel = Panel("one reduction of all points", "d'", "error", tuple(curves), log_x=False)
    return Figure(
        "polylog-rate",
        "Error against d' for one reduction",
        (panel,),
        "Certified errors of exact weights, the bound T7d for the same rules, and the law "
        "C exp(-rate d') by least squares.",
    )


def _rules(table: Table) -> list[str]:
    return list(dict.fromkeys(size for size, _, _ in by_trial(table) if size != "k + 1"))
