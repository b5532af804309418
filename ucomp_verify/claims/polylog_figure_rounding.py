"""What of the errors in Figure 8 is rounding."""

from math import isfinite

from ucomp_verify.findings import Estimate, Finding

from .base import SILENT, Bearing, Claim, Kind, Parameter, Reading, Source, Variant
from .polylog_figure import RULE

GAP = "log10 of the best error that float64 sees over the best exact one"
DECADES = 10


def _read(finding: Finding) -> Reading:
    if not isinstance(finding, Estimate) or finding.quantity != GAP:
        return SILENT
    names = dict(finding.parameters)
    known = isfinite(finding.value) and finding.trials > 0
    if not known or names.get("d'") != RULE:
        return SILENT
    bearing = Bearing.INSTANCE if finding.value >= DECADES else Bearing.REFUTES
    shows = rf"in the median of {finding.trials} clouds $10^{{{finding.value:.1f}}}$ times as large"
    return Reading(bearing, (("d", names["d"]),), shows=shows)


POLYLOG_FIGURE_ROUNDING = Claim(
    slug="polylog-figure-rounding",
    title="Fig. 8 shows where float64 stops, not where compression does",
    kind=Kind.REMARK,
    variant=Variant.NEW,
    statement=(
        r"In the setting of Fig. 8 ($m = 1$, $d' = [120 \log d]$, $d$ from 1000 to 64000) let "
        "weights match the power sums of each cell up to order $k$ in float64, and let $k$ grow "
        "until the error that float64 sees rises. The error where this stops is at least $10^{10}$ "
        "times the error that exact weights have at the same $d'$ and a higher order."
    ),
    source=Source("Fig. 8"),
    parameters=(
        Parameter("d", "number of points", "1000 to 64000"),
        Parameter("d'", "number of weighted points", "[120 log d]"),
        Parameter("k", "degree up to which moments agree", "3 to 80"),
    ),
    read=_read,
    reading=(
        "At the published orders, 5 to 10, truncation and rounding are about equal; from order 8 "
        "on weights from raw power sums stay near 1e-13, while exact weights on the same nodes go "
        "on to 1e-40 and below. It is the monomial basis: Legendre polynomials bring float64 to "
        "1e-16."
    ),
)
