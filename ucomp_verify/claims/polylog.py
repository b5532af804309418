"""The error for the best order, as printed."""

from ucomp_verify.findings import Finding
from ucomp_verify.kernel.facts import GrowthFact

from .base import SILENT, Bearing, Claim, Kind, Parameter, Reading, Source, Variant
from .small_ball import grows_faster_than_mass, growth_rate


def _read(finding: Finding) -> Reading:
    if not isinstance(finding, GrowthFact) or finding.size < 1:
        return SILENT
    if not grows_faster_than_mass(finding):
        return SILENT
    return Reading(
        Bearing.REFUTES,
        (("m", str(len(finding.nodes[0]))), ("d'", str(finding.size))),
        family="every n >= 1",
        shows=f"{growth_rate(finding)}, while the printed bound at $d' = {finding.size}$ is a "
        r"constant times $d$; these $g$ are polynomials, which converge for every $\rho$",
    )


POLYLOG = Claim(
    slug="polylog",
    title="Compression to polylog d objects: the rate",
    kind=Kind.THEOREM,
    variant=Variant.PRINTED,
    statement=(
        r"For all $m$, $R$, $\rho$ there is a map that takes $d$ points $w_i$ of the ball $|w| \le "
        r"R$ of $\mathbb{R}^m$ and a $d' < d$ to weights $c' \ge 0$ on these points, nonzero on at "
        r"most $d'$ of the $d$ points, such that for every $f = h(\sum_i g(w_i))$, with $h$ "
        r"analytic near every point and $g$ analytic with radius of convergence $\rho$, $|h(\sum_i "
        r"c'_i g(w_i)) - h(\sum_i g(w_i))| = O\left(d \, (d')^{1-1/m} \exp\left(-\frac{1}{e} (m! "
        r"\, \rho \, d')^{1/m}\right)\right)$, with a constant that depends neither on $d$ and "
        r"$d'$ nor on the points."
    ),
    source=Source("thm:errorbound_polylog"),
    parameters=(
        Parameter("m", "dimension of a point", "integers >= 1"),
        Parameter("d", "number of points", "integers > d'"),
        Parameter("d'", "number of points that may keep a weight", "integers >= 1"),
        Parameter("R", "radius of the ball that holds the points", "reals > 0"),
        Parameter(r"\rho", "radius of convergence of g about every point", "reals > 0"),
    ),
    read=_read,
    uses=(
        "universal-compression",
        "small-ball",
        "sphere-packing",
        "support-reduction",
        "polylog-radius-power",
        "polylog-dropped-constants",
    ),
    reading=(
        "First half of the theorem, with a map that depends on rho and not on f, though the words "
        "are: for any f. The map is what the paper's reductions give: weights >= 0 on the source's "
        "own points. With free nodes the certificates would show nothing, as a Gauss rule matches "
        "the moments. The radius of convergence is read as rho or more. What fails is twofold. h "
        "is not controlled at |y| of size d (h = y^2). And with a Lipschitz h the rate is still "
        "false, for free nodes and weights of any sign too: a change of unit, w to s w, changes no "
        "error but multiplies the printed exponent by s^(1/m); with lower-bound-repaired and the "
        "uniform boundedness principle this refutes it for m = 1 (proofs/polylog/argument.md). The "
        "second half, that log(d/eps)^m objects are enough, is polylog-repaired."
    ),
    draws_on=("small-ball",),
)
