"""The list of moments that the proof of Theorem 3 matches: order 0 is not in it."""

from ucomp_verify.findings import Finding
from ucomp_verify.kernel.certificates import Implication
from ucomp_verify.kernel.facts import CounterexampleFact

from .base import SILENT, Bearing, Claim, Kind, Parameter, Reading, Source, Variant
from .formulas import rational, tuple_of
from .implications import at_least, equal, implication, variables

MAX_ORDER = 20  # of the statements that a counterexample is held against


def zeroth_moment_statement(order: int) -> Implication:
    """The instance for nodes at 0 and x, m = 1 and q = 1: weights c before, e afterwards."""
    names = ["c1", "c2", "e1", "e2", "x"]
    c1, c2, e1, e2, x = variables(*names)
    signs = [at_least(weight, 0) for weight in (c1, c2, e1, e2)]
    matched = [equal(e2 * x**i, c2 * x**i) for i in range(1, order + 1)]
    return implication(names, [*signs, *matched], equal(e1 + e2, c1 + c2))


def _read(finding: Finding) -> Reading:
    if not isinstance(finding, CounterexampleFact):
        return SILENT
    orders = [k for k in range(1, MAX_ORDER) if finding.statement == zeroth_moment_statement(k)]
    if not orders:
        return SILENT
    c1, c2, e1, e2, x = finding.values
    return Reading(
        Bearing.REFUTES,
        (("m", "1"), ("k", str(orders[0])), ("d", "2")),
        shows=rf"nodes $0$ and ${rational(x)}$: the weights ${tuple_of([c1, c2])}$ and "
        rf"${tuple_of([e1, e2])}$ agree in the moments of order $1, \dots, {orders[0]}$ about $0$, "
        rf"and not in $\sum_i c_i q(w_i)$ for $q = 1$: ${rational(c1 + c2)} \ne "
        rf"{rational(e1 + e2)}$",
    )


SMALL_BALL_ZEROTH_MOMENT = Claim(
    slug="small-ball-zeroth-moment",
    title="Moments of order 1 to k are enough",
    kind=Kind.STEP,
    variant=Variant.PRINTED,
    statement=(
        r"Let $k \ge 1$, $c, c' \ge 0$ and $w_0, w_1, \dots, w_d \in \mathbb{R}^m$. If $\sum_i "
        r"c'_i (w_i - w_0)^{\otimes l} = \sum_i c_i (w_i - w_0)^{\otimes l}$ for $l = 1, \dots, "
        r"k$, then $\sum_i c'_i q(w_i) = \sum_i c_i q(w_i)$ for every polynomial $q$ of degree at "
        r"most $k$."
    ),
    source=Source("thm:moment"),
    parameters=(
        Parameter("m", "dimension of an object", "integers >= 1"),
        Parameter("k", "order of the moments", "integers >= 1"),
        Parameter("d", "number of objects", "integers >= 1"),
    ),
    read=_read,
    reading=(
        "As the printed proof of Theorem 3 needs it: its list of matched moments starts at order "
        "1. Weight that is added at the centre is invisible to these. With order 0 in the list, "
        "which the number N already counts, the step holds (small-ball-repaired)."
    ),
)
