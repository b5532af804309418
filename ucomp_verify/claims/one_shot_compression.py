"""T4b: one reduction in each cell of a grid."""

from .base import Claim, Kind, Parameter, Source, Variant
from .comparisons import comparisons_of

ONE_SHOT_COMPRESSION = Claim(
    slug="one-shot-compression",
    title="Compression by one reduction a cell",
    kind=Kind.THEOREM,
    variant=Variant.NEW,
    statement=(
        r"Let $D \subseteq \mathbb{R}^m$ be convex, $w_1, \dots, w_d \in D \cap [-R, R]^m$, $c \ge "
        r"0$ with sum $W$, $g$ of class $C^{k+1}$ on a neighbourhood of $D$, $B = \sup_{x \in D, "
        r"|u| = 1} \|D^{k+1} g(x)[u, \dots, u]\|$, and $h$ Lipschitz with constant $\Lambda$. One "
        r"reduction in each of $n^m$ equal cells of the cube gives $c' \ge 0$, the same for all "
        r"$g$ and $h$, with at most $n^m \binom{m+k}{k}$ nonzero entries and $|h(\sum_i c'_i "
        r"g(w_i)) - h(\sum_i c_i g(w_i))| \le 2 \Lambda W \frac{B}{(k+1)!} (R \sqrt{m} / "
        r"n)^{k+1}$. So $d' \ge N = \binom{m+k}{k}$ nodes, with $n = \lfloor (d'/N)^{1/m} "
        r"\rfloor$, reach $2 \Lambda W \frac{B}{(k+1)!} (2 R \sqrt{m})^{k+1} (N/d')^{(k+1)/m}$."
    ),
    source=Source("thm:compression_errorbound"),
    parameters=(
        Parameter("m", "dimension of a node", "integers >= 1"),
        Parameter("k", "degree up to which moments agree", "integers >= 0"),
        Parameter("d", "number of nodes", "integers >= 1"),
        Parameter("d'", "number of nodes allowed", "integers >= N"),
        Parameter("n", "number of cells along an axis", "integers >= 1"),
        Parameter("R", "half the side of the cube that holds the nodes", "reals >= 0"),
        Parameter("W", "total weight", "reals >= 0"),
        Parameter("B", "bound of the directional derivatives of g of order k+1", "reals >= 0"),
        Parameter(r"\Lambda", "Lipschitz constant of h between the two values", "reals >= 0"),
    ),
    read=comparisons_of("one-shot-compression"),
    uses=("small-ball-repaired", "support-reduction"),
    reading=(
        "Better than the printed rate d (d')^(1-(k+1)/m) by the factor d', and for every k >= 0. "
        "Each node lies in one half-open cell."
    ),
)
