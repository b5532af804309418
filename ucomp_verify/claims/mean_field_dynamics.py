"""Compressed dynamics, defined for maps whose mean-field form is given."""

from ucomp_verify.findings import Finding

from .base import Claim, Kind, Parameter, Reading, Source, Variant
from .identities import DUPLICATION, instance_of


def _read(finding: Finding) -> Reading:
    return instance_of(DUPLICATION, finding)


MEAN_FIELD_DYNAMICS = Claim(
    slug="mean-field-dynamics",
    title="Compressed dynamics of mean-field maps: duplication",
    kind=Kind.DEFINITION,
    variant=Variant.REPAIRED,
    statement=(
        r"Let a training map move the objects to $\Phi(w_i, \sum_{l=1}^d G(w_l))$, with $\Phi$ and "
        r"$G$ the same for all $i$ and all $d \ge 1$, and let its compressed map move an object "
        r"$w_j$ of weight $c_j$ to $\Phi(w_j, \sum_l c_l G(w_l))$ and keep the weights. If all "
        "$c_j$ are positive integers, then after any number of steps the compressed objects are "
        "where the training map takes the objects when it starts with $c_j$ copies of each $w_j$."
    ),
    source=Source("lemma:ev_fund_rep"),
    parameters=(
        Parameter("d", "number of objects", "integers >= 1"),
        Parameter("c_j", "weight of an object", "integers >= 1"),
    ),
    read=_read,
    repairs="compressed-dynamics-uniqueness",
    reading=(
        "The form (Phi, G) is a part of the data; it cannot be read off the map for one d. An "
        "object holds its optimiser state, and Phi and G may depend on the step."
    ),
)
