"""The arms of the study, and which rows belong together."""

from collections.abc import Sequence

from ucomp_verify.studies.model import Row, Table

from .comparing import ratios

ARMS = {
    "compressed": "compressed",
    "fair": "fair control",
    "paper": "paper's control",
    "narrow": "narrow network",
}
LOOKS = {
    "original": ("original", -1),
    "compressed": ("compressed", 0),
    "fair": ("fair control", 1),
    "paper": ("paper's control", 2),
    "narrow": ("narrow network", 3),
}
Key = tuple[str, float, str, int, int]


def figure_groups(table: Table) -> dict[Key, list[Row]]:
    """The rows of "figure" by optimiser, rate, activation, order and steps: trials."""
    found: dict[Key, list[Row]] = {}
    for row in table.done.where(experiment="figure"):
        key = (row["optimiser"], row["rate"], row["activation"], row["k"], row["steps"])
        found.setdefault(key, []).append(row)
    return dict(sorted(found.items()))


def order_groups(table: Table) -> dict[int, list[Row]]:
    """The rows of "orders" by order."""
    found: dict[int, list[Row]] = {}
    for row in table.done.where(experiment="orders"):
        found.setdefault(row["k"], []).append(row)
    return dict(sorted(found.items()))


def speeds(rows: Sequence[Row], arm: str) -> list[float]:
    """For each row that was timed the steps a second of an arm over the original's."""
    names = ("step_seconds_original", f"step_seconds_{arm}")
    timed = [row for row in rows if all(row.measured.get(name) for name in names)]
    return ratios(timed, *names)
