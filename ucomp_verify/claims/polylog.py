"""The error for the best order, as printed."""

from .base import Claim, Kind, Parameter, Source, Variant, unread

POLYLOG = Claim(
    slug="polylog",
    title="Compression to polylog d objects: the rate",
    kind=Kind.THEOREM,
    variant=Variant.PRINTED,
    statement=(
        r"For all $m$, $R$, $\rho$ there is a map of $d$ points of the ball $|w| \le R$ of "
        r"$\mathbb{R}^m$ to $d'$ weighted points such that, for every $f = h(\sum_i g(w_i))$ where "
        r"$\rho$ is the radius of convergence of $g$, the value changes by $O\left(d \, "
        r"(d')^{1-1/m} \exp\left(-\frac{1}{e} (m! \, \rho \, d')^{1/m}\right)\right)$, with a "
        "constant that does not depend on $d$ and $d'$."
    ),
    source=Source("thm:errorbound_polylog"),
    parameters=(
        Parameter("m", "dimension of a point", "integers >= 1"),
        Parameter("d", "number of points", "integers > d'"),
        Parameter("d'", "number of weighted points", "integers >= 1"),
        Parameter("R", "radius of the ball that holds the points", "reals > 0"),
        Parameter(r"\rho", "radius of convergence of g about every point", "reals > 0"),
    ),
    read=unread,
    uses=("universal-compression", "small-ball", "sphere-packing", "support-reduction"),
    reading=(
        "First half of the theorem. Granted are a Lipschitz h, and a map that depends on rho, "
        "though the words are: for any f. A change of unit, w to s w, changes no error but "
        "multiplies the printed exponent by s^(1/m). The second half, that log(d/eps)^m objects "
        "are enough, is polylog-repaired."
    ),
)
