"""What is estimated and drawn from the rows of `worst_case`."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import fmean, median, stdev
from typing import TYPE_CHECKING, NamedTuple

from ucomp_verify.findings import Estimate
from ucomp_verify.studies.figures import Curve, Figure, Panel
from ucomp_verify.studies.model import Row, Summary, Table

if TYPE_CHECKING:
    from ucomp_verify.studies.fits import ExponentialFit, PowerFit

NAMES = ("worst_lower", "error", "adversary")
BOUNDS = (
    ("upper", "upper bound (T4b, T7d)", 9),
    ("lower", "lower bound of any rule (T4c, T8)", -1),
)
LOOKS = (
    ("worst_lower", "worst of the class", (1, 4)),
    ("error", "typical", (0, 2)),
    ("adversary", "adversary of the proof", (3,)),
)  # hues of the plain and of the unbiased rule
PAIRS = (("error", "worst_lower"), ("adversary", "worst_lower"), ("worst_lower", "upper"))
QUOTIENTS = ("typical / worst", "adversary / worst", "worst / upper")
TITLES = {"worst_lower": "worst case", "error": "typical case", "adversary": "adversary"}


@dataclass(frozen=True)
class Series:
    """The rows of one class, method and dimension; of one degree if the class is smooth."""

    kind: str
    method: str
    m: int
    k: int
    rows: tuple[Row, ...]

    @property
    def label(self) -> str:
        """Its settings in words."""
        order = f", k = {self.k}" if self.kind == "smooth" else ""
        return f"{self.kind}, {self.method}, m = {self.m}{order}"

    def samples(self, name: str) -> dict[float, list[float]]:
        """A column of all trials, by nodes for the smooth class, by degree for the analytic.

        Trials may keep different numbers of nodes: their median stands for all.
        """
        found: dict[float, list[float]] = {}
        for group in self._groups():
            size = float(group[0]["k"])
            if self.kind == "smooth":
                size = float(median(row["nodes"] for row in group))
            found[size] = [float(row[name]) for row in group]
        return found

    def _groups(self) -> list[list[Row]]:
        groups: dict[int, list[Row]] = {}
        for row in self.rows:
            groups.setdefault(int(row["cells" if self.kind == "smooth" else "k"]), []).append(row)
        return [groups[place] for place in sorted(groups)]

    def fit(self, name: str) -> "PowerFit | ExponentialFit | None":
        """The mean over trials as d'^-exponent, or as exp(-rate k) if analytic."""
        from ucomp_verify.studies.fits import fit_exponential, fit_power

        fitted = fit_power if self.kind == "smooth" else fit_exponential
        return fitted(self.samples(name))


def decay(fit: "PowerFit | ExponentialFit") -> float:
    """The exponent, or the rate."""
    from ucomp_verify.studies.fits import PowerFit

    return fit.exponent if isinstance(fit, PowerFit) else fit.rate


class Ratio(NamedTuple):
    """The geometric mean of quotients, and exp of the standard deviation of their logarithms."""

    mean: float
    factor: float
    error: float
    rows: int

    @property
    def shown(self) -> str:
        """In words."""
        return f"{self.mean:.2g} (x/ {self.factor:.2g})"


def ratio(rows: Sequence[Row], over: str, under: str) -> Ratio | None:
    """Of two columns, over the rows in which both are > 0; None for fewer than two."""
    pairs = [(float(row[over]), float(row[under])) for row in rows]
    logs = [math.log(a / b) for a, b in pairs if a > 0 and b > 0]
    if len(logs) < 2:
        return None
    mean, spread = math.exp(fmean(logs)), stdev(logs)
    return Ratio(mean, math.exp(spread), mean * spread / math.sqrt(len(logs)), len(logs))


def series_of(table: Table) -> tuple[Series, ...]:
    """All series: smooth ones first, by dimension, degree and method."""
    by_key: dict[tuple[int, int, int, str], list[Row]] = {}
    for row in table.done:
        smooth = row["class"] == "smooth"
        key = int(not smooth), int(row["m"]), int(row["k"]) if smooth else 0, str(row["method"])
        by_key.setdefault(key, []).append(row)
    return tuple(
        Series("analytic" if late else "smooth", method, m, k, tuple(rows))
        for (late, m, k, method), rows in sorted(by_key.items())
    )


def summaries(table: Table) -> tuple[Summary, ...]:
    """Exponents, rates, and whether every row is in order."""
    found = series_of(table)
    smooth = [one for one in found if one.kind == "smooth"]
    others = [one for one in found if one.kind == "analytic"]
    tables = (_exponents(smooth), _rates(others), _order(found))
    return tuple(summary for summary in tables if summary.rows)


def _exponents(found: Sequence[Series]) -> Summary:
    told = (
        "means over trials, fitted against the d' nodes kept",
        "m = 2: `worst case` is only a lower end, mostly by functions of one coordinate, for which "
        "errors of cells in a row cancel: its exponent may be too large; T4b and T4c: (k+1)/m",
    )
    notes = [*told, *_notes(found)]
    rows = tuple(
        (str(one.m), str(one.k), one.method, *_fits(one), f"{(one.k + 1) / one.m:g}", *_ratios(one))
        for one in found
    )
    columns = ("m", "k", "method", *(f"{TITLES[name]} exponent, 95 %" for name in NAMES))
    title = "Fixed smoothness: |D^(k+1) g| <= 1"
    return Summary(title, (*columns, "(k+1)/m", *QUOTIENTS), rows, tuple(notes))


