"""Lemma 1 as printed: among many points of a ball some N are close together."""

from fractions import Fraction

from ucomp_verify.findings import Finding
from ucomp_verify.kernel.facts import PackingFact

from .base import SILENT, Bearing, Claim, Kind, Parameter, Reading, Source, Variant
from .formulas import rational
from .roots import root_enclosure


def _read(finding: Finding) -> Reading:
    """Compare the closest N points with 4 R / ((d/(N-1) - 1)^(1/m) - 1), exactly."""
    if not isinstance(finding, PackingFact):
        return SILENT
    d, n, m = len(finding.points), finding.subset_size, len(finding.points[0])
    x = Fraction(d, n - 1) - 1
    if x == 1:
        return SILENT  # the printed bound divides by zero
    low, high = root_enclosure(x, m)
    diameter = root_enclosure(finding.squared_diameter, 2)
    radius = root_enclosure(finding.squared_radius, 2)
    parameters = (("m", str(m)), ("d", str(d)), ("N", str(n)))
    # Below 1 the root makes the bound negative (or 0, for R = 0), which no diameter obeys
    # unless it is 0 too; above 1 the bound is diameter * (root - 1) <= 4 R.
    if x < 1:
        fails = finding.squared_radius > 0 or finding.squared_diameter > 0
        holds = not fails
    else:
        holds = diameter[1] * (high - 1) <= 4 * radius[0]
        fails = diameter[0] * (low - 1) > 4 * radius[1]
    if not holds and not fails:
        return SILENT
    squared = rational(finding.squared_diameter)
    printed = "negative" if x < 1 else rf"\frac{{4R}}{{{rational(x)}^{{1/m}} - 1}}"
    shows = (
        rf"of ${d}$ points with $R^2 = {rational(finding.squared_radius)}$ the closest ${n}$ have "
        rf"squared diameter ${squared}$; the printed bound is "
        + (printed if x < 1 else f"${printed}$")
    )
    return Reading(Bearing.INSTANCE if holds else Bearing.REFUTES, parameters, shows=shows)


SPHERE_PACKING = Claim(
    slug="sphere-packing",
    title="Many points of a ball have N close ones",
    kind=Kind.LEMMA,
    variant=Variant.PRINTED,
    statement=(
        r"Of $d$ points in the ball of radius $R$ about $0$ in $\mathbb{R}^m$ some $N \le d$ have "
        r"diameter at most $4R / ((\frac{d}{N-1} - 1)^{1/m} - 1)$."
    ),
    source=Source("lemma:pack_many_pts"),
    parameters=(
        Parameter("m", "dimension of a point", "integers >= 1"),
        Parameter("d", "number of points", "integers >= N"),
        Parameter("N", "size of the subset", "integers >= 2"),
        Parameter("R", "radius of the ball", "reals > 0"),
    ),
    read=_read,
    reading=(
        "Taken with the displayed bound, for all N <= d. It holds when d/(N-1) > 2; at the "
        "boundary (d = N = 3, m = 1) the bound is negative, and for d = 2(N-1) it divides by zero. "
        "The asymptotic use of the lemma survives (sphere-packing-repaired)."
    ),
)
