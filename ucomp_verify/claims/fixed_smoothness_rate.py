"""T4c: for functions of fixed smoothness no compression is faster than a power."""

from .base import Claim, Kind, Parameter, Source, Variant
from .comparisons import comparisons_of

FIXED_SMOOTHNESS_RATE = Claim(
    slug="fixed-smoothness-rate",
    title="The power of d' is optimal for fixed smoothness",
    kind=Kind.THEOREM,
    variant=Variant.NEW,
    statement=(
        r"For $g \in C^s(\mathbb{R}^m)$ put $B_s(g) = \sup_{x, |u| = 1} |D^s g(x)[u, \dots, u]|$. "
        r"Let $d', l \ge 1$, $p = \lceil (2 d')^{1/m} \rceil$, and let $\mu$ have unit mass at the "
        "$d = (p l)^m$ midpoints of the subdivision of $[-1, 1]^m$ into $d$ equal cubes. For "
        r"every measure $\nu$ of $d'$ nodes in $\mathbb{R}^m$ with real weights there is $g \in "
        r"C^s(\mathbb{R}^m)$ with $B_s(g) \le 1$ and $|\int g \, d(\mu - \nu)| \ge \frac{c^m}{2 "
        r"B_s(b)} d \, p^{-s}$. Here $b(u) = \prod_a \max(0, 1 - u_a^2)^{s+1}$, and $c > 0$ is the "
        r"infimum over $n \ge 1$ of the mean of $(1 - u^2)^{s+1}$ at the midpoints of $n$ equal "
        "parts of $[-1, 1]$."
    ),
    source=Source("thm:compression_errorbound", (419, 419)),
    parameters=(
        Parameter("m", "dimension of a node", "integers >= 1"),
        Parameter("s", "order of smoothness, k+1 in the upper bound", "integers >= 1"),
        Parameter("d'", "number of nodes of the compressed measure", "integers >= 1"),
        Parameter("l", "number of midpoints along an axis of each of p^m cubes", "integers >= 1"),
    ),
    read=comparisons_of("fixed-smoothness-rate"),
    reading=(
        "Matches one-shot-compression, so d (d')^(-s/m) is the exact rate for C^s: compression to "
        "polylog d objects needs analytic functions, where the abstract says generic ones."
    ),
)