def _rates(found: Sequence[Series]) -> Summary:
    told = (
        "errors ~ exp(-rate k), one reduction of degree k; the bound T7d has the rate log 3 = 1.099"
    )
    rows = tuple((str(one.m), one.method, *_fits(one), *_ratios(one)) for one in found)
    columns = ("m", "method", *(f"{TITLES[name]} rate, 95 %" for name in NAMES))
    title = "Analytic functions: |g| <= 1 on E_3^m"
    return Summary(title, columns + QUOTIENTS, rows, (told, *_notes(found)))


def _notes(found: Sequence[Series]) -> list[str]:
    notes = ["x/ a: the logarithms of the quotients of all rows have the deviation log a"]
    for one in found:
        for name in NAMES:
            fit = one.fit(name)
            told = "no fit: fewer than 3 sizes" if fit is None else fit.about
            notes.append(f"{one.label}, {TITLES[name]}: {told}")
    return notes


def _fits(one: Series) -> list[str]:
    fits = [one.fit(name) for name in NAMES]
    return ["" if fit is None else _shown(fit) for fit in fits]


def _shown(fit: "PowerFit | ExponentialFit") -> str:
    low, high = fit.interval
    return f"{decay(fit):.3f} +- {fit.standard_error:.3f} ({low:.3f} to {high:.3f})"


def _ratios(one: Series) -> list[str]:
    """Over all rows; for the analytic class, where they fall with k, at the ends."""
    return [_quotient(one, *pair) for pair in PAIRS]


def _quotient(one: Series, over: str, under: str) -> str:
    if one.kind == "smooth":
        known = ratio(one.rows, over, under)
        return "" if known is None else known.shown
    orders = sorted({int(row["k"]) for row in one.rows})
    ends = dict.fromkeys((orders[0], orders[-1]))
    shown: list[str] = []
    for k in ends:
        known = ratio([row for row in one.rows if row["k"] == k], over, under)
        shown += [] if known is None else [f"{known.mean:.2g} at k = {k}"]
    return ", ".join(shown)


def _order(found: Sequence[Series]) -> Summary:
    rows = tuple(
        (one.label, str(sum(bool(row["ordered"]) for row in one.rows)), str(len(one.rows)))
        for one in found
    )
    title = "lower <= adversary <= worst <= upper, typical <= worst, on exact ends"
    return Summary(title, ("series", "in order", "rows"), rows)


def findings(table: Table) -> tuple[Estimate, ...]:
    """Exponents and rates of the worst and the typical case, and typical over worst."""
    return tuple(estimate for one in series_of(table) for estimate in _estimates(one))


def _estimates(one: Series) -> Iterator[Estimate]:
    order = (("k", str(one.k)),) if one.kind == "smooth" else ()
    settings = (("class", one.kind), ("method", one.method), ("m", str(one.m)), *order)
    dps = min(int(row["dps"]) for row in one.rows)
    law = "exponent" if one.kind == "smooth" else "rate"
    for name in NAMES:
        fit = one.fit(name)
        if fit is not None:
            spread, trials = fit.standard_error, sum(fit.trials)
            yield Estimate(decay(fit), spread, trials, dps, f"{TITLES[name]} {law}", settings)
    known = ratio(one.rows, "error", "worst_lower")
    if known is not None and one.kind == "smooth":
        yield Estimate(known.mean, known.error, known.rows, dps, "typical over worst", settings)


def figures(table: Table) -> tuple[Figure, ...]:
    """Errors against d' for each m and k, and against k for the analytic class."""
    found = series_of(table)
    smooth = _panels([s for s in found if s.kind == "smooth"], "nodes d' of the rule")
    others = _panels([s for s in found if s.kind == "analytic"], "degree k")
    told = (
        "Means over trials, from the least to the most; all errors are proved and over the mass. "
        "Typical: sigmoids of affine functions, scaled to the class."
    )
    drawn = (
        Figure("worst-case-smooth", "Fixed smoothness: |D^(k+1) g| <= 1", smooth, told),
        Figure("worst-case-analytic", "Analytic functions: |g| <= 1 on E_3^m", others, told),
    )
    return tuple(figure for figure in drawn if figure.panels)


def _panels(found: Sequence[Series], axis: str) -> tuple[Panel, ...]:
    places = dict.fromkeys((one.m, one.k) for one in found)
    panels: list[Panel] = []
    for m, k in places:
        here = [one for one in found if (one.m, one.k) == (m, k)]
        smooth = here[0].kind == "smooth"
        title = f"m = {m}, k = {k}" if smooth else f"m = {m}"
        panels.append(Panel(title, axis, "error / mass", tuple(_curves(here)), log_x=smooth))
    return tuple(panels)


def _curves(found: Sequence[Series]) -> list[Curve]:
    curves = [
        Curve.of(label, _points(found[0], name), style="dashed", hue=hue)
        for name, label, hue in BOUNDS
    ]
    for name, label, hues in LOOKS:
        for one in found[: len(hues)]:
            suffix = ", unbiased rule" if one.method == "unbiased" else ""
            curves.append(_curve(one, name, label + suffix, hues[bool(suffix)]))
    return curves


def _points(one: Series, name: str) -> list[tuple[float, float]]:
    return [(size, fmean(values)) for size, values in sorted(one.samples(name).items())]


def _curve(one: Series, name: str, label: str, hue: int) -> Curve:
    samples = sorted(one.samples(name).items())
    sizes, groups = tuple(size for size, _ in samples), [values for _, values in samples]
    low, high = tuple(map(min, groups)), tuple(map(max, groups))
    return Curve(label, sizes, tuple(map(fmean, groups)), "points", hue, low, high)
