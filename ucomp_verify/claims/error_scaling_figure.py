"""Figure 2: how the error of a compression to a tenth falls with d."""

from fractions import Fraction

from ucomp_verify.findings import Finding

from .base import SILENT, Claim, Kind, Parameter, Reading, Source, Variant
from .exponents import EXPONENT, exponent_in, near


def _read(finding: Finding) -> Reading:
    """Of the paper's algorithm, which removes nodes from clusters one after another."""
    found = exponent_in(finding, EXPONENT)
    if found is None or found.method != "greedy":
        return SILENT
    return near(found, Fraction(found.degree + 1, found.dim) + Fraction(1, 2))


ERROR_SCALING_FIGURE = Claim(
    slug="error-scaling-figure",
    title="Fig. 2: exponent of the compression error",
    kind=Kind.FIGURE,
    variant=Variant.PRINTED,
    statement=(
        r"Let $f(\theta)$ be the mean over the objects $w$ and over 10 vectors $x_a \in [-1, 1]^m$ "
        r"of $1 / (1 + \exp(-\langle w, x_a \rangle))$. Compressing $d$ uniform points of $[-1, "
        r"1]^m$ to $\max([0.1 d], \binom{m+k}{k})$ with moments matched up to order $k$ has "
        r"$|f(\theta') - f(\theta)| \propto d^{-\alpha}$ with $\alpha \approx \frac{k+1}{m} + "
        r"\frac{1}{2}$: where float64 shows errors at all, the fitted exponent misses it by at "
        r"most $1/4$ and two standard errors."
    ),
    source=Source("Fig. 2"),
    parameters=(
        Parameter("m", "dimension of a point", "1 to 5"),
        Parameter("k", "degree up to which moments agree", "1 to 6"),
        Parameter("d", "number of points", "1000 to 128000"),
        Parameter(r"\alpha", "fitted exponent", "reals"),
    ),
    read=_read,
    reading=(
        "f carries 1/d, so the compression theorem predicts (k+1)/m - 1 (not - 2 as its caption "
        "has it) and one-shot-compression (k+1)/m; for the 1/2 see half-exponent."
    ),
)
