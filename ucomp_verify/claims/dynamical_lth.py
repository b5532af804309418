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
        "The printed = eps is read as at most eps, and the constant in O(.) may depend on f and "
        "T. Open: not proved and not refuted. The printed proof bounds the change of h(sum c_j "
        "g(w_j)) for some form of f o T, which is not shown to be f(T'(theta')): T' is not "
        "determined by T (compressed-dynamics-uniqueness), and the value of a form at weighted "
        "objects depends on the form (deep-set-extension). It also rests on polylog, where h has "
        "to be Lipschitz. The assumption on f o T can be met: by T = identity, and by gradient "
        "descent if the network is polynomial in each object, so the statement is not empty. But "
        "it is not met by one step of gradient descent on a network of tanh or of logarithms, "
        "whose f meets it (dynamical-lth-hypothesis); of such networks the statement says "
        "nothing. What holds for them is dynamical-lth-repaired."
    ),
)
