"""The table of optimisers, and what it says on the rules for weights."""

from collections.abc import Iterator

from ucomp_verify.findings import Estimate
from ucomp_verify.studies.figures import Figure
from ucomp_verify.studies.model import Row, Summary, Table

LIFTED = "gap of the lifted step to equal objects"
FIRST = "two-layer tanh"  # of the networks: all optimisers are tried on it
COLUMNS = (
    "optimiser",
    "network",
    "acts on",
    "equivariant",
    "lifted",
    "1/c rule",
    "raw gradients",
    "weighted sums",
)


def summaries(table: Table) -> tuple[Summary, ...]:
    """All optimisers, family by family."""
    rows = sorted(
        table.done, key=lambda row: (row["network"] != FIRST, row["network"], row["family"])
    )
    if not rows:
        return ()
    return (Summary("Optimisers and weights", COLUMNS, tuple(map(_line, rows)), _notes(rows)),)


def _line(row: Row) -> tuple[str, ...]:
    lifted = f"refused: {row['refused']}" if row["lifted"] is None else row["lifted"]
    equivariant = "yes" if row["equivariant"] else "no"
    sums = "" if row["lifted"] is None else str(row["weighted_sums"])
    first = (row["optimiser"], row["network"], row["family"], equivariant)
    return (*first, lifted, row["paper"], row["raw"], sums)


def _notes(rows: list[Row]) -> tuple[str, ...]:
    lifted = [row for row in rows if row["lifted"] is not None]
    exact = {
        name: sum(row[name] == "exact" for row in lifted) for name in ("lifted", "paper", "raw")
    }
    steps = sorted({row["steps"] for row in rows})
    return (
        f"Of {len(rows)} pairs {len(lifted)} are lifted; there the lifted step is exact in "
        f"{exact['lifted']}, gradients divided by weights in {exact['paper']}, raw gradients in "
        f"{exact['raw']}.",
        "An integer weight c stands for c equal neurons (or heads) of the original network. Gaps "
        "are the largest differences of predictions, relative to how far training moves them, "
        f"after {', '.join(map(str, steps))} steps in float64; exact: at most 1e-12. Refused: the "
        "step sees the index of an object, by the primitive named.",
    )


def figures(table: Table) -> tuple[Figure, ...]:
    """None: the table says it."""
    del table
    return ()


def findings(table: Table) -> tuple[Estimate, ...]:
    """The gap of every step that was lifted."""
    return tuple(_findings(table))


def _findings(table: Table) -> Iterator[Estimate]:
    for row in table.done:
        gap = row.measured.get("lifted_gap")
        if isinstance(gap, float):
            names = (("optimiser", row["optimiser"]), ("network", row["network"]))
            yield Estimate(gap, 0.0, row["trials"], 15, LIFTED, names)
