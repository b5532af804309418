"""An invariant function of an equivariant map is invariant."""

from .base import Claim, Kind, Parameter, Source, Variant, unread

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
    read=unread,
    reading=(
        "The printed values of f in V^d are a slip for real values. The printed action composes in "
        "the reverse order, which changes nothing here."
    ),
)
