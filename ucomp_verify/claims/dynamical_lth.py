"""The dynamical lottery ticket hypothesis, as printed."""

from .base import Claim, Kind, Parameter, Source, Variant, unread

DYNAMICAL_LTH = Claim(
    slug="dynamical-lth",
    title="Dynamical lottery ticket hypothesis",
    kind=Kind.THEOREM,
    variant=Variant.PRINTED,
    statement=(
        r"Let $f$ be invariant and $T$ equivariant under permutations of $d$ objects $w_i \in "
        r"\mathbb{R}^m$, and let $f \circ T = h(\sum_i g(w_i))$ with $h$ and $g$ as in Assumption "
        r"1. For every $\varepsilon > 0$ and $\theta_0$ with $|w_i| \le R$ there is $\theta'_0$, "
        r"which depends on neither $f$ nor $T$, of $O(\log^m(d/\varepsilon))$ weighted objects "
        r"such that $|f(T'(\theta'_0)) - f(T(\theta_0))| \le \varepsilon$, where $T'$ is the "
        "compressed map of $T$."
    ),
    source=Source("thm:DLTH"),
    parameters=(
        Parameter("m", "dimension of an object", "integers >= 1"),
        Parameter("d", "number of objects", "integers >= 1"),
        Parameter("R", "radius of the ball that holds the objects", "reals > 0"),
        Parameter(r"\varepsilon", "error allowed", "reals > 0"),
    ),
    read=unread,
    uses=(
        "polylog",
        "symmetric-composition",
        "equivariant-representation",
        "compressed-dynamics-uniqueness",
        "deep-set-extension",
    ),
    reading=(
        "The printed = eps is read as at most eps. The printed proof bounds the change of h(sum "
        "c_j g(w_j)), which is not shown to be f(T'(theta')); and f o T has no such form with "
        "finitely many latent dimensions already after one step for a g that is not polynomial."
    ),
)
