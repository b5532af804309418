"""T7d: one reduction of all nodes serves every class of analytic functions at once."""

from .base import Claim, Kind, Parameter, Source, Variant
from .comparisons import comparisons_of

POLYLOG_UNIVERSAL = Claim(
    slug="polylog-universal",
    title="One compression for all analytic functions",
    kind=Kind.THEOREM,
    variant=Variant.REPAIRED,
    statement=(
        r"For all $w_1, \dots, w_d \in [-1, 1]^m$ and $c \ge 0$ with sum $W$ there is $c' \ge 0$ "
        r"with at most $\binom{m+k}{k}$ nonzero entries such that $|h(\sum_i c'_i g(w_i)) - "
        r"h(\sum_i c_i g(w_i))| \le 2 \Lambda W G \sum_{j > k} A_j \varrho^{-j}$ for all $\varrho "
        r"> 1$, $G$, $\Lambda$, all $g$ analytic with $|g| \le G$ on $E_\varrho^m$ and all $h$ "
        r"with Lipschitz constant $\Lambda$. $E_\varrho$ is the ellipse with foci $\pm 1$ whose "
        r"semi-axes have the sum $\varrho$, and $\sum_j A_j x^j = \left(\frac{1+x}{1-x}\right)^m$; "
        r"for $m = 1$ the bound is $4 \Lambda W G \varrho^{-k} / (\varrho - 1)$."
    ),
    source=Source("thm:errorbound_polylog"),
    parameters=(
        Parameter("m", "dimension of a node", "integers >= 1"),
        Parameter("k", "degree up to which moments agree", "integers >= 0"),
        Parameter("d", "number of nodes", "integers >= 1"),
        Parameter("W", "total weight", "reals >= 0"),
        Parameter(r"\varrho", "sum of the semi-axes of the ellipse", "reals > 1"),
        Parameter("G", "bound of g on the product of the ellipses", "reals >= 0"),
        Parameter(r"\Lambda", "Lipschitz constant of h between the two values", "reals >= 0"),
    ),
    read=comparisons_of("polylog-universal"),
    uses=("tchakaloff",),
    repairs="polylog",
    reading=(
        "The theorem's words are: a map such that for any f. Matching the moments of all nodes at "
        "once, without clusters, is such a map: it knows neither rho nor G."
    ),
)
