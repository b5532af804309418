"""The exponent of a neural scaling law after compression to a power of d."""

from .base import Claim, Kind, Parameter, Source, Variant, unread

SCALING_LAW_POWER = Claim(
    slug="scaling-law-power",
    title="Compression multiplies the exponent of a scaling law",
    kind=Kind.REMARK,
    variant=Variant.PRINTED,
    statement=(
        r"If training on $d$ objects in $\mathbb{R}^m$ ends with the loss $L_0 + (d_0/d)^\alpha$, "
        r"then for every $\sigma \in (0, 1)$ compression to $d' = d^\sigma$ weighted objects, with "
        r"moments matched up to an order $k$ that is large enough for $m$, $\alpha$ and $\sigma$, "
        r"ends with $L_0 + (d_0^\sigma / d')^{\alpha/\sigma} + o(d^{-\alpha})$ as $d \to \infty$."
    ),
    source=Source("Sec. 5"),
    parameters=(
        Parameter("m", "dimension of an object", "integers >= 1"),
        Parameter("k", "degree up to which moments agree", "integers >= 0"),
        Parameter(r"\alpha", "exponent of the scaling law", "reals > 0"),
        Parameter(r"\sigma", "exponent of the compressed size", "reals, 0 < sigma < 1"),
        Parameter("d_0", "scale of the law", "reals > 0"),
    ),
    read=unread,
    uses=("universal-compression",),
    reading=(
        "The final loss is taken to be a function to which the compression theorem applies. Large "
        "enough is k+1 > m(1+(1+alpha)/sigma) by universal-compression and k+1 > m(1+alpha)/sigma "
        "by one-shot-compression, with m alpha/sigma for a loss that is a mean over the objects."
    ),
)
