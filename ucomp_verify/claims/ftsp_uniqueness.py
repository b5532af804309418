"""The step of the printed proof that calls the representation unique."""

from ucomp_verify.findings import Finding
from ucomp_verify.kernel.facts import SyzygyFact

from .base import SILENT, Bearing, Claim, Kind, Parameter, Reading, Source, Variant
from .formulas import power_sums, rational, weighted_set


def _read(finding: Finding) -> Reading:
    if not isinstance(finding, SyzygyFact) or any(any(own) for _, own, _ in finding.terms):
        return SILENT
    if any(sum(alpha) > finding.num_points for _, _, factors in finding.terms for alpha in factors):
        return SILENT  # power sums above order d are no generators
    weighted = ""
    if finding.value is not None:
        weighted = f"; on {weighted_set(finding.witness)} it is ${rational(finding.value)}$"
    return Reading(
        Bearing.REFUTES,
        (("m", str(finding.dim)), ("d", str(finding.num_points))),
        shows=f"${power_sums(finding.terms)} = 0$ for all $d = {finding.num_points}$ points, so 0 "
        f"has two representations{weighted}",
    )


FTSP_UNIQUENESS = Claim(
    slug="ftsp-uniqueness",
    title="The representation by moments is unique",
    kind=Kind.STEP,
    variant=Variant.PRINTED,
    statement=(
        r"For $m, d \ge 1$ the polynomial that writes a permutation-invariant polynomial of $w_1, "
        r"\dots, w_d \in \mathbb{R}^m$ in the components of $p_1, \dots, p_d$ is unique."
    ),
    source=Source("thm:fundamental_multisym"),
    parameters=(
        Parameter("m", "dimension of a point", "integers >= 1"),
        Parameter("d", "number of points", "integers >= 1"),
    ),
    read=_read,
    uses=("ftsp",),
    reading=(
        "Step 4 of the printed proof, whose argument shows that different polynomials have "
        "different coefficients, not that they take different values. True exactly for m = 1 or "
        "d = 1: otherwise there are more generators than variables. What follows for the paper: "
        "the theorem stands, since it needs existence only; but two representations of one "
        "function of d objects differ on weighted objects, so what f is worth there is a choice "
        "(deep-set-extension), and so is the compressed dynamics (compressed-dynamics-uniqueness)."
    ),
    draws_on=("deep-set-extension",),
)
