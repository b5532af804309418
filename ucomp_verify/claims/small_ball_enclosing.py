"""The step that puts a set of diameter r into a ball of diameter r."""

from ucomp_verify.findings import Finding
from ucomp_verify.kernel.facts import CoveringFact

from .base import SILENT, Bearing, Claim, Kind, Parameter, Reading, Source, Variant
from .formulas import rational, tuple_of


def _read(finding: Finding) -> Reading:
    if not isinstance(finding, CoveringFact):
        return SILENT
    if 4 * finding.squared_radius <= finding.squared_diameter:
        return SILENT  # the fact bounds the radius from below only
    nodes = ", ".join(map(tuple_of, finding.points))
    return Reading(
        Bearing.REFUTES,
        (("m", str(len(finding.points[0]))),),
        shows=rf"the points ${nodes}$ have squared diameter "
        rf"${rational(finding.squared_diameter)}$, but a ball that holds them has "
        rf"squared diameter at least ${rational(4 * finding.squared_radius)}$",
    )


SMALL_BALL_ENCLOSING = Claim(
    slug="small-ball-enclosing",
    title="A set of diameter r lies in a ball of diameter r",
    kind=Kind.STEP,
    variant=Variant.PRINTED,
    statement=(
        r"Finitely many points of $\mathbb{R}^m$ with pairwise distances at most $r$ lie in a ball "
        r"of diameter $r$."
    ),
    source=Source("thm:moment"),
    parameters=(
        Parameter("m", "dimension of a point", "integers >= 1"),
        Parameter("r", "diameter of the set", "reals > 0"),
    ),
    read=_read,
    reading=(
        "A step of the printed proof: objects of diameter r are expanded around the centre of a "
        "ball of that diameter. True for m = 1 only; by Jung (1901) the ball has radius at most "
        "r sqrt(m / (2 (m + 1))), and the factor enters with the power k + 1."
    ),
)
