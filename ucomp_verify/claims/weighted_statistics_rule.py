"""How a weighted network must be trained to follow its original."""

from ucomp_verify.findings import Estimate, Finding

from .base import SILENT, Bearing, Claim, Kind, Parameter, Reading, Source, Variant

LIFTED = "gap of the lifted step to equal objects"
ROUNDING = 1e-12


def _read(finding: Finding) -> Reading:
    """Of the step that a program derives by weighting all sums over objects."""
    if not isinstance(finding, Estimate) or finding.quantity != LIFTED or finding.trials < 1:
        return SILENT
    bearing = Bearing.INSTANCE if finding.value <= ROUNDING else Bearing.REFUTES
    shows = f"relative gap {finding.value:.1g} to copies of the objects, over training"
    return Reading(bearing, finding.parameters, shows=shows)


WEIGHTED_STATISTICS_RULE = Claim(
    slug="weighted-statistics-rule",
    title="Weighted training: every sum over objects is weighted",
    kind=Kind.REMARK,
    variant=Variant.REPAIRED,
    statement=(
        "Let a training step consist of maps of single objects (parameters, state, gradient), "
        "sums and means over the objects, and functions of shared quantities. For objects of "
        r"weight $c_j$ use $c_j^{-1} \partial L / \partial w_j$ as gradients, $\sum_j c_j "
        r"(\cdot)_j$ for sums, $\sum_j c_j$ for the number of objects, also in means, and "
        r"$C^{-1/2} f(C^{1/2} M M^\top C^{1/2}) C^{1/2} M$ with $C = \operatorname{diag}(c)$ for a "
        r"factor $f(M M^\top) M$ with one row of $M$ an object. If all $c_j$ are positive "
        "integers, then the weighted run equals the original rule on $c_j$ copies of each object."
    ),
    source=Source("thm:DLTH", (1456, 1459)),
    parameters=(Parameter("c_j", "weight of an object", "integers >= 1"),),
    read=_read,
    uses=("mean-field-dynamics",),
    repairs="inverse-weight-rule",
    reading=(
        "For rules without sums over objects (SGD, momentum, Adam) this is the printed rule. "
        "Clipping by the global norm, LARS, LAMB, Adafactor, Muon and Shampoo need the rest. An L2 "
        "term in the loss is such a sum; shared parameters are not scaled."
    ),
)
