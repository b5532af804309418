"""What is estimated and drawn from the rows of `lottery-ticket`."""

from collections.abc import Sequence
from statistics import fmean

from ucomp_verify.studies.figures import Curve, Figure, Panel
from ucomp_verify.studies.model import Row, Summary, Table

from .comparing import (
    GEOMETRIC,
    Factor,
    Interval,
    column,
    loss_deviations,
    loss_sentence,
    panel_in_time,
    ratios,
    told,
)
from .groups import ARMS, LOOKS, Key, figure_groups, order_groups, speeds
from .rates import fit_label, fits_of, floors_of, rate_panels

NOTED = 10  # steps: later ones are in the table alone
ABOUT_ARMS = (
    "fair control: random neurons with weights d / d'; paper's control: the same with weights 1; "
    "narrow network: other random parameters in the style of PyTorch; all with as many neurons"
)


def summaries(table: Table) -> tuple[Summary, ...]:
    """The arms of the figure, orders, slopes and floors; those that have rows."""
    parts = (_arms(table), _orders(table), _slopes(table), _floors(table))
    return tuple(part for part in parts if part.rows)


def _label(key: Key) -> str:
    optimiser, rate, activation, k, steps = key
    return f"{optimiser} {rate:g}, {activation}, k = {k}, {steps} steps"


def _title(key: Key) -> str:
    return f"{key[0]}, {key[2]}, T = {key[4]}"


def _arms(table: Table) -> Summary:
    rows: list[tuple[str, ...]] = []
    notes = [ABOUT_ARMS, GEOMETRIC]
    for key, found in figure_groups(table).items():
        label = _label(key)
        rows += [(label, *_arm(found, arm, key[4])) for arm in ARMS]
        one, other = (column(found, f"largest_{arm}") for arm in ("fair", "compressed"))
        notes.append(told(label, "largest gap over the run", one, other))
        one, other = (column(found, f"end_{arm}") for arm in ("fair", "compressed"))
        notes.append(told(label, "gap at the end", one, other))
        three = {arm: ARMS[arm] for arm in ("compressed", "fair", "paper")}
        notes.append(loss_sentence(label, found, three, key[4]))
    columns = (
        *("run", "arm", "neurons", "trials", "final loss / original's"),
        *("largest |loss / original's - 1|", "largest gap / moved", "last gap / moved"),
        "steps a second / original's",
    )
    return Summary("Arms trained on the same batches", columns, tuple(rows), tuple(notes))


def _arm(rows: Sequence[Row], arm: str, last: int) -> tuple[str, ...]:
    losses = (
        ratios(rows, f"loss_{arm}_at_{last}", f"loss_original_at_{last}"),
        loss_deviations(rows, arm),
    )
    gaps = (column(rows, f"largest_{arm}"), column(rows, f"end_{arm}"))
    texts = [Interval.of(one).text for one in losses]
    texts += [Interval.geometric(one).text for one in gaps]
    speed = Interval.of(speeds(rows, arm)).text if speeds(rows, arm) else "-"
    return (ARMS[arm], str(rows[0]["nodes"]), str(len(rows)), *texts, speed)


def _orders(table: Table) -> Summary:
    groups = order_groups(table)
    rows = [(f"compressed, k = {k}", *_gaps(found, "compressed")) for k, found in groups.items()]
    every = [row for found in groups.values() for row in found]
    controls = ("fair", "paper") if every else ()
    rows += [(ARMS[arm], *_gaps(every, arm)) for arm in controls]
    notes = [
        told(f"k = {k}", "largest gap over the run",
             column(found, "largest_fair"), column(found, "largest_compressed"))
        for k, found in groups.items()
    ]  # fmt: skip
    notes += [
        f"from k = {low} to k = {high} the largest gap falls by the factor "
        f"{_fall(groups[low], groups[high]).text}"
        for low, high in zip(groups, list(groups)[1:], strict=False)
        if len(groups[low]) == len(groups[high])
    ]
    columns = ("arm", "neurons", "runs", "largest gap / moved", "last gap / moved")
    return Summary("Largest gap by order, tanh and momentum", columns, tuple(rows), tuple(notes))


def _fall(lower: Sequence[Row], higher: Sequence[Row]) -> Factor:
    return Factor.of(column(lower, "largest_compressed"), column(higher, "largest_compressed"))


