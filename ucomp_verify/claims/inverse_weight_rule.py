"""Compressed training: divide the gradient of a weighted object by its weight."""

from ucomp_verify.findings import Finding
from ucomp_verify.kernel.certificates import Implication
from ucomp_verify.kernel.facts import CounterexampleFact

from .base import SILENT, Bearing, Claim, Kind, Parameter, Reading, Source, Variant
from .formulas import rational
from .implications import at_least, equal, greater, implication, variables


def clipping_statement() -> Implication:
    """Clipping the global norm acts on weight c as on c copies, for one object in R.

    The copies have gradient G each, so their norm is F with F^2 = c G^2; divided by its
    weight the gradient c G of the weighted object is G, of norm W. Clipping at tau
    multiplies by s = min(1, tau / F) and t = min(1, tau / W).
    """
    names = ("c", "G", "tau", "F", "W", "s", "t")
    c, g, tau, full, weighted, s, t = variables(*names)
    hypotheses = [
        at_least(c, 1),
        greater(tau, 0),
        greater(full, 0),
        greater(weighted, 0),
        equal(full * full, c * g * g),
        equal(weighted * weighted, g * g),
    ]
    for factor, norm in ((s, full), (t, weighted)):
        one = factor - factor + 1
        hypotheses += [
            at_least(one, factor),
            at_least(tau, factor * norm),
            equal((one - factor) * (tau - factor * norm), 0),
        ]
    return implication(names, hypotheses, equal(s * g, t * g))


def _read(finding: Finding) -> Reading:
    if not isinstance(finding, CounterexampleFact) or finding.statement != clipping_statement():
        return SILENT
    c, g, tau, full, weighted, s, t = map(rational, finding.values)
    return Reading(
        Bearing.REFUTES,
        (("optimizer", "global-norm clipping"), ("c", c)),
        shows=rf"clipping at $\tau = {tau}$: ${c}$ copies with gradient $G = {g}$ have norm "
        rf"${full}$ and are scaled by ${s}$; one object of weight ${c}$, its "
        rf"gradient divided by ${c}$, has norm ${weighted}$ and is scaled by ${t}$",
    )


INVERSE_WEIGHT_RULE = Claim(
    slug="inverse-weight-rule",
    title="Dividing gradients by weights serves all gradient-based updates",
    kind=Kind.REMARK,
    variant=Variant.PRINTED,
    statement=(
        r"If the gradient $\partial L / \partial w_j$ of an object of weight $c_j$ is replaced by "
        r"$c_j^{-1}\, \partial L / \partial w_j$, every gradient-based update rule moves the "
        r"object as it moves $c_j$ copies of it in the original system, for integers $c_j \ge 1$."
    ),
    source=Source("thm:DLTH", (1456, 1459)),
    parameters=(
        Parameter("c_j", "weight of an object", "integers >= 1"),
        Parameter(r"\partial L / \partial w_j", "gradient of the loss", "real vectors"),
    ),
    read=_read,
    reading=(
        "True exactly for rules that treat objects one by one (gradient descent, momentum, Adam "
        "with scaled gradients); false for rules with statistics over objects, such as clipping "
        "by the global norm."
    ),
)
