"""The order d in the FTSP cannot be lowered."""

from ucomp_verify.findings import Finding
from ucomp_verify.kernel.certificates import Implication, Relation
from ucomp_verify.kernel.facts import CounterexampleFact

from .base import SILENT, Bearing, Claim, Kind, Parameter, Reading, Source, Variant
from .formulas import tuple_of
from .identities import SHARP_ORDER, instance_of
from .implications import equal, implication, variables


def order_statement(num_points: int) -> Implication:
    """For d numbers x and y: equal power sums of order < d imply equal ones of order d."""
    names = [f"{letter}{i}" for letter in "xy" for i in range(num_points)]
    letters = variables(*names)

    def equal_power_sums(order: int) -> Relation:
        zero = letters[0] - letters[0]
        left = sum((x**order for x in letters[:num_points]), start=zero)
        return equal(left, sum((y**order for y in letters[num_points:]), start=zero))

    lower = [equal_power_sums(order) for order in range(1, num_points)]
    return implication(names, lower, equal_power_sums(num_points))


def _read(finding: Finding) -> Reading:
    if not isinstance(finding, CounterexampleFact):
        return instance_of(SHARP_ORDER, finding)
    d = len(finding.values) // 2
    if d < 1 or finding.statement != order_statement(d):
        return SILENT
    x, y = finding.values[:d], finding.values[d:]
    return Reading(
        Bearing.INSTANCE,
        (("d", str(d)),),
        family="every m >= 1",
        shows=f"${tuple_of(x)}$ and ${tuple_of(y)}$ have equal power sums of every order below "
        rf"${d}$ but not of order ${d}$; in $\mathbb{{R}}^m$ put them on a line",
    )


FTSP_ORDER_SHARP = Claim(
    slug="ftsp-order-sharp",
    title="Order d in the FTSP cannot be lowered",
    kind=Kind.REMARK,
    variant=Variant.NEW,
    statement=(
        r"For all $m, d \ge 1$ there are two sets of $d$ points in $\mathbb{R}^m$ with equal "
        r"moments $p_1, \dots, p_{d-1}$ and different $p_d$; so $p_d$ is no function of "
        r"$p_1, \dots, p_{d-1}$."
    ),
    source=Source("thm:fundamental_multisym"),
    parameters=(
        Parameter("m", "dimension of a point", "integers >= 1"),
        Parameter("d", "number of points", "integers >= 1"),
    ),
    read=_read,
)
