"""Up to which degree float64 goes, by basis and data."""

from collections.abc import Iterator, Sequence
from statistics import median

from ucomp_verify.findings import Estimate
from ucomp_verify.studies.figures import Curve, Figure, Panel
from ucomp_verify.studies.model import Row, Summary, Table

LAST = "largest degree up to which all weights are certified positive"
Group = tuple[str, int, str]  # data, m, basis


def groups(table: Table) -> dict[Group, dict[int, list[Row]]]:
    """The rows of each data, dimension and basis, by increasing degree."""
    found: dict[Group, dict[int, list[Row]]] = {}
    for row in sorted(table.done, key=lambda row: (row["k"], row["trial"])):
        group = row["data"], row["m"], row["basis"]
        found.setdefault(group, {}).setdefault(row["k"], []).append(row)
    return dict(sorted(found.items()))


def last_good(degrees: dict[int, list[Row]]) -> tuple[int | None, int | None]:
    """The largest degree before the first that fails in some trial, and that one; None for none."""
    good: int | None = None
    for k, rows in degrees.items():
        if not all(row.found.get("all_positive", False) for row in rows):
            return good, k
        good = k
    return good, None


def summaries(table: Table) -> tuple[Summary, ...]:
    """How far each basis goes, and what happens there and beyond."""
    rows = tuple(_summary_row(group, degrees) for group, degrees in groups(table).items())
    names = ("data", "m", "basis", "trials", "all weights > 0 up to k", "first failure")
    numbers = ("condition there", "weights' error there", "defect there", "largest defect")
    notes = (
        "Only degrees of the grid were tried. Weights are those that have all moments exactly on "
        "the support that float64 chose, their signs certified by balls. Numbers: medians over "
        "trials at the last degree that is good, the last column over all degrees.",
    )
    left = len(table) - len(table.done)
    if left:
        notes = (*notes, f"{left} cells that did not end well are left out.")
    return (Summary("How far float64 goes", (*names, *numbers), rows, notes),) if rows else ()


def _summary_row(group: Group, degrees: dict[int, list[Row]]) -> tuple[str, ...]:
    data, m, basis = group
    good, bad = last_good(degrees)
    at = degrees[good] if good is not None else []
    every = [row for rows in degrees.values() for row in rows]
    trials = len({row["trial"] for row in every})
    defects = [row["defect"] for row in every if row.found.get("defect") is not None]
    return (
        data,
        f"{m}",
        basis,
        f"{trials}",
        "none" if good is None else f"{good}",
        "none tried" if bad is None else f"k = {bad}: {_failure(degrees[bad])}",
        _median(at, "condition"),
        _median(at, "weights_error"),
        _median(at, "defect"),
        f"{max(defects):.0e}" if defects else "",
    )


def _failure(rows: Sequence[Row]) -> str:
    """What went wrong first: negative weights, or a problem in words."""
    row = next(row for row in rows if not row.found.get("all_positive", False))
    if row.found.get("negative"):
        return f"{row['negative']} of {row['nodes']} weights negative"
    if row.found.get("undecided"):
        return f"{row['undecided']} signs undecided"
    return str(row.found.get("problem", ""))


def _median(rows: Sequence[Row], name: str) -> str:
    values = [row[name] for row in rows if row.found.get(name) is not None]
    return f"{median(values):.0e}" if values else ""


def findings(table: Table) -> tuple[Estimate, ...]:
    """The largest degree up to which all weights are positive, for each data, m and basis."""
    return tuple(_findings(table))


def _findings(table: Table) -> Iterator[Estimate]:
    for (data, m, basis), degrees in groups(table).items():
        good, _ = last_good(degrees)
        trials = max(map(len, degrees.values()))
        names = (("m", f"{m}"), ("data", data), ("basis", basis))
        yield Estimate(float(good or 0), 0.0, trials, 16, LAST, names)


def figures(table: Table) -> tuple[Figure, ...]:
    """Mismatch of the moments and error of the weights against the degree, by data."""
    made = (
        _figure(table, "precision-weights", "weights_error", "error of the float64 weights"),
        _figure(table, "precision-defect", "defect", "mismatch of Chebyshev moments"),
    )
    return tuple(figure for figure in made if any(panel.curves for panel in figure.panels))


def _figure(table: Table, slug: str, name: str, label: str) -> Figure:
    places: dict[tuple[int, str], list[Curve]] = {}
    hues = {basis: hue for hue, basis in enumerate(("monomial", "legendre", "arnoldi"))}
    for (data, m, basis), degrees in groups(table).items():
        points = [(k, value) for k, rows in degrees.items() if (value := _middle(rows, name))]
        places.setdefault((m, data), []).append(Curve.of(basis, points, hue=hues.get(basis, -1)))
    panels = tuple(
        Panel(f"m = {m}, {data}", "k", label, tuple(curves), log_x=False)
        for (m, data), curves in sorted(places.items())
    )
    return Figure(
        slug,
        f"Float64 by basis: {label}",
        panels,
        "Medians over trials, relative to the mass; float64 chose the supports, too. Exact "
        "weights are known to 8 digits, mismatches to 1e-23.",
    )


def _middle(rows: Sequence[Row], name: str) -> float | None:
    values = [row[name] for row in rows if row.found.get(name)]
    return median(values) if values else None
