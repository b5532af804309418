"""Tchakaloff's theorem for finite measures."""

from ucomp_verify.algebra import num_monomials
from ucomp_verify.findings import Finding
from ucomp_verify.kernel.facts import CubatureFact, GrowthFact

from .base import SILENT, Bearing, Claim, Kind, Parameter, Reading, Source, Variant


def exact_rule(finding: Finding) -> Reading:
    """An exact rule on at most N nodes is an instance; any other finding is silent."""
    if not isinstance(finding, CubatureFact) or finding.defect:
        return SILENT
    bound = num_monomials(finding.dim, finding.degree)
    if finding.support_size > bound:
        return SILENT
    m, k, d = finding.dim, finding.degree, finding.num_nodes
    return Reading(
        Bearing.INSTANCE,
        (("m", str(m)), ("k", str(k)), ("d", str(d)), ("support", str(finding.support_size))),
        shows=rf"${d}$ nodes in $\mathbb{{R}}^{{{m}}}$ have an exact rule of degree ${k}$ on "
        rf"${finding.support_size} \le N = {bound}$ of them",
    )


def function_degree(fact: GrowthFact) -> int:
    """The largest degree of the functions that no compression gets right."""
    return max(sum(alpha) for g in fact.functions for _, alpha in g)


def _read(finding: Finding) -> Reading:
    if isinstance(finding, GrowthFact) and finding.power == 1:
        m, k = len(finding.nodes[0]), function_degree(finding)
        if finding.size >= num_monomials(m, k):
            shows = f"no weights on ${finding.size}$ of the nodes match all moments up to ${k}$"
            return Reading(Bearing.REFUTES, (("m", str(m)), ("k", str(k))), shows=shows)
    return exact_rule(finding)


TCHAKALOFF = Claim(
    slug="tchakaloff",
    title="Tchakaloff's theorem",
    kind=Kind.THEOREM,
    variant=Variant.PRINTED,
    statement=(
        r"Let $\mu = \sum_{i=1}^d c_i \delta_{w_i}$ with $w_i \in \mathbb{R}^m$, $c_i \ge 0$, and "
        r"let $k \ge 0$. Some $N \le \binom{m+k}{k}$ of the $w_i$, with positive weights, have "
        r"all moments of $\mu$ of order $0, \dots, k$."
    ),
    source=Source("thm:tchakaloff", (314, 316)),
    parameters=(
        Parameter("m", "dimension of a node", "integers >= 1"),
        Parameter("k", "degree up to which moments agree", "integers >= 0"),
        Parameter("d", "number of nodes", "integers >= 1"),
    ),
    read=_read,
    reading=(
        "The paper states it for a measure on a domain; this is the case of finite measures, the "
        "only one that it uses. In general the moments up to order k must exist and the measure "
        "must be nonnegative, which the printed words leave out."
    ),
    draws_on=("support-reduction", "tchakaloff-tight"),
)
