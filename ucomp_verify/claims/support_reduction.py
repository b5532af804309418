"""Algorithm 2: null vectors of the moment matrix remove nodes until at most N are left."""

from ucomp_verify.findings import Finding
from ucomp_verify.kernel.facts import CubatureFact

from .base import SILENT, Claim, Kind, Parameter, Reading, Source, Variant
from .tchakaloff import exact_rule


def _read(finding: Finding) -> Reading:
    return exact_rule(finding) if isinstance(finding, CubatureFact) else SILENT


SUPPORT_REDUCTION = Claim(
    slug="support-reduction",
    title="Algorithm 2 reduces the support to N nodes",
    kind=Kind.ALGORITHM,
    variant=Variant.PRINTED,
    statement=(
        r"Given $d$ nodes in $\mathbb{R}^m$ with weights $c \ge 0$ and a degree $k$, Algorithm 2 "
        r"ends after at most $d - N$ steps, $N = \binom{m+k}{k}$, with weights $c' \ge 0$ on at "
        r"most $N$ of the nodes that keep every moment of order $0, \dots, k$."
    ),
    source=Source("alg:reduce"),
    parameters=(
        Parameter("m", "dimension of a node", "integers >= 1"),
        Parameter("k", "degree up to which moments agree", "integers >= 0"),
        Parameter("d", "number of nodes", "integers >= 1"),
    ),
    read=_read,
    uses=("tchakaloff",),
    reading=(
        "An instance is a result of the algorithm that the kernel accepts: its weights, support "
        "and moments. The number of steps is not certified by it."
    ),
)
