"""The counting that Theorem 8 draws from quasi-uniformity."""

from itertools import pairwise

from ucomp_verify.findings import Finding
from ucomp_verify.kernel.certificates import Implication
from ucomp_verify.kernel.facts import CounterexampleFact

from .base import SILENT, Bearing, Claim, Kind, Parameter, Reading, Source, Variant
from .formulas import rational
from .implications import at_least, equal, greater, implication, variables


def counting_statement(num_points: int) -> Implication:
    """The instance for d nodes (x_i, y) in a row in the unit square and an affine q(y).

    The Voronoi cells are then strips that end halfway between neighbours. If none has an
    area above 1/d, and q = a + b y has max |q| = 1 on the square, which makes the area
    of {|q| >= 1/2} positive, then some node lies there; all have the same y.
    """
    names = [*(f"x{i}" for i in range(num_points)), "y", "a", "b"]
    *x, y, a, b = variables(*names)
    d = num_points
    walls = [x[0] - x[0] - x[0], *x, x[-1] - x[-1] - x[-1] + 2]  # the edges, mirrored
    inside = [greater(x[0], 0), greater(x[0] - x[0] + 1, x[-1])]
    apart = [greater(right, left) for left, right in pairwise(x)]
    # A strip has width (next - previous) / 2; at most 1/d means 2 - d (next - previous) >= 0.
    strips = [at_least((walls[i] - walls[i + 2]) * d + 2, 0) for i in range(num_points)]
    maximum = [
        at_least(y, 0),
        at_least(y - y + 1, y),
        at_least(a - a + 1, a * a),
        at_least(a - a + 1, (a + b) ** 2),
        equal((a * a - 1) * ((a + b) ** 2 - 1), 0),
    ]
    return implication(
        names, [*inside, *apart, *strips, *maximum], at_least((a + b * y) ** 2 * 4, 1)
    )


def _read(finding: Finding) -> Reading:
    if not isinstance(finding, CounterexampleFact):
        return SILENT
    d = len(finding.values) - 3
    if d < 1 or finding.statement != counting_statement(d):
        return SILENT
    *_, y, a, b = finding.values
    return Reading(
        Bearing.REFUTES,
        (("m", "2"), ("d", str(d))),
        shows=rf"${d}$ nodes in the row $y = {rational(y)}$ whose Voronoi cells all have area "
        rf"$\frac{{1}}{{{d}}}$: $q = {rational(a)} + {rational(b)} y$ has $\max |q| = 1$ on the "
        r"square, $\{|q| \ge \tfrac12\}$ has positive area and holds no node",
    )


QUASI_UNIFORM_COUNTING = Claim(
    slug="quasi-uniform-counting",
    title="Quasi-uniform points count the volume of level sets",
    kind=Kind.STEP,
    variant=Variant.PRINTED,
    statement=(
        r"Let the Voronoi cells of $d$ points $X$ in a convex body $D$ have volume at most "
        r"$C_D |D|/d$. There is a $c$ that depends on $C_D$ and the degree alone such that every "
        r"set $S = \{x \in D : |q(x)| \ge t\}$, $q$ a polynomial with $\max_D |q| = 1$, holds at "
        r"least $d\, |S| / (c\, |D|)$ points of $X$."
    ),
    source=Source("def:quasi_uniform"),
    parameters=(
        Parameter("d", "number of points", "integers >= 1"),
        Parameter("C_D", "constant of quasi-uniformity", "reals >= 1"),
        Parameter("t", "level", "reals with 0 < t <= 1"),
    ),
    read=_read,
    reading=(
        "As the proof of Theorem 8 uses Definition 3. Volumes of Voronoi cells do not see that "
        "all points lie on the zero set of a polynomial; a bound on the distance from every point "
        "of D to X would be needed."
    ),
)
