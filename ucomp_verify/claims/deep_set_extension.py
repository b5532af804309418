"""Definition 2: the value of f on weighted objects."""

from ucomp_verify.findings import Finding
from ucomp_verify.kernel.facts import SyzygyFact

from .base import SILENT, Bearing, Claim, Kind, Parameter, Reading, Source, Variant
from .formulas import power_sums, rational, weighted_set


def _read(finding: Finding) -> Reading:
    if not isinstance(finding, SyzygyFact) or any(any(own) for _, own, _ in finding.terms):
        return SILENT
    if finding.value is None or finding.mass != finding.num_points:
        return SILENT
    d = finding.num_points
    return Reading(
        Bearing.REFUTES,
        (("m", str(finding.dim)), ("d", str(d))),
        shows=rf"$f = 0$ is $h(\sum g(w_i))$ for $h = 0$ and, for $d = {d}$, also for $h = "
        rf"{power_sums(finding.terms)}$ of the power sums; on {weighted_set(finding.witness)} "
        rf"the second gives ${rational(finding.value)}$",
    )


DEEP_SET_EXTENSION = Claim(
    slug="deep-set-extension",
    title="f is well defined on weighted objects",
    kind=Kind.DEFINITION,
    variant=Variant.PRINTED,
    statement=(
        r"For fixed $d$ let $f(\theta) = h(\sum_{i=1}^d g(w_i))$. The value $f(\theta') = h(\sum_j "
        r"c_j\, g(w_j))$ on weighted objects with $\sum_j c_j = d$ depends on $f$ alone, not on "
        r"the choice of $h$ and $g$."
    ),
    source=Source("assump:analytic_deepsets"),
    parameters=(
        Parameter("d", "number of objects", "integers >= 1"),
        Parameter("c_j", "weights of total d", "reals >= 0"),
    ),
    read=_read,
    uses=("ftsp-uniqueness",),
    reading=(
        "For one fixed d, as the definition is stated. If h and g are analytic, do not depend on "
        "d and represent f for every d, the value is unique for total weight d large enough."
    ),
    draws_on=("ftsp-uniqueness",),
)
