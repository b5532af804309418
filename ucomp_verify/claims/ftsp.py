"""Multivariate FTSP: power sums of order at most d generate the symmetric polynomials."""

from ucomp_verify.findings import Finding
from ucomp_verify.kernel.facts import IdentityFact

from .base import SILENT, Bearing, Claim, Kind, Parameter, Reading, Source, Variant
from .formulas import power_sums
from .identities import GENERATION, instance_of


def order(fact: IdentityFact) -> int:
    """The largest order of a power sum on the right side; 0 for a constant."""
    return max((sum(alpha) for _, factors in fact.right for alpha in factors), default=0)


def instance(fact: IdentityFact, *, family: str = "", least: int = 1) -> Reading:
    """The identity as an instance for d >= `least` points, or for its own number of them."""
    zero = (0,) * fact.dim
    if len(fact.left) == 1:
        parts = ",".join("".join(map(str, alpha)) for alpha in fact.left[0][1])
        what, left = ("parts", parts or "none"), f"m_{{{parts}}}"
    else:
        degree = max(sum(map(sum, parts)) for _, parts in fact.left)
        what, left = ("orbits", f"{len(fact.left)}, up to degree {degree}"), r"\sum c\, m"
    points = f"{least} or more" if fact.num_points is None else str(fact.num_points)
    right = power_sums((c, zero, factors) for c, factors in fact.right)
    parameters = (("m", str(fact.dim)), ("d", points), what)
    return Reading(Bearing.INSTANCE, parameters, family=family, shows=f"${left} = {right}$")


def settled(fact: IdentityFact) -> str:
    """The family that an identity for any number of points settles at once.

    Different unit vectors stand for any parts: substitute x_j -> w^alpha_j.
    """
    parts = fact.left[0][1]
    units = [tuple(int(i == j) for i in range(len(parts))) for j in range(len(parts))]
    generic = len(fact.left) == 1 and sorted(parts) == sorted(units)
    return f"{len(parts)} parts, every m, alpha and d" if generic else "every d >= 1"


def low_order(fact: IdentityFact) -> Reading:
    """An instance for every number of points that is not below the orders on the right."""
    if fact.num_points is None:
        return instance(fact, least=max(order(fact), 1))
    return instance(fact) if order(fact) <= fact.num_points else SILENT


def _read(finding: Finding) -> Reading:
    if isinstance(finding, IdentityFact):
        return low_order(finding)
    return instance_of(GENERATION, finding)


FTSP = Claim(
    slug="ftsp",
    title="Fundamental theorem of symmetric polynomials, multivariate",
    kind=Kind.THEOREM,
    variant=Variant.PRINTED,
    statement=(
        r"For $m, d \ge 1$ every real polynomial in $w_1, \dots, w_d \in \mathbb{R}^m$ that is "
        r"invariant under permutations of the $w_i$ is a polynomial in the components of the "
        r"moments $p_1, \dots, p_d$, where $p_k = \frac{1}{d} \sum_i w_i^{\otimes k}$."
    ),
    source=Source("thm:fundamental_multisym", (305, 310)),
    parameters=(
        Parameter("m", "dimension of a point", "integers >= 1"),
        Parameter("d", "number of points", "integers >= 1"),
    ),
    read=_read,
    reading=(
        "Existence only. That the polynomial is unique is a step of the printed proof and a "
        "claim of its own (ftsp-uniqueness)."
    ),
)
