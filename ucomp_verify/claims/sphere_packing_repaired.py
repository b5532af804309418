"""L1: among d points of a ball some N are close together."""

from ucomp_verify.findings import Finding
from ucomp_verify.kernel.facts import PackingFact

from .base import SILENT, Bearing, Claim, Kind, Parameter, Reading, Source, Variant
from .comparisons import comparisons_of
from .formulas import rational

_INSTANCES = comparisons_of("sphere-packing-repaired")


def _read(finding: Finding) -> Reading:
    """Both sides of diam <= 6R ((N-1)/d)^(1/m) to the power 2m, times d^2, are rational."""
    if not isinstance(finding, PackingFact):
        return _INSTANCES(finding)
    count, size, dim = len(finding.points), finding.subset_size, len(finding.points[0])
    if not 2 <= size <= count:
        return SILENT
    left = finding.squared_diameter**dim * count**2
    right = (36 * finding.squared_radius) ** dim * (size - 1) ** 2
    holds = left <= right
    sign = r"\le" if holds else ">"
    return Reading(
        Bearing.INSTANCE if holds else Bearing.REFUTES,
        (("m", str(dim)), ("d", str(count)), ("N", str(size))),
        shows=rf"the least diameter $\delta$ has $\delta^{{2m}} d^2 = {rational(left)} {sign} "
        rf"{rational(right)} = (6R)^{{2m}} (N-1)^2$",
    )


SPHERE_PACKING_REPAIRED = Claim(
    slug="sphere-packing-repaired",
    title="Close points in a ball, with constants",
    kind=Kind.LEMMA,
    variant=Variant.REPAIRED,
    statement=(
        r"For $m \ge 1$, $2 \le N \le d$ and $w_1, \dots, w_d \in \mathbb{R}^m$ with $|w_i| \le "
        r"R$, some $N$ of the points have diameter at most $6 R \left(\frac{N-1}{d}\right)^{1/m}$."
    ),
    source=Source("lemma:pack_many_pts"),
    parameters=(
        Parameter("m", "dimension of a point", "integers >= 1"),
        Parameter("d", "number of points, which may coincide", "integers >= 2"),
        Parameter("N", "number of points in the cluster", "integers, 2 <= N <= d"),
        Parameter("R", "radius of the ball about the origin", "reals >= 0"),
    ),
    read=_read,
    repairs="sphere-packing",
    reading=(
        "Nontrivial (below 2R) only if d > 3^m (N-1). The proof gives 4R/(x-1) with x = "
        "(d/(N-1))^(1/m) > 1, which is the printed bound without its inner -1, and for m = 1 also "
        "2R / floor((d-1)/(N-1)). The instances are held against the least of these."
    ),
    draws_on=("sphere-packing",),
)
