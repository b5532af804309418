"""Sums over distinct indices as a sum over set partitions."""

from .base import Claim, Kind, Parameter, Source, Variant, unread

FTSP_CLOSED_FORM = Claim(
    slug="ftsp-closed-form",
    title="Closed form of the FTSP by set partitions",
    kind=Kind.LEMMA,
    variant=Variant.NEW,
    statement=(
        r"For $m, d, n \ge 1$, $w_1, \dots, w_d \in \mathbb{R}^m$ and $\alpha_1, \dots, \alpha_n "
        r"\in \mathbb{N}^m$ the sum of $w_{i_1}^{\alpha_1} \cdots w_{i_n}^{\alpha_n}$ over "
        r"pairwise distinct $i_1, \dots, i_n \le d$ is $\sum_{\pi} \prod_{B \in \pi} (-1)^{|B|-1} "
        r"(|B|-1)! \, q_{\alpha_B}$ (so this is $0$ if $n > d$). Here $\pi$ runs over the "
        r"partitions of $\{1, \dots, n\}$ into blocks $B$, $\alpha_B = \sum_{j \in B} \alpha_j$ "
        r"and $q_\alpha = \sum_{i=1}^d w_i^\alpha$."
    ),
    source=Source("thm:fundamental_multisym"),
    parameters=(
        Parameter("m", "dimension of a point", "integers >= 1"),
        Parameter("d", "number of points", "integers >= 1"),
        Parameter("n", "number of parts", "integers >= 1"),
    ),
    read=unread,
)
