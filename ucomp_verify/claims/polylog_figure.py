"""Figure 8: compression to a multiple of log d."""

from math import isfinite

from ucomp_verify.findings import Estimate, Finding

from .base import SILENT, Bearing, Claim, Kind, Parameter, Reading, Source, Variant

LARGEST = "largest error at the best degree"
ALLOWED = 1e-10
RULE = "120 ln d"


def _read(finding: Finding) -> Reading:
    if not isinstance(finding, Estimate) or finding.quantity != LARGEST:
        return SILENT
    names = dict(finding.parameters)
    known = isfinite(finding.value) and finding.value >= 0 and finding.trials > 0
    if not known or names.get("d'") != RULE:
        return SILENT
    bearing = Bearing.INSTANCE if finding.value < ALLOWED else Bearing.REFUTES
    shows = f"the largest error of {finding.trials} clouds is {finding.value:.2g}, certified"
    return Reading(bearing, (("d", names["d"]),), shows=shows)


POLYLOG_FIGURE = Claim(
    slug="polylog-figure",
    title="Fig. 8: compression to a multiple of log d",
    kind=Kind.FIGURE,
    variant=Variant.PRINTED,
    statement=(
        r"Let $f(\theta)$ be the mean over the objects $w$ and over vectors $x_a$ of $1 / (1.05 + "
        r"\langle w, x_a \rangle)$. Compressing $d$ points ($m = 1$) to $[120 \log d]$ at the best "
        "order $k$ changes $f$ by less than $10^{-10}$, for every $d$ from 1000 to 64000."
    ),
    source=Source("Fig. 8"),
    parameters=(
        Parameter("m", "dimension of a point", "1"),
        Parameter("k", "degree up to which moments agree", "5 to 10"),
        Parameter("d", "number of points", "1000 to 64000"),
    ),
    read=_read,
    reading=(
        "Panel (a), read off the authors' published errors, 0 to 7e-11, which do not grow with d. "
        "What float64 hides there is polylog-figure-rounding."
    ),
)
