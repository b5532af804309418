"""Figure 8: compression to a multiple of log d."""

from .base import Claim, Kind, Parameter, Source, Variant, unread

POLYLOG_FIGURE = Claim(
    slug="polylog-figure",
    title="Fig. 8: compression to a multiple of log d",
    kind=Kind.FIGURE,
    variant=Variant.PRINTED,
    statement=(
        r"Let $f(\theta)$ be the mean over the objects $w$ and over vectors $x_a$ of $1 / (1.05 + "
        r"\langle w, x_a \rangle)$. Compressing $d$ points ($m = 1$) to $[120 \log d]$ at the best "
        "order $k$ changes $f$ by less than $10^{-10}$, and by no more for large $d$ than for "
        "small."
    ),
    source=Source("Fig. 8"),
    parameters=(
        Parameter("m", "dimension of a point", "1"),
        Parameter("k", "degree up to which moments agree", "5 to 10"),
        Parameter("d", "number of points", "1000 to 64000"),
    ),
    read=unread,
    reading=(
        "Panel (a), read off the authors' published errors, 0 to 7e-11. Higher-precision runs at "
        "the same sizes are needed to tell the error of the compression from rounding in float64."
    ),
)
