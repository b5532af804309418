"""Definition 5: the compressed dynamics is determined by the original one."""

from ucomp_verify.findings import Finding
from ucomp_verify.kernel.facts import SyzygyFact

from .base import SILENT, Bearing, Claim, Kind, Parameter, Reading, Source, Variant
from .formulas import power_sums, rational, weighted_set


def _read(finding: Finding) -> Reading:
    if not isinstance(finding, SyzygyFact) or finding.value is None:
        return SILENT
    d = finding.num_points
    orders = [sum(alpha) for _, _, factors in finding.terms for alpha in factors]
    if finding.mass != d or max(orders, default=0) > d - 1:
        return SILENT
    return Reading(
        Bearing.REFUTES,
        (("m", str(finding.dim)), ("d", str(d))),
        shows=rf"$S = {power_sums(finding.terms)}$ is 0 for every point $w$ of every $d = {d}$ "
        rf"points, so $T$ and $T + S$ are the same map; on {weighted_set(finding.witness)} it is "
        rf"${rational(finding.value)}$ at one of them, so the compressed maps differ",
    )


COMPRESSED_DYNAMICS_UNIQUENESS = Claim(
    slug="compressed-dynamics-uniqueness",
    title="The compressed dynamics is determined by T",
    kind=Kind.DEFINITION,
    variant=Variant.PRINTED,
    statement=(
        r"An equivariant polynomial map $T$ of $d$ objects in $\mathbb{R}^m$ is $T_i = T(w_i, p_1, "
        r"\dots, p_{d-1})$ for one polynomial $T$ only, so that $T'_j = T(w_j, p'_1, \dots, "
        r"p'_{d-1})$ with the weighted moments $p'_k = \frac{1}{d} \sum_j c_j w_j^{\otimes k}$ is "
        r"determined by the map."
    ),
    source=Source("lemma:ev_fund_rep"),
    parameters=(
        Parameter("m", "dimension of an object", "integers >= 1"),
        Parameter("d", "number of objects", "integers >= 1"),
    ),
    read=_read,
    uses=("equivariant-representation", "ftsp-uniqueness"),
    reading=(
        "Taken with moments up to order d - 1, as in Lemma 4; with order d (as Definition 5 "
        "writes) it fails for m = d = 1 already. True for m = 1 or d <= 2. A mean-field form of "
        "the map has to be part of the data (mean-field-dynamics)."
    ),
)
