"""T9: an unbiased choice of signs gains half an exponent."""

from fractions import Fraction

from ucomp_verify.findings import Finding

from .base import SILENT, Claim, Kind, Parameter, Reading, Source, Variant
from .exponents import EXPONENT, at_least, exponent_in


def _read(finding: Finding) -> Reading:
    """Exponents of the rms error of the unbiased choice, in cells of diameter about d^(-1/m)."""
    found = exponent_in(finding, EXPONENT)
    if found is None or found.method != "unbiased":
        return SILENT
    return at_least(found, Fraction(found.degree + 1, found.dim) + Fraction(1, 2))


HALF_EXPONENT = Claim(
    slug="half-exponent",
    title="Unbiased reduction gains 1/2 in the exponent",
    kind=Kind.THEOREM,
    variant=Variant.NEW,
    statement=(
        "In a step of Algorithm 2 with null vector $v$ let $t_+$ and $t_-$ be the largest numbers "
        r"with $c - t_+ v \ge 0$ and $c + t_- v \ge 0$, and take the first with probability $t_- / "
        r"(t_+ + t_-)$, the second otherwise. Then $\mathbb{E} c' = c$, and with an independent "
        r"reduction of order $k$ in each of $M$ cells, of masses $W_1 + \dots + W_M = W$, every "
        r"real $g$ has $\mathbb{E} |\sum_j (c'_j - c_j) g(w_j)|^2 \le \sum_i W_i^2 E_i^2$, where "
        "$E_i$ is the distance of $g$ on the nodes of cell $i$ from the polynomials of degree at "
        r"most $k$ in the maximum norm. If all $W_i \le \kappa W / M$, this is at most $W^2 \max_i "
        r"E_i^2 \, \kappa / M$."
    ),
    source=Source("Fig. 2"),
    parameters=(
        Parameter("k", "degree up to which moments agree", "integers >= 0"),
        Parameter("M", "number of cells", "integers >= 1"),
        Parameter("W", "total weight", "reals >= 0"),
        Parameter(r"\kappa", "imbalance of the cells", "reals >= 1"),
    ),
    read=_read,
    uses=("support-reduction",),
    reading=(
        "The paper observes (k+1)/m + 1/2 for a program that takes the sign of a singular vector; "
        "for that program it is a heuristic. A fair coin is biased for odd k, and a fixed sign "
        "loses the 1/2. Of smooth g in cells of diameter about $d^{-1/m}$ the bound falls like "
        r"$d^{-(k+1)/m - 1/2}$; a fitted exponent agrees with it if it is no smaller, but for 1/4 "
        "and two standard errors."
    ),
)
