"""Multivariate FTSP: power sums of order at most d generate the symmetric polynomials."""

from ucomp_verify.findings import Finding
from ucomp_verify.kernel.facts import IdentityFact

from .base import SILENT, Bearing, Claim, Kind, Parameter, Reading, Source, Variant
from .formulas import power_sums
from .identities import GENERATION, instance_of


def order(fact: IdentityFact) -> int:
    """The largest order of a power sum on the right side; 0 for a constant."""
    return max((sum(alpha) for _, factors in fact.right for alpha in factors), default=0)


def instance(fact: IdentityFact, family: str) -> Reading:
    """The identity as an instance, with its two sides."""
    zero = (0,) * fact.dim
    parts = "+".join(",".join("".join(map(str, a)) for a in factors) for _, factors in fact.left)
    right = power_sums([(c, zero, factors) for c, factors in fact.right])
    shown = parts if len(fact.left) == 1 else r"\cdots"
    return Reading(
        Bearing.INSTANCE,
        (("m", str(fact.dim)), ("parts", parts)),
        family=family,
        shows=f"$m_{{{shown}}} = {right}$",
    )


def _read(finding: Finding) -> Reading:
    if not isinstance(finding, IdentityFact):
        return instance_of(GENERATION, finding)
    if finding.num_points is None:
        return instance(finding, f"every d >= {max(order(finding), 1)}")
    return instance(finding, "") if order(finding) <= finding.num_points else SILENT


FTSP = Claim(
    slug="ftsp",
    title="Fundamental theorem of symmetric polynomials, multivariate",
    kind=Kind.THEOREM,
    variant=Variant.PRINTED,
    statement=(
        r"For $m, d \ge 1$ every real polynomial in $w_1, \dots, w_d \in \mathbb{R}^m$ that is "
        r"invariant under permutations of the $w_i$ is a polynomial in the components of the "
        r"moments $p_1, \dots, p_d$, where $p_k = \frac{1}{d} \sum_i w_i^{\otimes k}$."
    ),
    source=Source("thm:fundamental_multisym", (305, 310)),
    parameters=(
        Parameter("m", "dimension of a point", "integers >= 1"),
        Parameter("d", "number of points", "integers >= 1"),
    ),
    read=_read,
    reading=(
        "Existence only. That the polynomial is unique is a step of the printed proof and a "
        "claim of its own (ftsp-uniqueness)."
    ),
)
