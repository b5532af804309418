"""T5: gradient descent of a compressed mean-field network stays close, step by step."""

from .base import Claim, Kind, Parameter, Source, Variant
from .comparisons import comparisons_of

DYNAMICAL_LTH_REPAIRED = Claim(
    slug="dynamical-lth-repaired",
    title="Dynamical lottery ticket hypothesis for mean-field networks",
    kind=Kind.THEOREM,
    variant=Variant.REPAIRED,
    statement=(
        r"Let $y_\mu(x) = \int g(w, x) \, d\mu(w)$ and train probability measures $\mu_0$ and "
        r"$\nu_0$ on $\mathbb{R}^m$ by $T$ steps of $w \mapsto w - \frac{\eta}{n} \sum_{a=1}^n "
        r"\ell'_a(y(x_a)) \nabla_w g(w, x_a)$. Let $|\ell'_a| \le C_1$ and $|\ell''_a| \le C_2$ "
        r"on an interval that holds all outputs $y(x_a)$ of both, and $|\nabla_w g| \le G_1$ and "
        r"$\|\nabla_w^2 g\| \le G_2$ on a convex set that holds all places to which the steps of "
        r"$\mu_0$ and those of $\nu_0$ take nodes of $\nu_0$. With $\kappa = C_1 G_2 + C_2 G_1^2$ "
        r"and $\delta_s = \max_a |\int g(F_s(w), x_a) \, d(\mu_0 - \nu_0)(w)|$, where $F_s$ are "
        r"the first $s$ steps of $\mu_0$, $\max_a |y_{\mu_T}(x_a) - y_{\nu_T}(x_a)| \le \delta_T "
        r"+ \eta C_2 G_1^2 \sum_{s<T} (1 + \eta \kappa)^{T-1-s} \delta_s \le (1 + \eta \kappa)^T "
        r"\max_{s \le T} \delta_s$. If $|g| \le G$ and $\|\nabla_w^2 g\| \le H$ within $\rho$ of "
        r"$\mathbb{R}^m$ in $\mathbb{C}^m$, the interval is $[-G, G]$, the convex set "
        r"$\mathbb{R}^m$, and $\mu_0$ has finitely many nodes, all in $[-R, R]^m$, then for every "
        r"$\varepsilon > 0$ some $\nu_0$ on at most $\lceil 2 R \sqrt{m} (1 + \eta C_1 H)^T / "
        r"\rho \rceil^m \max(1, \lceil \log_2(4 G (1 + \eta \kappa)^T / \varepsilon) \rceil)^m$ "
        r"of them, the same for all such $g$ and $\ell_a$, keeps the left side at most "
        r"$\varepsilon$."
    ),
    source=Source("thm:DLTH"),
    parameters=(
        Parameter("m", "dimension of an object", "integers >= 1"),
        Parameter("n", "number of training inputs", "integers >= 1"),
        Parameter("T", "number of steps", "integers >= 0"),
        Parameter(r"\eta", "learning rate", "reals > 0"),
        Parameter("C_1", "bound of the derivative of the losses", "reals >= 0"),
        Parameter("C_2", "bound of the second derivative of the losses", "reals >= 0"),
        Parameter("G_1", "bound of the gradient of g in w", "reals >= 0"),
        Parameter("G_2", "bound of the Hessian of g in w", "reals >= 0"),
        Parameter("G", "bound of g for complex w", "reals > 0"),
        Parameter("H", "bound of the Hessian of g for complex w", "reals >= 0"),
        Parameter(r"\rho", "radius of the complex neighbourhood", "reals > 0"),
        Parameter("R", "half the side of the cube that holds the nodes", "reals > 0"),
        Parameter(r"\varepsilon", "error allowed", "reals > 0"),
    ),
    read=comparisons_of("dynamical-lth-repaired"),
    uses=("mean-field-dynamics", "support-reduction"),
    repairs="dynamical-lth",
    reading=(
        "Nothing is asked of f o T. The network is a mean (weights 1/d); for a sum of d objects "
        "kappa grows with d. The bounds of derivatives are asked where training comes, so squared "
        "losses are included: outputs are at most max |g|. The number of objects is "
        "polylogarithmic in 1/eps with a constant that grows exponentially with eta T. In the "
        "instances gaps and bounds are enclosed in balls, by training both networks with them."
    ),
)
