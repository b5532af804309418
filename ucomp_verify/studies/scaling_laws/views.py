"""What is estimated and drawn from the rows of `scaling_laws`."""

from collections.abc import Sequence

from ucomp_verify.findings import Estimate
from ucomp_verify.studies.figures import Curve, Figure, Panel
from ucomp_verify.studies.fits import LEAST_TRIALS
from ucomp_verify.studies.model import Summary, Table

from .laws import Compared, Laws, laws_of, ratio

ARMS = {
    "data": ("original", "compressed", "isotropic", "zeroth", "random"),
    "width": ("original", "compressed", "weighted", "unweighted", "narrow"),
}
CONTROLS = {"data": ("random", "zeroth"), "width": ("weighted",)}
MEANING = {
    "original": "all objects",
    "compressed": "moments kept; of data sets those of x^a and y x^a",
    "isotropic": "all moments of (x, y) kept",
    "zeroth": "sums of 1 and y kept (k = 0), in as many cells of two examples",
    "random": "random subset, weights d / d' (the loss is a mean: weights 1 give the same)",
    "weighted": "random neurons, weights d / d': the fair control",
    "unweighted": "random neurons, weights 1: the paper's control",
    "narrow": "a new network of width d'",
}
FAIR = (
    "more than a random subset gives: its exponent is larger than that of the fair control",
    "the doubling is no evidence for moment matching: the fair control has the same exponent",
    "no evidence for moment matching: the fair control has the larger exponent",
)
ZEROTH = (
    "higher moments are seen: the exponent is larger than with k = 0",
    "no evidence for higher moments: k = 0, in smaller cells, has the same exponent",
    "no evidence for higher moments: k = 0, in smaller cells, has the larger exponent",
)
"""What follows if the exponent of `compressed` is larger, the same, smaller."""
FLOAT_DIGITS = {"data": 15, "width": 6}


def summaries(table: Table) -> tuple[Summary, ...]:
    """For each part the exponents, what follows from them, and the losses."""
    found = laws_of(table, ARMS)
    return tuple(make(laws) for laws in found for make in (_exponents, _conclusions, _losses))


def _exponents(laws: Laws) -> Summary:
    rows: list[tuple[str, ...]] = []
    notes = [f"{arm}: {MEANING[arm]}" for arm in laws.arms]
    notes.append(
        "loss ~ d^-a for the original, ~ d'^-a for the others, d' = [16 sqrt d]: arms whose loss "
        "is just that of the original have the ratio 2"
    )
    for arm in laws.arms:
        fit = laws.fit(arm)
        if fit is None:
            continue
        low, high = fit.interval
        to_original = laws.compared(arm, "original", ratio)
        rows.append(
            (
                *(arm, f"{fit.exponent:.3f} +- {fit.standard_error:.3f}"),
                f"{low:.3f} to {high:.3f}",
                f"{to_original.value:.2f}",
                _interval(to_original, 2),
            )
        )
        notes.append(f"{arm}: {fit.about}")
    columns = ("arm", "exponent", "95 %", "ratio to the original's", "95 % of ratio")
    return Summary(f"Exponents: {laws.label}", columns, tuple(rows), tuple(notes))


def _interval(of: Compared, digits: int) -> str:
    if of.interval is None:
        return "-"
    return f"{of.interval[0]:.{digits}f} to {of.interval[1]:.{digits}f}"


def _conclusions(laws: Laws) -> Summary:
    rows: list[tuple[str, ...]] = []
    for control in CONTROLS[laws.part]:
        found = laws.apart("compressed", control)
        rows.append(
            (control, f"{found.value:+.3f}", _interval(found, 3), conclusion(found, control))
        )
    columns = ("control", "exponent of compressed minus its", "95 %", "what follows")
    few = len(laws.trials) < LEAST_TRIALS
    how = "interval by the residuals of the line" if few else "drawn again as a whole"
    note = f"{len(laws.trials)} trials, {how}: arms and sizes share their data"
    return Summary(f"Against controls: {laws.label}", columns, tuple(rows), (note,))


def conclusion(found: Compared, control: str) -> str:
    """What follows from the difference of the compressed exponent and that of a control."""
    seen, equal, less = ZEROTH if control == "zeroth" else FAIR
    assert found.interval is not None
    low, high = found.interval
    return seen if low > 0 else less if high < 0 else equal


def _losses(laws: Laws) -> Summary:
    """Mean losses by d, with the ratio to the original's behind the others."""
    rows: list[tuple[str, ...]] = []
    for d in laws.sizes:
        means = {arm: _mean(laws.samples(arm)[laws.place(arm, d)]) for arm in laws.arms}
        cells = (f"{means[a]:.4g} ({means[a] / means['original']:.3f})" for a in laws.arms[1:])
        place = f"{laws.place(laws.arms[1], d):g}"
        rows.append((str(d), place, f"{means['original']:.4g}", *cells))
    columns = ("d", "d'", *laws.arms)
    note = f"means over {len(laws.trials)} trials; in brackets the ratio to the original's"
    return Summary(f"Test losses: {laws.label}", columns, tuple(rows), (note,))


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def figures(table: Table) -> tuple[Figure, ...]:
    """The losses of all arms against d or d', with the fitted laws; a panel for each part."""
    panels = tuple(
        Panel(
            title=laws.label,
            x_label="number of objects kept, d or d'",
            y_label="test loss",
            curves=tuple(c for hue, arm in enumerate(laws.arms) for c in _curves(laws, arm, hue)),
        )
        for laws in laws_of(table, ARMS)
    )
    if not panels:
        return ()
    caption = "Means over trials, bars from the least to the most. Dashed: fitted power laws."
    return (Figure("scaling-laws", "Scaling laws before and after compression", panels, caption),)


def _curves(laws: Laws, arm: str, hue: int) -> list[Curve]:
    samples, fit = laws.samples(arm), laws.fit(arm)
    sizes = tuple(samples)
    low, high = (tuple(end(v) for v in samples.values()) for end in (min, max))
    means = tuple(_mean(values) for values in samples.values())
    curves = [Curve(arm, sizes, means, hue=hue, low=low, high=high)]
    if fit is not None:
        law = [(size, fit.at(size)) for size in (sizes[0], sizes[-1])]
        curves.append(Curve.of("", law, style="dashed", hue=hue))
    return curves


def findings(table: Table) -> tuple[Estimate, ...]:
    """Exponents, their ratios to the original's, and differences to the controls."""
    return tuple(one for laws in laws_of(table, ARMS) for one in _estimates(laws))


def _estimates(laws: Laws) -> list[Estimate]:
    found: list[Estimate] = []
    dps, trials = FLOAT_DIGITS[laws.part], len(laws.trials) * len(laws.sizes)
    what = (("part", laws.part), ("k", str(laws.k)), ("steps", str(laws.steps)))
    for arm in laws.arms:
        fit, here = laws.fit(arm), (*what, ("arm", arm))
        if fit is not None:
            of_loss = (fit.exponent, fit.standard_error, trials, dps)
            found.append(Estimate(*of_loss, "exponent of the test loss", here))
        to_original = laws.compared(arm, "original", ratio)
        if arm != "original" and to_original.error is not None:
            values = (to_original.value, to_original.error, trials, dps)
            found.append(Estimate(*values, "exponent over that of the original", here))
    for control in CONTROLS[laws.part]:
        apart = laws.apart("compressed", control)
        if apart.error is not None:
            values = (apart.value, apart.error, trials, dps)
            quantity = "exponent minus that of a control"
            here = (*what, ("arm", "compressed"), ("control", control))
            found.append(Estimate(*values, quantity, here))
    return found
