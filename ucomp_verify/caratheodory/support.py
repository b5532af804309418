"""Choose a support for the moments of a measure, in float64, streaming over its nodes."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ucomp_verify.measures.float_measure import FloatMeasure
from ucomp_verify.measures.frame import Frame

from .spaces import MonomialSpace

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from ucomp_verify.measures.arrays import Array


@dataclass(frozen=True, eq=False)
class Selection:
    """Nodes `indices`, increasing, with weights > 0 that match the moments up to rounding.

    `rank` is how many of the monomials, or other features, float64 can tell apart on the data.
    """

    indices: "npt.NDArray[np.intp]"
    weights: "Array"
    rank: int


STORED = 2 * 10**7  # values of features at once; with more nodes these come in groups first
SMALL = 10**6  # values of features, from which more BLAS threads than one would start


def select_support(
    measure: FloatMeasure,
    degree: int,
    *,
    frame: Frame,
    seed: int = 0,
    features: "MonomialSpace | Callable[[Array], Array] | None" = None,
    spare: int = 0,
) -> Selection:
    """At most `rank` nodes whose weights match all moments up to the degree, up to rounding.

    Nodes of weight 0 are never chosen. `features` replaces the monomials up to the degree: a
    `MonomialSpace`, or a function from nodes, float64 of shape (n, dim), to the values of r
    functions there, (n, r); the constant 1 is added. With `spare`, so many more nodes may stay.
    The same result for the same seed. In memory there are, beside the data, the features of
    few nodes at a time.

    Groups of nodes are reduced first, at their centres of mass (Litterer and Lyons, "High
    order recombination", 2012), then single nodes are eliminated.
    """
    from .streaming import chosen_support

    return Selection(
        *chosen_support(
            measure, degree if features is None else features, frame=frame, seed=seed, spare=spare
        )
    )
