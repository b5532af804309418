"""FTSP for numbers: the first d power sums generate the symmetric polynomials freely."""

from ucomp_verify.findings import Finding
from ucomp_verify.kernel.facts import GrowthFact, IdentityFact

from .base import SILENT, Bearing, Claim, Kind, Parameter, Reading, Source, Variant
from .ftsp import low_order
from .tchakaloff import function_degree


def _read(finding: Finding) -> Reading:
    if isinstance(finding, IdentityFact):
        return low_order(finding) if finding.dim == 1 else SILENT
    return _uniqueness(finding) if isinstance(finding, GrowthFact) else SILENT


def _uniqueness(fact: GrowthFact) -> Reading:
    """Nodes that no fewer can replace up to degree d - 1 have a Vandermonde matrix of rank d."""
    d = len(fact.nodes)
    if len(fact.nodes[0]) != 1 or fact.power != 1 or fact.size != d - 1:
        return SILENT
    if function_degree(fact) > d - 1:
        return SILENT
    nodes = ", ".join(str(x) for (x,) in fact.nodes)
    return Reading(
        Bearing.INSTANCE,
        (("d", str(d)), ("part", "uniqueness")),
        shows=rf"the Jacobian of $p_1, \dots, p_{{{d}}}$ is a multiple of the Vandermonde "
        rf"determinant, which is not 0 at ${nodes}$: $p_1, \dots, p_{{{d}}}$ are algebraically "
        r"independent, so $P$ is unique",
    )


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
    read=_read,
    reading=(
        "Existence is certified by identities, uniqueness for given d by points at which the "
        "Jacobian of the power sums does not vanish (Jacobi's criterion, characteristic 0)."
    ),
    draws_on=("ftsp", "tchakaloff-tight"),
)
