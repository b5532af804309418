"""Theorem 4 as printed: the error of Algorithm 1."""

from ucomp_verify.findings import Finding
from ucomp_verify.kernel.facts import GrowthFact

from .base import SILENT, Bearing, Claim, Kind, Parameter, Reading, Source, Variant
from .small_ball import grows_faster_than_mass, growth_rate
from .tchakaloff import function_degree


def _read(finding: Finding) -> Reading:
    if not isinstance(finding, GrowthFact) or finding.size < 1:
        return SILENT
    m, d = len(finding.nodes[0]), len(finding.nodes)
    if grows_faster_than_mass(finding):
        return Reading(
            Bearing.REFUTES,
            (("m", str(m)), ("d'", str(finding.size))),
            family="every n >= 1",
            shows=f"{growth_rate(finding)}, while the printed bound at $d' = {finding.size}$ is a "
            "constant times $d$",
        )
    if finding.power != 1 or d <= finding.size:
        return SILENT
    k = function_degree(finding)
    return Reading(
        Bearing.REFUTES,
        (("m", str(m)), ("k", str(k)), ("d", str(d)), ("d'", f"1..{finding.size}")),
        shows=rf"no weights of any sign on ${finding.size}$ of these ${d}$ objects match the "
        rf"moments up to order ${k}$: Algorithm 1 of order ${k}$ never reaches $d' \le "
        rf"{finding.size}$",
    )


UNIVERSAL_COMPRESSION = Claim(
    slug="universal-compression",
    title="Universal compression",
    kind=Kind.THEOREM,
    variant=Variant.PRINTED,
    statement=(
        r"Let $f(\theta) = h(\sum_i g(w_i))$ with $h$, $g$ analytic near every point and "
        r"$|w_i| \le R$ in $\mathbb{R}^m$. For every $d' < d$ Algorithm 1 of order $k$ gives "
        r"$d'$ weighted objects with error $O(d\, (d')^{1-(k+1)/m})$, the constant being the "
        r"same for all $d$."
    ),
    source=Source("thm:compression_errorbound"),
    parameters=(
        Parameter("m", "dimension of an object", "integers >= 1"),
        Parameter("k", "order of the moments", "integers >= 0"),
        Parameter("d", "number of objects", "integers >= 1"),
        Parameter("d'", "number of weighted objects", "integers with 1 <= d' < d"),
        Parameter("R", "radius of the ball of the objects", "reals > 0"),
    ),
    read=_read,
    uses=("small-ball", "sphere-packing", "support-reduction", "tchakaloff"),
    reading=(
        "What fails: h is not controlled at |y| of size d (h = y^2), and d' below N cannot be "
        "reached, which is harmless asymptotically. For k + 1 <= m the bound is weaker than the "
        "trivial one. With a Lipschitz h and d' >= N it holds (universal-compression-repaired)."
    ),
    draws_on=("small-ball",),
)
