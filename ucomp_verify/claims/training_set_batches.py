"""Figure 3 with batches, and many steps: which moments a compressed data set has to keep."""

from ucomp_verify.findings import Finding

from .base import SILENT, Claim, Kind, Parameter, Reading, Source, Variant
from .training_runs import exceeds, follows
from .training_set_figure import LOSS

BATCHES = {"batch": "256", "epochs": "400"}
AS_MANY_STEPS = {"batch": "all", "epochs": "16000"}


def _read(finding: Finding) -> Reading:
    """The moments that the loss needs suffice; all moments of (x, y) do not."""
    if (reading := follows(finding, LOSS, {**BATCHES, "arm": "compressed"})) != SILENT:
        return reading
    for setting in (BATCHES, AS_MANY_STEPS):
        if (reading := exceeds(finding, LOSS, {**setting, "arm": "isotropic"})) != SILENT:
            return reading
    return SILENT


TRAINING_SET_BATCHES = Claim(
    slug="training-set-batches",
    title="Fig. 3 with batches and many steps: the moments that the loss needs, not all",
    kind=Kind.REMARK,
    variant=Variant.NEW,
    statement=(
        r"In the setting of Fig. 3 ($d = 10^4$, $d' = 10^3$, $m = 3$, $k = 5$) train on batches of "
        "256 of the weighted pairs, each with its weight, for $16000$ steps. With the moments "
        "$x^a$ and $y x^a$ that a squared loss needs the test loss ends within a tenth, and two "
        "standard errors, of that of training on all pairs; with all moments of $(x, y)$ up to the "
        "same order it ends more than a tenth above. So it does in as many steps on all weighted "
        "pairs, instead of the $400$ of the figure."
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