def _gaps(rows: Sequence[Row], arm: str) -> tuple[str, ...]:
    nodes = sorted({int(row["nodes"]) for row in rows})
    kept = f"{nodes[0]}" if len(nodes) == 1 else f"{nodes[0]} to {nodes[-1]}"
    gaps = (Interval.geometric(column(rows, f"{what}_{arm}")).text for what in ("largest", "end"))
    return (kept, str(len(rows)), *gaps)


def _slopes(table: Table) -> Summary:
    rows: list[tuple[str, ...]] = []
    notes = [
        "slopes of log(mean gap) against log(neurons); expected at most -(k+1)/m + 0.6, m = 2, "
        "for T <= 10; random neurons are drawn without repetition: ((1 - d'/d) / d')^(1/2)"
    ]
    for key, fit in fits_of(table):
        label = fit_label(key)
        if fit is None:
            notes.append(f"{label}: no fit, fewer than 3 sizes")
            continue
        notes.append(f"{label}: {fit.about}")
        low, high = fit.interval
        limit = None if key.k is None else -(key.k + 1) / 2 + 0.6
        rows.append(
            (
                key.arm, "-" if key.k is None else str(key.k), str(key.step),
                f"{-fit.exponent:.2f} +- {fit.standard_error:.2f}", f"{-high:.2f} to {-low:.2f}",
                "-0.5 expected" if limit is None else f"{limit:.1f}",
                "-" if limit is None else "yes" if -fit.exponent <= limit else "no",
                f"{min(p.value for p in fit.points):.1e}",
            )
        )  # fmt: skip
    columns = ("arm", "k", "T", "slope", "95 %", "at most", "holds", "least mean gap")
    title = "Gap against neurons kept: gradient descent, mean field, tanh"
    return Summary(title, columns, tuple(rows), tuple(notes))


def _floors(table: Table) -> Summary:
    rows: list[tuple[str, ...]] = []
    notes = ["gaps relative to those of gradient descent from the same networks and neurons"]
    for floor in floors_of(table):
        rows.append(
            (
                floor.optimiser, f"{floor.eps:g}", str(floor.k), str(floor.step),
                f"{floor.gap.mean:.2g}", floor.factor.text,
            )
        )  # fmt: skip
        if floor.from_lower is not None and floor.step <= NOTED:
            notes.append(
                f"{floor.optimiser}, eps {floor.eps:g}, T = {floor.step}: the gap at k = {floor.k} "
                f"is {floor.from_lower.text} of that at k = {floor.lower}: "
                + ("higher orders still help" if _helps(floor.from_lower) else "no gain is shown")
            )
    columns = ("optimiser", "eps", "k", "T", "mean gap", "gap / that of gradient descent")
    return Summary("Floor of optimisers that are not analytic", columns, tuple(rows), tuple(notes))


def _helps(share: Factor) -> bool:
    return share.ends is not None and share.ends[1] < 1


def figures(table: Table) -> tuple[Figure, ...]:
    """Loss curves and gaps in time of the figure, gaps by order, and rates in the width."""
    found: list[Figure] = []
    groups = figure_groups(table)
    caption = "Means over trials on the same batches. " + ABOUT_ARMS[0].upper() + ABOUT_ARMS[1:]
    if groups:
        losses = tuple(
            panel_in_time(_title(key), rows, LOOKS, "loss", "test loss")
            for key, rows in groups.items()
        )
        gaps = tuple(
            panel_in_time(_title(key), rows, LOOKS, "gap", "largest gap / moved", relative=True)
            for key, rows in groups.items()
        )
        found.append(Figure("lottery-ticket-losses", "Loss of all arms", losses, caption))
        found.append(Figure("lottery-ticket-gaps", "Prediction gap in time", gaps, caption))
    if order_groups(table):
        found.append(_order_figure(table))
    panels = rate_panels(table)
    if panels:
        below = "Means over trials; dashed: d'^-((k+1)/2), for the controls d'^-1/2, at the last."
        found.append(Figure("lottery-ticket-rates", "Gap against neurons kept", panels, below))
    return tuple(found)


def _order_figure(table: Table) -> Figure:
    groups = order_groups(table)
    curves = tuple(
        Curve.of(
            ARMS[arm],
            [(float(k), fmean(column(rows, f"largest_{arm}"))) for k, rows in groups.items()],
            hue=LOOKS[arm][1],
        )
        for arm in ("compressed", "fair", "paper")
    )
    panel = Panel("tanh, momentum", "order k", "largest gap / moved", curves, log_x=False)
    return Figure(
        "lottery-ticket-orders", "Largest gap by order", (panel,), "Means over trials, float64."
    )
