"""Figure 6: the time that a compression takes."""

from .base import Claim, Kind, Parameter, Source, Variant, unread

RUNTIME_FIGURE = Claim(
    slug="runtime-figure",
    title="Fig. 6: running time",
    kind=Kind.FIGURE,
    variant=Variant.PRINTED,
    statement=(
        "The time that the authors' program takes to compress $d$ uniform points of $[-1, 1]^m$ to "
        "$[0.1 d]$ at order $k = 5$ grows about in proportion to $d$, and steeply with $m$."
    ),
    source=Source("Fig. 6"),
    parameters=(
        Parameter("m", "dimension of a point", "1 to 5"),
        Parameter("k", "degree up to which moments agree", "5"),
        Parameter("d", "number of points", "1000 to 128000"),
    ),
    read=unread,
    reading=(
        "Read off the authors' published times (Apple M4 Pro): from 0.5 s at m = 1, d = 1000 to "
        "about 11,500 s at m = 5, d = 128,000."
    ),
)
