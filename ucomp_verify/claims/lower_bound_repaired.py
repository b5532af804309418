"""T8: no compression of a grid is better on the class of the upper bound."""

from .base import Claim, Kind, Parameter, Source, Variant
from .comparisons import comparisons_of

LOWER_BOUND_REPAIRED = Claim(
    slug="lower-bound-repaired",
    title="Lower bound of the compression error, with constants",
    kind=Kind.THEOREM,
    variant=Variant.REPAIRED,
    statement=(
        r"Let $d' \ge 1$, $k$ the least integer with $\binom{m+k}{m} > d'$, $n \ge 4 m k^2$, and "
        r"let $\mu$ have unit mass at the $d = n^m$ midpoints of the subdivision of $[-1, 1]^m$ "
        r"into $d$ equal cubes. For every measure $\mu'$ of $d'$ nodes in $\mathbb{R}^m$ with real "
        r"weights and all $G > 0$, $\varrho > 1$ there is a polynomial $g$ of degree at most $2k$ "
        r"with $|g| \le G$ on $E_\varrho^m$ and $|\int g \, d(\mu - \mu')| \ge \frac{G d \, "
        r"\varrho^{-2k}}{4 (8 m k^2)^m}$. There is also one with $\max_{[-1, 1]^m} |g| = 1$ for "
        r"which the left side is at least $\frac{d}{4 (8 m k^2)^m}$; $E_\varrho$ is the ellipse "
        r"with foci $\pm 1$ whose semi-axes have the sum $\varrho$."
    ),
    source=Source("thm:error_lower_bound"),
    parameters=(
        Parameter("m", "dimension of a node", "integers >= 1"),
        Parameter("d'", "number of nodes of the compressed measure", "integers >= 1"),
        Parameter("n", "number of midpoints along an axis", "integers >= 4mk^2"),
        Parameter("G", "bound of g on the product of the ellipses", "reals > 0"),
        Parameter(r"\varrho", "sum of the semi-axes of the ellipse", "reals > 1"),
    ),
    read=comparisons_of("lower-bound-repaired"),
    repairs="lower-bound",
    reading=(
        "The class is that of polylog-universal, so log(d/eps)^m objects are needed as well as "
        "enough, up to a constant. With the printed normalisation, maximum 1 on the domain, the "
        "error stays above a constant for d' up to a multiple of the square root of d. The proof "
        "needs no level sets."
    ),
)
