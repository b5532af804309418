"""L2: how much of a convex body a polynomial can be small on."""

from fractions import Fraction

from ucomp_verify.findings import Finding
from ucomp_verify.kernel.facts import LevelSetFact

from .base import SILENT, Bearing, Claim, Kind, Parameter, Reading, Source, Variant
from .comparisons import comparisons_of
from .formulas import rational, univariate

_INSTANCES = comparisons_of("levelset-remez-repaired")


def _chebyshev(degree: int, x: Fraction) -> Fraction:
    """T_k(x) for the degree k >= 1."""
    previous, value = Fraction(1), x
    for _ in range(degree - 1):
        previous, value = value, 2 * x * value - previous
    return value


def _read(finding: Finding) -> Reading:
    """A fact bounds the share from below, so it can refute and never confirm.

    With a = arccosh(1/t) and m = 1 the bound 1 - tanh^2(a/2k) is 2 / (1 + cosh(a/k)). A
    share is above it exactly if 2/share - 1 < cosh(a/k), that is T_k(2/share - 1) < 1/t.
    """
    if not isinstance(finding, LevelSetFact):
        return _INSTANCES(finding)
    degree, level, share = len(finding.coefficients) - 1, finding.level, finding.share
    if degree < 1 or not 0 < level <= 1 or not 0 < share <= 1:
        return SILENT
    if level * _chebyshev(degree, 2 / share - 1) >= 1:
        return SILENT
    return Reading(
        Bearing.REFUTES,
        (("m", "1"), ("k", str(degree)), ("t", str(level))),
        shows=rf"$|{univariate(finding.coefficients)}| \le {rational(level)}$ on a share of at "
        rf"least ${rational(share)}$ of an interval on which the maximum is $1$",
    )


LEVELSET_REMEZ_REPAIRED = Claim(
    slug="levelset-remez-repaired",
    title="Level sets of polynomials, sharp",
    kind=Kind.LEMMA,
    variant=Variant.REPAIRED,
    statement=(
        r"Let $D \subset \mathbb{R}^m$ be convex and compact with $|D| > 0$, $k \ge 1$, $0 < t \le "
        r"1$, and $p$ a polynomial of degree at most $k$ with $\max_D |p| = 1$. Then $|\{x \in D : "
        r"|p(x)| \le t\}| / |D| \le 1 - "
        r"\tanh^{2m}\left(\frac{\operatorname{arccosh}(1/t)}{2k}\right) \le 4 m \, t^{1/k}$."
    ),
    source=Source("lemma:levelset-remez", (1116, 1127)),
    parameters=(
        Parameter("m", "dimension of the domain", "integers >= 1"),
        Parameter("k", "bound of the degree", "integers >= 1"),
        Parameter("t", "level", "reals, 0 < t <= 1"),
    ),
    read=_read,
    repairs="levelset-remez",
    reading=(
        "A level set certificate bounds the share from below for m = 1, so it can refute this "
        "statement and cannot confirm it: short of a refutation it is silent. The first bound is "
        "attained by Chebyshev polynomials of the height of a cone."
    ),
    draws_on=("levelset-remez",),
)
