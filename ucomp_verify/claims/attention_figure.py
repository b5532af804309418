"""Figure 7: compression of attention heads."""

from .base import Claim, Kind, Parameter, Source, Variant, unread

ATTENTION_FIGURE = Claim(
    slug="attention-figure",
    title="Fig. 7: training of compressed attention heads",
    kind=Kind.FIGURE,
    variant=Variant.PRINTED,
    statement=(
        "A layer of $d = 4000$ attention heads compressed to $d' = 800$ weighted heads ($m = 8$, "
        "$k = 3$) follows, over $250$ steps of Adam, the loss of the original layer; $800$ of the "
        "heads chosen at random do not."
    ),
    source=Source("Fig. 7"),
    parameters=(
        Parameter("m", "dimension of a head", "8"),
        Parameter("k", "degree up to which moments agree", "3"),
        Parameter("d", "number of heads", "4000"),
        Parameter("d'", "number of weighted heads", "800"),
    ),
    read=unread,
    reading=(
        "With one input and one output dimension a head acts through two products of its "
        "parameters only, so that its effective dimension is smaller than m."
    ),
)
