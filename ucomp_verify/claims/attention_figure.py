"""Figure 7: compression of attention heads."""

from ucomp_verify.findings import Finding

from .base import Claim, Kind, Parameter, Reading, Source, Variant
from .training_runs import follows


def _read(finding: Finding) -> Reading:
    """Of the heads compressed in all of their coordinates, as the paper does."""
    wanted = {"method": "compressed", "coordinates": "all"}
    return follows(finding, "final test loss over the original's", wanted)


ATTENTION_FIGURE = Claim(
    slug="attention-figure",
    title="Fig. 7: training of compressed attention heads",
    kind=Kind.FIGURE,
    variant=Variant.PRINTED,
    statement=(
        "A layer of $d = 4000$ attention heads compressed to $d' = 800$ weighted heads ($m = 8$, "
        "$k = 3$) ends, after $250$ steps of Adam, within a tenth of the loss of the original "
        "layer."
    ),
    source=Source("Fig. 7"),
    parameters=(
        Parameter("m", "dimension of a head", "8"),
        Parameter("k", "degree up to which moments agree", "3"),
        Parameter("d", "number of heads", "4000"),
        Parameter("d'", "number of weighted heads", "800"),
    ),
    read=_read,
    reading=(
        "The figure also shows 800 heads chosen at random, with weights 1, that do not follow the "
        "original; a fair control gives them the weights d/d' (study attention). With one input "
        "and one output dimension a head acts through two products of its parameters only, so that "
        "its effective dimension is smaller than m."
    ),
)
