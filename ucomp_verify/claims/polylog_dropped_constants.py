"""Constants to the power k that Theorem 7 puts into its O(.)."""

from ucomp_verify.findings import Finding
from ucomp_verify.kernel.certificates import Implication
from ucomp_verify.kernel.facts import CounterexampleFact

from .base import SILENT, Bearing, Claim, Kind, Parameter, Reading, Source, Variant
from .formulas import rational
from .implications import at_least, equal, greater, implication, variables


def unit_free_statement() -> Implication:
    """The m-th powers of the exponents, over m! e^-m: s rho d' and rho d'."""
    unit, rho, size = variables("unit", "rho", "size")
    hypotheses = [greater(unit, 0), greater(rho, 0), at_least(size, 1)]
    return implication(["unit", "rho", "size"], hypotheses, equal(unit * rho * size, rho * size))


def _read(finding: Finding) -> Reading:
    if not isinstance(finding, CounterexampleFact) or finding.statement != unit_free_statement():
        return SILENT
    unit, rho, size = finding.values
    return Reading(
        Bearing.REFUTES,
        family="every m >= 1",
        shows=rf"for $\rho = {rational(rho)}$ and $d' = {rational(size)}$ the unit $s = "
        rf"{rational(unit)}$ multiplies the printed exponent by ${rational(unit)}^{{1/m}}$, while "
        "no error changes",
    )


POLYLOG_DROPPED_CONSTANTS = Claim(
    slug="polylog-dropped-constants",
    title="Constants to the power k are constants",
    kind=Kind.STEP,
    variant=Variant.PRINTED,
    statement=(
        r"Of the factor $(6R)^{k+1}$ in the bound that Theorem 7 minimises over $k$ nothing "
        r"remains in the exponent: $\exp\left(-\frac{1}{e} (m! \, \rho \, d')^{1/m}\right)$ is the "
        r"rate for all $R$. Hence it is the rate for the points $s w_i$ and the function $g(\cdot "
        r"/ s)$, whose errors are those of $w_i$ and $g$: for all $s > 0$, $\exp\left(-\frac{1}{e} "
        r"(m! \, s \rho \, d')^{1/m}\right) = \exp\left(-\frac{1}{e} (m! \, \rho \, "
        r"d')^{1/m}\right)$."
    ),
    source=Source("thm:errorbound_polylog"),
    parameters=(
        Parameter("m", "dimension of an object", "integers >= 1"),
        Parameter("R", "radius of the ball that holds the objects", "reals > 0"),
        Parameter(r"\rho", "radius of convergence of g", "reals > 0"),
        Parameter("d'", "number of weighted objects", "integers >= 1"),
        Parameter("s", "factor by which the unit of length changes", "reals > 0"),
    ),
    read=_read,
    reading=(
        "As k grows with d', constants to the power k are no constants. A change of unit shows "
        "it: it changes no error and multiplies the printed exponent by s^(1/m). With R/rho in the "
        "exponent the rate is free of units (polylog-rate)."
    ),
)
