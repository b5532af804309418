"""The bound of Chebyshev polynomials in the proof of Lemma 2: it goes the wrong way."""

from ucomp_verify.findings import Finding
from ucomp_verify.kernel.certificates import Implication
from ucomp_verify.kernel.facts import CounterexampleFact

from .base import SILENT, Bearing, Claim, Kind, Parameter, Reading, Source, Variant
from .formulas import rational
from .implications import Expression, at_least, implication, variables

MAX_DEGREE = 12  # of the statements that a counterexample is held against


def _chebyshev(degree: int, x: Expression) -> Expression:
    previous, value = x.lift(1), x
    for _ in range(degree - 1):
        previous, value = value, x * value * 2 - previous
    return value


def chebyshev_bound_statement(degree: int) -> Implication:
    """The instance for one degree, in y = 1 / share >= 1: 2 T_k(2y - 1) <= y^k."""
    (y,) = variables("y")
    left = _chebyshev(degree, y * 2 - 1) * 2
    return implication(["y"], [at_least(y, 1)], at_least(y**degree, left))


def _read(finding: Finding) -> Reading:
    if not isinstance(finding, CounterexampleFact):
        return SILENT
    degrees = [k for k in range(1, MAX_DEGREE) if finding.statement == chebyshev_bound_statement(k)]
    if not degrees:
        return SILENT
    (k,), (y,) = degrees, finding.values
    return Reading(
        Bearing.REFUTES,
        (("k", str(k)), (r"\lambda", str(1 / y))),
        shows=rf"$T_{{{k}}}(2/\lambda - 1) > \tfrac12 \lambda^{{-{k}}}$ for $\lambda = "
        rf"{rational(1 / y)}$",
    )


LEVELSET_CHEBYSHEV_BOUND = Claim(
    slug="levelset-chebyshev-bound",
    title="The Chebyshev polynomial in the proof of Lemma 2",
    kind=Kind.STEP,
    variant=Variant.PRINTED,
    statement=(
        r"For $k \ge 1$ and a share $0 < \lambda \le 1$ the Chebyshev polynomial has $T_k(2 / "
        r"\lambda - 1) \le \frac{1}{2} \lambda^{-k}$. So $1 \le t \, T_k(2 / \lambda - 1)$, "
        r"which Remez's inequality gives for the share $\lambda$ of $\{|p| \le t\}$, implies "
        r"$\lambda \le (t/2)^{1/k}$."
    ),
    source=Source("lemma:levelset-remez", (1116, 1127)),
    parameters=(
        Parameter("k", "degree of the polynomial", "integers >= 1"),
        Parameter("t", "level", "reals > 0"),
        Parameter(r"\lambda", "share of the domain", "reals, 0 < lambda <= 1"),
    ),
    read=_read,
    reading=(
        "The printed proof uses T_k(x) >= x^k / 2 and 2/lambda - 1 >= 1/lambda, which are true, as "
        "if they bounded T_k and its argument from above. The upper bounds T_k(x) <= (2x)^k / 2 "
        "and 2/lambda - 1 <= 2/lambda give 4 (t/2)^(1/k) for m = 1."
    ),
)
