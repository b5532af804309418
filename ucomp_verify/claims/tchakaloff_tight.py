"""The number N in Tchakaloff's theorem is attained."""

from ucomp_verify.algebra import num_monomials
from ucomp_verify.findings import Finding
from ucomp_verify.kernel.facts import GrowthFact

from .base import SILENT, Bearing, Claim, Kind, Parameter, Reading, Source, Variant
from .tchakaloff import function_degree


def _read(finding: Finding) -> Reading:
    if not isinstance(finding, GrowthFact) or finding.power != 1:
        return SILENT
    m, k = len(finding.nodes[0]), function_degree(finding)
    if finding.size != num_monomials(m, k) - 1:
        return SILENT
    return Reading(
        Bearing.INSTANCE,
        (("m", str(m)), ("k", str(k)), ("d", str(len(finding.nodes)))),
        shows=rf"no weights of any sign on ${finding.size} = N - 1$ of ${len(finding.nodes)}$ "
        rf"nodes in $\mathbb{{R}}^{{{m}}}$ match all moments up to order ${k}$",
    )


TCHAKALOFF_TIGHT = Claim(
    slug="tchakaloff-tight",
    title="N nodes can be necessary",
    kind=Kind.REMARK,
    variant=Variant.NEW,
    statement=(
        r"For all $m \ge 1$, $k \ge 0$ there is a finite measure on $\mathbb{R}^m$ whose moments "
        r"of order $0, \dots, k$ no weights, of any sign, on fewer than $\binom{m+k}{k}$ of its "
        r"nodes have."
    ),
    source=Source("thm:tchakaloff"),
    parameters=(
        Parameter("m", "dimension of a node", "integers >= 1"),
        Parameter("k", "degree up to which moments agree", "integers >= 0"),
    ),
    read=_read,
    uses=("tchakaloff",),
    reading="Nodes must be nodes of the measure; with free nodes Gauss rules need fewer.",
)
