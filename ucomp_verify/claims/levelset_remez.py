"""Lemma 2 as printed: how much of a domain the small values of a polynomial can fill."""

from ucomp_verify.findings import Finding
from ucomp_verify.kernel.facts import LevelSetFact

from .base import SILENT, Bearing, Claim, Kind, Parameter, Reading, Source, Variant
from .formulas import rational, univariate


def _read(finding: Finding) -> Reading:
    if not isinstance(finding, LevelSetFact):
        return SILENT
    k, t, share = len(finding.coefficients) - 1, finding.level, finding.share
    # |{|p| <= t}| / |D| <= (t/2)^(1/k), with both sides raised to the power k >= 1.
    if k < 1 or t <= 0 or share**k <= t / 2:
        return SILENT
    interval = f"[{rational(finding.domain[0])}, {rational(finding.domain[-1])}]"
    return Reading(
        Bearing.REFUTES,
        (("m", "1"), ("k", str(k)), ("t", str(t))),
        shows=rf"$p(x) = {univariate(finding.coefficients)}$ on ${interval}$ has $|p| \le "
        rf"{rational(t)}$ on a share of ${rational(share)}$ or more; the lemma allows "
        rf"$({rational(t)}/2)^{{1/{k}}}$",
    )


LEVELSET_REMEZ = Claim(
    slug="levelset-remez",
    title="Level sets of polynomials",
    kind=Kind.LEMMA,
    variant=Variant.PRINTED,
    statement=(
        r"Let $D \subset \mathbb{R}^m$ be convex and compact with interior, $p$ a real polynomial "
        r"of degree at most $k$ with $\max_D |p| = 1$, and $t > 0$. Then $S_t = \{x \in D : |p(x)| "
        r"\ge t\}$ has volume at least $(1 - (t/2)^{1/k})\, |D|$."
    ),
    source=Source("lemma:levelset-remez", (1116, 1127)),
    parameters=(
        Parameter("m", "dimension of the domain", "integers >= 1"),
        Parameter("k", "degree of the polynomial", "integers >= 1"),
        Parameter("t", "level", "reals > 0"),
    ),
    read=_read,
    uses=("levelset-chebyshev-bound",),
    reading=(
        "The printed proof bounds the Chebyshev polynomial from below where a bound from above is "
        "needed. With 4 m t^(1/k) in place of (t/2)^(1/k) it holds (levelset-remez-repaired)."
    ),
)
