"""Figure 3 with batches, and many steps: which moments a compressed data set has to keep."""

from collections.abc import Mapping
from math import inf, isfinite

from ucomp_verify.findings import Estimate, Finding

from .base import SILENT, Bearing, Claim, Kind, Parameter, Reading, Source, Variant
from .training_runs import ALLOWED, LEAST_TRIALS, follows
from .training_set_figure import LOSS

BATCHES = {"batch": "256", "epochs": "400"}
AS_MANY_STEPS = {"batch": "all", "epochs": "16000"}


def _read(finding: Finding) -> Reading:
    """The moments that the loss needs suffice; all moments of (x, y) do not."""
    if (reading := follows(finding, LOSS, {**BATCHES, "arm": "compressed"})) != SILENT:
        return reading
    for setting in (BATCHES, AS_MANY_STEPS):
        if (reading := _ends_above(finding, {**setting, "arm": "isotropic"})) != SILENT:
            return reading
    return SILENT


def _ends_above(finding: Finding, wanted: Mapping[str, str]) -> Reading:
    """Whether the loss is more than a tenth above, by two standard errors; silent in between."""
    if not isinstance(finding, Estimate) or finding.quantity != LOSS:
        return SILENT
    names = dict(finding.parameters)
    known = isfinite(finding.value) and 0 <= finding.spread < inf
    if not known or finding.trials < LEAST_TRIALS:
        return SILENT
    apart = finding.value - 1 - ALLOWED
    if any(names.get(k) != v for k, v in wanted.items()) or abs(apart) < 2 * finding.spread:
        return SILENT
    bearing = Bearing.INSTANCE if apart > 0 else Bearing.REFUTES
    shows = rf"{finding.quantity}: ${finding.value:.3f} \pm {finding.spread:.3f}$"
    return Reading(bearing, finding.parameters, shows=shows)


TRAINING_SET_BATCHES = Claim(
    slug="training-set-batches",
    title="Fig. 3 with batches and many steps: the moments that the loss needs, not all",
    kind=Kind.REMARK,
    variant=Variant.NEW,
    statement=(
        r"In the setting of Fig. 3 ($d = 10^4$, $d' = 10^3$, $m = 3$, $k = 5$) train on batches of "
        "256 of the weighted pairs, each with its weight. With the moments $x^a$ and $y x^a$ that "
        "a squared loss needs the test loss ends within a tenth of that of training on all pairs; "
        "with all moments of $(x, y)$ up to the same order it ends more than a tenth above. So it "
        "does with all weighted pairs in each of as many steps ($16000$ instead of the $400$ of "
        "the figure)."
    ),
    source=Source("Fig. 3"),
    parameters=(
        Parameter("k", "degree up to which moments agree", "5"),
        Parameter("d", "number of pairs", "10000"),
        Parameter("d'", "number of weighted pairs", "1000"),
    ),
    read=_read,
    reading=(
        "Batches take pairs at random and divide by what their weights add up to on average, so "
        "that gradients have no bias. Ratios of losses are geometric means over trials, for each "
        "of four optimisers; those of all pairs, of SGD and Adam. The remark was made on trials 0 "
        "to 7 and is read from later ones. What all moments lack shows in long trainings, with "
        "batches or without."
    ),
)
