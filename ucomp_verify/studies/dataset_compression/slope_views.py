"""Prediction gaps of a smooth student against the number of examples that are kept."""

from collections.abc import Mapping
from statistics import median
from typing import TYPE_CHECKING

from ucomp_verify.findings import Estimate
from ucomp_verify.studies.figures import Curve, Figure, Panel
from ucomp_verify.studies.model import Summary, Table

if TYPE_CHECKING:
    from ucomp_verify.studies.fits import PowerFit

FLOAT_DIGITS = 15


def slope_samples(table: Table) -> Mapping[str, Mapping[float, list[float]]]:
    """The gaps of all trials by arm, "k1" and so on or "random", and by size."""
    found: dict[str, dict[float, list[float]]] = {}
    for row in table.done:
        if row["test"] == "slopes":
            arms = [f"k{k}" for k in str(row["ks"]).split()] + ["random"]
            for arm in arms:
                for size in str(row["sizes"]).split():
                    by_size = found.setdefault(arm, {})
                    by_size.setdefault(float(size), []).append(float(row[f"{arm}_{size}"]))
    return found


def slope_fit(samples: Mapping[float, list[float]]) -> "PowerFit | None":
    """The power law through the medians; in some trials gaps grow far above those of others."""
    from ucomp_verify.studies.fits import Statistic, fit_power

    return fit_power(samples, statistic=Statistic.MEDIAN)


def expected_exponent(arm: str) -> float:
    """(K + 1) / 2 for moments up to K over cells of 2 dimensions; 1/2 for a random subset."""
    return 0.5 if arm == "random" else (int(arm[1:]) + 1) / 2


def slope_summary(table: Table) -> Summary:
    """The exponents of gaps, with intervals and what is expected."""
    rows: list[tuple[str, ...]] = []
    notes = ["expected: at least (K + 1) / 2, 1/2 more if errors of cells have random signs"]
    for arm, samples in slope_samples(table).items():
        fit = slope_fit(samples)
        if fit is None:
            notes.append(f"{arm}: no fit, fewer than 3 sizes")
            continue
        low, high = fit.interval
        exponent = f"{fit.exponent:.2f} +- {fit.standard_error:.2f}"
        gap = f"{fit.points[-1].value:.2g} at {fit.points[-1].size:g}"
        rows.append((arm, exponent, f"{low:.2f} to {high:.2f}", f"{expected_exponent(arm):g}", gap))
        notes.append(f"{arm}: {fit.about}")
    columns = ("arm", "exponent of d'", "95 %", "expected", "gap")
    return Summary("Prediction gap against d', smooth student", columns, tuple(rows), tuple(notes))


def slope_figures(table: Table) -> tuple[Figure, ...]:
    """The gaps of all arms against the size."""
    samples = slope_samples(table)
    if not samples:
        return ()
    panel = Panel(
        title="smooth student, gradient descent",
        x_label="number of examples d'",
        y_label="prediction gap over change",
        curves=tuple(
            curve
            for hue, arm in enumerate(sorted(samples))
            for curve in _gap_curves(arm, samples[arm], hue)
        ),
    )
    caption = "Medians over trials. Dashed: d'^-((K+1)/2), d'^-(1/2) for random."
    return (Figure("dataset-gaps", "Gap against the number of examples", (panel,), caption),)


def _gap_curves(arm: str, samples: Mapping[float, list[float]], hue: int) -> list[Curve]:
    sizes = sorted(samples)
    values = [median(samples[size]) for size in sizes]
    power = expected_exponent(arm)
    law = tuple(values[0] * (size / sizes[0]) ** -power for size in sizes)
    label = "random" if arm == "random" else f"K = {arm[1:]}"
    return [
        Curve(label, tuple(sizes), tuple(values), hue=hue),
        Curve("", tuple(sizes), law, style="dashed", hue=hue),
    ]


def slope_findings(table: Table) -> tuple[Estimate, ...]:
    """The exponents of gaps in d'."""
    found: list[Estimate] = []
    for arm, samples in slope_samples(table).items():
        fit = slope_fit(samples)
        if fit is not None:
            values = (fit.exponent, fit.standard_error, sum(fit.trials), FLOAT_DIGITS)
            quantity = "exponent of the prediction gap in d'"
            found.append(Estimate(*values, quantity, (("arm", arm),)))
    return tuple(found)
