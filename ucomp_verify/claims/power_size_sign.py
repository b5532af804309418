"""The exponent in the size that Theorem 4 needs for an error d^-alpha."""

from ucomp_verify.findings import Finding
from ucomp_verify.kernel.facts import GrowthFact

from .base import SILENT, Bearing, Claim, Kind, Parameter, Reading, Source, Variant
from .small_ball import growth_rate


def _read(finding: Finding) -> Reading:
    if not isinstance(finding, GrowthFact) or finding.size != 0 or finding.error <= 0:
        return SILENT
    return Reading(
        Bearing.REFUTES,
        (("m", str(len(finding.nodes[0]))),),
        family="every n >= 1",
        shows=r"with a negative exponent $d' < 1$ for large $d$, so no object is left: "
        f"{growth_rate(finding)}, and not $O(d^{{-\\alpha}})$",
    )


POWER_SIZE_SIGN = Claim(
    slug="power-size-sign",
    title=r"The size for an error $d^{-\alpha}$",
    kind=Kind.REMARK,
    variant=Variant.PRINTED,
    statement=(
        r"For $\alpha > 0$ and $k \ge m$ the error of Theorem 4 is $O(d^{-\alpha})$ with $d' = "
        r"O(d^{-(1+\alpha) m / (k - m + 1)})$ objects."
    ),
    source=Source("thm:compression_errorbound", (428, 428)),
    parameters=(
        Parameter("m", "dimension of an object", "integers >= 1"),
        Parameter("k", "order of the moments", "integers >= m"),
        Parameter(r"\alpha", "exponent of the error", "reals > 0"),
        Parameter("d", "number of objects", "integers >= 1"),
    ),
    read=_read,
    uses=("universal-compression",),
    reading="A slip of sign: the exponent that follows from Theorem 4 is +(1 + alpha) m/(k-m+1).",
)
