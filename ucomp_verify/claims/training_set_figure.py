"""Figure 3: training on a compressed data set."""

from .base import Claim, Kind, Parameter, Source, Variant, unread

TRAINING_SET_FIGURE = Claim(
    slug="training-set-figure",
    title="Fig. 3: training on a compressed data set",
    kind=Kind.FIGURE,
    variant=Variant.PRINTED,
    statement=(
        r"Teacher and student, $d = 10^4$ training pairs in $\mathbb{R}^m$, $m = 3$. Training on "
        "$d' = 10^3$ weighted pairs with the moments of order up to $k = 5$ follows the test loss "
        "of training on all of them closely; training on $10^3$ of the pairs with weight $1$ does "
        "not."
    ),
    source=Source("Fig. 3"),
    parameters=(
        Parameter("m", "dimension of a pair of input and output", "3"),
        Parameter("k", "degree up to which moments agree", "5"),
        Parameter("d", "number of pairs", "10000"),
        Parameter("d'", "number of weighted pairs", "1000"),
    ),
    read=unread,
)
