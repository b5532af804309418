"""Theorem 3 as printed: matching moments in a small ball."""

from fractions import Fraction

from ucomp_verify.algebra import num_monomials
from ucomp_verify.findings import Finding
from ucomp_verify.kernel.facts import GrowthFact

from .base import SILENT, Bearing, Claim, Kind, Parameter, Reading, Source, Variant
from .formulas import linear_combination, monomial, rational, tuple_of


def growth_rate(fact: GrowthFact) -> str:
    """The family and what every compression of it costs, in LaTeX."""
    m = len(fact.nodes[0])
    letters = ["w"] if m == 1 else [f"w_{{{a + 1}}}" for a in range(m)]
    functions = ", ".join(
        linear_combination((c, monomial(letters, alpha)) for c, alpha in g) for g in fact.functions
    )
    nodes = ", ".join(rational(x[0]) if m == 1 else tuple_of(x) for x in fact.nodes)
    return (
        rf"$n$ copies of ${nodes}$, $d = {rational(fact.mass)} n$; $h(y) = y^{{{fact.power}}}$, "
        rf"$g \in \{{{functions}\}}$: whatever weights $c' \ge 0$ on {fact.size} nodes are "
        rf"chosen, for one $g$ the error exceeds ${rational(fact.error)}\, n^{{{fact.power}}}$"
    )


def grows_faster_than_mass(finding: Finding) -> bool:
    """Whether the family has errors that no constant times the number of objects bounds."""
    return isinstance(finding, GrowthFact) and finding.power >= 2 and finding.error > 0


def _read(finding: Finding) -> Reading:
    if not isinstance(finding, GrowthFact) or not grows_faster_than_mass(finding):
        return SILENT
    m = len(finding.nodes[0])
    degrees = [k for k in range(finding.size) if num_monomials(m, k) <= finding.size]
    if not degrees or finding.squared_diameter == 0:
        return SILENT
    k = max(degrees)
    # (error / (d r^(k+1)))^2 >= ratio * n^(2 power - 2), unbounded in n
    ratio = (finding.error / finding.mass) ** 2 / finding.squared_diameter ** (k + 1)
    assert isinstance(ratio, Fraction)
    return Reading(
        Bearing.REFUTES,
        (("m", str(m)), ("k", str(k)), ("N", str(num_monomials(m, k)))),
        family="every n >= 1",
        shows=f"{growth_rate(finding)}; squared error over the square of the printed bound "
        rf"$d\, r^{{k+1}}$: ${rational(ratio)}\, n^{{{2 * finding.power - 2}}}$, unbounded in $n$",
    )


SMALL_BALL = Claim(
    slug="small-ball",
    title="Moment matching in a small ball",
    kind=Kind.THEOREM,
    variant=Variant.PRINTED,
    statement=(
        r"Let $f(\theta) = h(\sum_i c_i g(w_i))$ with $h$, $g$ analytic near every point, "
        r"$c_i \ge 0$, and let the $w_i \in \mathbb{R}^m$ lie in a ball of diameter $r$. There "
        r"is a $C$ such that for all $d$ some $c' \ge 0$ that does not depend on $f$, with at "
        r"most $N = \binom{m+k}{k}$ nonzero entries, gives $|f(\theta') - f(\theta)| \le "
        r"C\, d\, r^{k+1}$."
    ),
    source=Source("thm:moment"),
    parameters=(
        Parameter("m", "dimension of an object", "integers >= 1"),
        Parameter("k", "order of the moments", "integers >= 0"),
        Parameter("d", "number of objects", "integers >= 1"),
        Parameter("r", "diameter of the set of objects", "reals > 0"),
    ),
    read=_read,
    uses=(
        "tchakaloff",
        "small-ball-enclosing",
        "small-ball-zeroth-moment",
        "deep-set-extension",
    ),
    reading=(
        "Taken: c' independent of f and C uniform in d, as the abstract and the dynamical theorem "
        "need. Literally (for f there is c') it is vacuous: for scalar g > 0 one object with the "
        "right weight has error 0. What fails is that h is not controlled at |y| of size d; with "
        "a Lipschitz constant of h the statement holds (small-ball-repaired)."
    ),
)
