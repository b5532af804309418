"""That Theorem 5 applies to a network trained by gradient descent whenever Theorem 4 does."""

from ucomp_verify.findings import Finding, SymbolicIdentity

from .base import SILENT, Bearing, Claim, Kind, Parameter, Reading, Source, Variant
from .identities import NO_LATENT_FORM, NO_LATENT_FORM_FAMILY


def _read(finding: Finding) -> Reading:
    """One g without a form is enough; the identities leave it none for any L."""
    if not isinstance(finding, SymbolicIdentity) or finding.statement != NO_LATENT_FORM:
        return SILENT
    if finding.family != NO_LATENT_FORM_FAMILY or finding.parameters:
        return SILENT
    return Reading(Bearing.REFUTES, family=finding.family, shows=finding.shows)


DYNAMICAL_LTH_HYPOTHESIS = Claim(
    slug="dynamical-lth-hypothesis",
    title="A trained network has a deep-set form if the network has one",
    kind=Kind.STEP,
    variant=Variant.PRINTED,
    statement=(
        r"Let $f(\theta) = \sum_{i=1}^d g(w_i)$ for $d$ objects $w_i$ with $|w_i| \le R$, where "
        r"$g$ is analytic with radius of convergence at least $\rho > 0$ about every point, and "
        r"let $T$ be one step of gradient descent on $f^2/2$ with learning rate $\eta > 0$. Then "
        r"$f \circ T$ is as in Assumption 1: for some $L$, the same for all $d \ge 1$, there are "
        r"analytic $\tilde{h} \colon \mathbb{R}^L \to \mathbb{R}$ and $\tilde{g}$ with "
        r"$f(T(\theta)) = \tilde{h}(\sum_i \tilde{g}(w_i))$."
    ),
    source=Source("thm:DLTH"),
    parameters=(
        Parameter("d", "number of objects", "integers >= 1"),
        Parameter("R", "radius of the ball that holds the objects", "reals > 0"),
        Parameter(r"\rho", "radius of convergence of g about every point", "reals > 0"),
        Parameter(r"\eta", "learning rate", "reals > 0"),
        Parameter("L", "latent dimensions of the form", "integers >= 1"),
    ),
    read=_read,
    uses=("symmetric-composition",),
    reading=(
        "Theorem 5 assumes this of f o T and does not claim it. It is the step by which the "
        "theorem is applied to networks that are trained by gradient descent, so it is read for "
        "the simplest of them: one input, target 0, one step. It is false for g = log((2 + w)/4) "
        "with R = rho = 1, for every eta and L as soon as d >= L + 3, even if h and g may depend "
        "on d and are differentiable only; and for g = tanh (proofs/dynamical-lth-hypothesis/"
        "argument.md). It holds for polynomials g. For one d and one dimension of the objects "
        "there is a form with L = d, which compresses nothing. Theorem 5 itself is not refuted by "
        "this: there it is an assumption. What training does to a compressed network is in "
        "dynamical-lth-repaired, which asks nothing of f o T."
    ),
)
