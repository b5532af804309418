"""Figure 4: training of a compressed network."""

from ucomp_verify.findings import Finding

from .base import Claim, Kind, Parameter, Reading, Source, Variant
from .training_runs import follows


def _read(finding: Finding) -> Reading:
    wanted = {"experiment": "figure", "method": "compressed"}
    return follows(finding, "final test loss over the original's", wanted)


LOTTERY_TICKET_FIGURE = Claim(
    slug="lottery-ticket-figure",
    title="Fig. 4: training of a compressed network",
    kind=Kind.FIGURE,
    variant=Variant.PRINTED,
    statement=(
        r"A two-layer network of width $d = 10^4$ learns $J_6(20 r) \cos(6 \varphi)$ from noisy "
        "values on the plane. Its compression to $d' = 10^3$ weighted neurons ($m = 4$, $k = 5$), "
        "trained on the same batches of $512$, ends within a tenth of its loss under each of three "
        "update rules."
    ),
    source=Source("Fig. 4"),
    parameters=(
        Parameter("m", "dimension of a neuron", "4"),
        Parameter("k", "degree up to which moments agree", "5"),
        Parameter("d", "width of the network", "10000"),
        Parameter("d'", "width of the compressed network", "1000"),
    ),
    read=_read,
    reading=(
        "The figure also shows a random subnetwork that does not follow. It has weights 1, so that "
        "its outputs start at a tenth of the original ones. A random subset with weights d/d' is "
        "the fair control, and is not in the figure; study lottery-ticket has it."
    ),
)
