"""How the radius of convergence enters the printed rate of Theorem 7."""

from ucomp_verify.findings import Finding
from ucomp_verify.kernel.certificates import Implication
from ucomp_verify.kernel.facts import CounterexampleFact

from .base import SILENT, Bearing, Claim, Kind, Parameter, Reading, Source, Variant
from .formulas import rational
from .implications import at_least, equal, greater, implication, variables

MAX_DIM, MAX_MULTIPLE = 8, 4  # of the statements that a counterexample is held against


def radius_power_statement(dim: int, multiple: int) -> Implication:
    """The instance k = multiple * m, with both sides times rho^(k + k/m) (m! d')^(k/m) / k^k."""
    rho, size = variables("rho", "size")
    hypotheses = [greater(rho, 0), at_least(size, 1)]
    return implication(["rho", "size"], hypotheses, equal(rho**multiple, rho ** (dim * multiple)))


def _read(finding: Finding) -> Reading:
    if not isinstance(finding, CounterexampleFact):
        return SILENT
    for m in range(1, MAX_DIM):
        for j in range(1, MAX_MULTIPLE):
            if finding.statement == radius_power_statement(m, j):
                rho = finding.values[0]
                return Reading(
                    Bearing.REFUTES,
                    (("m", str(m)), ("k", str(m * j))),
                    shows=rf"for $\rho = {rational(rho)}$ the factor is $\rho^{{-{m * j}}}$, and "
                    rf"not $\rho^{{-{j}}}$",
                )
    return SILENT


POLYLOG_RADIUS_POWER = Claim(
    slug="polylog-radius-power",
    title="The radius of convergence in the printed rate",
    kind=Kind.STEP,
    variant=Variant.PRINTED,
    statement=(
        r"For all $m, k \ge 1$, $\rho > 0$ and $d' \ge 1$ the bound in terms of $k$ that is "
        r"minimised is $\rho^{-k} \left(\frac{k^m}{m! \, d'}\right)^{k/m} = \left(\frac{k^m}{m! \, "
        r"\rho \, d'}\right)^{k/m}$, so that the minimum is $\exp\left(-\frac{1}{e} (m! \, \rho \, "
        r"d')^{1/m}\right)$."
    ),
    source=Source("thm:errorbound_polylog"),
    parameters=(
        Parameter("m", "dimension of an object", "integers >= 1"),
        Parameter("k", "order of the moments", "integers >= 1"),
        Parameter(r"\rho", "radius of convergence of g", "reals > 0"),
        Parameter("d'", "number of weighted objects", "integers >= 1"),
    ),
    read=_read,
    reading=(
        "A slip: (k/m) log rho stands where k log rho follows from Taylor coefficients of size "
        "rho^(-k), so rho should be rho^m in the printed rate. Both agree for m = 1."
    ),
)
