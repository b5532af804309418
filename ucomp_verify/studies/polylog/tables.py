"""What the rows of the study of Fig. 8 come to."""

import itertools
from collections.abc import Callable, Iterator, Sequence
from math import floor
from statistics import median
from typing import Any

from ucomp_verify.studies.model import Row, Summary, Table

SINGLE = "k + 1"
WEIGHTS = ("monomial", "nnls", "legendre")
MUCH = 1.0  # decades by which float64 weights have to be worse to count as rounding

Group = tuple[str, int, int]  # size, d, trial


def by_trial(table: Table) -> dict[Group, list[Row]]:
    """The rows of each size rule, d and trial, by increasing degree."""
    groups: dict[Group, list[Row]] = {}
    for row in sorted(table.done, key=lambda row: row["k"]):
        groups.setdefault((row["size"], row["d"], row["trial"]), []).append(row)
    return dict(sorted(groups.items()))


def of_figure(table: Table) -> dict[tuple[str, int], list[list[Row]]]:
    """The trials of each size rule of Fig. 8 and d."""
    found: dict[tuple[str, int], list[list[Row]]] = {}
    for (size, d, _), rows in by_trial(table).items():
        if size != SINGLE:
            found.setdefault((size, d), []).append(rows)
    return found


def best(rows: Sequence[Row]) -> Row:
    """The row of the smallest certified error."""
    return min(rows, key=lambda row: row["log10_error"])


def stop(rows: Sequence[Row], weights: str = "monomial") -> Row | None:
    """The last row before the error that float64 sees rises for the first time.

    So a program finds its best degree that knows no errors but its own. None without a rise.
    """
    seen = [row for row in rows if f"seen_{weights}" in row.found]
    for row, after in itertools.pairwise(seen):
        if after[f"seen_{weights}"] > row[f"seen_{weights}"]:
            return row
    return None


def summaries(table: Table) -> tuple[Summary, ...]:
    """The best degrees, where float64 stops, rounding by degree, and the rate."""
    makers: tuple[Callable[[Table], Summary], ...] = (_best, _stops, _rounding, _rates)
    made = (make(table) for make in makers)
    return tuple(summary for summary in made if summary.rows)


def _best(table: Table) -> Summary:
    rows: list[tuple[str, ...]] = []
    for (size, d), trials in of_figure(table).items():
        chosen = [best(rows) for rows in trials]
        last = sum(row is rows[-1] for row, rows in zip(chosen, trials, strict=True))
        within = sum(row["within_bound"] for one in trials for row in one)
        rows.append(
            (
                size,
                f"{d}",
                f"{len(chosen)}",
                _range([row["k"] for row in chosen]),
                f"{last} of {len(chosen)}",
                _power(median(row["log10_error"] for row in chosen)),
                _power(max(row["log10_error"] for row in chosen)),
                f"{within} of {sum(map(len, trials))}",
            )
        )
    names = ("d'", "d", "trials", "best k", "best is the last tried")
    certified = ("median error", "largest error", "below T7d's bound")
    notes = (
        "Errors are upper ends of enclosures, of exact weights, at the degree of the smallest one "
        "among those tried in each trial.",
        *_left_out(table),
    )
    return Summary("Certified errors at the best degree", (*names, *certified), tuple(rows), notes)


def _stops(table: Table) -> Summary:
    rows: list[tuple[str, ...]] = []
    unended = 0
    for (size, d), trials in of_figure(table).items():
        stops = [row for row in map(stop, trials) if row is not None]
        unended += len(trials) - len(stops)
        if stops:
            over = [row["log10_over_monomial"] for row in stops]
            rows.append(
                (
                    size,
                    f"{d}",
                    f"{len(stops)}",
                    _range([row["k"] for row in stops]),
                    f"{median(row['seen_monomial'] for row in stops):.1e}",
                    f"{max(row['seen_monomial'] for row in stops):.1e}",
                    f"{max(row['error'] for row in stops):.1e}",
                    f"{median(over):.1f} ({min(over):.1f} to {max(over):.1f})",
                )
            )
    names = ("d'", "d", "trials", "k", "median seen", "largest seen", "largest exact")
    notes = [
        "k is the last degree before the error that float64 sees, with weights by raw power sums, "
        "rises for the first time. Decades: log10 of the certified error of these weights over "
        "that of exact weights on the same support."
    ]
    if unended:
        notes.append(f"{unended} trials without a rise among the degrees tried are left out.")
    return Summary("Where a float64 program stops", (*names, "decades"), tuple(rows), (*notes,))


