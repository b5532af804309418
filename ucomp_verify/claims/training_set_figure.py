"""Figure 3: training on a compressed data set."""

from ucomp_verify.findings import Finding

from .base import Claim, Kind, Parameter, Reading, Source, Variant
from .training_runs import follows

LOSS = "test loss at the end over that of the original"


def _read(finding: Finding) -> Reading:
    """Of the pairs with all moments of inputs and outputs, as the paper has them."""
    return follows(finding, LOSS, {"batch": "all", "epochs": "400", "arm": "isotropic"})


TRAINING_SET_FIGURE = Claim(
    slug="training-set-figure",
    title="Fig. 3: training on a compressed data set",
    kind=Kind.FIGURE,
    variant=Variant.PRINTED,
    statement=(
        r"Teacher and student, $d = 10^4$ training pairs in $\mathbb{R}^m$, $m = 3$. Training on "
        "$d' = 10^3$ weighted pairs with the moments of order up to $k = 5$, all in one batch, "
        "for 400 steps, ends within a tenth of the test loss of training on all of them."
    ),
    source=Source("Fig. 3"),
    parameters=(
        Parameter("m", "dimension of a pair of input and output", "3"),
        Parameter("k", "degree up to which moments agree", "5"),
        Parameter("d", "number of pairs", "10000"),
        Parameter("d'", "number of weighted pairs", "1000"),
    ),
    read=_read,
    reading=(
        "The figure also shows training on 1000 of the pairs with weight 1, which ends elsewhere. "
        "A loss that is quadratic in the outputs sees the moments x^a and y x^a alone, so that "
        "fewer need to agree (study dataset-compression). With small batches and more steps see "
        "training-set-batches."
    ),
)
