"""FTSP with degrees: a polynomial of degree k needs no moment above order k."""

from ucomp_verify.findings import Finding
from ucomp_verify.kernel.facts import IdentityFact

from .base import SILENT, Claim, Kind, Parameter, Reading, Source, Variant
from .ftsp import instance, order, settled
from .identities import CLOSED_FORM, instance_of


def _read(finding: Finding) -> Reading:
    if not isinstance(finding, IdentityFact):
        return instance_of(CLOSED_FORM, finding)
    degree = max(sum(map(sum, parts)) for _, parts in finding.left)
    if order(finding) > degree:
        return SILENT
    return instance(finding, family=settled(finding) if finding.num_points is None else "")


FTSP_DEGREE = Claim(
    slug="ftsp-degree",
    title=r"FTSP: degree $k$ needs only $p_1, \dots, p_k$",
    kind=Kind.REMARK,
    variant=Variant.PRINTED,
    statement=(
        r"A permutation-invariant real polynomial of degree $k$ in $w_1, \dots, w_d \in "
        r"\mathbb{R}^m$ is a polynomial in the components of $p_1, \dots, p_k$ alone."
    ),
    source=Source("thm:fundamental_multisym"),
    parameters=(
        Parameter("m", "dimension of a point", "integers >= 1"),
        Parameter("d", "number of points", "integers >= 1"),
        Parameter("k", "degree of the polynomial", "integers >= 1"),
    ),
    read=_read,
    uses=("ftsp",),
    draws_on=("ftsp",),
)
