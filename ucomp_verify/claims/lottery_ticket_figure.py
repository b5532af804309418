"""Figure 4: training of a compressed network."""

from .base import Claim, Kind, Parameter, Source, Variant, unread

LOTTERY_TICKET_FIGURE = Claim(
    slug="lottery-ticket-figure",
    title="Fig. 4: training of a compressed network",
    kind=Kind.FIGURE,
    variant=Variant.PRINTED,
    statement=(
        r"A two-layer network of width $d = 10^4$ learns $J_6(20 r) \cos(6 \varphi)$ from noisy "
        "values on the plane. Its compression to $d' = 10^3$ weighted neurons ($m = 4$, $k = 5$), "
        "trained on the same batches of $512$, follows its loss under each of three update rules; "
        "a random subnetwork of width $10^3$ does not."
    ),
    source=Source("Fig. 4"),
    parameters=(
        Parameter("m", "dimension of a neuron", "4"),
        Parameter("k", "degree up to which moments agree", "5"),
        Parameter("d", "width of the network", "10000"),
        Parameter("d'", "width of the compressed network", "1000"),
    ),
    read=unread,
    reading=(
        "The random subnetwork has weights 1, so that its outputs start at a tenth of the original "
        "ones. A random subset with weights d/d' is the fair control, and is not in the figure."
    ),
)
