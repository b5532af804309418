"""T4a: the greedy algorithm, with every constant."""

from .base import Claim, Kind, Parameter, Source, Variant
from .comparisons import comparisons_of

UNIVERSAL_COMPRESSION_REPAIRED = Claim(
    slug="universal-compression-repaired",
    title="Universal compression by Algorithm 1, with constants",
    kind=Kind.THEOREM,
    variant=Variant.REPAIRED,
    statement=(
        r"Let $D \subseteq \mathbb{R}^m$ be convex, $w_1, \dots, w_d \in D$ with $|w_i| \le R$, "
        r"$g$ of class $C^{k+1}$ on a neighbourhood of $D$, $B = \sup_{x \in D, |u| = 1} \|D^{k+1} "
        r"g(x)[u, \dots, u]\|$, $h$ Lipschitz with constant $\Lambda$, and $N = \binom{m+k}{k} \le "
        "d' < d$. Algorithm 1, reducing $N + 1$ of the remaining nodes of least diameter at a "
        r"time, reaches at most $d'$ nodes with weights $c' \ge 0$, the same for all $g$ and $h$, "
        r"and $|h(\sum_i c'_i g(w_i)) - h(\sum_i g(w_i))| \le 2 \Lambda d \frac{B}{(k+1)!} (6 J "
        r"R)^{k+1} N^{(k+1)/m} \sum_{n=d'+1}^{d} n^{-(k+1)/m}$ with $J = \sqrt{\frac{m}{2(m+1)}}$."
    ),
    source=Source("thm:compression_errorbound"),
    parameters=(
        Parameter("m", "dimension of a node", "integers >= 1"),
        Parameter("k", "degree up to which moments agree", "integers >= 0"),
        Parameter("d", "number of nodes, all of weight 1", "integers > d'"),
        Parameter("d'", "number of nodes kept", "integers >= N"),
        Parameter("R", "radius of the ball that holds the nodes", "reals >= 0"),
        Parameter("B", "bound of the directional derivatives of g of order k+1", "reals >= 0"),
        Parameter(r"\Lambda", "Lipschitz constant of h between the two values", "reals >= 0"),
    ),
    read=comparisons_of("universal-compression-repaired"),
    uses=("small-ball-repaired", "sphere-packing-repaired", "support-reduction"),
    repairs="universal-compression",
    reading=(
        "For k+1 > m the bound is of the printed order d (d')^(1-(k+1)/m); for k+1 <= m the sum "
        "grows with d, and the bound is below the trivial one only for small d or d' close to d. "
        "Added are the Lipschitz constant of h and d' >= N, without which the algorithm cannot "
        "go on."
    ),
)
