"""Sums over distinct indices as a sum over set partitions."""

from ucomp_verify.algebra import closed_form
from ucomp_verify.findings import Finding
from ucomp_verify.kernel.facts import IdentityFact

from .base import SILENT, Claim, Kind, Parameter, Reading, Source, Variant
from .ftsp import instance, settled
from .identities import CLOSED_FORM, instance_of


def _read(finding: Finding) -> Reading:
    """An identity for any number of points whose right side is the sum over partitions."""
    if not isinstance(finding, IdentityFact):
        return instance_of(CLOSED_FORM, finding)
    if finding.num_points is not None:
        return SILENT
    if len(finding.left) != 1 or finding.left[0][0] != 1 or not finding.left[0][1]:
        return SILENT
    stated = closed_form(finding.left[0][1])
    same = sorted(finding.right) == sorted(stated.right)
    return instance(finding, family=settled(finding)) if same else SILENT


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
    read=_read,
    draws_on=("ftsp",),
)
