"""Constants to the power k that Theorem 7 puts into its O(.)."""

from ucomp_verify.findings import Finding, SymbolicIdentity

from .base import SILENT, Bearing, Claim, Kind, Parameter, Reading, Source, Variant
from .identities import UNBOUNDED_POWERS, UNBOUNDED_POWERS_FAMILY


def _read(finding: Finding) -> Reading:
    """One R > 1/6 without a C is enough; the identity leaves none of them a C."""
    if not isinstance(finding, SymbolicIdentity) or finding.statement != UNBOUNDED_POWERS:
        return SILENT
    if finding.family != UNBOUNDED_POWERS_FAMILY or finding.parameters:
        return SILENT
    return Reading(Bearing.REFUTES, family=finding.family, shows=finding.shows)


POLYLOG_DROPPED_CONSTANTS = Claim(
    slug="polylog-dropped-constants",
    title="Constants to the power k are constants",
    kind=Kind.STEP,
    variant=Variant.PRINTED,
    statement=(
        r"For all $m \ge 1$ and $R > 0$ there is a $C$, the same for all $k$, with $(6R)^{k+1} "
        r"\le C$ for all $k \ge 0$. So in the bound that Theorem 7 minimises over $k$ this factor, "
        r"which comes from the diameter of the clusters, is part of $O(\cdot)$."
    ),
    source=Source("thm:errorbound_polylog"),
    parameters=(
        Parameter("m", "dimension of an object", "integers >= 1"),
        Parameter("R", "radius of the ball that holds the objects", "reals > 0"),
        Parameter("k", "order of the moments", "integers >= 0"),
    ),
    read=_read,
    reading=(
        "The step that the proof needs: the best k grows with d', so a factor may go into O(.) "
        "only if it is bounded in k. The constant 6 is that of sphere-packing-repaired; with any "
        "c > 0 in its place the step fails for R > 1/c. For R <= 1/6 the factor is at most 1, but "
        "the rate is printed for all R. A change of unit shows what is lost: (w, R, rho) to (s w, "
        "s R, s rho), with g(./s) for g, changes no error and multiplies the printed exponent by "
        "s^(1/m); what this does to the rate stands at polylog. With R/rho in the exponent the "
        "rate is free of units (polylog-rate)."
    ),
)
