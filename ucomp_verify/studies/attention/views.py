"""What is estimated and drawn from the rows of `attention`."""

from collections.abc import Iterator, Sequence

from ucomp_verify.findings import Estimate
from ucomp_verify.studies.figures import Figure
from ucomp_verify.studies.lottery_ticket.comparing import (
    GEOMETRIC,
    Interval,
    column,
    loss_deviations,
    loss_sentence,
    panel_in_time,
    ratios,
    told,
)
from ucomp_verify.studies.model import Row, Summary, Table

ARMS = {
    "output": "compressed, 2 coordinates",
    "gradient": "compressed, 4 coordinates",
    "all": "compressed, 8 coordinates",
    "fair": "fair control",
    "paper": "paper's control",
}
COMPRESSED = ("output", "gradient", "all")
LOOKS = {"original": ("original", -1)} | {arm: (ARMS[arm], i) for i, arm in enumerate(ARMS)}
LIMIT = 0.01  # of the rms gap at the end
GAP_AT_START = "rms prediction gap before training"
GAP_AT_END = "rms prediction gap at the end of training"
LARGEST_GAP = "largest rms prediction gap in training"
FINAL_LOSS = "final test loss over the original's"

Key = tuple[str, int, int]


def groups_of(table: Table) -> dict[Key, list[Row]]:
    """The rows by task, order and steps: trials."""
    found: dict[Key, list[Row]] = {}
    for row in table.done:
        found.setdefault((row["task"], row["k"], row["steps"]), []).append(row)
    return dict(sorted(found.items()))


def summaries(table: Table) -> tuple[Summary, ...]:
    """The gaps and losses of all arms, and what follows of them."""
    rows: list[tuple[str, ...]] = []
    notes = [
        "fair control: random heads with weights d / d'; paper's control: the same with weights 1; "
        "2 coordinates: <q, k>, <o, v>; 4: also |q|^2 + |k|^2, |o|^2 + |v|^2; 8: all parameters",
        GEOMETRIC,
    ]
    for key, found in groups_of(table).items():
        rows += [(_label(key), *_arm(found, arm, key[2])) for arm in ARMS]
        notes += list(_sentences(key, found))
    columns = (
        *("run", "arm", "heads", "trials", "rms gap at 0", "largest", "at the end"),
        *("final loss / original's", "largest |loss / original's - 1|"),
    )
    if not rows:
        return ()
    return (Summary("Heads trained on the same sequences", columns, tuple(rows), tuple(notes)),)


def _label(key: Key) -> str:
    return f"{key[0]}, k = {key[1]}, {key[2]} steps"


def _arm(rows: Sequence[Row], arm: str, last: int) -> tuple[str, ...]:
    gaps = (
        column(rows, f"rms_{arm}_at_0"),
        largest_rms(rows, arm),
        column(rows, f"rms_{arm}_at_{last}"),
    )
    losses = (
        ratios(rows, f"loss_{arm}_at_{last}", f"loss_original_at_{last}"),
        loss_deviations(rows, arm),
    )
    heads = rows[0][f"nodes_{arm}" if arm in COMPRESSED else "nodes"]
    texts = [Interval.geometric(one).text for one in gaps]
    texts += [Interval.of(one).text for one in losses]
    return (ARMS[arm], str(heads), str(len(rows)), *texts)


def largest_rms(rows: Sequence[Row], arm: str) -> list[float]:
    """For each row the largest rms gap over the run."""
    start = f"rms_{arm}_at_"
    return [max(float(row[name]) for name in row.found if name.startswith(start)) for row in rows]


def _sentences(key: Key, rows: Sequence[Row]) -> Iterator[str]:
    label, last = _label(key), key[2]
    for arm in COMPRESSED:
        own = f"{label}, {ARMS[arm].removeprefix('compressed, ')}"
        for what, step in (("rms gap before training", 0), ("rms gap at the end", last)):
            fair, mine = (column(rows, f"rms_{a}_at_{step}") for a in ("fair", arm))
            yield told(own, what, fair, mine)
    yield f"{label}: rms gap at the end {_beside(rows, last)}"
    yield loss_sentence(label, rows, {a: ARMS[a] for a in ("output", "fair", "paper")}, last)


def _beside(rows: Sequence[Row], last: int) -> str:
    """Which arms end below the limit, by the upper or lower ends of their intervals."""
    ends = {arm: Interval.geometric(column(rows, f"rms_{arm}_at_{last}")) for arm in ARMS}
    return ", ".join(f"{_place(found)} {LIMIT} for {ARMS[arm]}" for arm, found in ends.items())


def _place(found: Interval) -> str:
    low, high = found.ends or (found.mean, found.mean)
    return "below" if high < LIMIT else "above" if low > LIMIT else "not told apart from"


def figures(table: Table) -> tuple[Figure, ...]:
    """Loss curves and rms gaps in time, a panel for each task and order."""
    groups = groups_of(table)
    if not groups:
        return ()
    losses = tuple(
        panel_in_time(f"{key[0]}, k = {key[1]}", rows, LOOKS, "loss", "test loss")
        for key, rows in groups.items()
    )
    gaps = tuple(
        panel_in_time(f"{key[0]}, k = {key[1]}", rows, LOOKS, "rms", "rms prediction gap")
        for key, rows in groups.items()
    )
    caption = "Means over trials; heads by 2, 4 or 8 coordinates; controls are random heads."
    return (
        Figure("attention-losses", "Loss of all arms", losses, caption),
        Figure("attention-gaps", "Prediction gap in time", gaps, caption),
    )


def findings(table: Table) -> tuple[Estimate, ...]:
    """Gaps at the start, at the end and the largest, and final losses; of two trials or more."""
    return tuple(_findings(table))


def _findings(table: Table) -> Iterator[Estimate]:
    for (task, k, steps), rows in groups_of(table).items():
        for arm in ARMS if len(rows) > 1 else ():
            names = _names(task, k, steps, arm)
            for quantity, values in (
                (GAP_AT_START, column(rows, f"rms_{arm}_at_0")),
                (GAP_AT_END, column(rows, f"rms_{arm}_at_{steps}")),
                (LARGEST_GAP, largest_rms(rows, arm)),
                (FINAL_LOSS, ratios(rows, f"loss_{arm}_at_{steps}", f"loss_original_at_{steps}")),
            ):
                found = Interval.of(values)
                yield Estimate(found.mean, found.spread, found.trials, 16, quantity, names)


def _names(task: str, k: int, steps: int, arm: str) -> tuple[tuple[str, str], ...]:
    method = "compressed" if arm in COMPRESSED else arm
    names = [("task", task), ("method", method), ("optimiser", "Adam"), ("k", str(k))]
    names += [("coordinates", arm)] if arm in COMPRESSED else []
    return (*names, ("steps", str(steps)))
