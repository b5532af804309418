"""The lower bound, as printed."""

from ucomp_verify.findings import Finding, SymbolicIdentity

from .base import SILENT, Bearing, Claim, Kind, Parameter, Reading, Source, Variant
from .identities import UNNORMALISED_GAP


def _read(finding: Finding) -> Reading:
    """A g that vanishes on the d' nodes alone has a gap > 0, and A = gap / d is enough."""
    if not isinstance(finding, SymbolicIdentity) or finding.statement != UNNORMALISED_GAP:
        return SILENT
    return Reading(Bearing.EMPTIES, finding.parameters, finding.family, finding.shows)


LOWER_BOUND = Claim(
    slug="lower-bound",
    title="Lower bound of the compression error",
    kind=Kind.THEOREM,
    variant=Variant.PRINTED,
    statement=(
        r"For all $d' < d$ there is a measure $\mu$ of $d$ unit masses on a compact $D \subset "
        r"\mathbb{R}^m$ such that for every measure $\mu'$ of $d'$ weighted points there are a "
        r"polynomial $g$ and $A, B > 0$ with $|\int g \, d(\mu - \mu')| \ge A d \exp(-B "
        "(d')^{1/m})$."
    ),
    source=Source("thm:error_lower_bound"),
    parameters=(
        Parameter("m", "dimension of a point", "integers >= 1"),
        Parameter("d", "number of unit masses", "integers > d'"),
        Parameter("d'", "number of weighted points", "integers >= 1"),
    ),
    read=_read,
    uses=("levelset-remez", "quasi-uniform-counting"),
    reading=(
        "In the printed order A and B come after g, and g is not normalised: then any polynomial "
        "that tells the two measures apart will do. With A and B for all d' and all compressions, "
        "and g of the class of the upper bound, it is lower-bound-repaired."
    ),
)
