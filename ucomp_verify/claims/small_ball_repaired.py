"""T3: the error of one reduction, in the radius of the smallest enclosing ball."""

from .base import Claim, Kind, Parameter, Source, Variant
from .comparisons import comparisons_of

SMALL_BALL_REPAIRED = Claim(
    slug="small-ball-repaired",
    title="Moment matching in a small ball, with constants",
    kind=Kind.THEOREM,
    variant=Variant.REPAIRED,
    statement=(
        r"Let $D \subseteq \mathbb{R}^m$ be convex, $g$ of class $C^{k+1}$ on a neighbourhood of "
        r"$D$ with values in a Banach space, $B = \sup_{x \in D, |u| = 1} \|D^{k+1} g(x)[u, \dots, "
        r"u]\|$, and let $h$ be Lipschitz with constant $\Lambda$. For all $w_1, \dots, w_d \in D$ "
        r"and $c \ge 0$ with sum $W$ there is $c' \ge 0$, the same for all $g$ and $h$, with at "
        r"most $\binom{m+k}{k}$ nonzero entries and $|h(\sum_i c'_i g(w_i)) - h(\sum_i c_i "
        r"g(w_i))| \le 2 \Lambda W B \, s^{k+1} / (k+1)!$. Every $c' \ge 0$ that has the moments "
        r"of $c$ of order $0, \dots, k$ does; $s \le \sqrt{\frac{m}{2(m+1)}} \max_{i,j} |w_i - "
        "w_j|$ is the radius of the smallest ball that holds the $w_i$."
    ),
    source=Source("thm:moment"),
    parameters=(
        Parameter("m", "dimension of a node", "integers >= 1"),
        Parameter("k", "degree up to which moments agree", "integers >= 0"),
        Parameter("d", "number of nodes", "integers >= 1"),
        Parameter("W", "total weight", "reals >= 0"),
        Parameter("s", "radius of the smallest enclosing ball", "reals >= 0"),
        Parameter("B", "bound of the directional derivatives of g of order k+1", "reals >= 0"),
        Parameter(r"\Lambda", "Lipschitz constant of h between the two values", "reals >= 0"),
    ),
    read=comparisons_of("small-ball-repaired"),
    uses=("tchakaloff",),
    repairs="small-ball",
    reading=(
        "Against the printed statement: h is Lipschitz, moments of order 0 are matched too, the "
        "total weight W stands for d, the enclosing ball for one of diameter r (Jung), and the "
        "weights do not depend on the function."
    ),
)