def _rounding(table: Table) -> Summary:
    rows: list[tuple[str, ...]] = []
    figure = [row for trials in of_figure(table).values() for one in trials for row in one]
    for size, k in sorted({(row["size"], row["k"]) for row in figure}):
        here = [row for row in figure if (row["size"], row["k"]) == (size, k)]
        rows.append(
            (
                size,
                f"{k}",
                f"{len(here)}",
                _power(median(row["log10_error"] for row in here)),
                *(_of_weights(here, name) for name in WEIGHTS),
                f"{sum(is_rounding(row) for row in here)} of {len(here)}",
            )
        )
    names = ("d'", "k", "rows", "exact", *WEIGHTS, "mostly rounding")
    notes = (
        "Medians over all d and trials, in brackets the largest; all are certified errors on the "
        "same supports. Mostly rounding: the weights by raw power sums err 10 times as much as "
        f"exact ones. f itself is rounded by {_largest(figure, 'value_rounding'):.0e} at most."
        if figure
        else "",
    )
    return Summary("Float64 weights against exact ones", names, tuple(rows), notes)


def _rates(table: Table) -> Summary:
    rows = tuple(_rate_row(*one) for one in single(table))
    names = ("d", "trial", "d'", "error down to", "below T7d's bound", "least bound / error")
    laws = ("rate", "95 % interval", "log rho", "rate / log rho", "largest residual")
    notes = (
        "One reduction of all points, d' = k + 1. error = C exp(-rate d') by least squares through "
        "the logarithms; residuals in digits. rho belongs to the pole nearest to [-1, 1]; T7d's "
        "bound falls by log rho, nearly.",
    )
    return Summary("Rate of the error in d' for one reduction", (*names, *laws), rows, notes)


def _rate_row(d: int, trial: int, rows: Sequence[Row]) -> tuple[str, ...]:
    within = sum(row["within_bound"] for row in rows)
    sizes = [row["nodes"] for row in rows]
    gap = min(row["log10_bound"] - row["log10_error"] for row in rows)
    start = (
        f"{d}",
        f"{trial}",
        f"{min(sizes)} to {max(sizes)}",
        _power(min(row["log10_error"] for row in rows)),
        f"{within} of {len(rows)}",
        _power(gap),
    )
    fit, rate = fitted(rows), rows[0]["pole_rate"]
    if fit is None:
        return (*start, "too few sizes", "", f"{rate:.4f}", "", "")
    low, high = fit.interval
    return (
        *start,
        f"{fit.rate:.4f}",
        f"{low:.4f} to {high:.4f}",
        f"{rate:.4f}",
        f"{fit.rate / rate:.3f}",
        f"{fit.largest_residual:.2f}",
    )


def single(table: Table) -> Iterator[tuple[int, int, list[Row]]]:
    """The rows of one reduction of all points, by d and trial."""
    for (size, d, trial), rows in by_trial(table).items():
        if size == SINGLE:
            yield d, trial, rows


def fitted(rows: Sequence[Row]) -> Any:
    """The exponential law in d' through the certified errors; None with fewer than 3 sizes."""
    from ucomp_verify.studies.fits import fit_exponential

    return fit_exponential({row["nodes"]: [row["error"]] for row in rows})


def _of_weights(rows: Sequence[Row], name: str) -> str:
    errors = [row[f"error_{name}"] for row in rows if f"error_{name}" in row.found]
    gave_up = len(rows) - len(errors)
    text = f"{median(errors):.1e} ({max(errors):.0e})" if errors else ""
    return f"{text}, {gave_up} without weights" if gave_up else text


def is_rounding(row: Row) -> bool:
    """Whether weights by power sums err 10 times as much as exact ones."""
    return "log10_over_monomial" in row.found and row["log10_over_monomial"] > MUCH


def _largest(rows: Sequence[Row], name: str) -> float:
    return max((row[name] for row in rows), default=0.0)


def _left_out(table: Table) -> list[str]:
    ended = len(table) - len(table.done)
    return [f"{ended} cells that did not end well are left out."] if ended else []


def _power(logarithm: float) -> str:
    """10^logarithm in two digits, below the range of float64 too.

    >>> _power(-400.5)
    '3.2e-401'
    """
    exponent = floor(logarithm)
    mantissa = f"{10 ** (logarithm - exponent):.1f}"
    if mantissa == "10.0":
        mantissa, exponent = "1.0", exponent + 1
    return f"{mantissa}e{exponent}"


def _range(values: Sequence[int]) -> str:
    return f"{min(values)}" if min(values) == max(values) else f"{min(values)} to {max(values)}"
