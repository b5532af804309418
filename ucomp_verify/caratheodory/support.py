"""Choose a support for the moments of a measure, in float64, streaming over its nodes."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ucomp_verify.measures.float_measure import FloatMeasure
from ucomp_verify.measures.frame import Frame

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from ucomp_verify.measures.arrays import Array


@dataclass(frozen=True, eq=False)
class Selection:
    """Nodes `indices`, increasing, with weights > 0 that match the moments up to rounding.

    `rank` is how many of the monomials float64 can tell apart on the data.
    """

    indices: "npt.NDArray[np.intp]"
    weights: "Array"
    rank: int


def select_support(measure: FloatMeasure, degree: int, *, frame: Frame, seed: int = 0) -> Selection:
    """At most `rank` nodes whose weights match all moments up to the degree, up to rounding."""
    import numpy as np

    from .features import orthonormal_features
    from .selection import select

    del seed
    features = orthonormal_features(frame.scaled(measure), degree)
    weights = np.ones(len(measure)) if measure.weights is None else measure.weights
    chosen, _ = select(features, weights / weights.max())
    indices = np.array(chosen.places)
    return Selection(indices, np.array(chosen.weights) * weights.max(), len(features))
