"""A neural scaling law after compression to polylog d objects."""

from .base import Claim, Kind, Parameter, Source, Variant, unread

SCALING_LAW_STRETCHED = Claim(
    slug="scaling-law-stretched",
    title="Compression gives a stretched exponential scaling law",
    kind=Kind.REMARK,
    variant=Variant.PRINTED,
    statement=(
        r"If training on $d$ objects in $\mathbb{R}^m$ ends with the loss $L_0 + (d_0/d)^\alpha$, "
        r"then for some $C > 0$ compression to $d' = C \log^m d$ weighted objects ends with $L_0 + "
        r"d_0^\alpha \exp(-\alpha' (d')^{1/m}) + o(d^{-\alpha})$ as $d \to \infty$, where $\alpha' "
        r"= \alpha C^{-1/m}$."
    ),
    source=Source("Sec. 5"),
    parameters=(
        Parameter("m", "dimension of an object", "integers >= 1"),
        Parameter(r"\alpha", "exponent of the scaling law", "reals > 0"),
        Parameter("d_0", "scale of the law", "reals > 0"),
        Parameter("C", "constant of the compressed size", "reals > 0"),
    ),
    read=unread,
    uses=("polylog",),
    reading=(
        "The compression error must be below d^(-beta) for some beta > alpha, so C grows like "
        "(1+beta)^m. For a statement on the landscape of losses the constants rho and G of the "
        "class must hold for all parameters of the model."
    ),
)
