"""T7c: the error for a number of objects, for analytic functions."""

from .base import Claim, Kind, Parameter, Source, Variant
from .comparisons import comparisons_of

POLYLOG_RATE = Claim(
    slug="polylog-rate",
    title="Exponential rate of compression, with constants",
    kind=Kind.THEOREM,
    variant=Variant.REPAIRED,
    statement=(
        r"Let $g$ be holomorphic with $|g| \le G$ on the polydisc of radius $\rho$ about every "
        r"point of $[-R, R]^m$, $h$ Lipschitz with constant $\Lambda$, and $n = \lceil e R / \rho "
        r"\rceil$. For all $w_1, \dots, w_d \in [-R, R]^m$, $c \ge 0$ with sum $W$ and $d' \ge "
        r"n^m$ there is $c' \ge 0$, the same for all such $g$ and $h$, with at most $d'$ nonzero "
        r"entries and $|h(\sum_i c'_i g(w_i)) - h(\sum_i c_i g(w_i))| \le \frac{2 e^{(m+1)/2}}{1 - "
        r"1/e} \Lambda W G \exp(-(m! \, d')^{1/m} / n)$."
    ),
    source=Source("thm:errorbound_polylog"),
    parameters=(
        Parameter("m", "dimension of a node", "integers >= 1"),
        Parameter("d", "number of nodes", "integers >= 1"),
        Parameter("d'", "number of nodes allowed", "integers >= n^m"),
        Parameter("R", "half the side of the cube that holds the nodes", "reals > 0"),
        Parameter(r"\rho", "radius of the polydiscs (in the maximum norm)", "reals > 0"),
        Parameter("G", "bound of g on the polydiscs", "reals >= 0"),
        Parameter(r"\Lambda", "Lipschitz constant of h between the two values", "reals >= 0"),
        Parameter("W", "total weight", "reals >= 0"),
    ),
    read=comparisons_of("polylog-rate"),
    uses=("support-reduction",),
    repairs="polylog",
    reading=(
        "The first half of the theorem with R/rho in the exponent, so that a change of unit "
        "changes nothing, and without the factor (d')^(1-1/m)."
    ),
)
