"""T7b: how many objects are enough for an error, for analytic functions."""

from .base import Claim, Kind, Parameter, Source, Variant
from .comparisons import comparisons_of

POLYLOG_REPAIRED = Claim(
    slug="polylog-repaired",
    title="Compression to polylog d objects, with constants",
    kind=Kind.THEOREM,
    variant=Variant.REPAIRED,
    statement=(
        r"Let $g$ be holomorphic with $|g| \le G$ on the polydisc of radius $\rho$ about every "
        r"point of $[-R, R]^m$, and $h$ Lipschitz with constant $\Lambda$. For all $w_1, \dots, "
        r"w_d \in [-R, R]^m$, $c \ge 0$ with sum $W$ and $\varepsilon > 0$ there is $c' \ge 0$, "
        r"the same for all such $g$ and $h$, with at most $\lceil 2R/\rho \rceil^m \max(1, \lceil "
        r"\log_2(4 \Lambda G W / \varepsilon) \rceil)^m$ nonzero entries and $|h(\sum_i c'_i "
        r"g(w_i)) - h(\sum_i c_i g(w_i))| \le \varepsilon$. It comes from one reduction in each of "
        r"$n^m$ equal cells of the cube; for any $n > R / \rho$ and $k \ge 0$ these leave at most "
        r"$n^m \binom{m+k}{k}$ nonzero entries and an error of at most $2 \Lambda W G q^{k+1} / (1 "
        r"- q)$ with $q = R / (n \rho)$."
    ),
    source=Source("thm:errorbound_polylog"),
    parameters=(
        Parameter("m", "dimension of a node", "integers >= 1"),
        Parameter("d", "number of nodes", "integers >= 1"),
        Parameter("R", "half the side of the cube that holds the nodes", "reals > 0"),
        Parameter(r"\rho", "radius of the polydiscs (in the maximum norm)", "reals > 0"),
        Parameter("G", "bound of g on the polydiscs", "reals > 0"),
        Parameter(r"\Lambda", "Lipschitz constant of h between the two values", "reals > 0"),
        Parameter("W", "total weight", "reals > 0"),
        Parameter(r"\varepsilon", "error allowed", "reals > 0"),
        Parameter("n", "number of cells along an axis", "integers > R / rho"),
        Parameter("k", "degree up to which moments agree", "integers >= 0"),
    ),
    read=comparisons_of("polylog-repaired"),
    uses=("support-reduction",),
    repairs="polylog",
    reading=(
        "The second half of the theorem, for the class of functions with given rho and G. For the "
        "error eps take n = ceil(2R/rho), so that q <= 1/2, and the least k that is enough."
    ),
)
