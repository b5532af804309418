"""An invariant function of an equivariant map is invariant."""

from ucomp_verify.findings import Finding

from .base import Claim, Kind, Parameter, Reading, Source, Variant
from .identities import INVARIANT_COMPOSITION, instance_of


def _read(finding: Finding) -> Reading:
    return instance_of(INVARIANT_COMPOSITION, finding)


SYMMETRIC_COMPOSITION = Claim(
    slug="symmetric-composition",
    title="The trained function is symmetric",
    kind=Kind.LEMMA,
    variant=Variant.PRINTED,
    statement=(
        r"For $d \ge 1$ and a set $V$, if $f \colon V^d \to \mathbb{R}$ is invariant and $T \colon "
        r"V^d \to V^d$ equivariant under permutations of the $d$ objects, then $f \circ T$ is "
        "invariant."
    ),
    source=Source("Lemma 3"),
    parameters=(Parameter("d", "number of objects", "integers >= 1"),),
    read=_read,
    reading=(
        "The printed values of f in V^d are a slip for real values. The printed action composes in "
        "the reverse order, which changes nothing here."
    ),
)
