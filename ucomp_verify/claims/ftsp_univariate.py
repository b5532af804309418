"""FTSP for numbers: the first d power sums generate the symmetric polynomials freely."""

from .base import Claim, Kind, Parameter, Source, Variant, unread

FTSP_UNIVARIATE = Claim(
    slug="ftsp-univariate",
    title="Fundamental theorem of symmetric polynomials",
    kind=Kind.THEOREM,
    variant=Variant.PRINTED,
    statement=(
        r"For every $d \ge 1$ and every symmetric polynomial $f \in \mathbb{R}[w_1, \dots, w_d]$ "
        r"there is exactly one polynomial $P$ with $f = P(p_1, \dots, p_d)$, where $p_k = "
        r"\frac{1}{d} \sum_i w_i^k$."
    ),
    source=Source("thm:fund_sym"),
    parameters=(Parameter("d", "number of variables", "integers >= 1"),),
    read=unread,
)
