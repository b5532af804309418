"""What the rows of `lottery-ticket` come to, as numbers with standard errors."""

from collections.abc import Iterator, Sequence

from ucomp_verify.findings import Estimate
from ucomp_verify.studies.model import Table

from .comparing import Interval, column, ratios
from .groups import ARMS, figure_groups, order_groups, speeds
from .rates import DESCENT, fits_of, floors_of

LARGEST = "largest prediction gap over the distance moved"
LAST = "final prediction gap over the distance moved"
FINAL_LOSS = "final test loss over the original's"
SPEED = "speed of a step over the original's"
SLOPE = "slope of the prediction gap against the width kept"
OVER_DESCENT = "prediction gap over that of gradient descent"


def findings(table: Table) -> tuple[Estimate, ...]:
    """Gaps, losses and speeds by arm, slopes, and floors; of two trials or more."""
    every = (*_figure_findings(table), *_order_findings(table), *_rate_findings(table))
    return tuple(every)


def _figure_findings(table: Table) -> Iterator[Estimate]:
    for (optimiser, rate, activation, k, steps), rows in figure_groups(table).items():
        for arm in ARMS:
            names = (
                ("experiment", "figure"), ("method", arm), ("optimiser", optimiser),
                ("rate", f"{rate:g}"), ("activation", activation), ("m", "4"), ("k", str(k)),
                ("steps", str(steps)),
            )  # fmt: skip
            for quantity, values in (
                (LARGEST, column(rows, f"largest_{arm}")),
                (LAST, column(rows, f"end_{arm}")),
                (FINAL_LOSS, ratios(rows, f"loss_{arm}_at_{steps}", f"loss_original_at_{steps}")),
                (SPEED, speeds(rows, arm)),
            ):
                yield from estimated(values, quantity, names, min(int(r["dps"]) for r in rows))


def _order_findings(table: Table) -> Iterator[Estimate]:
    for k, rows in order_groups(table).items():
        for arm in ("compressed", "fair", "paper"):
            names = (
                ("experiment", "orders"), ("method", arm), ("optimiser", "momentum"),
                ("activation", "tanh"), ("m", "4"), ("k", str(k)),
            )  # fmt: skip
            yield from estimated(column(rows, f"largest_{arm}"), LARGEST, names, 16)


def _rate_findings(table: Table) -> Iterator[Estimate]:
    for key, fit in fits_of(table):
        if fit is None or fit.bootstrap_error is None:
            continue
        names = [("experiment", "mean-field"), ("method", key.arm), ("optimiser", DESCENT)]
        names += [("activation", "tanh"), ("m", "2"), ("T", str(key.step))]
        names += [] if key.k is None else [("k", str(key.k))]
        trials, spread = sum(fit.trials), fit.standard_error
        yield Estimate(-fit.exponent, spread, trials, 16, SLOPE, tuple(names))
    for floor in floors_of(table):
        names = (
            ("experiment", "mean-field"), ("method", "compressed"), ("optimiser", floor.optimiser),
            ("eps", f"{floor.eps:g}"), ("activation", "tanh"), ("m", "2"), ("k", str(floor.k)),
            ("T", str(floor.step)),
        )  # fmt: skip
        yield from estimated(list(floor.ratios), OVER_DESCENT, names, 16)


def estimated(
    values: Sequence[float], quantity: str, names: tuple[tuple[str, str], ...], dps: int
) -> Iterator[Estimate]:
    """The mean with its standard error; nothing for fewer than two trials."""
    if len(values) > 1:
        found = Interval.of(values)
        yield Estimate(found.mean, found.spread, found.trials, dps, quantity, names)
